-- What a seller says, notes, changes and marks in a conversation.

-- One message of a seller, or a note that stays with the staff. `p_extra`: quick_replies, cards, ai (a draft was used).
-- `p_seen_seq`: the last message on the seller's screen; when a colleague answered since, the message is held back (PT409
-- message.newer_reply) unless `p_force`. The same client_message_id with the same text gives the first result again.
create function public.post_seller_message(p_site uuid, p_staff uuid, p_conversation uuid, p_client_message_id text,
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

create function private.access_message(p_site uuid, p_staff uuid, p_message uuid) returns public.mensajes
language plpgsql volatile
set search_path = ''
as $$
declare
  v_message public.mensajes;
begin
  perform private.access_member(p_site, p_staff);
  select * into v_message from public.mensajes m where m.site_id = p_site and m.id = p_message;
  if not found then
    raise sqlstate 'PT404' using message = 'message.not_found';
  end if;
  perform private.access_conversation(p_site, p_staff, v_message.conversacion_id, true);
  select * into strict v_message from public.mensajes m where m.site_id = p_site and m.id = p_message for update;
  return v_message;
end
$$;

create function private.changed_message(p_message public.mensajes) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object('message', private.message_json(p_message, private.parties(p_message.site_id, c.contacto_id)))
  from public.conversaciones c where c.site_id = p_message.site_id and c.id = p_message.conversacion_id
$$;

-- One's own message, for fifteen minutes: another text, or none. Deleted messages stay in their place, without their text.
create function public.edit_seller_message(p_site uuid, p_staff uuid, p_message uuid, p_content text default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_message public.mensajes := private.access_message(p_site, p_staff, p_message);
begin
  if v_message.author <> 'seller' or v_message.datos ->> 'staff_id' <> p_staff::text then
    raise sqlstate 'PT403' using message = 'message.not_yours';
  end if;
  if v_message.deleted_at is not null then
    if p_content is null then
      return private.changed_message(v_message);
    end if;
    raise sqlstate 'PT409' using message = 'message.deleted';
  end if;
  if v_message.creado_en < clock_timestamp() - interval '15 minutes' then
    raise sqlstate 'PT409' using message = 'message.too_old';
  end if;
  update public.mensajes m set
    texto = coalesce(p_content, ''),
    texts = null,
    datos = case when p_content is null then m.datos - 'quick_replies' - 'cards' - 'attachments' else m.datos end,
    edited_at = clock_timestamp(),
    deleted_at = case when p_content is null then clock_timestamp() end
  where m.site_id = p_site and m.id = p_message
  returning * into v_message;
  if not v_message.private then
    update public.conversaciones c set last_message_text = left(v_message.texto, 200), updated_at = clock_timestamp()
    where c.site_id = p_site and c.id = v_message.conversacion_id and not exists (
      select from public.mensajes m
      where m.conversacion_id = c.id and m.seq > v_message.seq and not m.private and m.author <> 'system');
  end if;
  perform private.audit(p_site, p_staff::text,
    case when p_content is null then 'message.deleted' else 'message.edited' end, p_message::text);
  return private.changed_message(v_message);
end
$$;

-- One emoji of one person on a message is there or not.
create function public.react(p_site uuid, p_staff uuid, p_message uuid, p_emoji text, p_on boolean default true)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_message public.mensajes := private.access_message(p_site, p_staff, p_message);
  v_others jsonb;
begin
  if v_message.deleted_at is not null or v_message.author = 'system' then
    raise sqlstate 'PT409' using message = 'message.deleted';
  end if;
  select coalesce(jsonb_agg(r.value order by r.ordinality), '[]') into v_others
  from jsonb_array_elements(coalesce(v_message.datos -> 'reactions', '[]')) with ordinality r
  where r.value ->> 'user_uuid' <> p_staff::text or r.value ->> 'emoji' <> p_emoji;
  if jsonb_array_length(v_others) >= 50 then
    raise sqlstate 'PT409' using message = 'message.too_many_reactions';
  end if;
  update public.mensajes m set datos = m.datos || jsonb_build_object('reactions', v_others
    || case when p_on then jsonb_build_array(jsonb_build_object('user_uuid', p_staff, 'emoji', p_emoji,
        'created_at', private.iso(clock_timestamp()))) else '[]'::jsonb end)
  where m.site_id = p_site and m.id = p_message
  returning * into v_message;
  return private.changed_message(v_message);
end
$$;

-- What sellers note about a conversation as a lead. `p_patch`: lead_quality, outcome, tags, taggable_type, taggable_info.
create function public.label_conversation(p_site uuid, p_staff uuid, p_conversation uuid, p_patch jsonb) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones := private.access_conversation(p_site, p_staff, p_conversation, true);
begin
  update public.conversaciones c set
    lead_quality = case when p_patch ? 'lead_quality' then p_patch ->> 'lead_quality' else c.lead_quality end,
    outcome = case when p_patch ? 'outcome' then p_patch ->> 'outcome' else c.outcome end,
    tags = case when p_patch ? 'tags' then (
      select coalesce(array_agg(distinct t order by t), '{}') from jsonb_array_elements_text(p_patch -> 'tags') t)
      else c.tags end,
    taggable_type = case when p_patch ? 'taggable_type' then p_patch ->> 'taggable_type' else c.taggable_type end,
    taggable_info = case when p_patch ? 'taggable_info' then nullif(p_patch -> 'taggable_info', 'null')
      else c.taggable_info end,
    updated_at = clock_timestamp()
  where c.site_id = p_site and c.id = p_conversation
  returning * into v_conversation;
  perform private.audit(p_site, p_staff::text, 'conversation.labelled', p_conversation::text, p_patch - 'taggable_info');
  return private.owned_json(p_site, p_conversation, '{}');
end
$$;

-- A seller writes first: the newest conversation of a contact of this site, taken over. Blocked ones stay blocked.
create function public.start_conversation(p_site uuid, p_staff uuid, p_contact uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones;
begin
  perform private.access_member(p_site, p_staff);
  select * into v_conversation from public.conversaciones c
  where c.site_id = p_site and c.contacto_id = p_contact
  order by c.last_message_at desc nulls last, c.created_at desc limit 1;
  if not found then
    raise sqlstate 'PT404' using message = 'contact.not_found';
  end if;
  return public.take_over(p_site, p_staff, v_conversation.id);
end
$$;

create table public.canned_replies (
  id uuid primary key default private.new_id(),
  site_id uuid not null references public.sites,
  -- Null: everybody's, and an admin's to change.
  staff_id uuid references public.staff on delete cascade,
  shortcut text not null check (shortcut ~ '^[a-z0-9][a-z0-9_-]{0,39}$'),
  texts jsonb not null check (jsonb_typeof(texts) = 'object'),
  usage_count bigint not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique nulls not distinct (site_id, staff_id, shortcut)
);
create index canned_replies_staff on public.canned_replies (staff_id);
alter table public.canned_replies enable row level security;
revoke all on public.canned_replies from public, anon, authenticated, service_role;
grant select, insert, update, delete on public.canned_replies to service_role;

create function private.canned_json(p_reply public.canned_replies) returns jsonb
language sql immutable
set search_path = ''
as $$
  select jsonb_build_object('id', p_reply.id, 'shortcut', p_reply.shortcut, 'texts', p_reply.texts,
    'shared', p_reply.staff_id is null, 'usage_count', p_reply.usage_count, 'updated_at', private.iso(p_reply.updated_at))
$$;

-- Everybody's, and one's own.
create function public.list_canned(p_site uuid, p_staff uuid) returns jsonb
language sql stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(private.canned_json(r) order by r.shortcut, r.id), '[]')
  from public.canned_replies r
  where r.site_id = p_site and (r.staff_id is null or r.staff_id = p_staff)
$$;

create function public.save_canned(p_site uuid, p_staff uuid, p_shortcut text, p_texts jsonb, p_shared boolean,
  p_id uuid default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_reply public.canned_replies;
begin
  if p_shared then
    perform private.access_admin(p_site, p_staff);
  else
    perform private.access_member(p_site, p_staff);
  end if;
  if p_id is null then
    insert into public.canned_replies (site_id, staff_id, shortcut, texts)
    values (p_site, case when not p_shared then p_staff end, p_shortcut, p_texts)
    returning * into v_reply;
  else
    update public.canned_replies r set shortcut = p_shortcut, texts = p_texts, updated_at = now()
    where r.site_id = p_site and r.id = p_id
      and r.staff_id is not distinct from (case when not p_shared then p_staff end)
    returning * into v_reply;
    if not found then
      raise sqlstate 'PT404' using message = 'canned.not_found';
    end if;
  end if;
  return private.canned_json(v_reply);
exception when unique_violation then
  raise sqlstate 'PT409' using message = 'canned.shortcut_taken';
end
$$;

create function public.delete_canned(p_site uuid, p_staff uuid, p_id uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_role text := (private.access_member(p_site, p_staff)).role;
begin
  delete from public.canned_replies r
  where r.site_id = p_site and r.id = p_id
    and (r.staff_id = p_staff or (r.staff_id is null and v_role = 'admin'));
  if not found then
    raise sqlstate 'PT404' using message = 'canned.not_found';
  end if;
  return jsonb_build_object('deleted', true);
end
$$;

-- What a canned reply is filled in with, in one conversation; counts the use.
create function public.use_canned(p_site uuid, p_staff uuid, p_conversation uuid, p_id uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones := private.access_conversation(p_site, p_staff, p_conversation);
  v_reply public.canned_replies;
begin
  update public.canned_replies r set usage_count = r.usage_count + 1
  where r.site_id = p_site and r.id = p_id and (r.staff_id is null or r.staff_id = p_staff)
  returning * into v_reply;
  if not found then
    raise sqlstate 'PT404' using message = 'canned.not_found';
  end if;
  return (
    select jsonb_build_object('texts', v_reply.texts, 'locale', v_conversation.locale, 'values', jsonb_build_object(
      'contact_name', k.nombre_completo, 'seller_name', s.name, 'site_name', t.name,
      'item_title', v_conversation.taggable_info ->> 'title'))
    from public.contactos k, public.staff s, public.sites t
    where k.site_id = p_site and k.id = v_conversation.contacto_id and s.id = p_staff and t.id = p_site);
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
