-- What people set and undo: settings and browsers of the staff, the visitors' way out, dead letters, mailed links.

create function private.notification_settings_json(p_settings public.staff_notification_settings) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object('push', to_jsonb(p_settings.push), 'email', to_jsonb(p_settings.email),
    'quiet_from', to_char(p_settings.quiet_from, 'HH24:MI'), 'quiet_to', to_char(p_settings.quiet_to, 'HH24:MI'),
    'time_zone', coalesce(p_settings.time_zone, (
      select t.time_zone from public.sites t where t.id = p_settings.site_id)))
$$;

create function public.staff_notifications(p_site uuid, p_staff uuid) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.access_member(p_site, p_staff);
  return private.notification_settings_json(private.notification_settings(p_site, p_staff));
end
$$;

-- All of it at once: push, email (lists of events), quiet_from, quiet_to (HH:MM or null), time_zone (null: the site's).
create function public.set_staff_notifications(p_site uuid, p_staff uuid, p_settings jsonb) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_settings public.staff_notification_settings;
begin
  perform private.access_member(p_site, p_staff);
  if p_settings ->> 'time_zone' is not null and private.known_zone(p_settings ->> 'time_zone') <> p_settings ->> 'time_zone' then
    raise sqlstate 'PT422' using message = 'notification.time_zone';
  end if;
  insert into public.staff_notification_settings as n (site_id, staff_id, push, email, quiet_from, quiet_to, time_zone)
  values (p_site, p_staff,
    array(select jsonb_array_elements_text(p_settings -> 'push')),
    array(select jsonb_array_elements_text(p_settings -> 'email')),
    (p_settings ->> 'quiet_from')::time, (p_settings ->> 'quiet_to')::time, p_settings ->> 'time_zone')
  on conflict (site_id, staff_id) do update set
    push = excluded.push, email = excluded.email, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
    time_zone = excluded.time_zone, updated_at = now()
  returning * into v_settings;
  perform private.audit(p_site, p_staff::text, 'notifications.set', p_staff::text);
  return private.notification_settings_json(v_settings);
end
$$;

-- Never the endpoint nor its keys: they are the right to push.
create function private.subscription_json(p_subscription public.staff_push_subscriptions) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object('id', p_subscription.id, 'label', p_subscription.label,
    'created_at', private.iso(p_subscription.created_at), 'last_sent_at', private.iso(p_subscription.last_sent_at))
$$;

create function public.list_push_subscriptions(p_site uuid, p_staff uuid) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.access_member(p_site, p_staff);
  return (
    select coalesce(jsonb_agg(private.subscription_json(s) order by s.created_at, s.id), '[]')
    from public.staff_push_subscriptions s where s.site_id = p_site and s.staff_id = p_staff);
end
$$;

-- The browser is whose it is now: whoever had subscribed with it before hears nothing over it any more, in no site.
-- Ten browsers each, the newest ones.
create function public.add_push_subscription(p_site uuid, p_staff uuid, p_endpoint text, p_p256dh text, p_auth text,
  p_label text default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_subscription public.staff_push_subscriptions;
begin
  perform private.access_member(p_site, p_staff);
  delete from public.staff_push_subscriptions s where s.endpoint = p_endpoint and s.staff_id <> p_staff;
  insert into public.staff_push_subscriptions as s (site_id, staff_id, endpoint, p256dh, auth, label)
  values (p_site, p_staff, p_endpoint, p_p256dh, p_auth, p_label)
  on conflict (endpoint, site_id) do update set
    p256dh = excluded.p256dh, auth = excluded.auth, label = coalesce(excluded.label, s.label)
  where s.staff_id = p_staff
  returning * into v_subscription;
  if not found then
    raise sqlstate 'PT409' using message = 'push.subscription_taken';
  end if;
  delete from public.staff_push_subscriptions s
  where s.site_id = p_site and s.staff_id = p_staff and s.id not in (
    select o.id from public.staff_push_subscriptions o
    where o.site_id = p_site and o.staff_id = p_staff order by o.created_at desc, o.id desc limit 10);
  perform private.audit(p_site, p_staff::text, 'push.subscribed', v_subscription.id::text);
  return private.subscription_json(v_subscription);
end
$$;

create function public.remove_push_subscription(p_site uuid, p_staff uuid, p_subscription uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  perform private.access_member(p_site, p_staff);
  delete from public.staff_push_subscriptions s
  where s.site_id = p_site and s.staff_id = p_staff and s.id = p_subscription;
  if not found then
    raise sqlstate 'PT404' using message = 'push.subscription_not_found';
  end if;
  perform private.audit(p_site, p_staff::text, 'push.unsubscribed', p_subscription::text);
  return '{"removed": true}';
end
$$;

-- The visitors' way out. The caller has checked the link's signature; somebody erased is out already.
create function public.mail_standing(p_site uuid, p_contact uuid) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object('site_name', t.name,
    'locale', coalesce((
      select c.locale from public.conversaciones c
      where c.site_id = p_site and c.contacto_id = p_contact order by c.last_message_at desc nulls last limit 1), t.locale))
  from public.sites t where t.id = p_site
$$;

create function public.opt_out_of_mail(p_site uuid, p_contact uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  update public.contactos k set mail_opt_out_at = clock_timestamp()
  where k.site_id = p_site and k.id = p_contact and private.has_contact_consent(k);
  if found then
    perform private.audit(p_site, 'visitor', 'mail.opted_out', p_contact::text);
  end if;
  update public.deliveries d set state = 'cancelled', failure = 'opted_out', finished_at = clock_timestamp(), payload = '{}'
  where d.site_id = p_site and d.contacto_id = p_contact and d.state in ('pending', 'dead');
  return public.mail_standing(p_site, p_contact);
end
$$;

-- Dead letters, of both steps, without anybody's data.
create function private.dead_letters(p_site uuid, p_limit int) returns jsonb
language sql stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(to_jsonb(l) order by l.created_at desc, l.id), '[]')
  from (
    select * from (
      select d.id, 'delivery' as step, d.channel, d.kind, d.attempts, d.failure, d.staff_id, d.conversacion_id as conversation_id,
        private.iso(d.created_at) as created_at, private.iso(d.finished_at) as dead_at
      from public.deliveries d where d.site_id = p_site and d.state = 'dead'
      union all
      select o.id, 'event', null, o.kind, o.attempts, o.failure, null, o.conversacion_id, private.iso(o.created_at),
        private.iso(o.dead_at)
      from public.outbox o where o.site_id = p_site and o.dead_at is not null) both_steps
    order by created_at desc, id
    limit p_limit) l
$$;

-- One dead letter, or (null) all of the site: as if it had never been tried. How many.
create function private.replay_dead_letters(p_site uuid, p_actor text, p_id uuid) returns int
language plpgsql volatile
set search_path = ''
as $$
declare
  v_deliveries int;
  v_events int;
begin
  update public.deliveries d set state = 'pending', attempts = 0, failure = null, finished_at = null, lease_until = null,
    available_at = clock_timestamp()
  where d.site_id = p_site and d.state = 'dead' and (p_id is null or d.id = p_id);
  get diagnostics v_deliveries = row_count;
  update public.outbox o set dead_at = null, attempts = 0, failure = null, available_at = clock_timestamp()
  where o.site_id = p_site and o.dead_at is not null and (p_id is null or o.id = p_id);
  get diagnostics v_events = row_count;
  if v_deliveries + v_events > 0 then
    perform private.audit(p_site, p_actor, 'notification.replayed', p_id::text,
      jsonb_build_object('count', v_deliveries + v_events));
  end if;
  return v_deliveries + v_events;
end
$$;

create function public.list_dead_letters(p_site uuid, p_staff uuid, p_limit int default 100) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.access_admin(p_site, p_staff);
  return private.dead_letters(p_site, least(greatest(p_limit, 1), 500));
end
$$;

create function public.replay_dead_letter(p_site uuid, p_staff uuid, p_id uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  perform private.access_admin(p_site, p_staff);
  if p_id is null or private.replay_dead_letters(p_site, p_staff::text, p_id) = 0 then
    raise sqlstate 'PT404' using message = 'notification.not_found';
  end if;
  return jsonb_build_object('replayed', 1);
end
$$;

-- The operator's way, from the command line: how much waits, and what is dead; `p_replay` brings the dead back.
create function public.outbox_state(p_slug text, p_replay boolean default false, p_id uuid default null) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_site uuid;
  v_replayed int := 0;
begin
  select t.id into v_site from public.sites t where t.slug = p_slug;
  if not found then
    raise sqlstate 'PT404' using message = 'site.not_found';
  end if;
  if p_replay then
    v_replayed := private.replay_dead_letters(v_site, 'operator', p_id);
  end if;
  return jsonb_build_object(
    'events', (
      select count(*) from public.outbox o
      where o.site_id = v_site and o.done_at is null and o.cancelled_at is null and o.dead_at is null),
    'deliveries', (select count(*) from public.deliveries d where d.site_id = v_site and d.state = 'pending'),
    'replayed', v_replayed,
    'dead', private.dead_letters(v_site, 500));
end
$$;

-- A link by mail, in the commit that makes it: its token goes into the queue sealed (the database holds no key to it).
create function private.mail_link(p_link public.staff_links, p_sealed text) returns void
language sql volatile
set search_path = ''
as $$
  insert into public.deliveries (site_id, channel, kind, lane, staff_id, payload)
  select p_link.site_id, 'email', 'staff_link', 'link:' || private.email_key(p_link.email), p_link.staff_id,
    jsonb_build_object('link', p_link.id, 'sealed', p_sealed)
  where p_sealed is not null
$$;

-- As before, and mailed where the server can.
drop function public.invite_staff(uuid, uuid, text, text, text, text);
create function public.invite_staff(p_site uuid, p_actor uuid, p_email text, p_role text, p_token_hash text,
  p_name text default null, p_sealed text default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_link public.staff_links;
begin
  perform private.access_admin(p_site, p_actor);
  if exists (
    select from public.staff_sites i join public.staff s on s.id = i.staff_id
    where i.site_id = p_site and s.email = lower(p_email)) then
    raise sqlstate 'PT409' using message = 'staff.exists';
  end if;
  -- The newest invitation is the one that counts.
  update public.staff_links l set used_at = now()
  where l.site_id = p_site and l.email = lower(p_email) and l.purpose = 'invite' and l.used_at is null;
  insert into public.staff_links (purpose, site_id, email, name, role, token_hash, created_by, expires_at)
  values ('invite', p_site, lower(p_email), p_name, p_role, p_token_hash, p_actor::text, now() + interval '7 days')
  returning * into v_link;
  perform private.mail_link(v_link, p_sealed);
  perform private.audit(p_site, p_actor::text, 'staff.invited', v_link.id::text, jsonb_build_object('role', p_role));
  return jsonb_build_object('email', v_link.email, 'role', v_link.role, 'expires_at', private.iso(v_link.expires_at));
end
$$;

drop function public.make_reset_link(uuid, uuid, uuid, text);
create function public.make_reset_link(p_site uuid, p_actor uuid, p_staff uuid, p_token_hash text,
  p_sealed text default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_staff public.staff;
  v_link public.staff_links;
begin
  perform private.access_admin(p_site, p_actor);
  select s.* into v_staff from public.staff s join public.staff_sites i on i.staff_id = s.id
  where i.site_id = p_site and s.id = p_staff;
  if not found then
    raise sqlstate 'PT404' using message = 'staff.not_found';
  end if;
  if exists (select from public.staff_sites i where i.staff_id = p_staff and i.site_id <> p_site) then
    raise sqlstate 'PT403' using message = 'staff.shared_account';
  end if;
  update public.staff_links l set used_at = now()
  where l.staff_id = p_staff and l.purpose = 'reset' and l.used_at is null;
  insert into public.staff_links (purpose, site_id, staff_id, email, token_hash, created_by, expires_at)
  values ('reset', p_site, p_staff, v_staff.email, p_token_hash, p_actor::text, now() + interval '2 hours')
  returning * into v_link;
  perform private.mail_link(v_link, p_sealed);
  perform private.audit(p_site, p_actor::text, 'staff.reset_link_made', p_staff::text);
  return jsonb_build_object('email', v_link.email, 'expires_at', private.iso(v_link.expires_at));
end
$$;

do $$
declare
  f regprocedure;
begin
  for f in
    select p.oid::regprocedure
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'private'
       or (n.nspname = 'public' and not exists (
             select from pg_depend d where d.objid = p.oid and d.deptype = 'e'))
  loop
    execute format('revoke execute on function %s from public, anon, authenticated', f);
    execute format('grant execute on function %s to service_role', f);
  end loop;
end
$$;
