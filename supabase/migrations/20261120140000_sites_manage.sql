-- What a site's admins change about it themselves: name, zone, pages that may embed the widget, looks, keys.

create function private.site_admin_json(p_site public.sites) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', p_site.id, 'slug', p_site.slug, 'public_key', p_site.public_key, 'name', p_site.name,
    'locale', p_site.locale, 'region', p_site.region, 'time_zone', p_site.time_zone,
    'allowed_origins', (select coalesce(jsonb_agg(o order by o), '[]') from unnest(p_site.allowed_origins) as o),
    'image_origins', coalesce(p_site.settings -> 'image_origins', '[]'),
    'appearance', coalesce(p_site.settings -> 'appearance', '{}'),
    -- Whether there is a secret, and since when; never what it is.
    'identity_secret_at', (
      select private.iso(k.created_at) from public.site_secrets k
      where k.site_id = p_site.id and k.purpose = 'identity'))
$$;

create function public.get_site(p_site uuid, p_staff uuid) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.access_admin(p_site, p_staff);
  return (select private.site_admin_json(s) from public.sites s where s.id = p_site);
end
$$;

-- `p_patch`: any of name, locale, region, time_zone, allowed_origins, image_origins, appearance, already checked by the
-- server; what is not in it stays.
create function public.change_site(p_site uuid, p_staff uuid, p_patch jsonb) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_before public.sites;
  v_after public.sites;
  v_fields jsonb;
begin
  perform private.access_admin(p_site, p_staff);
  select * into v_before from public.sites s where s.id = p_site for update;
  update public.sites s set
    name = coalesce(p_patch ->> 'name', s.name),
    locale = coalesce(p_patch ->> 'locale', s.locale),
    region = coalesce(p_patch ->> 'region', s.region),
    time_zone = coalesce(p_patch ->> 'time_zone', s.time_zone),
    allowed_origins = case when p_patch ? 'allowed_origins'
      then array(select jsonb_array_elements_text(p_patch -> 'allowed_origins'))
      else s.allowed_origins end,
    settings = s.settings
      || case when p_patch ? 'image_origins'
           then jsonb_build_object('image_origins', p_patch -> 'image_origins') else '{}' end
      || case when p_patch ? 'appearance'
           then jsonb_build_object('appearance', p_patch -> 'appearance') else '{}' end,
    updated_at = now()
  where s.id = p_site
  returning * into v_after;
  if v_after.time_zone <> v_before.time_zone then
    -- Business hours are wall-clock times: deadlines are reckoned anew.
    update public.conversaciones c set answer_due_at = null, overdue_at = null
    where c.site_id = p_site and c.waiting_since is not null;
  end if;
  select jsonb_agg(f order by f) into v_fields from jsonb_object_keys(p_patch) as f;
  perform private.audit(p_site, p_staff::text, 'site.changed', p_site::text, jsonb_build_object('fields', v_fields));
  return private.site_admin_json(v_after);
end
$$;

-- What was signed with the old secret is refused from now on.
create function public.rotate_identity_secret(p_site uuid, p_staff uuid, p_secret text) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  perform private.access_admin(p_site, p_staff);
  insert into public.site_secrets (site_id, purpose, secret)
  values (p_site, 'identity', p_secret)
  on conflict (site_id, purpose) do update set secret = excluded.secret, created_at = now();
  perform private.audit(p_site, p_staff::text, 'site.secret_set', 'identity');
  return (select private.site_admin_json(s) from public.sites s where s.id = p_site);
end
$$;

-- Pages that still name the old key get no chat from now on.
create function public.rotate_public_key(p_site uuid, p_staff uuid, p_public_key text) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_site public.sites;
begin
  perform private.access_admin(p_site, p_staff);
  update public.sites s set public_key = p_public_key, updated_at = now()
  where s.id = p_site
  returning * into v_site;
  perform private.audit(p_site, p_staff::text, 'site.public_key_rotated', p_site::text);
  return private.site_admin_json(v_site);
end
$$;

-- As before, and how many conversations somebody is given at once.
drop function public.change_staff(uuid, uuid, uuid, text, boolean);
create function public.change_staff(p_site uuid, p_actor uuid, p_staff uuid, p_role text default null,
  p_disabled boolean default null, p_capacity int default null)
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
    capacity = coalesce(p_capacity, i.capacity),
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
  if v_after.capacity <> v_before.capacity then
    perform private.audit(p_site, p_actor::text, 'staff.capacity_changed', p_staff::text,
      jsonb_build_object('from', v_before.capacity, 'to', v_after.capacity));
  end if;
  if (v_after.disabled_at is null) <> (v_before.disabled_at is null) then
    perform private.audit(p_site, p_actor::text,
      case when v_after.disabled_at is null then 'staff.enabled' else 'staff.disabled' end, p_staff::text);
  end if;
  return (select private.membership_json(s, v_after) from public.staff s where s.id = p_staff);
end
$$;

do $$
declare
  f regprocedure;
begin
  for f in
    select p.oid::regprocedure
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where (n.nspname = 'private' and p.proname = 'site_admin_json')
       or (n.nspname = 'public' and p.proname in ('get_site', 'change_site', 'rotate_identity_secret',
             'rotate_public_key', 'change_staff'))
  loop
    execute format('revoke execute on function %s from public, anon, authenticated', f);
    execute format('grant execute on function %s to service_role', f);
  end loop;
end
$$;
