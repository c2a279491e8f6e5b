"""The bus of one process: order, bounds, waking, and the running text."""

from __future__ import annotations

import asyncio
import gc
import time

import pytest

from app.realtime import memory_bus
from app.realtime.bus import QUEUE_LIMIT, RESYNC, MemoryBus, SubscriptionEnded, build_bus
from app.realtime.events import MessageNew, ReplyFailed, ReplyRestarted, ReplyStarted, Running, Typing
from app.settings import Settings
from tests.realtime.test_tail import delta, started
from tests.realtime.world import answer, done, message

A, B, T, U = "conversation-a", "conversation-b", "turn-1", "turn-2"


def typing(active: bool = True) -> Typing:
    return Typing(author="visitor", active=active)


async def test_events_reach_those_who_listen_to_their_conversation_in_order() -> None:
    bus = MemoryBus()
    with bus.subscribe(A) as first, bus.subscribe(A) as second, bus.subscribe(B) as other:
        events = [delta(n, "x") for n in range(5)]
        for event in events:
            bus.publish(A, event)
        for subscription in (first, second):
            assert [await subscription.next(1) for _ in events] == events
            assert subscription.pop() is None
        assert other.pop() is None


async def test_a_subscription_hears_what_is_published_while_it_is_entered() -> None:
    bus = MemoryBus()
    subscription = bus.subscribe(A)
    bus.publish(A, typing())
    with subscription:
        bus.publish(A, typing(False))
        assert subscription.pop() == typing(False)
    bus.publish(A, typing())
    with pytest.raises(SubscriptionEnded):
        await subscription.next(1)
    assert list(bus.subscriptions()) == []


async def test_a_waiting_reader_is_woken_by_the_event() -> None:
    bus = MemoryBus()
    with bus.subscribe(A) as subscription:
        reading = asyncio.create_task(subscription.next(60))
        await asyncio.sleep(0)
        bus.publish(A, typing())
        assert await asyncio.wait_for(reading, 1) == typing()


async def test_each_wait_has_its_own_deadline_though_they_share_a_timer() -> None:
    bus = MemoryBus()
    with bus.subscribe(A) as subscription:
        for seconds in (0.02, 0.1, 0.02):
            began = time.perf_counter()
            assert await subscription.next(seconds) is None
            assert seconds - 0.005 <= time.perf_counter() - began < seconds + 0.5
        for _ in range(3):
            reading = asyncio.create_task(subscription.next(0.3))
            await asyncio.sleep(0.1)
            bus.publish(A, typing())
            assert await reading == typing()
        began = time.perf_counter()
        assert await subscription.next(0.02) is None
        assert time.perf_counter() - began < 0.2


async def test_a_cancelled_wait_loses_no_event() -> None:
    bus = MemoryBus()
    with bus.subscribe(A) as subscription:
        reading = asyncio.create_task(subscription.next(60))
        await asyncio.sleep(0)
        bus.publish(A, typing())
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        assert subscription.pop() == typing()


async def test_a_reader_that_is_too_slow_is_cut_off_alone() -> None:
    bus = MemoryBus()
    with bus.subscribe(A) as slow, bus.subscribe(A) as quick:
        for n in range(QUEUE_LIMIT):
            bus.publish(A, delta(n, "x"))
            quick.pop()
        assert not slow.overflowed
        bus.publish(A, typing())
        assert slow.overflowed
        bus.publish(A, typing(False))
        with pytest.raises(SubscriptionEnded):
            await slow.next(1)
        assert not quick.overflowed
        assert [quick.pop(), quick.pop()] == [typing(), typing(False)]


async def test_closing_ends_those_who_wait() -> None:
    bus = MemoryBus()
    with bus.subscribe(A) as subscription:
        reading = asyncio.create_task(subscription.next(60))
        await asyncio.sleep(0)
        await bus.close()
        with pytest.raises(SubscriptionEnded):
            await asyncio.wait_for(reading, 1)
        assert not subscription.overflowed


async def test_what_cannot_be_json_fails_where_it_is_published() -> None:
    bus = MemoryBus()
    with bus.subscribe(A) as subscription:
        with pytest.raises(TypeError):
            bus.publish(A, delta(0, "half a pair \ud83d"))
        assert subscription.pop() is None
    assert await bus.running(A) is None


async def test_alone_one_is_always_connected() -> None:
    bus = build_bus(Settings(_env_file=None))
    assert isinstance(bus, MemoryBus)
    await bus.start()
    assert bus.healthy
    with bus.subscribe(A) as subscription:
        assert await subscription.ready()
        assert subscription.pop() is None


async def test_the_running_text_is_what_the_deltas_add_up_to() -> None:
    bus = MemoryBus()
    assert await bus.running(A) is None
    bus.publish(A, started())
    assert await bus.running(A) == Running(T, 1, "")
    bus.publish(A, delta(0, "a😀"))
    bus.publish(A, delta(2, "é"))
    bus.publish(A, delta(1, "😀é漢"))
    bus.publish(A, MessageNew(message=message(6, "meanwhile")))
    assert await bus.running(A) == Running(T, 1, "a😀é漢")
    assert await bus.running(B) is None


@pytest.mark.parametrize(
    "begin", [started(attempt=2), ReplyRestarted(turn_id=T, attempt=2, reason="lease_lost")]
)
async def test_a_restart_begins_the_running_text_anew(begin: ReplyStarted | ReplyRestarted) -> None:
    bus = MemoryBus()
    for event in (started(), delta(0, "old"), begin, delta(0, "new", attempt=2), delta(3, "old"), started()):
        bus.publish(A, event)
    assert await bus.running(A) == Running(T, 2, "new")


@pytest.mark.parametrize(
    "end",
    [
        done(answer(6, "hola", T)),
        MessageNew(message=answer(6, "hola", T)),
        ReplyFailed(turn_id=T, reason="upstream"),
    ],
)
async def test_the_end_of_a_turn_ends_its_running_text_and_no_other(end: MessageNew | ReplyFailed) -> None:
    bus = MemoryBus()
    for event in (started(), delta(0, "hola"), end):
        bus.publish(A, event)
    assert await bus.running(A) is None
    for event in (started(U), end):
        bus.publish(A, event)
    assert await bus.running(A) == Running(U, 1, "")


async def test_a_text_with_a_hole_is_not_given_out() -> None:
    bus = MemoryBus()
    for event in (started(), delta(0, "ho"), delta(3, "a")):
        bus.publish(A, event)
    assert await bus.running(A) is None
    bus.publish(A, delta(2, "la"))
    assert await bus.running(A) is None
    for event in (started(U), delta(2, "x", U, attempt=2)):
        bus.publish(A, event)
    assert await bus.running(A) is None


async def test_a_reply_that_falls_silent_is_dropped() -> None:
    now = 0.0
    bus = MemoryBus(clock=lambda: now)
    bus.publish(A, started())
    now = 119
    bus.publish(A, delta(0, "x"))
    now = 119 + 120
    assert await bus.running(A) is not None
    now = 119 + 121
    assert await bus.running(A) is None


def texts_alive() -> int:
    return sum(isinstance(thing, memory_bus._Text) for thing in gc.get_objects())


async def test_silent_replies_do_not_pile_up() -> None:
    now = 0.0
    gc.collect()
    others = texts_alive()
    bus = MemoryBus(clock=lambda: now)
    for n in range(100):
        bus.publish(f"conversation-{n}", started())
    now = 200
    bus.publish(A, started())
    assert texts_alive() - others == 1
    assert await bus.running(A) == Running(T, 1, "")


async def test_a_resync_marker_keeps_its_place() -> None:
    bus = MemoryBus()
    with bus.subscribe(A) as subscription:
        bus.publish(A, typing())
        bus.put(A, RESYNC)
        bus.publish(A, typing(False))
        assert [subscription.pop() for _ in range(4)] == [typing(), RESYNC, typing(False), None]
