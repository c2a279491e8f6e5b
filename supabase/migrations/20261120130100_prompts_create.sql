-- The assistants that a site's admins write: numbered versions that never change, and a log of what was released when.
-- Number 0 is the assistant that the server was shipped with. What is live follows from the log, so that a release for
-- tomorrow needs no job, and going back is one more line.

create table public.prompt_versions (
  id uuid primary key default private.new_id(),
  site_id uuid not null references public.sites,
  number int not null check (number > 0),
  content text not null check (length(content) between 1 and 100000),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  note text not null default '' check (length(note) <= 500),
  base int,
  author text not null,
  created_at timestamptz not null default clock_timestamp(),
  archived_at timestamptz,
  unique (site_id, number)
);

create table public.prompt_releases (
  id uuid primary key default private.new_id(),
  -- Counted under the site's lock: two releases of one moment still have an order.
  position bigint not null,
  site_id uuid not null references public.sites,
  number int not null check (number >= 0),
  -- 100: for everybody. 1 to 99: for that share of new conversations. 0: the trial is over.
  percent int not null check (percent between 0 and 100),
  effective_at timestamptz not null,
  actor text not null,
  reason text,
  rollback boolean not null default false,
  -- The evaluation cases that did not pass, where somebody released it all the same.
  overridden jsonb,
  created_at timestamptz not null default clock_timestamp(),
  cancelled_at timestamptz,
  unique (site_id, position)
);
create index prompt_releases_site on public.prompt_releases (site_id, effective_at desc, position desc);

do $$
declare
  t text;
begin
  foreach t in array array['prompt_versions', 'prompt_releases'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('revoke all on public.%I from public, anon, authenticated, service_role', t);
    execute format('grant select, insert, update on public.%I to service_role', t);
  end loop;
end
$$;

-- What is in force: `live`, a number; `canary`, the number that is tried on a share of new conversations, with the share
-- at each time (`stages`); `scheduled`, what is to come.
create function private.prompt_state(p_site uuid) returns jsonb
language sql stable
set search_path = ''
as $$
  with effective as (
    select r.* from public.prompt_releases r
    where r.site_id = p_site and r.cancelled_at is null and r.effective_at <= clock_timestamp()
  ), live as (
    select * from effective e where e.percent = 100 order by e.effective_at desc, e.position desc limit 1
  ), later as (
    select e.* from effective e
    where not exists (select from live) or (e.effective_at, e.position) > (select l.effective_at, l.position from live l)
  ), newest as (
    select * from later e order by e.effective_at desc, e.position desc limit 1
  )
  select jsonb_build_object(
    'live', coalesce((select l.number from live l), 0),
    'since', (select private.iso(l.effective_at) from live l),
    'canary', (
      select jsonb_build_object('number', n.number, 'percent', n.percent, 'stages', (
        select jsonb_agg(jsonb_build_object('percent', e.percent,
          'since_ms', floor(extract(epoch from e.effective_at) * 1000)::bigint) order by e.effective_at, e.position)
        from later e where e.number = n.number))
      from newest n where n.percent between 1 and 99),
    'scheduled', (
      select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'number', r.number, 'percent', r.percent,
        'at', private.iso(r.effective_at)) order by r.effective_at, r.position), '[]')
      from public.prompt_releases r
      where r.site_id = p_site and r.cancelled_at is null and r.effective_at > clock_timestamp()))
$$;

-- For the workers: what is in force in every site that has released anything.
create function public.prompts_in_force() returns jsonb
language sql stable
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(s.id, private.prompt_state(s.id)), '{}')
  from public.sites s
  where s.disabled_at is null and exists (select from public.prompt_releases r where r.site_id = s.id)
$$;

create function private.prompt_json(p_version public.prompt_versions, p_state jsonb, p_content boolean) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'number', p_version.number, 'sha256', p_version.sha256, 'note', p_version.note, 'base', p_version.base,
    'author', coalesce((select s.name from public.staff s where s.id::text = p_version.author), p_version.author),
    'created_at', private.iso(p_version.created_at),
    'state', case
      when p_version.archived_at is not null then 'archived'
      when (p_state ->> 'live')::int = p_version.number then 'published'
      when (p_state #>> '{canary,number}')::int = p_version.number then 'canary'
      when exists (select from jsonb_array_elements(p_state -> 'scheduled') n where (n ->> 'number')::int = p_version.number)
        then 'scheduled'
      when exists (select from public.prompt_releases r where r.site_id = p_version.site_id
        and r.number = p_version.number and r.cancelled_at is null) then 'archived'
      else 'draft' end)
    || case when p_content then jsonb_build_object('content', p_version.content) else '{}' end
$$;

create function private.find_prompt(p_site uuid, p_number int) returns public.prompt_versions
language plpgsql stable
set search_path = ''
as $$
declare
  v_version public.prompt_versions;
begin
  select * into v_version from public.prompt_versions v where v.site_id = p_site and v.number = p_number;
  if not found then
    raise sqlstate 'PT404' using message = 'prompt.not_found';
  end if;
  return v_version;
end
$$;

-- For the workers.
create function public.prompt_content(p_site uuid, p_number int) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object('content', (private.find_prompt(p_site, p_number)).content)
$$;

create function private.add_prompt(p_site uuid, p_author text, p_content text, p_sha256 text, p_note text, p_base int)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_version public.prompt_versions;
begin
  -- One after the other, so that numbers have no gaps and no doubles.
  perform from public.sites s where s.id = p_site for update;
  select * into v_version from public.prompt_versions v
  where v.site_id = p_site and v.sha256 = p_sha256 and v.archived_at is null order by v.number desc limit 1;
  if found then
    return private.prompt_json(v_version, private.prompt_state(p_site), true) || '{"created": false}';
  end if;
  insert into public.prompt_versions (site_id, number, content, sha256, note, base, author)
  values (p_site, coalesce((select max(v.number) from public.prompt_versions v where v.site_id = p_site), 0) + 1,
    p_content, p_sha256, p_note, p_base, p_author)
  returning * into v_version;
  perform private.audit(p_site, p_author, 'prompt.saved', v_version.number::text);
  return private.prompt_json(v_version, private.prompt_state(p_site), true) || '{"created": true}';
end
$$;

create function public.save_prompt(p_site uuid, p_staff uuid, p_content text, p_sha256 text, p_note text default '',
  p_base int default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  perform private.access_admin(p_site, p_staff);
  return private.add_prompt(p_site, p_staff::text, p_content, p_sha256, p_note, p_base);
end
$$;

create function public.list_prompts(p_site uuid, p_staff uuid) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_state jsonb := private.prompt_state(p_site);
begin
  perform private.access_admin(p_site, p_staff);
  return v_state || jsonb_build_object(
    'data', (
      select coalesce(jsonb_agg(private.prompt_json(v, v_state, false) order by v.number desc), '[]')
      from public.prompt_versions v where v.site_id = p_site),
    'releases', (
      select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'number', r.number, 'percent', r.percent,
        'at', private.iso(r.effective_at), 'reason', r.reason, 'rollback', r.rollback, 'overridden', r.overridden,
        'cancelled', r.cancelled_at is not null,
        'by', coalesce((select s.name from public.staff s where s.id::text = r.actor), r.actor))
        order by r.effective_at desc, r.position desc), '[]')
      from (select * from public.prompt_releases r where r.site_id = p_site
        order by r.effective_at desc, r.position desc limit 50) r));
end
$$;

create function public.get_prompt(p_site uuid, p_staff uuid, p_number int) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.access_admin(p_site, p_staff);
  return private.prompt_json(private.find_prompt(p_site, p_number), private.prompt_state(p_site), true);
end
$$;

create function public.archive_prompt(p_site uuid, p_staff uuid, p_number int) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_version public.prompt_versions := private.find_prompt(p_site, p_number);
  v_state jsonb := private.prompt_state(p_site);
begin
  perform private.access_admin(p_site, p_staff);
  if private.prompt_json(v_version, v_state, false) ->> 'state' in ('published', 'canary', 'scheduled') then
    raise sqlstate 'PT409' using message = 'prompt.in_use', detail = 'publish another version first';
  end if;
  update public.prompt_versions v set archived_at = coalesce(v.archived_at, now())
  where v.site_id = p_site and v.number = p_number
  returning * into v_version;
  perform private.audit(p_site, p_staff::text, 'prompt.archived', p_number::text);
  return private.prompt_json(v_version, v_state, false);
end
$$;

create function private.add_release(p_site uuid, p_actor text, p_number int, p_percent int, p_at timestamptz, p_reason text,
  p_overridden jsonb, p_rollback boolean default false)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  insert into public.prompt_releases (site_id, position, number, percent, effective_at, actor, reason, overridden, rollback)
  values (p_site, coalesce((select max(r.position) from public.prompt_releases r where r.site_id = p_site), 0) + 1,
    p_number, p_percent, greatest(coalesce(p_at, clock_timestamp()), clock_timestamp()), p_actor, p_reason,
    p_overridden, p_rollback);
  perform private.audit(p_site, p_actor, 'prompt.released', p_number::text, jsonb_build_object(
    'percent', p_percent, 'at', private.iso(p_at), 'reason', p_reason, 'overridden', p_overridden));
  return private.prompt_state(p_site);
end
$$;

-- Back to what was before, at once: a trial ends, or the version that was live before this one is live again.
create function public.rollback_prompt(p_site uuid, p_staff uuid, p_reason text default null) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_state jsonb;
  v_release public.prompt_releases;
  v_stack int[] := '{0}';
  v_before int;
begin
  perform private.access_admin(p_site, p_staff);
  perform from public.sites s where s.id = p_site for update;
  v_state := private.prompt_state(p_site);
  if v_state -> 'canary' <> 'null' then
    return private.add_release(p_site, p_staff::text, (v_state #>> '{canary,number}')::int, 0, null, p_reason, null);
  end if;
  -- A rollback is a release too: going back twice goes back two versions, not to and fro.
  for v_release in
    select * from public.prompt_releases r
    where r.site_id = p_site and r.cancelled_at is null and r.percent = 100 and r.effective_at <= clock_timestamp()
    order by r.effective_at, r.position
  loop
    if v_release.rollback then
      v_stack := v_stack[1:cardinality(v_stack) - 1];
    elsif v_stack[cardinality(v_stack)] is distinct from v_release.number then
      v_stack := v_stack || v_release.number;
    end if;
  end loop;
  if cardinality(v_stack) < 2 then
    raise sqlstate 'PT409' using message = 'prompt.nothing_before', detail = 'there is no earlier version';
  end if;
  v_before := v_stack[cardinality(v_stack) - 1];
  perform private.audit(p_site, p_staff::text, 'prompt.rolled_back', v_before::text,
    jsonb_build_object('from', v_state -> 'live', 'reason', p_reason));
  return private.add_release(p_site, p_staff::text, v_before, 100, null, p_reason, null, true);
end
$$;

create function public.cancel_release(p_site uuid, p_staff uuid, p_release uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  perform private.access_admin(p_site, p_staff);
  update public.prompt_releases r set cancelled_at = now()
  where r.site_id = p_site and r.id = p_release and r.cancelled_at is null and r.effective_at > clock_timestamp();
  if not found then
    raise sqlstate 'PT404' using message = 'prompt.release_not_found';
  end if;
  perform private.audit(p_site, p_staff::text, 'prompt.release_cancelled', p_release::text);
  return private.prompt_state(p_site);
end
$$;

-- The operator's way, by the site's slug: what is live (or a number), and a new draft.
create function private.site_of_slug(p_slug text) returns uuid
language plpgsql stable
set search_path = ''
as $$
declare
  v_site uuid;
begin
  select s.id into v_site from public.sites s where s.slug = p_slug;
  if not found then
    raise sqlstate 'PT404' using message = 'site.not_found';
  end if;
  return v_site;
end
$$;

create function public.pull_prompt(p_slug text, p_number int default null) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_site uuid := private.site_of_slug(p_slug);
  v_number int := coalesce(p_number, (private.prompt_state(v_site) ->> 'live')::int);
begin
  return jsonb_build_object('number', v_number, 'content',
    case when v_number > 0 then (private.find_prompt(v_site, v_number)).content end);
end
$$;

create function public.push_prompt(p_slug text, p_content text, p_sha256 text, p_note text) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_site uuid := private.site_of_slug(p_slug);
begin
  return private.add_prompt(v_site, 'operator', p_content, p_sha256, p_note,
    (private.prompt_state(v_site) ->> 'live')::int);
end
$$;

-- How each reply of a conversation was made, for the staff: version, model, sources, and what it took.
create function public.replies_of_conversation(p_site uuid, p_staff uuid, p_conversation uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones := private.access_conversation(p_site, p_staff, p_conversation);
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
      'message_id', m.id, 'seq', m.seq, 'source', m.datos ->> 'source', 'prompt_ref', m.prompt_ref, 'model', t.model,
      'rubric', m.datos #>> '{meta,rubric}', 'failure', t.failure, 'sources', coalesce(m.datos #> '{meta,sources}', '[]'),
      'input_tokens', t.input_tokens, 'output_tokens', t.output_tokens, 'first_text_ms', t.first_text_ms) order by m.seq), '[]')
    from public.mensajes m
    left join public.turns t on t.site_id = m.site_id and t.id = m.turn_id
    where m.site_id = p_site and m.conversacion_id = v_conversation.id and m.author = 'assistant' and m.deleted_at is null);
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
