-- A page of an export, and with it the worker's sign of life. The filter is the export's own, as it was audited.

-- Contact data is in a row only with consent, whatever is asked for. `known` says so; without it a row has no name, no
-- address, nothing that identifies, and nothing in the visitor's own words.
create function private.export_rows(p_site uuid, p_need text, p_picked jsonb) returns jsonb
language sql stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(
    jsonb_build_object(
      'key', case when p.known then k.address end,
      'contact_id', k.id,
      'name', case when p.known then k.nombre_completo end,
      'email', case when p.known then k.email end,
      'phone', case when p.known then k.telefono end,
      'identity', k.identity,
      'contact_consent', k.consent_contact,
      'marketing_consent', k.consent_marketing,
      'consent_at', private.iso(g.created_at),
      'consent_text_version', g.text_version,
      'consent_source', g.source,
      'opted_out_at', private.iso(r.created_at),
      'first_touch', case when p.known then k.first_touch
        else k.first_touch - array['gclid', 'fbclid', 'msclkid', 'landing_page', 'referrer'] end,
      'last_touch', case when p.known then k.last_touch
        else k.last_touch - array['gclid', 'fbclid', 'msclkid', 'landing_page', 'referrer'] end,
      'first_touch_at', private.iso(k.creado_en),
      'last_touch_at', private.iso(coalesce(c.last_message_at, c.created_at)))
    || jsonb_build_object(
      'conversation_id', c.id,
      'conversation_at', private.iso(c.created_at),
      'conversations', (
        select count(*) from public.conversaciones o where o.site_id = p_site and o.contacto_id = k.id),
      'language', c.locale,
      'item', coalesce(c.taggable_info, l.item),
      'quality', c.lead_quality,
      'score', coalesce(c.lead_score, l.score),
      'outcome', c.outcome,
      'rubric', l.rubric_ref,
      'verdict', l.verdict,
      'gap', l.gap,
      'facts', case when p.known then (
        select jsonb_object_agg(f.criterion, f.value order by f.seq, f.start)
        from public.lead_facts f
        where f.site_id = p_site and f.conversacion_id = c.id and f.withdrawn_at is null and f.value <> 'none') end,
      'tags', to_jsonb(c.tags),
      'assigned_to', (select s.name from public.staff s where s.id = c.assignee),
      'handoff_reason', c.handoff_reason,
      'rating', c.rating,
      'messages', c.last_seq,
      'prompt_version', (
        select m.prompt_ref from public.mensajes m
        where m.site_id = p_site and m.conversacion_id = c.id and m.prompt_ref is not null
        order by m.seq desc limit 1))
    order by p.n), '[]')
  from jsonb_to_recordset(p_picked) as p (n int, contact uuid, conversation uuid, known boolean)
  join public.contactos k on k.site_id = p_site and k.id = p.contact
  join public.conversaciones c on c.site_id = p_site and c.id = p.conversation
  left join public.leads l on l.site_id = p_site and l.conversacion_id = c.id
  left join lateral (
    select e.created_at, e.text_version, e.source
    from public.consents e
    where e.site_id = p_site and e.contacto_id = k.id and e.granted
      and e.purpose = case p_need when 'marketing' then 'marketing' else 'contact' end
    order by e.created_at desc, e.id desc limit 1) g on true
  left join lateral (
    select e.created_at
    from public.consents e
    where e.site_id = p_site and e.contacto_id = k.id and not e.granted and e.purpose in ('contact', 'marketing')
      and (k.consent_contact = false or k.consent_marketing = false)
    order by e.created_at desc, e.id desc limit 1) r on true
$$;

-- Whether this contact's data may go out for the purpose. Whoever once said no under the same address keeps it in: a
-- stranger who types it and agrees must not undo that.
create function private.may_export(p_contact public.contactos, p_purpose text) returns boolean
language sql stable
set search_path = ''
as $$
  select case p_purpose when 'marketing' then p_contact.consent_marketing else p_contact.consent_contact end is true
    and not exists (
      select from public.contactos o
      where o.site_id = p_contact.site_id and (o.consent_contact = false or o.consent_marketing = false)
        and o.address = p_contact.address
        and (o.consent_contact = false or p_purpose = 'marketing'))
$$;

-- The filter, on one conversation: from, to (when it began), quality, outcome (lists), campaign, item.
create function private.export_wants(p_conversation public.conversaciones, p_first jsonb, p_last jsonb, p_filter jsonb)
returns boolean
language sql stable
set search_path = ''
as $$
  select (p_filter ->> 'from' is null or p_conversation.created_at >= (p_filter ->> 'from')::timestamptz)
    and (p_filter ->> 'to' is null or p_conversation.created_at < (p_filter ->> 'to')::timestamptz)
    and (p_filter -> 'quality' is null or coalesce(p_filter -> 'quality' ? p_conversation.lead_quality, false))
    and (p_filter -> 'outcome' is null
      or coalesce(p_filter -> 'outcome' ? coalesce(p_conversation.outcome, 'pending'), false))
    and (p_filter ->> 'campaign' is null
      or p_filter ->> 'campaign' in (p_first ->> 'utm_campaign', p_last ->> 'utm_campaign'))
    and (p_filter ->> 'item' is null
      or p_filter ->> 'item' in (p_conversation.taggable_info ->> 'id', p_conversation.taggable_info ->> 'title'))
$$;

-- {rows, next, scanned}: `next` is where to go on, null at the end. A page looks at `p_limit` candidates, however few of
-- them are wanted, so that no call takes long. `p_written`: rows in the file so far.
create function public.export_page(p_site uuid, p_export uuid, p_worker text, p_lease_seconds int, p_after jsonb default null,
  p_written bigint default 0, p_limit int default 500)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_export public.lead_exports;
  v_limit int := least(greatest(p_limit, 1), 2000);
  v_need text;
  v_purpose text;
  v_filter jsonb;
  v_key text := coalesce(p_after ->> 'key', '');
  v_id uuid := coalesce((p_after ->> 'id')::uuid, '00000000-0000-0000-0000-000000000000');
  v_ids uuid[];
  v_picked jsonb;
  v_next jsonb;
  v_scanned int;
begin
  update public.lead_exports e set
    lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds), written = p_written
  where e.site_id = p_site and e.id = p_export and e.state = 'running' and e.worker = p_worker
  returning * into v_export;
  if not found then
    raise sqlstate 'PT409' using message = 'export.not_running';
  end if;
  perform private.access_exporter(p_site, v_export.staff_id);
  v_need := v_export.request ->> 'consent';
  v_purpose := case v_need when 'marketing' then 'marketing' else 'contact' end;
  v_filter := v_export.request -> 'filter';

  if v_export.request ->> 'unit' = 'conversation' then
    select array_agg(x.id order by x.id) into v_ids from (
      select c.id from public.conversaciones c
      where c.site_id = p_site and c.id > v_id
      order by c.id limit v_limit) x;
    v_scanned := coalesce(cardinality(v_ids), 0);
    select jsonb_agg(jsonb_build_object('n', p.n, 'contact', p.contact, 'conversation', p.id, 'known', p.known))
    into v_picked
    from (
      select row_number() over (order by c.id) as n, c.id, k.id as contact,
        private.may_export(k, v_purpose) as known
      from public.conversaciones c
      join public.contactos k on k.site_id = p_site and k.id = c.contacto_id
      where c.site_id = p_site and c.id = any (v_ids)
        and private.export_wants(c, k.first_touch, k.last_touch, v_filter)) p
    where p.known or v_need = 'any';
    v_next := jsonb_build_object('id', v_ids[v_scanned]);
  else
    select array_agg(x.id order by x.address, x.id), max(x.address) into v_ids, v_key from (
      select k.id, k.address from public.contactos k
      where k.site_id = p_site and k.address is not null and (k.address, k.id) > (v_key, v_id)
      order by k.address, k.id limit v_limit) x;
    v_scanned := coalesce(cardinality(v_ids), 0);
    select jsonb_agg(jsonb_build_object('n', p.n, 'contact', p.id, 'conversation', p.conversation, 'known', p.known))
    into v_picked
    from (
      select w.n, k.id, c.id as conversation, private.may_export(k, v_purpose) as known
      from unnest(v_ids) with ordinality as w (id, n)
      join public.contactos k on k.site_id = p_site and k.id = w.id
      cross join lateral (
        select c.id from public.conversaciones c
        where c.site_id = p_site and c.contacto_id = k.id
          and private.export_wants(c, k.first_touch, k.last_touch, v_filter)
        order by c.last_message_at desc nulls last, c.id desc limit 1) c) p
    where p.known or v_need = 'any';
    v_next := jsonb_build_object('key', v_key, 'id', v_ids[v_scanned]);
  end if;

  update public.lead_exports e set scanned = e.scanned + v_scanned where e.site_id = p_site and e.id = p_export;
  return jsonb_build_object(
    'rows', private.export_rows(p_site, v_need, coalesce(v_picked, '[]')),
    'next', case when v_scanned = v_limit then v_next end,
    'scanned', v_scanned);
end
$$;

do $$
declare
  f regprocedure;
begin
  for f in
    select p.oid::regprocedure
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('private', 'public') and p.proname in ('export_rows', 'may_export', 'export_wants', 'export_page')
  loop
    execute format('revoke execute on function %s from public, anon, authenticated', f);
    execute format('grant execute on function %s to service_role', f);
  end loop;
end
$$;
