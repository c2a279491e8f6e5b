"""Connections for one event loop: taken in turn, given back at once, made by whoever lacks one.

psycopg's own pool was here first. It waits through `asyncio.wait_for`, which up to Python 3.11 swallows a cancellation
that comes together with the result, and it goes on counting those who gave up waiting: after a long outage it was full
of them and refused everybody for good. It also took a fifth of a call's CPU.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import psycopg
from psycopg import AsyncConnection
from psycopg.pq import TransactionStatus

Connection = AsyncConnection[Any]

RETRY_SECONDS = 0.1
"""Between two attempts to connect, as long as the caller has time."""


class PoolClosed(Exception):
    pass


class PoolFull(Exception):
    """Too many wait already."""


class PoolTimeout(Exception):
    """No connection became free, or could be made, in time."""


class Pool:
    """At most `size` connections, at most `most_waiting` callers in line for one.

    `connect` makes a connection that is ready to use; psycopg.Error means try again.
    """

    def __init__(self, connect: Callable[[], Awaitable[Connection]], *, size: int, most_waiting: int) -> None:
        self._connect = connect
        self._free_places = size
        self._most_waiting = most_waiting
        self._idle: list[Connection] = []
        self._line: dict[asyncio.Future[Connection | None], None] = {}
        self._closed = False

    async def take(self, deadline: float) -> Connection:
        """A connection, until `deadline` (of the loop's clock). The one used last comes first: it is the warmest."""
        while True:
            if self._closed:
                raise PoolClosed
            if self._idle:
                return self._idle.pop()
            if self._free_places:
                self._free_places -= 1
                return await self._make(deadline)
            connection = await self._wait(deadline)
            if connection is not None:
                return connection

    def give_back(self, connection: Connection) -> None:
        """Never waits, so that no cancellation can come between. One that is not idle any more is dropped."""
        if self._closed or connection.pgconn.transaction_status != TransactionStatus.IDLE:
            connection.pgconn.finish()
            self._free_places += 1
            self._call_next(None)
        elif not self._call_next(connection):
            self._idle.append(connection)

    async def close(self) -> None:
        """Close what is idle; the rest as it is given back. Whoever waits gets PoolClosed."""
        self._closed = True
        while self._call_next(None):
            pass
        for connection in self._idle:
            await connection.close()
        self._idle.clear()

    async def _make(self, deadline: float) -> Connection:
        try:
            return await self._connect_until(deadline)
        except BaseException:
            self._free_places += 1
            self._call_next(None)
            raise

    async def _connect_until(self, deadline: float) -> Connection:
        clock = asyncio.get_running_loop().time
        while True:
            try:
                async with asyncio.timeout_at(deadline):
                    return await self._connect()
            except TimeoutError:
                raise PoolTimeout from None
            except psycopg.Error as error:
                if self._closed or clock() + RETRY_SECONDS > deadline:
                    raise PoolTimeout from error
            await asyncio.sleep(RETRY_SECONDS)

    async def _wait(self, deadline: float) -> Connection | None:
        """Stand in line; None means that a place became free and the caller may make a connection."""
        if len(self._line) >= self._most_waiting:
            raise PoolFull
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[Connection | None] = loop.create_future()
        self._line[turn] = None
        alarm = loop.call_at(deadline, _expire, turn)
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._pass_on(turn)
            raise
        finally:
            alarm.cancel()
            self._line.pop(turn, None)

    def _call_next(self, connection: Connection | None) -> bool:
        """Hand `connection`, or the news of a free place, to the first in line. False: nobody waits."""
        while self._line:
            turn = next(iter(self._line))
            del self._line[turn]
            if not turn.done():
                turn.set_result(connection)
                return True
        return False

    def _pass_on(self, turn: asyncio.Future[Connection | None]) -> None:
        """What was handed to somebody who was cancelled in the same moment."""
        if turn.exception() is not None:
            return
        connection = turn.result()
        if connection is None:
            self._call_next(None)
        else:
            self.give_back(connection)


def _expire(turn: asyncio.Future[Any]) -> None:
    if not turn.done():
        turn.set_exception(PoolTimeout())
