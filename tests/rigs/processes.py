"""Programs of ours as real processes, for whoever kills, stops or measures them: ended by their ids, never by name."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

REPOSITORY = Path(__file__).resolve().parents[2]
START_SECONDS = 60.0
STOP_SECONDS = 20.0


class Process:
    """`python <arguments>` in a process group of its own, its output in `log`. Killed at the end of the block.

    It sees none of our settings: neither TALIA_ variables nor a `.env`, for it works in the log's folder.
    """

    def __init__(self, *arguments: str, log: Path, env: dict[str, str] | None = None) -> None:
        self.log = log
        self._log_start = log.stat().st_size if log.exists() else 0
        self.spawned_at = time.perf_counter()
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("TALIA_")}
        with log.open("ab") as out:
            self._popen = subprocess.Popen(
                [sys.executable, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                cwd=log.parent,
                env=inherited | {"PYTHONPATH": str(REPOSITORY)} | (env or {}),
                start_new_session=True,
            )
        self.pid = self._popen.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    @property
    def ended(self) -> bool:
        return self._popen.poll() is not None

    def said(self) -> str:
        """What this process has written so far."""
        with self.log.open("rb") as file:
            file.seek(self._log_start)
            return file.read().decode(errors="replace")

    def wait_line(self, mark: str) -> str:
        """The first line with `mark` in it, once it is there."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if found := next((line for line in self.said().splitlines() if mark in line), None):
                return found
            assert not self.ended, f"{self.log.name} ended with {self._popen.poll()}: {self.said()[-3000:]}"
            time.sleep(0.005)
        raise AssertionError(f"{self.log.name} never said {mark!r}: {self.said()[-3000:]}")

    def wait_said(self, mark: str, count: int, seconds: float) -> None:
        """Wait until it has written `mark` so often."""
        deadline = time.monotonic() + seconds
        while (found := self.said().count(mark)) < count:
            assert time.monotonic() < deadline, f"{self.log.name} said {mark!r} {found} times, not {count}"
            time.sleep(0.05)

    def send(self, number: signal.Signals) -> None:
        self._popen.send_signal(number)

    def wait(self, seconds: float = STOP_SECONDS) -> int:
        """Wait for its end; the exit code, negative for a signal."""
        return self._popen.wait(seconds)

    def kill(self) -> None:
        """kill -9: it gets to do nothing any more."""
        self._popen.kill()
        self._popen.wait()

    def end(self) -> None:
        """SIGTERM, and SIGKILL if that was not enough."""
        if not self.ended:
            self.send(signal.SIGCONT)
            self.send(signal.SIGTERM)
            try:
                self.wait()
            except subprocess.TimeoutExpired:
                self.kill()
