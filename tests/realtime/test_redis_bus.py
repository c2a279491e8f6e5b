"""Two workers on one real Redis that is stopped, killed, emptied and started again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import orjson
import pytest
from structlog.testing import capture_logs

from app.errors import ConfigurationError
from app.realtime.bus import RESYNC, Item, Subscription, SubscriptionEnded
from app.realtime.events import MessageNew, ReplyDelta, ReplyStarted, Running
from app.realtime.redis_bus import RedisBus
from tests.realtime.redis_server import PASSWORD, RedisServer, Wire
from tests.realtime.world import answer, done, message

MakeBus = Callable[..., Awaitable[RedisBus]]
C, T = "conversation-1", "turn-1"


@pytest.fixture
def server() -> Iterator[RedisServer]:
    server = RedisServer()
    server.start()
    yield server
    server.destroy()


@pytest.fixture
async def make_bus(server: RedisServer) -> AsyncIterator[MakeBus]:
    buses: list[RedisBus] = []

    async def make(url: str = server.url) -> RedisBus:
        bus = RedisBus(url)
        await bus.start()
        buses.append(bus)
        return bus

    yield make
    for bus in buses:
        await bus.close()


@pytest.fixture
async def workers(make_bus: MakeBus) -> tuple[RedisBus, RedisBus]:
    return await make_bus(), await make_bus()


@pytest.fixture
async def wire(server: RedisServer) -> AsyncIterator[Wire]:
    wire = Wire(server)
    await wire.mend()
    yield wire
    await wire.destroy()


def started(attempt: int = 1) -> ReplyStarted:
    return ReplyStarted(turn_id=T, attempt=attempt)


def delta(offset: int, text: str, attempt: int = 1) -> ReplyDelta:
    return ReplyDelta(turn_id=T, attempt=attempt, offset=offset, text=text)


def new(seq: int) -> MessageNew:
    return MessageNew(message=message(seq, "hola"))


async def until(what: Callable[[], bool], seconds: float = 5) -> None:
    """For what announces itself to nobody."""
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "it did not come to pass"
        await asyncio.sleep(0.005)


async def take(subscription: Subscription, count: int = 1, seconds: float = 3) -> list[Item]:
    items = []
    for _ in range(count):
        item = await subscription.next(seconds)
        assert item is not None, f"nothing after {items}"
        items.append(item)
    return items


async def take_until(subscription: Subscription, last: Item, seconds: float = 5) -> list[Item]:
    items = await take(subscription, seconds=seconds)
    while items[-1] != last:
        items += await take(subscription, seconds=seconds)
    return items


async def test_an_event_reaches_both_workers_once(workers: tuple[RedisBus, RedisBus]) -> None:
    here, there = workers
    with here.subscribe(C) as near, there.subscribe(C) as far:
        assert await near.ready()
        assert await far.ready()
        here.publish(C, new(1))
        assert near.pop() == new(1)
        assert await take(far) == [new(1)]
        there.publish(C, new(2))
        assert await take(near) == await take(far) == [new(2)]
        here.publish(C, new(3))
        assert await take(near) == await take(far) == [new(3)]
        assert near.pop() is far.pop() is None


async def test_deltas_cross_joined_and_in_place(workers: tuple[RedisBus, RedisBus]) -> None:
    here, there = workers
    with there.subscribe(C) as far:
        await far.ready()
        here.publish(C, started())
        for place in range(60):
            here.publish(C, delta(place * 2, "é😀"))
            await asyncio.sleep(0.005)
        here.publish(C, new(1))
        here.publish(C, done(answer(2, "é😀" * 60, T)))
        items = await take_until(far, done(answer(2, "é😀" * 60, T)))
    first, *deltas, message_event, _ = items
    assert (first, message_event) == (started(), new(1))
    assert 3 <= len(deltas) <= 12
    text = ""
    for item in deltas:
        assert isinstance(item, ReplyDelta)
        assert item.offset == len(text)
        text += item.text
    assert text == "é😀" * 60


async def test_any_worker_has_the_running_text(
    workers: tuple[RedisBus, RedisBus], server: RedisServer
) -> None:
    here, there = workers
    assert await there.running(C) is None
    with there.subscribe(C) as far:
        await far.ready()
        here.publish(C, started())
        here.publish(C, delta(0, "ho"))
        here.publish(C, delta(2, "la"))
        assert await here.running(C) == Running(T, 1, "hola")
        await take_until(far, delta(0, "hola"))
        with server.client() as client:
            assert 100_000 < client.pttl(f"talia:r:{C}") <= 120_000
    assert await there.running(C) == Running(T, 1, "hola")
    here.publish(C, done(answer(1, "hola", T)))
    assert await here.running(C) is None
    await until(lambda: not keys(server, "talia:r:*"))
    assert await there.running(C) is None


async def test_a_worker_that_takes_a_turn_over_writes_its_own_text(
    workers: tuple[RedisBus, RedisBus],
) -> None:
    here, there = workers
    with here.subscribe(C) as near, there.subscribe(C) as far:
        await near.ready()
        await far.ready()
        here.publish(C, started())
        here.publish(C, delta(0, "first"))
        await take_until(far, delta(0, "first"))
        there.publish(C, started(2))
        there.publish(C, delta(0, "second", 2))
        await take_until(near, delta(0, "second", 2))
        here.publish(C, delta(5, " and late"))
        await take_until(far, delta(5, " and late"))
        assert await here.running(C) == await there.running(C) == Running(T, 2, "second")


async def test_only_streamed_conversations_are_listened_to(
    workers: tuple[RedisBus, RedisBus], server: RedisServer
) -> None:
    here, _ = workers
    with here.subscribe(C) as first, here.subscribe(C), here.subscribe("other"):
        await until(lambda: channels(server) == {f"talia:c:{C}", "talia:c:other"})
        assert await first.ready()
    await until(lambda: channels(server) == set())
    with here.subscribe(C) as again:
        assert await again.ready()
    with here.subscribe(C) as at_once:
        assert await at_once.ready(5)
        assert channels(server) == {f"talia:c:{C}"}


async def test_who_does_not_wait_to_be_connected_is_told_to_fetch(workers: tuple[RedisBus, RedisBus]) -> None:
    here, _ = workers
    with here.subscribe(C) as hasty:
        assert await take(hasty) == [RESYNC]
        with here.subscribe(C) as second:
            assert await second.ready(0)
            assert second.pop() is None


@pytest.mark.parametrize("fault", ["freeze", "kill"])
async def test_an_outage_stops_nobody_and_ends_with_a_resync(
    workers: tuple[RedisBus, RedisBus], server: RedisServer, fault: str
) -> None:
    here, there = workers
    with capture_logs() as logs, here.subscribe(C) as near, there.subscribe(C) as far:
        await near.ready()
        await far.ready()
        here.publish("silent", started())
        here.publish("silent", delta(0, "one moment"))
        await until(lambda: running(server, "silent") == "one moment")
        getattr(server, fault)()
        slowest = 0.0
        for seq in range(1, 101):
            began = time.perf_counter()
            here.publish(C, new(seq))
            slowest = max(slowest, time.perf_counter() - began)
            assert await near.next(1) == new(seq)
        assert slowest < 0.05
        assert await take(near) == await take(far) == [RESYNC]
        assert not here.healthy
        assert not there.healthy

        here.publish(C, started())
        here.publish(C, delta(0, "hola"))
        assert await take(near, 2) == [started(), delta(0, "hola")]
        began = time.perf_counter()
        assert await here.running(C) == Running(T, 1, "hola")
        assert await there.running(C) is None
        with there.subscribe("new") as fresh:
            assert not await fresh.ready(5)
            assert time.perf_counter() - began < 0.2
            await asyncio.sleep(1.2)  # the outage must outlast several attempts

            server.thaw() if fault == "freeze" else server.start()
            assert await take(near, seconds=5) == [RESYNC]
            assert RESYNC in await take(far, seconds=5)
            assert await take(fresh, seconds=5) == [RESYNC]
        await until(lambda: here.healthy and there.healthy)
        await until(lambda: f"talia:r:{C}" in keys(server, "talia:r:*"))
        assert await there.running(C) == Running(T, 1, "hola")
        await until(lambda: running(server, "silent") == "one moment")
        here.publish(C, new(101))
        await take_until(far, new(101))
    events = sorted(entry["event"] for entry in logs)
    assert events == ["realtime.redis.down"] * 2 + ["realtime.redis.up"] * 2
    assert PASSWORD not in repr(logs)


async def test_what_one_worker_could_not_send_the_other_is_told_to_fetch(
    make_bus: MakeBus, wire: Wire
) -> None:
    """Only one worker loses its connection; the other has nothing to notice."""
    here, there = await make_bus(wire.url), await make_bus()
    with here.subscribe(C) as near, there.subscribe(C) as far, there.subscribe("other") as unconcerned:
        for subscription in (near, far, unconcerned):
            assert await subscription.ready()
        await wire.cut()
        assert await take(near) == [RESYNC]
        here.publish(C, new(1))
        assert there.healthy
        assert far.pop() is None
        await wire.mend()
        assert await take(far) == [RESYNC]
        await until(lambda: here.healthy)
        assert unconcerned.pop() is None


async def test_what_was_under_way_when_the_line_broke_counts_as_lost(make_bus: MakeBus, wire: Wire) -> None:
    here, there = await make_bus(wire.url), await make_bus()
    with there.subscribe(C) as far, there.subscribe("held") as held:
        assert await far.ready()
        assert await held.ready()
        await wire.cut()
        assert here.healthy
        here.publish("held", delta(0, "x"))
        here.publish(C, new(1))
        await until(lambda: not here.healthy)
        await wire.mend()
        assert await take(far) == await take(held) == [RESYNC]


async def test_a_line_that_carries_no_events_counts_as_down(make_bus: MakeBus, wire: Wire) -> None:
    bus = await make_bus(wire.url)
    with bus.subscribe(C) as here:
        await here.ready()
        wire.deaf = True
        assert await take(here) == [RESYNC]
        assert not bus.healthy
        wire.deaf = False
        assert await take(here) == [RESYNC]
        await until(lambda: bus.healthy)


async def test_everyone_can_be_told_to_fetch(workers: tuple[RedisBus, RedisBus], server: RedisServer) -> None:
    """As a worker does that lost more than it can name."""
    with workers[0].subscribe(C) as near, workers[1].subscribe("other") as far, server.client() as client:
        await near.ready()
        await far.ready()
        client.publish("talia:everyone", b"0" * 32)
        assert await take(near) == await take(far) == [RESYNC]


async def test_nobody_waits_for_a_redis_that_stopped(
    workers: tuple[RedisBus, RedisBus], server: RedisServer
) -> None:
    here, there = workers
    here.publish(C, delta(0, "hola"))
    await until(lambda: running(server, C) == "hola")
    assert await there.running(C) == Running(T, 1, "hola")
    server.freeze()
    began = time.perf_counter()
    assert await here.running(C) == Running(T, 1, "hola")
    assert time.perf_counter() - began < 0.03
    assert there.healthy
    assert await there.running(C) is None
    assert time.perf_counter() - began < 0.2
    server.thaw()


async def test_a_flushed_redis_has_the_running_text_back_with_the_next_delta(
    workers: tuple[RedisBus, RedisBus], server: RedisServer
) -> None:
    here, there = workers
    with there.subscribe(C) as far:
        await far.ready()
        here.publish(C, started())
        here.publish(C, delta(0, "ho"))
        await take_until(far, delta(0, "ho"))
        with server.client() as client:
            client.flushall()
        assert await there.running(C) is None
        here.publish(C, delta(2, "la"))
        await take_until(far, delta(2, "la"))
        assert await there.running(C) == Running(T, 1, "hola")
        assert here.healthy
        assert there.healthy


async def test_it_starts_without_redis_and_finds_it_later(make_bus: MakeBus, server: RedisServer) -> None:
    server.kill()
    began = time.perf_counter()
    bus = await make_bus()
    assert time.perf_counter() - began < 1
    with bus.subscribe(C) as here:
        assert not bus.healthy
        bus.publish(C, new(1))
        assert here.pop() == new(1)
        server.start()
        assert await take(here, seconds=5) == [RESYNC]
        await until(lambda: bus.healthy)


async def test_what_cannot_be_read_is_fetched_instead(make_bus: MakeBus, server: RedisServer) -> None:
    bus = await make_bus()
    with capture_logs() as logs, bus.subscribe(C) as here, server.client() as client:
        await here.ready()
        client.publish(f"talia:c:{C}", b"0" * 32 + b'[{"type":"chat.from.the.future","secret":"555"}]')
        assert await take(here) == [RESYNC]
        client.publish(f"talia:c:{C}", b"\xff\xfe")
        assert await take(here) == [RESYNC]
        client.set(f"talia:r:{C}", b"{broken")
        assert await bus.running(C) is None
    assert [entry["event"] for entry in logs] == ["realtime.redis.unknown_event"] * 2
    assert "555" not in repr(logs)


async def test_a_redis_that_takes_no_writes_counts_as_down(make_bus: MakeBus, server: RedisServer) -> None:
    bus = await make_bus()
    with capture_logs() as logs, bus.subscribe(C) as here, server.client() as client:
        await here.ready()
        client.config_set("maxmemory", 1)
        assert await take(here) == [RESYNC]
        await asyncio.sleep(1.5)  # several attempts, one line
        assert not bus.healthy
        client.config_set("maxmemory", 0)
        await until(lambda: bus.healthy)
    assert [entry["event"] for entry in logs] == ["realtime.redis.down", "realtime.redis.up"]


async def test_what_is_held_is_sent_before_the_end(make_bus: MakeBus, server: RedisServer) -> None:
    here, there = RedisBus(server.url), await make_bus()
    await here.start()
    with there.subscribe(C) as far, here.subscribe(C) as near:
        await far.ready()
        here.publish(C, delta(0, "hola"))
        await here.close()
        assert await take(far) == [delta(0, "hola")]
        with pytest.raises(SubscriptionEnded):
            near.pop()


async def test_redis_is_reached_over_tcp_as_over_a_socket_file(
    make_bus: MakeBus, server: RedisServer, free_port: int
) -> None:
    with server.client() as client:
        client.config_set("port", free_port)
    here, there = await make_bus(f"redis://:{PASSWORD}@127.0.0.1:{free_port}/0"), await make_bus()
    with there.subscribe(C) as far:
        await far.ready()
        here.publish(C, delta(0, "hola"))
        assert await take(far) == [delta(0, "hola")]


@pytest.mark.parametrize("url", ["http://:hunter2@localhost", "redis://:hunter2@localhost:port", "hunter2"])
async def test_a_wrong_address_is_a_setting_to_correct_and_is_not_quoted(url: str) -> None:
    with pytest.raises(ConfigurationError) as wrong:
        RedisBus(url)
    assert "TALIA_REDIS_URL" in str(wrong.value)
    assert "hunter2" not in repr(wrong.value) + repr(wrong.value.__context__ if wrong.value.__cause__ else "")


def channels(server: RedisServer) -> set[str]:
    with server.client() as client:
        return {name.decode() for name in client.pubsub_channels("talia:c:*")}


def running(server: RedisServer, conversation_id: str) -> str | None:
    with server.client() as client:
        stored = client.get(f"talia:r:{conversation_id}")
        return None if stored is None else str(orjson.loads(stored)["text"])


def keys(server: RedisServer, pattern: str) -> set[str]:
    with server.client() as client:
        return {name.decode() for name in client.keys(pattern)}
