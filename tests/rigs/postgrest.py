"""A real PostgREST over a test database, and before it a gateway that makes it look like a Supabase project.

supabase-py calls `<project>/rest/v1/rpc/<function>` with an API key; PostgREST itself knows neither the
prefix nor the key. The gateway adds both, as Supabase's does, and can fail as gateways and networks fail.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

import httpx
import jwt
import psycopg

FETCH = Path(__file__).resolve().parents[2] / "scripts" / "fetch_postgrest.py"
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_API_KEY = re.compile(rb"\r\napikey: *([^\r\n]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the gateway says by itself."""

    status: int
    body: bytes
    content_type: str = "application/json"


Fault = Literal["refuse", "lose_answer"] | Answer
"""refuse: hang up before the request reaches PostgREST; lose_answer: hang up once the answer is there, so
that the function has run; an Answer is given instead of PostgREST's."""


def fetch_binary() -> str:
    """The binary's path; the first call on a machine downloads it."""
    fetched = subprocess.run([sys.executable, FETCH], capture_output=True, text=True, check=False)
    assert fetched.returncode == 0, fetched.stderr
    return fetched.stdout.strip()


class Postgrest:
    """PostgREST as `authenticator`, on a Unix socket. `secret` signs its tokens."""

    def __init__(self, binary: str, database_url: str) -> None:
        self.secret = secrets.token_urlsafe(48)
        self._folder = Path(tempfile.mkdtemp(prefix="talia-rest-"))
        self.socket = self._folder / "postgrest.sock"
        self._binary = binary
        self._database = psycopg.conninfo.make_conninfo(database_url, user="authenticator")
        self._process: subprocess.Popen[bytes] | None = None
        _make_authenticator(database_url)

    def token(self, role: str) -> str:
        return jwt.encode({"role": role, "exp": int(time.time()) + 86_400}, self.secret, "HS256")

    def start(self) -> Self:
        """Start and wait until it has read the schema."""
        settings = {
            "PGRST_DB_URI": self._database,
            "PGRST_DB_SCHEMAS": "public",
            "PGRST_DB_ANON_ROLE": "anon",
            "PGRST_JWT_SECRET": self.secret,
            "PGRST_SERVER_UNIX_SOCKET": str(self.socket),
            "PGRST_LOG_LEVEL": "crit",
            "GHCRTS": "-N1 -A4m",
        }
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._binary],
                env={"PATH": os.environ["PATH"], "HOME": str(self._folder)} | settings,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait_until_it_answers(200)
        return self

    def wait_until_it_answers(self, status: int) -> None:
        """Wait until `ping` answers like this: 200 is health, 503 that it noticed the database is gone."""
        deadline = time.monotonic() + 15
        headers = {"Authorization": f"Bearer {self.token('service_role')}"}
        with httpx.Client(transport=httpx.HTTPTransport(uds=str(self.socket))) as client:
            while True:
                assert self._process is not None
                assert self._process.poll() is None, (self._folder / "log").read_text()[-2000:]
                if self._listens():
                    with contextlib.suppress(httpx.TransportError):
                        answer = client.post("http://postgrest/rpc/ping", headers=headers, json={})
                        if answer.status_code == status:
                            return
                assert time.monotonic() < deadline, (self._folder / "log").read_text()[-2000:]
                time.sleep(0.01)

    def _listens(self) -> bool:
        """Tried without httpx, which leaves the socket open when it is refused."""
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(str(self.socket))
            except OSError:
                return False
            return True

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process = None
        self.socket.unlink(missing_ok=True)

    def destroy(self) -> None:
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)


class Gateway:
    """Listens on loopback in a thread of its own, since tests have an event loop each.

    `faults` is consumed from the left, one per request; `seen` holds every request line's target.
    """

    def __init__(self, postgrest: Postgrest) -> None:
        self.key = postgrest.token("service_role")
        self.postgrest = postgrest
        self.faults: deque[Fault] = deque()
        self.seen: list[str] = []
        self.url = ""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="gateway")
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    def start(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        return self

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def _end(self) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        upstream: asyncio.StreamWriter | None = None
        pump: asyncio.Task[None] | None = None
        lost = asyncio.Event()
        try:
            while request := await _read_request(reader):
                self.seen.append(request.split(b" ", 2)[1].decode())
                fault: Fault | None = self.faults.popleft() if self.faults else self._missing_key(request)
                if isinstance(fault, Answer):
                    writer.write(_render(fault))
                    continue
                if fault == "refuse":
                    return
                if upstream is None:
                    source, upstream = await asyncio.open_unix_connection(str(self.postgrest.socket))
                    pump = asyncio.ensure_future(_pump(source, writer, lost))
                if fault == "lose_answer":
                    lost.set()
                upstream.write(request.replace(b" /rest/v1", b" ", 1))
        except (ConnectionError, FileNotFoundError):
            writer.write(_render(Answer(503, b'{"message":"name resolution failed"}')))
        except asyncio.IncompleteReadError:
            pass  # the client left
        finally:
            for task in (pump,) if pump else ():
                task.cancel()
            for end in (writer, upstream) if upstream else (writer,):
                end.close()

    def _missing_key(self, request: bytes) -> Answer | None:
        key = _API_KEY.search(request)
        if key is None:
            return Answer(401, b'{"message":"No API key found in request"}')
        if key[1].decode() != self.key:
            return Answer(401, b'{"message":"Invalid authentication credentials"}')
        return None


async def _read_request(reader: asyncio.StreamReader) -> bytes:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return b""
    length = _LENGTH.search(head)
    return head + (await reader.readexactly(int(length[1])) if length else b"")


async def _pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter, lost: asyncio.Event) -> None:
    while (data := await source.read(65_536)) and not lost.is_set():
        sink.write(data)
        await sink.drain()
    sink.close()


def _render(answer: Answer) -> bytes:
    head = f"HTTP/1.1 {answer.status} Faked\r\ncontent-type: {answer.content_type}\r\n"
    return head.encode() + b"content-length: %d\r\n\r\n" % len(answer.body) + answer.body


def _make_authenticator(database_url: str) -> None:
    """The login role of a Supabase project: it may become the three others, and is nothing by itself."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        try:
            connection.execute("create role authenticator login noinherit")
        except psycopg.errors.DuplicateObject:
            return
        connection.execute("grant anon, authenticated, service_role to authenticator")
        connection.execute("alter role authenticator set statement_timeout = '8s'")
