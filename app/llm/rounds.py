"""One round with a model: open, read raw bytes under two deadlines, decode, and end in exactly one way.

Both adapters share this; they bring the opening and a decoder of their protocol's events.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, suppress
from dataclasses import dataclass
from typing import Protocol

import aiohttp

from app.llm.breaker import Breakers, Outages
from app.llm.deadline import ReadDeadline
from app.llm.failures import TRANSPORT_ERRORS, failure_of
from app.llm.opening import OpeningPolicy, open_with_retries
from app.llm.pace import Pace
from app.llm.port import ModelEvent, ModelFailure
from app.llm.sse import EventTooLong, SseReader

_LAST_WORDS_SECONDS = 2.0
"""How long a finished answer waits for the usage that should follow it."""

_DRAIN_SECONDS = 0.1
"""How long the body's end may take after the terminal event; unread, the connection could not be kept."""

_MUCH_BYTES = 8 * 1024
"""After such a read more is waiting: it is taken at once, so that the beat does not bound the throughput."""

_WHOLE_STREAM_BYTES = 32 * 1024 * 1024
"""No honest answer is that long: a server that never ends must not keep a turn for ever."""

Opener = Callable[[], AbstractAsyncContextManager[aiohttp.ClientResponse]]
"""Sends the request when entered, and closes the connection when left."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds: from the opening to the first visible text or tool call, and between events after that."""

    first_text: float
    stall: float


class Decoder(Protocol):
    """Turns event payloads into ModelEvents. Raises ModelFailure, or ValueError for what is malformed.

    `visible`: text or a tool call has begun. `answered`: the answer is complete, though usage may follow.
    `completed`: Completed was given out.
    """

    visible: bool
    answered: bool
    completed: bool

    def decode(self, payloads: list[bytes]) -> list[ModelEvent]: ...

    def end(self) -> list[ModelEvent]:
        """Nothing more comes: the last events, or the ModelFailure that this ending amounts to."""
        ...

    def too_late(self) -> ModelFailure:
        """What a missed deadline means, given what was seen so far."""
        ...


class Rounds:
    """Plays rounds against one server, behind its circuit breakers."""

    def __init__(
        self,
        base_url: str,
        deadlines: Deadlines,
        policy: OpeningPolicy,
        outages: Outages | None = None,
    ) -> None:
        self._breakers = Breakers(base_url, outages)
        self._deadlines = deadlines
        self._policy = policy

    async def play(
        self, model: str, opener: Opener, decoder: Decoder, *, in_thread: bool
    ) -> AsyncGenerator[ModelEvent, None]:
        """Yield the round's events; the last is Completed. Raises ModelFailure.

        Closing the generator, or cancelling the task that waits in it, closes the connection at once.
        """
        permit = self._breakers.admit(model)
        reading = _Reading(decoder, self._deadlines, in_thread=in_thread)
        try:
            events: list[ModelEvent] | None = await reading.start(opener, self._policy)
            while events is not None:
                if decoder.completed:
                    permit.succeeded()
                for event in events:
                    yield event
                events = await reading.more()
        except ModelFailure as failure:
            permit.failed(failure.kind)
            raise
        finally:
            permit.release()
            await reading.close()


class _Reading:
    """The reading side of one round: `start` once, `more` until None, `close` always."""

    def __init__(self, decoder: Decoder, deadlines: Deadlines, *, in_thread: bool) -> None:
        self._decoder = decoder
        self._deadlines = deadlines
        self._in_thread = in_thread
        self._reader = SseReader()
        self._deadline = ReadDeadline()
        self._stack = AsyncExitStack()
        self._body: aiohttp.StreamReader
        self._pace: Pace
        self._bytes = self._last_bytes = 0
        self._events = 0

    async def start(self, opener: Opener, policy: OpeningPolicy) -> list[ModelEvent]:
        """Open, and read until something is visible or the round is over. Retries share the one deadline."""
        deadline = asyncio.get_running_loop().time() + self._deadlines.first_text
        try:
            async with asyncio.timeout_at(deadline):
                response = await open_with_retries(
                    lambda: self._stack.enter_async_context(opener()),
                    in_thread=self._in_thread,
                    policy=policy,
                )
        except TimeoutError:
            raise ModelFailure("timeout", "no headers in time") from None
        except TRANSPORT_ERRORS as error:
            raise failure_of(error, in_thread=self._in_thread) from None
        except ValueError as error:
            raise ModelFailure("bad_request", f"not encodable: {type(error).__name__}") from None
        self._body = response.content
        self._pace = Pace(response)
        events: list[ModelEvent] = []
        while not (self._decoder.visible or self._decoder.completed):
            events += await self._read(deadline)
        return events

    async def more(self) -> list[ModelEvent] | None:
        """The next events, or None after the last one. Text is read on the beat."""
        if self._decoder.completed:
            return None
        if not self._decoder.answered and self._last_bytes < _MUCH_BYTES:
            await self._pace.rest()
        now = asyncio.get_running_loop().time
        events: list[ModelEvent] = []
        while not events:
            events = await self._read(now() + self._deadlines.stall)
        return events

    async def close(self) -> None:
        self._deadline.close()
        # The connection is given up whatever it says to that; the round has ended in its own way before.
        with suppress(*TRANSPORT_ERRORS):
            await self._stack.aclose()

    async def _read(self, deadline: float) -> list[ModelEvent]:
        """Read until an event is there, decode what came with it; the end of the stream is an event too."""
        if self._decoder.answered:
            deadline = min(deadline, asyncio.get_running_loop().time() + _LAST_WORDS_SECONDS)
        payloads: list[bytes] = []
        while not payloads:
            chunk = await self._next_chunk(deadline)
            if chunk is None:
                return self._at_end()
            payloads = self._split(chunk)
        self._events += len(payloads)
        try:
            events = self._decoder.decode(payloads)
        except ValueError as error:
            raise ModelFailure("malformed", type(error).__name__) from None
        if self._decoder.completed:
            await self._drain()
        return events

    async def _next_chunk(self, deadline: float) -> bytes | None:
        try:
            return await self._deadline.read(self._body.readany(), deadline) or None
        except TimeoutError:
            if self._decoder.answered:
                return None
            raise self._decoder.too_late() from None
        except TRANSPORT_ERRORS as error:
            if self._decoder.answered:
                return None
            raise failure_of(error, in_thread=self._in_thread) from None

    def _split(self, chunk: bytes) -> list[bytes]:
        self._last_bytes = len(chunk)
        self._bytes += len(chunk)
        if self._bytes > _WHOLE_STREAM_BYTES:
            raise ModelFailure("malformed", "the stream does not end")
        try:
            return self._reader.feed(chunk)
        except EventTooLong:
            raise ModelFailure("malformed", "an event does not end") from None

    def _at_end(self) -> list[ModelEvent]:
        if self._bytes and not self._events:
            raise ModelFailure("malformed", "not an event stream")
        return self._decoder.end()

    async def _drain(self) -> None:
        # The answer is complete; a connection that does not end well is closed instead of kept.
        with suppress(*TRANSPORT_ERRORS):
            async with asyncio.timeout(_DRAIN_SECONDS):
                while await self._body.readany():
                    pass
