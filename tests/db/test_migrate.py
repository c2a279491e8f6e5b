"""The migration runner: from empty, twice, side by side, on both server versions, beside the Supabase CLI."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg
import pytest

from app.db.cluster import find_install
from app.db.migrate import MIGRATIONS, migrate, pending, read_migrations, split_statements
from app.errors import ConfigurationError
from scripts.dump_schema import SCHEMA, dump
from tests.rigs.databases import Databases
from tests.rigs.postgres import DEBIAN_15, PostgresServer

ROOT = Path(__file__).resolve().parents[2]
ALL = [migration.version for migration in read_migrations()]
HISTORY = "select version, name, statements from supabase_migrations.schema_migrations order by version"


@pytest.fixture(scope="module", params=[18, 15], ids=["PG18", "PG15"])
def server(request: pytest.FixtureRequest) -> Iterator[PostgresServer]:
    """Servers of the test's own: roles are the cluster's, and each must be made from nothing."""
    install = {18: find_install(), 15: DEBIAN_15}[request.param]
    if not install.exists():
        pytest.skip(f"no PostgreSQL in {install}")
    own = PostgresServer.create(install)
    yield own
    own.destroy()


@pytest.fixture
def empty(server: PostgresServer) -> Iterator[str]:
    with Databases(server).empty() as url:
        yield url


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two small migrations, to be broken in every way."""
    (tmp_path / "20260101000000_first_create.sql").write_text("create table public.first (id int);\n")
    (tmp_path / "20260102000000_second_create.sql").write_text(
        "-- a comment; with a semicolon\ncreate table public.second (id int);\n\n"
        "insert into public.second values (1);\n"
    )
    return tmp_path


def rows(url: str, query: str) -> list[Any]:
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(query).fetchall()


def test_from_empty_and_then_again(empty: str) -> None:
    assert pending(empty) == ALL
    assert migrate(empty) == ALL
    assert pending(empty) == []
    assert migrate(empty) == []
    assert [version for version, *_ in rows(empty, HISTORY)] == ALL


def test_both_servers_end_with_the_schema_in_git(empty: str) -> None:
    migrate(empty)
    assert dump(empty) == SCHEMA.read_text(encoding="utf-8"), "run python scripts/dump_schema.py"


def test_four_at_once_apply_each_file_once(empty: str) -> None:
    together = threading.Barrier(4)

    def one(_: int) -> list[str]:
        together.wait()
        return migrate(empty)

    with ThreadPoolExecutor(4) as pool:
        applied = list(pool.map(one, range(4)))
    assert sorted(version for versions in applied for version in versions) == ALL
    assert pending(empty) == []


def test_four_databases_of_one_server_at_once(server: PostgresServer) -> None:
    """They share the roles, which the first of them makes."""
    made = Databases(server)
    with ExitStack() as stack, ThreadPoolExecutor(4) as pool:
        urls = [stack.enter_context(made.empty(name)) for name in "abcd"]
        assert list(pool.map(migrate, urls)) == [ALL] * 4


def test_what_is_recorded_is_what_the_supabase_cli_records(empty: str) -> None:
    migrate(empty)
    columns = rows(
        empty,
        "select column_name, data_type, is_nullable from information_schema.columns "
        "where table_schema = 'supabase_migrations' order by ordinal_position",
    )
    assert columns == [("version", "text", "NO"), ("statements", "ARRAY", "YES"), ("name", "text", "YES")]
    assert rows(
        empty,
        "select pg_get_constraintdef(oid) from pg_constraint where contype = 'p' "
        "and conrelid = 'supabase_migrations.schema_migrations'::regclass",
    ) == [("PRIMARY KEY (version)",)]
    version, name, statements = rows(empty, HISTORY)[0]
    assert (version, name) == (ALL[0], "foundation")
    text = (MIGRATIONS / f"{version}_{name}.sql").read_text(encoding="utf-8")
    assert "".join(text.split()).replace(";", "") == "".join("".join(statements).split()).replace(";", "")


def test_a_history_that_the_cli_began_is_continued(empty: str, folder: Path) -> None:
    with psycopg.connect(empty, autocommit=True) as cli:
        cli.execute("create schema supabase_migrations")
        cli.execute("create table supabase_migrations.schema_migrations (version text not null primary key)")
        cli.execute("insert into supabase_migrations.schema_migrations values ('20260101000000')")
    assert pending(empty, folder) == ["20260102000000"]
    assert migrate(empty, folder) == ["20260102000000"]
    assert rows(empty, "select to_regclass('public.first'), to_regclass('public.second')") == [
        (None, "second")
    ]
    assert rows(empty, HISTORY)[0] == ("20260101000000", None, None)


def test_the_newer_columns_of_the_cli_do_no_harm(empty: str, folder: Path) -> None:
    with psycopg.connect(empty, autocommit=True) as cli:
        cli.execute("create schema supabase_migrations")
        cli.execute(
            "create table supabase_migrations.schema_migrations (version text not null primary key, "
            "statements text[], name text, created_by text, idempotency_key text unique, rollback text[])"
        )
    assert len(migrate(empty, folder)) == 2


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("select 1;\n\n\nselect wrong;\n", 'line 4: column "wrong" does not exist'),
        ("-- why\n/* and\nhow */\ndo $$ begin raise 'stop'; end $$;", "line 4: stop"),
        (
            "select 1;\n\ncreate table x (\n  a int,\n  b nonsense\n);",
            'line 5: type "nonsense" does not exist',
        ),
        ("select 1;\ncreate tabel x ();", 'line 2: syntax error at or near "tabel"'),
        ("select 'ñandú';\nselect 'ñ', ñ;", 'line 2: column "ñ" does not exist'),
    ],
)
def test_a_failure_names_file_and_line_and_leaves_nothing(
    empty: str, folder: Path, sql: str, says: str
) -> None:
    (folder / "20260103000000_third_fail.sql").write_text("create table public.third (id int);" + sql)
    with pytest.raises(ConfigurationError) as caught:
        migrate(empty, folder)
    assert str(caught.value) == f"20260103000000_third_fail.sql, {says}"
    assert rows(empty, "select to_regclass('public.second'), to_regclass('public.third')") == [
        ("second", None)
    ]
    assert pending(empty, folder) == ["20260103000000"]


def test_an_applied_file_may_not_be_edited(empty: str, folder: Path) -> None:
    migrate(empty, folder)
    first = folder / "20260101000000_first_create.sql"
    first.write_text(first.read_text() + "\n\n")
    assert migrate(empty, folder) == [], "white space says nothing"
    first.write_text("create table public.first (id bigint);\n")
    for run in (migrate, pending):
        with pytest.raises(ConfigurationError, match=r"^20260101000000_first_create\.sql was changed after"):
            run(empty, folder)


def test_a_table_in_use_does_not_hold_everybody_up(empty: str, folder: Path) -> None:
    migrate(empty, folder)
    (folder / "20260103000000_second_alter.sql").write_text("alter table public.second add column name text;")
    with psycopg.connect(empty) as reader:
        reader.execute("select * from public.second")
        begin = time.monotonic()
        with pytest.raises(ConfigurationError, match=r"second_alter\.sql, line 1: .*lock timeout"):
            migrate(empty, folder)
        assert time.monotonic() - begin < 5
    assert migrate(empty, folder) == ["20260103000000"]


@pytest.mark.parametrize(
    "name", ["1_short.sql", "20260103000000.sql", "20260103000000_Upper.sql", "notes.sql"]
)
def test_a_file_that_is_no_migration_is_refused(folder: Path, name: str) -> None:
    (folder / name).write_text("select 1")
    with pytest.raises(ConfigurationError, match="a migration is named"):
        read_migrations(folder)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no migrations in"):
        read_migrations(tmp_path)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql://u:hunter2@127.0.0.1:1/x", "cannot connect to the database: "),
        ("postgresql//u:hunter2@somewhere", "the database address is not understood"),
        ("nonsense", "the database address is not understood"),
    ],
)
@pytest.mark.parametrize("run", [migrate, pending])
def test_an_address_that_leads_nowhere_is_one_clear_line(run: Any, url: str, says: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        run(url)
    line = str(caught.value)
    assert line.startswith(says)
    assert "\n" not in line
    assert "hunter2" not in line


def test_a_user_without_rights_is_told(server: PostgresServer, empty: str) -> None:
    with server.connect() as connection:
        connection.execute("drop role if exists nobody_special")
        connection.execute("create role nobody_special login")
    name = psycopg.conninfo.conninfo_to_dict(empty)["dbname"]
    url = server.url(str(name), user="nobody_special")
    with pytest.raises(ConfigurationError, match=rf"^{ALL[0]}_foundation\.sql, line 1: permission denied"):
        migrate(url)
    migrate(empty)
    with pytest.raises(
        ConfigurationError, match=r"^cannot read which migrations were applied: permission denied"
    ):
        pending(url)


def test_statements_are_cut_where_postgres_would_cut_them() -> None:
    sql = """
-- one; still a comment
select ';' as a, 'it''s;' as b, E'\\';' as c, "odd;name" as d, $$;$$ as e, $tag$ $$ ; $tag$ as f;
/* two; */ select 1 /* ; */ ;
do $body$
begin
  perform $1; -- ; here
end
$body$;
select a$b$c from x; select 2;;
"""
    pieces = split_statements(sql)
    assert [(piece.line, piece.sql.splitlines()[-1]) for piece in pieces] == [
        (2, sql.splitlines()[2].rstrip(";")),
        (4, "/* two; */ select 1 /* ; */"),
        (5, "$body$"),
        (10, "select a$b$c from x"),
        (10, "select 2"),
    ]


def test_every_file_means_the_same_in_pieces_and_as_a_whole(server: PostgresServer) -> None:
    made = Databases(server)
    with made.empty("pieces") as pieces, made.empty("whole") as whole:
        migrate(pieces)
        with psycopg.connect(whole, autocommit=True) as connection:
            for path in sorted(MIGRATIONS.glob("*.sql")):
                connection.execute(path.read_text(encoding="utf-8"))
        assert dump(pieces) == dump(whole)
