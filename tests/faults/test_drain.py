"""SIGTERM with a hundred open streams: everybody is told, the process leaves, and the next one finishes its turns."""

from __future__ import annotations

import asyncio
import signal
import time

import httpx
import pytest

from tests.faults.conftest import Serve
from tests.faults.ledger import Ledger, wait_finished
from tests.faults.served import Model, Served
from tests.rigs.http_visitor import HttpVisitor, SseEvent

pytestmark = pytest.mark.faults

STREAMS = 100
RUNNING = 25
"""How many of them are in the middle of a reply."""
EXIT_WITHIN = 10.0


class Reader:
    """A visitor with an open tab; some of them have asked something."""

    def __init__(self, url: str) -> None:
        self.visitor = HttpVisitor(url)
        self.seen: list[SseEvent] = []
        self.open = asyncio.Event()
        self.replying = asyncio.Event()

    async def read(self, question: str | None) -> None:
        """Until the stream ends by itself."""
        await self.visitor.open()
        stream = self.visitor.events("0") if question is None else self.visitor.stream(question)
        async with stream as events:
            self.open.set()
            async for event in events:
                self.seen.append(event)
                if event.type == "chat.reply.delta":
                    self.replying.set()


async def readiness(server: Served) -> list[int]:
    """What /readyz answers until nobody is there any more; 0 for a refused connection."""
    answers: list[int] = []
    async with httpx.AsyncClient() as http:
        while not server.process.ended:
            try:
                answers.append((await http.get(f"{server.url}/readyz", timeout=2)).status_code)
            except httpx.TransportError:
                answers.append(0)
            await asyncio.sleep(0.02)
    return answers


@pytest.mark.timeout(120)
async def test_everybody_is_told_and_the_next_process_finishes_what_was_begun(
    serve: Serve, model: Model, database_url: str
) -> None:
    # Twenty seconds for a reply: none of them can end within the drain.
    model.script(tokens_per_second=1, first_token_seconds=0.1)
    leaving = serve(database_url).start()
    readers = [Reader(leaving.url) for _ in range(STREAMS)]
    reading = [
        asyncio.ensure_future(reader.read(f"Pregunta {n}" if n < RUNNING else None))
        for n, reader in enumerate(readers)
    ]
    async with asyncio.timeout(30):
        await asyncio.gather(*(reader.open.wait() for reader in readers))
        await asyncio.gather(*(reader.replying.wait() for reader in readers[:RUNNING]))

    told = time.monotonic()
    leaving.process.send(signal.SIGTERM)
    asking = asyncio.ensure_future(readiness(leaving))
    assert await asyncio.to_thread(leaving.process.wait, EXIT_WITHIN) == 0
    took = time.monotonic() - told
    await asyncio.gather(*reading)
    assert [reader.seen[-1].type for reader in readers] == ["chat.bye"] * STREAMS
    pauses = {reader.seen[-1].data["retry_ms"] for reader in readers}
    assert len(pauses) > STREAMS / 4, "all would come back at the same moment"
    answers = await asking
    # The first looks may come before the signal does; from then on it is not ready, or not there.
    refusing = next(at for at, answer in enumerate(answers) if answer != 200)
    assert refusing < 50
    assert set(answers[refusing:]) <= {503, 0}

    model.script(tokens_per_second=100)
    following = serve(database_url).start()
    began = time.monotonic()
    ledger = await wait_finished(database_url, 30)
    waited = time.monotonic() - began
    ledger.check_replies()
    assert len(ledger.turns) == RUNNING
    # Given back, not run out: nobody waits for a lease.
    assert waited < 10
    print(
        f"{STREAMS} goodbyes, exit after {took:.1f} s, {RUNNING} turns finished {waited:.1f} s after the next start"
    )
    for reader in readers[:RUNNING]:
        reader.visitor.http.base_url = httpx.URL(following.url)
        history = await reader.visitor.history()
        assert [message["author"] for message in history["data"]] == ["visitor", "assistant"]
    for reader in readers:
        await reader.visitor.close()


@pytest.mark.timeout(120)
async def test_short_replies_are_finished_before_it_leaves(
    serve: Serve, model: Model, database_url: str
) -> None:
    model.script(tokens_per_second=10, first_token_seconds=0.1)
    leaving = serve(database_url).start()
    readers = [Reader(leaving.url) for _ in range(RUNNING)]
    reading = [asyncio.ensure_future(reader.read(f"Pregunta {n}")) for n, reader in enumerate(readers)]
    async with asyncio.timeout(30):
        await asyncio.gather(*(reader.replying.wait() for reader in readers))
    leaving.process.send(signal.SIGTERM)
    assert await asyncio.to_thread(leaving.process.wait, EXIT_WITHIN) == 0
    await asyncio.gather(*reading)
    ledger = Ledger(database_url)
    ledger.check_replies()
    assert [turn["attempt"] for turn in ledger.turns] == [1] * RUNNING
    assert len(model.journal()) == RUNNING
    for reader in readers:
        await reader.visitor.close()
