-- By when a waiting visitor should have an answer. Business hours are arithmetic that the server does; it writes the
-- moment here, so that lists can be filtered by it, and every process and both transports tell the same.

alter table public.conversaciones
  -- 'infinity': the site never opens.
  add column answer_due_at timestamptz,
  -- When it was noticed, so that inboxes are told once.
  add column overdue_at timestamptz,
  -- A seller's first message of this human stretch: what comes after it is measured by the other target.
  add column first_reply_at timestamptz;
create index conversaciones_undated on public.conversaciones (waiting_since)
  where waiting_since is not null and answer_due_at is null;
create index conversaciones_due on public.conversaciones (answer_due_at)
  where answer_due_at is not null and overdue_at is null;

-- A trigger, so that it holds for whatever begins or ends the waiting.
create function private.restart_deadline() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.waiting_since is distinct from old.waiting_since then
    new.answer_due_at := null;
    new.overdue_at := null;
  end if;
  if new.handler = 'assistant' then
    new.first_reply_at := null;
  end if;
  return new;
end
$$;
create trigger conversaciones_deadline
  before update of waiting_since, handler on public.conversaciones
  for each row execute function private.restart_deadline();

-- What the clock alone brings about, in every site; a worker's question. `undated`: whoever waits without a deadline;
-- `changed`: deadlines that have passed, and snoozes that are over, each told once.
create function public.inbox_moments(p_limit int default 200) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones;
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

-- `p_due`: [{conversation, waiting_since, due_at}] as reckoned by the server; `due_at` null: never. What began to wait
-- anew meanwhile keeps none. Returns the conversations that have one now.
create function public.set_deadlines(p_site uuid, p_due jsonb) returns jsonb
language sql volatile
set search_path = ''
as $$
  with dated as (
    update public.conversaciones c set
      answer_due_at = coalesce((d.value ->> 'due_at')::timestamptz, 'infinity'), updated_at = clock_timestamp()
    from jsonb_array_elements(p_due) d
    where c.site_id = p_site and c.id = (d.value ->> 'conversation')::uuid
      and c.waiting_since = (d.value ->> 'waiting_since')::timestamptz and c.answer_due_at is null
    returning c.id)
  select coalesce(jsonb_agg(dated.id), '[]') from dated
$$;

-- As before, with the deadline.
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
    'rating', p_conversation.rating)
$$;

create or replace function private.matches(p_conversation public.conversaciones, p_staff uuid, p_filter jsonb) returns boolean
language sql stable
set search_path = ''
as $$
  select case coalesce(p_filter ->> 'view', 'participant')
      when 'mine' then p_conversation.assignee = p_staff
      when 'unassigned' then p_conversation.handler = 'queue' and p_conversation.assignee is null
      when 'bot' then p_conversation.handler = 'assistant' and p_conversation.status = 'active'
      when 'all' then true
      else exists (
        select from public.conversation_participants p
        where p.conversacion_id = p_conversation.id and p.staff_id = p_staff) end
    and (p_filter ->> 'state' is null or private.conversation_state(p_conversation) = p_filter ->> 'state')
    and (p_filter ->> 'overdue' is null
      or coalesce(p_conversation.answer_due_at <= now(), false) = (p_filter ->> 'overdue')::boolean)
    and (p_filter ->> 'quality' is null or p_conversation.lead_quality = p_filter ->> 'quality')
    and (p_filter ->> 'outcome' is null or p_conversation.outcome = p_filter ->> 'outcome')
    and (p_filter ->> 'tag' is null or p_filter ->> 'tag' = any (p_conversation.tags))
    and (p_filter ->> 'from' is null or p_conversation.last_message_at >= (p_filter ->> 'from')::timestamptz)
    and (p_filter ->> 'to' is null or p_conversation.last_message_at < (p_filter ->> 'to')::timestamptz)
    and (p_filter ->> 'text' is null
      or position(lower(p_filter ->> 'text') in lower(coalesce(p_conversation.taggable_info ->> 'title', ''))) > 0
      or exists (
        select from public.contactos k
        where k.site_id = p_conversation.site_id and k.id = p_conversation.contacto_id
          and position(lower(p_filter ->> 'text') in
            lower(concat_ws(' ', k.nombre_completo, k.email, k.telefono))) > 0)
      or exists (
        select from public.mensajes m
        where m.conversacion_id = p_conversation.id and m.deleted_at is null and m.author <> 'system'
          and position(lower(p_filter ->> 'text') in lower(m.texto)) > 0))
$$;

create or replace function public.staff_counts(p_site uuid, p_staff uuid) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_role text := (private.access_member(p_site, p_staff)).role;
begin
  return (
    select jsonb_build_object(
      'mine', count(*) filter (where c.assignee = p_staff),
      'unassigned', count(*) filter (where c.handler = 'queue' and c.assignee is null),
      'bot', count(*) filter (where c.handler = 'assistant'),
      'all', count(*),
      'overdue', count(*) filter (where c.answer_due_at <= now()))
    from public.conversaciones c
    where c.site_id = p_site and c.status = 'active' and c.last_message_at is not null
      and (c.snoozed_until is null or c.snoozed_until <= now()) and private.may_see(c, p_staff, v_role));
end
$$;

-- As before; but taking over is not answering yet.
create or replace function private.give_to_seller(p_conversation public.conversaciones, p_actor uuid, p_seller uuid, p_reason text)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_turn uuid := private.supersede_turn(p_conversation);
  v_message public.mensajes;
begin
  update public.conversaciones c set
    handler = 'seller', assignee = p_seller, owner_epoch = c.owner_epoch + 1, status = 'active', archived_at = null,
    snoozed_until = null, assigned_at = clock_timestamp(),
    handoff_reason = coalesce(c.handoff_reason, 'seller_takeover'),
    -- Whoever waits for a person goes on waiting until this one writes; so does a visitor whom nobody answered yet.
    waiting_since = case
      when c.handler <> 'assistant' then c.waiting_since
      when c.last_visitor_seq > c.answered_seq then clock_timestamp() end,
    updated_at = clock_timestamp()
  where c.site_id = p_conversation.site_id and c.id = p_conversation.id;
  update public.staff_sites i set last_assigned_at = clock_timestamp()
  where i.site_id = p_conversation.site_id and i.staff_id = p_seller;
  v_message := private.add_system_message(p_conversation, 'agent.joined',
    jsonb_build_object('agent', private.staff_party(p_seller), 'by', p_actor));
  perform private.join_conversation(p_conversation, p_seller);
  perform private.audit(p_conversation.site_id, p_actor::text, p_reason, p_conversation.id::text,
    jsonb_build_object('from', p_conversation.assignee, 'to', p_seller, 'handler', p_conversation.handler));
  return private.owned_json(p_conversation.site_id, p_conversation.id, array[v_message], v_turn, p_seller);
end
$$;

-- As before, and the first message of a human stretch is marked.
create or replace function public.post_seller_message(p_site uuid, p_staff uuid, p_conversation uuid, p_client_message_id text,
  p_body_hash text, p_content text, p_extra jsonb default '{}', p_private boolean default false,
  p_seen_seq bigint default null, p_force boolean default false)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones := private.access_conversation(p_site, p_staff, p_conversation, true);
  v_message public.mensajes;
  v_seq bigint;
  v_parties jsonb := private.parties(p_site, v_conversation.contacto_id);
begin
  select * into v_message from public.mensajes m
  where m.site_id = p_site and m.conversacion_id = p_conversation and m.author = 'seller'
    and m.client_message_id = p_client_message_id;
  if found then
    if v_message.body_hash <> p_body_hash or v_message.datos ->> 'staff_id' <> p_staff::text then
      raise sqlstate 'PT409' using message = 'message.id_reused';
    end if;
    return jsonb_build_object('message', private.message_json(v_message, v_parties), 'duplicate', true,
      'conversation', private.inbox_line(v_conversation));
  end if;
  if not p_private then
    if v_conversation.status = 'blocked' then
      raise sqlstate 'PT409' using message = 'conversation.blocked';
    end if;
    if v_conversation.handler <> 'seller' then
      raise sqlstate 'PT409' using message = 'conversation.not_taken';
    end if;
    if v_conversation.assignee is distinct from p_staff then
      raise sqlstate 'PT409' using message = 'conversation.not_yours',
        detail = (select s.name from public.staff s where s.id = v_conversation.assignee);
    end if;
    if p_seen_seq is not null and not p_force and exists (
      select from public.mensajes m
      where m.conversacion_id = p_conversation and m.seq > p_seen_seq and not m.private
        and m.author in ('seller', 'assistant') and m.datos ->> 'staff_id' is distinct from p_staff::text) then
      raise sqlstate 'PT409' using message = 'message.newer_reply';
    end if;
  end if;
  update public.conversaciones c set
    last_seq = c.last_seq + 1,
    answered_seq = case when p_private then c.answered_seq else c.last_visitor_seq end,
    waiting_since = case when p_private then c.waiting_since end,
    first_reply_at = case when p_private then c.first_reply_at else coalesce(c.first_reply_at, clock_timestamp()) end,
    snoozed_until = case when p_private then c.snoozed_until end,
    last_message_text = case when p_private then c.last_message_text else left(p_content, 200) end,
    last_message_at = case when p_private then c.last_message_at else clock_timestamp() end,
    updated_at = clock_timestamp()
  where c.site_id = p_site and c.id = p_conversation
  returning * into v_conversation;
  insert into public.mensajes (site_id, conversacion_id, seq, direccion, author, texto, datos, private, client_message_id,
    body_hash, delivered_at)
  values (p_site, p_conversation, v_conversation.last_seq, 'saliente', 'seller', p_content,
    jsonb_strip_nulls(p_extra) || jsonb_build_object('author', 'seller', 'staff_id', p_staff,
      'sender', private.staff_party(p_staff)),
    p_private, p_client_message_id, p_body_hash, clock_timestamp())
  returning * into v_message;
  perform private.join_conversation(v_conversation, p_staff);
  perform private.audit(p_site, p_staff::text, case when p_private then 'note.added' else 'message.sent' end,
    v_message.id::text);
  return jsonb_build_object('message', private.message_json(v_message, v_parties), 'duplicate', false,
    'conversation', private.inbox_line(v_conversation));
end
$$;

-- As before, and deadlines follow.
create or replace function public.set_business_hours(p_site uuid, p_staff uuid, p_hours jsonb) returns jsonb
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
  -- Deadlines are reckoned anew.
  update public.conversaciones c set answer_due_at = null, overdue_at = null
  where c.site_id = p_site and c.waiting_since is not null;
  perform private.audit(p_site, p_staff::text, 'site.hours_set', p_site::text);
  return private.site_json(v_site);
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
