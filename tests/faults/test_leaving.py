"""Visitors who leave in the middle: their replies are written to the end, stored whole, and paid for once."""

from __future__ import annotations

import asyncio
import random

import httpx
import pytest

from tests.fakes.upstream_script import tokens
from tests.faults.conftest import Serve
from tests.faults.ledger import wait_finished, whole_reply
from tests.faults.served import Model
from tests.rigs.http_visitor import HttpVisitor

pytestmark = pytest.mark.faults

VISITORS = 30


async def ask_and_leave(url: str, question: str, after: int) -> HttpVisitor:
    """Hang up after so many events, without a word."""
    visitor = HttpVisitor(url)
    await visitor.open()
    async with visitor.stream(question) as events:
        seen = 0
        async for _ in events:
            seen += 1
            if seen == after:
                break
    # The whole client goes, connections and all.
    await visitor.http.aclose()
    visitor.http = httpx.AsyncClient(base_url=url, timeout=30)
    return visitor


@pytest.mark.timeout(90)
async def test_a_reply_does_not_need_its_reader(
    serve: Serve, model: Model, database_url: str, chance: random.Random
) -> None:
    model.script(tokens_per_second=20)
    talia = serve(database_url).start()
    visitors = await asyncio.gather(
        *(ask_and_leave(talia.url, f"Pregunta {number}", chance.randint(1, 12)) for number in range(VISITORS))
    )
    ledger = await wait_finished(database_url, 30)
    ledger.check_replies()
    assert [turn["attempt"] for turn in ledger.turns] == [1] * VISITORS
    paid = model.journal()
    assert [exchange["outcome"] for exchange in paid] == ["finished"] * VISITORS
    whole = len(tokens(whole_reply("Pregunta 10")))
    assert {turn["output_tokens"] for turn in ledger.turns} == {whole}
    for visitor in visitors:
        stored = (await visitor.history())["data"]
        assert stored[1]["context"]["text"] == whole_reply(stored[0]["context"]["text"])
        await visitor.close()
