"""Any server can go on with any stream: they share the database and Redis, and of Redis only the speed depends."""

from __future__ import annotations

import asyncio

import pytest

from app.channels.webchat import routes
from app.realtime.bus import POLL_SECONDS
from tests.channels.conftest import MakeVisitor, StartTalia, model_at
from tests.channels.screen import Screen
from tests.fakes.upstream import FakeUpstream, Fault, Reply
from tests.realtime.redis_server import RedisServer
from tests.rigs.http_visitor import HttpVisitor

ANSWER = (
    "Tenemos tres: la Ñandú azul 🚙, la gris y la que acaba de llegar. ¿Cuál quiere ver usted primero? " * 2
)
PACED = Reply(text=ANSWER, tokens_per_second=30)
BREAKS_OFF = Reply(text=ANSWER, tokens_per_second=30, fault=Fault(kind="cut", at=12))


async def two_ways(
    start_talia: StartTalia, upstream: FakeUpstream, make_visitor: MakeVisitor, redis: RedisServer
) -> tuple[HttpVisitor, HttpVisitor]:
    """One visitor, by way of each of two servers."""
    settings = model_at(upstream, redis_url=redis.url)
    here, there = make_visitor(start_talia(**settings)), make_visitor(start_talia(**settings))
    await here.open()
    there.session_id, there.token = here.session_id, here.token
    return here, there


async def test_cut_after_any_event_and_resumed_at_the_other_server(
    start_talia: StartTalia, upstream: FakeUpstream, make_visitor: MakeVisitor, redis_server: RedisServer
) -> None:
    here, there = await two_ways(start_talia, upstream, make_visitor, redis_server)
    asked = 0
    for reply in (PACED, BREAKS_OFF):
        upstream.script(reply)
        seen = []
        resuming: list[asyncio.Task[Screen]] = []
        async with here.stream("¿Qué camionetas tienen?") as events:
            async for event in events:
                seen.append(event)
                resuming.append(asyncio.ensure_future(Screen.after(seen).resume(there)))
        stored = [m["context"]["text"] for m in (await there.history(after=asked))["data"]]
        assert len(stored) == 2
        for screen in await asyncio.gather(*resuming):
            assert screen.texts == stored
            assert screen.running is None
        asked += 2


async def test_a_tab_at_the_other_server_sees_the_reply_grow(
    start_talia: StartTalia, upstream: FakeUpstream, make_visitor: MakeVisitor, redis_server: RedisServer
) -> None:
    upstream.script(PACED)
    here, there = await two_ways(start_talia, upstream, make_visitor, redis_server)
    async with there.events() as events:
        saying = asyncio.ensure_future(here.say("Hola"))
        tab = Screen()
        async for event in events:
            tab.show(event)
            if event.type == "chat.reply.done":
                break
        reply = (await saying).json()["reply"]
    assert tab.texts == ["Hola", reply]
    assert tab.types.count("chat.reply.delta") >= 3, "the text came in one piece"


async def test_with_redis_gone_in_the_middle_nothing_is_lost(
    start_talia: StartTalia,
    upstream: FakeUpstream,
    make_visitor: MakeVisitor,
    redis_server: RedisServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert POLL_SECONDS <= 2
    monkeypatch.setattr(routes, "CHECK_SECONDS", 50.0)
    upstream.script(PACED)
    here, there = await two_ways(start_talia, upstream, make_visitor, redis_server)
    async with there.events() as events:
        saying = asyncio.ensure_future(here.say("Hola"))
        tab = Screen()
        async for event in events:
            tab.show(event)
            if tab.types.count("chat.reply.delta") == 2:
                redis_server.kill()
            if event.type == "chat.reply.done":
                break
        reply = (await saying).json()["reply"]
    assert tab.texts == ["Hola", reply]
    async with asyncio.timeout(20):
        asked = await asyncio.gather(there.say("¿Y ahora?"), here.say("¿Y por aquí?"))
    assert all(answer.json()["reply"] for answer in asked)


async def test_what_one_server_learns_of_the_model_the_other_knows(
    start_talia: StartTalia, upstream: FakeUpstream, make_visitor: MakeVisitor, redis_server: RedisServer
) -> None:
    here, there = await two_ways(start_talia, upstream, make_visitor, redis_server)
    upstream.script(Reply(fault=Fault(kind="status", status=401)))
    for number in range(5):
        await here.say(f"¿Hola? {number}")
    asked = len(upstream.requests)
    assert asked == 5
    # News crosses in a moment; alone it would take the other server five failures of its own.
    for number in range(4):
        assert (await there.say(f"¿Y por aquí? {number}")).json()["reply"]
        if len(upstream.requests) == asked + number:
            return
    pytest.fail("the other server went on asking a model that is known to be out")
