"""Plays one scripted reply on one connection: pacing, back-pressure and every way of going wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

from tests.fakes.upstream_chat import ChatWire
from tests.fakes.upstream_http import LAST_CHUNK, Connection, chunk
from tests.fakes.upstream_responses import ResponsesWire
from tests.fakes.upstream_script import AT_THE_END, BEFORE_HEADERS, Fault, Reply

Wire = ResponsesWire | ChatWire

_BURST = 64
"""Tokens per loop turn of an unpaced reply, so that an endless one leaves room for others."""


class Player:
    """Writes the reply. `finished(outcome)` is called once: "finished", "faulted" or "client_closed"."""

    def __init__(
        self, connection: Connection, wire: Wire, reply: Reply, finished: Callable[[str], None]
    ) -> None:
        self._connection = connection
        self._wire = wire
        self._reply = reply
        self._finished = finished
        self._fault = reply.fault
        self._loop = asyncio.get_running_loop()
        self._interval = 1 / reply.tokens_per_second if reply.tokens_per_second else 0.0
        self._steps: Iterator[bytes] = iter(())
        self._ahead: bytes | None = None
        self._sent = 0
        self._over = False
        self._held = False
        self._timer: asyncio.TimerHandle | asyncio.Handle | None = None
        self._queue: list[bytes] = []
        self._after_queue: str | None = None

    def start(self, *, held: bool = False) -> None:
        """`held`: no token before `release`."""
        self._held = held
        connection = self._connection
        connection.sender = self
        fault = self._fault
        if fault is not None and fault.kind in BEFORE_HEADERS:
            self._refuse_service(fault)
            return
        self._steps = self._wire.steps()
        self._ahead = next(self._steps, None)
        self._write(self._wire.head(), prefix=connection.start_stream())
        self._first_at = self._loop.time() + self._reply.first_token_seconds
        if held:
            return
        if self._reply.first_token_seconds:
            self._timer = self._loop.call_at(self._first_at, self._tick)
        else:
            self._tick()

    def release(self) -> None:
        self._held = False
        self.resume()

    def resume(self) -> None:
        if not self._over and not self._held and self._timer is None:
            self._tick()

    def client_left(self) -> None:
        self._end("client_closed")

    def _tick(self) -> None:
        self._timer = None
        if self._over or self._connection.paused:
            return
        due = self._due()
        stop_at = self._fault.at if self._fault and self._fault.kind not in AT_THE_END else None
        if stop_at is not None:
            due = min(due, stop_at - self._sent)
        batch: list[bytes] = []
        while len(batch) < due and self._ahead is not None:
            batch.append(self._ahead)
            self._ahead = next(self._steps, None)
        self._sent += len(batch)
        self._wire.sent_tokens = self._sent
        at_end = self._ahead is None
        if self._sent == stop_at or (at_end and self._fault is not None):
            self._write(b"".join(batch))
            self._go_wrong()
        elif at_end:
            self._write(b"".join(batch) + self._wire.tail(), last=True)
        else:
            self._write(b"".join(batch))
            self._schedule()

    def _due(self) -> int:
        if not self._interval:
            return _BURST
        return int((self._loop.time() - self._first_at) / self._interval + 1e-6) + 1 - self._sent

    def _schedule(self) -> None:
        if self._interval:
            self._timer = self._loop.call_at(self._first_at + self._sent * self._interval, self._tick)
        else:
            self._timer = self._loop.call_soon(self._tick)

    def _refuse_service(self, fault: Fault) -> None:
        connection = self._connection
        if fault.kind == "stall_headers":
            return
        self._end("faulted")
        if fault.kind == "close_before_headers":
            connection.close()
        elif fault.kind == "reset_before_headers":
            connection.reset()
        elif fault.kind == "html":
            page = b"<html><body>It works!</body></html>"
            connection.write(connection.start_stream(b"text/html") + chunk(page) + LAST_CHUNK)
        else:
            headers = {"retry_after": fault.retry_after} if fault.retry_after is not None else {}
            connection.send_error(fault.status, fault.code, fault.message, **headers)

    def _go_wrong(self) -> None:
        assert self._fault is not None
        wire, kind = self._wire, self._fault.kind
        if kind == "stall":
            return
        if kind == "reset":
            self._end("faulted")
            # A moment for the peer to read the tokens: an RST may overtake them.
            self._loop.call_later(0.02, self._connection.reset)
        elif kind == "cut":
            self._end("faulted")
            self._connection.close()
        elif kind == "end":
            self._write(b"", last=True, outcome="faulted")
        else:
            frames = {
                "bad_json": wire.bad_json,
                "bad_utf8": wire.bad_utf8,
                "error": lambda: wire.error(nested=False),
                "error_nested": lambda: wire.error(nested=True),
                "failed": wire.failed,
                "max_output_tokens": lambda: wire.incomplete("max_output_tokens"),
                "content_filter": lambda: wire.incomplete("content_filter"),
                "mislabelled": wire.mislabelled,
            }
            self._write(frames[kind](), last=True, outcome="faulted")

    def _write(
        self, data: bytes, *, prefix: bytes = b"", last: bool = False, outcome: str = "finished"
    ) -> None:
        if self._reply.crlf:
            data = data.replace(b"\n", b"\r\n")
        if self._reply.chop:
            self._write_chopped(data, prefix=prefix, last=last, outcome=outcome)
            return
        self._connection.write(prefix + (chunk(data) if data else b"") + (LAST_CHUNK if last else b""))
        if last:
            self._end(outcome)

    def _write_chopped(self, data: bytes, *, prefix: bytes, last: bool, outcome: str) -> None:
        size = self._reply.chop
        started = bool(self._queue)
        self._queue += [prefix] if prefix else []
        self._queue += [chunk(data[at : at + size]) for at in range(0, len(data), size)]
        self._after_queue = outcome if last else None
        if last:
            self._queue.append(LAST_CHUNK)
        if not started and self._queue:
            self._drain()

    def _drain(self) -> None:
        if self._over or not self._queue:
            return
        self._connection.write(self._queue.pop(0))
        if self._queue:
            self._loop.call_soon(self._drain)
        elif self._after_queue is not None:
            self._end(self._after_queue)

    def _end(self, outcome: str) -> None:
        if self._over:
            return
        self._over = True
        if self._timer is not None:
            self._timer.cancel()
        if self._connection.sender is self:
            self._connection.sender = None
        self._finished(outcome)
