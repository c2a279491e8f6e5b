"""Reading on a beat: between two of them the text of all streams gathers in their sockets, and is then taken in one go.

Read as it comes, every token costs a turn of the event loop, a read, a wake and a write of its own. On a beat that all
share, one turn of the loop does all of it for all of them, with warm caches: a third less CPU for a reply at 50 tokens
a second. A visitor sees text 20 times a second; half a beat is what a token waits on average.
"""

from __future__ import annotations

import asyncio

import aiohttp

BEAT_SECONDS = 0.05
_LATE = 0.001
"""Timers may ring a moment early, and the same beat must not be waited for twice."""


class Pace:
    """The pauses of one response's reading. Whoever leaves in a pause closes the connection, paused or not."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._transport = transport_of(response)

    async def rest(self) -> None:
        """Wait for the next beat, the socket unread."""
        transport, now = self._transport, asyncio.get_running_loop().time()
        if transport is not None and not transport.is_closing():
            transport.pause_reading()
        try:
            await asyncio.sleep((now // BEAT_SECONDS + 1) * BEAT_SECONDS - now + _LATE)
        finally:
            if transport is not None and not transport.is_closing():
                transport.resume_reading()


def transport_of(response: aiohttp.ClientResponse) -> asyncio.Transport | None:
    """The transport beneath. None: all was read already, and the connection given back; then reading just waits."""
    connection = response.connection
    return connection.transport if connection is not None else None
