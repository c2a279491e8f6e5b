-- From a delivery to what is sent: everything that may have changed meanwhile is asked again at the moment of sending.

-- Is this still news for its reader? Not when they came back, when it is somebody else's, or when it was answered.
create function private.still_matters(p_in public.staff_sites, p_item jsonb) returns boolean
language sql stable
set search_path = ''
as $$
  select (p_in.away or p_in.last_seen_at is null or p_in.last_seen_at < (p_item ->> 'at')::timestamptz)
    and exists (
      select from public.conversaciones c
      where c.site_id = p_in.site_id and c.id = (p_item ->> 'conversation')::uuid and c.status = 'active'
        and (c.snoozed_until is null or c.snoozed_until <= now())
        and case p_item ->> 'event'
          when 'waiting' then c.handler = 'queue' and (c.assignee is null or c.assignee = p_in.staff_id)
          else c.handler = 'seller' and c.assignee = p_in.staff_id and not exists (
            select from public.conversation_participants p
            where p.conversacion_id = c.id and p.staff_id = p_in.staff_id
              and p.last_read_at > (p_item ->> 'at')::timestamptz)
            and (p_item ->> 'event' = 'assigned' or c.last_visitor_seq > c.answered_seq) end)
$$;

-- What a line about a conversation is made of. `excerpt` is for mails alone, where contact data is taken out of it.
create function private.news_json(p_site uuid, p_item jsonb) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'event', p_item ->> 'event', 'conversation_id', c.id,
    'first_name', left(split_part(btrim(coalesce(k.nombre_completo, '')), ' ', 1), 40),
    'item', left(coalesce(c.taggable_info ->> 'title', ''), 80),
    'excerpt', (
      select left(m.texto, 1000) from public.mensajes m
      where m.conversacion_id = c.id and m.author = 'visitor' and m.deleted_at is null order by m.seq desc limit 1))
  from public.conversaciones c
  join public.contactos k on k.site_id = c.site_id and k.id = c.contacto_id
  where c.site_id = p_site and c.id = (p_item ->> 'conversation')::uuid
$$;

create function private.mail_site_json(p_site public.sites) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object('name', p_site.name, 'locale', p_site.locale, 'region', p_site.region)
$$;

-- A plan is one of {"send": …}, {"wait": moment}, {"cancel": why}.
create function private.plan_inbox(p_row public.deliveries) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_now timestamptz := clock_timestamp();
  v_in public.staff_sites;
  v_staff public.staff;
  v_site public.sites;
  v_settings public.staff_notification_settings := private.notification_settings(p_row.site_id, p_row.staff_id);
  v_wanted text[] := case p_row.channel when 'push' then v_settings.push else v_settings.email end;
  v_news jsonb;
  v_until timestamptz;
begin
  select * into v_site from public.sites t where t.id = p_row.site_id and t.disabled_at is null;
  select * into v_staff from public.staff s where s.id = p_row.staff_id and s.disabled_at is null;
  select * into v_in from public.staff_sites i
  where i.site_id = p_row.site_id and i.staff_id = p_row.staff_id and i.disabled_at is null and i.role in ('seller', 'admin');
  if v_site.id is null or v_staff.id is null or v_in.staff_id is null then
    return '{"cancel": "not_of_site"}';
  end if;
  select jsonb_agg(private.news_json(p_row.site_id, i.value) order by i.ordinality) into v_news
  from jsonb_array_elements(p_row.payload -> 'items') with ordinality i
  where i.value ->> 'event' = any (v_wanted) and private.still_matters(v_in, i.value);
  if v_news is null then
    return '{"cancel": "settled"}';
  end if;
  v_until := private.quiet_until(v_settings, v_site.time_zone, v_now);
  if v_until is null and p_row.channel = 'email' then
    -- One mail in ten minutes, with all that came meanwhile.
    select max(d.finished_at) + interval '10 minutes' into v_until
    from public.deliveries d where d.lane = p_row.lane and d.state = 'sent' and d.finished_at > v_now - interval '10 minutes';
  end if;
  if v_until is not null then
    return jsonb_build_object('wait', v_until);
  end if;
  return jsonb_build_object('send', jsonb_build_object(
    'to', v_staff.email, 'name', v_staff.name, 'languages', to_jsonb(v_in.languages), 'site', private.mail_site_json(v_site),
    'news', v_news, 'subscription', (
      select jsonb_build_object('id', s.id, 'endpoint', s.endpoint,
        'keys', jsonb_build_object('p256dh', s.p256dh, 'auth', s.auth))
      from public.staff_push_subscriptions s where s.id = p_row.subscription_id)));
end
$$;

create function private.plan_staff_link(p_row public.deliveries) returns jsonb
language sql stable
set search_path = ''
as $$
  select coalesce((
    select jsonb_build_object('send', jsonb_build_object(
      'to', l.email, 'name', coalesce(s.name, l.name, ''), 'languages', '[]'::jsonb, 'site', private.mail_site_json(t),
      'purpose', l.purpose, 'sealed', p_row.payload ->> 'sealed', 'expires_at', private.iso(l.expires_at),
      'time_zone', private.known_zone(t.time_zone)))
    from public.staff_links l
    join public.sites t on t.id = l.site_id and t.disabled_at is null
    left join public.staff s on s.id = l.staff_id
    where l.site_id = p_row.site_id and l.id = (p_row.payload ->> 'link')::uuid and l.used_at is null and l.expires_at > now()),
    '{"cancel": "link_used"}')
$$;

-- To a visitor: what sellers wrote, is not read, and was not mailed before; at most the newest ten. Only to who may be
-- written to now, was not here for ten minutes, and got no such mail for fifteen.
create function private.plan_visitor_unread(p_row public.deliveries) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_now timestamptz := clock_timestamp();
  v_contact public.contactos;
  v_conversation public.conversaciones;
  v_mailed bigint;
  v_until timestamptz;
  v_messages jsonb;
  v_count int;
  v_upto bigint;
begin
  select * into v_contact from public.contactos k where k.site_id = p_row.site_id and k.id = p_row.contacto_id;
  if v_contact.email is null or not private.has_contact_consent(v_contact) then
    return '{"cancel": "no_consent"}';
  end if;
  select * into v_conversation from public.conversaciones c
  where c.site_id = p_row.site_id and c.id = p_row.conversacion_id and c.status <> 'blocked';
  select coalesce(max(d.upto_seq), 0) into v_mailed from public.deliveries d
  where d.lane = p_row.lane and d.conversacion_id = p_row.conversacion_id and d.state = 'sent';
  select count(*), max(u.seq),
    jsonb_agg(jsonb_build_object('seq', u.seq, 'text', u.texto, 'sender', u.datos #>> '{sender,name}') order by u.seq)
      filter (where u.newest <= 10)
  into v_count, v_upto, v_messages
  from (
    select m.*, row_number() over (order by m.seq desc) as newest from public.mensajes m
    where m.site_id = p_row.site_id and m.conversacion_id = v_conversation.id and m.author = 'seller' and not m.private
      and m.deleted_at is null and m.read_at is null and m.seq > v_mailed and m.creado_en > v_now - interval '7 days') u;
  if v_count = 0 then
    return '{"cancel": "read"}';
  end if;
  select greatest(
    (select max(s.last_activity) from public.webchat_sessions s
      where s.site_id = p_row.site_id and s.conversacion_id = v_conversation.id),
    (select max(greatest(m.read_at, case when m.author = 'visitor' then m.creado_en end)) from public.mensajes m
      where m.conversacion_id = v_conversation.id and m.author in ('visitor', 'seller', 'assistant')
        and (m.author = 'visitor' or m.read_at is not null) and m.seq > v_conversation.last_seq - 200)
    ) + interval '10 minutes' into v_until;
  v_until := greatest(v_until, (
    select max(d.finished_at) + interval '15 minutes' from public.deliveries d where d.lane = p_row.lane and d.state = 'sent'));
  if v_until > v_now then
    return jsonb_build_object('wait', v_until);
  end if;
  return (
    select jsonb_build_object('upto_seq', v_upto, 'send', jsonb_build_object(
      'to', v_contact.email, 'name', coalesce(v_contact.nombre_completo, ''),
      'languages', jsonb_build_array(v_conversation.locale), 'site', private.mail_site_json(t),
      'contact_id', v_contact.id, 'messages', v_messages, 'earlier', v_count - jsonb_array_length(v_messages),
      'page', (
        select s.datos #>> '{page,url}' from public.webchat_sessions s
        where s.site_id = p_row.site_id and s.conversacion_id = v_conversation.id
        order by s.last_activity desc limit 1),
      'origins', to_jsonb(t.allowed_origins)))
    from public.sites t where t.id = p_row.site_id);
end
$$;

create function private.plan_delivery(p_row public.deliveries) returns jsonb
language sql stable
set search_path = ''
as $$
  select case p_row.kind
    when 'inbox' then private.plan_inbox(p_row)
    when 'staff_link' then private.plan_staff_link(p_row)
    else private.plan_visitor_unread(p_row) end
$$;

-- An attempt failed: again later, or aside. `p_after` null: our own schedule.
create function private.fail_delivery(p_row public.deliveries, p_failure text, p_final boolean, p_after interval)
returns text
language plpgsql volatile
set search_path = ''
as $$
declare
  v_dead boolean := p_final or p_row.attempts >= private.most_attempts();
begin
  update public.deliveries d set
    failure = left(p_failure, 200), lease_until = null, state = case when v_dead then 'dead' else d.state end,
    available_at = clock_timestamp() + coalesce(p_after, private.retry_after(p_row.attempts)),
    finished_at = case when v_dead then clock_timestamp() end
  where d.id = p_row.id;
  return case when v_dead then 'dead' else 'pending' end;
end
$$;

-- A worker's whole question: what happened is fanned out, and what is due is claimed under a lease and given with all
-- that sending needs. An attempt counts from its claim, so that what kills its worker is put aside, too.
create function public.claim_deliveries(p_worker text, p_channels jsonb, p_lease_seconds int, p_limit int default 8)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_row public.deliveries;
  v_plan jsonb;
  v_claimed jsonb := '[]';
begin
  perform private.fan_out_due(p_channels, 100);
  for v_row in
    select * from public.deliveries d
    where d.state = 'pending' and d.available_at <= clock_timestamp() and p_channels ? d.channel
      and (d.lease_until is null or d.lease_until <= clock_timestamp())
      and not exists (
        select from public.deliveries e
        where e.lane = d.lane and e.state = 'pending' and (e.created_at, e.id) < (d.created_at, d.id))
    order by d.available_at, d.id
    limit p_limit
    for update skip locked
  loop
    if v_row.attempts >= private.most_attempts() then
      perform private.fail_delivery(v_row, 'abandoned', true, null);
      continue;
    end if;
    v_row.attempts := v_row.attempts + 1;
    begin
      v_plan := private.plan_delivery(v_row);
    exception when others then
      v_plan := null;
      perform private.fail_delivery(v_row, 'plan.' || sqlstate, false, null);
    end;
    if v_plan is null then
      update public.deliveries d set attempts = v_row.attempts where d.id = v_row.id;
    elsif v_plan ? 'cancel' then
      update public.deliveries d set state = 'cancelled', failure = v_plan ->> 'cancel', finished_at = clock_timestamp(),
        payload = '{}'
      where d.id = v_row.id;
    elsif v_plan ? 'wait' then
      update public.deliveries d set available_at = (v_plan ->> 'wait')::timestamptz, lease_until = null
      where d.id = v_row.id;
    else
      update public.deliveries d set attempts = v_row.attempts, fence = d.fence + 1, worker = p_worker,
        lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds),
        upto_seq = (v_plan ->> 'upto_seq')::bigint
      where d.id = v_row.id
      returning * into v_row;
      v_claimed := v_claimed || jsonb_build_array(jsonb_build_object(
        'id', v_row.id, 'site_id', v_row.site_id, 'channel', v_row.channel, 'kind', v_row.kind, 'fence', v_row.fence,
        'attempt', v_row.attempts, 'content', v_plan -> 'send'));
    end if;
  end loop;
  return v_claimed;
end
$$;

-- How it went: sent, retry, refused (will never work), or gone (a push service no longer knows the browser).
create function public.settle_delivery(p_site uuid, p_delivery uuid, p_fence int, p_outcome text,
  p_failure text default null, p_retry_seconds int default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_row public.deliveries;
  v_state text;
begin
  select * into v_row from public.deliveries d
  where d.site_id = p_site and d.id = p_delivery and d.state = 'pending' and d.fence = p_fence
  for update;
  if not found then
    return '{"state": null}';
  end if;
  case p_outcome
    when 'sent' then
      update public.deliveries d set state = 'sent', finished_at = clock_timestamp(), lease_until = null, failure = null,
        payload = case when d.kind = 'inbox' then d.payload else '{}' end
      where d.site_id = p_site and d.id = p_delivery;
      update public.staff_push_subscriptions s set last_sent_at = now() where s.id = v_row.subscription_id;
      v_state := 'sent';
    when 'gone' then
      delete from public.staff_push_subscriptions s where s.site_id = p_site and s.id = v_row.subscription_id;
      v_state := 'gone';
    when 'retry' then
      v_state := private.fail_delivery(v_row, p_failure, false, make_interval(secs => p_retry_seconds));
    when 'refused' then
      v_state := private.fail_delivery(v_row, p_failure, true, null);
    else
      raise sqlstate 'PT422' using message = 'notification.outcome';
  end case;
  return jsonb_build_object('state', v_state);
end
$$;

-- What was dealt with long ago goes. What is dead stays for somebody to look at.
create function public.purge_deliveries(p_days int) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_count int;
begin
  delete from public.deliveries d
  where d.state in ('sent', 'cancelled') and d.finished_at < now() - make_interval(days => p_days);
  get diagnostics v_count = row_count;
  return jsonb_build_object('deleted', v_count);
end
$$;
