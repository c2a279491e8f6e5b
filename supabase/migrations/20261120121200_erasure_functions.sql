-- Erasure: by the visitor, by an admin, and by age. One way for all three, so that none of them forgets a table.

-- Nobody will settle a turn that is gone. About what one costs: given back whole, budgets could be got round by erasing
-- oneself again and again, and kept whole, used up.
create function private.settle_erased(p_site uuid, p_conversations uuid[]) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_turn public.turns;
begin
  for v_turn in
    select * from public.turns t
    where t.site_id = p_site and t.conversacion_id = any (p_conversations) and t.state = 'running'
    for update
  loop
    perform private.settle_tokens(v_turn, v_turn.tokens_reserved / 4);
  end loop;
end
$$;

-- One conversation, with all that hangs on it. {conversations, threads}: the threads are kept at OpenAI, and the caller
-- has to delete them there.
create function private.erase_conversations(p_site uuid, p_conversations uuid[]) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_threads jsonb;
begin
  perform from public.conversaciones c
  where c.site_id = p_site and c.id = any (p_conversations)
  order by c.id
  for update;
  select coalesce(jsonb_agg(s.assistant_thread_id), '[]') into v_threads
  from public.webchat_sessions s
  where s.site_id = p_site and s.conversacion_id = any (p_conversations) and s.assistant_thread_id is not null;
  perform private.settle_erased(p_site, p_conversations);
  delete from public.outbox o where o.site_id = p_site and o.conversacion_id = any (p_conversations);
  delete from public.deliveries d
  where d.site_id = p_site and d.conversacion_id = any (p_conversations) and d.contacto_id in (
    select c.contacto_id from public.conversaciones c where c.site_id = p_site and c.id = any (p_conversations));
  delete from public.conversaciones c where c.site_id = p_site and c.id = any (p_conversations);
  delete from public.webchat_sessions s where s.site_id = p_site and s.conversacion_id = any (p_conversations);
  return jsonb_build_object('conversations', to_jsonb(p_conversations), 'threads', v_threads);
end
$$;

-- The person goes from every table, and what is queued about them goes too. The consent ledger keeps its pseudonymous
-- entries as proof, the audit log says that an erasure took place, the day's token totals stay.
create function private.erase_person(p_site uuid, p_contact uuid, p_actor text, p_action text) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversations uuid[];
  v_erased jsonb;
begin
  -- A session names its conversation before there is one: a stream may already listen to it.
  select coalesce(array_agg(x.id), '{}') into v_conversations from (
    select c.id from public.conversaciones c where c.site_id = p_site and c.contacto_id = p_contact
    union
    select s.conversacion_id from public.webchat_sessions s where s.site_id = p_site and s.contacto_id = p_contact) x;
  v_erased := private.erase_conversations(p_site, v_conversations);
  delete from public.outbox o where o.site_id = p_site and o.contacto_id = p_contact;
  delete from public.contactos k where k.site_id = p_site and k.id = p_contact;
  delete from public.webchat_sessions s where s.site_id = p_site and s.contacto_id = p_contact;
  perform private.audit(p_site, p_actor, p_action, p_contact::text);
  return v_erased;
end
$$;

-- DELETE /session.
create or replace function public.erase_visitor(p_site uuid, p_token_hash text) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_session public.webchat_sessions := private.access_session(p_site, p_token_hash);
  v_erased jsonb := private.erase_person(p_site, v_session.contacto_id, 'visitor', 'visitor.erased');
begin
  return jsonb_build_object('conversation_id', v_session.conversacion_id, 'erased', true, 'threads', v_erased -> 'threads');
end
$$;

-- Somebody asked for it by other means than the widget: an admin's act.
create function public.erase_contact(p_site uuid, p_staff uuid, p_contact uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  perform private.access_admin(p_site, p_staff);
  if not exists (select from public.contactos k where k.site_id = p_site and k.id = p_contact) then
    raise sqlstate 'PT404' using message = 'contact.not_found';
  end if;
  return private.erase_person(p_site, p_contact, p_staff::text, 'contact.erased');
end
$$;

-- How many days a site keeps people's data after their last sign of life; null keeps it.
create function public.set_retention(p_site uuid, p_staff uuid, p_days int default null) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  perform private.access_admin(p_site, p_staff);
  update public.sites s set
    settings = (s.settings - 'retention_days')
      || case when p_days is null then '{}' else jsonb_build_object('retention_days', p_days) end,
    updated_at = now()
  where s.id = p_site;
  perform private.audit(p_site, p_staff::text, 'site.retention_set', p_site::text, jsonb_build_object('days', p_days));
  return jsonb_build_object('days', p_days);
end
$$;

create function public.get_retention(p_site uuid, p_staff uuid) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.access_admin(p_site, p_staff);
  return (select jsonb_build_object('days', s.settings -> 'retention_days') from public.sites s where s.id = p_site);
end
$$;

-- Work that only one process at a time should do, however many there are.
create table public.job_leases (
  name text primary key check (length(name) between 1 and 100),
  holder text not null,
  held_until timestamptz not null
);
alter table public.job_leases enable row level security;
revoke all on public.job_leases from public, anon, authenticated, service_role;
grant select, insert, update on public.job_leases to service_role;

create function private.hold_job(p_name text, p_holder text, p_seconds int) returns boolean
language plpgsql volatile
set search_path = ''
as $$
begin
  insert into public.job_leases as j (name, holder, held_until)
  values (p_name, p_holder, clock_timestamp() + make_interval(secs => p_seconds))
  on conflict (name) do update set holder = excluded.holder, held_until = excluded.held_until
    where j.holder = excluded.holder or j.held_until < clock_timestamp();
  return found;
end
$$;

-- The sites that keep data for a limited time, for the one worker that gets the lease; nobody else is told any.
create function public.begin_retention(p_worker text, p_lease_seconds int) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  if not private.hold_job('retention', p_worker, p_lease_seconds) then
    return '[]';
  end if;
  return coalesce((
    select jsonb_agg(s.id order by s.id) from public.sites s where (s.settings ->> 'retention_days')::int >= 1), '[]');
end
$$;

-- One batch of what is older than the site keeps it, by the database's clock: conversations whose last message and last
-- visit are; their contacts, when nothing else is known of them; sessions in which nothing was ever said.
-- {conversations, threads, sessions, more}; PT409 retention.not_held for a worker that has lost the lease.
create function public.erase_expired(p_site uuid, p_worker text, p_lease_seconds int, p_limit int default 100) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_before timestamptz;
  v_found uuid[];
  v_conversation public.conversaciones;
  v_erased jsonb;
  v_conversations jsonb := '[]';
  v_threads jsonb := '[]';
  v_sessions int;
begin
  if not private.hold_job('retention', p_worker, p_lease_seconds) then
    raise sqlstate 'PT409' using message = 'retention.not_held';
  end if;
  select clock_timestamp() - make_interval(days => (s.settings ->> 'retention_days')::int) into v_before
  from public.sites s where s.id = p_site;
  if v_before is null then
    return jsonb_build_object('conversations', v_conversations, 'threads', v_threads, 'sessions', 0, 'more', false);
  end if;
  select array_agg(x.id) into v_found from (
    select c.id from public.conversaciones c
    where c.site_id = p_site
      and (c.last_message_at < v_before or (c.last_message_at is null and c.created_at < v_before))
      and not exists (
        select from public.webchat_sessions s
        where s.site_id = p_site and s.conversacion_id = c.id and s.last_activity >= v_before)
    order by c.last_message_at, c.id
    limit p_limit
    for update skip locked) x;
  for v_conversation in
    select * from public.conversaciones c where c.site_id = p_site and c.id = any (v_found) order by c.id
  loop
    if exists (
      select from public.conversaciones c
      where c.site_id = p_site and c.contacto_id = v_conversation.contacto_id and c.id <> v_conversation.id) then
      v_erased := private.erase_conversations(p_site, array[v_conversation.id]);
      perform private.audit(p_site, 'retention', 'conversation.erased', v_conversation.contacto_id::text,
        jsonb_build_object('conversation', v_conversation.id));
    else
      v_erased := private.erase_person(p_site, v_conversation.contacto_id, 'retention', 'contact.erased');
    end if;
    v_conversations := v_conversations || (v_erased -> 'conversations');
    v_threads := v_threads || (v_erased -> 'threads');
  end loop;
  delete from public.webchat_sessions s
  where s.site_id = p_site and s.id in (
    select o.id from public.webchat_sessions o
    where o.site_id = p_site and o.last_activity < v_before
      and not exists (
        select from public.conversaciones c where c.site_id = p_site and c.id = o.conversacion_id)
    limit p_limit);
  get diagnostics v_sessions = row_count;
  return jsonb_build_object('conversations', v_conversations, 'threads', v_threads, 'sessions', v_sessions,
    'more', coalesce(cardinality(v_found), 0) = p_limit or v_sessions = p_limit);
end
$$;

do $$
declare
  f regprocedure;
begin
  for f in
    select p.oid::regprocedure
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('private', 'public')
      and p.proname in ('settle_erased', 'erase_conversations', 'erase_person', 'erase_contact', 'set_retention',
        'get_retention', 'hold_job', 'begin_retention', 'erase_expired')
  loop
    execute format('revoke execute on function %s from public, anon, authenticated', f);
    execute format('grant execute on function %s to service_role', f);
  end loop;
end
$$;
