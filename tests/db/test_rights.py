"""Nobody but service_role gets at anything, and service_role only through what it needs.

Everything is read from the catalogue and really tried, on a plain server and on one that was prepared as Supabase
prepares its projects: the roles are there, the migrating user is no superuser, and new things are granted to all.
"""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import psycopg
import pytest

from app.db.migrate import migrate
from app.db.postgres import PostgresRpc
from app.db.rpc import REPEATABLE
from tests.db.catalogue import Admin, Function, Table, functions, refused, tables, undone
from tests.rigs.databases import Databases
from tests.rigs.postgres import PostgresServer
from tests.rigs.postgrest import Postgrest

OUTSIDERS = ("anon", "authenticated")
PLAIN_TYPES = {
    "uuid",
    "text",
    "integer",
    "bigint",
    "boolean",
    "jsonb",
    "date",
    "timestamp with time zone",
    "double precision",
    "numeric",
}
APPEND_ONLY = ("consents", "audit_log")


@pytest.fixture(scope="module", params=["plain", "as on Supabase"])
def database(
    request: pytest.FixtureRequest, databases: Databases, postgres_server: PostgresServer
) -> Iterator[str]:
    if request.param == "plain":
        with databases.fresh() as url:
            yield url
        return
    with databases.fresh():  # makes the roles, as a Supabase project has them before its first migration
        pass
    with databases.empty() as url:
        name = str(psycopg.conninfo.conninfo_to_dict(url)["dbname"])
        with psycopg.connect(url, autocommit=True) as admin:
            admin.execute("create role landlord login createrole")
            admin.execute("grant anon, authenticated, service_role to landlord")
            admin.execute(f'alter database "{name}" owner to landlord')
        landlord = postgres_server.url(name, user="landlord")
        with psycopg.connect(landlord, autocommit=True) as connection:
            for kind in ("tables", "functions", "sequences"):
                everybody = "anon, authenticated, service_role"
                connection.execute(
                    f"alter default privileges in schema public grant all on {kind} to {everybody}"
                )
        migrate(landlord)
        yield landlord
    with postgres_server.connect() as admin:
        admin.execute("drop role landlord")


@pytest.fixture
def all_tables(admin: Admin) -> list[Table]:
    found = tables(admin)
    assert {"sites", "contactos", "conversaciones", "webchat_sessions", "mensajes", "turns"} <= {
        t.name for t in found
    }
    return found


@pytest.fixture
def all_functions(admin: Admin) -> list[Function]:
    found = functions(admin)
    assert {"ping", "registrar_mensaje_webchat", "complete_turn"} <= {f.name for f in found}
    assert {f.schema for f in found} == {"public", "private"}
    return found


def attempts_on(table: Table) -> list[str]:
    if table.kind == "S":
        return [f"select nextval('{table}')", f"select * from {table}"]
    column = f'"{table.columns[0]}"'
    return [
        f"select from {table}",
        f"select {column} from {table} limit 1",
        f"insert into {table} default values",
        f"update {table} set {column} = {column}",
        f"delete from {table}",
        f"truncate {table}",
        f"lock table {table}",
        f"create trigger t before insert on {table} execute function public.ping()",
    ]


@pytest.mark.parametrize("role", OUTSIDERS)
def test_outsiders_can_do_nothing_to_any_table(admin: Admin, all_tables: list[Table], role: str) -> None:
    allowed = [a for table in all_tables for a in attempts_on(table) if not refused(admin, role, a)]
    assert allowed == []


@pytest.mark.parametrize("role", OUTSIDERS)
def test_outsiders_can_call_no_function(admin: Admin, all_functions: list[Function], role: str) -> None:
    allowed = [f.signature for f in all_functions if not refused(admin, role, f.call_with_nulls())]
    assert allowed == []


def test_nothing_is_granted_to_everybody(admin: Admin) -> None:
    granted = admin.execute(
        """
        select 'function', p.oid::regprocedure::text
        from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
        where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace) and a.grantee = 0
        union all
        select 'table', c.oid::regclass::text
        from pg_class c, aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a
        where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind <> 'i'
          and a.grantee = 0
        union all
        select 'schema', n.nspname || ' ' || a.privilege_type from pg_namespace n, aclexplode(n.nspacl) a
        where n.nspname in ('public', 'private') and a.grantee = 0
        """
    ).fetchall()
    assert granted == []


def test_every_table_has_row_level_security_and_no_policy(admin: Admin, all_tables: list[Table]) -> None:
    open_tables = admin.execute(
        "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace "
        "where n.nspname in ('public', 'private') and c.relkind in ('r', 'p') and not c.relrowsecurity"
    ).fetchall()
    assert open_tables == []
    assert admin.execute("select * from pg_policies").fetchall() == []


def test_every_function_runs_as_its_caller_with_an_empty_search_path(all_functions: list[Function]) -> None:
    assert [f.signature for f in all_functions if f.security_definer] == []
    assert [f.signature for f in all_functions if 'search_path=""' not in f.settings] == []
    assert {f.language for f in all_functions} <= {"sql", "plpgsql"}


def test_public_functions_are_what_both_transports_can_call(all_functions: list[Function]) -> None:
    public = [f for f in all_functions if f.schema == "public"]
    assert len({f.name for f in public}) == len(public), "an overloaded name is ambiguous to PostgREST"
    for function in public:
        assert (function.returns, function.returns_set, function.kind) == ("jsonb", False, "f"), (
            function.signature
        )
        assert all(name.startswith("p_") for name in function.arguments), function.signature
        assert set(function.types) <= PLAIN_TYPES, function.signature


def test_what_may_be_repeated_exists(all_functions: list[Function]) -> None:
    assert {f.name for f in all_functions if f.schema == "public"} >= REPEATABLE


def test_the_service_role_can_call_every_function(admin: Admin, all_functions: list[Function]) -> None:
    """Private ones too: a function that runs as its caller needs its caller's right to what it calls."""
    denied = [
        f.signature
        for f in all_functions
        if admin.execute(
            "select has_function_privilege('service_role', %s, 'execute')", [f.signature]
        ).fetchone()
        != (True,)
    ]
    assert denied == []


def test_the_service_role_is_no_owner(admin: Admin) -> None:
    for statement in (
        "create table public.mine (id int)",
        "create table private.mine (id int)",
        "create function public.mine() returns int language sql as 'select 1'",
        "alter table public.sites disable row level security",
        "drop table public.sites",
        "create role mine",
        "truncate public.mensajes",
    ):
        assert refused(admin, "service_role", statement), statement


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_what_is_append_only_cannot_be_changed_by_the_server(admin: Admin, table: str) -> None:
    assert refused(admin, "service_role", f"update public.{table} set created_at = now()")
    assert refused(admin, "service_role", f"delete from public.{table}")
    assert not refused(admin, "service_role", f"select from public.{table}")


@pytest.mark.parametrize("schema", ["public", "private"])
def test_what_is_made_tomorrow_is_closed_too(admin: Admin, schema: str) -> None:
    with undone(admin):
        admin.execute(f"create table {schema}.tomorrow (id int)")
        admin.execute(f"create sequence {schema}.tomorrow_numbers")
        admin.execute(f"create function {schema}.tomorrow_call() returns int language sql as 'select 1'")
        privileges = {
            f"{schema}.tomorrow": "has_table_privilege(%s, %s, 'select, insert, update, delete, truncate')",
            f"{schema}.tomorrow_numbers": "has_sequence_privilege(%s, %s, 'usage, select, update')",
            f"{schema}.tomorrow_call()": "has_function_privilege(%s, %s, 'execute')",
        }
        for thing, has in privileges.items():
            for role in OUTSIDERS:
                assert admin.execute(f"select {has}", [role, thing]).fetchone() == (False,), (role, thing)


async def test_the_migrating_user_can_serve(database: str) -> None:
    rpc = await PostgresRpc.open(database, 1)
    assert (await rpc.call("ping"))["ok"] is True
    await rpc.close()


@pytest.fixture(scope="module")
def postgrest(
    database: str, databases: Databases, postgrest_binary: str, postgres_server: PostgresServer
) -> Iterator[Postgrest]:
    name = str(psycopg.conninfo.conninfo_to_dict(database)["dbname"])
    started = Postgrest(postgrest_binary, postgres_server.url(name)).start()
    yield started
    started.destroy()


@pytest.fixture(params=["nobody", *OUTSIDERS])
def outsider(request: pytest.FixtureRequest, postgrest: Postgrest) -> Iterator[httpx.Client]:
    token = {} if request.param == "nobody" else {"Authorization": f"Bearer {postgrest.token(request.param)}"}
    transport = httpx.HTTPTransport(uds=str(postgrest.socket))
    with httpx.Client(transport=transport, base_url="http://postgrest", headers=token) as client:
        yield client


def assert_shut(answer: httpx.Response, schema: str) -> None:
    """What is public is refused by PostgreSQL itself; what is private does not exist for PostgREST."""
    said = (answer.status_code, answer.json()["code"])
    if schema == "public":
        assert said in ((401, "42501"), (403, "42501")), (answer.request.url, answer.text)
    else:
        assert said in ((404, "42P01"), (404, "PGRST202")), (answer.request.url, answer.text)


def test_postgrest_gives_outsiders_no_table(outsider: httpx.Client, all_tables: list[Table]) -> None:
    for table in all_tables:
        column = table.columns[0]
        for answer in (
            outsider.get(f"/{table.name}"),
            outsider.get(f"/{table.name}", params={"select": column, "limit": "1"}),
            outsider.post(f"/{table.name}", json={column: None}),
            outsider.patch(f"/{table.name}", json={column: None}),
            outsider.delete(f"/{table.name}"),
        ):
            assert_shut(answer, table.schema)


def test_postgrest_gives_outsiders_no_function(outsider: httpx.Client, all_functions: list[Function]) -> None:
    for function in all_functions:
        answer = outsider.post(f"/rpc/{function.name}", json=dict.fromkeys(function.arguments))
        assert_shut(answer, function.schema)
        if not function.arguments:
            assert_shut(outsider.get(f"/rpc/{function.name}"), function.schema)


def test_postgrest_shows_outsiders_nothing_and_nobody_the_private_schema(
    outsider: httpx.Client, postgrest: Postgrest
) -> None:
    assert list(outsider.get("/").json()["paths"]) == ["/"]
    master = {"Authorization": f"Bearer {postgrest.token('service_role')}"}
    assert outsider.get("/", headers=master | {"Accept-Profile": "private"}).status_code == 406


def test_postgrest_gives_the_service_role_every_public_function(
    postgrest: Postgrest, all_functions: list[Function]
) -> None:
    headers = {"Authorization": f"Bearer {postgrest.token('service_role')}"}
    with httpx.Client(
        transport=httpx.HTTPTransport(uds=str(postgrest.socket)), base_url="http://postgrest", headers=headers
    ) as client:
        for function in all_functions:
            if function.schema == "public":
                answer = client.post(f"/rpc/{function.name}", json=dict.fromkeys(function.arguments))
                body = answer.json()
                code = body.get("code") if isinstance(body, dict) else None
                assert code not in ("42501", "PGRST202"), (function.signature, answer.text)
