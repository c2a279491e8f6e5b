"""A visitor who is cut off all the time, and resumes at either of two workers, while Redis suffers."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import dataclass, field

import pytest

from app.realtime.bus import Bus, Resync, SubscriptionEnded
from app.realtime.events import (
    Event,
    MessageNew,
    ReplyDelta,
    ReplyFailed,
    ReplyRestarted,
    ReplyStarted,
    WireMessage,
)
from app.realtime.redis_bus import RedisBus
from app.realtime.tail import Frame, Gap, Tail
from tests.realtime.redis_server import RedisServer
from tests.realtime.world import Client, answer, done, message

C = "conversation-1"


@dataclass
class Database:
    rows: list[WireMessage] = field(default_factory=list)

    def commit(self, row: WireMessage) -> WireMessage:
        self.rows.append(row)
        return row

    async def since(self, seq: int) -> tuple[list[WireMessage], int]:
        await asyncio.sleep(0.001)
        return [row for row in self.rows if row.seq > seq], len(self.rows)


async def stream(bus: Bus, database: Database, cursor: str) -> AsyncGenerator[Frame, None]:
    """What a stream does, as `tail` says; with a quick poll, since the test is."""
    tail = Tail(cursor)

    async def catch_up() -> list[Frame]:
        running = await bus.running(C)
        rows, last_seq = await database.since(tail.since)
        return tail.catch_up(rows, last_seq, running)

    with bus.subscribe(C) as subscription, suppress(SubscriptionEnded):
        await subscription.ready()
        frames = await catch_up()
        while True:
            for frame in frames:
                yield frame
            item = await subscription.next(0.2)
            try:
                frames = await catch_up() if item is None or isinstance(item, Resync) else tail.accept(item)
            except Gap:
                frames = await catch_up()


async def write(workers: list[RedisBus], database: Database, rng: random.Random, turns: int) -> None:
    async def tell(bus: RedisBus, event: Event) -> None:
        bus.publish(C, event)
        await asyncio.sleep(rng.choice([0, 0, 0.002, 0.01, 0.03]))

    for turn in range(turns):
        turn_id, attempt, text, bus = f"turn-{turn}", 1, "", rng.choice(workers)
        row = database.commit(message(len(database.rows) + 1, f"question {turn}"))
        await tell(rng.choice(workers), MessageNew(message=row))
        await tell(bus, ReplyStarted(turn_id=turn_id, attempt=attempt))
        for word in range(rng.randint(0, 30)):
            piece = f"😀{turn}.{attempt}.{word} "
            await tell(bus, ReplyDelta(turn_id=turn_id, attempt=attempt, offset=len(text), text=piece))
            text += piece
            if rng.random() < 0.02:
                bus, attempt, text = rng.choice(workers), attempt + 1, ""
                await tell(bus, ReplyRestarted(turn_id=turn_id, attempt=attempt, reason="lease_lost"))
        if rng.random() < 0.1:
            await tell(bus, ReplyFailed(turn_id=turn_id, reason="upstream"))
        else:
            row = database.commit(answer(len(database.rows) + 1, text + "end", turn_id, attempt))
            await tell(bus, done(row))


async def torment(server: RedisServer, rng: random.Random) -> None:
    while True:
        await asyncio.sleep(rng.uniform(0.1, 0.5))
        match rng.choice(["flush", "freeze", "kill", "drop"]):
            case "flush":
                with server.client() as client:
                    client.flushall()
            case "drop":
                with server.client() as client:
                    client.client_kill_filter(_type="pubsub")
            case "freeze":
                server.freeze()
                await asyncio.sleep(rng.uniform(0.1, 0.8))
                server.thaw()
            case "kill":
                server.kill()
                await asyncio.sleep(rng.uniform(0, 0.3))
                await asyncio.to_thread(server.start)


@pytest.mark.parametrize("seed", range(2))
async def test_hopping_between_workers_over_a_failing_redis_ends_with_what_is_stored(seed: int) -> None:
    rng, server, database, client = random.Random(seed), RedisServer(), Database(), Client()
    server.start()
    workers = [RedisBus(server.url), RedisBus(server.url)]
    for worker in workers:
        await worker.start()
    trouble = asyncio.create_task(torment(server, rng))
    writing = asyncio.create_task(write(workers, database, rng, turns=20))
    hops = 0
    try:
        async with asyncio.timeout(60):
            while not writing.done() or client.messages != [(r.seq, r.context.text) for r in database.rows]:
                left = rng.randint(1, 8)
                with suppress(TimeoutError):
                    async with (
                        asyncio.timeout(1),
                        aclosing(stream(rng.choice(workers), database, client.cursor)) as s,
                    ):
                        async for frame in s:
                            client.apply(frame)
                            left -= 1
                            if left == 0:
                                break
                hops += 1
        await writing
        assert client.syncs == 0
        assert hops > 15
    finally:
        for task in (trouble, writing):
            task.cancel()
        await asyncio.wait([trouble, writing])
        for worker in workers:
            await worker.close()
        server.destroy()
