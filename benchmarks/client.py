"""A client that costs little: one raw keep-alive connection per visitor, tokens counted and timed as bytes arrive.

Every token of the scripted reply ends with MARK, which occurs nowhere else in an event stream: so that a token is
counted the same way whether it came alone, coalesced with others, or inside another protocol's frame.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from dataclasses import dataclass, field
from typing import cast

MARK = b"~"
_SENTENCE = (
    "Claro con gusto le cuento sobre ese modelo tiene motor eficiente interior amplio garantía extendida y "
    "mantenimiento accesible podemos agendar una prueba de manejo esta semana cuando mejor le convenga"
)
PATIENCE = 60.0


def reply_text(tokens: int) -> str:
    """A reply of so many tokens, each a word of its own and marked."""
    words = itertools.islice(itertools.cycle(_SENTENCE.split()), tokens)
    return " ".join(f"{word}{MARK.decode()}" for word in words)


@dataclass
class Answer:
    """When what arrived, in seconds of time.perf_counter(); `arrivals` are (moment, tokens)."""

    asked_at: float
    arrivals: list[tuple[float, int]] = field(default_factory=list)
    tokens: int = 0
    ended_at: float = 0.0
    head: bytes = b""

    @property
    def first_token(self) -> float:
        """Seconds from asking to the first token."""
        return self.arrivals[0][0] - self.asked_at

    @property
    def total(self) -> float:
        """Seconds from asking to the end of the response."""
        return self.ended_at - self.asked_at

    def lags(self, rate: float) -> list[float]:
        """For each token, the seconds between the moment the model had it and its arrival.

        The model starts its clock when it is asked and makes `rate` tokens a second, so all that the way there
        took, opening included, is in it.
        """
        lags: list[float] = []
        for moment, count in self.arrivals:
            for _ in range(count):
                lags.append(moment - self.asked_at - len(lags) / rate)
        return lags


class Wire(asyncio.Protocol):
    """One connection to one server."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._answer: Answer | None = None
        self._expected = 0
        self._tail = b""
        self._done: asyncio.Future[Answer] | None = None
        self._heard = asyncio.Event()

    @classmethod
    async def connect(cls, port: int) -> Wire:
        _, wire = await asyncio.get_running_loop().create_connection(cls, "127.0.0.1", port)
        return wire

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's is one in all but its class.
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        if self._done is not None and not self._done.done():
            self._done.set_exception(ConnectionError(f"hung up: {exc}"))

    def data_received(self, data: bytes) -> None:
        answer = self._answer
        if answer is None:
            self._heard.set()
            return
        if not answer.head:
            answer.head = data[:15]
        count = data.count(MARK)
        if count and answer.tokens < self._expected:
            # The end of a stream repeats the whole text.
            count = min(count, self._expected - answer.tokens)
            answer.tokens += count
            answer.arrivals.append((time.perf_counter(), count))
        self._tail = (self._tail + data)[-5:]
        if self._tail == b"0\r\n\r\n":
            answer.ended_at = time.perf_counter()
            self._answer = None
            assert self._done is not None
            self._done.set_result(answer)

    async def ask(self, request: bytes, tokens: int) -> Answer:
        """Send the request, read the chunked answer to its end. Raises RuntimeError unless all tokens came."""
        assert self._transport is not None, "not connected"
        self._expected, self._tail = tokens, b""
        self._done = asyncio.get_running_loop().create_future()
        self._answer = Answer(time.perf_counter())
        self._transport.write(request)
        async with asyncio.timeout(PATIENCE):
            answer = await self._done
        if not answer.head.startswith(b"HTTP/1.1 200") or answer.tokens != tokens:
            raise RuntimeError(f"{answer.head!r}, {answer.tokens} of {tokens} tokens")
        return answer

    async def listen(self, request: bytes) -> None:
        """Send a request whose answer does not end; return when it has begun."""
        assert self._transport is not None, "not connected"
        self._transport.write(request)
        async with asyncio.timeout(PATIENCE):
            await self._heard.wait()

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


def http_post(path: str, port: int, body: bytes, *headers: str) -> bytes:
    return _head("POST", path, port, f"Content-Length: {len(body)}", *headers) + body


def http_get(path: str, port: int, *headers: str) -> bytes:
    return _head("GET", path, port, *headers)


def _head(method: str, path: str, port: int, *headers: str) -> bytes:
    lines = [
        f"{method} {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Content-Type: application/json",
        *headers,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"
