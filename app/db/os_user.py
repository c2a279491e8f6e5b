"""Whom the embedded PostgreSQL runs as. It refuses to run as root, so root needs another OS user for it."""

from __future__ import annotations

import logging
import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from app.errors import ConfigurationError

NAME = "pgserver"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OsUser:
    """`uid` and `gid` fit `subprocess`; None there means: as ourselves."""

    uid: int | None = None
    gid: int | None = None

    @property
    def groups(self) -> list[str | int] | None:
        """No groups of root's for another user."""
        return None if self.uid is None else []

    def own(self, path: Path) -> None:
        """Give `path` to this user."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


def user_for(cluster: Path) -> OsUser:
    """Ourselves, unless we are root: then the owner of the data, so that one `sudo` locks nobody out."""
    if os.geteuid() != 0:
        return OsUser()
    if cluster.exists() and (owner := cluster.stat()).st_uid != 0:
        return OsUser(owner.st_uid, owner.st_gid)
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        _create()
        entry = pwd.getpwnam(NAME)
    return OsUser(entry.pw_uid, entry.pw_gid)


def let_reach(user: OsUser, cluster: Path, install: Path) -> None:
    """Let `user` pass through the folders above both, and read the programs in `install`.

    Adds the right to pass (not to list) to folders that lack it, such as root's home, and logs each of them.
    """
    if user.uid is None:
        return
    try:
        for folder in (*cluster.parents, *install.parents):
            _add(folder, stat.S_IXOTH)
        if not _is_readable(install / "bin" / "postgres", user.uid):
            for path in (install, *install.rglob("*")):
                passable = path.is_dir() or path.parent.name == "bin"
                _add(path, stat.S_IROTH | (stat.S_IXOTH if passable else 0))
    except OSError as error:
        raise ConfigurationError(
            f"PostgreSQL, which runs as uid {user.uid}, cannot be let into {error.filename}: {error.strerror}"
        ) from error


def _create() -> None:
    tool = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    advice = "start talia as an ordinary user, or set TALIA_DATABASE_URL"
    if tool is None:
        raise ConfigurationError(f"PostgreSQL cannot run as root, and there is no useradd: {advice}")
    nowhere = ("--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin")
    made = subprocess.run(  # noqa: S603 - fixed arguments
        [tool, "--system", "--user-group", *nowhere, NAME], capture_output=True, text=True, check=False
    )
    if made.returncode not in (0, 9):  # 9: somebody else has just made it
        raise ConfigurationError(f"the OS user {NAME!r} cannot be made ({made.stderr.strip()}): {advice}")


def _is_readable(path: Path, uid: int) -> bool:
    found = path.stat()
    return bool(found.st_mode & stat.S_IROTH) or found.st_uid == uid


def _add(path: Path, bits: int) -> None:
    mode = path.stat().st_mode
    if mode & bits != bits:
        path.chmod(stat.S_IMODE(mode) | bits)
        log.warning("%s: the OS user of PostgreSQL may pass through now", path)
