-- What becomes of messages after they were sent: edited, deleted, reacted to, read. Each change has a number within its
-- conversation, so that whoever was away is told of exactly those that were missed.

alter table public.conversaciones add column changes bigint not null default 0;
alter table public.mensajes add column change bigint;
create index mensajes_changed on public.mensajes (conversacion_id, change) where change is not null;

-- A trigger, so that it holds for whatever changes a message. Whoever does holds the conversation's lock already.
create function private.number_change() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  update public.conversaciones c set changes = c.changes + 1
  where c.site_id = new.site_id and c.id = new.conversacion_id
  returning c.changes into new.change;
  return new;
end
$$;
create trigger mensajes_change
  before update of texto, texts, datos, deleted_at on public.mensajes
  for each row
  when (new.texto is distinct from old.texto or new.texts is distinct from old.texts
    or new.datos is distinct from old.datos or new.deleted_at is distinct from old.deleted_at)
  execute function private.number_change();

-- As before, with the number of its last change.
create or replace function private.message_json(p_message public.mensajes, p_parties jsonb) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'conversation_uuid', p_message.conversacion_id,
    'message_id', p_message.id,
    'id', p_message.id,
    'seq', p_message.seq,
    'author', p_message.author,
    'turn_id', p_message.turn_id,
    'attempt', p_message.attempt,
    'private', p_message.private,
    'client_message_id', p_message.client_message_id,
    'sender', case
      when p_message.author = 'visitor' then p_parties -> 'visitor'
      else coalesce(p_message.datos -> 'sender', p_parties -> 'assistant') end,
    'receiver', case
      when p_message.author = 'visitor' then p_parties -> 'assistant'
      else p_parties -> 'visitor' end,
    'context', jsonb_strip_nulls(jsonb_build_object(
      'type', p_message.tipo_contenido,
      'texts', p_message.texts,
      'quick_replies', p_message.datos -> 'quick_replies',
      'cards', p_message.datos -> 'cards'))
      || jsonb_build_object('text', case when p_message.deleted_at is null then p_message.texto else '' end),
    'attachments', coalesce(p_message.datos -> 'attachments', '[]'),
    'metadata', coalesce(p_message.datos -> 'metadata', '[]'),
    'reactions', coalesce(p_message.datos -> 'reactions', '[]'),
    'status', jsonb_build_object(
      'is_read', p_message.read_at is not null,
      'read_at', private.iso(p_message.read_at),
      'delivered_at', private.iso(p_message.delivered_at),
      'is_deleted', p_message.deleted_at is not null),
    'timestamps', jsonb_build_object(
      'created_at', private.iso(p_message.creado_en),
      'updated_at', private.iso(coalesce(p_message.edited_at, p_message.creado_en))),
    'pbk', p_parties -> 'pbk',
    'device', p_message.datos -> 'device')
    || case when p_message.change is not null then jsonb_build_object('change', p_message.change) else '{}' end
$$;

-- For whoever goes on from `p_changed`: the messages that changed since (at most 200), how far that is, and up to where
-- each side has read. For whoever begins (null): only where they are.
create function private.changed_since(p_conversation public.conversaciones, p_parties jsonb, p_changed bigint,
  p_staff boolean)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_changed jsonb;
  v_last bigint;
begin
  if p_changed is null then
    return jsonb_build_object('changes', p_conversation.changes);
  end if;
  select coalesce(jsonb_agg(private.message_json(m, p_parties) order by m.change), '[]'), max(m.change)
  into v_changed, v_last
  from (
    select * from public.mensajes m
    where m.site_id = p_conversation.site_id and m.conversacion_id = p_conversation.id and m.change > p_changed
      and (p_staff or not m.private)
    order by m.change limit 200) m;
  return jsonb_build_object(
    'changed', v_changed,
    'changes', case when jsonb_array_length(v_changed) = 200 then v_last else p_conversation.changes end,
    'reads', (
      select coalesce(jsonb_agg(jsonb_build_object('author', r.reader, 'up_to_seq', r.seq,
        'at', private.iso(r.read_at))), '[]')
      from (
        (select 'seller' as reader, m.seq, m.read_at from public.mensajes m
          where m.conversacion_id = p_conversation.id and m.author = 'visitor' and m.read_at is not null
          order by m.seq desc limit 1)
        union all
        (select 'visitor', m.seq, m.read_at from public.mensajes m
          where m.conversacion_id = p_conversation.id and m.author in ('assistant', 'seller') and m.read_at is not null
          order by m.seq desc limit 1)) r));
end
$$;

-- As before, and for whoever was away what changed meanwhile.
drop function public.webchat_history(uuid, text, text, bigint, bigint, int);
create function public.webchat_history(
  p_site uuid,
  p_token_hash text,
  p_session_id text default null,
  p_after bigint default 0,
  p_before bigint default null,
  p_limit int default 100,
  p_changed bigint default null
) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_session public.webchat_sessions := private.access_session(p_site, p_token_hash, p_session_id);
  v_conversation public.conversaciones;
  v_parties jsonb;
  v_messages jsonb;
  v_limit int := least(greatest(p_limit, 1), 500);
begin
  select * into v_conversation
  from public.conversaciones c
  where c.site_id = p_site and c.id = v_session.conversacion_id;
  if not found then
    return jsonb_build_object('session', private.session_json(v_session), 'conversation', null, 'messages', '[]'::jsonb,
      'last_seq', 0, 'has_more', false, 'changes', 0);
  end if;
  v_parties := private.parties(p_site, v_session.contacto_id);
  if p_before is null then
    select coalesce(jsonb_agg(private.message_json(m, v_parties) order by m.seq), '[]') into v_messages
    from (
      select * from public.mensajes m
      where m.site_id = p_site and m.conversacion_id = v_conversation.id and not m.private and m.seq > p_after
      order by m.seq limit v_limit + 1
    ) m;
    return jsonb_build_object('session', private.session_json(v_session),
      'conversation', private.conversation_json(v_conversation),
      'messages', case when jsonb_array_length(v_messages) > v_limit then v_messages - v_limit else v_messages end,
      'last_seq', v_conversation.last_seq,
      'has_more', jsonb_array_length(v_messages) > v_limit)
      || private.changed_since(v_conversation, v_parties, p_changed, false);
  end if;
  select coalesce(jsonb_agg(private.message_json(m, v_parties) order by m.seq), '[]') into v_messages
  from (
    select * from public.mensajes m
    where m.site_id = p_site and m.conversacion_id = v_conversation.id and not m.private
      and m.seq < p_before and m.seq > p_after
    order by m.seq desc limit v_limit + 1
  ) m;
  return jsonb_build_object('session', private.session_json(v_session),
    'conversation', private.conversation_json(v_conversation),
    'messages', case when jsonb_array_length(v_messages) > v_limit then v_messages - 0 else v_messages end,
    'last_seq', v_conversation.last_seq,
    'has_more', jsonb_array_length(v_messages) > v_limit, 'changes', v_conversation.changes);
end
$$;

-- As before, and for whoever was away what changed meanwhile.
drop function public.staff_messages(uuid, uuid, uuid, bigint, bigint, int);
create function public.staff_messages(p_site uuid, p_staff uuid, p_conversation uuid, p_after bigint default null,
  p_before bigint default null, p_limit int default 100, p_changed bigint default null)
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
    'last_seq', v_conversation.last_seq, 'has_more', v_more)
    || private.changed_since(v_conversation, v_parties, p_changed, true);
end
$$;

-- As before, and how far the changes are.
create or replace function public.staff_sees(p_site uuid, p_staff uuid, p_conversation uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones := private.access_conversation(p_site, p_staff, p_conversation);
begin
  return jsonb_build_object('last_seq', v_conversation.last_seq, 'changes', v_conversation.changes,
    'takes_part', exists (
    select from public.conversation_participants p
    where p.conversacion_id = p_conversation and p.staff_id = p_staff));
end
$$;

-- A visitor's emoji on a message of their conversation, there or not. Notes do not exist for them.
create function public.visitor_react(p_site uuid, p_token_hash text, p_message uuid, p_emoji text,
  p_on boolean default true)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_session public.webchat_sessions := private.access_session(p_site, p_token_hash);
  v_conversation public.conversaciones;
  v_message public.mensajes;
  v_others jsonb;
  v_now jsonb;
begin
  select * into v_conversation from public.conversaciones c
  where c.site_id = p_site and c.id = v_session.conversacion_id for update;
  if v_conversation.status = 'blocked' then
    raise sqlstate 'PT403' using message = 'conversation.blocked';
  end if;
  select * into v_message from public.mensajes m
  where m.site_id = p_site and m.conversacion_id = v_conversation.id and m.id = p_message and not m.private
  for update;
  if not found then
    raise sqlstate 'PT404' using message = 'message.not_found';
  end if;
  if v_message.deleted_at is not null or v_message.author = 'system' then
    raise sqlstate 'PT409' using message = 'message.deleted';
  end if;
  select coalesce(jsonb_agg(r.value order by r.ordinality), '[]') into v_others
  from jsonb_array_elements(coalesce(v_message.datos -> 'reactions', '[]')) with ordinality r
  where r.value ->> 'user_uuid' <> v_conversation.contacto_id::text or r.value ->> 'emoji' <> p_emoji;
  if (jsonb_array_length(v_others) < jsonb_array_length(coalesce(v_message.datos -> 'reactions', '[]'))) = p_on then
    return jsonb_build_object('message',
      private.message_json(v_message, private.parties(p_site, v_conversation.contacto_id)));
  end if;
  if jsonb_array_length(v_others) >= 50 then
    raise sqlstate 'PT409' using message = 'message.too_many_reactions';
  end if;
  v_now := v_others || case when p_on then jsonb_build_array(jsonb_build_object('user_uuid', v_conversation.contacto_id,
    'emoji', p_emoji, 'created_at', private.iso(clock_timestamp()))) else '[]'::jsonb end;
  update public.mensajes m set datos = m.datos || jsonb_build_object('reactions', v_now)
  where m.site_id = p_site and m.id = p_message
  returning * into v_message;
  return jsonb_build_object('message',
    private.message_json(v_message, private.parties(p_site, v_conversation.contacto_id)));
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
