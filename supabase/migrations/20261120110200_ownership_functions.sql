-- Who has a conversation: the assistant, the queue, or one seller. Every change takes the conversation's lock, raises its
-- epoch where the assistant could be writing, and leaves a system message, so that its place in the order is known.

create function private.join_conversation(p_conversation public.conversaciones, p_staff uuid) returns void
language sql volatile
set search_path = ''
as $$
  insert into public.conversation_participants (site_id, conversacion_id, staff_id, last_read_seq, last_read_at)
  values (p_conversation.site_id, p_conversation.id, p_staff, p_conversation.last_seq, now())
  on conflict (conversacion_id, staff_id) do nothing
$$;

-- The reply that is being written will not be stored any more: its turn ends here, and what it had reserved goes back.
create function private.supersede_turn(p_conversation public.conversaciones) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_turn public.turns;
begin
  update public.turns t set state = 'superseded', finished_at = clock_timestamp()
  where t.site_id = p_conversation.site_id and t.conversacion_id = p_conversation.id and t.state = 'running'
  returning * into v_turn;
  if found then
    perform private.settle_tokens(v_turn, 0);
  end if;
  return v_turn.id;
end
$$;

-- What an act of ownership answers: the line as it is now, the messages it left, and the reply it cut off.
create function private.owned_json(p_site uuid, p_conversation uuid, p_messages public.mensajes[], p_turn uuid default null,
  p_agent uuid default null, p_changed boolean default true)
returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'changed', p_changed,
    'conversation', private.inbox_line(c),
    'agent', private.staff_party(p_agent),
    'superseded_turn', p_turn,
    'messages', (
      select coalesce(jsonb_agg(private.message_json(m, private.parties(p_site, c.contacto_id)) order by m.seq), '[]')
      from unnest(p_messages) m))
  from public.conversaciones c where c.site_id = p_site and c.id = p_conversation
$$;

create function private.give_to_seller(p_conversation public.conversaciones, p_actor uuid, p_seller uuid, p_reason text)
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
    -- A visitor whom nobody answered yet goes on waiting, now for this seller.
    waiting_since = case when c.last_visitor_seq > c.answered_seq
      then coalesce(c.waiting_since, clock_timestamp()) end,
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

-- Of two who reach for it, one wins, and the other learns who did. Taking what one has already changes nothing.
create function public.take_over(p_site uuid, p_staff uuid, p_conversation uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones;
  v_role text := (private.access_member(p_site, p_staff)).role;
begin
  select * into v_conversation from public.conversaciones c
  where c.site_id = p_site and c.id = p_conversation for update;
  if not found then
    raise sqlstate 'PT404' using message = 'conversation.not_found';
  end if;
  if v_conversation.handler = 'seller' and v_conversation.assignee = p_staff then
    return private.owned_json(p_site, p_conversation, '{}', null, p_staff, false);
  end if;
  -- Before the question whether they may see it: whoever just lost the race is told, not turned away.
  if v_conversation.handler = 'seller' and v_conversation.assignee is not null and v_role <> 'admin' then
    raise sqlstate 'PT409' using message = 'conversation.taken_over',
      detail = (select s.name from public.staff s where s.id = v_conversation.assignee);
  end if;
  if not private.may_see(v_conversation, p_staff, v_role) then
    raise sqlstate 'PT403' using message = 'conversation.not_participant';
  end if;
  if v_conversation.status = 'blocked' then
    raise sqlstate 'PT409' using message = 'conversation.blocked';
  end if;
  return private.give_to_seller(v_conversation, p_staff, p_staff, 'conversation.taken_over');
end
$$;

-- The conversation, if it is theirs to steer: its seller's, or an admin's.
create function private.own_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_unowned_too boolean default false)
returns public.conversaciones
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones := private.access_conversation(p_site, p_staff, p_conversation, true);
begin
  if v_conversation.assignee is distinct from p_staff
    and not (p_unowned_too and v_conversation.assignee is null)
    and (private.access_member(p_site, p_staff)).role <> 'admin' then
    raise sqlstate 'PT409' using message = 'conversation.not_yours',
      detail = (select s.name from public.staff s where s.id = v_conversation.assignee);
  end if;
  return v_conversation;
end
$$;

-- To another seller; from the queue or the assistant too.
create function public.assign_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_to uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones;
begin
  if p_to = p_staff then
    return public.take_over(p_site, p_staff, p_conversation);
  end if;
  v_conversation := private.own_conversation(p_site, p_staff, p_conversation, true);
  if v_conversation.status = 'blocked' then
    raise sqlstate 'PT409' using message = 'conversation.blocked';
  end if;
  if not exists (
    select from public.staff_sites i join public.staff s on s.id = i.staff_id
    where i.site_id = p_site and i.staff_id = p_to and i.role in ('seller', 'admin') and i.disabled_at is null
      and s.disabled_at is null) then
    raise sqlstate 'PT404' using message = 'staff.not_found';
  end if;
  if v_conversation.handler = 'seller' and v_conversation.assignee = p_to then
    return private.owned_json(p_site, p_conversation, '{}', null, p_to, false);
  end if;
  return private.give_to_seller(v_conversation, p_staff, p_to, 'conversation.assigned');
end
$$;

-- The session whose visitor is answered: the one used last.
create function private.session_of_conversation(p_conversation public.conversaciones) returns uuid
language sql stable
set search_path = ''
as $$
  select s.id from public.webchat_sessions s
  where s.site_id = p_conversation.site_id and s.conversacion_id = p_conversation.id
  order by s.last_activity desc, s.id desc limit 1
$$;

-- Back to the assistant. The note is for the model: where the human stretch ended, and what was agreed. What the visitor
-- wrote and nobody answered gets a turn, in the same commit.
create function public.return_to_assistant(p_site uuid, p_staff uuid, p_conversation uuid, p_claim jsonb,
  p_note text default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones := private.own_conversation(p_site, p_staff, p_conversation, true);
  v_message public.mensajes;
  v_turn jsonb;
begin
  if v_conversation.handler = 'assistant' then
    return private.owned_json(p_site, p_conversation, '{}', null, null, false) || '{"turn": null}';
  end if;
  if v_conversation.status <> 'active' then
    raise sqlstate 'PT409' using message = 'conversation.not_active';
  end if;
  v_message := private.add_system_message(v_conversation, 'agent.left', jsonb_strip_nulls(jsonb_build_object(
    'agent', private.staff_party(p_staff), 'note', nullif(p_note, ''))));
  update public.conversaciones c set
    handler = 'assistant', assignee = null, owner_epoch = c.owner_epoch + 1, waiting_since = null, snoozed_until = null,
    assigned_at = null, handoff_reason = null, handoff_summary = null, updated_at = clock_timestamp()
  where c.site_id = p_site and c.id = p_conversation
  returning * into v_conversation;
  perform private.audit(p_site, p_staff::text, 'conversation.returned', p_conversation::text);
  if v_conversation.last_visitor_seq > v_conversation.answered_seq and not exists (
    select from public.turns t where t.conversacion_id = p_conversation and t.state = 'running') then
    v_turn := private.claim_turn(v_conversation, private.session_of_conversation(v_conversation),
      v_conversation.last_visitor_seq, p_claim);
  end if;
  return private.owned_json(p_site, p_conversation, array[v_message]) || jsonb_build_object('turn', v_turn);
end
$$;

create function public.close_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_outcome text default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones := private.own_conversation(p_site, p_staff, p_conversation, true);
  v_turn uuid;
  v_message public.mensajes;
begin
  if v_conversation.status = 'blocked' then
    raise sqlstate 'PT409' using message = 'conversation.blocked';
  end if;
  if v_conversation.status = 'archived' then
    update public.conversaciones c set outcome = coalesce(p_outcome, c.outcome), updated_at = clock_timestamp()
    where c.site_id = p_site and c.id = p_conversation;
    return private.owned_json(p_site, p_conversation, '{}', null, null, false);
  end if;
  v_turn := private.supersede_turn(v_conversation);
  v_message := private.add_system_message(v_conversation, 'conversation.closed',
    jsonb_build_object('agent', private.staff_party(p_staff), 'outcome', p_outcome));
  -- Reopened by a visitor's message, it is the assistant's: the seller's stretch is over.
  update public.conversaciones c set
    status = 'archived', archived_at = clock_timestamp(), outcome = coalesce(p_outcome, c.outcome, 'pending'),
    handler = 'assistant', assignee = null, assigned_at = null, owner_epoch = c.owner_epoch + 1, waiting_since = null,
    snoozed_until = null, handoff_reason = null, handoff_summary = null, answered_seq = c.last_visitor_seq,
    updated_at = clock_timestamp()
  where c.site_id = p_site and c.id = p_conversation;
  perform private.join_conversation(v_conversation, p_staff);
  perform private.audit(p_site, p_staff::text, 'conversation.closed', p_conversation::text,
    jsonb_build_object('outcome', p_outcome));
  return private.owned_json(p_site, p_conversation, array[v_message], v_turn);
end
$$;

-- Opened again by the staff, for whoever does it.
create function public.reopen_conversation(p_site uuid, p_staff uuid, p_conversation uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones := private.access_conversation(p_site, p_staff, p_conversation, true);
begin
  if v_conversation.status <> 'archived' then
    raise sqlstate 'PT409' using message = 'conversation.not_closed';
  end if;
  return private.give_to_seller(v_conversation, p_staff, p_staff, 'conversation.reopened');
end
$$;

-- Out of the way until a moment, or until the visitor writes. Null wakes it.
create function public.snooze_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_until timestamptz default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones := private.own_conversation(p_site, p_staff, p_conversation, true);
begin
  if v_conversation.status <> 'active' then
    raise sqlstate 'PT409' using message = 'conversation.not_active';
  end if;
  if p_until <= now() then
    raise sqlstate 'PT422' using message = 'conversation.snooze_in_past';
  end if;
  update public.conversaciones c set snoozed_until = p_until, updated_at = clock_timestamp()
  where c.site_id = p_site and c.id = p_conversation;
  return private.owned_json(p_site, p_conversation, '{}');
end
$$;

-- A blocked visitor's messages are refused. Unblocked, the conversation is closed until somebody writes.
create function public.block_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_blocked boolean) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones := private.own_conversation(p_site, p_staff, p_conversation, true);
  v_turn uuid;
begin
  if (v_conversation.status = 'blocked') = p_blocked then
    return private.owned_json(p_site, p_conversation, '{}', null, null, false);
  end if;
  if p_blocked then
    v_turn := private.supersede_turn(v_conversation);
  end if;
  update public.conversaciones c set
    status = case when p_blocked then 'blocked' else 'archived' end,
    archived_at = case when p_blocked then c.archived_at else clock_timestamp() end,
    handler = 'assistant', assignee = null, assigned_at = null, owner_epoch = c.owner_epoch + 1, waiting_since = null,
    snoozed_until = null, answered_seq = c.last_visitor_seq, updated_at = clock_timestamp()
  where c.site_id = p_site and c.id = p_conversation;
  perform private.join_conversation(v_conversation, p_staff);
  perform private.audit(p_site, p_staff::text,
    case when p_blocked then 'conversation.blocked' else 'conversation.unblocked' end, p_conversation::text);
  return private.owned_json(p_site, p_conversation, '{}', v_turn);
end
$$;

-- Whoever is shut out of a site lets go of what they had: it waits in the queue for another.
create function private.release_conversations() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  update public.conversaciones c set
    handler = case when c.handler = 'seller' then 'queue' else c.handler end, assignee = null, assigned_at = null,
    owner_epoch = c.owner_epoch + 1, waiting_since = coalesce(c.waiting_since, clock_timestamp()),
    updated_at = clock_timestamp()
  where c.site_id = new.site_id and c.assignee = new.staff_id;
  return new;
end
$$;
create trigger staff_sites_release
  after update of disabled_at, role on public.staff_sites
  for each row
  when ((new.disabled_at is not null and old.disabled_at is null) or (new.role = 'marketing' and old.role <> 'marketing'))
  execute function private.release_conversations();

-- As before, and where a seller handed the conversation back: the model must know that the human stretch is over.
create or replace function private.turn_json(p_turn public.turns, p_history int) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'turn_id', p_turn.id,
    'site_id', p_turn.site_id,
    'conversation_id', c.id,
    'session_id', s.session_id,
    'fence', p_turn.fence,
    'attempt', p_turn.attempt,
    'owner_epoch', p_turn.owner_epoch,
    'upto_seq', p_turn.upto_seq,
    'answered_seq', c.answered_seq,
    'over_budget', p_turn.over_budget,
    'locale', s.locale,
    'handler', c.handler,
    'item', s.datos -> 'item',
    'page', s.datos -> 'page',
    'thread', s.assistant_thread_id,
    'thread_seq', s.assistant_thread_seq,
    'contact', jsonb_build_object(
      'contact_id', k.id, 'name', k.nombre_completo, 'email', k.email, 'phone', k.telefono,
      'consents', (
        select coalesce(jsonb_agg(latest.purpose), '[]')
        from (
          select distinct on (e.purpose) e.purpose, e.granted
          from public.consents e
          where e.site_id = p_turn.site_id and e.contacto_id = k.id
          order by e.purpose, e.created_at desc, e.id desc
        ) latest
        where latest.granted)),
    'history', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'message_id', h.id, 'seq', h.seq, 'author', h.author,
        'text', case when h.author = 'system' then coalesce(h.datos #>> '{metadata,0,note}', '') else h.texto end,
        'source', h.datos ->> 'source',
        'meta', case when h.author = 'system' then jsonb_build_object('handed_back_by', h.datos #>> '{metadata,0,agent,name}')
          else coalesce(h.datos -> 'meta', '{}') end) order by h.seq), '[]')
      from (
        select m.id, m.seq, m.author, m.texto, m.datos
        from public.mensajes m
        where m.site_id = p_turn.site_id and m.conversacion_id = c.id
          and (m.seq <= p_turn.upto_seq or m.author <> 'visitor') and not m.private and m.deleted_at is null 
          and (m.author <> 'system' or m.texto = 'agent.left')
        order by m.seq desc
        limit p_history
      ) h))
  from public.conversaciones c
  join public.webchat_sessions s on s.site_id = c.site_id and s.id = p_turn.webchat_session
  join public.contactos k on k.site_id = c.site_id and k.id = c.contacto_id
  where c.site_id = p_turn.site_id and c.id = p_turn.conversacion_id
$$;
