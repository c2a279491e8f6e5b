-- The inbox: who of the staff takes part in a conversation, who may see it, and how a line of the list looks.

alter table public.conversaciones
  add column tags text[] not null default '{}',
  add column snoozed_until timestamptz,
  add column assigned_at timestamptz,
  add constraint conversaciones_outcome check (outcome in ('pending', 'visit_scheduled', 'offer_made', 'purchased',
    'not_interested', 'item_sold'));
create index conversaciones_inbox on public.conversaciones (site_id, last_message_at desc nulls last, id desc);
create index conversaciones_waiting on public.conversaciones (site_id, waiting_since) where waiting_since is not null;
create index conversaciones_assignee on public.conversaciones (assignee) where assignee is not null;
create index conversaciones_snoozed on public.conversaciones (snoozed_until) where snoozed_until is not null;

-- Seed 004's pivot. What is unread follows from `last_read_seq`, so that no counter can drift.
create table public.conversation_participants (
  site_id uuid not null,
  conversacion_id uuid not null,
  staff_id uuid not null references public.staff on delete cascade,
  last_read_seq bigint not null default 0,
  last_read_at timestamptz,
  joined_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (conversacion_id, staff_id),
  foreign key (site_id, conversacion_id) references public.conversaciones (site_id, id) on delete cascade
);
create index mensajes_unseen on public.mensajes (conversacion_id, seq) where read_at is null and author = 'visitor';
create index conversation_participants_staff on public.conversation_participants (staff_id, conversacion_id);
alter table public.conversation_participants enable row level security;
revoke all on public.conversation_participants from public, anon, authenticated, service_role;
grant select, insert, update, delete on public.conversation_participants to service_role;

-- A visitor who writes ends a snooze. A trigger, so that it holds for whatever stores a visitor's message.
create function private.wake_conversation() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.snoozed_until := null;
  return new;
end
$$;
create trigger conversaciones_wake
  before update of last_visitor_seq on public.conversaciones
  for each row
  when (new.snoozed_until is not null and new.last_visitor_seq > old.last_visitor_seq)
  execute function private.wake_conversation();

-- Admins see all of their site. Sellers see what nobody has, and what they take or took part in; what another seller
-- has, or closed, is not theirs.
create function private.may_see(p_conversation public.conversaciones, p_staff uuid, p_role text) returns boolean
language sql stable
set search_path = ''
as $$
  select p_role = 'admin'
    or (p_role = 'seller' and (
      p_conversation.assignee = p_staff
      or (p_conversation.assignee is null and p_conversation.status = 'active')
      or exists (
        select from public.conversation_participants p
        where p.conversacion_id = p_conversation.id and p.staff_id = p_staff)))
$$;

-- 404 for what is not in the site, 403 for what is there and not theirs (seeds 001 and 004).
create function private.access_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_lock boolean default false)
returns public.conversaciones
language plpgsql volatile
set search_path = ''
as $$
declare
  v_in public.staff_sites := private.access_member(p_site, p_staff);
  v_conversation public.conversaciones;
begin
  if p_lock then
    select * into v_conversation from public.conversaciones c
    where c.site_id = p_site and c.id = p_conversation for update;
  else
    select * into v_conversation from public.conversaciones c where c.site_id = p_site and c.id = p_conversation;
  end if;
  if v_conversation.id is null then
    raise sqlstate 'PT404' using message = 'conversation.not_found';
  end if;
  if not private.may_see(v_conversation, p_staff, v_in.role) then
    raise sqlstate 'PT403' using message = 'conversation.not_participant';
  end if;
  return v_conversation;
end
$$;

create function private.staff_party(p_staff uuid) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object('uuid', s.id, 'name', s.name, 'avatar', s.avatar) from public.staff s where s.id = p_staff
$$;

-- What a list filters by and a badge shows.
create function private.conversation_state(p_conversation public.conversaciones) returns text
language sql stable
set search_path = ''
as $$
  select case
    when p_conversation.status = 'blocked' then 'blocked'
    when p_conversation.status = 'archived' then 'closed'
    when p_conversation.snoozed_until > now() then 'snoozed'
    when p_conversation.handler = 'seller' then 'open'
    when p_conversation.handler = 'queue' then 'waiting'
    else 'bot' end
$$;

create function private.unread_of(p_conversation uuid, p_after bigint) returns bigint
language sql stable
set search_path = ''
as $$
  select count(*) from public.mensajes m
  where m.conversacion_id = p_conversation and m.seq > p_after and m.author = 'visitor' and m.deleted_at is null
$$;

-- The visitor first, then staff: seed 004's participants.
create function private.participants_json(p_conversation public.conversaciones) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_array((
    select jsonb_build_object('uuid', k.id, 'name', coalesce(k.nombre_completo, ''), 'email', k.email, 'type', 'visitor',
      'pivot', jsonb_build_object(
        'conversation_id', private.number_of(p_conversation.id), 'user_id', private.number_of(k.id),
        'unread_count', (
          select count(*) from public.mensajes m
          where m.conversacion_id = p_conversation.id and m.read_at is null and m.author in ('assistant', 'seller')
            and not m.private),
        'last_read_at', (
          select private.iso(max(m.read_at)) from public.mensajes m
          where m.conversacion_id = p_conversation.id and m.author in ('assistant', 'seller')),
        'joined_at', private.iso(p_conversation.created_at),
        'created_at', private.iso(p_conversation.created_at),
        'updated_at', private.iso(p_conversation.updated_at)))
    from public.contactos k where k.site_id = p_conversation.site_id and k.id = p_conversation.contacto_id))
  || coalesce((
    select jsonb_agg(jsonb_build_object('uuid', s.id, 'name', s.name, 'email', s.email, 'type', 'staff',
      'pivot', jsonb_build_object(
        'conversation_id', private.number_of(p.conversacion_id), 'user_id', private.number_of(s.id),
        'unread_count', private.unread_of(p.conversacion_id, p.last_read_seq),
        'last_read_at', private.iso(p.last_read_at), 'joined_at', private.iso(p.joined_at),
        'created_at', private.iso(p.created_at), 'updated_at', private.iso(p.updated_at))) order by p.joined_at, s.id)
    from public.conversation_participants p join public.staff s on s.id = p.staff_id
    where p.conversacion_id = p_conversation.id), '[]')
$$;

-- A line of the inbox: seed 004's object, and what our sellers need beside it.
create function private.inbox_line(p_conversation public.conversaciones) returns jsonb
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
    'snoozed_until', private.iso(p_conversation.snoozed_until),
    'handoff_reason', p_conversation.handoff_reason,
    'handoff_summary', p_conversation.handoff_summary,
    'rating', p_conversation.rating)
$$;

-- `p_filter`: view (participant | mine | unassigned | bot | all), state, quality, outcome, tag, from, to, text.
create function private.matches(p_conversation public.conversaciones, p_staff uuid, p_filter jsonb) returns boolean
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

-- A page of the list: newest message first, or longest waiting first. `p_after` is the last line's {at, uuid}.
create function public.staff_conversations(p_site uuid, p_staff uuid, p_filter jsonb, p_sort text default 'newest',
  p_after jsonb default null, p_limit int default 50)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_role text := (private.access_member(p_site, p_staff)).role;
  v_limit int := least(greatest(p_limit, 1), 200);
  v_rows public.conversaciones[];
  v_at timestamptz := (p_after ->> 'at')::timestamptz;
  v_id uuid := (p_after ->> 'uuid')::uuid;
  v_last public.conversaciones;
begin
  if p_sort = 'waiting' then
    select array_agg(r) into v_rows from (
      select c from public.conversaciones c
      where c.site_id = p_site and c.waiting_since is not null
        and (v_id is null or (c.waiting_since, c.id) > (v_at, v_id))
        and private.may_see(c, p_staff, v_role) and private.matches(c, p_staff, p_filter)
      order by c.waiting_since, c.id limit v_limit + 1) x (r);
  else
    select array_agg(r) into v_rows from (
      select c from public.conversaciones c
      where c.site_id = p_site and c.last_message_at is not null
        and (v_id is null or (c.last_message_at, c.id) < (v_at, v_id))
        and private.may_see(c, p_staff, v_role) and private.matches(c, p_staff, p_filter)
      order by c.last_message_at desc nulls last, c.id desc limit v_limit + 1) x (r);
  end if;
  if cardinality(v_rows) > v_limit then
    v_last := v_rows[v_limit];
  end if;
  perform private.audit(p_site, p_staff::text, 'conversations.listed', null,
    jsonb_build_object('count', least(coalesce(cardinality(v_rows), 0), v_limit)));
  return jsonb_build_object(
    'data', coalesce((
      select jsonb_agg(private.inbox_line(v_rows[i]) order by i)
      from generate_series(1, least(coalesce(cardinality(v_rows), 0), v_limit)) i), '[]'),
    'next', case when v_last.id is not null then jsonb_build_object(
      'at', private.iso(case when p_sort = 'waiting' then v_last.waiting_since else v_last.last_message_at end),
      'uuid', v_last.id) end);
end
$$;

-- How many there are in each view, and how much is unread: the badges.
create function public.staff_counts(p_site uuid, p_staff uuid) returns jsonb
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
      'all', count(*))
    from public.conversaciones c
    where c.site_id = p_site and c.status = 'active' and c.last_message_at is not null
      and (c.snoozed_until is null or c.snoozed_until <= now()) and private.may_see(c, p_staff, v_role));
end
$$;

create function public.staff_unread(p_site uuid, p_staff uuid) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.access_member(p_site, p_staff);
  return (
    select jsonb_build_object('unread_count', coalesce(sum(n), 0), 'conversations', count(*) filter (where n > 0))
    from (
      select private.unread_of(p.conversacion_id, p.last_read_seq) n
      from public.conversation_participants p
      join public.conversaciones c on c.site_id = p.site_id and c.id = p.conversacion_id
      where p.site_id = p_site and p.staff_id = p_staff and c.status = 'active') u);
end
$$;

-- One conversation, opened. Whoever opens it sees personal data: that is written down.
create function public.staff_conversation(p_site uuid, p_staff uuid, p_conversation uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones := private.access_conversation(p_site, p_staff, p_conversation);
begin
  perform private.audit(p_site, p_staff::text, 'conversation.viewed', p_conversation::text);
  return private.inbox_line(v_conversation) || jsonb_build_object('visits', (
    select coalesce(jsonb_agg(jsonb_build_object(
      'page', s.datos -> 'page', 'touch', s.datos -> 'touch', 'location', s.datos -> 'location',
      'events', s.datos -> 'events', 'attributes', s.datos -> 'attributes',
      'last_activity', private.iso(s.last_activity)) order by s.last_activity desc), '[]')
    from public.webchat_sessions s where s.site_id = p_site and s.conversacion_id = p_conversation));
end
$$;

-- Messages, notes included, oldest first, in pages both ways: after a position, or before one. Without either, the newest.
create function public.staff_messages(p_site uuid, p_staff uuid, p_conversation uuid, p_after bigint default null,
  p_before bigint default null, p_limit int default 100)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones := private.access_conversation(p_site, p_staff, p_conversation);
  v_parties jsonb := private.parties(p_site, v_conversation.contacto_id);
  v_limit int := least(greatest(p_limit, 1), 500);
  v_messages jsonb;
  v_more boolean;
begin
  if p_after is null and p_before is null then
    perform private.audit(p_site, p_staff::text, 'conversation.viewed', p_conversation::text);
  end if;
  if p_after is not null then
    select coalesce(jsonb_agg(private.message_json(m, v_parties) order by m.seq), '[]') into v_messages
    from (
      select * from public.mensajes m
      where m.site_id = p_site and m.conversacion_id = p_conversation and m.seq > p_after
        and m.seq < coalesce(p_before, 9223372036854775807)
      order by m.seq limit v_limit + 1) m;
    v_more := jsonb_array_length(v_messages) > v_limit;
    v_messages := case when v_more then v_messages - v_limit else v_messages end;
  else
    select coalesce(jsonb_agg(private.message_json(m, v_parties) order by m.seq), '[]') into v_messages
    from (
      select * from public.mensajes m
      where m.site_id = p_site and m.conversacion_id = p_conversation
        and m.seq < coalesce(p_before, 9223372036854775807)
      order by m.seq desc limit v_limit + 1) m;
    v_more := jsonb_array_length(v_messages) > v_limit;
    v_messages := case when v_more then v_messages - 0 else v_messages end;
  end if;
  return jsonb_build_object('data', v_messages, 'conversation', private.conversation_json(v_conversation),
    'last_seq', v_conversation.last_seq, 'has_more', v_more);
end
$$;

-- For an open stream, and for typing: may this member of the staff follow the conversation, and how far is it?
create function public.staff_sees(p_site uuid, p_staff uuid, p_conversation uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones := private.access_conversation(p_site, p_staff, p_conversation);
begin
  return jsonb_build_object('last_seq', v_conversation.last_seq, 'takes_part', exists (
    select from public.conversation_participants p
    where p.conversacion_id = p_conversation and p.staff_id = p_staff));
end
$$;

-- Lines for open inboxes: which of these conversations changed, and which of these members of the staff may see each.
create function public.inbox_lines(p_site uuid, p_conversations jsonb, p_staff jsonb) returns jsonb
language sql stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'conversation', private.inbox_line(c),
    'seen_by', (
      select coalesce(jsonb_agg(i.staff_id), '[]')
      from public.staff_sites i
      where i.site_id = p_site and i.disabled_at is null and p_staff ? i.staff_id::text
        and private.may_see(c, i.staff_id, i.role)))), '[]')
  from public.conversaciones c
  where c.site_id = p_site and p_conversations ? c.id::text
$$;

-- PUT /read: this member of the staff has seen everything up to a position; the visitor's messages get their tick when
-- it is somebody who takes part.
create function public.staff_read(p_site uuid, p_staff uuid, p_conversation uuid, p_up_to_seq bigint default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones := private.access_conversation(p_site, p_staff, p_conversation);
  v_now timestamptz := clock_timestamp();
  v_upto bigint := least(coalesce(p_up_to_seq, v_conversation.last_seq), v_conversation.last_seq);
  v_marked bigint;
  v_row public.conversation_participants;
begin
  update public.conversation_participants p set
    last_read_seq = greatest(p.last_read_seq, v_upto), last_read_at = v_now, updated_at = v_now
  where p.conversacion_id = p_conversation and p.staff_id = p_staff
  returning * into v_row;
  if found then
    with marked as (
      update public.mensajes m set read_at = v_now, estado = 'read'
      where m.site_id = p_site and m.conversacion_id = p_conversation and m.seq <= v_upto
        and m.read_at is null and m.author = 'visitor'
      returning m.seq)
    select max(seq) into v_marked from marked;
  end if;
  return jsonb_build_object('conversation_uuid', p_conversation, 'up_to_seq', v_marked, 'at', private.iso(v_now),
    'unread_count', case when v_row.staff_id is null then 0
      else private.unread_of(p_conversation, v_row.last_read_seq) end);
end
$$;
