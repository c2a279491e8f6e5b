-- As before, but a visitor has at most 50 attributes: every request may bring thirty new ones, and the row that holds them
-- all is written again with each message and read with the conversation.
create or replace function public.note_visit(p_site uuid, p_token_hash text, p_event jsonb default null,
  p_attributes jsonb default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_session public.webchat_sessions := private.access_session(p_site, p_token_hash);
begin
  update public.webchat_sessions s set
    last_activity = now(),
    datos = s.datos
      || case when p_attributes is null then '{}'::jsonb
         else jsonb_build_object('attributes', jsonb_strip_nulls(coalesce(s.datos -> 'attributes', '{}') || p_attributes)) end
      || case when p_event is null then '{}'::jsonb
         else jsonb_build_object('events', (
           select jsonb_agg(e.value order by e.ordinality)
           from jsonb_array_elements(coalesce(s.datos -> 'events', '[]')
             || jsonb_build_array(p_event || jsonb_build_object('at', private.iso(clock_timestamp()))))
             with ordinality as e
           where e.ordinality > jsonb_array_length(coalesce(s.datos -> 'events', '[]')) + 1 - 50)) end
  where s.site_id = p_site and s.id = v_session.id
  returning s.* into v_session;
  if (select count(*) from jsonb_object_keys(coalesce(v_session.datos -> 'attributes', '{}'))) > 50 then
    raise sqlstate 'PT422' using message = 'visit.too_many_attributes',
      detail = 'a visitor has at most 50 attributes; send null for those that are not needed any more';
  end if;
  return jsonb_build_object('noted', true);
end
$$;
