"""The limiter's memory decides as the library's own does, forgets what has passed, and starts no threads."""

from __future__ import annotations

import random
import threading
import time

import pytest
from limits import parse
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

from app.channels.webchat.windows import SCHEME, WindowMemory


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Its one value is the time."""
    now = [1_800_000_000.0]
    monkeypatch.setattr(time, "time", lambda: now[0])
    return now


@pytest.fixture
def memory() -> WindowMemory:
    made = storage_from_string(f"{SCHEME}://")
    assert isinstance(made, WindowMemory)
    made.timer.join()
    return made


def test_it_decides_as_the_librarys_own_does(memory: WindowMemory, clock: list[float]) -> None:
    theirs = MovingWindowRateLimiter(MemoryStorage())
    ours = MovingWindowRateLimiter(memory)
    chance = random.Random(7)
    limits = [parse("5/minute"), parse("12/minute"), parse("3/second")]
    decided = []
    for _ in range(3000):
        clock[0] += chance.expovariate(2)
        limit, key = chance.choice(limits), chance.choice("abc")
        decided.append(ours.hit(limit, key))
        assert theirs.hit(limit, key) is decided[-1]
        assert ours.get_window_stats(limit, key).remaining == theirs.get_window_stats(limit, key).remaining
    assert 300 < decided.count(False) < 2700


def test_whose_window_has_passed_is_forgotten(memory: WindowMemory, clock: list[float]) -> None:
    limiter = MovingWindowRateLimiter(memory)
    for visitor in range(1000):
        limiter.hit(parse("5/minute"), str(visitor))
    clock[0] += 61
    for _ in range(500):
        limiter.hit(parse("600/minute"), "one who goes on")
    assert memory.reset() == 1


def test_it_starts_no_threads(memory: WindowMemory) -> None:
    limiter = MovingWindowRateLimiter(memory)
    before = threading.active_count()
    for visitor in range(100):
        limiter.hit(parse("5/minute"), str(visitor))
    assert threading.active_count() == before
