"""A worker that stands still for longer than its lease wakes up with turns that are another's now."""

from __future__ import annotations

import asyncio
import signal

import psycopg
import pytest

from tests.faults.conftest import Serve
from tests.faults.ledger import Ledger
from tests.faults.served import Model, Served
from tests.rigs.http_visitor import HttpVisitor

pytestmark = pytest.mark.faults

TURNS = 10


async def begin(url: str, content: str) -> HttpVisitor:
    """Ask, and leave when the reply begins."""
    visitor = HttpVisitor(url)
    await visitor.open()
    async with visitor.stream(content) as events:
        async for event in events:
            if event.type == "chat.reply.delta":
                return visitor
    raise AssertionError("no reply")


async def wait_logged(server: Served, mark: str, count: int, seconds: float) -> None:
    await asyncio.to_thread(server.process.wait_said, mark, count, seconds)


@pytest.mark.timeout(120)
async def test_who_slept_through_its_lease_says_nothing_more(
    serve: Serve, model: Model, database_url: str
) -> None:
    # Five seconds for a reply.
    model.script(tokens_per_second=4)
    sleeper, other = serve(database_url).start(), serve(database_url).start()
    visitors = await asyncio.gather(*(begin(sleeper.url, f"Pregunta {n}") for n in range(TURNS)))
    sleeper.process.send(signal.SIGSTOP)
    await wait_logged(other, '"turn_done"', TURNS, 40)
    finished = Ledger(database_url)
    sleeper.process.send(signal.SIGCONT)
    await wait_logged(sleeper, '"turn_lost"', TURNS, 20)

    ledger = Ledger(database_url)
    ledger.check_replies()
    assert ledger.messages == finished.messages, "the sleeper wrote after it was fenced"
    assert [turn["attempt"] for turn in ledger.turns] == [2] * TURNS
    assert len({turn["worker"] for turn in ledger.turns}) == 1
    for visitor in visitors:
        assert len((await visitor.history())["data"]) == 2
        await visitor.close()


@pytest.mark.timeout(120)
async def test_a_short_pause_costs_nothing(serve: Serve, model: Model, database_url: str) -> None:
    model.script(tokens_per_second=4)
    sleeper, other = serve(database_url).start(), serve(database_url).start()
    visitors = await asyncio.gather(*(begin(sleeper.url, f"Pregunta {n}") for n in range(TURNS)))
    sleeper.process.send(signal.SIGSTOP)
    # Shorter than the lease by more than a heartbeat, longer than the reply.
    await asyncio.sleep(7)
    sleeper.process.send(signal.SIGCONT)
    await wait_logged(sleeper, '"turn_done"', TURNS, 20)

    ledger = Ledger(database_url)
    ledger.check_replies()
    assert [turn["attempt"] for turn in ledger.turns] == [1] * TURNS
    assert '"turn_recovered"' not in other.process.said()
    for visitor in visitors:
        await visitor.close()
    with psycopg.connect(database_url) as connection:
        assert connection.execute("select count(*) from public.turns").fetchone() == (TURNS,)
