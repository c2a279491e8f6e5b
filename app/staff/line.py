"""Who may have a password looked at now.

Hashing takes a tenth of a second of a core. So a crowd at the door is turned away before it costs one, and whoever
comes from somewhere else does not wait behind it: addresses take turns.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.errors import TooManyRequests

MOST = 10
"""In the line of one process at a time: the last one waits a second or two."""
OF_ADDRESS = 5
OF_ACCOUNT = 2
"""Of one address, for one account: a person signs in once, or presses the button twice."""
RETRY_SECONDS = 2.0
_AT_ONCE = max(1, (os.cpu_count() or 2) // 2)
"""The other cores are for the streams."""


class Busy(TooManyRequests):
    """Nothing was looked at, and nothing counts as an attempt."""

    code = "staff.busy"
    title = "Too many sign-ins at once; try again in a moment."

    def __init__(self) -> None:
        super().__init__(retry_after=RETRY_SECONDS)


class Line:
    def __init__(self, at_once: int = _AT_ONCE) -> None:
        self._free = at_once
        self._inside = 0
        self._of_address: Counter[str] = Counter()
        self._of_account: Counter[tuple[str, str]] = Counter()
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}

    @asynccontextmanager
    async def turn(self, address: str, account: str) -> AsyncIterator[None]:
        """Waits for a place to hash in. Raises Busy at once, or later for whoever came last of a crowd's address."""
        if self._of_address[address] >= OF_ADDRESS or self._of_account[address, account] >= OF_ACCOUNT:
            raise Busy
        if self._inside >= MOST and not self._make_room(self._of_address[address]):
            raise Busy
        self._inside += 1
        self._of_address[address] += 1
        self._of_account[address, account] += 1
        try:
            await self._wait(address)
            try:
                yield
            finally:
                self._call_next()
        finally:
            self._leave(address, account)

    def _leave(self, address: str, account: str) -> None:
        self._inside -= 1
        self._of_address[address] -= 1
        self._of_account[address, account] -= 1
        # A counter of zero is an address that nobody may remember.
        self._of_address += Counter()
        self._of_account += Counter()

    async def _wait(self, address: str) -> None:
        if self._free:
            self._free -= 1
            return
        called = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(address, deque()).append(called)
        try:
            await called
        except asyncio.CancelledError:
            # Called and gone in the same moment: the turn is the next one's.
            if called.done() and not called.cancelled():
                self._call_next()
            raise

    def _call_next(self) -> None:
        while self._waiting:
            address = next(iter(self._waiting))
            queue = self._waiting.pop(address)
            called = queue.popleft()
            if queue:
                self._waiting[address] = queue
            if not called.done():
                called.set_result(None)
                return
        self._free += 1

    def _make_room(self, own: int) -> bool:
        """Send away the last one of the most crowded address, if that has more in line than the newcomer's will."""
        crowded = max(self._waiting, key=lambda address: self._of_address[address], default=None)
        if crowded is None or self._of_address[crowded] <= own + 1:
            return False
        last = next((called for called in reversed(self._waiting[crowded]) if not called.done()), None)
        if last is None:
            return False
        last.set_exception(Busy())
        return True
