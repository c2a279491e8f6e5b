"""Makes `.venv` with exactly what a lock file names, and the project itself, editable. Stdlib only.

    python3 scripts/install.py runtime    what `talia serve` needs
    python3 scripts/install.py dev        that, and what the tests need

Answers at once and without network when nothing has changed: what was installed is written down last, in
`.venv/installed.json`. Runs on old Pythons far enough to say which one is needed.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMP = VENV / "installed.json"
LOCKS = {"runtime": ["requirements.lock"], "dev": ["requirements.lock", "requirements-dev.lock"]}
OLDEST = (3, 11)


class Refusal(Exception):
    """One line for the operator."""


def main() -> int:
    what = sys.argv[1] if len(sys.argv) == 2 else ""
    if what not in LOCKS:
        print(__doc__, file=sys.stderr)
        return 2
    _use_a_new_enough_python()
    with Path(__file__).open() as myself:
        fcntl.flock(myself, fcntl.LOCK_EX)  # `make run` and `make test` may start together
        wanted = _wanted(what)
        if _has(wanted):
            return 0
        _install(what, wanted)
    return 0


def _use_a_new_enough_python() -> None:
    if sys.version_info >= OLDEST:
        return
    for minor in range(OLDEST[1] + 3, OLDEST[1] - 1, -1):
        other = shutil.which(f"python3.{minor}")
        if other:
            os.execv(other, [other, *sys.argv])  # noqa: S606
    raise Refusal(
        f"Python 3.11 or newer is needed, and {sys.executable} is {sys.version.split()[0]}; "
        "name another one: make PYTHON=/path/to/python3.11"
    )


def _wanted(what: str) -> dict[str, str]:
    digests = {name: _digest((ROOT / name).read_bytes()) for name in LOCKS[what]}
    return {"place": str(ROOT), "project": _digest(_project()), **digests}


def _project() -> bytes:
    """What an editable install depends on in pyproject.toml; a linter's rules are not among it."""
    import tomllib  # noqa: PLC0415 - old Pythons, refused above, have none

    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = {name: data["project"].get(name) for name in ("name", "version", "scripts")}
    return json.dumps([project, data["build-system"]], sort_keys=True).encode()


def _has(wanted: dict[str, str]) -> bool:
    try:
        installed: dict[str, str] = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    # A virtual environment that was moved, or whose Python was upgraded away, does not start any more.
    usable = (VENV / "bin" / "python").exists() and (VENV / "bin" / "talia").exists()
    return usable and all(installed.get(name) == value for name, value in wanted.items())


def _install(what: str, wanted: dict[str, str]) -> None:
    if importlib.util.find_spec("ensurepip") is None:
        raise Refusal(
            "this Python has no ensurepip, so it cannot make a virtual environment; on Debian and Ubuntu: "
            "apt-get install python3-venv"
        )
    print(f"Installing ({what}); this needs the network once.", file=sys.stderr)
    if _was_elsewhere() or not (VENV / "bin" / "python").exists():
        shutil.rmtree(VENV, ignore_errors=True)
    try:
        if not (VENV / "bin" / "pip").exists():
            venv.create(VENV, with_pip=True, symlinks=True)
        STAMP.unlink(missing_ok=True)
        _pip("--requirement", str(ROOT / LOCKS[what][-1]))
        _pip("--no-deps", "--editable", str(ROOT))
        STAMP.write_text(json.dumps(wanted), encoding="utf-8")
    except subprocess.CalledProcessError as error:
        raise Refusal(f"no virtual environment can be made in {VENV}: {error}") from error
    except OSError as error:
        raise Refusal(f"{error.filename or VENV} cannot be written: {error.strerror}") from error


def _was_elsewhere() -> bool:
    try:
        return bool(json.loads(STAMP.read_text(encoding="utf-8")).get("place") != str(ROOT))
    except (OSError, ValueError):
        return False


def _pip(*arguments: str) -> None:
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input", "--root-user-action=ignore"]
    done = subprocess.run(
        [str(VENV / "bin" / "python"), "-m", "pip", "install", *quiet, *arguments], check=False
    )
    if done.returncode:
        raise Refusal("pip could not install what is needed; what it says stands above (is there a network?)")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Refusal as refusal:
        print(f"talia: {refusal}", file=sys.stderr)
        sys.exit(2)
