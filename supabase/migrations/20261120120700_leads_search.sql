-- Lists and counts of leads that stay quick with a hundred thousand of them: the filter is part of the query, where the
-- planner sees it, and what is not asked for costs nothing.

-- The conditions of every list of leads, over leads l, conversaciones c and contactos k: $1 the site, $2 who asks, $3 their
-- role, $4 the filter: from, to (of the lead's beginning), quality, outcome, campaign (utm_campaign of the first or the
-- last touch), item (id, or part of the title), consent (granted | refused | none), gap (a code, or `any`), text. Constant
-- text: nothing that anybody sends becomes part of it.
create function private.lead_conditions() returns text
language sql immutable
set search_path = ''
as $$
  select $q$
    l.site_id = $1
    and ($3 <> 'seller' or c.assignee = $2 or (c.assignee is null and c.status = 'active') or exists (
      select from public.conversation_participants p where p.conversacion_id = c.id and p.staff_id = $2))
    and ($4 ->> 'from' is null or l.created_at >= ($4 ->> 'from')::timestamptz)
    and ($4 ->> 'to' is null or l.created_at < ($4 ->> 'to')::timestamptz)
    and ($4 ->> 'quality' is null or coalesce(l.manual_quality, l.quality) = $4 ->> 'quality')
    and ($4 ->> 'outcome' is null or coalesce(c.outcome, 'pending') = $4 ->> 'outcome')
    and ($4 ->> 'campaign' is null or lower($4 ->> 'campaign') in (
      lower(l.first_touch ->> 'utm_campaign'), lower(l.last_touch ->> 'utm_campaign')))
    and ($4 ->> 'item' is null or l.item ->> 'id' = $4 ->> 'item'
      or position(lower($4 ->> 'item') in lower(coalesce(l.item ->> 'title', ''))) > 0)
    and ($4 ->> 'gap' is null
      or (l.gap is not null and l.gap_dismissed_at is null and $4 ->> 'gap' in ('any', l.gap)))
    and ($4 ->> 'text' is null
      or position(lower($4 ->> 'text') in lower(coalesce(l.item ->> 'title', ''))) > 0
      or (position(lower($4 ->> 'text') in lower(concat_ws(' ', k.nombre_completo, k.email, k.telefono))) > 0
        -- What marketing may not see, a search must not tell either.
        and ($3 <> 'marketing' or coalesce(private.consent_to(k.site_id, k.id, 'contact'), false))))
    and ($4 ->> 'consent' is null
      or ($4 ->> 'consent') = case private.consent_to(l.site_id, l.contacto_id, 'contact')
        when true then 'granted' when false then 'refused' else 'none' end)
  $q$
$$;

-- A page of leads, newest first, or of the gap queue, the longest waiting first (`p_filter.gap`). `p_after` is the last
-- line's {at, uuid}.
create or replace function public.staff_leads(p_site uuid, p_staff uuid, p_filter jsonb, p_after jsonb default null,
  p_limit int default 50)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_role text := (private.access_member(p_site, p_staff)).role;
  v_limit int := least(greatest(p_limit, 1), 200);
  v_rows jsonb;
  v_count int;
begin
  execute 'select jsonb_agg(jsonb_build_object(''lead'', private.lead_json(r.l, r.c, $3), ''at'', private.iso(r.at))
      order by r.place)
    from (
      select l, c, at, row_number() over () place
      from (
        select l, c, ' || case when p_filter ->> 'gap' is null then 'l.created_at' else 'l.gap_since' end || ' at
        from public.leads l
        join public.conversaciones c on c.site_id = l.site_id and c.id = l.conversacion_id
        join public.contactos k on k.site_id = l.site_id and k.id = l.contacto_id
        where ' || private.lead_conditions() || case when p_filter ->> 'gap' is null
          then ' and ($5 is null or (l.created_at, l.conversacion_id) < ($6, $5))
            order by l.created_at desc, l.conversacion_id desc'
          else ' and ($5 is null or (l.gap_since, l.conversacion_id) > ($6, $5))
            order by l.gap_since, l.conversacion_id' end || '
        limit $7) page) r'
  into v_rows
  using p_site, p_staff, v_role, p_filter, (p_after ->> 'uuid')::uuid, (p_after ->> 'at')::timestamptz, v_limit + 1;
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
create or replace function public.staff_lead_counts(p_site uuid, p_staff uuid, p_filter jsonb) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_role text := (private.access_member(p_site, p_staff)).role;
  v_counts jsonb;
begin
  execute 'with seen as (
      select coalesce(l.manual_quality, l.quality) quality, coalesce(c.outcome, ''pending'') outcome,
        l.gap is not null and l.gap_dismissed_at is null gap, k.lead_captured_at is not null captured
      from public.leads l
      join public.conversaciones c on c.site_id = l.site_id and c.id = l.conversacion_id
      join public.contactos k on k.site_id = l.site_id and k.id = l.contacto_id
      where ' || private.lead_conditions() || ')
    select jsonb_build_object(
      ''total'', count(*),
      ''quality'', jsonb_build_object(
        ''hot'', count(*) filter (where s.quality = ''hot''),
        ''warm'', count(*) filter (where s.quality = ''warm''),
        ''cold'', count(*) filter (where s.quality = ''cold'')),
      ''captured'', count(*) filter (where s.captured),
      ''gaps'', count(*) filter (where s.gap),
      ''outcome'', coalesce((select jsonb_object_agg(o.outcome, o.n) from (
        select t.outcome, count(*) n from seen t group by t.outcome) o), ''{}''))
    from seen s'
  into v_counts
  using p_site, p_staff, v_role, p_filter;
  return v_counts;
end
$$;

drop function private.lead_matches(public.leads, public.conversaciones, text, jsonb);

do $$
declare
  f regprocedure;
begin
  for f in
    select p.oid::regprocedure
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('private', 'public') and p.proname in ('lead_conditions', 'staff_leads', 'staff_lead_counts')
  loop
    execute format('revoke execute on function %s from public, anon, authenticated', f);
    execute format('grant execute on function %s to service_role', f);
  end loop;
end
$$;
