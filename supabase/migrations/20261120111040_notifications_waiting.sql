-- A request for a person is in the outbox already (handoff_requested): only what comes back to the queue from a seller
-- needs an entry of its own.
drop trigger conversaciones_note_waiting on public.conversaciones;
create trigger conversaciones_note_waiting
  after update of handler on public.conversaciones
  for each row
  when (new.handler = 'queue' and old.handler = 'seller' and new.status = 'active')
  execute function private.note_waiting();

create or replace function private.fan_out(p_event public.outbox, p_channels jsonb) returns timestamptz
language plpgsql volatile
set search_path = ''
as $$
declare
  v_staff uuid;
begin
  case p_event.kind
    when 'handoff_requested', 'conversation_waiting' then
      return private.fan_out_waiting(p_event, p_channels);
    when 'conversation_assigned', 'visitor_wrote' then
      v_staff := (p_event.payload ->> 'staff')::uuid;
      if not private.is_there(p_event.site_id, v_staff) then
        perform private.tell_staff(p_event.site_id, v_staff,
          case p_event.kind when 'visitor_wrote' then 'message' else 'assigned' end, p_event.conversacion_id, p_channels);
      end if;
    when 'seller_wrote' then
      perform private.fan_out_seller_wrote(p_event, p_channels);
    else
      null;
  end case;
  return null;
end
$$;

-- One thing for one member of the staff: a push message to each of their browsers now; and a mail in three minutes. What
-- waits already (for the reader's quiet time to end, or for another attempt) takes a further line instead, so that a night
-- ends with one message and not with thirty. More of the same in one conversation is not pushed for five minutes.
create or replace function private.tell_staff(p_site uuid, p_staff uuid, p_event text, p_conversation uuid,
  p_channels jsonb)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_now timestamptz := clock_timestamp();
  v_settings public.staff_notification_settings := private.notification_settings(p_site, p_staff);
  v_item jsonb := jsonb_build_object('event', p_event, 'conversation', p_conversation);
  v_news jsonb := jsonb_build_object('items', jsonb_build_array(v_item));
  v_quiet timestamptz := private.quiet_until(v_settings, (select t.time_zone from public.sites t where t.id = p_site), v_now);
  v_lane record;
begin
  for v_lane in
    select 'push' as channel, 'push:' || s.id as name, s.id as subscription, interval '0' as after
    from public.staff_push_subscriptions s
    where p_channels ? 'push' and p_event = any (v_settings.push) and s.site_id = p_site and s.staff_id = p_staff
    union all
    select 'email', 'staff:' || p_site || ':' || p_staff, null, interval '3 minutes'
    where p_channels ? 'email' and p_event = any (v_settings.email)
  loop
    -- `@>`: whatever else stands in the entry, such as its moment.
    if exists (
      select from public.deliveries d
      where d.lane = v_lane.name and d.payload @> v_news
        and (d.state = 'pending'
          or (d.state = 'sent' and v_lane.channel = 'push' and d.finished_at > v_now - interval '5 minutes'))
        and (d.lease_until is null or d.lease_until <= v_now)) then
      continue;
    end if;
    update public.deliveries d
    set payload = jsonb_set(d.payload, '{items}', (d.payload -> 'items')
      || jsonb_build_array(v_item || jsonb_build_object('at', v_now)))
    where d.id = (
      select w.id from public.deliveries w
      where w.lane = v_lane.name and w.state = 'pending' and (v_lane.channel = 'email' or w.available_at > v_now)
        and (w.lease_until is null or w.lease_until <= v_now)
      order by w.created_at desc, w.id desc limit 1)
      -- Once more: a worker may claim it just now, and what is added then would be lost.
      and d.state = 'pending' and (d.lease_until is null or d.lease_until <= v_now);
    if not found then
      insert into public.deliveries (site_id, channel, kind, lane, staff_id, subscription_id, payload, available_at)
      values (p_site, v_lane.channel, 'inbox', v_lane.name, p_staff, v_lane.subscription,
        jsonb_build_object('items', jsonb_build_array(v_item || jsonb_build_object('at', v_now))),
        greatest(v_quiet, v_now + v_lane.after));
    end if;
  end loop;
end
$$;
