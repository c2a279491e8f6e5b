-- A version that was replaced can be published again, one that was put away cannot: both are archived, so that which one
-- it is has to be said.
create or replace function private.prompt_json(p_version public.prompt_versions, p_state jsonb, p_content boolean) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'number', p_version.number, 'sha256', p_version.sha256, 'note', p_version.note, 'base', p_version.base,
    'author', coalesce((select s.name from public.staff s where s.id::text = p_version.author), p_version.author),
    'created_at', private.iso(p_version.created_at),
    'put_away', p_version.archived_at is not null,
    'state', case
      when p_version.archived_at is not null then 'archived'
      when (p_state ->> 'live')::int = p_version.number then 'published'
      when (p_state #>> '{canary,number}')::int = p_version.number then 'canary'
      when exists (select from jsonb_array_elements(p_state -> 'scheduled') n where (n ->> 'number')::int = p_version.number)
        then 'scheduled'
      when exists (select from public.prompt_releases r where r.site_id = p_version.site_id
        and r.number = p_version.number and r.cancelled_at is null) then 'archived'
      else 'draft' end)
    || case when p_content then jsonb_build_object('content', p_version.content) else '{}' end
$$;
