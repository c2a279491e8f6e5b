-- What a visitor says again and again makes many facts of one: only the last of them can still change a score, and only
-- that one is read with a turn. The others stay in the log.

-- Whether the same has been said again since, by the order of facts. Nobody has to know it at once: a fact that is not
-- marked yet is read in vain, and no more.
alter table public.lead_facts add column repeated boolean not null default false;

update public.lead_facts f set repeated = true
where exists (
  select from public.lead_facts n
  where n.site_id = f.site_id and n.conversacion_id = f.conversacion_id and n.criterion = f.criterion and n.value = f.value
    and (n.seq, n.source = 'seller', n.start) > (f.seq, f.source = 'seller', f.start));

create index lead_facts_last on public.lead_facts (conversacion_id, seq, start, id) where not repeated;
drop index public.lead_facts_holding;

-- As before; what was repeated is left out, and the newest 500 of the rest are enough for anybody.
create or replace function private.lead_case(p_conversation public.conversaciones, p_upto bigint, p_messages int)
returns jsonb
language plpgsql stable
set search_path = ''
set plan_cache_mode = 'force_generic_plan'
set enable_seqscan = 'off'
set enable_bitmapscan = 'off'
as $$
declare
  v_contact public.contactos;
  v_lead public.leads;
  v_facts jsonb;
  v_messages jsonb;
begin
  select * into v_contact from public.contactos k
  where k.site_id = p_conversation.site_id and k.id = p_conversation.contacto_id;
  if not found then
    return null;
  end if;
  select * into v_lead from public.leads l
  where l.site_id = p_conversation.site_id and l.conversacion_id = p_conversation.id;
  v_facts := (
    select jsonb_agg(jsonb_build_object(
      'criterion', f.criterion, 'value', f.value, 'data', coalesce(f.data, '{}'), 'message_id', f.message_id,
      'quote', coalesce(f.quote, ''), 'source', f.source, 'seq', f.seq, 'start', f.start) order by f.seq, f.start, f.id)
    from (
      select g.id, g.criterion, g.value, g.data, g.message_id, g.quote, g.source, g.seq, g.start
      from public.lead_facts g
      where g.site_id = p_conversation.site_id and g.conversacion_id = p_conversation.id and not g.repeated
      order by g.seq desc, g.start desc, g.id desc limit 500) f);
  v_messages := (
    select jsonb_agg(jsonb_build_object(
      'id', m.id, 'text', m.texto, 'at', m.creado_en, 'seq', m.seq,
      'asked', case when a.datos #>> '{meta,guided,asked}' = 'consent' then '.' else coalesce(a.texto, '') end,
      'asked_at', a.creado_en) order by m.seq)
    from (
      select v.id, v.texto, v.creado_en, v.seq from public.mensajes v
      where v.site_id = p_conversation.site_id and v.conversacion_id = p_conversation.id and v.author = 'visitor'
        and v.deleted_at is null and v.seq <= p_upto
      order by v.seq desc limit p_messages) m
    left join lateral (
      select b.texto, b.datos, b.creado_en from public.mensajes b
      where b.site_id = p_conversation.site_id and b.conversacion_id = p_conversation.id and b.seq < m.seq
        and b.author in ('assistant', 'seller') and not b.private and b.deleted_at is null
      order by b.seq desc limit 1) a on true);
  return jsonb_build_object(
    'version', coalesce(v_lead.version, 0),
    'read_seq', coalesce(v_lead.read_seq, 0),
    'upto_seq', p_upto,
    'quality', v_lead.quality,
    'score', v_lead.score,
    'heard', coalesce(v_lead.heard, '{}'),
    'email', v_contact.email is not null,
    'phone', v_contact.telefono is not null,
    'consent', private.consent_to(v_contact.site_id, v_contact.id, 'contact'),
    'visits', (
      select count(*) from public.webchat_sessions s
      where s.site_id = v_contact.site_id and s.contacto_id = v_contact.id),
    'visitor_messages', coalesce(jsonb_array_length(v_messages), 0),
    'locale', p_conversation.locale,
    'now', clock_timestamp(),
    'facts', coalesce(v_facts, '[]'),
    'messages', coalesce(v_messages, '[]'));
end
$$;

-- As before, and marks what was said again since. What holds was not.
create or replace function private.mark_holding(p_site uuid, p_conversation uuid, p_holding jsonb) returns void
language plpgsql volatile
set search_path = ''
set plan_cache_mode = 'force_generic_plan'
set enable_seqscan = 'off'
set enable_bitmapscan = 'off'
as $$
declare
  v_again uuid[];
begin
  update public.lead_facts f set
    withdrawn_at = clock_timestamp(),
    withdrawn_by = case
      when f.value = 'none' then case when f.source = 'seller' then 'seller' else 'visitor' end
      when exists (
        select from public.lead_facts s
        where s.site_id = p_site and s.conversacion_id = p_conversation and s.criterion = f.criterion
          and s.source = 'seller' and s.seq >= f.seq and s.id <> f.id) then 'seller'
      when exists (
        select from public.lead_facts n
        where n.site_id = p_site and n.conversacion_id = p_conversation and n.criterion = f.criterion
          and n.value = 'none' and (n.seq, n.start) >= (f.seq, f.start)) then 'visitor'
      else 'superseded' end,
    repeated = exists (
      select from public.lead_facts r
      where r.site_id = p_site and r.conversacion_id = p_conversation and r.criterion = f.criterion and r.value = f.value
        and not r.repeated and (r.seq, r.source = 'seller', r.start) > (f.seq, f.source = 'seller', f.start))
  where f.site_id = p_site and f.conversacion_id = p_conversation and not f.repeated and f.withdrawn_at is null
    and not exists (
      select from jsonb_array_elements(p_holding) h
      where h.value ->> 'criterion' = f.criterion and h.value ->> 'value' = f.value
        and (h.value ->> 'message_id') is not distinct from f.message_id::text
        and (h.value ->> 'seq')::bigint = f.seq and h.value ->> 'source' = f.source);
  v_again := array(
    select g.id
    from jsonb_array_elements(p_holding) h
    cross join lateral (
      select * from public.lead_facts o
      where o.site_id = p_site and o.conversacion_id = p_conversation and o.seq = (h.value ->> 'seq')::bigint offset 0) g
    where g.withdrawn_at is not null and h.value ->> 'criterion' = g.criterion and h.value ->> 'value' = g.value
      and (h.value ->> 'message_id') is not distinct from g.message_id::text and h.value ->> 'source' = g.source);
  if cardinality(v_again) > 0 then
    update public.lead_facts f set withdrawn_at = null, withdrawn_by = null
    where f.site_id = p_site and f.conversacion_id = p_conversation and f.id = any (v_again);
  end if;
end
$$;

-- As before; says whether it changed any.
drop function private.refresh_gaps(uuid, uuid);
create function private.refresh_gaps(p_site uuid, p_contact uuid) returns boolean
language plpgsql volatile
set search_path = ''
as $$
begin
  if not exists (
    select from public.leads g
    join public.contactos k on k.site_id = g.site_id and k.id = g.contacto_id
    where g.site_id = p_site and g.contacto_id = p_contact and g.gap is distinct from private.gap_of(g, k)) then
    return false;
  end if;
  with free as (
    select c.id from public.conversaciones c
    where c.site_id = p_site and c.contacto_id = p_contact
    order by c.id
    for update skip locked
  ), now_is as (
    select g.conversacion_id, private.gap_of(g, k) code
    from public.leads g
    join public.contactos k on k.site_id = g.site_id and k.id = g.contacto_id
    where g.site_id = p_site and g.contacto_id = p_contact
  )
  update public.leads l set
    gap = n.code,
    gap_since = case when n.code is not null then clock_timestamp() end,
    -- Put aside under one reason, it comes back under another.
    gap_dismissed_at = null,
    updated_at = clock_timestamp()
  from now_is n, free f
  where l.site_id = p_site and l.conversacion_id = n.conversacion_id and f.id = n.conversacion_id
    and l.gap is distinct from n.code;
  return found;
end
$$;
revoke execute on function private.refresh_gaps(uuid, uuid) from public, anon, authenticated;
grant execute on function private.refresh_gaps(uuid, uuid) to service_role;

-- As before, each row written once. `p_version` null: what the caller did under the lock cannot have changed the lead.
create or replace function private.apply_lead_strictly(p_conversation public.conversaciones, p_turn uuid, p_lead jsonb,
  p_version int)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_before public.leads := private.open_lead(p_conversation);
  v_lead public.leads;
  v_dropped int;
  v_quality text;
  v_changed boolean;
  v_message public.mensajes;
begin
  if (p_lead ->> 'version')::int <> coalesce(p_version, v_before.version) then
    return jsonb_build_object('stale', true, 'changed', false, 'dropped', 0, 'lead', null, 'message', null);
  end if;
  v_dropped := private.store_facts(p_conversation, p_turn, p_lead -> 'facts');
  perform private.mark_holding(p_conversation.site_id, p_conversation.id, p_lead -> 'holding');
  v_quality := coalesce(v_before.manual_quality, p_lead #>> '{score,quality}');
  v_changed := (v_before.quality, v_before.score)
    is distinct from (p_lead #>> '{score,quality}', (p_lead #>> '{score,score}')::int);
  update public.leads l set
    quality = p_lead #>> '{score,quality}',
    score = (p_lead #>> '{score,score}')::int,
    reasons = p_lead #> '{score,reasons}',
    rubric_ref = p_lead #>> '{score,rubric}',
    scored_at = clock_timestamp(),
    read_seq = greatest(l.read_seq, (p_lead ->> 'read_seq')::bigint),
    heard = p_lead -> 'heard',
    version = v_before.version + 1,
    last_touch = k.last_touch,
    page = coalesce((
      select s.datos -> 'page' from public.webchat_sessions s
      where s.site_id = p_conversation.site_id and s.conversacion_id = p_conversation.id
      order by s.last_activity desc, s.id desc limit 1), l.page),
    item = coalesce(p_conversation.taggable_info, l.item),
    first_hot_at = case when v_changed and v_quality = 'hot' then coalesce(l.first_hot_at, clock_timestamp())
      else l.first_hot_at end,
    updated_at = case when v_changed then clock_timestamp() else l.updated_at end
  from public.contactos k
  where l.site_id = p_conversation.site_id and l.conversacion_id = p_conversation.id
    and k.site_id = l.site_id and k.id = l.contacto_id
  returning l.* into v_lead;
  if private.refresh_gaps(p_conversation.site_id, p_conversation.contacto_id) then
    select * into v_lead from public.leads l
    where l.site_id = p_conversation.site_id and l.conversacion_id = p_conversation.id;
  end if;
  update public.conversaciones c set
    lead_quality = v_quality,
    lead_score = v_lead.score,
    lead_due = case when c.last_visitor_seq > v_lead.read_seq then c.lead_due end,
    updated_at = case when v_changed then clock_timestamp() else c.updated_at end
  where c.site_id = p_conversation.site_id and c.id = p_conversation.id;
  if v_changed then
    insert into public.outbox (site_id, kind, contacto_id, conversacion_id, payload)
    values (p_conversation.site_id, 'chat.lead.updated', p_conversation.contacto_id, p_conversation.id,
      jsonb_build_object('quality', v_quality, 'score', v_lead.score,
        'previous_quality', coalesce(v_before.manual_quality, v_before.quality)));
  end if;
  -- Of yesterday's words nobody is called: a rescoring of history asks for no person. Nor does a turn that has just asked
  -- the visitor whether they want one: theirs is the answer.
  if v_quality = 'hot' and v_before.first_hot_at is null
    and p_conversation.last_message_at > clock_timestamp() - interval '1 hour' then
    insert into public.outbox (site_id, kind, contacto_id, conversacion_id, payload)
    values (p_conversation.site_id, 'lead_hot', p_conversation.contacto_id, p_conversation.id,
      jsonb_build_object('score', v_lead.score));
    if not coalesce((p_lead ->> 'offered')::boolean, false) then
      v_message := private.welcome_hot(p_conversation);
    end if;
  end if;
  return jsonb_build_object(
    'stale', false,
    'changed', v_changed or v_before.gap is distinct from v_lead.gap,
    'dropped', v_dropped,
    'lead', private.lead_event(v_lead),
    'message', case when v_message.id is not null
      then private.message_json(v_message, private.parties(p_conversation.site_id, p_conversation.contacto_id)) end);
end
$$;

-- As before. Only contact data and consents change a lead on the way: only before them its version is asked for.
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
  if p_effects ? 'contact' or p_effects ? 'consents' then
    v_lead_version := private.lead_version(v_conversation);
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
