-- What holds of all that was said is for the rubric to say, not for SQL: a visitor may be two kinds of cold at once, and
-- a later wish may lift one of them. The log is read whole, and each score says which of its facts it stands on.

drop function private.withdraw_overruled(uuid, uuid);

-- As before; all facts, whether or not they hold.
create or replace function private.lead_case(p_conversation public.conversaciones, p_upto bigint, p_messages int)
returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'version', coalesce(l.version, 0),
    'read_seq', coalesce(l.read_seq, 0),
    'upto_seq', p_upto,
    'quality', l.quality,
    'score', l.score,
    'heard', coalesce(l.heard, '{}'),
    'email', k.email is not null,
    'phone', k.telefono is not null,
    'consent', private.consent_to(k.site_id, k.id, 'contact'),
    'visits', (
      select count(*) from public.webchat_sessions s
      where s.site_id = p_conversation.site_id and s.contacto_id = k.id),
    'visitor_messages', (
      select count(*) from public.mensajes m
      where m.site_id = p_conversation.site_id and m.conversacion_id = p_conversation.id and m.author = 'visitor'
        and m.deleted_at is null and m.seq <= p_upto),
    'locale', p_conversation.locale,
    'now', private.iso(clock_timestamp()),
    'facts', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'criterion', f.criterion, 'value', f.value, 'data', coalesce(f.data, '{}'), 'message_id', f.message_id,
        'quote', coalesce(f.quote, ''), 'source', f.source, 'seq', f.seq, 'start', f.start)
        order by f.seq, f.start, f.created_at, f.id), '[]')
      from (
        select * from public.lead_facts g
        where g.site_id = p_conversation.site_id and g.conversacion_id = p_conversation.id
        order by g.seq desc, g.start desc, g.id desc limit 500) f),
    'messages', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', m.id, 'text', m.texto, 'at', private.iso(m.creado_en), 'seq', m.seq,
        'asked', coalesce(a.texto, ''), 'asked_at', private.iso(a.creado_en)) order by m.seq), '[]')
      from (
        select v.id, v.texto, v.creado_en, v.seq from public.mensajes v
        where v.site_id = p_conversation.site_id and v.conversacion_id = p_conversation.id and v.author = 'visitor'
          and v.deleted_at is null and v.seq <= p_upto
        order by v.seq desc limit p_messages) m
      left join lateral (
        select b.texto, b.creado_en from public.mensajes b
        where b.site_id = p_conversation.site_id and b.conversacion_id = p_conversation.id and b.seq < m.seq
          and b.author in ('assistant', 'seller') and not b.private and b.deleted_at is null
        order by b.seq desc limit 1) a on true))
  from public.contactos k
  left join public.leads l on l.site_id = p_conversation.site_id and l.conversacion_id = p_conversation.id
  where k.site_id = p_conversation.site_id and k.id = p_conversation.contacto_id
$$;

-- `p_holding`: the facts that the score stands on ({criterion, value, message_id, seq, source}). The others are marked as
-- withdrawn: by the visitor where their last word says so, by a seller, or superseded by something newer.
create function private.mark_holding(p_site uuid, p_conversation uuid, p_holding jsonb) returns void
language sql volatile
set search_path = ''
as $$
  with state as (
    select f.id, h.value is not null holds, case
      when f.value = 'none' then case when f.source = 'seller' then 'seller' else 'visitor' end
      when exists (
        select from public.lead_facts s
        where s.site_id = p_site and s.conversacion_id = p_conversation and s.criterion = f.criterion
          and s.source = 'seller' and s.seq >= f.seq and s.id <> f.id) then 'seller'
      when exists (
        select from public.lead_facts n
        where n.site_id = p_site and n.conversacion_id = p_conversation and n.criterion = f.criterion
          and n.value = 'none' and (n.seq, n.start) >= (f.seq, f.start)) then 'visitor'
      else 'superseded' end why
    from public.lead_facts f
    left join lateral (
      select e.value from jsonb_array_elements(p_holding) e
      where e.value ->> 'criterion' = f.criterion and e.value ->> 'value' = f.value
        and (e.value ->> 'message_id') is not distinct from f.message_id::text
        and (e.value ->> 'seq')::bigint = f.seq and e.value ->> 'source' = f.source
      limit 1) h on true
    where f.site_id = p_site and f.conversacion_id = p_conversation
  )
  update public.lead_facts f set
    withdrawn_at = case when s.holds then null else clock_timestamp() end,
    withdrawn_by = case when s.holds then null else s.why end
  from state s
  where f.site_id = p_site and f.conversacion_id = p_conversation and f.id = s.id
    and s.holds = (f.withdrawn_at is not null)
$$;

-- As before, without judging what holds. What is too long to be a fact has no evidence either.
create or replace function private.store_facts(p_conversation public.conversaciones, p_turn uuid, p_facts jsonb) returns int
language plpgsql volatile
set search_path = ''
as $$
declare
  v_good int;
begin
  with good as (
    select f.value fact, f.ordinality place, m.id message_id, m.seq, m.texto, f.value ->> 'quote' quote
    from jsonb_array_elements(p_facts) with ordinality f
    join public.mensajes m on m.site_id = p_conversation.site_id and m.conversacion_id = p_conversation.id
      and m.id::text = f.value ->> 'message_id' and m.author = 'visitor' and m.deleted_at is null
    where f.value ->> 'source' in ('model', 'extractor') and length(f.value ->> 'quote') between 1 and 1000
      and position(f.value ->> 'quote' in m.texto) > 0
      and length(f.value ->> 'value') between 1 and 500 and f.value ->> 'criterion' ~ '^[a-z][a-z0-9_]{0,39}$'
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

-- What was read from a conversation (`p_lead`: version, read_seq, heard, facts, holding, score {quality, score, reasons,
-- rubric}). `p_version` is what the lead was when the caller took the conversation's lock. Refused (`stale`) when what it
-- stands on has changed since it was read; then it stays due. The caller holds the lock.
create or replace function private.apply_lead(p_conversation public.conversaciones, p_turn uuid, p_lead jsonb,
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
  if (p_lead ->> 'version')::int <> p_version then
    return jsonb_build_object('stale', true, 'changed', false, 'dropped', 0, 'lead', null, 'message', null);
  end if;
  v_dropped := private.store_facts(p_conversation, p_turn, p_lead -> 'facts');
  perform private.mark_holding(p_conversation.site_id, p_conversation.id, p_lead -> 'holding');
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
    item = coalesce(p_conversation.taggable_info, l.item)
  from public.contactos k
  where l.site_id = p_conversation.site_id and l.conversacion_id = p_conversation.id
    and k.site_id = l.site_id and k.id = l.contacto_id
  returning l.* into v_lead;
  perform private.refresh_gaps(p_conversation.site_id, p_conversation.contacto_id);
  v_quality := coalesce(v_lead.manual_quality, v_lead.quality);
  v_changed := (v_before.quality, v_before.score) is distinct from (v_lead.quality, v_lead.score);
  update public.conversaciones c set
    lead_quality = v_quality,
    lead_score = v_lead.score,
    lead_due = case when c.last_visitor_seq > v_lead.read_seq then c.lead_due end,
    updated_at = case when v_changed then clock_timestamp() else c.updated_at end
  where c.site_id = p_conversation.site_id and c.id = p_conversation.id;
  if v_changed then
    update public.leads l set updated_at = clock_timestamp(),
      first_hot_at = case when v_quality = 'hot' then coalesce(l.first_hot_at, clock_timestamp()) else l.first_hot_at end
    where l.site_id = p_conversation.site_id and l.conversacion_id = p_conversation.id;
    insert into public.outbox (site_id, kind, contacto_id, conversacion_id, payload)
    values (p_conversation.site_id, 'chat.lead.updated', p_conversation.contacto_id, p_conversation.id,
      jsonb_build_object('quality', v_quality, 'score', v_lead.score,
        'previous_quality', coalesce(v_before.manual_quality, v_before.quality)));
  end if;
  -- Of yesterday's words nobody is called: a rescoring of history asks for no person.
  if v_quality = 'hot' and v_before.first_hot_at is null and p_conversation.last_message_at > clock_timestamp() - interval '1 hour'
  then
    v_message := private.welcome_hot(p_conversation);
  end if;
  select * into v_lead from public.leads l
  where l.site_id = p_conversation.site_id and l.conversacion_id = p_conversation.id;
  return jsonb_build_object(
    'stale', false,
    'changed', v_changed or v_before.gap is distinct from v_lead.gap,
    'dropped', v_dropped,
    'lead', private.lead_event(v_lead),
    'message', case when v_message.id is not null
      then private.message_json(v_message, private.parties(p_conversation.site_id, p_conversation.contacto_id)) end);
end
$$;

do $$
declare
  f regprocedure;
begin
  for f in
    select p.oid::regprocedure
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'private' and p.proname in ('lead_case', 'mark_holding', 'store_facts', 'apply_lead')
  loop
    execute format('revoke execute on function %s from public, anon, authenticated', f);
    execute format('grant execute on function %s to service_role', f);
  end loop;
end
$$;
