-- What admins try out costs tokens of the same day as visitors' turns, and is listed; cases are put away and fetched back.

-- Tokens of a site's UTC day that were spent on other things than visitors' turns. They are part of site_usage.used.
create table public.work_usage (
  site_id uuid not null references public.sites,
  day date not null,
  purpose text not null check (purpose in ('playground', 'replay', 'evaluation', 'suggestion', 'summary')),
  pieces int not null default 0,
  tokens bigint not null default 0,
  primary key (site_id, day, purpose)
);
alter table public.work_usage enable row level security;
revoke all on public.work_usage from public, anon, authenticated, service_role;
grant select, insert, update on public.work_usage to service_role;

-- Tokens of the site's day for one piece of work. `reserved_on` null: the day's budget (0: none is set) is spent.
create function public.reserve_work(p_site uuid, p_tokens int, p_budget bigint) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_today date := (now() at time zone 'UTC')::date;
begin
  if p_budget > 0 and p_tokens > p_budget then
    return jsonb_build_object('reserved_on', null);
  end if;
  insert into public.site_usage as u (site_id, day, reserved)
  values (p_site, v_today, p_tokens)
  on conflict (site_id, day) do update set reserved = u.reserved + p_tokens
    where p_budget = 0 or u.used + u.reserved + p_tokens <= p_budget;
  return jsonb_build_object('reserved_on', case when found then v_today end);
end
$$;

-- What a piece of work really took, on the day that it was reserved. Nothing is listed of work that took nothing.
drop function public.settle_assist(uuid, date, int, int);
create function public.settle_work(p_site uuid, p_day date, p_purpose text, p_reserved int, p_used int) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  update public.site_usage u set reserved = greatest(u.reserved - p_reserved, 0), used = u.used + p_used
  where u.site_id = p_site and u.day = p_day;
  if found and p_used > 0 then
    insert into public.work_usage as w (site_id, day, purpose, pieces, tokens)
    values (p_site, p_day, p_purpose, 1, p_used)
    on conflict (site_id, day, purpose) do update set pieces = w.pieces + 1, tokens = w.tokens + p_used;
    return jsonb_build_object('settled', true);
  end if;
  return jsonb_build_object('settled', found);
end
$$;

-- The newest days that anything was spent on, newest first; what no other purpose has is visitors' turns.
create function public.list_usage(p_site uuid, p_staff uuid, p_days int) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.access_admin(p_site, p_staff);
  return (
    select coalesce(jsonb_agg(jsonb_build_object('day', d.day, 'used', d.used, 'reserved', d.reserved,
      'turns', greatest(d.used - coalesce(w.tokens, 0), 0), 'work', coalesce(w.work, '[]')) order by d.day desc), '[]')
    from (
      select * from public.site_usage u where u.site_id = p_site order by u.day desc limit p_days
    ) d
    left join lateral (
      select sum(k.tokens) as tokens,
        jsonb_agg(jsonb_build_object('purpose', k.purpose, 'pieces', k.pieces, 'tokens', k.tokens) order by k.tokens desc)
          as work
      from public.work_usage k where k.site_id = p_site and k.day = d.day
    ) w on true);
end
$$;

create or replace function private.case_json(p_case public.eval_cases) returns jsonb
language sql stable
set search_path = ''
as $$
  select p_case.body || jsonb_build_object('id', p_case.id, 'name', p_case.name, 'blocking', p_case.blocking,
    'revision', p_case.revision, 'updated_at', private.iso(p_case.updated_at),
    'archived_at', private.iso(p_case.archived_at))
$$;

create function private.room_for_case(p_site uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  -- Side by side, two admins would both be the last one.
  perform from public.sites s where s.id = p_site for update;
  if (select count(*) from public.eval_cases c where c.site_id = p_site and c.archived_at is null) >= 500 then
    raise sqlstate 'PT422' using message = 'eval.too_many', detail = 'a site has at most 500 cases';
  end if;
end
$$;

create or replace function public.save_eval_case(p_site uuid, p_staff uuid, p_name text, p_body jsonb, p_blocking boolean,
  p_case uuid default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_case public.eval_cases;
begin
  perform private.access_admin(p_site, p_staff);
  if p_case is null then
    perform private.room_for_case(p_site);
    insert into public.eval_cases (site_id, name, body, blocking, author)
    values (p_site, p_name, p_body, p_blocking, p_staff::text) returning * into v_case;
  else
    update public.eval_cases c set name = p_name, body = p_body, blocking = p_blocking,
      revision = c.revision + case when c.body = p_body then 0 else 1 end, updated_at = clock_timestamp()
    where c.site_id = p_site and c.id = p_case and c.archived_at is null
    returning * into v_case;
    if not found then
      raise sqlstate 'PT404' using message = 'eval.case_not_found';
    end if;
  end if;
  perform private.audit(p_site, p_staff::text, 'eval.case_saved', v_case.id::text,
    jsonb_build_object('revision', v_case.revision, 'blocking', v_case.blocking));
  return private.case_json(v_case);
end
$$;

drop function public.list_eval_cases(uuid, uuid);
create function public.list_eval_cases(p_site uuid, p_staff uuid, p_archived boolean default false) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.access_admin(p_site, p_staff);
  return (
    select coalesce(jsonb_agg(private.case_json(c) order by c.created_at, c.id), '[]')
    from public.eval_cases c where c.site_id = p_site and (c.archived_at is not null) = p_archived);
end
$$;

-- Put away: it is run no more and keeps nobody from publishing. Its results stay, and it can be fetched back.
create or replace function public.delete_eval_case(p_site uuid, p_staff uuid, p_case uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  perform private.access_admin(p_site, p_staff);
  update public.eval_cases c set archived_at = now()
  where c.site_id = p_site and c.id = p_case and c.archived_at is null;
  if not found then
    raise sqlstate 'PT404' using message = 'eval.case_not_found';
  end if;
  perform private.audit(p_site, p_staff::text, 'eval.case_archived', p_case::text);
  return jsonb_build_object('archived', true);
end
$$;

create function public.restore_eval_case(p_site uuid, p_staff uuid, p_case uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_case public.eval_cases;
begin
  perform private.access_admin(p_site, p_staff);
  perform private.room_for_case(p_site);
  update public.eval_cases c set archived_at = null
  where c.site_id = p_site and c.id = p_case and c.archived_at is not null
  returning * into v_case;
  if not found then
    raise sqlstate 'PT404' using message = 'eval.case_not_found';
  end if;
  perform private.audit(p_site, p_staff::text, 'eval.case_restored', p_case::text);
  return private.case_json(v_case);
end
$$;

-- As before, and remembered.
create or replace function public.cancel_eval_run(p_site uuid, p_staff uuid, p_run uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_run public.eval_runs := private.find_run(p_site, p_run);
begin
  perform private.access_admin(p_site, p_staff);
  if (public.finish_eval_run(p_site, p_run, 'cancelled') ->> 'finished')::boolean then
    perform private.audit(p_site, p_staff::text, 'eval.run_cancelled', p_run::text);
  end if;
  return private.run_json(private.find_run(p_site, p_run));
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
