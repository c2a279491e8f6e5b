"""Brings a database up to date: `supabase/migrations/*.sql`, in order, each file in one transaction.

What was applied is recorded as the Supabase CLI records it (table, columns, and how a file is cut into
statements), so that `talia migrate` and `supabase db push` can take turns on one database.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString

import psycopg

from app.db.sqlstate import first_line
from app.errors import ConfigurationError

_APP = Path(__file__).resolve().parents[1]
MIGRATIONS = next(
    (found for found in (_APP / "_migrations", _APP.parent / "supabase" / "migrations") if found.is_dir()),
    _APP / "_migrations",
)
"""In an installed wheel the files lie inside the package; in a checkout they are where they are edited."""

_FILE = re.compile(r"([0-9]{14})_([a-z0-9_]+)\.sql")
# Everything in which a semicolon does not end a statement. Comments that are nested, and function bodies of
# the form `begin atomic`, are not known here: Postgres would refuse their pieces with a syntax error.
_TOKEN = re.compile(
    r"""
    --[^\n]*
    | /\*.*?\*/
    | \b[eE]'(?:[^'\\]|''|\\.)*'
    | '(?:[^']|'')*'
    | "(?:[^"]|"")*"
    | (?<![\w$])(?P<tag>\$(?:[^\W\d]\w*)?\$).*?(?P=tag)
    | (?P<end>;)
    """,
    re.DOTALL | re.VERBOSE,
)
_LEADING_COMMENTS = re.compile(r"(?:\s+|--[^\n]*|/\*.*?\*/)*", re.DOTALL)

_LOCK = 0x74616C6961  # "talia": one migration at a time per database
_HISTORY: tuple[LiteralString, ...] = (
    "create schema if not exists supabase_migrations",
    "create table if not exists supabase_migrations.schema_migrations (version text not null primary key)",
    "alter table supabase_migrations.schema_migrations add column if not exists statements text[]",
    "alter table supabase_migrations.schema_migrations add column if not exists name text",
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement, trimmed and without its semicolon, and the line of the file on which it begins."""

    line: int
    sql: str


@dataclass(frozen=True, slots=True)
class Migration:
    """One file. `version` is its 14 digits, `name` what follows them."""

    version: str
    name: str
    statements: tuple[Statement, ...]

    @property
    def file(self) -> str:
        return f"{self.version}_{self.name}.sql"


def migrate(conninfo: str, folder: Path = MIGRATIONS) -> list[str]:
    """Apply what is missing; return the versions that this call applied, oldest first.

    Safe to run twice and side by side. Raises ConfigurationError with one line: cannot connect, not allowed,
    which file and line failed, or which file was edited after it was applied.
    """
    migrations = read_migrations(folder)
    with _connect(conninfo) as connection:
        if not _missing(migrations, _applied(connection)):
            return []
        return [migration.version for migration in migrations if _apply(connection, migration)]


def enable_vectors(conninfo: str) -> str:
    """Make room for vectors in a database that is up to date, where it can: ready, missing or forbidden (see the SQL
    function of this name). Safe at any time. Raises ConfigurationError like `migrate`."""
    with _connect(conninfo) as connection:
        try:
            with connection.transaction():
                connection.execute("select set_config('lock_timeout', '60s', true)")
                connection.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
                connection.execute("select set_config('lock_timeout', '4s', true)")
                answer = connection.execute("select private.enable_vectors()").fetchone()
                connection.execute("notify pgrst, 'reload schema'")
        except psycopg.errors.InsufficientPrivilege:
            return "forbidden"
        except psycopg.Error as error:
            raise ConfigurationError(f"cannot make room for vectors: {first_line(error)}") from None
    return str(answer[0]) if answer else "missing"


def pending(conninfo: str, folder: Path = MIGRATIONS) -> list[str]:
    """The versions that `migrate` would apply. Changes nothing. Raises ConfigurationError like `migrate`."""
    migrations = read_migrations(folder)
    with _connect(conninfo) as connection:
        return [migration.version for migration in _missing(migrations, _applied(connection))]


def read_migrations(folder: Path = MIGRATIONS) -> list[Migration]:
    """The folder's files, oldest first. A name that is no migration's, or no file at all, is refused."""
    migrations = []
    for path in sorted(folder.glob("*.sql")):
        named = _FILE.fullmatch(path.name)
        if not named:
            raise ConfigurationError(f"{path.name}: a migration is named <14 digits>_<feature>_<verb>.sql")
        statements = tuple(split_statements(path.read_text(encoding="utf-8")))
        migrations.append(Migration(named[1], named[2], statements))
    if not migrations:
        raise ConfigurationError(f"no migrations in {folder}")
    return migrations


def split_statements(sql: str) -> list[Statement]:
    """Cut at the semicolons between statements, as the Supabase CLI does; comments stay where they are."""
    ends = [token.start() for token in _TOKEN.finditer(sql) if token["end"]]
    statements = []
    for start, end in zip([0, *(end + 1 for end in ends)], [*ends, len(sql)], strict=True):
        piece = sql[start:end]
        if trimmed := piece.strip().rstrip(";").strip():
            before = start + len(piece) - len(piece.lstrip())
            statements.append(Statement(sql.count("\n", 0, before) + 1, trimmed))
    return statements


def _connect(conninfo: str) -> psycopg.Connection[Any]:
    try:
        return psycopg.connect(
            conninfo,
            autocommit=True,
            connect_timeout=5,
            prepare_threshold=None,
            application_name="talia migrate",
        )
    except psycopg.ProgrammingError:
        # The driver's message would repeat the address, password included.
        raise ConfigurationError(
            "the database address is not understood: write postgresql://user:password@host:5432/database"
        ) from None
    except psycopg.Error as error:
        raise ConfigurationError(f"cannot connect to the database: {first_line(error)}") from None


def _applied(connection: psycopg.Connection[Any]) -> dict[str, list[str] | None]:
    """Version → its recorded statements; None where whoever applied it recorded none."""
    try:
        table = connection.execute("select to_regclass('supabase_migrations.schema_migrations')").fetchone()
        if table is None or table[0] is None:
            return {}
        # The Supabase CLI's oldest tables have no column `statements`: read as JSON, it is null there.
        rows = connection.execute(
            "select version, to_jsonb(m) -> 'statements' from supabase_migrations.schema_migrations m"
        )
        return dict(rows.fetchall())
    except psycopg.Error as error:
        raise ConfigurationError(f"cannot read which migrations were applied: {first_line(error)}") from None


def _missing(migrations: list[Migration], applied: dict[str, list[str] | None]) -> list[Migration]:
    for migration in migrations:
        recorded = applied.get(migration.version)
        if recorded and _essence(recorded) != _essence([s.sql for s in migration.statements]):
            raise ConfigurationError(
                f"{migration.file} was changed after it was applied to this database: "
                "put it back as it was and write a new migration"
            )
    return [migration for migration in migrations if migration.version not in applied]


def _essence(statements: list[str]) -> str:
    return "".join("".join(statements).split()).replace(";", "")


def _apply(connection: psycopg.Connection[Any], migration: Migration) -> bool:
    """Whether this call applied it: somebody else may have, while this one waited."""
    statement = Statement(1, "")
    try:
        with connection.transaction():
            # Another migrator may take its time; a table that is in use may not hold this one up.
            connection.execute("select set_config('lock_timeout', '60s', true)")
            connection.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
            connection.execute("select set_config('lock_timeout', '4s', true)")
            for sql in _HISTORY:
                connection.execute(sql)
            if _is_recorded(connection, migration):
                return False
            for statement in migration.statements:
                connection.execute(statement.sql)
            _record(connection, migration)
    except psycopg.Error as error:
        raise ConfigurationError(_failure(migration, statement, error)) from None
    return True


def _is_recorded(connection: psycopg.Connection[Any], migration: Migration) -> bool:
    found = connection.execute(
        "select from supabase_migrations.schema_migrations where version = %s", [migration.version]
    )
    return found.fetchone() is not None


def _record(connection: psycopg.Connection[Any], migration: Migration) -> None:
    connection.execute(
        "insert into supabase_migrations.schema_migrations (version, name, statements) values (%s, %s, %s)",
        [migration.version, migration.name, [statement.sql for statement in migration.statements]],
    )
    # PostgREST keeps a picture of the schema and would go on refusing what it has not seen.
    connection.execute("notify pgrst, 'reload schema'")


def _failure(migration: Migration, statement: Statement, error: psycopg.Error) -> str:
    position = error.diag.statement_position
    begin = int(position) - 1 if position else _begin_of_code(statement.sql)
    line = statement.line + statement.sql.count("\n", 0, begin)
    return f"{migration.file}, line {line}: {error.diag.message_primary or first_line(error)}"


def _begin_of_code(sql: str) -> int:
    comments = _LEADING_COMMENTS.match(sql)
    return comments.end() if comments else 0
