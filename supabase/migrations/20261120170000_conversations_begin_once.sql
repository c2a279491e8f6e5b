-- As before, but two first acts at one moment never meet an error: `on conflict (id)` minds that one index alone, and the
-- loser of a race may fail in the other unique one, (site_id, id), before it looks at the first. Without a target every
-- unique index is minded.
create or replace function private.lock_conversation(p_session public.webchat_sessions) returns public.conversaciones
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones;
begin
  select * into v_conversation
  from public.conversaciones c
  where c.site_id = p_session.site_id and c.id = p_session.conversacion_id
  for update;
  if found then
    return v_conversation;
  end if;
  insert into public.contactos (id, site_id, contacto_datos, first_touch, last_touch)
  values (p_session.contacto_id, p_session.site_id, jsonb_build_object('session_id', p_session.session_id),
    p_session.datos -> 'touch', p_session.datos -> 'touch')
  on conflict do nothing;
  insert into public.conversaciones (id, site_id, contacto_id, locale, taggable_type, taggable_info)
  values (p_session.conversacion_id, p_session.site_id, p_session.contacto_id, p_session.locale,
    p_session.datos #>> '{item,type}', p_session.datos -> 'item')
  on conflict do nothing;
  if found then
    insert into public.outbox (site_id, kind, contacto_id, conversacion_id)
    values (p_session.site_id, 'webchat_started', p_session.contacto_id, p_session.conversacion_id);
  end if;
  select * into strict v_conversation
  from public.conversaciones c
  where c.site_id = p_session.site_id and c.id = p_session.conversacion_id
  for update;
  return v_conversation;
end
$$;
