"""The pool under what wears pools out: cancellations at every moment, and an outage with many who give up."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator

import pytest

from app.db.postgres import WAITING_PER_CONNECTION, PostgresRpc
from app.db.rpc import DatabaseUnavailable
from tests.rigs.databases import Databases
from tests.rigs.postgres import PostgresServer

POOL = 4


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    own = PostgresServer.create()
    yield own
    own.destroy()


@pytest.fixture
def own_database(server: PostgresServer) -> Iterator[str]:
    with Databases(server).fresh() as url:
        yield url
        server.start()


async def all_at_once(rpc: PostgresRpc) -> float:
    """Use every connection; the seconds that took."""
    began = time.monotonic()
    await asyncio.gather(*(rpc.call("ping") for _ in range(2 * POOL)))
    return time.monotonic() - began


async def test_a_cancelled_call_ends_and_gives_its_connection_back(database_url: str) -> None:
    rpc = await PostgresRpc.open(database_url, POOL)
    chance = random.Random(1)

    async def call_for_ever() -> None:
        while True:
            await rpc.call("ping")

    for _ in range(25):
        calling = [asyncio.ensure_future(call_for_ever()) for _ in range(3 * POOL)]
        await asyncio.sleep(chance.uniform(0, 0.02))
        for task in calling:
            task.cancel()
            if chance.random() < 0.5:
                await asyncio.sleep(0)
        _, deaf = await asyncio.wait(calling, timeout=5)
        assert not deaf, "a call went on after it was cancelled"
        assert await all_at_once(rpc) < 1
    await rpc.close()


async def test_an_outage_in_which_many_gave_up_waiting_ends_with_it(
    server: PostgresServer, own_database: str
) -> None:
    rpc = await PostgresRpc.open(own_database, POOL)
    await all_at_once(rpc)
    server.stop("kill")
    many = POOL * WAITING_PER_CONNECTION
    for _ in range(2):
        outcomes = await asyncio.gather(*(rpc.call("ping") for _ in range(many)), return_exceptions=True)
        assert all(isinstance(outcome, DatabaseUnavailable) for outcome in outcomes)
    server.start()
    assert await all_at_once(rpc) < 1
    await rpc.close()


async def test_nobody_waits_longer_than_promised_and_the_line_has_an_end(
    server: PostgresServer, own_database: str
) -> None:
    rpc = await PostgresRpc.open(own_database, POOL)
    await all_at_once(rpc)
    server.stop("kill")
    began = time.monotonic()
    many = 2 * POOL * WAITING_PER_CONNECTION
    outcomes = await asyncio.gather(*(rpc.call("ping") for _ in range(many)), return_exceptions=True)
    assert time.monotonic() - began < 3
    codes = {getattr(outcome, "code", None) for outcome in outcomes}
    assert codes == {"database.busy", "database.unavailable"}
    await rpc.close()


async def test_who_waits_is_served_in_order_of_arrival(database_url: str) -> None:
    rpc = await PostgresRpc.open(database_url, 1)
    served: list[int] = []

    async def call(number: int) -> None:
        await rpc.call("ping")
        served.append(number)

    await asyncio.gather(*(call(number) for number in range(20)))
    assert served == list(range(20))
    await rpc.close()


async def test_closing_tells_those_who_wait(database_url: str) -> None:
    rpc = await PostgresRpc.open(database_url, 1)
    calling = [asyncio.ensure_future(rpc.call("ping")) for _ in range(10)]
    await asyncio.sleep(0)
    await rpc.close()
    outcomes = await asyncio.gather(*calling, return_exceptions=True)
    assert any(isinstance(outcome, DatabaseUnavailable) for outcome in outcomes)
    with pytest.raises(DatabaseUnavailable):
        await rpc.call("ping")
