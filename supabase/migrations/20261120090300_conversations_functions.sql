-- Sessions, and how a conversation and its messages look from outside.

-- The two sides of a conversation as seed 001 shows them. The assistant goes under the site's id.
create function private.parties(p_site uuid, p_contact uuid) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'visitor', jsonb_build_object('uuid', p_contact, 'name', coalesce(c.nombre_completo, ''), 'avatar', null),
    'assistant', jsonb_build_object(
      'uuid', s.id,
      'name', coalesce(s.settings #>> '{assistant,name}', 'TalIA'),
      'avatar', s.settings #>> '{assistant,avatar}'),
    'pbk', s.public_key)
  from public.sites s
  left join public.contactos c on c.site_id = s.id and c.id = p_contact
  where s.id = p_site
$$;

-- One message on the wire: seed 001's object, with `seq`, `author`, `turn_id`, `attempt` and `private` beside it.
create function private.message_json(p_message public.mensajes, p_parties jsonb) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'conversation_uuid', p_message.conversacion_id,
    'message_id', p_message.id,
    'id', p_message.id,
    'seq', p_message.seq,
    'author', p_message.author,
    'turn_id', p_message.turn_id,
    'attempt', p_message.attempt,
    'private', p_message.private,
    'client_message_id', p_message.client_message_id,
    'sender', case
      when p_message.author = 'visitor' then p_parties -> 'visitor'
      else coalesce(p_message.datos -> 'sender', p_parties -> 'assistant') end,
    'receiver', case
      when p_message.author = 'visitor' then p_parties -> 'assistant'
      else p_parties -> 'visitor' end,
    'context', jsonb_strip_nulls(jsonb_build_object(
      'type', p_message.tipo_contenido,
      'texts', p_message.texts,
      'quick_replies', p_message.datos -> 'quick_replies',
      'cards', p_message.datos -> 'cards'))
      || jsonb_build_object('text', case when p_message.deleted_at is null then p_message.texto else '' end),
    'attachments', coalesce(p_message.datos -> 'attachments', '[]'),
    'metadata', coalesce(p_message.datos -> 'metadata', '[]'),
    'reactions', coalesce(p_message.datos -> 'reactions', '[]'),
    'status', jsonb_build_object(
      'is_read', p_message.read_at is not null,
      'read_at', private.iso(p_message.read_at),
      'delivered_at', private.iso(p_message.delivered_at),
      'is_deleted', p_message.deleted_at is not null),
    'timestamps', jsonb_build_object(
      'created_at', private.iso(p_message.creado_en),
      'updated_at', private.iso(coalesce(p_message.edited_at, p_message.creado_en))),
    'pbk', p_parties -> 'pbk',
    'device', p_message.datos -> 'device')
$$;

-- A conversation as seed 001 lists it, with who handles it and how far it is answered.
create function private.conversation_json(p_conversation public.conversaciones) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'uuid', p_conversation.id,
    'taggable_type', p_conversation.taggable_type,
    'taggable_info', p_conversation.taggable_info,
    'last_message_text', p_conversation.last_message_text,
    'last_message_at', private.iso(p_conversation.last_message_at),
    'is_archived', p_conversation.status = 'archived',
    'created_at', private.iso(p_conversation.created_at),
    'updated_at', private.iso(p_conversation.updated_at),
    'handler', p_conversation.handler,
    'last_seq', p_conversation.last_seq,
    'answered_seq', p_conversation.answered_seq,
    'awaiting_reply', exists (
      select from public.turns t
      where t.site_id = p_conversation.site_id and t.conversacion_id = p_conversation.id and t.state = 'running'))
$$;

-- Who is this? No row, no access: a token that is unknown, revoked or expired is one and the same 401,
-- and a label that is not the token's is the same 404 as one that does not exist.
create function private.access_session(p_site uuid, p_token_hash text, p_session_id text default null)
returns public.webchat_sessions
language plpgsql stable
set search_path = ''
as $$
declare
  v_session public.webchat_sessions;
begin
  select * into v_session
  from public.webchat_sessions s
  where s.site_id = p_site and s.token_hash = p_token_hash and s.revoked_at is null and s.expires_at > now();
  if not found then
    raise sqlstate 'PT401' using message = 'session.invalid_token';
  end if;
  if p_session_id is not null and p_session_id <> v_session.session_id then
    raise sqlstate 'PT404' using message = 'session.not_found';
  end if;
  return v_session;
end
$$;

create function private.session_json(p_session public.webchat_sessions) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'session_id', p_session.session_id,
    'conversation_id', p_session.conversacion_id,
    'contact_id', p_session.contacto_id,
    'locale', p_session.locale,
    'expires_at', private.iso(p_session.expires_at))
$$;

-- A new session, or (for a repeated call) the one that the same fresh token made.
create function private.new_session(p_site uuid, p_token_hash text, p_session_id text, p_locale text, p_metadata jsonb)
returns public.webchat_sessions
language plpgsql volatile
set search_path = ''
as $$
declare
  v_session public.webchat_sessions;
begin
  insert into public.webchat_sessions (site_id, session_id, token_hash, locale, datos)
  select p_site, coalesce(p_session_id, 's_' || replace(private.new_id()::text, '-', '')), p_token_hash,
    coalesce(p_locale, s.locale), coalesce(p_metadata, '{}')
  from public.sites s
  where s.id = p_site and s.disabled_at is null
  on conflict (site_id, token_hash) do nothing
  returning * into v_session;
  if not found then
    return private.access_session(p_site, p_token_hash);
  end if;
  return v_session;
end
$$;

-- POST /sessions: opens a session under a fresh token, or slides and refreshes the one that the token names.
create function public.open_webchat_session(
  p_site uuid,
  p_new_token_hash text,
  p_token_hash text default null,
  p_session_id text default null,
  p_locale text default null,
  p_metadata jsonb default '{}'
) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_session public.webchat_sessions;
  v_last_seq bigint;
begin
  if p_token_hash is null then
    v_session := private.new_session(p_site, p_new_token_hash, p_session_id, p_locale, p_metadata);
  else
    v_session := private.access_session(p_site, p_token_hash, p_session_id);
    update public.webchat_sessions s set
      last_activity = now(),
      expires_at = now() + interval '30 days',
      locale = coalesce(p_locale, s.locale),
      datos = s.datos || p_metadata
    where s.site_id = p_site and s.id = v_session.id
    returning s.* into v_session;
  end if;
  select c.last_seq into v_last_seq
  from public.conversaciones c
  where c.site_id = p_site and c.id = v_session.conversacion_id;
  return private.session_json(v_session)
    || jsonb_build_object('created', p_token_hash is null, 'last_seq', coalesce(v_last_seq, 0));
end
$$;

-- Contact and conversation come into being with the first act that needs them, under the ids the session named.
-- Returns the conversation locked: every writer of a conversation takes this lock first.
create function private.lock_conversation(p_session public.webchat_sessions) returns public.conversaciones
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
  on conflict (id) do nothing;
  insert into public.conversaciones (id, site_id, contacto_id, locale, taggable_type, taggable_info)
  values (p_session.conversacion_id, p_session.site_id, p_session.contacto_id, p_session.locale,
    p_session.datos #>> '{item,type}', p_session.datos -> 'item')
  on conflict (id) do nothing;
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

-- A durable event of the conversation (a handoff, later a join or a closing): a system message with its own `seq`.
create function private.add_system_message(p_conversation public.conversaciones, p_event text, p_detail jsonb default '{}')
returns public.mensajes
language plpgsql volatile
set search_path = ''
as $$
declare
  v_seq bigint;
  v_message public.mensajes;
begin
  update public.conversaciones c set last_seq = c.last_seq + 1, updated_at = now()
  where c.site_id = p_conversation.site_id and c.id = p_conversation.id
  returning c.last_seq into v_seq;
  insert into public.mensajes (site_id, conversacion_id, seq, direccion, author, tipo_contenido, texto, datos)
  values (p_conversation.site_id, p_conversation.id, v_seq, 'saliente', 'system', 'system', p_event,
    jsonb_build_object('metadata', jsonb_build_array(jsonb_build_object('event', p_event) || p_detail)))
  returning * into v_message;
  return v_message;
end
$$;

-- GET /history and every catch-up of a stream: visible messages after (or before) a position, oldest first.
create function public.webchat_history(
  p_site uuid,
  p_token_hash text,
  p_session_id text default null,
  p_after bigint default 0,
  p_before bigint default null,
  p_limit int default 100
) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_session public.webchat_sessions := private.access_session(p_site, p_token_hash, p_session_id);
  v_conversation public.conversaciones;
  v_parties jsonb;
  v_messages jsonb;
  v_limit int := least(greatest(p_limit, 1), 500);
begin
  select * into v_conversation
  from public.conversaciones c
  where c.site_id = p_site and c.id = v_session.conversacion_id;
  if not found then
    return jsonb_build_object('session', private.session_json(v_session), 'conversation', null, 'messages', '[]'::jsonb,
      'last_seq', 0, 'has_more', false);
  end if;
  v_parties := private.parties(p_site, v_session.contacto_id);
  if p_before is null then
    select coalesce(jsonb_agg(private.message_json(m, v_parties) order by m.seq), '[]') into v_messages
    from (
      select * from public.mensajes m
      where m.site_id = p_site and m.conversacion_id = v_conversation.id and not m.private and m.seq > p_after
      order by m.seq limit v_limit + 1
    ) m;
    return jsonb_build_object('session', private.session_json(v_session),
      'conversation', private.conversation_json(v_conversation),
      'messages', case when jsonb_array_length(v_messages) > v_limit then v_messages - v_limit else v_messages end,
      'last_seq', v_conversation.last_seq,
      'has_more', jsonb_array_length(v_messages) > v_limit);
  end if;
  select coalesce(jsonb_agg(private.message_json(m, v_parties) order by m.seq), '[]') into v_messages
  from (
    select * from public.mensajes m
    where m.site_id = p_site and m.conversacion_id = v_conversation.id and not m.private
      and m.seq < p_before and m.seq > p_after
    order by m.seq desc limit v_limit + 1
  ) m;
  return jsonb_build_object('session', private.session_json(v_session),
    'conversation', private.conversation_json(v_conversation),
    'messages', case when jsonb_array_length(v_messages) > v_limit then v_messages - 0 else v_messages end,
    'last_seq', v_conversation.last_seq,
    'has_more', jsonb_array_length(v_messages) > v_limit);
end
$$;
