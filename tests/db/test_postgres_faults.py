"""The psycopg transport when the server dies, stalls, is slow or is overrun. On a server of its own."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any, Literal

import psycopg
import pytest

from app.db import postgres
from app.db.postgres import PostgresRpc
from app.db.rpc import DatabaseUnavailable
from app.errors import AppError, ConfigurationError
from tests.db.conftest import add_scratch_functions
from tests.rigs.databases import Databases
from tests.rigs.postgres import PostgresServer

POOL = 5
QUICKLY = 0.5
BLOCKED = "select pid from pg_stat_activity where wait_event_type = 'Lock' and application_name = 'talia'"


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    own = PostgresServer.create()
    yield own
    own.destroy()


@pytest.fixture(scope="module")
def database(server: PostgresServer) -> Iterator[str]:
    with Databases(server).fresh() as url:
        add_scratch_functions(url)
        yield url
        server.start()  # for the clean-up, should a test have left it dead


@asynccontextmanager
async def pool_of(size: int, database: str) -> AsyncIterator[PostgresRpc]:
    """A pool in which every connection has been used."""
    rpc = await PostgresRpc.open(database, size)
    try:
        await asyncio.gather(*(rpc.call("scratch_sleep", seconds=0.05) for _ in range(size)))
        yield rpc
    finally:
        await rpc.close()


@pytest.fixture
async def rpc(database: str) -> AsyncIterator[PostgresRpc]:
    async with pool_of(POOL, database) as opened:
        yield opened


async def failure_of(rpc: PostgresRpc, function: str = "scratch_once", **args: Any) -> tuple[AppError, float]:
    begin = time.monotonic()
    with pytest.raises(AppError) as caught:
        await rpc.call(function, **args)
    return caught.value, time.monotonic() - begin


async def blocked_backend(admin: psycopg.AsyncConnection[Any]) -> int:
    """The process that waits for the advisory lock: its call has been sent and has begun."""
    async with asyncio.timeout(5):
        while True:
            row = await (await admin.execute(BLOCKED)).fetchone()
            if row:
                return int(row[0])


@pytest.fixture
async def admin(database: str) -> AsyncIterator[psycopg.AsyncConnection[Any]]:
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as connection:
        yield connection


@pytest.mark.parametrize("how", ["fast", "immediate", "kill"])
async def test_after_a_restart_the_first_calls_succeed(
    rpc: PostgresRpc, server: PostgresServer, how: Literal["fast", "immediate", "kill"]
) -> None:
    """Every pooled connection is dead, which shows before anything is sent: even `scratch_once` succeeds."""
    server.stop(how)
    server.start()
    begin = time.monotonic()
    answers = await asyncio.gather(*(rpc.call("scratch_once") for _ in range(2 * POOL)))
    assert len(set(answers)) == 2 * POOL
    assert time.monotonic() - begin < 2


async def test_while_it_is_down_calls_fail_within_two_seconds_and_recover(
    rpc: PostgresRpc, server: PostgresServer
) -> None:
    server.stop("kill")
    for error, seconds in await asyncio.gather(*(failure_of(rpc) for _ in range(4 * POOL))):
        assert isinstance(error, DatabaseUnavailable)
        assert (error.status, error.code, error.retry_after) == (503, "database.unavailable", 1.0)
        assert seconds < postgres.CHECKOUT_SECONDS + QUICKLY
    # Long enough for a back-off that doubles to have grown beyond what a visitor would wait.
    error, _ = await failure_of(rpc)
    assert isinstance(error, DatabaseUnavailable)
    server.start()
    begin = time.monotonic()
    assert await rpc.call("scratch_once")
    assert time.monotonic() - begin < 2


@pytest.mark.parametrize(("function", "runs"), [("ping", 2), ("scratch_once", 1)])
async def test_a_connection_lost_in_mid_call_is_repeated_only_where_it_may_be(
    rpc: PostgresRpc, admin: psycopg.AsyncConnection[Any], function: str, runs: int
) -> None:
    await admin.execute("select setval('public.scratch_calls', 1, false)")
    await admin.execute("select pg_advisory_lock(1)")
    call = asyncio.create_task(rpc.call(function))
    await admin.execute("select pg_terminate_backend(%s)", [await blocked_backend(admin)])
    if runs == 2:
        await blocked_backend(admin)
    await admin.execute("select pg_advisory_unlock(1)")
    if runs == 2:
        assert await call == 2
    else:
        with pytest.raises(DatabaseUnavailable):
            await call
    counted = await (await admin.execute("select last_value from public.scratch_calls")).fetchone()
    assert counted == (runs,)


async def test_a_second_loss_is_the_callers(rpc: PostgresRpc, admin: psycopg.AsyncConnection[Any]) -> None:
    await admin.execute("select pg_advisory_lock(1)")
    call = asyncio.create_task(rpc.call("ping"))
    for _ in range(2):
        pid = await blocked_backend(admin)
        await admin.execute("select pg_terminate_backend(%s, 5000)", [pid])
    with pytest.raises(DatabaseUnavailable):
        await call
    await admin.execute("select pg_advisory_unlock(1)")


async def test_slow_functions_and_held_locks_end_in_time(
    rpc: PostgresRpc, admin: psycopg.AsyncConnection[Any]
) -> None:
    await admin.execute("select pg_advisory_lock(1)")
    (slow, slow_seconds), (locked, locked_seconds) = await asyncio.gather(
        failure_of(rpc, "scratch_sleep", seconds=30), failure_of(rpc, "scratch_once")
    )
    await admin.execute("select pg_advisory_unlock(1)")
    assert (slow.status, slow.code, slow.retry_after) == (503, "database.timeout", 1.0)
    assert 4.9 < slow_seconds < 5.5
    assert (locked.status, locked.code) == (503, "database.busy")
    assert 3.9 < locked_seconds < 4.5


async def test_a_silent_server_is_given_up(
    rpc: PostgresRpc, admin: psycopg.AsyncConnection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stopped process answers nothing, not even to a request to cancel."""
    monkeypatch.setattr(postgres, "ANSWER_SECONDS", 0.5)
    await admin.execute("select pg_advisory_lock(1)")
    call = asyncio.create_task(failure_of(rpc))
    stopped = await blocked_backend(admin)
    os.kill(stopped, signal.SIGSTOP)
    try:
        error, seconds = await call
    finally:
        os.kill(stopped, signal.SIGCONT)
        await admin.execute("select pg_advisory_unlock(1)")
    assert isinstance(error, DatabaseUnavailable)
    assert seconds < 0.5 + QUICKLY
    assert await rpc.call("scratch_once")


async def test_cancelled_calls_leave_nothing_behind(
    rpc: PostgresRpc, admin: psycopg.AsyncConnection[Any]
) -> None:
    await admin.execute("select pg_advisory_lock(1)")
    for _ in range(3 * POOL):
        call = asyncio.create_task(rpc.call("scratch_once"))
        await blocked_backend(admin)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        assert await (await admin.execute(BLOCKED)).fetchone() is None
    await admin.execute("select pg_advisory_unlock(1)")
    assert len(await asyncio.gather(*(rpc.call("scratch_once") for _ in range(POOL)))) == POOL


async def test_a_flood_is_answered_or_refused_in_time_and_then_over(rpc: PostgresRpc) -> None:
    """200 calls of 0.2 s need 8 s of a pool of 5; whoever gets no connection in 2 s is told so."""

    async def one() -> float:
        begin = time.monotonic()
        try:
            await rpc.call("scratch_sleep", seconds=0.2)
        except DatabaseUnavailable as error:
            return begin - time.monotonic() if error.retry_after else 0
        return time.monotonic() - begin

    seconds = await asyncio.gather(*(one() for _ in range(200)))
    served = [s for s in seconds if s > 0]
    assert len(served) >= 5 * 9
    assert all(seconds), "a refusal says when to come back"
    assert max(abs(s) for s in seconds) < postgres.CHECKOUT_SECONDS + 0.2 + QUICKLY
    begin = time.monotonic()
    await rpc.call("scratch_once")
    assert time.monotonic() - begin < QUICKLY


async def test_many_short_calls_all_get_their_turn(rpc: PostgresRpc) -> None:
    answers = await asyncio.gather(*(rpc.call("scratch_echo", value=n) for n in range(300)))
    assert answers == list(range(300))


async def test_a_full_queue_refuses_at_once(database: str) -> None:
    room = postgres.WAITING_PER_CONNECTION
    async with pool_of(1, database) as rpc:
        calls = [asyncio.create_task(rpc.call("scratch_sleep", seconds=0.3))]
        calls += [asyncio.create_task(rpc.call("scratch_echo", value=1)) for _ in range(room)]
        await asyncio.sleep(0)  # each of them gets as far as the pool
        for _ in range(3):
            error, seconds = await failure_of(rpc, "scratch_echo", value=2)
            assert (error.status, error.code) == (503, "database.busy")
            assert seconds < 0.1
        assert len(await asyncio.gather(*calls)) == room + 1


async def test_a_closed_pool_says_so(database: str) -> None:
    async with pool_of(1, database) as rpc:
        pass
    error, _ = await failure_of(rpc)
    assert isinstance(error, DatabaseUnavailable)


async def test_a_function_may_be_replaced_while_the_server_runs(
    rpc: PostgresRpc, admin: psycopg.AsyncConnection[Any]
) -> None:
    grant = "grant execute on function public.scratch_changing to service_role"
    body = "returns jsonb language sql set search_path = '' as 'select to_jsonb(p_x)'"
    await admin.execute(f"create function public.scratch_changing(p_x text) {body}")
    await admin.execute(grant)
    assert await rpc.call("scratch_changing", x="true") == "true"
    await admin.execute("drop function public.scratch_changing(text)")
    error, _ = await failure_of(rpc, "scratch_changing", x="true")
    assert error.code == "database.not_migrated"
    await admin.execute(f"create function public.scratch_changing(p_x jsonb) {body}")
    await admin.execute(grant)
    assert await rpc.call("scratch_changing", x="true") == "true"


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql://u:hunter2@127.0.0.1:1/x", "cannot connect to the database: "),
        ("postgresql://u:hunter2@127.0.0.1:nope/x", "cannot connect to the database: "),
        ("postgresql//u:hunter2@somewhere", "the database address is not understood"),
        ("mysql://u:hunter2@127.0.0.1/x", "the database address is not understood"),
    ],
)
async def test_an_address_that_leads_nowhere_is_one_clear_line(url: str, says: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        await PostgresRpc.open(url, 2)
    line = str(caught.value)
    assert line.startswith(says)
    assert "\n" not in line
    assert "hunter2" not in line


async def test_a_database_that_is_not_there_or_not_ours_is_one_clear_line(server: PostgresServer) -> None:
    with pytest.raises(
        ConfigurationError, match=r'cannot connect to the database: .*"nowhere" does not exist'
    ):
        await PostgresRpc.open(server.url("nowhere"), 2)
    with server.connect() as connection:
        connection.execute("create role stranger login")
    with pytest.raises(ConfigurationError, match=r"cannot work as service_role .*talia migrate"):
        await PostgresRpc.open(server.url(user="stranger"), 2)
