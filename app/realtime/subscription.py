"""What one reader of a conversation has not taken yet: bounded, and cheap to wake."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

from app.realtime.events import Event

QUEUE_LIMIT = 256


@dataclass(frozen=True, slots=True)
class Resync:
    """Events may have been missed, or the bus's health changed: fetch rows and running reply again."""


RESYNC: Final = Resync()
Item = Event | Resync


class SubscriptionEnded(Exception):
    """Nothing will come any more: the reader was too slow (`overflowed`), or the bus was closed."""


class Subscription:
    """Listens from `__enter__` to `__exit__`, for a single reader, on the event loop's thread only."""

    def __init__(
        self,
        conversation_id: str,
        join: Callable[[Subscription], None],
        leave: Callable[[Subscription], None],
    ) -> None:
        self.conversation_id = conversation_id
        self.overflowed = False
        self._join, self._leave = join, leave
        self._items: deque[Item] = deque()
        self._ended = False
        self._attached = self._hopeful = True
        self._attaching: asyncio.Future[None] | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._deadline = 0.0
        self._alarm: asyncio.TimerHandle | None = None
        self._alarm_at = 0.0

    def __enter__(self) -> Self:
        self._join(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave(self)
        self.end()

    async def next(self, timeout: float) -> Item | None:  # noqa: ASYNC109 - cheaper than a timeout around it
        """The next event or RESYNC; None after `timeout` seconds without. Raises SubscriptionEnded."""
        if self._items:
            return self._items.popleft()
        if self._ended:
            raise SubscriptionEnded
        loop = asyncio.get_running_loop()
        self._deadline = loop.time() + timeout
        if self._alarm is None or self._alarm_at > self._deadline:
            self._set_alarm(loop, self._deadline)
        self._waiter = loop.create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None
        return self.pop()

    def pop(self) -> Item | None:
        """What is there already, so that several events can go out as one write. Raises SubscriptionEnded."""
        if self._items:
            return self._items.popleft()
        if self._ended:
            raise SubscriptionEnded
        return None

    async def ready(self, timeout: float = 0.05) -> bool:  # noqa: ASYNC109 - going on without is the point
        """Before the first fetch: wait until events of every process arrive. In a single process they always do.

        False after `timeout` seconds: go on without, RESYNC comes when they do.
        """
        if self._items and self._items[0] is RESYNC:
            self._items.popleft()
        if self._attached or not self._hopeful:
            return self._attached
        self._attaching = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(timeout):
                await self._attaching
        except TimeoutError:
            return False
        finally:
            self._attaching = None
        return True

    def put(self, item: Item) -> None:
        """For the bus: queue `item`. A reader that is too far behind is cut off; it resumes by its cursor."""
        if self._ended:
            return
        if len(self._items) >= QUEUE_LIMIT:
            self.overflowed = True
            self.end()
            return
        self._items.append(item)
        self._wake()

    def end(self) -> None:
        """For the bus: nothing more will come, and what was queued is dropped."""
        self._ended = True
        self._items.clear()
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        self._wake()

    def detach(self, *, hopeful: bool) -> None:
        """For the bus: other processes are not heard yet, and waiting a moment may help or cannot."""
        self._attached, self._hopeful = False, hopeful

    def attach(self) -> None:
        """For the bus: other processes are heard from now on. What they said before has to be fetched."""
        if self._attached:
            return
        self._attached = True
        if self._attaching is None:
            self.put(RESYNC)
        elif not self._attaching.done():
            self._attaching.set_result(None)

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def _set_alarm(self, loop: asyncio.AbstractEventLoop, at: float) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm_at = at
        self._alarm = loop.call_at(at, self._on_alarm, loop)

    def _on_alarm(self, loop: asyncio.AbstractEventLoop) -> None:
        # One timer serves many waits: each event moves the deadline, but the timer only moves when it rings.
        self._alarm = None
        if self._waiter is None:
            return
        if loop.time() < self._deadline:
            self._set_alarm(loop, self._deadline)
        else:
            self._wake()
