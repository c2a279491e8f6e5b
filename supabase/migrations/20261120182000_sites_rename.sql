-- `ensure_site` runs at every start and leaves a name alone, which an admin may have chosen; an operator names a site by this.

create function public.rename_site(p_slug text, p_name text) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_site public.sites;
begin
  update public.sites s set name = p_name, updated_at = now()
  where s.slug = p_slug
  returning s.* into v_site;
  if not found then
    raise sqlstate 'PT404' using message = 'site.not_found';
  end if;
  return private.site_json(v_site);
end
$$;

revoke execute on function public.rename_site(text, text) from public, anon, authenticated;
grant execute on function public.rename_site(text, text) to service_role;
