-- The audit log cannot be changed, so that nothing may go into it that an erasure would have to take out again: which
-- fields somebody changed stays known, the words that they put there do not.

create or replace function private.audit(p_site uuid, p_actor text, p_action text, p_subject text, p_detail jsonb default '{}')
returns void
language sql volatile
set search_path = ''
as $$
  insert into public.audit_log (site_id, actor, action, subject, detail)
  values (p_site, p_actor, p_action, p_subject, jsonb_strip_nulls(p_detail)
    - array['tags', 'text', 'note', 'summary', 'name', 'email', 'phone']
    || case when p_detail ? 'tags' then '{"tags": true}'::jsonb else '{}' end)
$$;
