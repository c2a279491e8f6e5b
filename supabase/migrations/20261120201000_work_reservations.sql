-- What is reserved of a day for a piece of work is a row under a lease: a process that was killed in the middle of one
-- keeps nothing from visitors for longer than that.

create table public.work_reservations (
  id uuid primary key default private.new_id(),
  site_id uuid not null references public.sites,
  day date not null,
  -- 0: given back by the sweep; the row stays a day for whoever settles after all.
  tokens int not null check (tokens >= 0),
  lease_until timestamptz not null
);
create index work_reservations_lapsing on public.work_reservations (lease_until);
alter table public.work_reservations enable row level security;
revoke all on public.work_reservations from public, anon, authenticated, service_role;
grant select, insert, update, delete on public.work_reservations to service_role;

-- Null: the day's budget (0: none is set) is spent.
create function private.reserve_of_day(p_site uuid, p_tokens int, p_budget bigint, p_lease_seconds int) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_today date := (now() at time zone 'UTC')::date;
  v_id uuid;
begin
  if p_budget > 0 and p_tokens > p_budget then
    return null;
  end if;
  insert into public.site_usage as u (site_id, day, reserved)
  values (p_site, v_today, p_tokens)
  on conflict (site_id, day) do update set reserved = u.reserved + p_tokens
    where p_budget = 0 or u.used + u.reserved + p_tokens <= p_budget;
  if found then
    insert into public.work_reservations (site_id, day, tokens, lease_until)
    values (p_site, v_today, p_tokens, clock_timestamp() + make_interval(secs => p_lease_seconds))
    returning id into v_id;
  end if;
  return v_id;
end
$$;

drop function public.reserve_work(uuid, int, bigint);
create function public.reserve_work(p_site uuid, p_tokens int, p_budget bigint, p_lease_seconds int) returns jsonb
language sql volatile
set search_path = ''
as $$
  select jsonb_build_object('reservation', private.reserve_of_day(p_site, p_tokens, p_budget, p_lease_seconds))
$$;

-- For work that takes longer than its lease. `held` false: it was given back meanwhile.
create function public.renew_work(p_site uuid, p_reservation uuid, p_lease_seconds int) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  update public.work_reservations r set lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds)
  where r.site_id = p_site and r.id = p_reservation and r.tokens > 0;
  return jsonb_build_object('held', found);
end
$$;

-- What a piece of work really took, on the day that it was reserved; said twice it counts once. Nothing is listed of
-- work that took nothing.
drop function public.settle_work(uuid, date, text, int, int);
create function public.settle_work(p_site uuid, p_reservation uuid, p_purpose text, p_used int) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_reserved public.work_reservations;
begin
  delete from public.work_reservations r where r.site_id = p_site and r.id = p_reservation returning * into v_reserved;
  if not found then
    return jsonb_build_object('settled', false);
  end if;
  update public.site_usage u set reserved = greatest(u.reserved - v_reserved.tokens, 0), used = u.used + p_used
  where u.site_id = p_site and u.day = v_reserved.day;
  if p_used > 0 then
    insert into public.work_usage as w (site_id, day, purpose, pieces, tokens)
    values (p_site, v_reserved.day, p_purpose, 1, p_used)
    on conflict (site_id, day, purpose) do update set pieces = w.pieces + 1, tokens = w.tokens + p_used;
  end if;
  return jsonb_build_object('settled', true);
end
$$;

-- Of every site: what lapsed goes back to its day. Workers that sweep side by side share the rows.
create function public.give_back_work(p_limit int) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_count int;
begin
  with lapsed as (
    select r.id, r.site_id, r.day, r.tokens from public.work_reservations r
    where r.lease_until < clock_timestamp() and r.tokens > 0
    order by r.lease_until limit p_limit for update skip locked
  ), freed as (
    update public.work_reservations r set tokens = 0 from lapsed l where r.id = l.id
  ), days as (
    select l.site_id, l.day, sum(l.tokens) as tokens from lapsed l group by l.site_id, l.day
  ), given as (
    update public.site_usage u set reserved = greatest(u.reserved - d.tokens, 0)
    from days d where u.site_id = d.site_id and u.day = d.day
  )
  select count(*) into v_count from lapsed;
  delete from public.work_reservations r where r.lease_until < clock_timestamp() - interval '1 day' and r.tokens = 0;
  return jsonb_build_object('given_back', v_count);
end
$$;

-- As before; what it reserves is under a lease. `reservation` null: nothing was needed, or (`spent`) the day is spent.
drop function public.assist_turn(uuid, uuid, uuid, text, int, int, bigint);
create function public.assist_turn(p_site uuid, p_staff uuid, p_conversation uuid, p_purpose text, p_history int,
  p_reserve int, p_budget bigint, p_lease_seconds int)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones := private.access_conversation(p_site, p_staff, p_conversation);
  v_turn public.turns;
  v_told jsonb;
  v_reservation uuid;
begin
  if p_reserve > 0 then
    v_reservation := private.reserve_of_day(p_site, p_reserve, p_budget, p_lease_seconds);
  end if;
  v_turn.id := private.new_id();
  v_turn.site_id := p_site;
  v_turn.conversacion_id := p_conversation;
  v_turn.webchat_session := private.session_of_conversation(v_conversation);
  v_turn.upto_seq := v_conversation.last_visitor_seq;
  v_turn.owner_epoch := v_conversation.owner_epoch;
  v_turn.fence := 0;
  v_turn.attempt := 1;
  v_told := private.turn_json(v_turn, p_history);
  if v_told is null then
    raise sqlstate 'PT404' using message = 'conversation.not_found';
  end if;
  perform private.audit(p_site, p_staff::text, 'assist.' || p_purpose, p_conversation::text);
  return jsonb_build_object('turn', v_told, 'reservation', v_reservation,
    'spent', p_reserve > 0 and v_reservation is null);
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
