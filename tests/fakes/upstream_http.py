"""Just enough HTTP/1.1 to be an upstream: one asyncio Protocol per connection, keep-alive, chunked bodies."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Callable
from typing import Any, Protocol, cast

import httptools
import orjson

_REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found"}
_CLOSE_WITH_RST = struct.pack("ii", 1, 0)


class Sender(Protocol):
    """Something that is writing an answer and wants to know when it may and when it need not."""

    def resume(self) -> None: ...

    def client_left(self) -> None: ...


class Connection(asyncio.Protocol):
    """Parses requests and hands each to `handle(connection, method, path, headers, body)`."""

    def __init__(self, handle: Callable[[Connection, str, str, dict[str, str], bytes], None]) -> None:
        self._handle = handle
        self._parser = httptools.HttpRequestParser(self)
        self.transport: asyncio.Transport | None = None
        self.sender: Sender | None = None
        self.paused = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None
        if self.sender is not None:
            self.sender.client_left()
            self.sender = None

    def pause_writing(self) -> None:
        self.paused = True

    def resume_writing(self) -> None:
        self.paused = False
        if self.sender is not None:
            self.sender.resume()

    def on_message_begin(self) -> None:
        self._path = b""
        self._headers: dict[str, str] = {}
        self._body: list[bytes] = []

    def on_url(self, url: bytes) -> None:
        self._path += url

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_body(self, body: bytes) -> None:
        self._body.append(body)

    def on_message_complete(self) -> None:
        method = self._parser.get_method().decode()
        self._handle(self, method, self._path.decode(), self._headers, b"".join(self._body))

    def write(self, data: bytes) -> None:
        if self.transport is not None:
            self.transport.write(data)

    def start_stream(self, content_type: bytes = b"text/event-stream; charset=utf-8") -> bytes:
        return (
            b"HTTP/1.1 200 OK\r\nContent-Type: %b\r\nTransfer-Encoding: chunked\r\n"
            b"x-request-id: req_fake\r\n\r\n" % content_type
        )

    def send_json(self, status: int, value: Any, **headers: str) -> None:
        body = orjson.dumps(value)
        head = [
            f"HTTP/1.1 {status} {_REASONS.get(status, 'Status')}",
            "Content-Type: application/json",
            f"Content-Length: {len(body)}",
            "x-request-id: req_fake",
            *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()),
        ]
        self.write("\r\n".join(head).encode() + b"\r\n\r\n" + body)

    def send_error(self, status: int, code: str | None, message: str, **headers: str) -> None:
        error = {"message": message, "type": "invalid_request_error", "param": None, "code": code}
        self.send_json(status, {"error": error}, **headers)

    def close(self) -> None:
        """FIN, after what was written has left."""
        if self.transport is not None:
            self.transport.close()

    def abort(self) -> None:
        """Gone at once, whatever is still unsent."""
        if self.transport is not None:
            self.transport.abort()

    def reset(self) -> None:
        """RST: what the peer has not read yet may be lost, as on a crashed host."""
        if self.transport is not None:
            sock: socket.socket = self.transport.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _CLOSE_WITH_RST)
            self.transport.abort()


def chunk(data: bytes) -> bytes:
    """One chunk of a chunked body."""
    return b"%x\r\n%b\r\n" % (len(data), data)


LAST_CHUNK = b"0\r\n\r\n"
