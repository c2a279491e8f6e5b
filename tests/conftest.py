"""Fixtures for everything that needs a database. All of it is real: PostgreSQL, PostgREST, supabase-py.

A test that stores something makes a site of its own (`site`): the tables are multi-tenant, so that sites do
not see each other. A test that needs a database for itself, or for a server, asks for `database_url`.
"""

from __future__ import annotations

import secrets
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import psycopg
import pytest

from app.db.postgres import PostgresRpc
from app.db.rpc import Rpc
from app.db.supabase import SupabaseRpc
from tests.rigs.databases import Databases
from tests.rigs.postgres import PostgresServer
from tests.rigs.postgrest import Gateway, Postgrest, fetch_binary

MakeSite = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """This run's PostgreSQL (`TALIA_TEST_POSTGRES`). Not to be killed: faults need one of their own."""
    server = PostgresServer.create()
    yield server
    server.destroy()


@pytest.fixture(scope="session")
def databases(postgres_server: PostgresServer) -> Databases:
    return Databases(postgres_server)


@pytest.fixture(scope="session")
def postgrest_binary() -> str:
    return fetch_binary()


@pytest.fixture(scope="module")
def database(databases: Databases) -> Iterator[str]:
    """The URL (superuser) of the migrated database that a module's tests share."""
    with databases.fresh() as url:
        yield url


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """The URL (superuser) of a migrated database for one test alone, such as one that runs a server."""
    with databases.fresh() as url:
        yield url


@pytest.fixture(scope="module")
def supabase_project(database: str, postgrest_binary: str) -> Iterator[Gateway]:
    """The module's database as a Supabase project: `.url` and `.key` are its settings."""
    postgrest = Postgrest(postgrest_binary, database).start()
    gateway = Gateway(postgrest).start()
    yield gateway
    gateway.stop()
    postgrest.destroy()


@pytest.fixture
def admin(database: str) -> Iterator[psycopg.Connection[Any]]:
    """A superuser's connection to the module's database: to set up what no function can, and to look."""
    with psycopg.connect(database, autocommit=True) as connection:
        yield connection


@pytest.fixture(params=["postgres", "supabase"])
async def rpc(request: pytest.FixtureRequest, database: str) -> AsyncIterator[Rpc]:
    """Both transports, over the module's database."""
    opened: Rpc
    if request.param == "postgres":
        opened = await PostgresRpc.open(database, 5)
    else:
        project = request.getfixturevalue("supabase_project")
        opened = await SupabaseRpc.open(project.url, project.key)
    yield opened
    await opened.close()


@pytest.fixture
def site(rpc: Rpc) -> MakeSite:
    """`await site(settings={…})` makes a site with its own slug and key; returns what `ensure_site` does."""

    async def make(**values: Any) -> dict[str, Any]:
        mark = secrets.token_hex(4)
        defaults = {
            "slug": f"site-{mark}",
            "name": f"Site {mark}",
            "public_key": f"pk_{mark}",
            "allowed_origins": [],
            "settings": {},
        }
        made: dict[str, Any] = await rpc.call("ensure_site", **(defaults | values))
        return made

    return make


@pytest.fixture
def free_port() -> int:
    """A TCP port of loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
