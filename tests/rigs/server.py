"""The whole product in this process, on a real socket: uvicorn in a thread of its own, over a database of its own."""

from __future__ import annotations

import asyncio
import socket
import threading
from types import TracebackType
from typing import Any, Self

import uvicorn

from app.channels.services import Services
from app.main import create_app
from app.settings import Settings


class _TellingServer(uvicorn.Server):
    """uvicorn tells nobody when it listens; this one does."""

    def __init__(self, config: uvicorn.Config, listening: threading.Event) -> None:
        super().__init__(config)
        self._listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._listening.set()


class TaliaServer:
    """`with TaliaServer(settings) as server:` serves at `server.url` until the block ends, then drains."""

    def __init__(self, settings: Settings) -> None:
        self.app = create_app(settings)
        # By its full name: asyncio switches Nagle's algorithm off for what says that it is TCP, and it costs 40 ms.
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.bind(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        config = uvicorn.Config(
            self.app, log_config=None, access_log=False, timeout_graceful_shutdown=5, proxy_headers=False
        )
        self._started = threading.Event()
        self._server = _TellingServer(config, self._started)
        self._thread = threading.Thread(target=self._run, name="talia", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def services(self) -> Services:
        services: Services = self.app.state.services
        return services

    def call(self, work: Any) -> Any:
        """Run a coroutine on the server's loop and give its result: for acts that no route offers yet."""
        assert self._loop is not None
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._started.wait(15), "the server did not start"
        assert self._server.started, "the server ended while starting"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self._thread.join(15)
        assert not self._thread.is_alive(), "the server did not stop"

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=self._config_loop) as runner:
            runner.run(self._serve())

    def _config_loop(self) -> asyncio.AbstractEventLoop:
        self._loop = asyncio.new_event_loop()
        return self._loop

    async def _serve(self) -> None:
        try:
            await self._server.serve(sockets=[self._socket])
        finally:
            self._started.set()
