-- A site's public key is replaced without breaking its pages at once: the old one may go on for a while.

create table public.site_former_keys (
  public_key text primary key check (length(public_key) between 3 and 200),
  site_id uuid not null references public.sites,
  valid_until timestamptz not null,
  created_at timestamptz not null default now()
);
create index site_former_keys_site on public.site_former_keys (site_id);
alter table public.site_former_keys enable row level security;
revoke all on public.site_former_keys from public, anon, authenticated;
grant select, insert, update, delete on public.site_former_keys to service_role;

create function private.former_keys_json(p_site uuid) returns jsonb
language sql stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('public_key', f.public_key, 'until', private.iso(f.valid_until))
    order by f.valid_until, f.public_key), '[]')
  from public.site_former_keys f
  where f.site_id = p_site and f.valid_until > now()
$$;

-- As before, and with the keys that still name it.
create or replace function private.site_json(p_site public.sites) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', p_site.id, 'slug', p_site.slug, 'public_key', p_site.public_key, 'name', p_site.name,
    'former_keys', (
      select coalesce(jsonb_agg(f.public_key order by f.public_key), '[]') from public.site_former_keys f
      where f.site_id = p_site.id and f.valid_until > now()),
    'allowed_origins', to_jsonb(p_site.allowed_origins), 'locale', p_site.locale, 'region', p_site.region,
    'time_zone', p_site.time_zone, 'settings', p_site.settings)
$$;

create or replace function private.site_admin_json(p_site public.sites) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', p_site.id, 'slug', p_site.slug, 'public_key', p_site.public_key, 'name', p_site.name,
    'former_keys', private.former_keys_json(p_site.id),
    'locale', p_site.locale, 'region', p_site.region, 'time_zone', p_site.time_zone,
    'allowed_origins', (select coalesce(jsonb_agg(o order by o), '[]') from unnest(p_site.allowed_origins) as o),
    'image_origins', coalesce(p_site.settings -> 'image_origins', '[]'),
    'appearance', coalesce(p_site.settings -> 'appearance', '{}'),
    -- Whether there is a secret, and since when; never what it is.
    'identity_secret_at', (
      select private.iso(k.created_at) from public.site_secrets k
      where k.site_id = p_site.id and k.purpose = 'identity'))
$$;

-- By its key, or by one that it had. Another site's own key outranks a former one.
create or replace function private.site_by_key(p_public_key text) returns public.sites
language plpgsql stable
set search_path = ''
as $$
declare
  v_site public.sites;
begin
  select * into v_site from public.sites s where s.public_key = p_public_key and s.disabled_at is null;
  if not found then
    select s.* into v_site
    from public.site_former_keys f
    join public.sites s on s.id = f.site_id
    where f.public_key = p_public_key and f.valid_until > now() and s.disabled_at is null;
  end if;
  if v_site.id is null then
    raise sqlstate 'PT401' using message = 'site.unknown_key';
  end if;
  return v_site;
end
$$;

-- `p_keep_days`: for so long pages with the old key go on; with 0 they get no chat from now on.
drop function public.rotate_public_key(uuid, uuid, text);
create function public.rotate_public_key(p_site uuid, p_staff uuid, p_public_key text, p_keep_days int default 0)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_before text;
  v_site public.sites;
begin
  perform private.access_admin(p_site, p_staff);
  select s.public_key into v_before from public.sites s where s.id = p_site for update;
  update public.sites s set public_key = p_public_key, updated_at = now()
  where s.id = p_site
  returning * into v_site;
  delete from public.site_former_keys f
  where f.site_id = p_site and (f.valid_until <= now() or f.public_key = p_public_key);
  if p_keep_days > 0 then
    insert into public.site_former_keys (public_key, site_id, valid_until)
    values (v_before, p_site, now() + make_interval(days => p_keep_days));
  end if;
  perform private.audit(p_site, p_staff::text, 'site.public_key_rotated', p_site::text,
    jsonb_build_object('keep_days', p_keep_days));
  return private.site_admin_json(v_site);
end
$$;

-- A former key names nothing from now on.
create function public.retire_public_key(p_site uuid, p_staff uuid, p_public_key text) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  perform private.access_admin(p_site, p_staff);
  delete from public.site_former_keys f
  where f.site_id = p_site and f.public_key = p_public_key and f.valid_until > now();
  if not found then
    raise sqlstate 'PT404' using message = 'site.key_not_found';
  end if;
  perform private.audit(p_site, p_staff::text, 'site.public_key_retired', p_site::text);
  return (select private.site_admin_json(s) from public.sites s where s.id = p_site);
end
$$;

do $$
declare
  f regprocedure;
begin
  for f in
    select p.oid::regprocedure
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where (n.nspname = 'private' and p.proname = 'former_keys_json')
       or (n.nspname = 'public' and p.proname in ('rotate_public_key', 'retire_public_key'))
  loop
    execute format('revoke execute on function %s from public, anon, authenticated', f);
    execute format('grant execute on function %s to service_role', f);
  end loop;
end
$$;
