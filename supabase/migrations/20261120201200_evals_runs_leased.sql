-- A run is under a lease, so that one whose server went away is known within half a minute, and under a fence, so that
-- whoever goes on with it does so alone. It knows its cases: what is missing can be played later.

alter table public.eval_runs
  -- [{id, revision}]; null: from before a run knew.
  add column cases jsonb,
  add column fence int not null default 1,
  add column lease_until timestamptz not null default clock_timestamp(),
  drop column heard_at;

create or replace function private.run_state(p_run public.eval_runs) returns text
language sql stable
set search_path = ''
as $$
  select case when p_run.state = 'running' and p_run.lease_until < clock_timestamp() then 'interrupted' else p_run.state end
$$;

create or replace function private.run_json(p_run public.eval_runs) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object('id', p_run.id, 'numbers', to_jsonb(p_run.numbers), 'repeats', p_run.repeats,
    'state', private.run_state(p_run), 'error', p_run.error, 'total', p_run.total,
    'cases', jsonb_array_length(p_run.cases),
    'can_continue', p_run.cases is not null and private.run_state(p_run) not in ('running', 'done'),
    'done', (select count(*) from public.eval_results r where r.site_id = p_run.site_id and r.run_id = p_run.id),
    'passed', (select count(*) from public.eval_results r
      where r.site_id = p_run.site_id and r.run_id = p_run.id and r.passed),
    'by', coalesce((select s.name from public.staff s where s.id::text = p_run.author), p_run.author),
    'created_at', private.iso(p_run.created_at), 'finished_at', private.iso(p_run.finished_at))
$$;

-- Under the lock of the site's row: side by side, two admins would both have the last place.
create function private.room_for_run(p_site uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform from public.sites s where s.id = p_site for update;
  if (select count(*) from public.eval_runs r where r.site_id = p_site and private.run_state(r) = 'running') >= 3 then
    raise sqlstate 'PT409' using message = 'eval.busy', detail = 'three runs are under way; wait for one, or cancel it';
  end if;
end
$$;

-- `fence` is said again with whatever is stored of the run.
drop function public.begin_eval_run(uuid, uuid, jsonb, int, int);
create function public.begin_eval_run(p_site uuid, p_staff uuid, p_numbers jsonb, p_repeats int, p_cases jsonb,
  p_lease_seconds int)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_run public.eval_runs;
begin
  perform private.access_admin(p_site, p_staff);
  perform private.room_for_run(p_site);
  insert into public.eval_runs (site_id, position, numbers, repeats, total, cases, author, lease_until)
  values (p_site, coalesce((select max(r.position) from public.eval_runs r where r.site_id = p_site), 0) + 1,
    array(select n::int from jsonb_array_elements_text(p_numbers) n), p_repeats,
    jsonb_array_length(p_cases) * jsonb_array_length(p_numbers) * p_repeats, p_cases, p_staff::text,
    clock_timestamp() + make_interval(secs => p_lease_seconds))
  returning * into v_run;
  perform private.audit(p_site, p_staff::text, 'eval.run', v_run.id::text,
    jsonb_build_object('numbers', p_numbers, 'cases', jsonb_array_length(p_cases)));
  return private.run_json(v_run) || jsonb_build_object('fence', v_run.fence);
end
$$;

-- What was stopped, broke off or lost its server goes on where it was. `plays`: the cases as they were when it began;
-- `played`: which of them need not be played again.
create function public.continue_eval_run(p_site uuid, p_staff uuid, p_run uuid, p_lease_seconds int) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_run public.eval_runs;
begin
  perform private.access_admin(p_site, p_staff);
  v_run := private.find_run(p_site, p_run);
  if v_run.cases is null or private.run_state(v_run) in ('running', 'done') then
    raise sqlstate 'PT409' using message = 'eval.not_stopped',
      detail = 'only a run that did not come to its end can be continued';
  end if;
  perform private.room_for_run(p_site);
  update public.eval_runs r set state = 'running', error = null, finished_at = null, fence = r.fence + 1,
    lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds)
  where r.site_id = p_site and r.id = p_run and r.fence = v_run.fence and private.run_state(r) not in ('running', 'done')
  returning * into v_run;
  if not found then
    raise sqlstate 'PT409' using message = 'eval.not_stopped', detail = 'somebody else goes on with it already';
  end if;
  perform private.audit(p_site, p_staff::text, 'eval.run_continued', p_run::text);
  return private.run_json(v_run) || jsonb_build_object('fence', v_run.fence,
    'plays', (
      select coalesce(jsonb_agg(e.body || jsonb_build_object('id', e.case_id, 'name', e.name, 'blocking', e.blocking,
        'tags', to_jsonb(e.tags), 'revision', e.revision) order by k.place), '[]')
      from jsonb_array_elements(v_run.cases) with ordinality k (one, place)
      join lateral (
        select * from public.eval_case_edits e
        where e.site_id = p_site and e.case_id = (k.one ->> 'id')::uuid and e.revision = (k.one ->> 'revision')::int
        order by e.place limit 1
      ) e on true),
    'played', (
      select coalesce(jsonb_agg(jsonb_build_array(r.case_id, r.number, r.repeat)), '[]')
      from public.eval_results r where r.site_id = p_site and r.run_id = p_run));
end
$$;

-- `go_on` false: it was cancelled, or another server goes on with it.
create function public.renew_eval_run(p_site uuid, p_run uuid, p_fence int, p_lease_seconds int) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  update public.eval_runs r set
    lease_until = greatest(r.lease_until, clock_timestamp() + make_interval(secs => p_lease_seconds))
  where r.site_id = p_site and r.id = p_run and r.fence = p_fence and r.state = 'running';
  return jsonb_build_object('go_on', found);
end
$$;

drop function public.store_eval_result(uuid, uuid, uuid, int, int, int, boolean, jsonb);
create function public.store_eval_result(p_site uuid, p_run uuid, p_fence int, p_case uuid, p_revision int, p_number int,
  p_repeat int, p_passed boolean, p_outcome jsonb)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  perform from public.eval_runs r
  where r.site_id = p_site and r.id = p_run and r.fence = p_fence and r.state = 'running'
  for no key update;
  if not found then
    return jsonb_build_object('go_on', false);
  end if;
  insert into public.eval_results (run_id, site_id, case_id, revision, number, repeat, passed, outcome)
  values (p_run, p_site, p_case, p_revision, p_number, p_repeat, p_passed, p_outcome)
  on conflict do nothing;
  return jsonb_build_object('go_on', true);
end
$$;

drop function public.finish_eval_run(uuid, uuid, text, text);
create function public.finish_eval_run(p_site uuid, p_run uuid, p_fence int, p_state text, p_error text default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  update public.eval_runs r set state = p_state, error = p_error, finished_at = clock_timestamp()
  where r.site_id = p_site and r.id = p_run and r.fence = p_fence and r.state = 'running';
  return jsonb_build_object('finished', found);
end
$$;

create or replace function public.cancel_eval_run(p_site uuid, p_staff uuid, p_run uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_run public.eval_runs := private.find_run(p_site, p_run);
begin
  perform private.access_admin(p_site, p_staff);
  update public.eval_runs r set state = 'cancelled', error = null, finished_at = clock_timestamp()
  where r.site_id = p_site and r.id = v_run.id and r.state = 'running';
  if found then
    perform private.audit(p_site, p_staff::text, 'eval.run_cancelled', p_run::text);
  end if;
  return private.run_json(private.find_run(p_site, p_run));
end
$$;

-- A run with every result, by case; each case by the name that it had then. `edited`: it has another content by now.
create or replace function public.get_eval_run(p_site uuid, p_staff uuid, p_run uuid) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_run public.eval_runs := private.find_run(p_site, p_run);
begin
  perform private.access_admin(p_site, p_staff);
  return private.run_json(v_run) || jsonb_build_object('results', (
    select coalesce(jsonb_agg(r.outcome || jsonb_build_object('case_id', r.case_id, 'case', coalesce(e.name, c.name),
      'blocking', coalesce(e.blocking, c.blocking), 'revision', r.revision, 'edited', r.revision <> c.revision,
      'number', r.number, 'repeat', r.repeat, 'passed', r.passed) order by c.created_at, c.id, r.number, r.repeat), '[]')
    from public.eval_results r
    join public.eval_cases c on c.site_id = r.site_id and c.id = r.case_id
    left join lateral (
      select x.name, x.blocking from public.eval_case_edits x
      where x.site_id = r.site_id and x.case_id = r.case_id and x.revision = r.revision and x.created_at <= v_run.created_at
      order by x.place desc limit 1
    ) e on true
    where r.site_id = p_site and r.run_id = p_run));
end
$$;

-- As before; of a run under way a case counts as passed once every repeat of it was played, and as failed with the first
-- that fails. One whose server went away counts for nothing until it was continued.
create or replace function private.failing_cases(p_site uuid, p_number int) returns jsonb
language sql stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('case_id', c.id, 'name', c.name,
    'why', case when newest.run_id is null then 'not_run' else 'failed' end) order by c.created_at, c.id), '[]')
  from public.eval_cases c
  left join lateral (
    select r.run_id, bool_and(r.passed) as passed
    from public.eval_results r join public.eval_runs n on n.site_id = r.site_id and n.id = r.run_id
    where r.site_id = p_site and r.case_id = c.id and r.number = p_number and r.revision = c.revision
      and private.run_state(n) in ('done', 'running')
    group by r.run_id, n.position, n.repeats
    having count(*) = n.repeats or not bool_and(r.passed)
    order by n.position desc limit 1
  ) newest on true
  where c.site_id = p_site and c.blocking and c.archived_at is null and newest.passed is distinct from true
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
