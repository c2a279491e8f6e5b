"""`talia` as an operator runs it: a process of its own, with nothing in its environment but what the test says."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

import httpx
import psutil

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 60.0


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """`settings` without their prefix: `port="0"` is TALIA_PORT=0. Data goes below `folder`."""
    named = {f"TALIA_{name.upper()}": value for name, value in settings.items()}
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "HOME": str(folder),
        "TALIA_DATA_DIR": str(folder / "data"),
        **named,
    }


def run(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """A command that ends by itself."""
    return subprocess.run(
        [sys.executable, "-m", "app.cli", *arguments],
        cwd=folder,
        env=environment(folder, **settings),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


class Serving:
    """`with Serving(folder) as talia:` runs `talia serve` on a free port; whatever happens, nothing stays behind."""

    def __init__(self, folder: Path, *arguments: str, **settings: str) -> None:
        self.folder = folder
        self.log = ""
        self._changed = threading.Condition()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", "serve", *arguments],
            cwd=folder,
            env=environment(folder, **{"port": "0", **settings}),
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        for process in [*self.family(), *self.database()]:
            process.kill()
        self.process.wait(10)
        self._reader.join(10)
        assert self.process.stderr is not None
        self.process.stderr.close()

    def ready(self) -> str:
        """Wait for the announcement; the address in it."""
        deadline = time.monotonic() + READY_SECONDS
        with self._changed:
            while not (found := re.search(r"demo page +(https?://\S+)/\n", self.log)):
                assert self.process.poll() is None, f"it ended: {self.log}"
                left = deadline - time.monotonic()
                assert left > 0, f"not ready in time: {self.log}"
                self._changed.wait(min(left, 0.1))
        return found[1]

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Signal the server; its exit code."""
        self.process.send_signal(number)
        return self.process.wait(20)

    def family(self) -> list[psutil.Process]:
        """The server and its workers, as long as they live; PostgreSQL is not among them."""
        try:
            parent = psutil.Process(self.process.pid)
            members = [parent, *parent.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []
        found = []
        for process in members:
            with contextlib.suppress(psutil.NoSuchProcess):  # it may end while it is looked at
                if "python" in process.name():
                    found.append(process)
        return found

    def workers(self) -> list[psutil.Process]:
        found = []
        for process in self.family():
            with contextlib.suppress(psutil.NoSuchProcess):  # or a zombie
                if "spawn_main" in " ".join(process.cmdline()):
                    found.append(process)
        return found

    def database(self) -> list[psutil.Process]:
        """The embedded PostgreSQL's postmaster, if it runs."""
        try:
            pid = int((self.folder / "data/postgres/postmaster.pid").read_text().splitlines()[0])
            process = psutil.Process(pid)
        except (OSError, ValueError, IndexError, psutil.NoSuchProcess):
            return []
        return [process] if process.status() != psutil.STATUS_ZOMBIE else []

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            with self._changed:
                self.log += line
                self._changed.notify_all()


def until(condition: Callable[[], object], seconds: float = 15.0) -> None:
    """For what no event tells: the life of another process."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def is_ready(address: str) -> bool:
    try:
        return httpx.get(f"{address}/readyz", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False
