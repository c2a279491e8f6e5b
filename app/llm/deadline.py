"""A deadline on reading that moves with every event, for the price of comparing two numbers.

`asyncio.timeout` makes and cancels a timer each time, which is a third of the cost of reading a token. Here one
timer serves a whole round: it fires seldom, looks whether the deadline has moved on, and only else ends the read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

T = TypeVar("T")


class ReadDeadline:
    """One read at a time; `close` when the round is over."""

    __slots__ = ("_fired", "_loop", "_reader", "_timer", "_timer_at", "_when")

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._reader: asyncio.Task[Any] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._timer_at = 0.0
        self._when = 0.0
        self._fired = False

    async def read(self, reading: Awaitable[T], when: float) -> T:
        """Await `reading`; raises TimeoutError at `when` (of the loop's clock). Must run in a task."""
        task = asyncio.current_task()
        assert task is not None
        earlier_cancels = task.cancelling()
        self._when = when
        if self._timer is None or when < self._timer_at:
            self._set_timer()
        self._reader = task
        try:
            return await reading
        except asyncio.CancelledError:
            # As asyncio.timeout does it: a cancellation that also came from outside goes on.
            if self._fired and task.uncancel() <= earlier_cancels:
                raise TimeoutError from None
            raise
        finally:
            self._reader = None

    def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _set_timer(self) -> None:
        self.close()
        self._timer_at = self._when
        self._timer = self._loop.call_at(self._when, self._look)

    def _look(self) -> None:
        self._timer = None
        if self._reader is None:
            return
        if self._loop.time() < self._when:
            self._set_timer()
            return
        self._fired = True
        self._reader.cancel()
