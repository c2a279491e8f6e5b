"""Writes both lock files from pyproject.toml: exact versions, no address of any index.

.venv/bin/python scripts/lock.py             keep what is pinned, add and drop what pyproject.toml asks for
.venv/bin/python scripts/lock.py --upgrade   take the newest versions that the ranges allow
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNTIME = ROOT / "requirements.lock"
DEV = ROOT / "requirements-dev.lock"
HEADER = "# Exact versions, tested together. Written by `make lock`; the ranges are in pyproject.toml.\n"


def main() -> None:
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime = data["project"]["dependencies"]
    _compile(runtime, RUNTIME)
    _compile([*runtime, *data["dependency-groups"]["dev"]], DEV, constraints=RUNTIME)


def _compile(requirements: list[str], lock: Path, constraints: Path | None = None) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "requirements.in"
        lines = [*requirements, *([f"-c {constraints}"] if constraints else [])]
        source.write_text("\n".join(lines) + "\n", encoding="utf-8")
        silent = [
            "--quiet",
            "--no-header",
            "--no-annotate",
            "--no-emit-options",
            "--strip-extras",
            "--allow-unsafe",
        ]
        compile_ = [sys.executable, "-m", "piptools", "compile", *silent, *sys.argv[1:]]
        subprocess.run([*compile_, "--output-file", str(lock), str(source)], check=True)
    pins = [line for line in lock.read_text(encoding="utf-8").splitlines() if "==" in line]
    lock.write_text(HEADER + "\n".join(pins) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
