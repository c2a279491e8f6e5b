-- Evaluation cases, runs of them, and the gate they are: what breaks a blocking case is not published by accident.

create table public.eval_cases (
  id uuid primary key default private.new_id(),
  site_id uuid not null references public.sites,
  name text not null check (length(name) between 1 and 200),
  -- The whole case as the API takes it: locale, messages, item, expect. Personal data was masked before it came here.
  body jsonb not null check (jsonb_typeof(body) = 'object'),
  blocking boolean not null default true,
  -- Results count for the revision they were made with.
  revision int not null default 1,
  author text not null,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  archived_at timestamptz,
  unique (site_id, id)
);

create table public.eval_runs (
  id uuid primary key default private.new_id(),
  position bigint not null,
  site_id uuid not null references public.sites,
  numbers int[] not null,
  repeats int not null check (repeats between 1 and 10),
  total int not null,
  state text not null default 'running' check (state in ('running', 'done', 'cancelled', 'failed')),
  error text,
  author text not null,
  created_at timestamptz not null default clock_timestamp(),
  -- A run whose server went away says nothing more.
  heard_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  unique (site_id, id),
  unique (site_id, position)
);

create table public.eval_results (
  run_id uuid not null,
  site_id uuid not null,
  case_id uuid not null,
  revision int not null,
  number int not null,
  repeat int not null,
  passed boolean not null,
  -- checks, text, source, model, input_tokens, output_tokens, cost, ms
  outcome jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (run_id, case_id, number, repeat),
  foreign key (site_id, run_id) references public.eval_runs (site_id, id) on delete cascade,
  foreign key (site_id, case_id) references public.eval_cases (site_id, id) on delete cascade
);
create index eval_results_case on public.eval_results (site_id, case_id, number);

do $$
declare
  t text;
begin
  foreach t in array array['eval_cases', 'eval_runs', 'eval_results'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('revoke all on public.%I from public, anon, authenticated, service_role', t);
    execute format('grant select, insert, update on public.%I to service_role', t);
  end loop;
end
$$;

create function private.case_json(p_case public.eval_cases) returns jsonb
language sql stable
set search_path = ''
as $$
  select p_case.body || jsonb_build_object('id', p_case.id, 'name', p_case.name, 'blocking', p_case.blocking,
    'revision', p_case.revision, 'updated_at', private.iso(p_case.updated_at))
$$;

-- With p_case another version of it: its results begin anew.
create function public.save_eval_case(p_site uuid, p_staff uuid, p_name text, p_body jsonb, p_blocking boolean,
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
    if (select count(*) from public.eval_cases c where c.site_id = p_site and c.archived_at is null) >= 500 then
      raise sqlstate 'PT422' using message = 'eval.too_many', detail = 'a site has at most 500 cases';
    end if;
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
  perform private.audit(p_site, p_staff::text, 'eval.case_saved', v_case.id::text);
  return private.case_json(v_case);
end
$$;

create function public.list_eval_cases(p_site uuid, p_staff uuid) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.access_admin(p_site, p_staff);
  return (
    select coalesce(jsonb_agg(private.case_json(c) order by c.created_at, c.id), '[]')
    from public.eval_cases c where c.site_id = p_site and c.archived_at is null);
end
$$;

create function public.delete_eval_case(p_site uuid, p_staff uuid, p_case uuid) returns jsonb
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
  perform private.audit(p_site, p_staff::text, 'eval.case_deleted', p_case::text);
  return jsonb_build_object('deleted', true);
end
$$;

create function private.run_state(p_run public.eval_runs) returns text
language sql stable
set search_path = ''
as $$
  select case when p_run.state = 'running' and p_run.heard_at < clock_timestamp() - interval '5 minutes'
    then 'interrupted' else p_run.state end
$$;

create function private.run_json(p_run public.eval_runs) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object('id', p_run.id, 'numbers', to_jsonb(p_run.numbers), 'repeats', p_run.repeats,
    'state', private.run_state(p_run), 'error', p_run.error, 'total', p_run.total,
    'done', (select count(*) from public.eval_results r where r.site_id = p_run.site_id and r.run_id = p_run.id),
    'passed', (select count(*) from public.eval_results r
      where r.site_id = p_run.site_id and r.run_id = p_run.id and r.passed),
    'created_at', private.iso(p_run.created_at), 'finished_at', private.iso(p_run.finished_at))
$$;

create function public.begin_eval_run(p_site uuid, p_staff uuid, p_numbers jsonb, p_repeats int, p_total int) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_run public.eval_runs;
begin
  perform private.access_admin(p_site, p_staff);
  perform from public.sites s where s.id = p_site for update;
  if (select count(*) from public.eval_runs r where r.site_id = p_site and private.run_state(r) = 'running') >= 3 then
    raise sqlstate 'PT409' using message = 'eval.busy', detail = 'three runs are under way; wait for one, or cancel it';
  end if;
  insert into public.eval_runs (site_id, position, numbers, repeats, total, author)
  values (p_site, coalesce((select max(r.position) from public.eval_runs r where r.site_id = p_site), 0) + 1, array(select n::int from jsonb_array_elements_text(p_numbers) n), p_repeats, p_total, p_staff::text)
  returning * into v_run;
  perform private.audit(p_site, p_staff::text, 'eval.run', v_run.id::text, jsonb_build_object('numbers', p_numbers));
  return private.run_json(v_run);
end
$$;

-- One result; `go_on` false: the run was cancelled meanwhile.
create function public.store_eval_result(p_site uuid, p_run uuid, p_case uuid, p_revision int, p_number int, p_repeat int,
  p_passed boolean, p_outcome jsonb)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  update public.eval_runs r set heard_at = clock_timestamp()
  where r.site_id = p_site and r.id = p_run and r.state = 'running';
  if not found then
    return jsonb_build_object('go_on', false);
  end if;
  insert into public.eval_results (run_id, site_id, case_id, revision, number, repeat, passed, outcome)
  values (p_run, p_site, p_case, p_revision, p_number, p_repeat, p_passed, p_outcome)
  on conflict do nothing;
  return jsonb_build_object('go_on', true);
end
$$;

create function public.finish_eval_run(p_site uuid, p_run uuid, p_state text, p_error text default null) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  update public.eval_runs r set state = p_state, error = p_error, finished_at = clock_timestamp()
  where r.site_id = p_site and r.id = p_run and r.state = 'running';
  return jsonb_build_object('finished', found);
end
$$;

create function private.find_run(p_site uuid, p_run uuid) returns public.eval_runs
language plpgsql stable
set search_path = ''
as $$
declare
  v_run public.eval_runs;
begin
  select * into v_run from public.eval_runs r where r.site_id = p_site and r.id = p_run;
  if not found then
    raise sqlstate 'PT404' using message = 'eval.run_not_found';
  end if;
  return v_run;
end
$$;

create function public.cancel_eval_run(p_site uuid, p_staff uuid, p_run uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_run public.eval_runs := private.find_run(p_site, p_run);
begin
  perform private.access_admin(p_site, p_staff);
  perform public.finish_eval_run(p_site, p_run, 'cancelled');
  return private.run_json(private.find_run(p_site, p_run));
end
$$;

create function public.list_eval_runs(p_site uuid, p_staff uuid) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.access_admin(p_site, p_staff);
  return (
    select coalesce(jsonb_agg(private.run_json(r) order by r.position desc), '[]')
    from (select * from public.eval_runs r where r.site_id = p_site order by r.position desc limit 50) r);
end
$$;

-- A run with every result, by case.
create function public.get_eval_run(p_site uuid, p_staff uuid, p_run uuid) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_run public.eval_runs := private.find_run(p_site, p_run);
begin
  perform private.access_admin(p_site, p_staff);
  return private.run_json(v_run) || jsonb_build_object('results', (
    select coalesce(jsonb_agg(r.outcome || jsonb_build_object('case_id', r.case_id, 'case', c.name, 'blocking', c.blocking,
      'number', r.number, 'repeat', r.repeat, 'passed', r.passed) order by c.created_at, c.id, r.number, r.repeat), '[]')
    from public.eval_results r join public.eval_cases c on c.site_id = r.site_id and c.id = r.case_id
    where r.site_id = p_site and r.run_id = p_run));
end
$$;

-- Blocking cases that a version has not passed as they stand today: in its newest run of them every repeat must pass.
create function private.failing_cases(p_site uuid, p_number int) returns jsonb
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
      and n.state in ('done', 'running')
    group by r.run_id, n.position
    order by n.position desc limit 1
  ) newest on true
  where c.site_id = p_site and c.blocking and c.archived_at is null and newest.passed is distinct from true
$$;

-- Publishes a version: for everybody, for a share of new conversations, or later. {released, state} or, where blocking
-- cases do not pass and nobody took it upon themselves (p_override, a reason), {released: false, failing}.
create function public.release_prompt(p_site uuid, p_staff uuid, p_number int, p_percent int default 100,
  p_at timestamptz default null, p_reason text default null, p_override text default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_failing jsonb := '[]';
  v_canary int;
begin
  perform private.access_admin(p_site, p_staff);
  perform from public.sites s where s.id = p_site for update;
  if p_number > 0 and (private.find_prompt(p_site, p_number)).archived_at is not null then
    raise sqlstate 'PT409' using message = 'prompt.archived', detail = 'an archived version cannot be published';
  end if;
  v_canary := (private.prompt_state(p_site) #>> '{canary,number}')::int;
  if p_percent < 100 and v_canary <> p_number then
    raise sqlstate 'PT409' using message = 'prompt.other_trial',
      detail = 'another version is being tried: roll it back or publish it first';
  end if;
  v_failing := private.failing_cases(p_site, p_number);
  if v_failing <> '[]' and p_override is null then
    return jsonb_build_object('released', false, 'failing', v_failing);
  end if;
  return jsonb_build_object('released', true, 'state', private.add_release(p_site, p_staff::text, p_number, p_percent, p_at,
    coalesce(p_override, p_reason), nullif(v_failing, '[]')));
end
$$;

-- A conversation as evaluation and replay begin with it; what is personal in it is masked by the server before anybody
-- sees it. The look is audited.
create function public.conversation_for_replay(p_site uuid, p_staff uuid, p_conversation uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones;
begin
  perform private.access_admin(p_site, p_staff);
  v_conversation := private.access_conversation(p_site, p_staff, p_conversation);
  perform private.audit(p_site, p_staff::text, 'conversation.replayed', p_conversation::text);
  return (
    select jsonb_build_object('locale', v_conversation.locale, 'name', k.nombre_completo, 'email', k.email,
      'phone', k.telefono, 'item', v_conversation.taggable_info, 'messages', (
        select coalesce(jsonb_agg(jsonb_build_object('author', m.author, 'text', m.texto, 'seq', m.seq) order by m.seq), '[]')
        from (select * from public.mensajes m where m.site_id = p_site and m.conversacion_id = p_conversation
          and not m.private and m.deleted_at is null and m.author <> 'system' and m.texto <> ''
          order by m.seq limit 200) m))
    from public.contactos k where k.site_id = p_site and k.id = v_conversation.contacto_id);
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
