"""A throw-away PostgreSQL that tests own: started, killed and restarted by its process id, gone at the end.

Which one: the server that the product embeds, or Debian's 15 (`TALIA_TEST_POSTGRES=15`). As root it runs as
another OS user, since PostgreSQL refuses to be root.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any, Literal, Self

import psutil
import psycopg

from app.db.cluster import find_install
from app.db.os_user import OsUser, let_reach, user_for

DEBIAN_15 = Path("/usr/lib/postgresql/15")
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "64MB",
    "max_connections": "150",
    "jit": "off",
    "autovacuum": "off",
    "max_wal_size": "256MB",
    "log_min_messages": "fatal",
    "logging_collector": "off",
}


def installation() -> Path:
    """This run's server: `TALIA_TEST_POSTGRES` is empty (the embedded one), `15`, or a folder with `bin`."""
    wanted = os.environ.get("TALIA_TEST_POSTGRES", "")
    folder = {"": find_install(), "15": DEBIAN_15}.get(wanted) or Path(wanted)
    assert (folder / "bin" / "initdb").exists(), f"TALIA_TEST_POSTGRES={wanted}: no PostgreSQL in {folder}"
    return folder


class PostgresServer:
    """One server in a folder of its own, reached through a socket in it as `postgres`, without password."""

    def __init__(self, folder: Path, install: Path, user: OsUser, port: int) -> None:
        self.folder = folder
        self._bin = install / "bin"
        self._user = user
        self._port = port
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @classmethod
    def create(cls, install: Path | None = None, *, port: int = 5432) -> Self:
        """A new cluster, started. Takes half a second. `port` is only part of its socket's name."""
        install = install or installation()
        # A short path of our own: a socket's may have 107 bytes, and pytest's folders are long and private.
        folder = Path(tempfile.mkdtemp(prefix="talia-pg-"))
        user = user_for(folder / "data")
        let_reach(user, folder / "data", install)
        server = cls(folder, install, user, port)
        server._make_cluster()
        server.start()
        return server

    def url(self, database: str = "postgres", user: str = "postgres") -> str:
        return f"postgresql://{user}@/{database}?host={self.folder}&port={self._port}"

    def connect(self, database: str = "postgres") -> psycopg.Connection[Any]:
        return psycopg.connect(self.url(database), autocommit=True)

    def start(self) -> None:
        """Start it unless it runs, and wait until it answers."""
        if self._process is not None and self._process.poll() is None:
            return
        options = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [
                    self._bin / "postgres",
                    "-D",
                    self.folder / "data",
                    "-k",
                    self.folder,
                    "-p",
                    str(self._port),
                    *options,
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **self._identity(),
            )
        deadline = time.monotonic() + 15
        while not self._answers():
            assert self._process.poll() is None, f"PostgreSQL ended: {self.log.read_text()[-2000:]}"
            assert time.monotonic() < deadline, "PostgreSQL does not answer"
            time.sleep(0.01)

    def stop(self, how: Literal["fast", "immediate", "kill"] = "immediate") -> None:
        """End it: `fast` tells the clients, `immediate` and `kill` drop them; a start replays the log."""
        if self._process is None or self._process.poll() is not None:
            return
        sign = {"fast": signal.SIGINT, "immediate": signal.SIGQUIT, "kill": signal.SIGKILL}[how]
        children = psutil.Process(self._process.pid).children(recursive=True)
        self._process.send_signal(sign)
        self._process.wait(15)
        # A killed postmaster's children notice it by themselves; until then its data cannot be opened again.
        psutil.wait_procs(children, timeout=15)
        self._process = None

    def destroy(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _answers(self) -> bool:
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _make_cluster(self) -> None:
        self._user.own(self.folder)
        subprocess.run(
            [
                *(self._bin / "initdb", "-D", self.folder / "data", "-U", "postgres", "--auth=trust"),
                *("--encoding=utf8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"),
            ],
            check=True,
            capture_output=True,
            **self._identity(),
        )

    def _identity(self) -> dict[str, Any]:
        user = {"user": self._user.uid, "group": self._user.gid, "extra_groups": self._user.groups}
        return {"cwd": self.folder, "start_new_session": True, **user}
