"""What is in a migrated database, read from its catalogue, so that no list has to be kept by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg

Admin = psycopg.Connection[Any]

_TABLES = """
select c.relname, n.nspname, c.relkind::text, array(
  select a.attname::text from pg_attribute a
  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum)
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname in ('public', 'private') and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
order by 2, 1
"""
_FUNCTIONS = """
select p.proname, n.nspname, p.oid::regprocedure::text,
  coalesce(p.proargnames[1:p.pronargs], '{}'),
  array(select format_type(t, null) from unnest(p.proargtypes::oid[]) with ordinality u (t, i) order by i),
  format_type(p.prorettype, null), p.proretset, p.prosecdef, coalesce(p.proconfig, '{}'), l.lanname, p.prokind::text
from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
where n.nspname in ('public', 'private')
order by 2, 1
"""


@dataclass(frozen=True)
class Table:
    """A table, view or sequence."""

    name: str
    schema: str
    kind: str
    columns: list[str]

    def __str__(self) -> str:
        return f'{self.schema}."{self.name}"'


@dataclass(frozen=True)
class Function:
    name: str
    schema: str
    signature: str
    arguments: list[str]
    types: list[str]
    returns: str
    returns_set: bool
    security_definer: bool
    settings: list[str]
    language: str
    kind: str

    def call_with_nulls(self) -> str:
        nulls = ", ".join(f"null::{type_}" for type_ in self.types)
        return f'select {self.schema}."{self.name}"({nulls})'


def tables(admin: Admin) -> list[Table]:
    return [Table(*row) for row in admin.execute(_TABLES).fetchall()]


def functions(admin: Admin) -> list[Function]:
    return [Function(*row) for row in admin.execute(_FUNCTIONS).fetchall()]


@contextmanager
def undone(admin: Admin, role: str | None = None) -> Iterator[Admin]:
    """A transaction that is rolled back, as another role if one is named."""
    with admin.transaction(force_rollback=True):
        if role:
            admin.execute("select set_config('role', %s, true)", [role])
        yield admin


def refused(admin: Admin, role: str, statement: str) -> bool:
    """Whether `role` may not do this. Any other outcome, another error included, is not a refusal."""
    try:
        with undone(admin, role):
            admin.execute(statement.encode())
    except psycopg.errors.InsufficientPrivilege:
        return True
    except psycopg.Error:
        return False
    return False
