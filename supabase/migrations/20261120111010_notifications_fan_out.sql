-- From what happened to who is told: each entry of the outbox becomes deliveries, or nothing.

-- A zone that this server knows.
create function private.known_zone(p_zone text) returns text
language plpgsql stable
set search_path = ''
as $$
begin
  perform now() at time zone p_zone;
  return p_zone;
exception when invalid_parameter_value then
  return 'UTC';
end
$$;

-- When the quiet hours end that it is now; null outside of them.
create function private.quiet_until(p_settings public.staff_notification_settings, p_site_zone text, p_now timestamptz)
returns timestamptz
language plpgsql stable
set search_path = ''
as $$
declare
  v_zone text := private.known_zone(coalesce(p_settings.time_zone, p_site_zone));
  v_day date := (p_now at time zone v_zone)::date;
  v_time time := (p_now at time zone v_zone)::time;
  v_past_midnight boolean := p_settings.quiet_from > p_settings.quiet_to;
begin
  if p_settings.quiet_from is null then
    return null;
  elsif v_past_midnight and v_time >= p_settings.quiet_from then
    return (v_day + 1 + p_settings.quiet_to) at time zone v_zone;
  elsif v_time < p_settings.quiet_to and (v_past_midnight or v_time >= p_settings.quiet_from) then
    return (v_day + p_settings.quiet_to) at time zone v_zone;
  end if;
  return null;
end
$$;

create function private.notification_settings(p_site uuid, p_staff uuid) returns public.staff_notification_settings
language plpgsql stable
set search_path = ''
as $$
declare
  v_settings public.staff_notification_settings;
begin
  select * into v_settings from public.staff_notification_settings n where n.site_id = p_site and n.staff_id = p_staff;
  if not found then
    v_settings.site_id := p_site;
    v_settings.staff_id := p_staff;
    v_settings.push := '{waiting,assigned,message}';
    v_settings.email := '{waiting,assigned,message}';
  end if;
  return v_settings;
end
$$;

-- Seconds until the next attempt: 10 s, 1, 5, 20 minutes, 1 hour; a third more or less, so that what failed together
-- does not come back together.
create function private.retry_after(p_attempts int) returns interval
language sql volatile
set search_path = ''
as $$
  select make_interval(secs => (array[10, 60, 300, 1200, 3600])[least(greatest(p_attempts, 1), 5)]
    * (0.67 + random() * 0.66))
$$;

-- How often something is tried before it is put aside.
create function private.most_attempts() returns int
language sql immutable
set search_path = ''
as $$
  select 6
$$;

-- One thing for one member of the staff: a push message to each of their browsers now; and a mail in three minutes, or
-- a further line in the mail that waits already. More of the same in one conversation is not pushed for five minutes.
create function private.tell_staff(p_site uuid, p_staff uuid, p_event text, p_conversation uuid, p_channels jsonb)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_now timestamptz := clock_timestamp();
  v_settings public.staff_notification_settings := private.notification_settings(p_site, p_staff);
  v_lane text := 'staff:' || p_site || ':' || p_staff;
  v_item jsonb := jsonb_build_object('event', p_event, 'conversation', p_conversation, 'at', v_now);
  v_mail uuid;
begin
  if p_channels ? 'push' and p_event = any (v_settings.push) then
    insert into public.deliveries (site_id, channel, kind, lane, staff_id, subscription_id, conversacion_id, payload)
    select p_site, 'push', 'inbox', 'push:' || s.id, p_staff, s.id, p_conversation,
      jsonb_build_object('items', jsonb_build_array(v_item))
    from public.staff_push_subscriptions s
    where s.site_id = p_site and s.staff_id = p_staff and not exists (
      select from public.deliveries d
      where d.subscription_id = s.id and d.conversacion_id = p_conversation and d.created_at > v_now - interval '5 minutes'
        and d.payload #>> '{items,0,event}' = p_event and d.state in ('pending', 'sent'));
  end if;
  if p_channels ? 'email' and p_event = any (v_settings.email) then
    select d.id into v_mail from public.deliveries d
    where d.lane = v_lane and d.state = 'pending' and (d.lease_until is null or d.lease_until <= v_now)
    order by d.created_at desc limit 1
    for update;
    if found then
      update public.deliveries d
      set payload = jsonb_set(d.payload, '{items}', (d.payload -> 'items') || jsonb_build_array(v_item))
      where d.id = v_mail and not exists (
        select from jsonb_array_elements(d.payload -> 'items') i
        where i.value ->> 'conversation' = p_conversation::text and i.value ->> 'event' = p_event);
    else
      insert into public.deliveries (site_id, channel, kind, lane, staff_id, payload, available_at)
      values (p_site, 'email', 'inbox', v_lane, p_staff, jsonb_build_object('items', jsonb_build_array(v_item)),
        v_now + interval '3 minutes');
    end if;
  end if;
end
$$;

-- A conversation waits. While a colleague is there it is theirs to take, for two minutes; then, or when nobody is there,
-- everybody is told who is not. Admins only where there are no sellers.
create function private.fan_out_waiting(p_event public.outbox, p_channels jsonb) returns timestamptz
language plpgsql volatile
set search_path = ''
as $$
declare
  v_role text;
begin
  if not exists (
    select from public.conversaciones c
    where c.site_id = p_event.site_id and c.id = p_event.conversacion_id and c.handler = 'queue' and c.status = 'active'
      and (c.snoozed_until is null or c.snoozed_until <= now())) then
    return null;
  end if;
  if p_event.created_at > clock_timestamp() - interval '2 minutes'
    and (public.staff_online(p_event.site_id) ->> 'online')::int > 0 then
    return clock_timestamp() + interval '15 seconds';
  end if;
  select coalesce(max(i.role) filter (where i.role = 'seller'), 'admin') into v_role
  from public.staff_sites i join public.staff s on s.id = i.staff_id
  where i.site_id = p_event.site_id and i.disabled_at is null and s.disabled_at is null;
  perform private.tell_staff(i.site_id, i.staff_id, 'waiting', p_event.conversacion_id, p_channels)
  from public.staff_sites i join public.staff s on s.id = i.staff_id
  where i.site_id = p_event.site_id and i.role = v_role and i.disabled_at is null and s.disabled_at is null
    and not private.is_there(i.site_id, i.staff_id);
  return null;
end
$$;

create function private.has_contact_consent(p_contact public.contactos) returns boolean
language sql stable
set search_path = ''
as $$
  select coalesce((
    select e.granted and (p_contact.mail_opt_out_at is null or e.created_at > p_contact.mail_opt_out_at)
    from public.consents e
    where e.site_id = p_contact.site_id and e.contacto_id = p_contact.id and e.purpose = 'contact'
    order by e.created_at desc, e.id desc limit 1), false)
$$;

-- A seller answered somebody who left an address and may be written to: one mail per conversation is under way at a time.
-- Two minutes first, since answers come in several messages.
create function private.fan_out_seller_wrote(p_event public.outbox, p_channels jsonb) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_lane text := 'contact:' || p_event.contacto_id;
begin
  if not p_channels ? 'email' or exists (
    select from public.deliveries d
    where d.lane = v_lane and d.state = 'pending' and d.conversacion_id = p_event.conversacion_id
      and (d.lease_until is null or d.lease_until <= clock_timestamp())) then
    return;
  end if;
  insert into public.deliveries (site_id, channel, kind, lane, contacto_id, conversacion_id, available_at)
  select k.site_id, 'email', 'visitor_unread', v_lane, k.id, p_event.conversacion_id,
    clock_timestamp() + interval '2 minutes'
  from public.contactos k
  where k.site_id = p_event.site_id and k.id = p_event.contacto_id and k.email is not null
    and private.has_contact_consent(k);
end
$$;

-- Null when the entry is dealt with, else when to look again. A kind that nobody wants to hear of is dealt with.
create function private.fan_out(p_event public.outbox, p_channels jsonb) returns timestamptz
language plpgsql volatile
set search_path = ''
as $$
declare
  v_staff uuid;
begin
  case p_event.kind
    when 'conversation_waiting' then
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

-- One worker at a time, so that what happened first is fanned out first. An entry that cannot be dealt with is tried
-- again later and finally put aside; the ones behind it go on.
create function private.fan_out_due(p_channels jsonb, p_limit int) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_event public.outbox;
  v_again timestamptz;
begin
  if not pg_catalog.pg_try_advisory_xact_lock(pg_catalog.hashtextextended('outbox', 0)) then
    return;
  end if;
  for v_event in
    select * from public.outbox o
    where o.done_at is null and o.cancelled_at is null and o.dead_at is null and o.available_at <= clock_timestamp()
    order by o.available_at, o.created_at
    limit p_limit
    for update skip locked
  loop
    begin
      v_again := private.fan_out(v_event, p_channels);
      update public.outbox o set
        done_at = case when v_again is null then clock_timestamp() end, available_at = coalesce(v_again, o.available_at)
      where o.id = v_event.id;
    exception when others then
      update public.outbox o set
        attempts = o.attempts + 1, failure = 'fan_out.' || sqlstate,
        available_at = clock_timestamp() + private.retry_after(o.attempts + 1),
        dead_at = case when o.attempts + 1 >= private.most_attempts() then clock_timestamp() end
      where o.id = v_event.id;
    end;
  end loop;
end
$$;
