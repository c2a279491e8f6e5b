"""Text is read on a beat, its first part at once; nothing is lost, a fast model is not slowed, who leaves has left."""

from __future__ import annotations

import asyncio
import time
from contextlib import aclosing
from typing import Any

import aiohttp
import pytest

from app.llm import pace
from app.llm.pace import BEAT_SECONDS
from app.llm.port import Model, TextDelta
from tests.fakes.upstream import FakeUpstream, Fault, Reply
from tests.llm.asking import ask, fail, play, text_of

TEXT = "palabra " * 100


async def test_text_comes_in_beats_and_whole(upstream: FakeUpstream, model: Model) -> None:
    upstream.script(Reply(text=TEXT, tokens_per_second=100))
    events = await play(model, ask())
    deltas = [event for event in events if isinstance(event, TextDelta)]
    assert text_of(events) == TEXT
    # A second of text: one delta for each beat, and the first one.
    assert len(deltas) <= 1 / BEAT_SECONDS + 4
    assert len(deltas) > 5


async def test_the_first_text_does_not_wait_for_a_beat(
    upstream: FakeUpstream, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "BEAT_SECONDS", 5.0)
    upstream.script(Reply(text=TEXT, tokens_per_second=100, first_token_seconds=0.1))
    async with aclosing(model.stream(ask())) as events, asyncio.timeout(2):
        assert isinstance(await anext(events), TextDelta)


async def test_a_model_faster_than_the_beat_is_read_at_its_own_pace(
    upstream: FakeUpstream, model: Model
) -> None:
    upstream.script(Reply(text="palabra " * 4000))
    began = time.monotonic()
    assert len(text_of(await play(model, ask(max_output_tokens=20_000)))) == 32_000
    assert time.monotonic() - began < 2


async def test_the_socket_is_found_and_left_unread_between_beats(
    upstream: FakeUpstream, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[asyncio.Transport | None] = []
    paused: list[bool] = []
    original = pace.transport_of

    def watched(response: aiohttp.ClientResponse) -> asyncio.Transport | None:
        found.append(original(response))
        return found[-1]

    monkeypatch.setattr(pace, "transport_of", watched)
    upstream.script(Reply(text=TEXT, tokens_per_second=100))
    async with aclosing(model.stream(ask())) as events:
        await anext(events)
        second = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0)
        (transport,) = found
        assert transport is not None, "aiohttp has changed: see transport_of"
        paused.append(not transport.is_reading())
        await second
        paused.append(not transport.is_reading())
    assert paused == [True, False]


@pytest.mark.parametrize("kind", ["reset", "cut", "end"])
async def test_a_connection_that_ends_in_a_pause_is_noticed_after_it(
    upstream: FakeUpstream, model: Model, kind: Any
) -> None:
    upstream.script(Reply(text=TEXT, tokens_per_second=100, fault=Fault(kind=kind, at=20)))
    assert (await fail(model, ask())).kind == "cut"


async def test_who_leaves_in_a_pause_has_left(
    upstream: FakeUpstream, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "BEAT_SECONDS", 60.0)
    upstream.script(Reply(text=TEXT, endless=True, tokens_per_second=100))

    async def listen() -> None:
        async with aclosing(model.stream(ask())) as events:
            async for _ in events:
                begun.set()

    begun = asyncio.Event()
    listening = asyncio.ensure_future(listen())
    await begun.wait()
    listening.cancel()
    assert await upstream.requests[0].wait_closed() == "client_closed"
    with pytest.raises(asyncio.CancelledError):
        await listening
