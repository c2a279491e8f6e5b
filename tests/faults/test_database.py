"""PostgreSQL dies under traffic: refusals are quick, nothing acknowledged is lost, and it goes on by itself."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from tests.faults.conftest import Serve
from tests.faults.crowd import Crowd, Journal
from tests.faults.ledger import Ledger
from tests.faults.served import Model
from tests.rigs.databases import Databases
from tests.rigs.postgres import PostgresServer

KILLS = 3
AWAY_SECONDS = 4.0
REFUSED_WITHIN = 3.0
"""A call waits two seconds for a connection; the rest is for a machine that is busy with all these visitors."""
BACK_WITHIN = 10.0

pytestmark = pytest.mark.faults


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    server = PostgresServer.create()
    yield server
    server.destroy()


@pytest.fixture
def own_database(own_server: PostgresServer) -> Iterator[str]:
    with Databases(own_server).fresh() as url:
        with psycopg.connect(url, autocommit=True) as connection:
            # The rig trades this for speed; without it a commit is only a promise.
            (name,) = connection.execute("select current_database()").fetchone() or ("",)
            connection.execute(
                sql.SQL("alter database {} set synchronous_commit = on").format(sql.Identifier(name))
            )
        yield url
        own_server.start()


def report(kills: int, journal: Journal, back: list[float]) -> None:
    refusals = sorted(journal.refusals)
    usual, late = (
        (refusals[len(refusals) // 2], refusals[int(len(refusals) * 0.95)]) if refusals else (0.0, 0.0)
    )
    print(
        f"{kills} kills of PostgreSQL, {len(journal.sent)} messages, {len(refusals)} refusals within {usual:.1f} s at "
        f"the median, 95 % within {late:.1f} s; ready again {max(back):.1f} s after it at most"
    )
    assert usual < REFUSED_WITHIN


@pytest.mark.timeout(180)
async def test_a_database_that_is_away_for_a_while(
    serve: Serve, model: Model, own_server: PostgresServer, own_database: str, chance: random.Random
) -> None:
    model.script(tokens_per_second=50)
    talia = serve(own_database).start()
    crowd = Crowd(talia.url, chance, 20)
    back = []
    for _ in range(KILLS):
        await crowd.wait_ack()
        await asyncio.sleep(chance.uniform(0.5, 1.5))
        await asyncio.to_thread(own_server.stop, "kill")
        crowd.journal.refused.clear()
        await asyncio.sleep(AWAY_SECONDS)
        # Whoever waits for a reply just then asks again a little later: that one has to be told.
        async with asyncio.timeout(20):
            await crowd.journal.refused.wait()
        assert not talia.ready()
        await asyncio.to_thread(own_server.start)
        back.append(await asyncio.to_thread(talia.wait_ready, BACK_WITHIN))
    await crowd.finish(90)
    Ledger(own_database).check(crowd.journal)
    report(KILLS, crowd.journal, back)


@pytest.mark.timeout(180)
async def test_the_servers_own_database_is_started_again(
    serve: Serve, model: Model, chance: random.Random
) -> None:
    model.script(tokens_per_second=50)
    talia = serve().start()
    crowd = Crowd(talia.url, chance, 20)
    back = []
    for _ in range(KILLS):
        await crowd.wait_ack()
        await asyncio.sleep(chance.uniform(0.5, 1.5))
        before = talia.postmaster.pid
        os.kill(before, signal.SIGKILL)
        back.append(await asyncio.to_thread(talia.wait_ready, BACK_WITHIN))
        assert talia.postmaster.pid != before
    await crowd.finish(90)
    Ledger(talia.database_url).check(crowd.journal)
    assert talia.process.said().count("PostgreSQL died and is started again") == KILLS
    report(KILLS, crowd.journal, back)
