-- How sellers arrange their inbox: what they want to read again, and the lists that they come back to.

-- Unread again for this member of the staff, from a message of the visitor's on; without one, from the last. The
-- visitor's ticks stay: it was read.
create function public.staff_mark_unread(p_site uuid, p_staff uuid, p_conversation uuid, p_from_seq bigint default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_conversation public.conversaciones := private.access_conversation(p_site, p_staff, p_conversation);
  v_row public.conversation_participants;
begin
  update public.conversation_participants p set
    last_read_seq = least(p.last_read_seq,
      greatest(least(coalesce(p_from_seq, v_conversation.last_visitor_seq), v_conversation.last_visitor_seq) - 1, 0)),
    updated_at = clock_timestamp()
  where p.site_id = p_site and p.conversacion_id = p_conversation and p.staff_id = p_staff
  returning * into v_row;
  if not found then
    raise sqlstate 'PT409' using message = 'conversation.not_taken';
  end if;
  return jsonb_build_object('conversation_uuid', p_conversation,
    'unread_count', private.unread_of(p_conversation, v_row.last_read_seq));
end
$$;

create table public.saved_views (
  id uuid primary key default private.new_id(),
  site_id uuid not null references public.sites,
  -- Null: everybody's, and an admin's to change.
  staff_id uuid references public.staff on delete cascade,
  name text not null check (length(name) between 1 and 80),
  filter jsonb not null check (jsonb_typeof(filter) = 'object'),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique nulls not distinct (site_id, staff_id, name)
);
create index saved_views_staff on public.saved_views (staff_id);
alter table public.saved_views enable row level security;
revoke all on public.saved_views from public, anon, authenticated, service_role;
grant select, insert, update, delete on public.saved_views to service_role;

create function private.view_json(p_view public.saved_views) returns jsonb
language sql immutable
set search_path = ''
as $$
  select jsonb_build_object('id', p_view.id, 'name', p_view.name, 'filter', p_view.filter,
    'shared', p_view.staff_id is null, 'updated_at', private.iso(p_view.updated_at))
$$;

-- Everybody's first, then one's own.
create function public.list_views(p_site uuid, p_staff uuid) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.access_member(p_site, p_staff);
  return (
    select coalesce(jsonb_agg(private.view_json(v) order by v.staff_id nulls first, v.created_at, v.id), '[]')
    from public.saved_views v
    where v.site_id = p_site and (v.staff_id is null or v.staff_id = p_staff));
end
$$;

-- At most fifty of anybody's.
create function public.save_view(p_site uuid, p_staff uuid, p_name text, p_filter jsonb, p_shared boolean,
  p_id uuid default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_owner uuid := case when not p_shared then p_staff end;
  v_view public.saved_views;
begin
  if p_shared then
    perform private.access_admin(p_site, p_staff);
  else
    perform private.access_member(p_site, p_staff);
  end if;
  if p_id is null then
    if (select count(*) from public.saved_views v
        where v.site_id = p_site and v.staff_id is not distinct from v_owner) >= 50 then
      raise sqlstate 'PT409' using message = 'view.too_many';
    end if;
    insert into public.saved_views (site_id, staff_id, name, filter)
    values (p_site, v_owner, p_name, p_filter)
    returning * into v_view;
  else
    update public.saved_views v set name = p_name, filter = p_filter, updated_at = now()
    where v.site_id = p_site and v.id = p_id and v.staff_id is not distinct from v_owner
    returning * into v_view;
    if not found then
      raise sqlstate 'PT404' using message = 'view.not_found';
    end if;
  end if;
  perform private.audit(p_site, p_staff::text, 'view.saved', v_view.id::text);
  return private.view_json(v_view);
exception when unique_violation then
  raise sqlstate 'PT409' using message = 'view.name_taken';
end
$$;

create function public.delete_view(p_site uuid, p_staff uuid, p_id uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_role text := (private.access_member(p_site, p_staff)).role;
begin
  delete from public.saved_views v
  where v.site_id = p_site and v.id = p_id
    and (v.staff_id = p_staff or (v.staff_id is null and v_role = 'admin'));
  if not found then
    raise sqlstate 'PT404' using message = 'view.not_found';
  end if;
  perform private.audit(p_site, p_staff::text, 'view.deleted', p_id::text);
  return jsonb_build_object('deleted', true);
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
