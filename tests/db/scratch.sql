-- Functions that do on purpose what the product's functions never should, to see what the transports make of it.
-- Both transports know them under the same rights as the product's own.

create sequence public.scratch_calls;
grant usage, select on sequence public.scratch_calls to service_role;

create function public.scratch_echo(p_value jsonb) returns jsonb
language sql stable set search_path = '' as $$ select p_value $$;

create function public.scratch_describe(
  p_text text default null, p_int int default null, p_big bigint default null, p_numeric numeric default null,
  p_float double precision default null, p_bool boolean default null, p_uuid uuid default null,
  p_at timestamptz default null, p_day date default null, p_json jsonb default null
) returns jsonb
language sql stable set search_path = '' set timezone = 'UTC' as $$
  select jsonb_build_object('text', p_text, 'int', p_int, 'big', p_big, 'numeric', p_numeric, 'float', p_float,
    'bool', p_bool, 'uuid', p_uuid, 'at', p_at, 'day', p_day, 'json', p_json)
$$;

create function public.scratch_nothing() returns void
language plpgsql volatile set search_path = '' as $$ begin end $$;

create function public.scratch_null() returns jsonb
language sql stable set search_path = '' as $$ select null::jsonb $$;

create function public.scratch_raise(p_state text, p_message text, p_detail text default '', p_hint text default '')
returns jsonb
language plpgsql volatile set search_path = '' as $$
begin
  raise exception using errcode = p_state, message = p_message, detail = p_detail, hint = p_hint;
end
$$;

create table public.scratch_things (
  id int primary key,
  parent int references public.scratch_things,
  name text not null check (length(name) < 10),
  short varchar(3)
);
alter table public.scratch_things enable row level security;
grant select, insert, delete on public.scratch_things to service_role;

create function public.scratch_insert(p_id int, p_name text, p_parent int default null, p_short text default null)
returns jsonb
language plpgsql volatile set search_path = '' as $$
begin
  insert into public.scratch_things values (p_id, p_parent, p_name, p_short);
  return jsonb_build_object('id', p_id);
end
$$;

create function public.scratch_who() returns jsonb
language sql stable set search_path = '' as $$ select jsonb_build_object('role', current_user) $$;

create function public.scratch_forbidden() returns jsonb
language sql stable set search_path = '' as $$ select to_jsonb(count(*)) from pg_catalog.pg_authid $$;

create function public.scratch_broken() returns jsonb
language plpgsql stable set search_path = '' as $$ begin return (select to_jsonb(x) from public.no_such_table x); end $$;

create function public.scratch_sleep(p_seconds double precision) returns jsonb
language plpgsql volatile set search_path = '' as $$
begin
  perform pg_catalog.pg_sleep(p_seconds);
  return to_jsonb(p_seconds);
end
$$;

-- Counts how often it ran, even when it was rolled back, and waits while somebody holds advisory lock 1.
create function public.scratch_once() returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  v_count bigint := nextval('public.scratch_calls');
begin
  perform pg_catalog.pg_advisory_xact_lock_shared(1);
  return to_jsonb(v_count);
end
$$;

-- The same under a name that may be repeated.
create or replace function public.ping() returns jsonb
language sql volatile set search_path = '' as $$ select public.scratch_once() $$;

do $$
declare
  f regprocedure;
begin
  for f in select p.oid from pg_proc p where p.pronamespace = 'public'::regnamespace and p.proname like 'scratch%' loop
    execute format('grant execute on function %s to service_role', f);
  end loop;
end
$$;
