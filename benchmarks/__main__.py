"""`make bench`: everything in one run, against the bundled fake model; about eight minutes.

Prints a table and keeps it in docs/performance.md. `--quick` is a rehearsal: few rounds, nothing kept.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import uvloop

from app.cli.listening import allow_many_files
from benchmarks import figures
from benchmarks.delivery import delivery
from benchmarks.figures import Cpu, Latency, Level, Spread, TurnCost
from benchmarks.report import write
from benchmarks.world import World, build_world

CONVERSATIONS = (10, 1_000, 10_000)
STORED = 1_000_000


@dataclass(frozen=True)
class Effort:
    """How much is done for each figure."""

    rounds: int
    replies: int
    turns: int
    streams: int
    starts: int
    stored: int
    steps: dict[str, tuple[int, ...]]


FULL = Effort(
    rounds=120,
    replies=400,
    turns=60,
    streams=1_000,
    starts=5,
    stored=STORED,
    steps={
        "direct": (1_600, 2_400),
        "pass-through": (400, 800, 1_200, 1_600, 2_000),
        "TalIA": (200, 400, 600, 800, 1_000, 1_200),
    },
)
QUICK = Effort(
    rounds=10,
    replies=40,
    turns=10,
    streams=100,
    starts=1,
    stored=20_000,
    steps={"direct": (200,), "pass-through": (100,), "TalIA": (100,)},
)


@dataclass(frozen=True)
class Results:
    latency: dict[str, Latency]
    cpu: dict[str, Cpu]
    levels: dict[str, list[Level]]
    stream_bytes: float
    delivery: Spread
    start: Spread
    turns: dict[int, TurnCost]
    """By the number of messages in the conversation."""
    turn_in_full_database: TurnCost
    stored: int
    seconds: float


async def measure(world: World, effort: Effort) -> Results:
    began = time.monotonic()
    say("start to ready")
    start = figures.start_to_ready(world.talia, effort.starts)
    say("memory of idle streams")
    stream_bytes = await figures.idle_streams(world.talia, effort.streams)
    say("a seller's message")
    delivered = await delivery(world.talia, effort.rounds)
    say("first token")
    latency = await figures.latency(world, effort.rounds)
    cpu = {}
    for target in (world.pass_through, world.talia):
        say(f"CPU, {target.name}")
        cpu[target.name] = await figures.cpu(world, target, effort.replies)
    levels = {}
    for target in world.targets:
        say(f"replies at once, {target.name}")
        levels[target.name] = await figures.concurrency(world, target, effort.steps[target.name])
    turns = {}
    for length in CONVERSATIONS:
        say(f"a turn after {length:,} messages")
        turns[length] = await figures.turn_cost(world, length, effort.turns)
    say(f"{effort.stored:,} messages in the database")
    figures.fill(world.talia, effort.stored)
    full = await figures.turn_cost(world, CONVERSATIONS[0], effort.turns)
    return Results(
        latency=latency,
        cpu=cpu,
        levels=levels,
        stream_bytes=stream_bytes,
        delivery=delivered,
        start=start,
        turns=turns,
        turn_in_full_database=full,
        stored=effort.stored,
        seconds=time.monotonic() - began,
    )


def say(what: str) -> None:
    sys.stderr.write(f"measuring: {what}\n")


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a rehearsal: few rounds, nothing kept")
    quick = parser.parse_args().quick
    allow_many_files()
    with tempfile.TemporaryDirectory(prefix="talia-bench-") as folder, build_world(Path(folder)) as world:
        world.talia.start()
        results = uvloop.run(measure(world, QUICK if quick else FULL))
    write(results, keep=not quick)


if __name__ == "__main__":
    main()
