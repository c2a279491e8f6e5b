-- A lead that is hot for the first time: told once to the outside, and a person is asked for, unless the visitor is being
-- asked that very thing.

-- What was read from a conversation (`p_lead`: version, read_seq, heard, facts, holding, offered, score {quality, score,
-- reasons, rubric}). `p_version` is what the lead was when the caller took the conversation's lock. Refused (`stale`) when what it
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

-- As before; but an answer to the consent text is a consent, judged by its own rules, and no wish to be called: what was
-- asked then is given as a mark that asks nothing.
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
        'asked', case when a.datos #>> '{meta,guided,asked}' = 'consent' then '.' else coalesce(a.texto, '') end, 'asked_at', private.iso(a.creado_en)) order by m.seq), '[]')
      from (
        select v.id, v.texto, v.creado_en, v.seq from public.mensajes v
        where v.site_id = p_conversation.site_id and v.conversacion_id = p_conversation.id and v.author = 'visitor'
          and v.deleted_at is null and v.seq <= p_upto
        order by v.seq desc limit p_messages) m
      left join lateral (
        select b.texto, b.datos, b.creado_en from public.mensajes b
        where b.site_id = p_conversation.site_id and b.conversacion_id = p_conversation.id and b.seq < m.seq
          and b.author in ('assistant', 'seller') and not b.private and b.deleted_at is null
        order by b.seq desc limit 1) a on true))
  from public.contactos k
  left join public.leads l on l.site_id = p_conversation.site_id and l.conversacion_id = p_conversation.id
  where k.site_id = p_conversation.site_id and k.id = p_conversation.contacto_id
$$;

revoke execute on function private.apply_lead(public.conversaciones, uuid, jsonb, int) from public, anon, authenticated;
grant execute on function private.apply_lead(public.conversaciones, uuid, jsonb, int) to service_role;
revoke execute on function private.lead_case(public.conversaciones, bigint, int) from public, anon, authenticated;
grant execute on function private.lead_case(public.conversaciones, bigint, int) to service_role;
