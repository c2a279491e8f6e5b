-- Who gets what waits. Business hours are arithmetic that the server does; what counts as overdue comes in as a moment.

create index conversaciones_queue on public.conversaciones (site_id, waiting_since)
  where handler = 'queue' and status = 'active';

-- An admin's business hours, checked by the server.
create function public.set_business_hours(p_site uuid, p_staff uuid, p_hours jsonb) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_site public.sites;
begin
  perform private.access_admin(p_site, p_staff);
  update public.sites s set settings = s.settings || jsonb_build_object('business_hours', p_hours), updated_at = now()
  where s.id = p_site
  returning * into v_site;
  perform private.audit(p_site, p_staff::text, 'site.hours_set', p_site::text);
  return private.site_json(v_site);
end
$$;

-- How many sellers are there and not away.
create function public.staff_online(p_site uuid) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object('online', count(*))
  from public.staff_sites i join public.staff s on s.id = i.staff_id
  where i.site_id = p_site and i.role in ('seller', 'admin') and i.disabled_at is null and s.disabled_at is null
    and not i.away and private.is_online(i)
$$;

-- Sites in which somebody waits for a person: a worker's question, of every site.
create function public.sites_waiting() returns jsonb
language sql stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(distinct c.site_id), '[]')
  from public.conversaciones c
  where c.handler = 'queue' and c.status = 'active' and (c.snoozed_until is null or c.snoozed_until <= now())
$$;

-- Hands what waits to sellers, longest waiting first. Whom: online, not away, below capacity, not the one who just let it
-- lie; of those the one who speaks the visitor's language, then who was given something longest ago, then who has least.
-- `p_overdue`: an assignment from before this moment that was not taken moves on; without another seller it is free again.
create function public.route_waiting(p_site uuid, p_overdue timestamptz, p_limit int default 50) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones;
  v_seller uuid;
  v_routed jsonb := '[]';
begin
  -- One worker at a time per site: two would hand out above the capacity that each of them saw.
  if not pg_catalog.pg_try_advisory_xact_lock(pg_catalog.hashtextextended('route:' || p_site::text, 0)) then
    return v_routed;
  end if;
  for v_conversation in
    select * from public.conversaciones c
    where c.site_id = p_site and c.handler = 'queue' and c.status = 'active'
      and (c.snoozed_until is null or c.snoozed_until <= now())
      and (c.assignee is null or c.assigned_at <= p_overdue)
    order by c.waiting_since, c.id
    limit p_limit
    for update skip locked
  loop
    select i.staff_id into v_seller
    from public.staff_sites i
    join public.staff s on s.id = i.staff_id and s.disabled_at is null
    cross join lateral (
      select count(*) as has from public.conversaciones c
      where c.site_id = p_site and c.assignee = i.staff_id and c.status = 'active'
        and (c.snoozed_until is null or c.snoozed_until <= now())) l
    where i.site_id = p_site and i.role = 'seller' and i.disabled_at is null and not i.away and private.is_online(i)
      and i.staff_id is distinct from v_conversation.assignee and l.has < i.capacity
    order by (v_conversation.locale = any (i.languages)) desc, i.last_assigned_at nulls first, l.has, i.staff_id
    limit 1;
    if v_seller is null and v_conversation.assignee is null then
      continue;
    end if;
    update public.conversaciones c set
      assignee = v_seller, assigned_at = case when v_seller is not null then clock_timestamp() end,
      updated_at = clock_timestamp()
    where c.site_id = p_site and c.id = v_conversation.id;
    update public.staff_sites i set last_assigned_at = clock_timestamp()
    where i.site_id = p_site and i.staff_id = v_seller;
    perform private.audit(p_site, 'router',
      case when v_seller is null then 'conversation.freed' else 'conversation.offered' end, v_conversation.id::text,
      jsonb_build_object('from', v_conversation.assignee, 'to', v_seller));
    v_routed := v_routed || jsonb_build_object('conversation', v_conversation.id, 'agent', private.staff_party(v_seller));
  end loop;
  return v_routed;
end
$$;

do $$
declare
  f regprocedure;
begin
  for f in
    select p.oid::regprocedure
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'private'
       or (n.nspname = 'public' and not exists (
             select from pg_depend d where d.objid = p.oid and d.deptype = 'e'))
  loop
    execute format('revoke execute on function %s from public, anon, authenticated', f);
    execute format('grant execute on function %s to service_role', f);
  end loop;
end
$$;
