-- What the server tells a visitor who waits for a person, outside of any turn.

-- What a turn of this visitor's would know, without claiming one.
create function public.visitor_turn(p_site uuid, p_token_hash text, p_history int default 40) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_session public.webchat_sessions := private.access_session(p_site, p_token_hash);
  v_conversation public.conversaciones;
  v_turn public.turns;
begin
  select * into v_conversation from public.conversaciones c
  where c.site_id = p_site and c.id = v_session.conversacion_id;
  if not found then
    raise sqlstate 'PT409' using message = 'conversation.not_started';
  end if;
  v_turn.id := private.new_id();
  v_turn.site_id := p_site;
  v_turn.conversacion_id := v_conversation.id;
  v_turn.webchat_session := v_session.id;
  v_turn.upto_seq := v_conversation.last_visitor_seq;
  v_turn.owner_epoch := v_conversation.owner_epoch;
  v_turn.fence := 0;
  v_turn.attempt := 1;
  return private.turn_json(v_turn, p_history);
end
$$;

-- A message in the assistant's name that no turn made. Null when a person has the conversation, or nobody waits: then it
-- would say what is not so any more. The guided assistant's notes go on in it, or its last question would be forgotten.
create function public.post_notice(p_site uuid, p_conversation uuid, p_text text) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones;
  v_message public.mensajes;
  v_notes jsonb;
begin
  select * into v_conversation from public.conversaciones c
  where c.site_id = p_site and c.id = p_conversation for update;
  if not found then
    raise sqlstate 'PT404' using message = 'conversation.not_found';
  end if;
  if v_conversation.handler <> 'queue' or v_conversation.status <> 'active' then
    return jsonb_build_object('message', null);
  end if;
  select m.datos #> '{meta,guided}' into v_notes from public.mensajes m
  where m.site_id = p_site and m.conversacion_id = p_conversation and m.author = 'assistant' and m.deleted_at is null
  order by m.seq desc limit 1;
  update public.conversaciones c set
    last_seq = c.last_seq + 1, last_message_text = left(p_text, 200), last_message_at = clock_timestamp(),
    updated_at = clock_timestamp()
  where c.site_id = p_site and c.id = p_conversation
  returning * into v_conversation;
  insert into public.mensajes (site_id, conversacion_id, seq, direccion, author, texto, datos, delivered_at)
  values (p_site, p_conversation, v_conversation.last_seq, 'saliente', 'assistant', p_text,
    jsonb_strip_nulls(jsonb_build_object('author', 'assistant', 'source', 'guided',
      'meta', case when v_notes is not null then jsonb_build_object('guided', v_notes) end)), clock_timestamp())
  returning * into v_message;
  return jsonb_build_object('message',
    private.message_json(v_message, private.parties(p_site, v_conversation.contacto_id)));
end
$$;

do $$
declare
  f regprocedure;
begin
  for f in
    select p.oid::regprocedure
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'private'
       or (n.nspname = 'public' and not exists (
             select from pg_depend d where d.objid = p.oid and d.deptype = 'e'))
  loop
    execute format('revoke execute on function %s from public, anon, authenticated', f);
    execute format('grant execute on function %s to service_role', f);
  end loop;
end
$$;
