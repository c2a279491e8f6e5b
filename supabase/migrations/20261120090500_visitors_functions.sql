-- What a visitor may do besides writing. Each function starts with the token: no row, no access.

create function public.visitor_session(p_site uuid, p_token_hash text, p_session_id text default null) returns jsonb
language sql stable
set search_path = ''
as $$
  select private.session_json(private.access_session(p_site, p_token_hash, p_session_id))
$$;

-- POST /read: the visitor has seen everything up to a position. Returns how far that really is.
create function public.mark_messages_read(p_site uuid, p_token_hash text, p_up_to_seq bigint) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_session public.webchat_sessions := private.access_session(p_site, p_token_hash);
  v_now timestamptz := clock_timestamp();
  v_marked bigint;
begin
  with marked as (
    update public.mensajes m set read_at = v_now, estado = 'read'
    where m.site_id = p_site and m.conversacion_id = v_session.conversacion_id and m.seq <= p_up_to_seq
      and m.read_at is null and m.author in ('assistant', 'seller') and not m.private
    returning m.seq
  )
  select max(seq) into v_marked from marked;
  return jsonb_build_object('conversation_id', v_session.conversacion_id, 'up_to_seq', v_marked, 'at', private.iso(v_now));
end
$$;

-- POST /contact and /consent: what a form gives. `p_contact` {name, email, phone} or null; `p_consents` as the ledger has them.
create function public.save_visitor_contact(p_site uuid, p_token_hash text, p_contact jsonb, p_consents jsonb) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_session public.webchat_sessions := private.access_session(p_site, p_token_hash);
  v_conversation public.conversaciones := private.lock_conversation(v_session);
begin
  perform private.apply_contact(p_site, v_conversation.contacto_id, v_conversation.id, p_contact, p_consents);
  return (
    select jsonb_build_object(
      'conversation_id', v_conversation.id,
      'contact', jsonb_build_object('name', k.nombre_completo, 'email', k.email, 'phone', k.telefono, 'identity', k.identity))
    from public.contactos k
    where k.site_id = p_site and k.id = v_conversation.contacto_id);
end
$$;

-- POST /handoff: "I want to talk to a person". Asking twice changes nothing.
create function public.request_visitor_handoff(p_site uuid, p_token_hash text, p_summary text default null) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_session public.webchat_sessions := private.access_session(p_site, p_token_hash);
  v_conversation public.conversaciones := private.lock_conversation(v_session);
  v_message public.mensajes;
begin
  v_message := private.request_handoff(v_conversation, 'visitor_request', p_summary);
  return jsonb_build_object(
    'conversation_id', v_conversation.id,
    'handler', case when v_message.id is null then v_conversation.handler else 'queue' end,
    'requested', v_message.id is not null,
    'message', case when v_message.id is not null
      then private.message_json(v_message, private.parties(p_site, v_conversation.contacto_id)) end);
end
$$;

create function public.rate_conversation(p_site uuid, p_token_hash text, p_rating int, p_comment text default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_session public.webchat_sessions := private.access_session(p_site, p_token_hash);
begin
  update public.conversaciones c set rating = p_rating, rating_comment = p_comment, updated_at = now()
  where c.site_id = p_site and c.id = v_session.conversacion_id;
  if not found then
    raise sqlstate 'PT409' using message = 'conversation.not_started';
  end if;
  return jsonb_build_object('conversation_id', v_session.conversacion_id, 'rating', p_rating);
end
$$;

-- Where the visitor writes from, learnt after the acknowledgement.
create function public.set_session_location(p_site uuid, p_session_id text, p_conversation uuid, p_location jsonb)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  update public.webchat_sessions s set datos = s.datos || jsonb_build_object('location', p_location)
  where s.site_id = p_site and s.conversacion_id = p_conversation and s.session_id = p_session_id;
  return jsonb_build_object('stored', found);
end
$$;

-- DELETE /session: the person goes from every table, and what is queued about them goes too. The consent ledger keeps
-- its pseudonymous entries as proof, the audit log says that an erasure took place, the day's token totals stay.
-- Returns the conversations kept at OpenAI, which the caller has to delete there.
create function public.erase_visitor(p_site uuid, p_token_hash text) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_session public.webchat_sessions := private.access_session(p_site, p_token_hash);
  v_threads jsonb;
  v_turn public.turns;
begin
  perform from public.conversaciones c
  where c.site_id = p_site and c.contacto_id = v_session.contacto_id
  order by c.id
  for update;
  select coalesce(jsonb_agg(s.assistant_thread_id), '[]') into v_threads
  from public.webchat_sessions s
  where s.site_id = p_site and s.contacto_id = v_session.contacto_id and s.assistant_thread_id is not null;
  -- Nobody will settle a turn that is gone. About what one costs: given back whole, budgets could be got round by
  -- erasing oneself again and again, and kept whole, used up.
  for v_turn in
    select t.*
    from public.turns t
    join public.conversaciones c on c.site_id = t.site_id and c.id = t.conversacion_id
    where c.site_id = p_site and c.contacto_id = v_session.contacto_id and t.state = 'running'
    for update of t
  loop
    perform private.settle_tokens(v_turn, v_turn.tokens_reserved / 4);
  end loop;
  delete from public.outbox o where o.site_id = p_site and o.contacto_id = v_session.contacto_id;
  delete from public.conversaciones c where c.site_id = p_site and c.contacto_id = v_session.contacto_id;
  delete from public.contactos k where k.site_id = p_site and k.id = v_session.contacto_id;
  delete from public.webchat_sessions s where s.site_id = p_site and s.contacto_id = v_session.contacto_id;
  insert into public.audit_log (site_id, actor, action, subject)
  values (p_site, 'visitor', 'visitor.erased', v_session.contacto_id::text);
  return jsonb_build_object('conversation_id', v_session.conversacion_id, 'erased', true, 'threads', v_threads);
end
$$;

-- Execute rights are granted by name here at the end: everything of ours to service_role, and to nobody else.
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
