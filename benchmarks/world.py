"""What is compared: the fake model, a bare pass-through before it, and TalIA before it, each a process of its own."""

from __future__ import annotations

import itertools
import json
import os
import socket
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import orjson
import psutil

from app.db.cluster import DATABASE, PORT, read_postmaster
from benchmarks.client import Answer, Wire, http_get, http_post, reply_text
from benchmarks.processes import tree_cpu_seconds
from tests.fakes.upstream_script import letters
from tests.rigs.processes import Process

KEY = "pk_demo"
_QUESTION = "Hola, busco un carro familiar para ir a {}; ¿qué me recomienda y cuánto cuesta?"
_ASKED = itertools.count(1000)
# Everything stays on; limits and budgets are only too high to be met by one address that asks all day.
_SETTINGS = {
    "TALIA_OPENAI_API_KEY": "sk-bench",
    "TALIA_OPENAI_MODEL": "bench",
    "TALIA_RATE_LIMIT_IP": "100000/minute",
    "TALIA_RATE_LIMIT_SESSION": "100000/minute",
    "TALIA_BUDGET_SESSION_TOKENS": "1000000000000",
    "TALIA_BUDGET_SITE_DAY_TOKENS": "1000000000000",
}


class Visitor(Protocol):
    """Somebody who asks and reads the stream of the answer."""

    async def ask(self, tokens: int) -> Answer: ...

    def leave(self) -> None: ...


class Target(Protocol):
    """Something that can be asked. `process` is whose CPU counts, None for the model itself."""

    name: str

    @property
    def process(self) -> Process | None: ...

    async def visitor(self) -> Visitor: ...


class _PlainVisitor:
    """Asks the Responses API as TalIA does: instructions, tools left out, one question."""

    def __init__(self, wire: Wire, port: int) -> None:
        body = {
            "model": "bench",
            "instructions": "x" * 2000,
            "input": [{"role": "user", "content": _question()}],
            "stream": True,
        }
        self._wire = wire
        self._request = http_post("/v1/responses", port, orjson.dumps(body))

    async def ask(self, tokens: int) -> Answer:
        return await self._wire.ask(self._request, tokens)

    def leave(self) -> None:
        self._wire.close()


def _question() -> str:
    """Never the same twice: what was read in a text is remembered, and a new text has to be read."""
    return _QUESTION.format(letters(next(_ASKED)))


class Direct:
    """The model without anything before it."""

    name = "direct"
    process = None

    def __init__(self, port: int) -> None:
        self._port = port

    async def visitor(self) -> Visitor:
        return _PlainVisitor(await Wire.connect(self._port), self._port)


class PassThrough:
    name = "pass-through"

    def __init__(self, process: Process, port: int) -> None:
        self.process = process
        self._port = port

    async def visitor(self) -> Visitor:
        return _PlainVisitor(await Wire.connect(self._port), self._port)


@dataclass(frozen=True)
class Session:
    session_id: str
    token: str
    conversation_id: str


class TaliaVisitor:
    """One session on one connection."""

    def __init__(self, wire: Wire, port: int, session: Session) -> None:
        self.session = session
        self.wire = wire
        self._port = port

    async def ask(self, tokens: int) -> Answer:
        body = {
            "session_id": self.session.session_id,
            "content": _question(),
            "client_message_id": uuid.uuid4().hex,
        }
        headers = (*self._headers(), "Accept: text/event-stream")
        return await self.wire.ask(
            http_post("/api/webchat/messages", self._port, orjson.dumps(body), *headers), tokens
        )

    async def listen(self) -> None:
        """Open GET /events, and leave it open."""
        await self.wire.listen(http_get("/api/webchat/events", self._port, *self._headers()))

    def leave(self) -> None:
        self.wire.close()

    def _headers(self) -> tuple[str, ...]:
        return (f"X-PUBLIC-KEY: {KEY}", f"Authorization: Bearer {self.session.token}")


class Talia:
    """`talia serve` with its embedded database in `data_dir`."""

    name = "TalIA"

    def __init__(self, folder: Path, upstream: str) -> None:
        self.port = free_port()
        self._folder = folder
        self._data_dir = folder / "data"
        self._env = _SETTINGS | {"TALIA_OPENAI_BASE_URL": upstream, "TALIA_DATA_DIR": str(self._data_dir)}
        self._process: Process | None = None

    @property
    def process(self) -> Process:
        assert self._process is not None, "not started"
        return self._process

    def start(self) -> float:
        """Start and wait for /readyz; the seconds that took."""
        arguments = ("-m", "app.cli", "serve", "--port", str(self.port))
        self._process = Process(*arguments, log=self._folder / "talia.log", env=self._env)
        while True:
            try:
                request(f"http://127.0.0.1:{self.port}/readyz", timeout=5)
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                if self.process.ended or time.perf_counter() - self.process.spawned_at > 60:
                    raise RuntimeError(self.process.said()[-3000:]) from None
                time.sleep(0.005)
            else:
                return time.perf_counter() - self.process.spawned_at

    def stop(self) -> None:
        if self._process is not None:
            self._process.end()
            self._process = None

    def open_session(self) -> Session:
        url = f"http://127.0.0.1:{self.port}/api/webchat/sessions"
        opened = request(url, {"locale": "es"}, headers={"X-PUBLIC-KEY": KEY})
        return Session(opened["session_id"], opened["token"], opened["conversation_id"])

    async def visitor(self, session: Session | None = None) -> TaliaVisitor:
        return TaliaVisitor(await Wire.connect(self.port), self.port, session or self.open_session())

    def database_cpu_seconds(self) -> float:
        return tree_cpu_seconds(self._postmaster().pid)

    def database_url(self) -> str:
        """As the superuser."""
        return f"postgresql://postgres@/{DATABASE}?host={self._postmaster().socket_dir}&port={PORT}"

    def _postmaster(self) -> Any:
        postmaster = read_postmaster(self._data_dir / "postgres")
        assert postmaster is not None, "the embedded PostgreSQL does not run"
        return postmaster


@dataclass(frozen=True)
class World:
    upstream: Process
    base_url: str
    direct: Direct
    pass_through: PassThrough
    talia: Talia

    @property
    def targets(self) -> tuple[Target, ...]:
        return (self.direct, self.pass_through, self.talia)

    def script(self, tokens: int, per_second: float) -> None:
        """Every answer of the model from now on."""
        rule = {"reply": {"text": reply_text(tokens), "tokens_per_second": per_second, "numbered": True}}
        root = self.base_url.removesuffix("/v1")
        request(f"{root}/control/script", [rule], method="PUT")


@contextmanager
def build_world(folder: Path) -> Iterator[World]:
    with ExitStack() as stack:
        arguments = ("-m", "tests.fakes.upstream", "--control", "--journal", "0")
        upstream = stack.enter_context(Process(*arguments, log=folder / "upstream.log"))
        base_url = upstream.wait_line("upstream ready on").split()[-1]
        port = free_port()
        passing = stack.enter_context(
            Process("-m", "benchmarks.passthrough", base_url, str(port), log=folder / "pass-through.log")
        )
        passing.wait_line("Uvicorn running on")
        talia = Talia(folder, base_url)
        stack.callback(talia.stop)
        model_port = urlsplit(base_url).port
        assert model_port is not None
        yield World(upstream, base_url, Direct(model_port), PassThrough(passing, port), talia)


def request(
    url: str,
    body: Any = None,
    *,
    method: str | None = None,
    headers: dict[str, str] | None = None,
    timeout: float = 10,
) -> Any:
    """One JSON request, for preparing things."""
    data = json.dumps(body).encode() if body is not None else None
    asked = urllib.request.Request(
        url, data, {"Content-Type": "application/json", **(headers or {})}, method=method
    )
    with urllib.request.urlopen(asked, timeout=timeout) as response:
        return json.loads(response.read() or b"null")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def machine() -> str:
    """One line about where this was measured."""
    cpu = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else ():
        if line.startswith("model name"):
            cpu = line.partition(":")[2].strip()
            break
    memory = psutil.virtual_memory().total / 2**30
    return f"{os.cpu_count()} × {cpu}, {memory:.0f} GiB, {os.uname().sysname} {os.uname().release}"
