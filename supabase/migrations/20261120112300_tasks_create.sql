-- What somebody has to do for a visitor, and by when. A promise in a message is one from the commit of that message on.

create table public.tasks (
  id uuid primary key default private.new_id(),
  site_id uuid not null,
  conversacion_id uuid not null,
  kind text not null check (kind in ('call', 'message', 'confirm', 'other')),
  text text not null check (length(text) between 1 and 1000),
  due_at timestamptz not null,
  -- Null: whoever of the sellers does it first.
  assignee uuid references public.staff on delete set null,
  author text not null check (author in ('assistant', 'seller')),
  created_by uuid references public.staff on delete set null,
  -- The message that promised it.
  message_id uuid,
  overdue_at timestamptz,
  done_at timestamptz,
  done_by uuid references public.staff on delete set null,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  foreign key (site_id, conversacion_id) references public.conversaciones (site_id, id) on delete cascade
);
create index tasks_conversation on public.tasks (site_id, conversacion_id);
create index tasks_open on public.tasks (site_id, due_at, id) where done_at is null;
create index tasks_done on public.tasks (site_id, done_at desc, id desc) where done_at is not null;
create index tasks_assignee on public.tasks (assignee) where assignee is not null;
create index tasks_created_by on public.tasks (created_by) where created_by is not null;
create index tasks_done_by on public.tasks (done_by) where done_by is not null;
-- Said again, it is the same promise with another date.
create unique index tasks_promised on public.tasks (conversacion_id, author, kind)
  where done_at is null and message_id is not null;
alter table public.tasks enable row level security;
revoke all on public.tasks from public, anon, authenticated, service_role;
grant select, insert, update, delete on public.tasks to service_role;

create function private.task_json(p_task public.tasks) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', p_task.id,
    'conversation_uuid', p_task.conversacion_id,
    'kind', p_task.kind,
    'text', p_task.text,
    'due_at', private.iso(p_task.due_at),
    'overdue', p_task.done_at is null and p_task.due_at <= now(),
    'assignee', private.staff_party(p_task.assignee),
    'author', p_task.author,
    'created_by', private.staff_party(p_task.created_by),
    'message_id', p_task.message_id,
    'contact', (
      select jsonb_build_object('uuid', k.id, 'name', k.nombre_completo)
      from public.conversaciones c
      join public.contactos k on k.site_id = c.site_id and k.id = c.contacto_id
      where c.site_id = p_task.site_id and c.id = p_task.conversacion_id),
    'created_at', private.iso(p_task.created_at),
    'done_at', private.iso(p_task.done_at),
    'done_by', private.staff_party(p_task.done_by))
$$;

-- A message that promises (`meta.promise` of the assistant's, `promise` of a seller's: kind, quote, due_at) leaves a task
-- in its own commit. A trigger, so that it holds for whatever stores the message.
create function private.keep_promise() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_promise jsonb := coalesce(new.datos -> 'promise', new.datos #> '{meta,promise}');
  v_seller uuid := case when new.author = 'seller' then (new.datos ->> 'staff_id')::uuid end;
  v_task public.tasks;
begin
  insert into public.tasks (site_id, conversacion_id, kind, text, due_at, assignee, author, created_by, message_id)
  select new.site_id, new.conversacion_id, v_promise ->> 'kind', v_promise ->> 'quote',
    (v_promise ->> 'due_at')::timestamptz, coalesce(v_seller, c.assignee), new.author, v_seller, new.id
  from public.conversaciones c where c.site_id = new.site_id and c.id = new.conversacion_id
  on conflict (conversacion_id, author, kind) where done_at is null and message_id is not null
  do update set text = excluded.text, due_at = excluded.due_at, message_id = excluded.message_id, overdue_at = null,
    assignee = coalesce(excluded.created_by, tasks.assignee), updated_at = clock_timestamp()
  returning * into v_task;
  perform private.audit(new.site_id, coalesce(v_seller::text, new.author), 'task.promised', v_task.id::text,
    jsonb_build_object('kind', v_task.kind));
  return null;
end
$$;
create trigger mensajes_promise
  after insert on public.mensajes
  for each row
  when (new.author in ('assistant', 'seller') and not new.private
    and (new.datos -> 'promise' is not null or new.datos #> '{meta,promise}' is not null))
  execute function private.keep_promise();

-- The task, if it is theirs to see: their own, or of a conversation that they may see.
create function private.access_task(p_site uuid, p_staff uuid, p_task uuid) returns public.tasks
language plpgsql volatile
set search_path = ''
as $$
declare
  v_task public.tasks;
begin
  perform private.access_member(p_site, p_staff);
  select * into v_task from public.tasks t where t.site_id = p_site and t.id = p_task for update;
  if not found then
    raise sqlstate 'PT404' using message = 'task.not_found';
  end if;
  if v_task.assignee is distinct from p_staff then
    perform private.access_conversation(p_site, p_staff, v_task.conversacion_id);
  end if;
  return v_task;
end
$$;

create function private.access_task_holder(p_site uuid, p_staff uuid) returns uuid
language plpgsql stable
set search_path = ''
as $$
begin
  if p_staff is not null and not exists (
    select from public.staff_sites i join public.staff s on s.id = i.staff_id
    where i.site_id = p_site and i.staff_id = p_staff and i.role in ('seller', 'admin') and i.disabled_at is null
      and s.disabled_at is null) then
    raise sqlstate 'PT404' using message = 'staff.not_found';
  end if;
  return p_staff;
end
$$;

-- `p_view`: mine, open, overdue (each soonest first), done (newest first). `p_after` is the last one's {at, id}.
create function public.list_tasks(p_site uuid, p_staff uuid, p_view text, p_conversation uuid default null,
  p_after jsonb default null, p_limit int default 50)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_role text := (private.access_member(p_site, p_staff)).role;
  v_limit int := least(greatest(p_limit, 1), 200);
  v_at timestamptz := (p_after ->> 'at')::timestamptz;
  v_id uuid := (p_after ->> 'id')::uuid;
  v_rows public.tasks[];
begin
  if p_conversation is not null then
    perform private.access_conversation(p_site, p_staff, p_conversation);
  end if;
  select array_agg(r) into v_rows from (
    select t from public.tasks t
    join public.conversaciones c on c.site_id = t.site_id and c.id = t.conversacion_id
    where t.site_id = p_site
      and (t.done_at is not null) = (p_view = 'done')
      and (p_view <> 'mine' or t.assignee = p_staff)
      and (p_view <> 'overdue' or t.due_at <= now())
      and (p_conversation is null or t.conversacion_id = p_conversation)
      and (t.assignee = p_staff or private.may_see(c, p_staff, v_role))
      and (v_id is null
        or (p_view = 'done' and (t.done_at, t.id) < (v_at, v_id))
        or (p_view <> 'done' and (t.due_at, t.id) > (v_at, v_id)))
    order by case when p_view = 'done' then t.done_at end desc, case when p_view = 'done' then t.id end desc,
      t.due_at, t.id
    limit v_limit + 1) x (r);
  perform private.audit(p_site, p_staff::text, 'tasks.listed', null,
    jsonb_build_object('count', least(coalesce(cardinality(v_rows), 0), v_limit)));
  return jsonb_build_object(
    'data', coalesce((
      select jsonb_agg(private.task_json(v_rows[i]) order by i)
      from generate_series(1, least(coalesce(cardinality(v_rows), 0), v_limit)) i), '[]'),
    'next', case when cardinality(v_rows) > v_limit then jsonb_build_object(
      'at', private.iso(coalesce((v_rows[v_limit]).done_at, (v_rows[v_limit]).due_at)),
      'id', (v_rows[v_limit]).id) end);
end
$$;

create function public.add_task(p_site uuid, p_staff uuid, p_conversation uuid, p_kind text, p_text text,
  p_due_at timestamptz, p_assignee uuid default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones := private.access_conversation(p_site, p_staff, p_conversation);
  v_task public.tasks;
begin
  insert into public.tasks (site_id, conversacion_id, kind, text, due_at, assignee, author, created_by)
  values (p_site, v_conversation.id, p_kind, p_text, p_due_at,
    private.access_task_holder(p_site, coalesce(p_assignee, p_staff)), 'seller', p_staff)
  returning * into v_task;
  perform private.audit(p_site, p_staff::text, 'task.added', v_task.id::text, jsonb_build_object('kind', p_kind));
  return private.task_json(v_task);
end
$$;

-- `p_patch`: assignee (null: nobody's), due_at, text; what is not there stays. PT409 task.done: done is done.
create function public.change_task(p_site uuid, p_staff uuid, p_task uuid, p_patch jsonb) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_task public.tasks := private.access_task(p_site, p_staff, p_task);
begin
  if v_task.done_at is not null then
    raise sqlstate 'PT409' using message = 'task.done';
  end if;
  perform private.access_task_holder(p_site, (p_patch ->> 'assignee')::uuid);
  update public.tasks t set
    assignee = case when p_patch ? 'assignee' then (p_patch ->> 'assignee')::uuid else t.assignee end,
    due_at = coalesce((p_patch ->> 'due_at')::timestamptz, t.due_at),
    overdue_at = case when p_patch ->> 'due_at' is not null then null else t.overdue_at end,
    text = coalesce(p_patch ->> 'text', t.text),
    updated_at = clock_timestamp()
  where t.site_id = p_site and t.id = p_task
  returning * into v_task;
  perform private.audit(p_site, p_staff::text, 'task.changed', p_task::text, p_patch - 'text');
  return private.task_json(v_task);
end
$$;

-- Done twice is done once, by whoever was first.
create function public.complete_task(p_site uuid, p_staff uuid, p_task uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_task public.tasks := private.access_task(p_site, p_staff, p_task);
begin
  if v_task.done_at is null then
    update public.tasks t set done_at = clock_timestamp(), done_by = p_staff, updated_at = clock_timestamp()
    where t.site_id = p_site and t.id = p_task
    returning * into v_task;
    perform private.audit(p_site, p_staff::text, 'task.completed', p_task::text);
  end if;
  return private.task_json(v_task);
end
$$;

-- For the streams, after the commit: what a message promised.
create function public.promised_task(p_site uuid, p_message uuid) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object('task', (
    select private.task_json(t) from public.tasks t where t.site_id = p_site and t.message_id = p_message))
$$;

-- As before, with what is to be done.
create or replace function private.inbox_line(p_conversation public.conversaciones) returns jsonb
language sql stable
set search_path = ''
as $$
  select private.conversation_json(p_conversation) || jsonb_build_object(
    'state', private.conversation_state(p_conversation),
    'participants', private.participants_json(p_conversation),
    'assignee', private.staff_party(p_conversation.assignee),
    'contact', (
      select jsonb_build_object('uuid', k.id, 'name', k.nombre_completo, 'email', k.email, 'phone', k.telefono,
        'identity', k.identity)
      from public.contactos k where k.site_id = p_conversation.site_id and k.id = p_conversation.contacto_id),
    'locale', p_conversation.locale,
    'lead_quality', p_conversation.lead_quality,
    'lead_score', p_conversation.lead_score,
    'outcome', p_conversation.outcome,
    'tags', to_jsonb(p_conversation.tags),
    'waiting_since', private.iso(p_conversation.waiting_since),
    'due_at', private.iso(nullif(p_conversation.answer_due_at, 'infinity')),
    'overdue', coalesce(p_conversation.answer_due_at <= now(), false),
    'response', case when p_conversation.waiting_since is not null
      then case when p_conversation.first_reply_at is null then 'first' else 'next' end end,
    'snoozed_until', private.iso(p_conversation.snoozed_until),
    'handoff_reason', p_conversation.handoff_reason,
    'handoff_summary', p_conversation.handoff_summary,
    'tasks', (
      select jsonb_build_object('open', count(*), 'due_at', private.iso(min(t.due_at)),
        'overdue', coalesce(min(t.due_at) <= now(), false))
      from public.tasks t
      where t.site_id = p_conversation.site_id and t.conversacion_id = p_conversation.id and t.done_at is null),
    'rating', p_conversation.rating)
$$;

-- As before, and tasks become overdue.
create or replace function public.inbox_moments(p_limit int default 200) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones;
  v_task public.tasks;
  v_changed jsonb := '[]';
begin
  for v_conversation in
    select c.* from public.conversaciones c
    where (c.answer_due_at <= now() and c.overdue_at is null and c.status = 'active'
        and (c.snoozed_until is null or c.snoozed_until <= now()))
      or c.snoozed_until <= now()
    order by c.id
    limit p_limit
    for update skip locked
  loop
    update public.conversaciones c set
      overdue_at = case when c.answer_due_at <= now() then coalesce(c.overdue_at, clock_timestamp()) end,
      snoozed_until = case when c.snoozed_until > now() then c.snoozed_until end,
      updated_at = clock_timestamp()
    where c.site_id = v_conversation.site_id and c.id = v_conversation.id;
    perform private.audit(v_conversation.site_id, 'clock',
      case when v_conversation.snoozed_until <= now() then 'conversation.woken' else 'conversation.overdue' end,
      v_conversation.id::text);
    v_changed := v_changed || jsonb_build_object('site', v_conversation.site_id, 'conversation', v_conversation.id);
  end loop;
  for v_task in
    update public.tasks t set overdue_at = clock_timestamp(), updated_at = clock_timestamp()
    where t.id in (
      select o.id from public.tasks o
      where o.due_at <= now() and o.done_at is null and o.overdue_at is null
      order by o.due_at
      limit p_limit
      for update skip locked)
    returning t.*
  loop
    perform private.audit(v_task.site_id, 'clock', 'task.overdue', v_task.id::text);
    v_changed := v_changed || jsonb_build_object('site', v_task.site_id, 'conversation', v_task.conversacion_id);
  end loop;
  return jsonb_build_object('changed', v_changed, 'undated', (
    select coalesce(jsonb_agg(jsonb_build_object('site', w.site_id, 'conversation', w.id,
      'waiting_since', private.iso(w.waiting_since), 'first', w.first_reply_at is null)), '[]')
    from (
      select c.site_id, c.id, c.waiting_since, c.first_reply_at
      from public.conversaciones c
      join public.sites s on s.id = c.site_id and s.disabled_at is null
      where c.waiting_since is not null and c.answer_due_at is null and c.status = 'active'
      order by c.waiting_since
      limit p_limit) w));
end
$$;

-- As before, and what somebody had to do is everybody's again.
create or replace function private.release_conversations() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  update public.conversaciones c set
    handler = case when c.handler = 'seller' then 'queue' else c.handler end, assignee = null, assigned_at = null,
    owner_epoch = c.owner_epoch + case when c.handler = 'seller' then 1 else 0 end,
    waiting_since = coalesce(c.waiting_since, clock_timestamp()),
    updated_at = clock_timestamp()
  where c.site_id = new.site_id and c.assignee = new.staff_id;
  update public.tasks t set assignee = null, updated_at = clock_timestamp()
  where t.site_id = new.site_id and t.assignee = new.staff_id and t.done_at is null;
  return new;
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
