"""The response that carries a stream, on a real uvicorn."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
import uvicorn
from sse_starlette.sse import AppStatus
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from structlog.testing import capture_logs

from app.realtime import sse
from app.realtime.events import Bye
from app.realtime.sse import HEARTBEAT, event_stream_response, frame_bytes, retry_bytes
from app.realtime.tail import Frame, Tail
from tests.realtime.test_tail import delta

Chunks = Callable[[], AsyncGenerator[bytes, None]]


@dataclass
class Watched:
    """Counts what becomes of a generator."""

    began: asyncio.Event = field(default_factory=asyncio.Event)
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def chunks(
        self, chunk: bytes = b"", pause: float = 60, idle: float = 0
    ) -> AsyncGenerator[bytes, None]:
        self.began.set()
        try:
            yield HEARTBEAT
            await asyncio.sleep(idle)
            while True:
                if chunk:
                    yield chunk
                await asyncio.sleep(pause)
        finally:
            await asyncio.sleep(0)  # a clean-up that awaits is allowed to
            self.ended.set()


@asynccontextmanager
async def serving(chunks: Chunks) -> AsyncIterator[int]:
    """A server in this process, on a port of its own."""

    async def stream(request: Request) -> Response:
        return event_stream_response(chunks())

    app = Starlette(routes=[Route("/", stream, methods=["GET", "HEAD"])])
    config = uvicorn.Config(app, port=0, log_level="critical", lifespan="off", timeout_graceful_shutdown=2)
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn announces it to nobody
        await asyncio.sleep(0.005)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        await task


@asynccontextmanager
async def asked(port: int, method: str = "GET") -> AsyncIterator[tuple[bytes, asyncio.StreamReader]]:
    """A request; its answer's head, in lower case, and the rest to read."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
    try:
        writer.write(f"{method} / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        yield (await reader.readuntil(b"\r\n\r\n")).lower(), reader
    finally:
        writer.close()
        await writer.wait_closed()


def parse(stream: bytes) -> list[dict[str, str]]:
    """As the standard reads it, for streams that end lines with LF: comments are left out."""
    events = []
    for block in stream.decode().split("\n\n")[:-1]:
        fields = [line.partition(":") for line in block.split("\n") if not line.startswith(":")]
        if fields:
            events.append({name: value.removeprefix(" ") for name, _, value in fields})
    return events


def test_frames_are_events_with_a_position_and_json_on_one_line() -> None:
    tail = Tail("5")
    frames = tail.accept(delta(0, 'line\none "two"\r\n: three'))
    bye = Frame("chat.bye", Bye(retry_ms=500).rendered, None)
    stream = retry_bytes(1500) + b"".join(map(frame_bytes, [*frames, bye])) + HEARTBEAT
    assert b"\r" not in stream
    assert parse(stream) == [
        {"retry": "1500"},
        {"id": "5:turn-1:1:0", "event": "chat.reply.started", "data": frames[0].data.decode()},
        {"id": "5:turn-1:1:23", "event": "chat.reply.delta", "data": frames[1].data.decode()},
        {"event": "chat.bye", "data": '{"type":"chat.bye","retry_ms":500}'},
    ]


async def test_chunks_go_out_as_they_come_and_the_end_is_the_end() -> None:
    more = asyncio.Event()

    async def chunks() -> AsyncGenerator[bytes, None]:
        yield b"data: 1\n\n"
        await more.wait()
        yield b"data: 2\n\n"

    async with serving(chunks) as port, asked(port) as (head, reader):
        assert head.startswith(b"http/1.1 200 ")
        assert b"\r\ncontent-type: text/event-stream" in head
        assert b"\r\ncache-control: no-store\r\n" in head
        assert b"\r\nx-accel-buffering: no\r\n" in head
        assert b"data: 1\n\n" in await reader.readuntil(b"\n\n")
        more.set()
        assert (await reader.read()).endswith(b"data: 2\n\n\r\n0\r\n\r\n")


async def test_a_client_that_leaves_closes_the_generator_at_once() -> None:
    watched = Watched()
    async with serving(watched.chunks) as port:
        async with asked(port) as (_, reader):
            await reader.readuntil(HEARTBEAT)
            assert not watched.ended.is_set()
        await asyncio.wait_for(watched.ended.wait(), 1)


async def test_head_answers_without_beginning_the_stream() -> None:
    watched = Watched()
    async with serving(watched.chunks) as port, asked(port, "HEAD") as (head, reader):
        assert b"text/event-stream" in head
        assert await reader.read() == b""
    assert not watched.began.is_set()


async def test_a_reader_that_takes_nothing_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sse, "SEND_SECONDS", 0.3)
    watched = Watched()
    with capture_logs() as logs:
        flood = b": " + b"x" * 100_000 + b"\n\n"
        async with serving(lambda: watched.chunks(flood, 0, idle=0.8)) as port, asked(port):
            await asyncio.wait_for(watched.ended.wait(), 5)
    assert [entry["event"] for entry in logs] == ["sse.reader_too_slow"]


async def test_an_idle_stream_is_not_a_slow_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sse, "SEND_SECONDS", 0.05)
    watched = Watched()
    async with serving(lambda: watched.chunks(HEARTBEAT, 0.2)) as port, asked(port) as (_, reader):
        for _ in range(4):
            await asyncio.wait_for(reader.readuntil(HEARTBEAT), 1)
        assert not watched.ended.is_set()


async def test_sse_starlettes_idea_of_the_end_is_not_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its flag is for the whole process and never reset: one stopped server would silence all later ones."""
    assert uvicorn.Server.handle_exit is AppStatus.original_handler
    assert uvicorn.Server.handle_exit.__module__ == "uvicorn.server"
    monkeypatch.setattr(AppStatus, "should_exit", True)
    for _ in range(2):
        async with serving(lambda: Watched().chunks(HEARTBEAT, 0.05)) as port, asked(port) as (_, reader):
            for _ in range(3):
                await asyncio.wait_for(reader.readuntil(HEARTBEAT), 2)


async def _never() -> dict[str, str]:
    await asyncio.Event().wait()
    raise AssertionError


async def _ignore(_: object) -> None:
    return None


async def run(response: Response, send: Callable[..., Awaitable[None]] = _ignore) -> None:
    await response({"type": "http", "method": "GET", "asgi": {}}, _never, send)


async def test_an_error_of_the_generator_is_what_the_server_sees() -> None:
    async def chunks() -> AsyncGenerator[bytes, None]:
        yield HEARTBEAT
        raise LookupError("gone")

    with pytest.raises(LookupError):
        await run(event_stream_response(chunks()))


async def test_a_stream_that_ends_does_not_wait_for_the_client_to_go_and_leaves_nothing() -> None:
    async def chunks() -> AsyncGenerator[bytes, None]:
        yield HEARTBEAT

    await asyncio.wait_for(run(event_stream_response(chunks())), 1)
    await asyncio.sleep(0)
    assert len(asyncio.all_tasks()) == 1
    gc.collect()
    assert not [thing for thing in gc.get_objects() if isinstance(thing, sse._Patience)]


async def test_a_cancelled_request_closes_the_generator() -> None:
    watched = Watched()
    request = asyncio.create_task(run(event_stream_response(watched.chunks())))
    await watched.began.wait()
    request.cancel()
    with pytest.raises(asyncio.CancelledError):
        await request
    assert watched.ended.is_set()


async def test_a_request_cancelled_while_it_sends_closes_the_generator() -> None:
    watched, sending = Watched(), asyncio.Event()

    async def send(message: dict[str, object]) -> None:
        if message.get("body"):
            sending.set()
            await asyncio.Event().wait()

    request = asyncio.create_task(run(event_stream_response(watched.chunks()), send))
    await sending.wait()
    request.cancel()
    with pytest.raises(asyncio.CancelledError):
        await request
    assert watched.ended.is_set()
