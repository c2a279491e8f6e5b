-- Whoever is erased while a message of theirs is on its way is erased all the same. Two races left the message behind, in a
-- conversation without a session that nobody could erase any more:
--   the message waited for the erasure, found no conversation, and began a new one;
--   the erasure looked for conversations while the first message was making one.
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
  -- Nothing begins for a session that is gone; while it is held, an erasure waits for what begins.
  perform from public.webchat_sessions s
  where s.site_id = p_session.site_id and s.id = p_session.id
  for key share;
  if not found then
    raise sqlstate 'PT401' using message = 'session.invalid_token';
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

create or replace function private.erase_person(p_site uuid, p_contact uuid, p_actor text, p_action text) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversations uuid[];
  v_erased jsonb;
begin
  -- A session names its conversation before there is one: a stream may already listen to it.
  select coalesce(array_agg(x.id), '{}') into v_conversations from (
    select c.id from public.conversaciones c where c.site_id = p_site and c.contacto_id = p_contact
    union
    select s.conversacion_id from public.webchat_sessions s where s.site_id = p_site and s.contacto_id = p_contact) x;
  v_erased := private.erase_conversations(p_site, v_conversations);
  -- Without its session nothing begins any more; what was just beginning is there by now.
  perform private.erase_conversations(p_site, v_conversations);
  delete from public.outbox o where o.site_id = p_site and o.contacto_id = p_contact;
  delete from public.contactos k where k.site_id = p_site and k.id = p_contact;
  delete from public.webchat_sessions s where s.site_id = p_site and s.contacto_id = p_contact;
  perform private.audit(p_site, p_actor, p_action, p_contact::text);
  return v_erased;
end
$$;

-- As before; of what is erased at that moment it says that it is not there, and reserves nothing.
create or replace function public.assist_turn(p_site uuid, p_staff uuid, p_conversation uuid, p_purpose text, p_history int,
  p_reserve int, p_budget bigint)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones := private.access_conversation(p_site, p_staff, p_conversation);
  v_today date := (now() at time zone 'UTC')::date;
  v_turn public.turns;
  v_told jsonb;
  v_reserved boolean := p_reserve = 0;
begin
  if p_reserve > 0 and (p_budget = 0 or p_reserve <= p_budget) then
    insert into public.site_usage as u (site_id, day, reserved)
    values (p_site, v_today, p_reserve)
    on conflict (site_id, day) do update set reserved = u.reserved + p_reserve
      where p_budget = 0 or u.used + u.reserved + p_reserve <= p_budget;
    v_reserved := found;
  end if;
  v_turn.id := private.new_id();
  v_turn.site_id := p_site;
  v_turn.conversacion_id := p_conversation;
  v_turn.webchat_session := private.session_of_conversation(v_conversation);
  v_turn.upto_seq := v_conversation.last_visitor_seq;
  v_turn.owner_epoch := v_conversation.owner_epoch;
  v_turn.fence := 0;
  v_turn.attempt := 1;
  v_told := private.turn_json(v_turn, p_history);
  if v_told is null then
    raise sqlstate 'PT404' using message = 'conversation.not_found';
  end if;
  perform private.audit(p_site, p_staff::text, 'assist.' || p_purpose, p_conversation::text);
  return jsonb_build_object('turn', v_told, 'reserved_on', case when v_reserved then v_today end);
end
$$;
