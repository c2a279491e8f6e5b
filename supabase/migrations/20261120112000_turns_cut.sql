-- A reply that is cut off: its worker learns of it at once and says what it had cost by then.

-- Once more, and this time the turn says that what it had reserved was given back: what the cut reply really cost is
-- added by its worker (settle_cut_turn), which must not be counted twice.
create or replace function private.supersede_turn(p_conversation public.conversaciones) returns uuid
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
    update public.turns t set tokens_reserved = 0 where t.site_id = v_turn.site_id and t.id = v_turn.id;
  end if;
  return v_turn.id;
end
$$;

-- What a reply that nobody will read had cost when it was cut off: `p_facts` as complete_turn gets them. Once.
create function public.settle_cut_turn(p_site uuid, p_turn uuid, p_fence int, p_facts jsonb) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_turn public.turns;
begin
  update public.turns t set
    source = 'model', model = p_facts ->> 'model', prompt_ref = p_facts ->> 'prompt_ref',
    input_tokens = coalesce((p_facts ->> 'input_tokens')::int, 0),
    output_tokens = coalesce((p_facts ->> 'output_tokens')::int, 0),
    cached_tokens = coalesce((p_facts ->> 'cached_tokens')::int, 0)
  where t.site_id = p_site and t.id = p_turn and t.fence = p_fence and t.state = 'superseded'
    and t.tokens_reserved = 0 and t.input_tokens = 0 and t.output_tokens = 0
  returning * into v_turn;
  if found then
    perform private.settle_tokens(v_turn, v_turn.input_tokens + v_turn.output_tokens);
  end if;
  return jsonb_build_object('settled', v_turn.id is not null);
end
$$;

-- The heartbeat. `held` false: another worker has the turn, it is over, a seller took over (`superseded`), or the visitor
-- erased themselves (`gone`); stop at once. p_restart: the text begins anew, under the next attempt.
create or replace function public.renew_turn(p_site uuid, p_turn uuid, p_fence int, p_lease_seconds int,
  p_restart boolean default false)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_attempt int;
  v_superseded boolean := false;
begin
  update public.turns t set
    lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds),
    attempt = t.attempt + case when p_restart then 1 else 0 end
  from public.conversaciones c
  where t.site_id = p_site and t.id = p_turn and t.fence = p_fence and t.state = 'running'
    and c.site_id = t.site_id and c.id = t.conversacion_id
    and c.owner_epoch = t.owner_epoch and c.handler <> 'seller'
  returning t.attempt into v_attempt;
  if v_attempt is null then
    select exists (
      select from public.turns t
      join public.conversaciones c on c.site_id = t.site_id and c.id = t.conversacion_id
      where t.site_id = p_site and t.id = p_turn and t.fence = p_fence
        and (t.state = 'superseded' or c.owner_epoch <> t.owner_epoch or c.handler = 'seller')
    ) into v_superseded;
  end if;
  return jsonb_build_object('held', v_attempt is not null, 'attempt', v_attempt, 'superseded', v_superseded,
    'gone', v_attempt is null and not exists (
      select from public.turns t where t.site_id = p_site and t.id = p_turn));
end
$$;

-- As before; but out of the queue, where the assistant was the one who talked all along, the reply that it is writing
-- stays good: refused, it would leave the visitor without any.
create or replace function public.return_to_assistant(p_site uuid, p_staff uuid, p_conversation uuid, p_claim jsonb,
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
    handler = 'assistant', assignee = null, waiting_since = null, snoozed_until = null,
    owner_epoch = c.owner_epoch + case when c.handler = 'seller' then 1 else 0 end,
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

-- The same for what a seller was offered and had not taken when shut out.
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
