-- What became of each case: every edit as it left the case, who made it and when. Results name the revision that they
-- were made with, so that an old run still shows the case as it was.

alter table public.eval_cases
  -- Beside the body: other tags make no other case.
  add column tags text[] not null default '{}';

create table public.eval_case_edits (
  site_id uuid not null,
  case_id uuid not null,
  place int not null,
  act text not null check (act in ('created', 'edited', 'archived', 'restored')),
  revision int not null,
  name text not null,
  body jsonb not null,
  blocking boolean not null,
  tags text[] not null,
  author text not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (site_id, case_id, place),
  foreign key (site_id, case_id) references public.eval_cases (site_id, id) on delete cascade
);
alter table public.eval_case_edits enable row level security;
revoke all on public.eval_case_edits from public, anon, authenticated, service_role;
-- Nobody rewrites history.
grant select, insert on public.eval_case_edits to service_role;

-- Of cases that are older than their history: as they stand.
insert into public.eval_case_edits (site_id, case_id, place, act, revision, name, body, blocking, tags, author, created_at)
select c.site_id, c.id, 1, 'created', c.revision, c.name, c.body, c.blocking, c.tags, c.author, c.updated_at
from public.eval_cases c;

-- Under the lock of the case's row.
create function private.note_case_edit(p_case public.eval_cases, p_act text, p_author text) returns void
language sql volatile
set search_path = ''
as $$
  insert into public.eval_case_edits (site_id, case_id, place, act, revision, name, body, blocking, tags, author)
  select p_case.site_id, p_case.id, 1 + coalesce(max(e.place), 0), p_act, p_case.revision, p_case.name, p_case.body,
    p_case.blocking, p_case.tags, p_author
  from public.eval_case_edits e where e.site_id = p_case.site_id and e.case_id = p_case.id
$$;

create or replace function private.case_json(p_case public.eval_cases) returns jsonb
language sql stable
set search_path = ''
as $$
  select p_case.body || jsonb_build_object('id', p_case.id, 'name', p_case.name, 'blocking', p_case.blocking,
    'tags', to_jsonb(p_case.tags), 'revision', p_case.revision, 'updated_at', private.iso(p_case.updated_at),
    'archived_at', private.iso(p_case.archived_at))
$$;

-- With p_case another version of it: with another body its results begin anew. The same again leaves no trace.
drop function public.save_eval_case(uuid, uuid, text, jsonb, boolean, uuid);
create function public.save_eval_case(p_site uuid, p_staff uuid, p_name text, p_body jsonb, p_blocking boolean,
  p_tags jsonb default '[]', p_case uuid default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_case public.eval_cases;
  v_tags text[] := array(select t from jsonb_array_elements_text(p_tags) t);
begin
  perform private.access_admin(p_site, p_staff);
  if p_case is null then
    perform private.room_for_case(p_site);
    insert into public.eval_cases (site_id, name, body, blocking, tags, author)
    values (p_site, p_name, p_body, p_blocking, v_tags, p_staff::text) returning * into v_case;
  else
    select * into v_case from public.eval_cases c
    where c.site_id = p_site and c.id = p_case and c.archived_at is null
    for update;
    if not found then
      raise sqlstate 'PT404' using message = 'eval.case_not_found';
    end if;
    if (v_case.name, v_case.body, v_case.blocking, v_case.tags) = (p_name, p_body, p_blocking, v_tags) then
      return private.case_json(v_case);
    end if;
    update public.eval_cases c set name = p_name, body = p_body, blocking = p_blocking, tags = v_tags,
      revision = c.revision + case when c.body = p_body then 0 else 1 end, updated_at = clock_timestamp()
    where c.site_id = p_site and c.id = p_case
    returning * into v_case;
  end if;
  perform private.note_case_edit(v_case, case when p_case is null then 'created' else 'edited' end, p_staff::text);
  perform private.audit(p_site, p_staff::text, 'eval.case_saved', v_case.id::text,
    jsonb_build_object('revision', v_case.revision, 'blocking', v_case.blocking));
  return private.case_json(v_case);
end
$$;

create or replace function public.delete_eval_case(p_site uuid, p_staff uuid, p_case uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_case public.eval_cases;
begin
  perform private.access_admin(p_site, p_staff);
  update public.eval_cases c set archived_at = now()
  where c.site_id = p_site and c.id = p_case and c.archived_at is null
  returning * into v_case;
  if not found then
    raise sqlstate 'PT404' using message = 'eval.case_not_found';
  end if;
  perform private.note_case_edit(v_case, 'archived', p_staff::text);
  perform private.audit(p_site, p_staff::text, 'eval.case_archived', p_case::text);
  return jsonb_build_object('archived', true);
end
$$;

create or replace function public.restore_eval_case(p_site uuid, p_staff uuid, p_case uuid) returns jsonb
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
  perform private.note_case_edit(v_case, 'restored', p_staff::text);
  perform private.audit(p_site, p_staff::text, 'eval.case_restored', p_case::text);
  return private.case_json(v_case);
end
$$;

-- The newest 200 edits, newest first, each with the whole case as it was after it.
create function public.eval_case_history(p_site uuid, p_staff uuid, p_case uuid) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.access_admin(p_site, p_staff);
  if not exists (select from public.eval_cases c where c.site_id = p_site and c.id = p_case) then
    raise sqlstate 'PT404' using message = 'eval.case_not_found';
  end if;
  return (
    select coalesce(jsonb_agg(e.body || jsonb_build_object('place', e.place, 'act', e.act, 'revision', e.revision,
      'name', e.name, 'blocking', e.blocking, 'tags', to_jsonb(e.tags),
      'by', coalesce((select s.name from public.staff s where s.id::text = e.author), e.author),
      'at', private.iso(e.created_at)) order by e.place desc), '[]')
    from (
      select * from public.eval_case_edits e where e.site_id = p_site and e.case_id = p_case
      order by e.place desc limit 200
    ) e);
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
