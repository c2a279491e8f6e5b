-- Leads as the staff sees and corrects them. Sellers see those of the conversations they may see; marketing and admins see
-- all of their site's. Marketing sees whom a lead is about only where the visitor has agreed to be contacted.

create function private.access_lead(p_site uuid, p_staff uuid, p_conversation uuid, p_lock boolean default false)
returns public.conversaciones
language plpgsql volatile
set search_path = ''
as $$
declare
  v_role text := (private.access_member(p_site, p_staff)).role;
  v_conversation public.conversaciones;
begin
  if p_lock then
    select * into v_conversation from public.conversaciones c
    where c.site_id = p_site and c.id = p_conversation for update;
  else
    select * into v_conversation from public.conversaciones c where c.site_id = p_site and c.id = p_conversation;
  end if;
  if v_conversation.id is null or not exists (
    select from public.leads l where l.site_id = p_site and l.conversacion_id = p_conversation) then
    raise sqlstate 'PT404' using message = 'lead.not_found';
  end if;
  if v_role <> 'marketing' and not private.may_see(v_conversation, p_staff, v_role) then
    raise sqlstate 'PT403' using message = 'conversation.not_participant';
  end if;
  return v_conversation;
end
$$;

-- Null: they have never been asked, or have not answered.
create function private.lead_consents(p_site uuid, p_contact uuid) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'contact', private.consent_to(p_site, p_contact, 'contact'),
    'marketing', private.consent_to(p_site, p_contact, 'marketing'))
$$;

-- `p_role` decides whether the person is shown.
create function private.lead_json(p_lead public.leads, p_conversation public.conversaciones, p_role text) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'uuid', p_lead.conversacion_id,
    'conversation_uuid', p_lead.conversacion_id,
    'quality', coalesce(p_lead.manual_quality, p_lead.quality),
    'scored_quality', p_lead.quality,
    'manual_quality', p_lead.manual_quality,
    'score', p_lead.score,
    'reasons', p_lead.reasons,
    'rubric', p_lead.rubric_ref,
    'scored_at', private.iso(p_lead.scored_at),
    'outcome', coalesce(p_conversation.outcome, 'pending'),
    'state', private.conversation_state(p_conversation),
    'assignee', private.staff_party(p_conversation.assignee),
    'locale', p_conversation.locale,
    'tags', to_jsonb(p_conversation.tags),
    'contact', jsonb_build_object(
      'uuid', k.id,
      'name', case when shown.yes then k.nombre_completo end,
      'email', case when shown.yes then k.email end,
      'phone', case when shown.yes then k.telefono end,
      'identity', k.identity,
      'hidden', not shown.yes,
      'captured_at', private.iso(k.lead_captured_at),
      'consents', private.lead_consents(k.site_id, k.id)),
    'gap', case when p_lead.gap is not null then jsonb_build_object(
      'code', p_lead.gap, 'since', private.iso(p_lead.gap_since), 'dismissed_at', private.iso(p_lead.gap_dismissed_at)) end,
    'verdict', case when p_lead.verdict is not null then jsonb_build_object(
      'verdict', p_lead.verdict, 'reason', p_lead.verdict_reason, 'quality', p_lead.verdict_quality,
      'by', private.staff_party(p_lead.verdict_by), 'at', private.iso(p_lead.verdict_at)) end,
    'first_touch', p_lead.first_touch,
    'last_touch', coalesce(p_lead.last_touch, p_lead.first_touch),
    'page', p_lead.page,
    'item', p_lead.item,
    'first_hot_at', private.iso(p_lead.first_hot_at),
    'last_message_at', private.iso(p_conversation.last_message_at),
    'created_at', private.iso(p_lead.created_at),
    'updated_at', private.iso(p_lead.updated_at))
  from public.contactos k
  cross join lateral (
    select p_role <> 'marketing' or coalesce(private.consent_to(k.site_id, k.id, 'contact'), false) yes) shown
  where k.site_id = p_lead.site_id and k.id = p_lead.contacto_id
$$;

create function private.lead_facts_json(p_site uuid, p_conversation uuid) returns jsonb
language sql stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'uuid', f.id, 'criterion', f.criterion, 'value', f.value, 'data', coalesce(f.data, '{}'), 'source', f.source,
    'message_id', f.message_id, 'quote', f.quote, 'start', f.start, 'seq', f.seq, 'turn_id', f.turn_id,
    'by', private.staff_party(f.staff_id), 'created_at', private.iso(f.created_at),
    'holds', f.withdrawn_at is null, 'withdrawn_at', private.iso(f.withdrawn_at), 'withdrawn_by', f.withdrawn_by)
    order by f.seq, f.start, f.created_at, f.id), '[]')
  from public.lead_facts f
  where f.site_id = p_site and f.conversacion_id = p_conversation
$$;

-- `p_filter`: from, to (of the lead's beginning), quality, outcome, campaign (utm_campaign of the first or the last touch),
-- item (id, or part of the title), consent (granted | refused | none), gap (a code, or `any`), text.
create function private.lead_matches(p_lead public.leads, p_conversation public.conversaciones, p_role text, p_filter jsonb)
returns boolean
language sql stable
set search_path = ''
as $$
  select (p_filter ->> 'from' is null or p_lead.created_at >= (p_filter ->> 'from')::timestamptz)
    and (p_filter ->> 'to' is null or p_lead.created_at < (p_filter ->> 'to')::timestamptz)
    and (p_filter ->> 'quality' is null or coalesce(p_lead.manual_quality, p_lead.quality) = p_filter ->> 'quality')
    and (p_filter ->> 'outcome' is null or coalesce(p_conversation.outcome, 'pending') = p_filter ->> 'outcome')
    and (p_filter ->> 'campaign' is null
      or lower(p_filter ->> 'campaign') in (
        lower(p_lead.first_touch ->> 'utm_campaign'), lower(p_lead.last_touch ->> 'utm_campaign')))
    and (p_filter ->> 'item' is null or p_lead.item ->> 'id' = p_filter ->> 'item'
      or position(lower(p_filter ->> 'item') in lower(coalesce(p_lead.item ->> 'title', ''))) > 0)
    and (p_filter ->> 'consent' is null
      or (p_filter ->> 'consent') = case private.consent_to(p_lead.site_id, p_lead.contacto_id, 'contact')
        when true then 'granted' when false then 'refused' else 'none' end)
    and (p_filter ->> 'gap' is null
      or (p_lead.gap is not null and p_lead.gap_dismissed_at is null and p_filter ->> 'gap' in ('any', p_lead.gap)))
    and (p_filter ->> 'text' is null
      or position(lower(p_filter ->> 'text') in lower(coalesce(p_lead.item ->> 'title', ''))) > 0
      or exists (
        select from public.contactos k
        where k.site_id = p_lead.site_id and k.id = p_lead.contacto_id
          -- What marketing may not see, a search must not tell either.
          and (p_role <> 'marketing' or private.consent_to(k.site_id, k.id, 'contact'))
          and position(lower(p_filter ->> 'text') in
            lower(concat_ws(' ', k.nombre_completo, k.email, k.telefono))) > 0))
$$;

-- A page of leads, newest first, or of the gap queue, the longest waiting first (`p_filter.gap`). `p_after` is the last
-- line's {at, uuid}.
create function public.staff_leads(p_site uuid, p_staff uuid, p_filter jsonb, p_after jsonb default null, p_limit int default 50)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_role text := (private.access_member(p_site, p_staff)).role;
  v_limit int := least(greatest(p_limit, 1), 200);
  v_at timestamptz := (p_after ->> 'at')::timestamptz;
  v_id uuid := (p_after ->> 'uuid')::uuid;
  v_gaps boolean := p_filter ->> 'gap' is not null;
  v_rows jsonb;
  v_count int;
begin
  if v_gaps then
    select jsonb_agg(jsonb_build_object('lead', private.lead_json(r.l, r.c, v_role), 'at', private.iso((r.l).gap_since))
      order by (r.l).gap_since, (r.l).conversacion_id) into v_rows
    from (
      select l, c from public.leads l
      join public.conversaciones c on c.site_id = l.site_id and c.id = l.conversacion_id
      where l.site_id = p_site and l.gap is not null and (v_id is null or (l.gap_since, l.conversacion_id) > (v_at, v_id))
        and (v_role = 'marketing' or private.may_see(c, p_staff, v_role)) and private.lead_matches(l, c, v_role, p_filter)
      order by l.gap_since, l.conversacion_id limit v_limit + 1) r;
  else
    select jsonb_agg(jsonb_build_object('lead', private.lead_json(r.l, r.c, v_role), 'at', private.iso((r.l).created_at))
      order by (r.l).created_at desc, (r.l).conversacion_id desc) into v_rows
    from (
      select l, c from public.leads l
      join public.conversaciones c on c.site_id = l.site_id and c.id = l.conversacion_id
      where l.site_id = p_site and (v_id is null or (l.created_at, l.conversacion_id) < (v_at, v_id))
        and (v_role = 'marketing' or private.may_see(c, p_staff, v_role)) and private.lead_matches(l, c, v_role, p_filter)
      order by l.created_at desc, l.conversacion_id desc limit v_limit + 1) r;
  end if;
  v_count := least(jsonb_array_length(coalesce(v_rows, '[]')), v_limit);
  perform private.audit(p_site, p_staff::text, 'leads.listed', null, jsonb_build_object('count', v_count));
  return jsonb_build_object(
    'data', coalesce((
      select jsonb_agg(r.value -> 'lead' order by r.ordinality)
      from jsonb_array_elements(v_rows) with ordinality r where r.ordinality <= v_limit), '[]'),
    'next', case when jsonb_array_length(v_rows) > v_limit then jsonb_build_object(
      'at', v_rows -> (v_limit - 1) -> 'at', 'uuid', v_rows -> (v_limit - 1) -> 'lead' -> 'uuid') end);
end
$$;

-- How many there are of what, under the same filter.
create function public.staff_lead_counts(p_site uuid, p_staff uuid, p_filter jsonb) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_role text := (private.access_member(p_site, p_staff)).role;
begin
  return (
    with seen as (
      select coalesce(l.manual_quality, l.quality) quality, coalesce(c.outcome, 'pending') outcome,
        l.gap is not null and l.gap_dismissed_at is null gap, k.lead_captured_at is not null captured
      from public.leads l
      join public.conversaciones c on c.site_id = l.site_id and c.id = l.conversacion_id
      join public.contactos k on k.site_id = l.site_id and k.id = l.contacto_id
      where l.site_id = p_site and (v_role = 'marketing' or private.may_see(c, p_staff, v_role))
        and private.lead_matches(l, c, v_role, p_filter)
    )
    select jsonb_build_object(
      'total', count(*),
      'quality', jsonb_build_object(
        'hot', count(*) filter (where s.quality = 'hot'),
        'warm', count(*) filter (where s.quality = 'warm'),
        'cold', count(*) filter (where s.quality = 'cold')),
      'captured', count(*) filter (where s.captured),
      'gaps', count(*) filter (where s.gap),
      'outcome', coalesce((select jsonb_object_agg(o.outcome, o.n) from (
        select t.outcome, count(*) n from seen t group by t.outcome) o), '{}'))
    from seen s);
end
$$;

-- One lead, with what was said and where. Whoever opens it sees personal data: that is written down.
create function public.staff_lead(p_site uuid, p_staff uuid, p_conversation uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_role text := (private.access_member(p_site, p_staff)).role;
  v_conversation public.conversaciones := private.access_lead(p_site, p_staff, p_conversation);
  v_lead public.leads;
begin
  select * into strict v_lead from public.leads l where l.site_id = p_site and l.conversacion_id = p_conversation;
  perform private.audit(p_site, p_staff::text, 'lead.viewed', p_conversation::text);
  return private.lead_json(v_lead, v_conversation, v_role) || jsonb_build_object(
    'facts', case when v_role <> 'marketing' or private.consent_to(p_site, v_lead.contacto_id, 'contact')
      then private.lead_facts_json(p_site, p_conversation) else '[]'::jsonb end);
end
$$;

-- What a seller knows better. `p_patch`: contact {name, email, phone} (null clears), quality (null: as scored), facts
-- {criterion: {value, data} | null (not so)}. The score is made anew afterwards.
create function public.correct_lead(p_site uuid, p_staff uuid, p_conversation uuid, p_patch jsonb) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones := private.access_lead(p_site, p_staff, p_conversation, true);
  v_contact jsonb := p_patch -> 'contact';
begin
  if v_contact is not null then
    update public.contactos k set
      nombre_completo = case when v_contact ? 'name' then v_contact ->> 'name' else k.nombre_completo end,
      email = case when v_contact ? 'email' then v_contact ->> 'email' else k.email end,
      telefono = case when v_contact ? 'phone' then v_contact ->> 'phone' else k.telefono end,
      identity = case when k.identity = 'anonymous' and (v_contact ->> 'email' is not null or v_contact ->> 'phone' is not null)
        then 'claimed' else k.identity end,
      actualizado_en = clock_timestamp()
    where k.site_id = p_site and k.id = v_conversation.contacto_id;
    update public.contactos k set lead_captured_at = null
    where k.site_id = p_site and k.id = v_conversation.contacto_id and k.email is null and k.telefono is null;
    perform private.capture_lead(p_site, v_conversation.contacto_id, p_conversation);
  end if;
  insert into public.lead_facts (site_id, conversacion_id, criterion, value, data, seq, source, staff_id)
  select p_site, p_conversation, f.key, coalesce(f.value ->> 'value', 'none'), nullif(f.value -> 'data', 'null'),
    v_conversation.last_seq, 'seller', p_staff
  from jsonb_each(coalesce(p_patch -> 'facts', '{}')) f;
  if p_patch ? 'quality' then
    perform private.set_manual_quality(v_conversation, p_patch ->> 'quality');
  end if;
  update public.leads l set version = l.version + 1, updated_at = clock_timestamp()
  where l.site_id = p_site and l.conversacion_id = p_conversation;
  update public.conversaciones c set lead_due = coalesce(c.lead_due, clock_timestamp()), updated_at = clock_timestamp()
  where c.site_id = p_site and c.id = p_conversation;
  perform private.audit(p_site, p_staff::text, 'lead.corrected', p_conversation::text, jsonb_strip_nulls(jsonb_build_object(
    'contact', (select jsonb_agg(key) from jsonb_object_keys(coalesce(v_contact, '{}')) key),
    'facts', (select jsonb_agg(key) from jsonb_object_keys(coalesce(p_patch -> 'facts', '{}')) key),
    'quality', p_patch -> 'quality')));
  return jsonb_build_object('corrected', true);
end
$$;

-- A person's word on the tier stands above the rubric's, until it is taken back (null).
create function private.set_manual_quality(p_conversation public.conversaciones, p_quality text) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_lead public.leads := private.open_lead(p_conversation);
begin
  update public.leads l set manual_quality = p_quality, updated_at = clock_timestamp()
  where l.site_id = p_conversation.site_id and l.conversacion_id = p_conversation.id;
  update public.conversaciones c set lead_quality = coalesce(p_quality, v_lead.quality)
  where c.site_id = p_conversation.site_id and c.id = p_conversation.id;
  if coalesce(p_quality, v_lead.quality) is distinct from coalesce(v_lead.manual_quality, v_lead.quality) then
    insert into public.outbox (site_id, kind, contacto_id, conversacion_id, payload)
    values (p_conversation.site_id, 'chat.lead.updated', p_conversation.contacto_id, p_conversation.id,
      jsonb_build_object('quality', coalesce(p_quality, v_lead.quality), 'score', v_lead.score,
        'previous_quality', coalesce(v_lead.manual_quality, v_lead.quality)));
  end if;
end
$$;

-- As before; a quality that is set here is a person's word.
create or replace function public.label_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_patch jsonb)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones := private.access_conversation(p_site, p_staff, p_conversation, true);
begin
  update public.conversaciones c set
    outcome = case when p_patch ? 'outcome' then p_patch ->> 'outcome' else c.outcome end,
    tags = case when p_patch ? 'tags' then (
      select coalesce(array_agg(distinct t order by t), '{}') from jsonb_array_elements_text(p_patch -> 'tags') t)
      else c.tags end,
    taggable_type = case when p_patch ? 'taggable_type' then p_patch ->> 'taggable_type' else c.taggable_type end,
    taggable_info = case when p_patch ? 'taggable_info' then nullif(p_patch -> 'taggable_info', 'null')
      else c.taggable_info end,
    updated_at = clock_timestamp()
  where c.site_id = p_site and c.id = p_conversation
  returning * into v_conversation;
  if p_patch ? 'lead_quality' then
    perform private.set_manual_quality(v_conversation, p_patch ->> 'lead_quality');
  end if;
  perform private.audit(p_site, p_staff::text, 'conversation.labelled', p_conversation::text, p_patch - 'taggable_info');
  return private.owned_json(p_site, p_conversation, '{}');
end
$$;

create function private.told_of_lead(p_site uuid, p_conversation uuid) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object('lead', private.lead_event(l))
  from public.leads l where l.site_id = p_site and l.conversacion_id = p_conversation
$$;

-- Was the tier right? For a wrong one, which it should have been, and why. Said again, the last word counts.
create function public.judge_lead(p_site uuid, p_staff uuid, p_conversation uuid, p_verdict text, p_reason text default null,
  p_quality text default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones := private.access_lead(p_site, p_staff, p_conversation, true);
begin
  update public.leads l set
    verdict = p_verdict, verdict_reason = p_reason, verdict_quality = p_quality, verdict_by = p_staff,
    verdict_at = clock_timestamp(), updated_at = clock_timestamp()
  where l.site_id = p_site and l.conversacion_id = v_conversation.id;
  perform private.audit(p_site, p_staff::text, 'lead.judged', p_conversation::text,
    jsonb_build_object('verdict', p_verdict, 'quality', p_quality));
  return private.told_of_lead(p_site, p_conversation);
end
$$;

create function public.set_lead_outcome(p_site uuid, p_staff uuid, p_conversation uuid, p_outcome text) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones := private.access_lead(p_site, p_staff, p_conversation, true);
begin
  update public.conversaciones c set outcome = p_outcome, updated_at = clock_timestamp()
  where c.site_id = p_site and c.id = p_conversation;
  update public.leads l set updated_at = clock_timestamp() where l.site_id = p_site and l.conversacion_id = p_conversation;
  if v_conversation.outcome is distinct from p_outcome then
    insert into public.outbox (site_id, kind, contacto_id, conversacion_id, payload)
    values (p_site, 'chat.lead.updated', v_conversation.contacto_id, p_conversation,
      jsonb_build_object('outcome', p_outcome, 'quality', v_conversation.lead_quality, 'score', v_conversation.lead_score));
  end if;
  perform private.audit(p_site, p_staff::text, 'lead.outcome', p_conversation::text, jsonb_build_object('outcome', p_outcome));
  return private.told_of_lead(p_site, p_conversation);
end
$$;

-- Out of the gap queue: somebody has looked at it, and there is nothing to be done. It comes back under another reason.
create function public.dismiss_lead_gap(p_site uuid, p_staff uuid, p_conversation uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  perform private.access_lead(p_site, p_staff, p_conversation, true);
  update public.leads l set gap_dismissed_at = coalesce(l.gap_dismissed_at, clock_timestamp()), updated_at = clock_timestamp()
  where l.site_id = p_site and l.conversacion_id = p_conversation and l.gap is not null;
  if not found then
    raise sqlstate 'PT409' using message = 'lead.no_gap';
  end if;
  perform private.audit(p_site, p_staff::text, 'lead.gap_dismissed', p_conversation::text);
  return private.told_of_lead(p_site, p_conversation);
end
$$;

do $$
declare
  f regprocedure;
begin
  for f in
    select p.oid::regprocedure
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('private', 'public')
      and p.proname in ('access_lead', 'lead_consents', 'lead_json', 'lead_facts_json', 'lead_matches', 'staff_leads',
        'staff_lead_counts', 'staff_lead', 'correct_lead', 'set_manual_quality', 'told_of_lead', 'label_conversation', 'judge_lead',
        'set_lead_outcome', 'dismiss_lead_gap')
  loop
    execute format('revoke execute on function %s from public, anon, authenticated', f);
    execute format('grant execute on function %s to service_role', f);
  end loop;
end
$$;
