-- Who of the staff is there, and what they look at: kept alive by the processes that hold their streams.

alter table public.staff_sites
  add column last_seen_at timestamptz,
  add column viewing uuid;

-- Longer than two beats of a process (three seconds each), so that one that is late makes nobody blink.
create function private.is_online(p_in public.staff_sites) returns boolean
language sql stable
set search_path = ''
as $$
  select coalesce(p_in.last_seen_at > now() - interval '15 seconds', false)
$$;

create or replace function private.membership_json(p_staff public.staff, p_in public.staff_sites) returns jsonb
language sql stable
set search_path = ''
as $$
  select private.staff_json(p_staff) || jsonb_build_object(
    'role', p_in.role, 'languages', to_jsonb(p_in.languages), 'capacity', p_in.capacity, 'away', p_in.away,
    'disabled', p_in.disabled_at is not null or p_staff.disabled_at is not null,
    'last_assigned_at', private.iso(p_in.last_assigned_at),
    'online', private.is_online(p_in), 'last_seen_at', private.iso(p_in.last_seen_at),
    'viewing', case when private.is_online(p_in) then p_in.viewing end)
$$;

-- A process's heartbeat for all its open streams: `[{site, staff, token_hash, viewing}]` in, their roles out, in order;
-- null for those that have to end. One call, however many streams there are.
create function public.staff_beat(p_callers jsonb) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_roles jsonb := public.staff_standing(p_callers);
begin
  update public.staff_sites i set last_seen_at = clock_timestamp(), viewing = coalesce(c.viewing, i.viewing)
  from (
    select (e.value ->> 'site')::uuid as site, (e.value ->> 'staff')::uuid as staff,
      max(e.value ->> 'viewing')::uuid as viewing
    from jsonb_array_elements(p_callers) with ordinality e
    where v_roles ->> (e.ordinality - 1)::int is not null
    group by 1, 2
    order by 1, 2) c
  where i.site_id = c.site and i.staff_id = c.staff;
  return v_roles;
end
$$;

-- The last stream of somebody closed here.
create function public.staff_gone(p_site uuid, p_staff uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  update public.staff_sites i set last_seen_at = least(i.last_seen_at, now() - interval '15 seconds'), viewing = null
  where i.site_id = p_site and i.staff_id = p_staff;
  return jsonb_build_object('gone', found);
end
$$;

-- What changed in an inbox since a moment, oldest change first: how a stream goes on after a break.
create function public.inbox_changes(p_site uuid, p_staff uuid, p_since timestamptz, p_limit int default 200)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_role text := (private.access_member(p_site, p_staff)).role;
begin
  return (
    select coalesce(jsonb_agg(private.inbox_line(c) order by c.updated_at, c.id), '[]')
    from (
      select * from public.conversaciones c
      where c.site_id = p_site and c.updated_at > p_since and private.may_see(c, p_staff, v_role)
      order by c.updated_at, c.id
      limit p_limit) c);
end
$$;
create index conversaciones_changed on public.conversaciones (site_id, updated_at);

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
