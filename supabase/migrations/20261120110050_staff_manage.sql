-- Staff: inviting, roles, passwords. Every function that an admin's act calls asks the table for the role again.

create function public.list_staff(p_site uuid) returns jsonb
language sql stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(private.membership_json(s, i) order by s.name, s.id), '[]')
  from public.staff_sites i join public.staff s on s.id = i.staff_id
  where i.site_id = p_site
$$;

-- An invitation for an e-mail. Whether an account of that name exists elsewhere is not told.
create function public.invite_staff(p_site uuid, p_actor uuid, p_email text, p_role text, p_token_hash text,
  p_name text default null)
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
  perform private.audit(p_site, p_actor::text, 'staff.invited', v_link.id::text, jsonb_build_object('role', p_role));
  return jsonb_build_object('email', v_link.email, 'role', v_link.role, 'expires_at', private.iso(v_link.expires_at));
end
$$;

-- A link that sets a new password. Not for an account that other sites know too: their admins did not agree.
create function public.make_reset_link(p_site uuid, p_actor uuid, p_staff uuid, p_token_hash text) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_staff public.staff;
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
  values ('reset', p_site, p_staff, v_staff.email, p_token_hash, p_actor::text, now() + interval '2 hours');
  perform private.audit(p_site, p_actor::text, 'staff.reset_link_made', p_staff::text);
  return jsonb_build_object('email', v_staff.email, 'expires_at', private.iso(now() + interval '2 hours'));
end
$$;

create function private.open_link(p_token_hash text) returns public.staff_links
language plpgsql stable
set search_path = ''
as $$
declare
  v_link public.staff_links;
begin
  select * into v_link from public.staff_links l
  where l.token_hash = p_token_hash and l.used_at is null and l.expires_at > now();
  if not found then
    raise sqlstate 'PT404' using message = 'staff.link_invalid';
  end if;
  return v_link;
end
$$;

-- For the server: what a link is for. `password_hash` of an account that is invited into a further site has to be met;
-- tries are counted as those of signing in are, or an invitation would be a way to guess somebody's password.
create function public.peek_staff_link(p_token_hash text) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_link public.staff_links := private.open_link(p_token_hash);
  v_wait int := private.throttle(private.email_key(v_link.email), 8, interval '15 minutes');
begin
  if v_wait is not null then
    raise sqlstate 'PT429' using message = 'staff.throttled', hint = v_wait::text;
  end if;
  return jsonb_build_object('purpose', v_link.purpose, 'email', v_link.email, 'name', v_link.name, 'password_hash', (
    select s.password_hash from public.staff s where s.email = v_link.email and v_link.purpose = 'invite'));
end
$$;

-- Uses a link up: of twenty that try at once, one gets through. `p_known_hash` is the hash that the given password met.
create function public.use_staff_link(p_token_hash text, p_password_hash text default null, p_known_hash text default null,
  p_name text default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_link public.staff_links;
  v_staff public.staff;
begin
  update public.staff_links l set used_at = now()
  where l.token_hash = p_token_hash and l.used_at is null and l.expires_at > now()
  returning * into v_link;
  if not found then
    raise sqlstate 'PT404' using message = 'staff.link_invalid';
  end if;
  if v_link.purpose = 'reset' then
    update public.staff s set password_hash = p_password_hash, updated_at = now()
    where s.id = v_link.staff_id and p_password_hash is not null
    returning * into v_staff;
    update public.staff_sessions s set revoked_at = now() where s.staff_id = v_link.staff_id and s.revoked_at is null;
  else
    select * into v_staff from public.staff s where s.email = v_link.email for update;
    if found and v_staff.password_hash is not null then
      if v_staff.password_hash is distinct from p_known_hash then
        raise sqlstate 'PT401' using message = 'staff.wrong_credentials';
      end if;
    elsif found then
      update public.staff s set password_hash = p_password_hash, updated_at = now() where s.id = v_staff.id;
    else
      insert into public.staff (email, name, password_hash)
      values (v_link.email, coalesce(p_name, v_link.name, split_part(v_link.email, '@', 1)), p_password_hash)
      returning * into v_staff;
    end if;
    insert into public.staff_sites (site_id, staff_id, role) values (v_link.site_id, v_staff.id, v_link.role)
    on conflict (site_id, staff_id) do nothing;
  end if;
  perform private.audit(v_link.site_id, v_staff.id::text,
    case v_link.purpose when 'reset' then 'staff.password_reset' else 'staff.joined' end, v_staff.id::text,
    jsonb_build_object('role', v_link.role));
  return jsonb_build_object('email', v_staff.email);
end
$$;

-- An admin changes a role, or shuts somebody out (and in again). A site always keeps an admin who can sign in.
create function public.change_staff(p_site uuid, p_actor uuid, p_staff uuid, p_role text default null,
  p_disabled boolean default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_before public.staff_sites;
  v_after public.staff_sites;
begin
  -- Two admins who demote each other at the same moment must not both succeed.
  perform from public.staff_sites i where i.site_id = p_site order by i.staff_id for update;
  perform private.access_admin(p_site, p_actor);
  select * into v_before from public.staff_sites i where i.site_id = p_site and i.staff_id = p_staff;
  if not found then
    raise sqlstate 'PT404' using message = 'staff.not_found';
  end if;
  update public.staff_sites i set
    role = coalesce(p_role, i.role),
    disabled_at = case when p_disabled is null then i.disabled_at when p_disabled then coalesce(i.disabled_at, now()) end,
    updated_at = now()
  where i.site_id = p_site and i.staff_id = p_staff
  returning * into v_after;
  if not exists (
    select from public.staff_sites i join public.staff s on s.id = i.staff_id
    where i.site_id = p_site and i.role = 'admin' and i.disabled_at is null and s.disabled_at is null) then
    raise sqlstate 'PT409' using message = 'staff.last_admin';
  end if;
  if v_after.role <> v_before.role then
    perform private.audit(p_site, p_actor::text, 'staff.role_changed', p_staff::text,
      jsonb_build_object('from', v_before.role, 'to', v_after.role));
  end if;
  if (v_after.disabled_at is null) <> (v_before.disabled_at is null) then
    perform private.audit(p_site, p_actor::text,
      case when v_after.disabled_at is null then 'staff.enabled' else 'staff.disabled' end, p_staff::text);
  end if;
  return (select private.membership_json(s, v_after) from public.staff s where s.id = p_staff);
end
$$;

-- What people set for themselves. `p_patch`: name, avatar, languages, capacity, away; what is not there stays.
create function public.update_staff_profile(p_site uuid, p_staff uuid, p_patch jsonb) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_staff public.staff;
  v_in public.staff_sites := private.access_member(p_site, p_staff);
begin
  update public.staff s set
    name = coalesce(p_patch ->> 'name', s.name),
    avatar = case when p_patch ? 'avatar' then p_patch ->> 'avatar' else s.avatar end,
    updated_at = now()
  where s.id = p_staff
  returning * into v_staff;
  update public.staff_sites i set
    languages = case when p_patch ? 'languages'
      then (select coalesce(array_agg(l), '{}') from jsonb_array_elements_text(p_patch -> 'languages') l) else i.languages end,
    capacity = coalesce((p_patch ->> 'capacity')::int, i.capacity),
    away = coalesce((p_patch ->> 'away')::boolean, i.away),
    updated_at = now()
  where i.site_id = p_site and i.staff_id = p_staff
  returning * into v_in;
  return private.membership_json(v_staff, v_in);
end
$$;

-- For the server alone: no route answers with it.
create function public.staff_password(p_site uuid, p_staff uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_staff public.staff;
  v_wait int;
begin
  perform private.access_member(p_site, p_staff);
  select * into v_staff from public.staff s where s.id = p_staff;
  v_wait := private.throttle(private.email_key(v_staff.email), 8, interval '15 minutes');
  if v_wait is not null then
    raise sqlstate 'PT429' using message = 'staff.throttled', hint = v_wait::text;
  end if;
  return jsonb_build_object('password_hash', v_staff.password_hash);
end
$$;

-- A new password ends every other session of the account.
create function public.change_staff_password(p_site uuid, p_staff uuid, p_known_hash text, p_password_hash text,
  p_token_hash text default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  perform private.access_member(p_site, p_staff);
  update public.staff s set password_hash = p_password_hash, updated_at = now()
  where s.id = p_staff and s.password_hash is not distinct from p_known_hash;
  if not found then
    raise sqlstate 'PT401' using message = 'staff.wrong_credentials';
  end if;
  delete from public.staff_throttle t
  where t.key = private.email_key((select s.email from public.staff s where s.id = p_staff));
  update public.staff_sessions s set revoked_at = now()
  where s.staff_id = p_staff and s.revoked_at is null and s.token_hash is distinct from p_token_hash;
  perform private.audit(p_site, p_staff::text, 'staff.password_changed', p_staff::text);
  return jsonb_build_object('changed', true);
end
$$;

-- The operator's own way, from the command line: makes or mends an account and its role in a site. With `p_token_hash`
-- a link is made by which the person chooses a password.
create function public.add_staff(p_slug text, p_email text, p_role text, p_name text default null,
  p_password_hash text default null, p_supabase_user uuid default null, p_token_hash text default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_site public.sites;
  v_staff public.staff;
  v_in public.staff_sites;
begin
  select * into v_site from public.sites s where s.slug = p_slug;
  if not found then
    raise sqlstate 'PT404' using message = 'site.not_found';
  end if;
  insert into public.staff as s (email, name, password_hash, supabase_user)
  values (lower(p_email), coalesce(p_name, split_part(lower(p_email), '@', 1)), p_password_hash, p_supabase_user)
  on conflict (email) do update set
    name = coalesce(p_name, s.name),
    password_hash = coalesce(p_password_hash, s.password_hash),
    supabase_user = coalesce(p_supabase_user, s.supabase_user),
    disabled_at = null,
    updated_at = now()
  returning * into v_staff;
  if p_password_hash is not null then
    update public.staff_sessions s set revoked_at = now() where s.staff_id = v_staff.id and s.revoked_at is null;
  end if;
  insert into public.staff_sites as i (site_id, staff_id, role)
  values (v_site.id, v_staff.id, p_role)
  on conflict (site_id, staff_id) do update set role = p_role, disabled_at = null, updated_at = now()
  returning * into v_in;
  if p_token_hash is not null then
    update public.staff_links l set used_at = now()
    where l.staff_id = v_staff.id and l.purpose = 'reset' and l.used_at is null;
    insert into public.staff_links (purpose, site_id, staff_id, email, token_hash, created_by, expires_at)
    values ('reset', v_site.id, v_staff.id, v_staff.email, p_token_hash, 'operator', now() + interval '7 days');
  end if;
  perform private.audit(v_site.id, 'operator', 'staff.added', v_staff.id::text, jsonb_build_object('role', p_role));
  return private.membership_json(v_staff, v_in);
end
$$;

-- An installation that nobody can sign in to gets one admin. Of several processes that try, one succeeds.
create function public.add_first_admin(p_slug text, p_email text, p_name text, p_password_hash text) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  perform pg_catalog.pg_advisory_xact_lock(7307199);
  if exists (select from public.staff) then
    return jsonb_build_object('created', false);
  end if;
  perform public.add_staff(p_slug, p_email, 'admin', p_name, p_password_hash);
  return jsonb_build_object('created', true);
end
$$;

create function public.has_staff() returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object('any', exists (select from public.staff))
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
