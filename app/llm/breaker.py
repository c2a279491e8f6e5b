"""A circuit breaker: while a model's server is down, its visitors get the guided assistant at once.

Without it every visitor would wait out the first-text deadline before being answered.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Protocol

import structlog

from app.llm.port import FailureKind, ModelFailure

log = structlog.get_logger(__name__)

COUNTED: frozenset[FailureKind] = frozenset(
    {"unavailable", "timeout", "rate_limited", "quota", "auth", "cut", "malformed", "failed"}
)
"""Failures that say the server cannot answer now.

A rate limit counts because asking less is what it asks for; quota and auth because no request can succeed
until an operator acts. All others show a server that works: they are about this request, answer or thread.
"""


class Outages(Protocol):
    """Carries the news of open breakers between processes. What it loses, each finds out for itself."""

    def tell_outage(self, name: str, seconds: float) -> None:
        """The breaker `name` is open for `seconds`; 0: its server works again."""
        ...

    def hear_outages(self, heard: Callable[[str, float], None]) -> None:
        """Call `heard(name, seconds)` with what other processes tell."""
        ...


class Breaker:
    """Closed → open after `failures` counted failures within `window` seconds with no success between them.

    A success clears the count, so that a busy site with a few percent of failures is not cut off. After
    `cooldown` seconds one round is let through as a probe: its success closes the breaker, its failure opens
    it for another `cooldown`. `tell` is given the seconds it is open for, 0 when it closes. `clock` gives seconds
    and never goes back. For one event loop; not for threads.
    """

    def __init__(
        self,
        name: str,
        *,
        failures: int = 5,
        window: float = 30.0,
        cooldown: float = 15.0,
        tell: Callable[[float], None] = lambda _: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._name = name
        self._limit = failures
        self._window = window
        self._cooldown = cooldown
        self._tell = tell
        self._clock = clock
        self._failed_at: deque[float] = deque(maxlen=failures)
        self._open_until: float | None = None
        self._probe: Permit | None = None

    def admit(self) -> Permit:
        """Let one round through. Raises ModelFailure("unavailable", "breaker open") at once while open."""
        permit = Permit(self)
        if self._open_until is not None:
            if self._probe is not None or self._clock() < self._open_until:
                raise ModelFailure("unavailable", "breaker open")
            self._probe = permit
        return permit

    def hear(self, seconds: float) -> None:
        """Another process's breaker of the same server opened for `seconds`, or closed (0)."""
        if seconds <= 0:
            self._close()
            return
        until = self._clock() + min(seconds, self._cooldown)
        if self._open_until is None or (self._probe is None and self._open_until < until):
            self._open_until = until

    def _settle(self, permit: Permit, succeeded: bool | None) -> None:
        if permit is self._probe:
            self._probe = None
            self._settle_probe(succeeded)
        elif self._open_until is not None:
            return  # Began before the breaker opened: it tells nothing about now.
        elif succeeded:
            self._failed_at.clear()
        elif succeeded is False:
            self._count_failure()

    def _settle_probe(self, succeeded: bool | None) -> None:
        if succeeded:
            self._close()
            self._tell(0)
            log.info("model.breaker_closed", breaker=self._name)
        elif succeeded is False:
            self._open(self._clock())

    def _count_failure(self) -> None:
        now = self._clock()
        self._failed_at.append(now)
        if len(self._failed_at) == self._limit and now - self._failed_at[0] <= self._window:
            self._open(now)
            log.warning("model.breaker_opened", breaker=self._name, seconds=self._cooldown)

    def _open(self, now: float) -> None:
        self._open_until = now + self._cooldown
        self._tell(self._cooldown)

    def _close(self) -> None:
        self._open_until = None
        self._failed_at.clear()


class Permit:
    """One round's leave to call the server; settled exactly once, and harmless to settle again."""

    __slots__ = ("_breaker",)

    def __init__(self, breaker: Breaker) -> None:
        self._breaker: Breaker | None = breaker

    def succeeded(self) -> None:
        self._settle(succeeded=True)

    def failed(self, kind: FailureKind) -> None:
        """Failures that are not in COUNTED came from a working server: they count as a success."""
        self._settle(succeeded=kind not in COUNTED)

    def release(self) -> None:
        """The round was given up by its caller, which says nothing about the server."""
        self._settle(succeeded=None)

    def _settle(self, *, succeeded: bool | None) -> None:
        breaker, self._breaker = self._breaker, None
        if breaker is not None:
            breaker._settle(self, succeeded)


class Breakers:
    """One breaker per model of one server; the names come from our own assistants, so there are few."""

    def __init__(self, base_url: str, outages: Outages | None = None) -> None:
        self._base_url = base_url
        self._outages = outages
        self._by_name: dict[str, Breaker] = {}
        if outages is not None:
            outages.hear_outages(self._hear)

    def admit(self, model: str) -> Permit:
        """As Breaker.admit, for this model."""
        return self._named(f"{model} at {self._base_url}").admit()

    def _named(self, name: str) -> Breaker:
        breaker = self._by_name.get(name)
        if breaker is None:
            breaker = self._by_name[name] = Breaker(name, tell=partial(self._tell, name))
        return breaker

    def _tell(self, name: str, seconds: float) -> None:
        if self._outages is not None:
            self._outages.tell_outage(name, seconds)

    def _hear(self, name: str, seconds: float) -> None:
        if name.endswith(f" at {self._base_url}"):
            self._named(name).hear(seconds)
