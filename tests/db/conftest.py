"""Databases that also hold the scratch functions of `scratch.sql`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from app.db.postgres import PostgresRpc
from app.db.supabase import SupabaseRpc
from tests.rigs.databases import Databases
from tests.rigs.postgrest import Gateway, Postgrest

SCRATCH = (Path(__file__).parent / "scratch.sql").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Both:
    """The two transports over one database."""

    postgres: PostgresRpc
    supabase: SupabaseRpc


def add_scratch_functions(database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(SCRATCH)


@pytest.fixture(scope="module")
def scratch_database(databases: Databases) -> Iterator[str]:
    with databases.fresh() as url:
        add_scratch_functions(url)
        yield url


@pytest.fixture(scope="module")
def scratch_project(scratch_database: str, postgrest_binary: str) -> Iterator[Gateway]:
    postgrest = Postgrest(postgrest_binary, scratch_database).start()
    gateway = Gateway(postgrest).start()
    yield gateway
    gateway.stop()
    postgrest.destroy()


@pytest.fixture
async def both(scratch_database: str, scratch_project: Gateway) -> AsyncIterator[Both]:
    opened = Both(
        await PostgresRpc.open(scratch_database, 5),
        await SupabaseRpc.open(scratch_project.url, scratch_project.key),
    )
    yield opened
    await opened.supabase.close()
    await opened.postgres.close()
