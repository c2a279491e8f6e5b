-- Sites: read by every worker into a short-lived cache, written by set-up and (later) by admins.

create function private.site_json(p_site public.sites) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', p_site.id, 'slug', p_site.slug, 'public_key', p_site.public_key, 'name', p_site.name,
    'allowed_origins', to_jsonb(p_site.allowed_origins), 'locale', p_site.locale, 'region', p_site.region,
    'time_zone', p_site.time_zone, 'settings', p_site.settings)
$$;

create function public.list_sites() returns jsonb
language sql stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(private.site_json(s) order by s.created_at), '[]')
  from public.sites s
  where s.disabled_at is null
$$;

-- Makes the site, or brings the named one up to date. Null leaves a value as it is; the name is set only at first,
-- since people change it afterwards.
create function public.ensure_site(
  p_slug text,
  p_name text,
  p_public_key text,
  p_allowed_origins jsonb default null,
  p_settings jsonb default null,
  p_locale text default null,
  p_region text default null,
  p_time_zone text default null
) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_site public.sites;
  v_origins text[];
begin
  if p_allowed_origins is not null then
    select coalesce(array_agg(o), '{}') into v_origins from jsonb_array_elements_text(p_allowed_origins) as o;
  end if;
  insert into public.sites as s (slug, name, public_key, allowed_origins, settings, locale, region, time_zone)
  values (p_slug, p_name, p_public_key, coalesce(v_origins, '{}'), coalesce(p_settings, '{}'),
    coalesce(p_locale, 'es'), coalesce(p_region, 'DO'), coalesce(p_time_zone, 'America/Santo_Domingo'))
  on conflict (slug) do update set
    public_key = excluded.public_key,
    allowed_origins = coalesce(v_origins, s.allowed_origins),
    settings = coalesce(p_settings, s.settings),
    locale = coalesce(p_locale, s.locale),
    region = coalesce(p_region, s.region),
    time_zone = coalesce(p_time_zone, s.time_zone),
    updated_at = now()
  returning s.* into v_site;
  return private.site_json(v_site);
exception when unique_violation then
  raise sqlstate 'PT409' using message = 'site.public_key_taken';
end
$$;

