"""What the fake upstream was asked, and what became of each request."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.upstream_script import Api

PATIENCE = 10.0
"""Seconds that a test waits for what must happen."""


@dataclass
class Exchange:
    """One request and what became of it. Times are of time.monotonic()."""

    number: int
    method: str
    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    api: Api | None = None
    last_user_text: str = ""
    outcome: str = "open"
    tokens_sent: int = 0
    opened_at: float = field(default_factory=time.monotonic)
    closed_at: float | None = None
    _closed: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    def close(self, outcome: str) -> None:
        self.outcome = outcome
        self.closed_at = time.monotonic()
        self._closed.set()

    async def wait_closed(self) -> str:
        """Wait until the answer is over; return how: finished, faulted, refused or client_closed."""
        async with asyncio.timeout(PATIENCE):
            await self._closed.wait()
        return self.outcome

    def as_json(self) -> dict[str, Any]:
        names = ("number", "method", "path", "headers", "body", "api", "last_user_text", "outcome")
        times = ("tokens_sent", "opened_at", "closed_at")
        return {name: getattr(self, name) for name in names + times}


def overlap(exchanges: Iterable[Exchange]) -> int:
    """The most of these exchanges that were open at one moment."""
    edges = []
    for exchange in exchanges:
        edges.append((exchange.opened_at, 1))
        edges.append((exchange.closed_at or float("inf"), -1))
    most = open_now = 0
    for _, step in sorted(edges):
        open_now += step
        most = max(most, open_now)
    return most
