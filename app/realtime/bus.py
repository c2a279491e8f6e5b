"""The port between whoever makes events and whoever streams them, and the choice of what is behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from app.realtime.events import Event, Running
from app.realtime.memory_bus import MemoryBus
from app.realtime.subscription import (
    QUEUE_LIMIT,
    RESYNC,
    Item,
    Resync,
    Subscription,
    SubscriptionEnded,
)
from app.settings import Settings

__all__ = [
    "POLL_SECONDS",
    "QUEUE_LIMIT",
    "RESYNC",
    "Bus",
    "Item",
    "MemoryBus",
    "Resync",
    "Subscription",
    "SubscriptionEnded",
    "build_bus",
]

POLL_SECONDS = 2.0
"""While the bus is not healthy, a stream looks into the database at least this often."""


class Bus(Protocol):
    """Carries events of conversations. It may lose some, and then says RESYNC: the database is the truth."""

    @property
    def healthy(self) -> bool:
        """False: other processes are not heard, poll. Each change puts RESYNC into every subscription."""
        ...

    async def start(self) -> None: ...

    async def close(self) -> None: ...

    def publish(self, conversation_id: str, event: Event) -> None:
        """Returns at once, whatever the state of the network."""
        ...

    def farewell(self, make: Callable[[], Event]) -> None:
        """Put an event, made anew for each, into every subscription of this process: it is stopping."""
        ...

    def subscribe(self, conversation_id: str) -> Subscription:
        """A context manager: it listens while it is entered."""
        ...

    def tell_outage(self, name: str, seconds: float) -> None:
        """Tell the other processes that what is called `name` is out for `seconds`, or back (0). May be lost."""
        ...

    def hear_outages(self, heard: Callable[[str, float], None]) -> None:
        """Call `heard(name, seconds)` whenever another process tells of an outage."""
        ...

    async def running(self, conversation_id: str) -> Running | None:
        """The unfinished reply, if any. Read it before the rows, never after (see `tail`)."""
        ...


def build_bus(settings: Settings) -> Bus:
    """Redis where `TALIA_REDIS_URL` is set, else this process's memory. Raises ConfigurationError."""
    if settings.redis_url is None:
        return MemoryBus()
    from app.realtime.redis_bus import RedisBus  # noqa: PLC0415 - 0.1 s that one process alone need not pay

    return RedisBus(settings.redis_url.get_secret_value())
