-- Leads, as turns and the reader keep them: what there is to read, and what was read, in one commit with the reply.

-- Since when something waits to be read for facts or scored anew. Null: the lead is what its facts say.
alter table public.conversaciones add column lead_due timestamptz;
create index conversaciones_lead_due on public.conversaciones (lead_due) where lead_due is not null;
create index leads_cooling on public.leads (scored_at) where quality in ('hot', 'warm');
create index webchat_sessions_contacto on public.webchat_sessions (contacto_id);

-- A trigger, so that it holds for whatever stores a visitor's message: also while a seller answers, and no turn runs.
create function private.note_lead_due() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.lead_due := coalesce(new.lead_due, clock_timestamp());
  return new;
end
$$;
create trigger conversaciones_lead_due
  before update of last_visitor_seq on public.conversaciones
  for each row
  when (new.last_visitor_seq > old.last_visitor_seq)
  execute function private.note_lead_due();

create function private.consent_to(p_site uuid, p_contact uuid, p_purpose text) returns boolean
language sql stable
set search_path = ''
as $$
  select e.granted from public.consents e
  where e.site_id = p_site and e.contacto_id = p_contact and e.purpose = p_purpose
  order by e.created_at desc, e.id desc limit 1
$$;

-- All that reading a lead needs, in one value: the visitor's newest messages up to a position, each with what it answers,
-- the facts that count, and what is known of the contact besides (whether, not what).
create function private.lead_case(p_conversation public.conversaciones, p_upto bigint, p_messages int) returns jsonb
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
      from public.lead_facts f
      where f.site_id = p_conversation.site_id and f.conversacion_id = p_conversation.id and f.withdrawn_at is null),
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

-- The lead of a conversation, made with the first thing that is known of it. The caller holds the conversation's lock.
create function private.open_lead(p_conversation public.conversaciones) returns public.leads
language plpgsql volatile
set search_path = ''
as $$
declare
  v_lead public.leads;
begin
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

-- Contact data, but nobody who may be contacted: why.
create function private.gap_of(p_lead public.leads, p_contact public.contactos) returns text
language sql stable
set search_path = ''
as $$
  select case
    when p_contact.lead_captured_at is not null then null
    when not (own.known or heard.own or heard.unsure or heard.invalid or heard.others) then null
    when (own.known or heard.own or heard.unsure) and consent.given is false then 'consent_refused'
    when heard.unsure and not own.known then 'unconfirmed'
    when (own.known or heard.own) and consent.given is null then 'no_consent'
    when own.known or heard.own then 'not_saved'
    when heard.invalid then 'invalid_contact'
    else 'somebody_elses' end
  from (select p_contact.email is not null or p_contact.telefono is not null known) own,
    (select p_lead.heard ? 'email' or p_lead.heard ? 'phone' own,
      coalesce((p_lead.heard ->> 'unsure')::boolean, false) unsure,
      coalesce((p_lead.heard ->> 'invalid')::boolean, false) invalid,
      coalesce((p_lead.heard ->> 'others')::boolean, false) others) heard,
    (select private.consent_to(p_lead.site_id, p_lead.contacto_id, 'contact') given) consent
$$;

create function private.refresh_gaps(p_site uuid, p_contact uuid) returns void
language sql volatile
set search_path = ''
as $$
  update public.leads l set
    gap = now_is.code,
    gap_since = case when now_is.code is not null then clock_timestamp() end,
    -- Put aside under one reason, it comes back under another.
    gap_dismissed_at = null,
    updated_at = clock_timestamp()
  from (
    select g.conversacion_id, private.gap_of(g, k) code
    from public.leads g
    join public.contactos k on k.site_id = g.site_id and k.id = g.contacto_id
    where g.site_id = p_site and g.contacto_id = p_contact
  ) now_is
  where l.site_id = p_site and l.conversacion_id = now_is.conversacion_id and l.gap is distinct from now_is.code
$$;

-- As before: contact data counts as a lead only with consent, told to the outbox once. And what it changes for the leads
-- of this contact: why there is none, and a score to be made anew.
create or replace function private.capture_lead(p_site uuid, p_contact uuid, p_conversation uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if private.consent_to(p_site, p_contact, 'contact') then
    update public.contactos k set lead_captured_at = clock_timestamp()
    where k.site_id = p_site and k.id = p_contact and k.lead_captured_at is null
      and (k.email is not null or k.telefono is not null);
    if found then
      insert into public.outbox (site_id, kind, contacto_id, conversacion_id)
      values (p_site, 'lead_captured', p_contact, p_conversation);
    end if;
  end if;
  perform private.refresh_gaps(p_site, p_contact);
  update public.leads l set version = l.version + 1 where l.site_id = p_site and l.contacto_id = p_contact;
  update public.conversaciones c set lead_due = coalesce(c.lead_due, clock_timestamp())
  where c.site_id = p_site and c.contacto_id = p_contact and c.last_visitor_seq > 0;
end
$$;

-- Of a criterion the last word counts. Says of what does not count any more who took it back.
create function private.withdraw_overruled(p_site uuid, p_conversation uuid) returns void
language sql volatile
set search_path = ''
as $$
  update public.lead_facts f set
    withdrawn_at = clock_timestamp(),
    withdrawn_by = case
      when last.source = 'seller' then 'seller' when last.value = 'none' then 'visitor' else 'superseded' end
  from (
    select distinct on (g.criterion) g.id, g.criterion, g.source, g.value
    from public.lead_facts g
    where g.site_id = p_site and g.conversacion_id = p_conversation and g.withdrawn_at is null
    order by g.criterion, g.seq desc, g.start desc, g.created_at desc, g.id desc
  ) last
  where f.site_id = p_site and f.conversacion_id = p_conversation and f.criterion = last.criterion and f.id <> last.id
    and f.withdrawn_at is null
$$;

-- Those of `p_facts` (as `lead_case` has them) whose quote the visitor really wrote; how many were not stored for want of
-- that. Their place is taken from the message, never from who tells.
create function private.store_facts(p_conversation public.conversaciones, p_turn uuid, p_facts jsonb) returns int
language plpgsql volatile
set search_path = ''
as $$
declare
  v_without_evidence int;
begin
  select count(*) into v_without_evidence
  from jsonb_array_elements(p_facts) f
  where f.value ->> 'source' not in ('model', 'extractor') or coalesce(f.value ->> 'quote', '') = '' or not exists (
    select from public.mensajes m
    where m.site_id = p_conversation.site_id and m.conversacion_id = p_conversation.id
      and m.id::text = f.value ->> 'message_id' and m.author = 'visitor' and m.deleted_at is null
      and position(f.value ->> 'quote' in m.texto) > 0);
  insert into public.lead_facts (site_id, conversacion_id, turn_id, criterion, value, data, message_id, quote, seq, start, source)
  select p_conversation.site_id, p_conversation.id, p_turn, f.value ->> 'criterion', f.value ->> 'value',
    nullif(f.value -> 'data', '{}'), m.id, f.value ->> 'quote', m.seq,
    case when substr(m.texto, (f.value ->> 'start')::int + 1, length(f.value ->> 'quote')) = f.value ->> 'quote'
      then (f.value ->> 'start')::int else position(f.value ->> 'quote' in m.texto) - 1 end,
    f.value ->> 'source'
  from jsonb_array_elements(p_facts) with ordinality f
  join public.mensajes m on m.site_id = p_conversation.site_id and m.conversacion_id = p_conversation.id
    and m.id::text = f.value ->> 'message_id' and m.author = 'visitor' and m.deleted_at is null
  where f.value ->> 'source' in ('model', 'extractor') and coalesce(f.value ->> 'quote', '') <> ''
    and position(f.value ->> 'quote' in m.texto) > 0
  order by f.ordinality
  on conflict (message_id, criterion, value) do nothing;
  perform private.withdraw_overruled(p_conversation.site_id, p_conversation.id);
  return v_without_evidence;
end
$$;

-- What staff is told of a lead that changed.
create function private.lead_event(p_lead public.leads) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'uuid', p_lead.conversacion_id,
    'quality', coalesce(p_lead.manual_quality, p_lead.quality),
    'score', p_lead.score,
    'reasons', p_lead.reasons,
    'rubric', p_lead.rubric_ref,
    'gap', case when p_lead.gap_dismissed_at is null then p_lead.gap end,
    'scored_at', private.iso(p_lead.scored_at))
$$;

-- What was read from a conversation (`p_lead`: version, read_seq, heard, facts, score {quality, score, reasons, rubric}).
-- `p_version` is what the lead was when the caller took the conversation's lock. Refused (`stale`) when what it stands on
-- has changed since it was read; then it stays due. The caller holds the lock.
create function private.apply_lead(p_conversation public.conversaciones, p_turn uuid, p_lead jsonb, p_version int)
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
      jsonb_build_object('quality', v_quality, 'score', v_lead.score, 'previous_quality', v_before.quality));
  end if;
  if v_quality = 'hot' and v_before.first_hot_at is null then
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

-- A lead is hot for the first time: a person is asked for, unless the site does not want that
-- (settings.leads.handoff_when_hot false).
create function private.welcome_hot(p_conversation public.conversaciones) returns public.mensajes
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones;
begin
  select * into strict v_conversation from public.conversaciones c
  where c.site_id = p_conversation.site_id and c.id = p_conversation.id;
  if v_conversation.status <> 'active' or exists (
    select from public.sites s
    where s.id = p_conversation.site_id and s.settings #> '{leads,handoff_when_hot}' = 'false') then
    return null;
  end if;
  return private.request_handoff(v_conversation, 'hot_lead', null);
end
$$;

-- The assistant saw the talk to its end. Whoever writes again opens it again.
create function private.close_by_assistant(p_conversation public.conversaciones, p_outcome text) returns public.mensajes
language plpgsql volatile
set search_path = ''
as $$
begin
  if p_conversation.handler <> 'assistant' or p_conversation.status <> 'active' then
    return null;
  end if;
  update public.conversaciones c set
    status = 'archived', archived_at = clock_timestamp(), outcome = coalesce(p_outcome, c.outcome, 'pending'),
    snoozed_until = null, updated_at = clock_timestamp()
  where c.site_id = p_conversation.site_id and c.id = p_conversation.id;
  return private.add_system_message(p_conversation, 'conversation.closed',
    jsonb_strip_nulls(jsonb_build_object('outcome', p_outcome)));
end
$$;

-- Which facts, contact data and consents the lead stands on: 0 before there is one.
create function private.lead_version(p_conversation public.conversaciones) returns int
language sql stable
set search_path = ''
as $$
  select coalesce((
    select l.version from public.leads l
    where l.site_id = p_conversation.site_id and l.conversacion_id = p_conversation.id), 0)
$$;

-- What the reader looks at outside of turns: while a seller answers, after a correction, when a lead has fallen silent.
-- Null when there is no such conversation any more.
create function public.lead_to_read(p_site uuid, p_conversation uuid, p_messages int) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object('site_id', c.site_id, 'conversation_id', c.id, 'region', s.region,
    'case', private.lead_case(c, c.last_visitor_seq, p_messages))
  from public.conversaciones c
  join public.sites s on s.id = c.site_id
  where c.site_id = p_site and c.id = p_conversation
$$;

-- What the reader found: contact data (`p_contact`: name, email, phone, or null) and the lead, in one commit.
create function public.store_lead(p_site uuid, p_conversation uuid, p_lead jsonb, p_contact jsonb default null) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones;
  v_version int;
begin
  select * into v_conversation from public.conversaciones c where c.site_id = p_site and c.id = p_conversation for update;
  if not found then
    raise sqlstate 'PT404' using message = 'conversation.not_found';
  end if;
  v_version := private.lead_version(v_conversation);
  if (p_lead ->> 'version')::int = v_version and p_contact is not null then
    perform private.apply_contact(p_site, v_conversation.contacto_id, p_conversation, p_contact, null);
  end if;
  return private.apply_lead(v_conversation, null, p_lead, v_version);
end
$$;

-- Of every site, the oldest first: what waits and no running turn will read, and what was warm and went silent. This is a
-- worker's job, not a visitor's; two workers that read the same change nothing twice.
create function public.leads_due(p_grace_seconds int, p_limit int) returns jsonb
language sql volatile
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('site_id', d.site_id, 'conversation_id', d.id)), '[]')
  from (
    (select c.site_id, c.id from public.conversaciones c
     where c.lead_due < clock_timestamp() - make_interval(secs => p_grace_seconds)
       and not exists (select from public.turns t where t.conversacion_id = c.id and t.state = 'running')
     order by c.lead_due limit p_limit)
    union
    (select l.site_id, l.conversacion_id from public.leads l
     join public.conversaciones c on c.site_id = l.site_id and c.id = l.conversacion_id
     where l.quality in ('hot', 'warm') and l.scored_at < clock_timestamp() - interval '1 day'
       and c.last_message_at > clock_timestamp() - interval '90 days' and c.lead_due is null
     order by l.scored_at limit p_limit)
  ) d
$$;

-- A conversation that cannot be read (a fault of ours) is left, so that it does not come up for ever. The next message
-- makes it due again.
create function public.skip_lead(p_site uuid, p_conversation uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  update public.conversaciones c set lead_due = null where c.site_id = p_site and c.id = p_conversation;
  update public.leads l set scored_at = clock_timestamp() where l.site_id = p_site and l.conversacion_id = p_conversation;
  return jsonb_build_object('skipped', true);
end
$$;

-- Everything of a site again, in pages: after a change of the rubric.
create function public.leads_to_rescore(p_site uuid, p_messages int, p_after uuid default null, p_limit int default 100)
returns jsonb
language sql stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('site_id', c.site_id, 'conversation_id', c.id, 'region', c.region,
    'case', private.lead_case(c.conversation, (c.conversation).last_visitor_seq, p_messages)) order by c.id), '[]')
  from (
    select v conversation, v.id, v.site_id, s.region
    from public.conversaciones v
    join public.sites s on s.id = v.site_id
    where v.site_id = p_site and v.last_visitor_seq > 0 and (p_after is null or v.id > p_after)
    order by v.id limit p_limit
  ) c
$$;

do $$
declare
  f regprocedure;
begin
  for f in
    select p.oid::regprocedure
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('private', 'public')
      and p.proname in ('note_lead_due', 'consent_to', 'lead_case', 'open_lead', 'gap_of', 'refresh_gaps', 'capture_lead',
        'withdraw_overruled', 'store_facts', 'lead_event', 'apply_lead', 'welcome_hot', 'close_by_assistant',
        'lead_version', 'lead_to_read', 'store_lead', 'leads_due', 'skip_lead', 'leads_to_rescore')
  loop
    execute format('revoke execute on function %s from public, anon, authenticated', f);
    execute format('grant execute on function %s to service_role', f);
  end loop;
end
$$;
