"""The figures. Each function measures one and returns plain numbers; times are seconds unless a name says otherwise."""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.growth import fill_conversation, fill_database
from benchmarks.processes import busy_seconds, cpu_seconds, rss_bytes
from benchmarks.world import Talia, TaliaVisitor, Target, Visitor, World

TOKENS_PER_SECOND = 50
ON_TIME = 0.100
ON_TIME_SHARE = 0.99
ASKED_PER_SESSION = 10


@dataclass(frozen=True)
class Spread:
    median: float
    p95: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Spread:
        ordered = sorted(values)
        return cls(statistics.median(ordered), ordered[int(len(ordered) * 0.95)])


@dataclass(frozen=True)
class Latency:
    first: Spread
    total: Spread


@dataclass(frozen=True)
class Cpu:
    """Per 1,000 replies. `cores` is how busy each process was meanwhile; 1.0 is one core."""

    server: float
    database: float
    cores: dict[str, float]


@dataclass
class Level:
    """One step of the search for how many replies at once."""

    replies: int
    p99: float
    on_time: float
    cores: dict[str, float] = field(default_factory=dict)

    @property
    def good(self) -> bool:
        return self.on_time >= ON_TIME_SHARE


async def latency(world: World, rounds: int) -> dict[str, Latency]:
    """One visitor at a time, the targets in turn so that noise meets all of them."""
    world.script(20, 200)
    first: dict[str, list[float]] = {target.name: [] for target in world.targets}
    total: dict[str, list[float]] = {target.name: [] for target in world.targets}
    visitors: dict[str, Visitor] = {}
    for number in range(-ASKED_PER_SESSION, rounds):
        for target in world.targets:
            if number % ASKED_PER_SESSION == 0:
                if target.name in visitors:
                    visitors[target.name].leave()
                visitors[target.name] = await target.visitor()
            answer = await visitors[target.name].ask(20)
            if number >= 0:
                first[target.name].append(answer.first_token)
                total[target.name].append(answer.total)
    for visitor in visitors.values():
        visitor.leave()
    return {name: Latency(Spread.of(first[name]), Spread.of(total[name])) for name in first}


async def cpu(world: World, target: Target, replies: int, *, streams: int = 20, tokens: int = 100) -> Cpu:
    """`streams` visitors ask again and again until there are `replies` answers, after one round to warm up."""
    world.script(tokens, TOKENS_PER_SECOND)
    visitors = [await target.visitor() for _ in range(streams)]

    async def asks(visitor: Visitor, times: int) -> None:
        for _ in range(times):
            await visitor.ask(tokens)

    await asyncio.gather(*(asks(visitor, 1) for visitor in visitors))
    meter = _Meter(world, target)
    rounds = replies // streams
    await asyncio.gather(*(asks(visitor, rounds) for visitor in visitors))
    meter.stop()
    for visitor in visitors:
        visitor.leave()
    per_thousand = 1000 / (rounds * streams)
    return Cpu(
        server=meter.seconds.get("server", 0.0) * per_thousand,
        database=meter.seconds.get("database", 0.0) * per_thousand,
        cores=meter.cores(),
    )


async def concurrency(world: World, target: Target, steps: Iterable[int]) -> list[Level]:
    """Ever more replies at once, until more than one token in a hundred is later than ON_TIME."""
    levels: list[Level] = []
    for step in steps:
        levels.append(await _level(world, target, step))
        if not levels[-1].good:
            break
    return levels


async def _level(world: World, target: Target, replies: int, tokens: int = 200) -> Level:
    """Visitors begin one after another over the length of a reply and ask twice: in the middle all are answered."""
    length = tokens / TOKENS_PER_SECOND
    world.script(tokens, TOKENS_PER_SECOND)
    visitors = [await target.visitor() for _ in range(replies)]
    began = time.perf_counter()
    lags: list[float] = []

    async def ask(visitor: Visitor, begin: float) -> None:
        await asyncio.sleep(begin)
        for _ in range(2):
            answer = await visitor.ask(tokens)
            for number, lag in enumerate(answer.lags(TOKENS_PER_SECOND)):
                due = answer.asked_at - began + number / TOKENS_PER_SECOND
                if length <= due <= 2 * length:
                    lags.append(lag)

    meter = _Meter(world, target)
    await asyncio.gather(*(ask(v, length * i / replies) for i, v in enumerate(visitors)))
    meter.stop()
    for visitor in visitors:
        visitor.leave()
    lags.sort()
    on_time = sum(lag <= ON_TIME for lag in lags) / len(lags)
    return Level(replies, lags[int(len(lags) * 0.99)], on_time, meter.cores())


async def idle_streams(talia: Talia, count: int) -> float:
    """Bytes of the server's memory that each open GET /events takes."""
    visitors = await _listeners(talia, 20)
    before = rss_bytes(talia.process.pid)
    more = await _listeners(talia, count)
    grown = rss_bytes(talia.process.pid) - before
    for visitor in visitors + more:
        visitor.leave()
    return grown / count


async def _listeners(talia: Talia, count: int) -> list[TaliaVisitor]:
    visitors = [await talia.visitor() for _ in range(count)]
    for visitor in visitors:
        await visitor.listen()
    return visitors


def start_to_ready(talia: Talia, times: int) -> Spread:
    """Seconds from spawning `talia serve` to the first 200 of /readyz, its database made before."""
    seconds: list[float] = []
    for _ in range(times):
        talia.stop()
        seconds.append(talia.start())
    return Spread.of(seconds)


@dataclass(frozen=True)
class TurnCost:
    """What one turn costs in milliseconds: until the first token, and of CPU."""

    first_ms: Spread
    server_cpu_ms: float
    database_cpu_ms: float


async def turn_cost(world: World, history: int, turns: int = 60) -> TurnCost:
    """Of a conversation that holds so many messages already."""
    world.script(20, 0)
    visitor = await world.talia.visitor()
    await visitor.ask(20)
    fill_conversation(world.talia.database_url(), visitor.session.conversation_id, history)
    for _ in range(5):
        await visitor.ask(20)
    meter = _Meter(world, world.talia)
    first = [(await visitor.ask(20)).first_token * 1000 for _ in range(turns)]
    meter.stop()
    visitor.leave()
    per_turn = 1000 / turns
    return TurnCost(
        Spread.of(first), meter.seconds["server"] * per_turn, meter.seconds["database"] * per_turn
    )


def fill(talia: Talia, messages: int) -> None:
    fill_database(talia.database_url(), messages)


class _Meter:
    """CPU seconds of every process involved, from its making to `stop`."""

    def __init__(self, world: World, target: Target) -> None:
        self._world = world
        self._target = target
        self._began = time.perf_counter()
        self._before = self._read()
        self.seconds: dict[str, float] = {}
        self._elapsed = 0.0

    def stop(self) -> None:
        self._elapsed = time.perf_counter() - self._began
        self.seconds = {name: now - self._before[name] for name, now in self._read().items()}

    def cores(self) -> dict[str, float]:
        return {name: seconds / self._elapsed for name, seconds in self.seconds.items()}

    def _read(self) -> dict[str, float]:
        read = {"client": cpu_seconds(os.getpid()), "model": cpu_seconds(self._world.upstream.pid)}
        if self._target.process is not None:
            read["server"] = cpu_seconds(self._target.process.pid)
        if isinstance(self._target, Talia):
            read["database"] = self._target.database_cpu_seconds()
        # What this machine did besides: whoever reads the figures should know.
        return read | {"others": busy_seconds() - sum(read.values())}
