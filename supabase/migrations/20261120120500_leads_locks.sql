-- A contact may have several conversations. What is learnt in one concerns the leads of all, and whoever holds the lock of
-- one must not wait for another's: two of them could wait for each other. Those that are locked are left out; whoever has
-- the lock is about to look at that lead anyway.

create or replace function private.refresh_gaps(p_site uuid, p_contact uuid) returns void
language sql volatile
set search_path = ''
as $$
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
    and l.gap is distinct from n.code
$$;

-- As before, of the conversations that are free.
create or replace function private.capture_lead(p_site uuid, p_contact uuid, p_conversation uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_free uuid[];
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
  v_free := array(
    select c.id from public.conversaciones c
    where c.site_id = p_site and c.contacto_id = p_contact and c.last_visitor_seq > 0
    order by c.id
    for update skip locked);
  update public.leads l set version = l.version + 1 where l.site_id = p_site and l.conversacion_id = any (v_free);
  update public.conversaciones c set lead_due = coalesce(c.lead_due, clock_timestamp())
  where c.site_id = p_site and c.id = any (v_free);
end
$$;

-- Addresses of pages may hold what people typed: without them only the campaign is left.
create function private.touch_json(p_touch jsonb, p_whole boolean) returns jsonb
language sql immutable
set search_path = ''
as $$
  select case when p_whole or p_touch is null then p_touch else jsonb_strip_nulls(jsonb_build_object(
    'utm_source', p_touch -> 'utm_source', 'utm_medium', p_touch -> 'utm_medium',
    'utm_campaign', p_touch -> 'utm_campaign')) end
$$;

-- As before; of whom marketing may not see, neither the words nor the page are shown.
create or replace function private.lead_json(p_lead public.leads, p_conversation public.conversaciones, p_role text)
returns jsonb
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
    'reasons', case when shown.yes then p_lead.reasons else (
      select coalesce(jsonb_agg(jsonb_build_object('key', r.value -> 'key', 'points', r.value -> 'points')
        order by r.ordinality), '[]')
      from jsonb_array_elements(p_lead.reasons) with ordinality r) end,
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
    'first_touch', private.touch_json(p_lead.first_touch, shown.yes),
    'last_touch', private.touch_json(coalesce(p_lead.last_touch, p_lead.first_touch), shown.yes),
    'page', case when shown.yes then p_lead.page end,
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

do $$
declare
  f regprocedure;
begin
  for f in
    select p.oid::regprocedure
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'private' and p.proname in ('refresh_gaps', 'capture_lead', 'lead_json', 'touch_json')
  loop
    execute format('revoke execute on function %s from public, anon, authenticated', f);
    execute format('grant execute on function %s to service_role', f);
  end loop;
end
$$;
