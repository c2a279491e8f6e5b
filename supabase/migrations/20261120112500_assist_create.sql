-- What helps a seller: a summary of the conversation, and what a draft of the next message is made from.

alter table public.conversaciones
  -- What made the summary: a model, rules over what is known, or somebody of the staff.
  add column handoff_summary_by text check (handoff_summary_by in ('model', 'facts', 'staff'));

-- Who made it goes with it, whatever removes it.
create function private.forget_summary_maker() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.handoff_summary_by := null;
  return new;
end
$$;
create trigger conversaciones_summary
  before update of handoff_summary on public.conversaciones
  for each row
  when (new.handoff_summary is null and new.handoff_summary_by is not null)
  execute function private.forget_summary_maker();

-- A summary that was made by itself: never over one that somebody wrote. `p_always`: somebody asked for it; else only
-- while the conversation is with people.
create function public.note_summary(p_site uuid, p_conversation uuid, p_text text, p_by text, p_always boolean default false)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  update public.conversaciones c set
    handoff_summary = p_text, handoff_summary_by = p_by, updated_at = clock_timestamp()
  where c.site_id = p_site and c.id = p_conversation and c.status = 'active'
    and (p_always or (c.handler <> 'assistant' and c.handoff_summary_by is distinct from 'staff'));
  return jsonb_build_object('noted', found);
end
$$;

-- What somebody of the staff wrote, or (null) none.
create function public.set_summary(p_site uuid, p_staff uuid, p_conversation uuid, p_text text default null) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones := private.access_conversation(p_site, p_staff, p_conversation, true);
begin
  update public.conversaciones c set
    handoff_summary = p_text, handoff_summary_by = 'staff', updated_at = clock_timestamp()
  where c.site_id = p_site and c.id = v_conversation.id
  returning * into v_conversation;
  perform private.audit(p_site, p_staff::text, 'conversation.summarised', p_conversation::text);
  return private.inbox_line(v_conversation);
end
$$;

-- What a turn would know of this conversation, for work that a seller asks for, and tokens of the site's day for it.
-- `p_reserve` 0: none are needed. `reserved_on` null: the day's budget is spent.
create function public.assist_turn(p_site uuid, p_staff uuid, p_conversation uuid, p_purpose text, p_history int,
  p_reserve int, p_budget bigint)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones := private.access_conversation(p_site, p_staff, p_conversation);
  v_today date := (now() at time zone 'UTC')::date;
  v_turn public.turns;
  v_reserved boolean := p_reserve = 0;
begin
  if p_reserve > 0 and (p_budget = 0 or p_reserve <= p_budget) then
    insert into public.site_usage as u (site_id, day, reserved)
    values (p_site, v_today, p_reserve)
    on conflict (site_id, day) do update set reserved = u.reserved + p_reserve
      where p_budget = 0 or u.used + u.reserved + p_reserve <= p_budget;
    v_reserved := found;
  end if;
  v_turn.id := private.new_id();
  v_turn.site_id := p_site;
  v_turn.conversacion_id := p_conversation;
  v_turn.webchat_session := private.session_of_conversation(v_conversation);
  v_turn.upto_seq := v_conversation.last_visitor_seq;
  v_turn.owner_epoch := v_conversation.owner_epoch;
  v_turn.fence := 0;
  v_turn.attempt := 1;
  perform private.audit(p_site, p_staff::text, 'assist.' || p_purpose, p_conversation::text);
  return jsonb_build_object('turn', private.turn_json(v_turn, p_history),
    'reserved_on', case when v_reserved then v_today end);
end
$$;

create function public.settle_assist(p_site uuid, p_day date, p_reserved int, p_used int) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  update public.site_usage u set reserved = greatest(u.reserved - p_reserved, 0), used = u.used + p_used
  where u.site_id = p_site and u.day = p_day;
  return jsonb_build_object('settled', found);
end
$$;

-- As before, with who made the summary.
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
    'handoff_summary_by', p_conversation.handoff_summary_by,
    'tasks', (
      select jsonb_build_object('open', count(*), 'due_at', private.iso(min(t.due_at)),
        'overdue', coalesce(min(t.due_at) <= now(), false))
      from public.tasks t
      where t.site_id = p_conversation.site_id and t.conversacion_id = p_conversation.id and t.done_at is null),
    'rating', p_conversation.rating)
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
