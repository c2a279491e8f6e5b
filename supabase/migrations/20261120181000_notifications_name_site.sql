-- A link into the console names the site when it is not the default one: who was invited there has no account elsewhere.

create or replace function private.mail_site_json(p_site public.sites) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object('slug', p_site.slug, 'name', p_site.name, 'locale', p_site.locale, 'region', p_site.region)
$$;
