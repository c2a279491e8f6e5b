"""Behind a transaction pooler: each call may meet another server connection, and nothing may stay on it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator

import psycopg
import pytest

from app.db.postgres import POOLER_PORTS, PostgresRpc, run_through_pooler
from app.db.rpc import DatabaseUnavailable
from app.errors import AppError, Invalid
from tests.db.conftest import add_scratch_functions
from tests.db.test_parity import CONTAINERS, NUMBERS, TEXTS
from tests.rigs.databases import Databases
from tests.rigs.postgres import PostgresServer

SESSION = """
select current_user, current_setting('statement_timeout'), current_setting('lock_timeout'),
  (select count(*) from pg_prepared_statements)
"""


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """A server whose socket is named by the pooler's port: the address alone decides."""
    own = PostgresServer.create(port=6543)
    yield own
    own.destroy()


@pytest.fixture(scope="module")
def database(server: PostgresServer) -> Iterator[str]:
    with Databases(server).fresh() as url:
        add_scratch_functions(url)
        yield url


@pytest.fixture
async def rpc(database: str) -> AsyncIterator[PostgresRpc]:
    opened = await PostgresRpc.open(database, 3)
    yield opened
    await opened.close()


async def test_the_ports_of_both_poolers_are_known() -> None:
    assert {"6543", "6432"} == POOLER_PORTS


async def test_a_call_leaves_no_trace_on_its_connection(database: str) -> None:
    connection = await psycopg.AsyncConnection.connect(database, autocommit=True, prepare_threshold=None)
    async with connection:
        before = await (await connection.execute(SESSION)).fetchone()
        for _ in range(10):
            answer = await run_through_pooler(connection, b"select public.scratch_who()", [])
            assert answer == {"role": "service_role"}
        with pytest.raises(psycopg.errors.InvalidTextRepresentation):
            await run_through_pooler(connection, b"select public.scratch_describe(p_int => %s)", ["x"])
        assert await (await connection.execute(SESSION)).fetchone() == before
        assert connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE


async def test_nothing_is_ever_set_for_a_session(server: PostgresServer, database: str) -> None:
    with psycopg.connect(database, autocommit=True) as admin:
        admin.execute("alter role postgres set log_statement = 'all'")
        admin.execute("alter role postgres set log_min_messages = 'log'")
    rpc = await PostgresRpc.open(database, 2)
    await asyncio.gather(*(rpc.call("scratch_echo", value="seen in the log") for _ in range(9)))
    await rpc.close()
    log = server.log.read_text(encoding="utf-8")
    assert log.count("seen in the log") == 9
    settings = re.findall(r"set_config\('\w+', '\w+', (\w+)\)", log)
    assert set(settings) == {"true"}
    assert not re.search(r"\b(set session|set role|prepare|listen|advisory_lock)\b", log, re.IGNORECASE)
    with psycopg.connect(database, autocommit=True) as admin:
        admin.execute("alter role postgres reset all")


async def test_the_limits_hold_for_each_call(rpc: PostgresRpc) -> None:
    with pytest.raises(DatabaseUnavailable) as caught:
        await rpc.call("scratch_sleep", seconds=30)
    assert caught.value.code == "database.timeout"


async def test_every_value_is_quoted_as_it_should_be(rpc: PostgresRpc) -> None:
    for value in [None, True, *TEXTS, *NUMBERS, *CONTAINERS]:
        expected = list(value) if isinstance(value, tuple) else value
        assert await rpc.call("scratch_echo", value=value) == expected
    for text in TEXTS:
        assert (await rpc.call("scratch_describe", text=text))["text"] == text


async def test_errors_are_the_same_as_without_a_pooler(rpc: PostgresRpc) -> None:
    with pytest.raises(Invalid):
        await rpc.call("scratch_describe", int="seven")
    with pytest.raises(AppError) as caught:
        await rpc.call("scratch_raise", state="PT409", message="turn.fenced", detail="", hint="")
    assert (caught.value.code, caught.value.status) == ("turn.fenced", 409)


async def test_concurrent_calls_do_not_mix(rpc: PostgresRpc) -> None:
    assert await asyncio.gather(*(rpc.call("scratch_echo", value=n) for n in range(100))) == list(range(100))
