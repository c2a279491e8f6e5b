"""Whoever stops reading closes the upstream's connection at once, which is what ends the generation's cost."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import pytest

from app.llm.port import Model
from tests.fakes.upstream import FakeUpstream, Fault, Reply
from tests.llm.asking import ask, fail, play, text_of

ENDLESS = Reply(text="hola ", endless=True, tokens_per_second=100)


async def cancelled(task: asyncio.Task[object]) -> None:
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_cancelling_the_task_in_mid_stream(upstream: FakeUpstream, model: Model) -> None:
    upstream.script(ENDLESS)
    begun = asyncio.Event()

    async def listen() -> None:
        async with aclosing(model.stream(ask())) as events:
            async for _ in events:
                begun.set()

    task = asyncio.create_task(listen())
    await begun.wait()
    await cancelled(task)
    assert await upstream.requests[0].wait_closed() == "client_closed"
    assert upstream.current == 0


async def test_cancelling_the_task_before_any_headers(upstream: FakeUpstream, model: Model) -> None:
    upstream.script(Reply(fault=Fault(kind="stall_headers")))
    task = asyncio.create_task(play(model, ask()))
    (request,) = await upstream.wait_requests(1)
    await cancelled(task)
    assert await request.wait_closed() == "client_closed"


async def test_cancelling_the_task_while_it_waits_to_open_again(upstream: FakeUpstream, model: Model) -> None:
    upstream.script(Reply(fault=Fault(kind="status", status=500, retry_after="0.9")))
    task = asyncio.create_task(play(model, ask()))
    (request,) = await upstream.wait_requests(1)
    await request.wait_closed()
    await cancelled(task)
    assert len(upstream.requests) == 1


async def test_closing_the_iterator_early(upstream: FakeUpstream, model: Model) -> None:
    upstream.script(ENDLESS)
    events = model.stream(ask())
    await anext(events)
    await events.aclose()
    assert await upstream.requests[0].wait_closed() == "client_closed"


async def test_dropping_the_iterator_without_closing_it(upstream: FakeUpstream, model: Model) -> None:
    upstream.script(ENDLESS)

    async def glance() -> None:
        async for _ in model.stream(ask()):
            return

    await glance()
    assert await upstream.requests[0].wait_closed() == "client_closed"


async def test_a_missed_deadline_closes_the_connection_too(upstream: FakeUpstream, model: Model) -> None:
    upstream.script(Reply(fault=Fault(kind="stall", at=0)))
    assert (await fail(model, ask())).kind == "timeout"
    assert await upstream.requests[0].wait_closed() == "client_closed"


async def test_giving_up_counts_neither_for_nor_against_the_server(
    upstream: FakeUpstream, model: Model
) -> None:
    upstream.script(ENDLESS)
    for _ in range(8):
        async with aclosing(model.stream(ask())) as events:
            await anext(events)
    upstream.script(Reply(text="sigo aquí"))
    assert text_of(await play(model, ask())) == "sigo aquí"
