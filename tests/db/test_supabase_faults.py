"""The supabase-py transport when PostgREST, the gateway before it or the network between fails."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import psycopg
import pytest

from app.db import supabase
from app.db.rpc import DatabaseUnavailable
from app.db.supabase import SupabaseRpc
from app.errors import AppError, ConfigurationError
from tests.db.conftest import add_scratch_functions
from tests.rigs.databases import Databases
from tests.rigs.postgres import PostgresServer
from tests.rigs.postgrest import Answer, Fault, Gateway, Postgrest

BUSY_OR_AWAY = ("database.busy", "database.unavailable")
HTML = b"<html><body>Bad gateway</body></html>"


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
        server.start()


@pytest.fixture(scope="module")
def project(database: str, postgrest_binary: str) -> Iterator[Gateway]:
    postgrest = Postgrest(postgrest_binary, database).start()
    gateway = Gateway(postgrest).start()
    yield gateway
    gateway.stop()
    postgrest.destroy()


@pytest.fixture
async def rpc(project: Gateway) -> AsyncIterator[SupabaseRpc]:
    project.faults.clear()
    opened = await SupabaseRpc.open(project.url, project.key)
    await opened.call("scratch_null")
    project.seen.clear()
    yield opened
    await opened.close()


@pytest.fixture
def runs(database: str) -> Iterator[Any]:
    """How often `ping` and `scratch_once` ran since the test began, whatever became of their answers."""
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("select setval('public.scratch_calls', 1, false)")

        def count() -> int:
            row = connection.execute(
                "select case when is_called then last_value else 0 end from public.scratch_calls"
            )
            return int(row.fetchone()[0])  # type: ignore[index]

        yield count


async def failure_of(rpc: SupabaseRpc, function: str = "scratch_once", **args: Any) -> tuple[AppError, float]:
    begin = time.monotonic()
    with pytest.raises(AppError) as caught:
        await rpc.call(function, **args)
    return caught.value, time.monotonic() - begin


async def test_only_what_may_be_repeated_is_sent_again(rpc: SupabaseRpc, project: Gateway, runs: Any) -> None:
    project.faults.append("refuse")
    assert await rpc.call("ping") == 1
    assert project.seen == ["/rest/v1/rpc/ping"] * 2

    project.faults.append("refuse")
    error, _ = await failure_of(rpc)
    assert isinstance(error, DatabaseUnavailable)
    assert (error.code, error.retry_after, runs()) == ("database.unavailable", 1.0, 1)
    assert project.seen[2:] == ["/rest/v1/rpc/scratch_once"]


async def test_a_lost_answer_is_asked_for_again_only_where_that_is_safe(
    rpc: SupabaseRpc, project: Gateway, runs: Any
) -> None:
    project.faults.append("lose_answer")
    assert await rpc.call("ping") == 2
    project.faults.append("lose_answer")
    await failure_of(rpc)
    assert runs() == 3


async def test_three_attempts_and_two_seconds_are_the_limit(
    rpc: SupabaseRpc, project: Gateway, runs: Any
) -> None:
    project.faults.extend(["refuse"] * 9)
    error, seconds = await failure_of(rpc, "ping")
    assert isinstance(error, DatabaseUnavailable)
    assert (len(project.seen), runs()) == (3, 0)
    assert seconds < 2


@pytest.mark.parametrize(
    ("answer", "code", "attempts"),
    [
        (Answer(502, HTML, "text/html"), "database.unavailable", 3),
        (Answer(504, b"", "text/plain"), "database.unavailable", 3),
        (Answer(520, b"error code: 520", "text/plain"), "database.unavailable", 3),
        (Answer(503, b'{"message":"name resolution failed"}'), "database.unavailable", 3),
        (Answer(503, b'{"code":"PGRST002","message":"no schema cache"}'), "database.unavailable", 3),
        (Answer(200, b""), "database.unavailable", 3),
        (Answer(200, HTML, "text/html"), "database.unavailable", 3),
        (Answer(200, b'{"cut', "application/json"), "database.unavailable", 3),
        (
            Answer(504, b'{"code":"PGRST003","message":"timed out","details":null,"hint":null}'),
            "database.busy",
            1,
        ),
        (Answer(429, b'{"message":"API rate limit exceeded"}'), "database.busy", 1),
        (Answer(401, b'{"message":"Invalid API key"}'), "database.not_allowed", 1),
        (Answer(401, b'{"code":401,"message":"no"}'), "database.not_allowed", 1),
        (Answer(401, b'{"code":"UNAUTHORIZED_INVALID_JWT","message":"no"}'), "database.not_allowed", 1),
        (Answer(403, HTML, "text/html"), "database.not_allowed", 1),
        (Answer(301, b"", "text/html"), "database.failed", 1),
        (Answer(400, b'{"message":"odd"}'), "database.failed", 1),
    ],
    ids=lambda v: f"{v.status}-{v.body[:24]!r}" if isinstance(v, Answer) else "",
)
async def test_what_a_gateway_says_becomes_one_error(
    rpc: SupabaseRpc, project: Gateway, answer: Fault, code: str, attempts: int
) -> None:
    project.faults.extend([answer] * 3)
    error, _ = await failure_of(rpc, "ping")
    assert error.code == code
    assert isinstance(error, DatabaseUnavailable) == (error.status == 503) == code.startswith(BUSY_OR_AWAY)
    assert len(project.seen) == attempts
    assert error.detail is None, "a gateway's words are not for visitors"


async def test_a_slow_function_ends_in_time_and_is_not_repeated(rpc: SupabaseRpc, project: Gateway) -> None:
    error, seconds = await failure_of(rpc, "scratch_sleep", seconds=30)
    assert (error.status, error.code, error.retry_after) == (503, "database.timeout", 1.0)
    assert 4.9 < seconds < 5.5
    assert len(project.seen) == 1


async def test_postgrest_down_and_up_again(rpc: SupabaseRpc, project: Gateway) -> None:
    project.postgrest.stop()
    error, seconds = await failure_of(rpc, "ping")
    assert isinstance(error, DatabaseUnavailable)
    assert seconds < 2
    project.postgrest.start()
    assert await rpc.call("scratch_once")


async def test_postgres_down_and_up_again(rpc: SupabaseRpc, project: Gateway, server: PostgresServer) -> None:
    server.stop("kill")
    for _ in range(3):
        error, _ = await failure_of(rpc)
        assert isinstance(error, DatabaseUnavailable), error.__notes__
    server.start()
    await asyncio.to_thread(project.postgrest.wait_until_it_answers, 200)
    assert await rpc.call("scratch_once")


async def test_nobody_at_the_address(free_port: int) -> None:
    rpc = await SupabaseRpc.open(f"http://127.0.0.1:{free_port}", "key")
    error, seconds = await failure_of(rpc, "ping")
    assert isinstance(error, DatabaseUnavailable)
    assert seconds < 2
    await rpc.close()


@pytest.mark.parametrize("role", ["anon", "authenticated"])
async def test_the_wrong_key_is_our_configuration(
    project: Gateway, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    wrong = project.postgrest.token(role)
    rpc = await SupabaseRpc.open(project.url, wrong)
    refused_by_gateway, _ = await failure_of(rpc)
    monkeypatch.setattr(project, "key", wrong)
    refused_by_postgres, _ = await failure_of(rpc)
    await rpc.close()
    for error in (refused_by_gateway, refused_by_postgres):
        assert (error.status, error.code, error.retry_after) == (500, "database.not_allowed", None)


async def test_a_key_that_postgrest_cannot_verify(project: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    forged = project.key[:-6] + "AAAAAA"
    monkeypatch.setattr(project, "key", forged)
    rpc = await SupabaseRpc.open(project.url, forged)
    error, _ = await failure_of(rpc)
    await rpc.close()
    assert error.code == "database.not_allowed"


async def test_a_flood_is_answered_in_time(rpc: SupabaseRpc) -> None:
    outcomes = await asyncio.gather(
        *(rpc.call("scratch_sleep", seconds=0.1) for _ in range(200)), return_exceptions=True
    )
    assert {type(o) for o in outcomes} <= {float, DatabaseUnavailable}
    assert sum(isinstance(o, float) for o in outcomes) >= 100
    assert await rpc.call("scratch_once")


async def test_cancelled_calls_leave_nothing_behind(rpc: SupabaseRpc, project: Gateway) -> None:
    limit = supabase.LIMITS.max_connections
    assert limit is not None
    calls = [asyncio.create_task(rpc.call("scratch_sleep", seconds=0.3)) for _ in range(limit)]
    async with asyncio.timeout(5):
        while len(project.seen) < limit:  # noqa: ASYNC110 - the gateway lives in another thread
            await asyncio.sleep(0.005)
    for call in calls:
        call.cancel()
    await asyncio.gather(*calls, return_exceptions=True)
    assert await rpc.call("scratch_echo", value=1) == 1


async def test_a_closed_client_says_so(project: Gateway) -> None:
    rpc = await SupabaseRpc.open(project.url, project.key)
    await rpc.close()
    error, _ = await failure_of(rpc)
    assert isinstance(error, DatabaseUnavailable)


@pytest.mark.parametrize(
    ("url", "key", "variable"),
    [
        ("ftp://x", "key", "URL"),
        ("", "key", "URL"),
        ("https://x.example", "kéy", "KEY"),
        ("https://x.example", "a\nb", "KEY"),
    ],
)
async def test_settings_that_cannot_be_right(url: str, key: str, variable: str) -> None:
    with pytest.raises(ConfigurationError, match=rf"TALIA_SUPABASE\w*_{variable}: ") as caught:
        await SupabaseRpc.open(url, key)
    assert "\n" not in str(caught.value)
