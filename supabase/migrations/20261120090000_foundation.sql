-- Roles, schemas, rights and small functions that everything else stands on.
-- Supabase brings the roles; elsewhere they are made here, so that the same rights hold everywhere.

do $$
declare
  r text;
begin
  foreach r in array array['anon', 'authenticated', 'service_role'] loop
    if not exists (select from pg_roles where rolname = r) then
      begin
        execute format('create role %I nologin noinherit', r);
      exception when duplicate_object or unique_violation then
        null; -- another migration of the same cluster was faster
      end;
    end if;
  end loop;
  if not exists (select from pg_roles where rolname = 'service_role' and rolbypassrls) then
    alter role service_role bypassrls;
  end if;
  -- The server connects as the migrating user and steps down to service_role, so that both transports have the same rights.
  if not pg_has_role(current_user, 'service_role', 'member') then
    execute format('grant service_role to %I', current_user);
  end if;
end
$$;

-- Nothing is executable or readable unless granted. The global form matters: on PostgreSQL 15 a per-schema
-- revoke leaves functions executable by everyone.
alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke all on tables from anon, authenticated;
alter default privileges in schema public revoke all on sequences from anon, authenticated;
alter default privileges in schema public revoke execute on functions from anon, authenticated;
-- Supabase grants service_role everything on new tables; here each table says what it allows.
alter default privileges in schema public revoke all on tables from service_role;

revoke create on schema public from public;
revoke usage on schema public from public;
grant usage on schema public to anon, authenticated, service_role;

create schema if not exists private;
revoke all on schema private from public;
grant usage on schema private to service_role;

-- pg_catalog is always searched, even with an empty search_path: only our own names need a schema.

-- UUIDv7: ids sort by time, so that indexes grow at their end. Portable to PostgreSQL 15.
create function private.new_id() returns uuid
language sql volatile parallel safe
set search_path = ''
as $$
  select encode(
    set_bit(
      set_bit(
        overlay(
          uuid_send(gen_random_uuid())
          placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
          from 1 for 6),
        52, 1),
      53, 1),
    'hex')::uuid
$$;
grant execute on function private.new_id() to service_role;

-- ISO 8601 in UTC with microseconds, as seed 001 writes its times.
create function private.iso(p_at timestamptz) returns text
language sql immutable parallel safe
set search_path = ''
as $$
  select to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;
grant execute on function private.iso(timestamptz) to service_role;

-- The cheapest round trip; doctor and readiness use it.
create function public.ping() returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object('ok', true, 'now', private.iso(clock_timestamp()))
$$;
revoke execute on function public.ping() from public, anon, authenticated;
grant execute on function public.ping() to service_role;
