"""uvicorn, set up for long event streams: one process, or a supervisor with several."""

from __future__ import annotations

import asyncio
import gc
import logging
import multiprocessing
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

import structlog
from prometheus_client.multiprocess import mark_process_dead
from uvicorn import Config, Server
from uvicorn.config import STARTUP_FAILURE
from uvicorn.importer import import_from_string
from uvicorn.lifespan.on import LifespanOn
from uvicorn.supervisors import Multiprocess

from app.cli.listening import BACKLOG
from app.errors import AppError, ConfigurationError
from app.settings import Settings

log = structlog.get_logger(__name__)

APP = "app.main:create_app"
DRAIN_SECONDS = 8  # the app says goodbye to its streams at once; together with the rest it stays below 10 s
KEEP_ALIVE_SECONDS = (
    75  # longer than a reverse proxy keeps its side, so that the proxy never meets a closed one
)


def run_one(settings: Settings, listener: socket.socket, welcome: Callable[[], str]) -> int:
    """Serve in this process; the exit code. `welcome` is called once it serves: what to say after the announcement."""
    server = _AnnouncingServer(_config(1), settings, welcome)
    try:
        server.run([listener])
    except SystemExit as leaving:
        if leaving.code == STARTUP_FAILURE:
            return 2
        raise
    return 0


def run_many(
    settings: Settings, listener: socket.socket, workers: int, metrics: Path, welcome: Callable[[], str]
) -> int:
    """Supervise `workers` processes on one socket; the exit code. SIGHUP replaces them one after another."""
    supervisor = _Supervisor(_config(workers), [listener], settings, metrics, welcome)
    supervisor.run()
    return 2 if any(process.exitcode == STARTUP_FAILURE for process in supervisor.processes) else 0


def load_app() -> None:
    """Import the app ahead of time, while something else takes its time."""
    import_from_string(APP)


def _config(workers: int) -> Config:
    return _Config(
        APP,
        workers=workers,
        loop="uvloop",
        http="httptools",
        ws="none",
        interface="asgi3",
        lifespan="on",
        log_config=None,
        log_level="warning",
        access_log=False,
        # Whom to believe about the client's address is TALIA_TRUSTED_PROXIES' matter, and the app's.
        proxy_headers=False,
        server_header=False,
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=DRAIN_SECONDS,
        timeout_worker_healthcheck=10,
    )


class _Config(Config):
    """Builds the app in the process that serves it, and says in one line why that is impossible."""

    def load(self) -> None:
        _leave_with_parent()
        gc.disable()  # a worker's start is a start, too
        try:
            super().load()
        except ConfigurationError as error:
            _say(error)
            sys.exit(STARTUP_FAILURE)
        # The app has set up logging by now. What uvicorn does is told by our own lines; its trouble stays.
        logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
        self.lifespan_class = _Lifespan

    def load_app(self) -> Any:
        # Called here and not by uvicorn, which would show a TypeError of ours without its traceback.
        return super().load_app()()


class _Lifespan(LifespanOn):
    """Says what the operator can mend in one line; anything else keeps its traceback."""

    async def send(self, message: Any) -> None:
        reason = sys.exc_info()[1]
        if message["type"] == "lifespan.startup.failed" and isinstance(reason, ConfigurationError | AppError):
            _say(reason)
            self.logger = self.logger.getChild("told")
            self.logger.disabled = True
            message = {"type": "lifespan.startup.failed", "message": ""}
        if message["type"] == "lifespan.startup.complete":
            _rest_the_collector()
        await super().send(message)


class _AnnouncingServer(Server):
    def __init__(self, config: Config, settings: Settings, welcome: Callable[[], str]) -> None:
        super().__init__(config)
        self._settings = settings
        self._welcome = welcome

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        _announce(self._settings, await asyncio.to_thread(self._welcome))


class _Supervisor(Multiprocess):
    """uvicorn's, which also announces, and takes dead workers out of the sums of /metrics."""

    def __init__(
        self,
        config: Config,
        sockets: list[socket.socket],
        settings: Settings,
        metrics: Path,
        welcome: Callable[[], str],
    ) -> None:
        super().__init__(config, sockets)
        self._settings = settings
        self._metrics = metrics
        self._welcome = welcome
        self._announced = False

    def keep_subprocess_alive(self) -> None:
        if not self._announced and not self._watch_start():
            return
        before = {process.pid for process in self.processes}
        super().keep_subprocess_alive()
        for pid in before - {process.pid for process in self.processes}:
            log.warning("worker_replaced", pid=pid)
            mark_process_dead(pid, str(self._metrics))  # type: ignore[no-untyped-call]

    def _watch_start(self) -> bool:
        """Whether the start is over. uvicorn would wait for the pulse of a worker that has just given up."""
        for process in self.processes:
            if not process.process.is_alive():
                if process.exitcode == STARTUP_FAILURE:
                    self.should_exit.set()  # it has said why
                return True
        self._announced = all(process.is_ready(timeout=0.2) for process in self.processes)
        if self._announced:
            _announce(self._settings, self._welcome())
        return self._announced


def _rest_the_collector() -> None:
    """Take what the start has loaded out of garbage collection, and let young objects gather for longer.

    A full collection walks every object that is tracked: with all modules among them it stopped every stream of the
    process for 0.2 s, several times a minute under load. Collecting once more before would take 0.1 s of the start and
    free nothing that a system's memory shows.
    """
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


def _leave_with_parent() -> None:
    """A worker whose supervisor was killed drains and leaves, instead of holding the port for ever."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def follow() -> None:
        wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=follow, name="follow-parent", daemon=True).start()


def _say(error: Exception) -> None:
    code = f" ({error.code})" if isinstance(error, AppError) else ""
    sys.stderr.write(f"talia: {' '.join(str(error).split())}{code}\n")


def _announce(settings: Settings, welcome: str) -> None:
    assistant = settings.openai_model if settings.openai_api_key else "guided, without a model"
    sys.stderr.write(
        f"\nTalIA webchat is ready; the assistant is {assistant}.\n"
        f"  demo page  {settings.address}/\n"
        f"  console    {settings.address}/console\n"
        f"  API docs   {settings.address}/docs\n"
        f"{welcome}"
        "Ctrl-C stops it.\n\n"
    )
    sys.stderr.flush()
