-- A message and the turn that answers it, in one commit; leases and fences. Times are the database's own.

-- All that answering needs, in one value. The newest messages only, so that a turn costs the same at message 10,000.
create function private.turn_json(p_turn public.turns, p_history int) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'turn_id', p_turn.id,
    'site_id', p_turn.site_id,
    'conversation_id', c.id,
    'session_id', s.session_id,
    'fence', p_turn.fence,
    'attempt', p_turn.attempt,
    'owner_epoch', p_turn.owner_epoch,
    'upto_seq', p_turn.upto_seq,
    'answered_seq', c.answered_seq,
    'over_budget', p_turn.over_budget,
    'locale', s.locale,
    'handler', c.handler,
    'item', s.datos -> 'item',
    'page', s.datos -> 'page',
    'thread', s.assistant_thread_id,
    'thread_seq', s.assistant_thread_seq,
    'contact', jsonb_build_object(
      'contact_id', k.id, 'name', k.nombre_completo, 'email', k.email, 'phone', k.telefono,
      'consents', (
        select coalesce(jsonb_agg(latest.purpose), '[]')
        from (
          select distinct on (e.purpose) e.purpose, e.granted
          from public.consents e
          where e.site_id = p_turn.site_id and e.contacto_id = k.id
          order by e.purpose, e.created_at desc, e.id desc
        ) latest
        where latest.granted)),
    'history', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'message_id', h.id, 'seq', h.seq, 'author', h.author, 'text', h.texto,
        'source', h.datos ->> 'source', 'meta', coalesce(h.datos -> 'meta', '{}')) order by h.seq), '[]')
      from (
        select m.id, m.seq, m.author, m.texto, m.datos
        from public.mensajes m
        where m.site_id = p_turn.site_id and m.conversacion_id = c.id
          and (m.seq <= p_turn.upto_seq or m.author <> 'visitor') and not m.private and m.deleted_at is null and m.author <> 'system'
        order by m.seq desc
        limit p_history
      ) h))
  from public.conversaciones c
  join public.webchat_sessions s on s.site_id = c.site_id and s.id = p_turn.webchat_session
  join public.contactos k on k.site_id = c.site_id and k.id = c.contacto_id
  where c.site_id = p_turn.site_id and c.id = p_turn.conversacion_id
$$;

-- Claims the one running turn of a conversation for this worker. `p_claim`: worker, lease_seconds, reserve_tokens,
-- session_budget, site_day_budget, history. The caller holds the conversation's lock.
create function private.claim_turn(p_conversation public.conversaciones, p_session uuid, p_upto_seq bigint, p_claim jsonb)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_reserve int := (p_claim ->> 'reserve_tokens')::int;
  v_over text;
  v_turn public.turns;
begin
  v_over := private.reserve_tokens(p_conversation.site_id, p_session, v_reserve,
    (p_claim ->> 'session_budget')::bigint, (p_claim ->> 'site_day_budget')::bigint);
  insert into public.turns (site_id, conversacion_id, webchat_session, upto_seq, owner_epoch, worker, lease_until,
    over_budget, tokens_reserved)
  values (p_conversation.site_id, p_conversation.id, p_session, p_upto_seq, p_conversation.owner_epoch,
    p_claim ->> 'worker', clock_timestamp() + make_interval(secs => (p_claim ->> 'lease_seconds')::double precision),
    v_over, case when v_over is null then v_reserve else 0 end)
  returning * into v_turn;
  return private.turn_json(v_turn, (p_claim ->> 'history')::int);
end
$$;

-- The reply that covers a message, once there is one.
create function private.reply_to(p_site uuid, p_conversation uuid, p_seq bigint, p_parties jsonb) returns jsonb
language sql stable
set search_path = ''
as $$
  select private.message_json(m, p_parties) || jsonb_build_object('response_id', t.response_id)
  from public.turns t
  join public.mensajes m on m.site_id = t.site_id and m.id = t.answer_message_id
  where t.site_id = p_site and t.conversacion_id = p_conversation and t.upto_seq >= p_seq and t.state = 'done'
  order by t.upto_seq
  limit 1
$$;

-- Seed 002's function: contact, conversation, session and message, and the turn that answers it, in one commit.
-- The token decides the session (p_token_hash); without one, a new session is made under p_new_token_hash.
-- The same p_client_message_id with the same p_body_hash gives the first result again; with another, PT409.
create function public.registrar_mensaje_webchat(
  p_site uuid,
  p_new_token_hash text,
  p_client_message_id text,
  p_body_hash text,
  p_content text,
  p_claim jsonb,
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
  v_conversation public.conversaciones;
  v_message public.mensajes;
  v_parties jsonb;
  v_turn jsonb;
  v_running boolean;
  v_duplicate boolean := false;
begin
  if p_token_hash is null then
    v_session := private.new_session(p_site, p_new_token_hash, p_session_id, p_locale, p_metadata);
  else
    v_session := private.access_session(p_site, p_token_hash, p_session_id);
  end if;
  v_conversation := private.lock_conversation(v_session);
  if v_conversation.status = 'blocked' then
    raise sqlstate 'PT403' using message = 'conversation.blocked';
  end if;
  v_parties := private.parties(p_site, v_conversation.contacto_id);

  select * into v_message
  from public.mensajes m
  where m.site_id = p_site and m.conversacion_id = v_conversation.id and m.author = 'visitor'
    and m.client_message_id = p_client_message_id;
  if found then
    if v_message.body_hash <> p_body_hash then
      raise sqlstate 'PT409' using message = 'message.id_reused';
    end if;
    v_duplicate := true;
  else
    insert into public.mensajes (site_id, conversacion_id, seq, direccion, author, texto, datos, client_message_id,
      body_hash, delivered_at)
    values (p_site, v_conversation.id, v_conversation.last_seq + 1, 'entrante', 'visitor', p_content,
      jsonb_build_object('session_id', v_session.session_id, 'author', 'visitor', 'locale', p_locale) || p_metadata,
      p_client_message_id, p_body_hash, clock_timestamp())
    returning * into v_message;
    update public.conversaciones c set
      last_seq = v_message.seq,
      last_visitor_seq = v_message.seq,
      last_message_text = left(p_content, 200),
      last_message_at = v_message.creado_en,
      status = 'active',
      archived_at = null,
      waiting_since = case when c.handler = 'assistant' then c.waiting_since
        else coalesce(c.waiting_since, v_message.creado_en) end,
      updated_at = v_message.creado_en
    where c.site_id = p_site and c.id = v_conversation.id
    returning c.* into v_conversation;
    update public.webchat_sessions s set
      last_activity = now(),
      expires_at = now() + interval '30 days',
      locale = coalesce(p_locale, s.locale),
      datos = s.datos || p_metadata
    where s.site_id = p_site and s.id = v_session.id;
  end if;

  select exists (
    select from public.turns t
    where t.site_id = p_site and t.conversacion_id = v_conversation.id and t.state = 'running'
  ) into v_running;
  if not v_duplicate and not v_running and v_conversation.handler <> 'seller' then
    v_turn := private.claim_turn(v_conversation, v_session.id, v_message.seq, p_claim);
    v_running := true;
  end if;
  return jsonb_build_object(
    'session', private.session_json(v_session),
    'session_created', p_token_hash is null,
    'conversation_id', v_conversation.id,
    'handler', v_conversation.handler,
    'message', private.message_json(v_message, v_parties),
    'duplicate', v_duplicate,
    'awaiting_reply', v_running,
    'reply', case when v_duplicate
      then private.reply_to(p_site, v_conversation.id, v_message.seq, v_parties) end,
    'turn', v_turn);
end
$$;

-- The reply with its effects, the settled budget and, if messages came meanwhile, the next turn: one commit.
-- PT409 turn.fenced when another worker holds the turn. accepted = false when a seller took over: nothing is said.
create function public.complete_turn(
  p_site uuid,
  p_turn uuid,
  p_fence int,
  p_text text,
  p_source text,
  p_facts jsonb,
  p_effects jsonb,
  p_claim jsonb
) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_turn public.turns;
  v_conversation public.conversaciones;
  v_message public.mensajes;
  v_system public.mensajes;
  v_parties jsonb;
  v_messages jsonb;
  v_next jsonb;
  v_used int := coalesce((p_facts ->> 'input_tokens')::int, 0) + coalesce((p_facts ->> 'output_tokens')::int, 0);
begin
  select c.* into v_conversation
  from public.turns t
  join public.conversaciones c on c.site_id = t.site_id and c.id = t.conversacion_id
  where t.site_id = p_site and t.id = p_turn
  for update of c;
  if not found then
    raise sqlstate 'PT404' using message = 'turn.not_found';
  end if;
  select * into strict v_turn from public.turns t where t.site_id = p_site and t.id = p_turn for update;
  v_parties := private.parties(p_site, v_conversation.contacto_id);
  if v_turn.fence <> p_fence then
    raise sqlstate 'PT409' using message = 'turn.fenced';
  end if;
  if v_turn.state = 'superseded' then
    return jsonb_build_object('accepted', false, 'handler', v_conversation.handler, 'messages', '[]'::jsonb, 'next_turn', null);
  end if;
  if v_turn.state = 'done' then
    select jsonb_build_array(private.message_json(m, v_parties)) into v_messages
    from public.mensajes m where m.site_id = p_site and m.id = v_turn.answer_message_id;
    return jsonb_build_object('accepted', true, 'handler', v_conversation.handler, 'messages', v_messages, 'next_turn', null);
  end if;

  perform private.settle_tokens(v_turn, v_used);
  if v_conversation.handler = 'seller' or v_conversation.owner_epoch <> v_turn.owner_epoch then
    update public.turns t set state = 'superseded', finished_at = clock_timestamp()
    where t.site_id = p_site and t.id = p_turn;
    return jsonb_build_object('accepted', false, 'handler', v_conversation.handler, 'messages', '[]'::jsonb, 'next_turn', null);
  end if;

  insert into public.mensajes (site_id, conversacion_id, seq, direccion, author, texto, datos, turn_id, attempt, prompt_ref,
    delivered_at)
  values (p_site, v_conversation.id, v_conversation.last_seq + 1, 'saliente', 'assistant', p_text,
    jsonb_strip_nulls(jsonb_build_object(
      'author', 'assistant', 'source', p_source,
      'quick_replies', nullif(p_effects -> 'quick_replies', '[]'::jsonb),
      'cards', p_effects -> 'cards',
      'meta', p_effects -> 'meta')),
    p_turn, v_turn.attempt, p_facts ->> 'prompt_ref', clock_timestamp())
  returning * into v_message;
  update public.conversaciones c set
    last_seq = v_message.seq, answered_seq = v_turn.upto_seq,
    last_message_text = left(p_text, 200), last_message_at = v_message.creado_en, updated_at = v_message.creado_en
  where c.site_id = p_site and c.id = v_conversation.id
  returning c.* into v_conversation;
  update public.turns t set
    state = 'done', finished_at = clock_timestamp(), source = p_source, answer_message_id = v_message.id,
    failure = p_facts ->> 'failure', model = p_facts ->> 'model', prompt_ref = p_facts ->> 'prompt_ref',
    response_id = p_facts ->> 'response_id',
    input_tokens = coalesce((p_facts ->> 'input_tokens')::int, 0),
    output_tokens = coalesce((p_facts ->> 'output_tokens')::int, 0),
    cached_tokens = coalesce((p_facts ->> 'cached_tokens')::int, 0),
    first_text_ms = (p_facts ->> 'first_text_ms')::int
  where t.site_id = p_site and t.id = p_turn;
  v_messages := jsonb_build_array(private.message_json(v_message, v_parties));

  if p_facts -> 'thread' is not null then
    update public.webchat_sessions s set
      assistant_thread_id = p_facts #>> '{thread,id}', assistant_thread_seq = v_turn.upto_seq
    where s.site_id = p_site and s.id = v_turn.webchat_session;
  end if;
  if p_effects ? 'contact' or p_effects ? 'consents' then
    perform private.apply_contact(p_site, v_conversation.contacto_id, v_conversation.id,
      p_effects -> 'contact', p_effects -> 'consents');
  end if;
  if p_effects ? 'handoff' then
    v_system := private.request_handoff(v_conversation, p_effects #>> '{handoff,reason}', p_effects #>> '{handoff,summary}');
    if v_system.id is not null then
      v_messages := v_messages || private.message_json(v_system, v_parties);
      v_conversation.handler := 'queue';
    end if;
  end if;

  if v_conversation.last_visitor_seq > v_turn.upto_seq then
    v_next := private.claim_turn(v_conversation, v_turn.webchat_session, v_conversation.last_visitor_seq, p_claim);
  end if;
  return jsonb_build_object('accepted', true, 'handler', v_conversation.handler, 'messages', v_messages, 'next_turn', v_next);
end
$$;

-- The heartbeat. `held` false: another worker has the turn, it is over, or (`superseded`) a seller took over; stop at
-- once. p_restart: the text begins anew, under the next attempt.
create function public.renew_turn(p_site uuid, p_turn uuid, p_fence int, p_lease_seconds int, p_restart boolean default false)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_attempt int;
  v_superseded boolean := false;
begin
  update public.turns t set
    lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds),
    attempt = t.attempt + case when p_restart then 1 else 0 end
  from public.conversaciones c
  where t.site_id = p_site and t.id = p_turn and t.fence = p_fence and t.state = 'running'
    and c.site_id = t.site_id and c.id = t.conversacion_id
    and c.owner_epoch = t.owner_epoch and c.handler <> 'seller'
  returning t.attempt into v_attempt;
  if v_attempt is null then
    select exists (
      select from public.turns t
      join public.conversaciones c on c.site_id = t.site_id and c.id = t.conversacion_id
      where t.site_id = p_site and t.id = p_turn and t.fence = p_fence
        and (t.state = 'superseded' or c.owner_epoch <> t.owner_epoch or c.handler = 'seller')
    ) into v_superseded;
  end if;
  return jsonb_build_object('held', v_attempt is not null, 'attempt', v_attempt, 'superseded', v_superseded);
end
$$;

-- On a drain: give the turn back, so that the next process need not wait for the lease to run out.
create function public.release_turn(p_site uuid, p_turn uuid, p_fence int) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  update public.turns t set lease_until = clock_timestamp()
  where t.site_id = p_site and t.id = p_turn and t.fence = p_fence and t.state = 'running';
  return jsonb_build_object('released', found);
end
$$;

-- Turns whose lease ran out, of every site: this is a worker's job, not a visitor's. A new fence shuts out the old worker,
-- a new attempt tells clients to discard its text.
create function public.claim_abandoned_turns(p_worker text, p_lease_seconds int, p_history int, p_limit int default 20)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_turn public.turns;
  v_claimed jsonb := '[]';
begin
  -- A seller took over while the worker was away: nobody may finish that reply.
  for v_turn in
    update public.turns t set state = 'superseded', finished_at = clock_timestamp()
    from public.conversaciones c
    where t.state = 'running' and t.lease_until <= clock_timestamp()
      and c.site_id = t.site_id and c.id = t.conversacion_id
      and (c.handler = 'seller' or c.owner_epoch <> t.owner_epoch)
    returning t.*
  loop
    perform private.settle_tokens(v_turn, 0);
  end loop;
  for v_turn in
    update public.turns t set
      fence = t.fence + 1, attempt = t.attempt + 1, worker = p_worker, upto_seq = c.last_visitor_seq,
      lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds)
    from public.conversaciones c
    where c.site_id = t.site_id and c.id = t.conversacion_id and t.id in (
      select a.id from public.turns a
      where a.state = 'running' and a.lease_until <= clock_timestamp()
        -- A site that is switched off answers nobody, until it is switched on again.
        and exists (select from public.sites s where s.id = a.site_id and s.disabled_at is null)
      order by a.lease_until
      limit p_limit
      for update skip locked)
    returning t.*
  loop
    v_claimed := v_claimed || private.turn_json(v_turn, p_history);
  end loop;
  return v_claimed;
end
$$;
