"""Who does not read its stream costs little, holds nobody up, and gets the rest when it comes back."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable

import psutil
import pytest

from app import metrics
from app.realtime import sse
from app.realtime.events import AgentJoined, Party, Typing
from tests.channels.conftest import MakeVisitor, StartTalia
from tests.rigs.http_visitor import HttpVisitor
from tests.rigs.server import TaliaServer

READERS = 50
EVENTS = 3_000
LONG = Party(uuid=None, name="x" * 2000)
"""Everything unread would be 300 MB for all of them together."""


def deaf_reader(server: TaliaServer, visitor: HttpVisitor) -> socket.socket:
    """An open stream that nobody reads, with as little room as the kernel gives."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    line.connect(("127.0.0.1", server.port))
    headers = ["Host: x", "X-PUBLIC-KEY: pk_demo", f"Authorization: Bearer {visitor.token}"]
    line.sendall("\r\n".join(["GET /api/webchat/events HTTP/1.1", *headers, "", ""]).encode())
    return line


async def until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - what it looks at belongs to another thread
            await asyncio.sleep(0.01)


def open_streams() -> float:
    return float(metrics.streams_open._value.get())


async def test_fifty_deaf_readers_cost_little_and_are_let_go(
    start_talia: StartTalia, make_visitor: MakeVisitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sse.SEND_SECONDS <= 30
    monkeypatch.setattr(sse, "SEND_SECONDS", 2.0)
    server = start_talia()
    ana = make_visitor(server)
    session = await ana.open()
    bus = server.services.wiring.bus
    before = open_streams()
    deaf = [deaf_reader(server, ana) for _ in range(READERS)]
    try:
        await until(lambda: open_streams() == before + READERS)
        heard = 0

        async def listen() -> None:
            nonlocal heard
            async with ana.events() as events:
                async for event in events:
                    heard += event.type == "chat.agent.joined"
                    if heard == EVENTS:
                        return

        listening = asyncio.ensure_future(listen())
        await until(lambda: open_streams() == before + READERS + 1)
        memory = psutil.Process().memory_info().rss

        async def flood() -> None:
            for n in range(EVENTS):
                bus.publish(session["conversation_id"], AgentJoined(agent=LONG))
                if n % 20 == 0:
                    await asyncio.sleep(0.002)

        await asyncio.get_running_loop().run_in_executor(None, server.call, flood())
        await asyncio.wait_for(listening, 20)
        assert heard == EVENTS, "another reader missed something"
        grown = (psutil.Process().memory_info().rss - memory) / 2**20
        assert grown < 50, f"{grown:.0f} MB more"
        await until(lambda: not list(bus.subscriptions(session["conversation_id"])))
        assert (await ana.say("Hola")).status_code == 200
    finally:
        for line in deaf:
            line.close()
    await until(lambda: open_streams() == before)


async def test_a_reader_that_was_too_slow_resumes_where_it_was(
    start_talia: StartTalia, make_visitor: MakeVisitor
) -> None:
    server = start_talia()
    ana = make_visitor(server)
    session = await ana.open()
    bus = server.services.wiring.bus
    before = open_streams()
    line = deaf_reader(server, ana)
    try:
        await until(lambda: open_streams() == before + 1)

        async def flood() -> None:
            for _ in range(20_000):
                bus.publish(session["conversation_id"], Typing(author="assistant", active=True))

        server.call(flood())
        assert (await ana.say("Hola")).json()["reply"]
        await until(lambda: not list(bus.subscriptions(session["conversation_id"])))
    finally:
        line.close()
    async with ana.events("0", follow="reply") as events:
        seen = [event.type async for event in events]
    assert (seen[0], seen[-1]) == ("chat.message.new", "chat.reply.done")
