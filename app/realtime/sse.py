"""Frames as server-sent events, and the response that carries them.

sse-starlette's response is used for what it knows of the protocol (headers, HEAD, WebSocket denial), not for its
streaming: that starts three tasks for each stream and a timer for each chunk, and ends streams by itself when the
process is told to stop. Ours are told by the application, which says `chat.bye` first.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping

import structlog
import uvicorn
from sse_starlette.sse import AppStatus, EventSourceResponse
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.realtime.tail import Frame

HEARTBEAT_SECONDS = 15.0
HEARTBEAT = b": hb\n\n"
SEND_SECONDS = 30.0
"""A reader that takes nothing for so long is let go; it resumes by its cursor."""
CLEANUP_SECONDS = 5.0

log = structlog.get_logger(__name__)


def frame_bytes(frame: Frame) -> bytes:
    """One event on the wire. A frame's data is JSON, so it has no line break in it."""
    if frame.id is None:
        return b"event: %b\ndata: %b\n\n" % (frame.event.encode(), frame.data)
    return b"id: %b\nevent: %b\ndata: %b\n\n" % (frame.id.encode(), frame.event.encode(), frame.data)


def retry_bytes(milliseconds: int) -> bytes:
    """How long a client waits before it connects again by itself."""
    return b"retry: %d\n\n" % milliseconds


def event_stream_response(
    chunks: AsyncGenerator[bytes, None],
    *,
    headers: Mapping[str, str] | None = None,
    on_close: Callable[[], None] = lambda: None,
) -> Response:
    """A 200 that sends `chunks` as they come.

    When the client goes, or takes nothing for SEND_SECONDS, the generator is closed: its `finally` runs at once.
    One that was never begun has none to run; `on_close` is called in any case. It ends on a drain by itself.
    """
    response = _EventStream(chunks, ping=0, sep="\n", media_type="text/event-stream", headers=headers)
    response.on_close = on_close
    return response


class _Gone(Exception):
    """The client closed the connection."""


class _TooSlow(Exception):
    """The client has not taken anything for too long."""


class _EventStream(EventSourceResponse):
    body_iterator: AsyncGenerator[bytes, None]
    on_close: Callable[[], None]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._stream(scope, receive, send)
        finally:
            self.on_close()

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] == "HEAD":
            await super().__call__(scope, receive, send)
            return
        try:
            async with asyncio.TaskGroup() as tasks:
                watch = tasks.create_task(_until_gone(receive))
                await self._send_all(send, _Patience(tasks, SEND_SECONDS))
                watch.cancel()
        except ExceptionGroup as group:
            ours, others = group.split((_Gone, _TooSlow))
            if others is not None:
                raise others.exceptions[0] from None
            if ours is not None and ours.subgroup(_TooSlow):
                log.info("sse.reader_too_slow")

    async def _send_all(self, send: Send, patience: _Patience) -> None:
        start = {"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers}
        try:
            await send(start)
            async for chunk in self.body_iterator:
                patience.begin()
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
                patience.end()
        finally:
            patience.stop()
            async with asyncio.timeout(CLEANUP_SECONDS):
                await self.body_iterator.aclose()
        await send({"type": "http.response.body", "body": b"", "more_body": False})


class _Patience:
    """Watches over all sends with one timer: a timeout around each would cost more than the sending."""

    def __init__(self, tasks: asyncio.TaskGroup, seconds: float) -> None:
        self._loop = asyncio.get_running_loop()
        self._tasks = tasks
        self._seconds = seconds
        self._since: float | None = None
        self._timer = self._loop.call_later(seconds, self._look)

    def begin(self) -> None:
        self._since = self._loop.time()

    def end(self) -> None:
        self._since = None

    def stop(self) -> None:
        self._timer.cancel()

    def _look(self) -> None:
        now = self._loop.time()
        since = now if self._since is None else self._since
        if now - since >= self._seconds:
            self._tasks.create_task(_give_up())
        else:
            self._timer = self._loop.call_at(since + self._seconds, self._look)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    raise _Gone


async def _give_up() -> None:
    raise _TooSlow


def _give_exit_back() -> None:
    """Importing sse-starlette replaces uvicorn's exit handler by one that ends every stream of the process.

    Its flag is never reset either, so later servers of the same process could not stream at all.
    """
    if uvicorn.Server.handle_exit is AppStatus.handle_exit:
        uvicorn.Server.handle_exit = AppStatus.original_handler  # type: ignore[method-assign, assignment]


_give_exit_back()
