"""Streams resume by position: cut after any event, a client gets exactly the rest, running or over."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from app.channels.webchat import stream as stream_module
from app.realtime.events import Bye
from tests.channels.conftest import MakeVisitor, StartTalia, model_at
from tests.channels.screen import Screen
from tests.fakes.upstream import FakeUpstream, Fault, Reply, Rule
from tests.rigs.http_visitor import HttpVisitor, SseEvent
from tests.rigs.server import TaliaServer

ANSWER = (
    "Tenemos tres: la Ñandú azul 🚙, la gris y la que acaba de llegar. ¿Cuál quiere ver usted primero? " * 2
)
SECOND = "A lo segundo: sí. " * 8
PACED = Reply(text=ANSWER, tokens_per_second=30)
BREAKS_OFF = Reply(text=ANSWER, tokens_per_second=30, fault=Fault(kind="cut", at=12))


async def stored_texts(visitor: HttpVisitor) -> list[str]:
    return [m["context"]["text"] for m in (await visitor.history())["data"]]


async def read(
    visitor: HttpVisitor, content: str, each: Callable[[list[SseEvent]], Any] | None = None
) -> list[SseEvent]:
    """Say something and read the reply's stream; `each` is told of all events so far, after each one."""
    seen: list[SseEvent] = []
    async with visitor.stream(content) as events:
        async for event in events:
            seen.append(event)
            if each is not None:
                each(seen)
    return seen


@pytest.mark.parametrize("reply", [PACED, BREAKS_OFF], ids=["whole", "restarted"])
async def test_cut_after_any_event_while_the_reply_is_running(
    with_model: TaliaServer, upstream: FakeUpstream, make_visitor: MakeVisitor, reply: Reply
) -> None:
    upstream.script(reply)
    ana = make_visitor(with_model)
    await ana.open()
    resuming: list[asyncio.Task[Screen]] = []

    def cut(seen: list[SseEvent]) -> None:
        if not resuming:
            resuming.append(asyncio.ensure_future(Screen("0").resume(ana)))
        resuming.append(asyncio.ensure_future(Screen.after(seen).resume(ana)))

    seen = await read(ana, "¿Qué camionetas tienen?", cut)
    kinds = [event.type for event in seen]
    assert kinds.count("chat.reply.delta") >= 5, "in one piece it would prove nothing"
    assert kinds.count("chat.reply.restarted") == (reply is BREAKS_OFF)
    stored = await stored_texts(ana)
    screens = await asyncio.gather(*resuming)
    assert [screen.texts for screen in screens] == [stored] * (len(seen) + 1)
    assert all(screen.running is None for screen in screens)


@pytest.mark.parametrize("reply", [PACED, BREAKS_OFF], ids=["whole", "restarted"])
async def test_cut_after_any_event_and_back_when_the_reply_is_over(
    with_model: TaliaServer, upstream: FakeUpstream, make_visitor: MakeVisitor, reply: Reply
) -> None:
    upstream.script(reply)
    ana = make_visitor(with_model)
    await ana.open()
    seen = await read(ana, "¿Qué camionetas tienen?")
    stored = await stored_texts(ana)
    for k in range(len(seen) + 1):
        screen = Screen.after(seen[:k], cursor="0")
        await screen.resume(ana)
        assert (screen.texts, screen.running) == (stored, None), f"after event {k}, {screen.types}"


async def test_the_guided_assistants_reply_resumes_alike(
    guided: TaliaServer, make_visitor: MakeVisitor
) -> None:
    ana = make_visitor(guided)
    await ana.open()
    resuming: list[asyncio.Task[Screen]] = []
    seen = await read(
        ana, "Hola", lambda seen: resuming.append(asyncio.ensure_future(Screen.after(seen).resume(ana)))
    )
    stored = await stored_texts(ana)
    later = [await Screen.after(seen[:k], cursor="0").resume(ana) for k in range(len(seen) + 1)]
    for screen in [*await asyncio.gather(*resuming), *later]:
        assert screen.texts == stored


async def test_a_second_message_during_the_reply_is_answered_after_it_and_resumes_alike(
    with_model: TaliaServer, upstream: FakeUpstream, make_visitor: MakeVisitor
) -> None:
    upstream.script(Rule(contains="segunda", reply=Reply(text=SECOND, tokens_per_second=60)), PACED)
    ana = make_visitor(with_model)
    await ana.open()
    resuming: list[asyncio.Task[Screen]] = []
    second: list[asyncio.Task[list[SseEvent]]] = []

    def cut(seen: list[SseEvent]) -> None:
        resuming.append(asyncio.ensure_future(Screen.after(seen, "1").resume(ana)))

    def interrupt(seen: list[SseEvent]) -> None:
        if len(seen) == 5:
            second.append(asyncio.ensure_future(read(ana, "Una segunda pregunta", cut)))

    first = await read(ana, "Hola", interrupt)
    seen = await second[0]
    assert [m["seq"] for m in (await ana.history())["data"]] == [1, 2, 3, 4]
    stored = await stored_texts(ana)
    assert stored == ["Hola", "Una segunda pregunta", ANSWER, SECOND]
    assert Screen.after(first).texts == stored[:3], "the first stream ends with the first reply"
    assert Screen.after(seen).texts == stored[1:], "the second one tells the rest of the first reply as well"
    for screen in await asyncio.gather(*resuming):
        assert screen.texts == stored[1:]
    for k in range(len(seen) + 1):
        screen = await Screen.after(seen[:k], "1").resume(ana)
        assert screen.texts == stored[1:], f"after event {k}"


async def test_two_tabs_show_the_same(
    with_model: TaliaServer, upstream: FakeUpstream, make_visitor: MakeVisitor
) -> None:
    upstream.script(PACED)
    ana = make_visitor(with_model)
    await ana.open()
    async with ana.events() as one, ana.events() as two:
        saying = asyncio.ensure_future(ana.say("Hola"))
        tabs = [Screen(), Screen()]
        for tab, events in zip(tabs, (one, two), strict=True):
            async for event in events:
                tab.show(event)
                if event.type == "chat.reply.done":
                    break
        reply = (await saying).json()["reply"]
    assert [tab.texts for tab in tabs] == [["Hola", reply]] * 2
    assert tabs[0].cursor == tabs[1].cursor == "2~0"


async def test_a_tab_that_opens_in_the_middle_is_told_the_running_text(
    with_model: TaliaServer, upstream: FakeUpstream, make_visitor: MakeVisitor
) -> None:
    upstream.script(PACED)
    ana = make_visitor(with_model)
    await ana.open()
    opened: list[asyncio.Task[Screen]] = []

    async def late_tab() -> Screen:
        page = await ana.history()
        assert page["running_reply"]["text"]
        async with ana.events(follow="reply") as events:
            return await Screen().follow(events)

    def open_tab(seen: list[SseEvent]) -> None:
        if len(seen) == 4:
            opened.append(asyncio.ensure_future(late_tab()))

    await read(ana, "Hola", open_tab)
    tab = await opened[0]
    assert tab.types[:2] == ["chat.reply.started", "chat.reply.delta"]
    assert tab.texts == (await stored_texts(ana))[1:]


async def test_following_a_reply_ends_with_it_and_then_there_is_nothing_to_say(
    guided: TaliaServer, make_visitor: MakeVisitor
) -> None:
    ana = make_visitor(guided)
    await ana.open()
    assert (await ana.request("GET", "/events", params={"follow": "reply"})).status_code == 204
    await ana.say("Hola")
    screen = await Screen("1").resume(ana)
    assert screen.types[-1] == "chat.reply.done"
    for last in (screen.cursor, None):
        headers = {"Last-Event-ID": last} if last else None
        over = await ana.request("GET", "/events", params={"follow": "reply"}, headers=headers)
        assert (over.status_code, over.content) == (204, b"")


@pytest.mark.parametrize("cursor", ["99", "-1", "x", "1:", "1:otro:1:5:7", "9" * 100, "1 or 1=1"])
async def test_an_unknown_cursor_says_fetch_again_and_goes_on(
    guided: TaliaServer, make_visitor: MakeVisitor, cursor: str
) -> None:
    ana = make_visitor(guided)
    await ana.open()
    await ana.say("Hola")
    async with ana.events(cursor) as events:
        sync = await anext(events)
        assert (sync.type, sync.data["cursor"], sync.id) == ("chat.sync", "2~0", "2~0")
        saying = asyncio.ensure_future(ana.say("¿Siguen ahí?"))
        assert (await anext(events)).data["message"]["seq"] == 3
        await saying


async def test_a_cursor_in_a_reply_that_never_was_is_told_what_is_stored(
    guided: TaliaServer, make_visitor: MakeVisitor
) -> None:
    ana = make_visitor(guided)
    await ana.open()
    await ana.say("Hola")
    async with ana.events("1:0198aaaa-0000-7000-8000-000000000000:1:5", follow="reply") as events:
        told = [event async for event in events]
    assert next(e.type for e in told) in {"chat.reply.failed", "chat.reply.restarted"}
    assert told[-1].type == "chat.reply.done"
    assert told[-1].data["message"]["context"]["text"] == (await stored_texts(ana))[1]


async def test_silence_is_filled_with_heartbeats(
    with_model: TaliaServer,
    upstream: FakeUpstream,
    make_visitor: MakeVisitor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert stream_module.HEARTBEAT_SECONDS <= 15
    monkeypatch.setattr(stream_module, "HEARTBEAT_SECONDS", 0.05)
    upstream.script(Reply(text="Por fin.", first_token_seconds=0.5))
    ana = make_visitor(with_model)
    await ana.open()
    headers = ana.headers | {"Authorization": f"Bearer {ana.token}", "Accept": "text/event-stream"}
    body = ana.body("Hola")
    async with ana.http.stream("POST", "/api/webchat/messages", headers=headers, json=body) as response:
        lines = [line async for line in response.aiter_lines()]
    silence = lines[lines.index("event: chat.reply.started") : lines.index("event: chat.reply.delta")]
    assert sum(line.startswith(":") for line in silence) >= 3
    async with ana.http.stream("GET", "/api/webchat/events", headers=headers) as response:
        async for line in response.aiter_lines():
            if line.startswith(":"):
                break


async def test_a_stream_ends_with_bye_and_the_client_goes_on_from_there(
    with_model: TaliaServer, upstream: FakeUpstream, make_visitor: MakeVisitor
) -> None:
    upstream.script(PACED)
    ana = make_visitor(with_model)
    session = await ana.open()

    async def say_bye() -> None:
        with_model.services.wiring.bus.publish(session["conversation_id"], Bye(retry_ms=5))

    async with ana.stream("Hola") as events:
        screen = Screen()
        async for event in events:
            if event.type == "chat.bye":
                assert (event.data["retry_ms"], event.id) == (5, None)
            else:
                screen.show(event)
            if event.type == "chat.reply.delta" and screen.types.count("chat.reply.delta") == 3:
                with_model.call(say_bye())
    assert screen.running is not None, "the stream was over before the reply"
    await screen.resume(ana)
    assert screen.texts == await stored_texts(ana)


async def test_the_server_says_bye_to_every_stream_when_it_stops(
    start_talia: StartTalia, make_visitor: MakeVisitor
) -> None:
    server = start_talia()
    visitors = [make_visitor(server) for _ in range(5)]
    for visitor in visitors:
        await visitor.open()

    async def last_words(visitor: HttpVisitor, listening: asyncio.Event) -> list[str]:
        async with visitor.events() as events:
            listening.set()
            return [event.type async for event in events]

    ready = [asyncio.Event() for _ in visitors]
    streams = [asyncio.ensure_future(last_words(v, e)) for v, e in zip(visitors, ready, strict=True)]
    await asyncio.gather(*(event.wait() for event in ready))

    async def stop() -> None:
        server.services.wiring.bus.farewell(lambda: Bye(retry_ms=1))

    server.call(stop())
    assert await asyncio.gather(*streams) == [["chat.bye"]] * 5


@pytest.mark.parametrize("api", ["responses", "chat"])
async def test_who_leaves_at_the_first_token_still_gets_the_whole_reply_stored_and_paid_for_once(
    start_talia: StartTalia, upstream: FakeUpstream, make_visitor: MakeVisitor, look: Any, api: str
) -> None:
    upstream.script(PACED)
    server = start_talia(**model_at(upstream, openai_api=api))
    ana = make_visitor(server)
    await ana.open()
    async with ana.stream("Hola") as events:
        async for event in events:
            if event.type == "chat.reply.delta":
                break
    screen = await Screen("0").resume(ana)
    assert screen.texts[1] == ANSWER
    assert len(upstream.requests) == 1
    assert upstream.requests[0].outcome == "finished"
    [turn] = look("select state, source, output_tokens, attempt from turns")
    tokens = upstream.requests[0].tokens_sent
    assert turn == {"state": "done", "source": "model", "output_tokens": tokens, "attempt": 1}
