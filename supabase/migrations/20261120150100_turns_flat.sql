-- A turn reads the end of its conversation, however long that is. The plans of these functions are made once per
-- connection, perhaps while the tables were nearly empty: each says that its rows are to be had in the order of an index,
-- or a plan of that hour would sort 10,000 messages for the sake of the last forty.

-- Facts in the order in which they were said; the one by the moment of storing was nobody's.
create index lead_facts_place on public.lead_facts (conversacion_id, seq, start, id);
create index lead_facts_holding on public.lead_facts (conversacion_id) where withdrawn_at is null;
drop index public.lead_facts_conversacion;

-- As before, but of what was said again and again only the last time: of a criterion the last word counts, and of a kind
-- of cold its last word, so that the earlier ones can change no score. `visitor_messages` are those given here. Moments are
-- JSON's own, with their offset.
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
      select distinct on (g.criterion, g.value) g.*
      from (
        select * from public.lead_facts n
        where n.site_id = p_conversation.site_id and n.conversacion_id = p_conversation.id
        order by n.seq desc, n.start desc, n.id desc limit 500) g
      order by g.criterion, g.value, g.seq desc, g.source = 'seller' desc, g.start desc, g.source collate "C" desc,
        g.id desc) f);
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

create or replace function private.turn_json(p_turn public.turns, p_history int) returns jsonb
language plpgsql stable
set search_path = ''
set plan_cache_mode = 'force_generic_plan'
set enable_seqscan = 'off'
set enable_bitmapscan = 'off'
as $$
declare
  v_conversation public.conversaciones;
  v_session public.webchat_sessions;
  v_contact public.contactos;
begin
  select * into v_conversation from public.conversaciones c
  where c.site_id = p_turn.site_id and c.id = p_turn.conversacion_id;
  select * into v_session from public.webchat_sessions s
  where s.site_id = p_turn.site_id and s.id = p_turn.webchat_session;
  select * into v_contact from public.contactos k
  where k.site_id = p_turn.site_id and k.id = v_conversation.contacto_id;
  if v_session.id is null or v_contact.id is null then
    return null;
  end if;
  return jsonb_build_object(
    'turn_id', p_turn.id,
    'site_id', p_turn.site_id,
    'conversation_id', v_conversation.id,
    'session_id', v_session.session_id,
    'fence', p_turn.fence,
    'attempt', p_turn.attempt,
    'owner_epoch', p_turn.owner_epoch,
    'upto_seq', p_turn.upto_seq,
    'answered_seq', v_conversation.answered_seq,
    'over_budget', p_turn.over_budget,
    'locale', v_session.locale,
    'handler', v_conversation.handler,
    'item', v_session.datos -> 'item',
    'page', v_session.datos -> 'page',
    'thread', v_session.assistant_thread_id,
    'thread_seq', v_session.assistant_thread_seq,
    'lead', private.lead_case(v_conversation, p_turn.upto_seq, p_history),
    'contact', jsonb_build_object(
      'contact_id', v_contact.id, 'name', v_contact.nombre_completo, 'email', v_contact.email,
      'phone', v_contact.telefono,
      'consents', (
        select coalesce(jsonb_agg(latest.purpose), '[]')
        from (
          select distinct on (e.purpose) e.purpose, e.granted
          from public.consents e
          where e.site_id = p_turn.site_id and e.contacto_id = v_contact.id
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
        where m.site_id = p_turn.site_id and m.conversacion_id = v_conversation.id
          and (m.seq <= p_turn.upto_seq or m.author <> 'visitor') and not m.private and m.deleted_at is null
          and (m.author <> 'system' or m.texto = 'agent.left')
        order by m.seq desc
        limit p_history
      ) h));
end
$$;

-- The message is looked up by its id alone, and then asked whose it is: `offset 0` keeps the planner from looking through
-- the conversation for it.
create or replace function private.check_evidence() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.quote is not null and not exists (
    select from (select * from public.mensajes o where o.id = new.message_id offset 0) m
    where m.site_id = new.site_id and m.conversacion_id = new.conversacion_id
      and m.author = 'visitor' and m.deleted_at is null and position(new.quote in m.texto) > 0) then
    raise sqlstate 'PT422' using message = 'lead.no_evidence';
  end if;
  return new;
end
$$;

-- As before; each message is looked up by its id, as in check_evidence.
create or replace function private.store_facts(p_conversation public.conversaciones, p_turn uuid, p_facts jsonb) returns int
language plpgsql volatile
set search_path = ''
as $$
declare
  v_good int;
begin
  if jsonb_array_length(p_facts) = 0 then
    return 0;
  end if;
  with told as materialized (
    select f.value fact, f.ordinality place, f.value ->> 'quote' quote,
      case when f.value ->> 'message_id' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
        then (f.value ->> 'message_id')::uuid end message_id
    from jsonb_array_elements(p_facts) with ordinality f
    where f.value ->> 'source' in ('model', 'extractor') and length(f.value ->> 'quote') between 1 and 1000
      and length(f.value ->> 'value') between 1 and 500 and f.value ->> 'criterion' ~ '^[a-z][a-z0-9_]{0,39}$'
  ), good as (
    select t.fact, t.place, t.quote, t.message_id, m.seq, m.texto
    from told t
    cross join lateral (select * from public.mensajes o where o.id = t.message_id offset 0) m
    where m.site_id = p_conversation.site_id and m.conversacion_id = p_conversation.id
      and m.author = 'visitor' and m.deleted_at is null and position(t.quote in m.texto) > 0
  ), stored as (
    insert into public.lead_facts (site_id, conversacion_id, turn_id, criterion, value, data, message_id, quote, seq, start, source)
    select p_conversation.site_id, p_conversation.id, p_turn, g.fact ->> 'criterion', g.fact ->> 'value',
      nullif(g.fact -> 'data', '{}'), g.message_id, g.quote, g.seq,
      case when substr(g.texto, (g.fact ->> 'start')::int + 1, length(g.quote)) = g.quote
        then (g.fact ->> 'start')::int else position(g.quote in g.texto) - 1 end,
      g.fact ->> 'source'
    from good g
    order by g.place
    on conflict (message_id, criterion, value) do nothing
  )
  select count(*) into v_good from good;
  return jsonb_array_length(p_facts) - v_good;
end
$$;

-- As before; only those that hold now or shall hold are looked at, not all that was ever said.
create or replace function private.mark_holding(p_site uuid, p_conversation uuid, p_holding jsonb) returns void
language plpgsql volatile
set search_path = ''
set plan_cache_mode = 'force_generic_plan'
set enable_seqscan = 'off'
set enable_bitmapscan = 'off'
as $$
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
      else 'superseded' end
  where f.site_id = p_site and f.conversacion_id = p_conversation and f.withdrawn_at is null
    and not exists (
      select from jsonb_array_elements(p_holding) h
      where h.value ->> 'criterion' = f.criterion and h.value ->> 'value' = f.value
        and (h.value ->> 'message_id') is not distinct from f.message_id::text
        and (h.value ->> 'seq')::bigint = f.seq and h.value ->> 'source' = f.source);
  update public.lead_facts f set withdrawn_at = null, withdrawn_by = null
  where f.site_id = p_site and f.conversacion_id = p_conversation and f.id = any (array(
    select g.id
    from jsonb_array_elements(p_holding) h
    cross join lateral (
      select * from public.lead_facts o
      where o.site_id = p_site and o.conversacion_id = p_conversation and o.seq = (h.value ->> 'seq')::bigint offset 0) g
    where g.withdrawn_at is not null and h.value ->> 'criterion' = g.criterion and h.value ->> 'value' = g.value
      and (h.value ->> 'message_id') is not distinct from g.message_id::text and h.value ->> 'source' = g.source));
end
$$;

-- As before. It was nearly always there: the caller holds the conversation's lock, so nobody else makes it meanwhile.
create or replace function private.open_lead(p_conversation public.conversaciones) returns public.leads
language plpgsql volatile
set search_path = ''
as $$
declare
  v_lead public.leads;
begin
  select * into v_lead from public.leads l
  where l.site_id = p_conversation.site_id and l.conversacion_id = p_conversation.id for update;
  if found then
    return v_lead;
  end if;
  insert into public.leads (conversacion_id, site_id, contacto_id, version, first_touch, item)
  select p_conversation.id, p_conversation.site_id, p_conversation.contacto_id, 0, k.first_touch, p_conversation.taggable_info
  from public.contactos k
  where k.site_id = p_conversation.site_id and k.id = p_conversation.contacto_id
  on conflict (conversacion_id) do nothing;
  select * into strict v_lead from public.leads l
  where l.site_id = p_conversation.site_id and l.conversacion_id = p_conversation.id for update;
  return v_lead;
end
$$;

-- As before; without anything to change, no conversation is locked.
create or replace function private.refresh_gaps(p_site uuid, p_contact uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if not exists (
    select from public.leads g
    join public.contactos k on k.site_id = g.site_id and k.id = g.contacto_id
    where g.site_id = p_site and g.contacto_id = p_contact and g.gap is distinct from private.gap_of(g, k)) then
    return;
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
end
$$;
