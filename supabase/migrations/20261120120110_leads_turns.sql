-- Turns bring what is known of the lead, and take back what it is after the reply.

-- As before, with what the lead was when the turn was claimed, and the visitor's words to read it from.
create or replace function private.turn_json(p_turn public.turns, p_history int) returns jsonb
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
    'lead', private.lead_case(c, p_turn.upto_seq, p_history),
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
        'message_id', h.id, 'seq', h.seq, 'author', h.author,
        'text', case when h.author = 'system' then coalesce(h.datos #>> '{metadata,0,note}', '') else h.texto end,
        'source', h.datos ->> 'source',
        'meta', case when h.author = 'system' then jsonb_build_object('handed_back_by', h.datos #>> '{metadata,0,agent,name}')
          else coalesce(h.datos -> 'meta', '{}') end) order by h.seq), '[]')
      from (
        select m.id, m.seq, m.author, m.texto, m.datos
        from public.mensajes m
        where m.site_id = p_turn.site_id and m.conversacion_id = c.id
          and (m.seq <= p_turn.upto_seq or m.author <> 'visitor') and not m.private and m.deleted_at is null
          and (m.author <> 'system' or m.texto = 'agent.left')
        order by m.seq desc
        limit p_history
      ) h))
  from public.conversaciones c
  join public.webchat_sessions s on s.site_id = c.site_id and s.id = p_turn.webchat_session
  join public.contactos k on k.site_id = c.site_id and k.id = c.contacto_id
  where c.site_id = p_turn.site_id and c.id = p_turn.conversacion_id
$$;

-- As before, with the lead as it stands after the reply, and the end of the talk where the assistant saw one.
create or replace function public.complete_turn(
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
  v_lead jsonb;
  v_lead_version int;
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
  v_lead_version := private.lead_version(v_conversation);
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
  if p_effects ? 'lead' then
    v_lead := private.apply_lead(v_conversation, p_turn, p_effects -> 'lead', v_lead_version);
    if v_lead -> 'message' <> 'null' then
      v_messages := v_messages || (v_lead -> 'message');
      v_conversation.handler := 'queue';
    end if;
  end if;

  if v_conversation.last_visitor_seq > v_turn.upto_seq then
    v_next := private.claim_turn(v_conversation, v_turn.webchat_session, v_conversation.last_visitor_seq, p_claim);
  elsif p_effects ? 'close' then
    v_system := private.close_by_assistant(v_conversation, p_effects #>> '{close,outcome}');
    if v_system.id is not null then
      v_messages := v_messages || private.message_json(v_system, v_parties);
    end if;
  end if;
  return jsonb_build_object('accepted', true, 'handler', v_conversation.handler, 'messages', v_messages, 'next_turn', v_next,
    'lead', v_lead);
end
$$;

do $$
declare
  f regprocedure;
begin
  for f in
    select p.oid::regprocedure
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('private', 'public') and p.proname in ('turn_json', 'complete_turn')
  loop
    execute format('revoke execute on function %s from public, anon, authenticated', f);
    execute format('grant execute on function %s to service_role', f);
  end loop;
end
$$;
