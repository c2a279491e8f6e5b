"""`talia serve` and the fake model as processes that can be killed and started again under the same address."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

from app.db.cluster import DATABASE, PORT, Postmaster, read_postmaster
from tests.rigs.processes import Process


class Model:
    """The fake upstream in a process of its own, so that no kill of a server reaches it."""

    def __init__(self, folder: Path) -> None:
        arguments = ("-m", "tests.fakes.upstream", "--control")
        self._process = Process(*arguments, log=folder / "upstream.log")
        self.base_url = ""

    def __enter__(self) -> Self:
        self.base_url = self._process.wait_line("upstream ready on").split()[-1]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.end()

    def script(self, **reply: Any) -> None:
        """Every reply from now on; see tests.fakes.upstream_script.Reply."""
        self._control("PUT", "script", [{"reply": reply}])

    def stats(self) -> dict[str, int]:
        found: dict[str, int] = self._control("GET", "stats")
        return found

    def journal(self) -> list[dict[str, Any]]:
        """The completions that were asked for, and what became of each."""
        return [exchange for exchange in self._control("GET", "journal") if exchange["api"]]

    def _control(self, method: str, path: str, body: Any = None) -> Any:
        url = f"{self.base_url.removesuffix('/v1')}/control/{path}"
        return httpx.request(method, url, json=body, timeout=10).raise_for_status().json()


class Served:
    """One server at one address over one data directory; `start` and `kill` it as often as you like."""

    def __init__(self, folder: Path, model: Model, database_url: str | None = None) -> None:
        self._folder = folder
        self.data_dir = folder / "data"
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._env = {
            "TALIA_DATA_DIR": str(self.data_dir),
            "TALIA_OPENAI_BASE_URL": model.base_url,
            "TALIA_OPENAI_API_KEY": "sk-test",
            "TALIA_OPENAI_MODEL": "fake-model",
            "TALIA_RATE_LIMIT_IP": "",
            "TALIA_RATE_LIMIT_SESSION": "",
        }
        if database_url is not None:
            self._env["TALIA_DATABASE_URL"] = database_url
        self._process: Process | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.end()
        # A server that was killed leaves its PostgreSQL running, for the next one.
        postmaster = read_postmaster(self.data_dir / "postgres")
        if postmaster is not None and postmaster.lives_in(self.data_dir / "postgres"):
            os.kill(postmaster.pid, signal.SIGQUIT)

    @property
    def process(self) -> Process:
        assert self._process is not None, "not started"
        return self._process

    def spawn(self) -> Process:
        """Start it; it is not ready yet."""
        arguments = ("-m", "app.cli", "serve", "--port", str(self.port))
        self._process = Process(*arguments, log=self._folder / "talia.log", env=self._env)
        return self._process

    def start(self) -> Self:
        """Start it and wait until it is ready."""
        self.spawn().wait_line("TalIA webchat is ready")
        return self

    def ready(self) -> bool:
        """Whether GET /readyz answers 200 within a second."""
        with contextlib.suppress(httpx.TransportError):
            return httpx.get(f"{self.url}/readyz", timeout=1).status_code == 200
        return False

    def wait_ready(self, seconds: float) -> float:
        """Wait until it is ready (again); the seconds that took."""
        began = time.monotonic()
        while not self.ready():
            assert time.monotonic() - began < seconds, f"not ready: {self.process.said()[-2000:]}"
            time.sleep(0.02)
        return time.monotonic() - began

    @property
    def postmaster(self) -> Postmaster:
        """Of the embedded server."""
        found = read_postmaster(self.data_dir / "postgres")
        assert found is not None, "the embedded PostgreSQL does not run"
        return found

    @property
    def database_url(self) -> str:
        """The embedded database, as the superuser."""
        return f"postgresql://postgres@/{DATABASE}?host={self.postmaster.socket_dir}&port={PORT}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
