-- Staff: accounts, their role in each site, their sessions, the links that invite them or reset a password.
-- What a caller may do is decided from these tables alone, never from a token's own claims.

-- Seed 004 shows people and conversations under whole numbers, too. Ours follow from the id: 52 bits of its hash, which
-- JavaScript can hold, so that no counter has to be kept or kept from outsiders.
create function private.number_of(p_id uuid) returns bigint
language sql immutable parallel safe
set search_path = ''
as $$
  select ('x' || left(encode(sha256(uuid_send(p_id)), 'hex'), 13))::bit(52)::bigint
$$;

create table public.staff (
  id uuid primary key default private.new_id(),
  email text not null unique check (email = lower(email) and length(email) between 3 and 254),
  name text not null check (length(name) between 1 and 200),
  avatar text check (length(avatar) <= 2000),
  -- Null: signs in elsewhere (Supabase Auth), or has not accepted an invitation yet.
  password_hash text,
  -- The only way in for a token of Supabase Auth. Its e-mail claim counts for nothing: it may be unconfirmed.
  supabase_user uuid unique,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  disabled_at timestamptz
);

create table public.staff_sites (
  site_id uuid not null references public.sites,
  staff_id uuid not null references public.staff on delete cascade,
  role text not null check (role in ('seller', 'marketing', 'admin')),
  languages text[] not null default '{}',
  capacity int not null default 6 check (capacity between 0 and 100),
  last_assigned_at timestamptz,
  away boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  disabled_at timestamptz,
  primary key (site_id, staff_id)
);
create index staff_sites_staff on public.staff_sites (staff_id);

create table public.staff_sessions (
  id uuid primary key default private.new_id(),
  staff_id uuid not null references public.staff on delete cascade,
  token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '12 hours',
  revoked_at timestamptz
);
create index staff_sessions_staff on public.staff_sessions (staff_id) where revoked_at is null;

create table public.staff_links (
  id uuid primary key default private.new_id(),
  purpose text not null check (purpose in ('invite', 'reset')),
  site_id uuid not null references public.sites,
  staff_id uuid references public.staff on delete cascade,
  email text not null check (email = lower(email)),
  name text,
  role text check (role in ('seller', 'marketing', 'admin')),
  token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
  created_by text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  check ((purpose = 'invite') = (role is not null)),
  check (purpose = 'invite' or staff_id is not null)
);
create index staff_links_site on public.staff_links (site_id, email);
create index staff_links_staff on public.staff_links (staff_id);

-- Attempts to sign in per e-mail and per address, known or not: an unknown e-mail is throttled just the same.
create table public.staff_throttle (
  key text primary key check (key ~ '^(email|address):[0-9a-f]{64}$'),
  attempts int not null,
  window_ends timestamptz not null
);

do $$
declare
  t text;
begin
  foreach t in array array['staff', 'staff_sites', 'staff_sessions', 'staff_links', 'staff_throttle'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('revoke all on public.%I from public, anon, authenticated, service_role', t);
    execute format('grant select, insert, update, delete on public.%I to service_role', t);
  end loop;
end
$$;

create function private.staff_json(p_staff public.staff) returns jsonb
language sql immutable
set search_path = ''
as $$
  select jsonb_build_object('uuid', p_staff.id, 'number', private.number_of(p_staff.id), 'email', p_staff.email,
    'name', p_staff.name, 'avatar', p_staff.avatar)
$$;

create function private.membership_json(p_staff public.staff, p_in public.staff_sites) returns jsonb
language sql immutable
set search_path = ''
as $$
  select private.staff_json(p_staff) || jsonb_build_object(
    'role', p_in.role, 'languages', to_jsonb(p_in.languages), 'capacity', p_in.capacity, 'away', p_in.away,
    'disabled', p_in.disabled_at is not null or p_staff.disabled_at is not null,
    'last_assigned_at', private.iso(p_in.last_assigned_at))
$$;

create function private.audit(p_site uuid, p_actor text, p_action text, p_subject text, p_detail jsonb default '{}')
returns void
language sql volatile
set search_path = ''
as $$
  insert into public.audit_log (site_id, actor, action, subject, detail)
  values (p_site, p_actor, p_action, p_subject, jsonb_strip_nulls(p_detail))
$$;

create function private.site_by_key(p_public_key text) returns public.sites
language plpgsql stable
set search_path = ''
as $$
declare
  v_site public.sites;
begin
  select * into v_site from public.sites s where s.public_key = p_public_key and s.disabled_at is null;
  if not found then
    raise sqlstate 'PT401' using message = 'site.unknown_key';
  end if;
  return v_site;
end
$$;

-- The membership of an active account in a site, or 403: what every act of staff begins with.
create function private.access_member(p_site uuid, p_staff uuid) returns public.staff_sites
language plpgsql stable
set search_path = ''
as $$
declare
  v_in public.staff_sites;
begin
  select i.* into v_in
  from public.staff_sites i join public.staff s on s.id = i.staff_id
  where i.site_id = p_site and i.staff_id = p_staff and i.disabled_at is null and s.disabled_at is null;
  if not found then
    raise sqlstate 'PT403' using message = 'staff.not_of_site';
  end if;
  return v_in;
end
$$;

create function private.access_admin(p_site uuid, p_staff uuid) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if (private.access_member(p_site, p_staff)).role <> 'admin' then
    raise sqlstate 'PT403' using message = 'staff.role';
  end if;
end
$$;

-- Who is calling, and what are they here? A session's token, or (with Supabase Auth, checked by the server) its user.
-- Sliding: a session in use is written once in five minutes, not with every request.
create function public.access_staff(p_public_key text, p_token_hash text default null, p_subject uuid default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_site public.sites := private.site_by_key(p_public_key);
  v_session public.staff_sessions;
  v_staff public.staff;
  v_in public.staff_sites;
begin
  if p_token_hash is not null then
    select * into v_session from public.staff_sessions s
    where s.token_hash = p_token_hash and s.revoked_at is null and s.expires_at > now();
    select * into v_staff from public.staff s where s.id = v_session.staff_id and s.disabled_at is null;
  elsif p_subject is not null then
    select * into v_staff from public.staff s where s.supabase_user = p_subject and s.disabled_at is null;
  end if;
  if v_staff.id is null then
    raise sqlstate 'PT401' using message = 'staff.invalid_token';
  end if;
  v_in := private.access_member(v_site.id, v_staff.id);
  if v_session.last_used_at < now() - interval '5 minutes' then
    update public.staff_sessions s set last_used_at = now(), expires_at = now() + interval '12 hours'
    where s.id = v_session.id and s.revoked_at is null;
  end if;
  return private.membership_json(v_staff, v_in) || jsonb_build_object(
    'session_id', v_session.id, 'site', private.site_json(v_site));
end
$$;

-- Counts one attempt; the seconds to wait when there were too many, else null.
create function private.throttle(p_key text, p_most int, p_window interval) returns int
language plpgsql volatile
set search_path = ''
as $$
declare
  v_now timestamptz := clock_timestamp();
  v_row public.staff_throttle;
begin
  insert into public.staff_throttle as t (key, attempts, window_ends)
  values (p_key, 1, v_now + p_window)
  on conflict (key) do update set
    attempts = case when t.window_ends <= v_now then 1 else t.attempts + 1 end,
    window_ends = case when t.window_ends <= v_now then v_now + p_window else t.window_ends end
  returning * into v_row;
  if v_row.attempts > p_most then
    return ceil(extract(epoch from v_row.window_ends - v_now));
  end if;
  return null;
end
$$;

create function private.email_key(p_email text) returns text
language sql immutable
set search_path = ''
as $$
  select 'email:' || encode(sha256(convert_to(lower(p_email), 'UTF8')), 'hex')
$$;

-- Counted before the password is looked at, so that parallel guesses count too. An e-mail that nobody has gives the
-- same answer as one with a password: the server then checks against a hash of nothing, which takes as long.
create function public.begin_staff_sign_in(p_public_key text, p_email text, p_address_hash text) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_site public.sites := private.site_by_key(p_public_key);
  v_wait int;
begin
  v_wait := greatest(
    private.throttle('address:' || p_address_hash, 60, interval '15 minutes'),
    private.throttle(private.email_key(p_email), 8, interval '15 minutes'));
  if v_wait is not null then
    raise sqlstate 'PT429' using message = 'staff.throttled', hint = v_wait::text;
  end if;
  return jsonb_build_object('site_id', v_site.id) || coalesce((
    select jsonb_build_object('staff_id', s.id, 'password_hash', s.password_hash)
    from public.staff s join public.staff_sites i on i.staff_id = s.id
    where s.email = lower(p_email) and i.site_id = v_site.id and i.disabled_at is null and s.disabled_at is null
      and s.password_hash is not null), '{"staff_id": null, "password_hash": null}');
end
$$;

-- The password was right. Compared once more here: it may have been changed, or the account disabled, meanwhile.
create function public.finish_staff_sign_in(p_site uuid, p_staff uuid, p_password_hash text, p_token_hash text,
  p_new_hash text default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_staff public.staff;
  v_in public.staff_sites := private.access_member(p_site, p_staff);
  v_session public.staff_sessions;
begin
  update public.staff s set password_hash = coalesce(p_new_hash, s.password_hash)
  where s.id = p_staff and s.password_hash = p_password_hash and s.disabled_at is null
  returning * into v_staff;
  if not found then
    raise sqlstate 'PT401' using message = 'staff.wrong_credentials';
  end if;
  delete from public.staff_throttle t
  where t.key = private.email_key(v_staff.email) or t.window_ends < now() - interval '1 day';
  delete from public.staff_sessions s
  where s.staff_id = p_staff and (s.expires_at < now() or s.revoked_at is not null);
  insert into public.staff_sessions (staff_id, token_hash) values (p_staff, p_token_hash) returning * into v_session;
  perform private.audit(p_site, p_staff::text, 'staff.signed_in', p_staff::text);
  return private.membership_json(v_staff, v_in) || jsonb_build_object(
    'session_id', v_session.id, 'expires_at', private.iso(v_session.expires_at),
    'site', (select private.site_json(t) from public.sites t where t.id = p_site));
end
$$;

create function public.sign_out_staff(p_site uuid, p_staff uuid, p_token_hash text default null) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  update public.staff_sessions s set revoked_at = now()
  where s.staff_id = p_staff and s.revoked_at is null and (p_token_hash is null or s.token_hash = p_token_hash);
  perform private.audit(p_site, p_staff::text, 'staff.signed_out', p_staff::text);
  return jsonb_build_object('signed_out', true);
end
$$;

-- For open streams: which of these callers (`[{site, staff, token_hash}]`, in order) may go on, and as what.
create function public.staff_standing(p_callers jsonb) returns jsonb
language sql stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(
    case when s.id is not null and i.staff_id is not null
      and (c.value ->> 'token_hash' is null or exists (
        select from public.staff_sessions t
        where t.token_hash = c.value ->> 'token_hash' and t.staff_id = s.id and t.revoked_at is null
          and t.expires_at > now()))
    then i.role end order by c.ordinality), '[]')
  from jsonb_array_elements(p_callers) with ordinality c
  left join public.staff s on s.id = (c.value ->> 'staff')::uuid and s.disabled_at is null
  left join public.staff_sites i on i.staff_id = s.id and i.site_id = (c.value ->> 'site')::uuid and i.disabled_at is null
$$;
