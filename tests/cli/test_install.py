"""`scripts/install.py` calls pip when something changed, and only then; and says in one line what stops it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.process import ROOT

FAKE_PYTHON = """#!/bin/sh
echo "$@" >> "$(dirname "$0")/../calls"
exit $(cat "$(dirname "$0")/../exit" 2>/dev/null || echo 0)
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what the script reads, and a virtual environment that only writes down what it is told."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts/install.py", tmp_path / "scripts")
    for name in ("pyproject.toml", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(ROOT / name, tmp_path)
    tools = tmp_path / ".venv/bin"
    tools.mkdir(parents=True)
    for name in ("python", "pip", "talia"):
        (tools / name).write_text(FAKE_PYTHON)
        (tools / name).chmod(0o755)
    return tmp_path


def install(checkout: Path, what: str, *, first: str = "") -> subprocess.CompletedProcess[str]:
    """`first` is Python that runs before the script, in the same process."""
    script = str(checkout / "scripts/install.py")
    run = f"sys.argv = ['install', {what!r}]; runpy.run_path({script!r}, run_name='__main__')"
    code = f"import os, runpy, sys, venv\n{first}\n{run}"
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )


def calls(checkout: Path) -> list[str]:
    log = checkout / ".venv/calls"
    lines = log.read_text().splitlines() if log.exists() else []
    log.unlink(missing_ok=True)
    return lines


def test_pip_is_called_once_and_not_again(checkout: Path) -> None:
    assert install(checkout, "runtime").returncode == 0
    first = calls(checkout)
    assert [line.split()[:3] for line in first] == [["-m", "pip", "install"]] * 2
    assert first[0].endswith("requirements.lock")
    assert "--no-deps --editable" in first[1]
    again = install(checkout, "runtime")
    assert (again.returncode, again.stderr, calls(checkout)) == (0, "", [])


def test_what_the_tests_need_includes_what_the_server_needs(checkout: Path) -> None:
    install(checkout, "dev")
    assert calls(checkout)[0].endswith("requirements-dev.lock")
    install(checkout, "runtime")
    assert calls(checkout) == []


@pytest.mark.parametrize(
    ("file", "before", "after", "installs"),
    [
        ("requirements.lock", "aiohttp==", "aiohttp==9", True),
        ("pyproject.toml", 'talia = "app.cli:main"', 'talia = "app.other:main"', True),
        ("pyproject.toml", "line-length = 110", "line-length = 100", False),
        ("requirements-dev.lock", "mypy==", "mypy==9", False),
    ],
)
def test_a_change_that_matters_installs_again(
    checkout: Path, file: str, before: str, after: str, installs: bool
) -> None:
    install(checkout, "runtime")
    calls(checkout)
    text = (checkout / file).read_text()
    assert before in text
    (checkout / file).write_text(text.replace(before, after, 1))
    assert install(checkout, "runtime").returncode == 0
    assert bool(calls(checkout)) is installs


def test_a_failed_install_is_one_line_and_is_tried_again(checkout: Path) -> None:
    (checkout / ".venv/exit").write_text("1")
    failed = install(checkout, "runtime")
    assert failed.returncode == 2
    assert failed.stderr.splitlines()[-1].startswith("talia: pip could not install what is needed")
    assert len(calls(checkout)) == 1
    (checkout / ".venv/exit").unlink()
    assert install(checkout, "runtime").returncode == 0
    assert len(calls(checkout)) == 2


def test_a_python_without_ensurepip_is_refused_in_one_line(checkout: Path) -> None:
    done = install(checkout, "runtime", first="sys.modules['ensurepip'] = None")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "apt-get install python3-venv" in done.stderr
    assert calls(checkout) == []


def test_an_old_python_is_refused_in_one_line(checkout: Path) -> None:
    old = "sys.version_info, sys.version, os.environ['PATH'] = (3, 9, 2), '3.9.2 (old)', ''"
    done = install(checkout, "runtime", first=old)
    assert done.returncode == 2
    assert done.stderr.startswith("talia: Python 3.11 or newer is needed, and ")
    assert done.stderr.count("\n") == 1


def test_an_environment_that_was_moved_here_is_made_anew(checkout: Path) -> None:
    install(checkout, "runtime")
    stamp = checkout / ".venv/installed.json"
    stamp.write_text(json.dumps({**json.loads(stamp.read_text()), "place": "/elsewhere"}))
    done = install(checkout, "runtime", first="venv.create = lambda place, **_: print('made', place)")
    assert done.stdout == f"made {checkout / '.venv'}\n"
    assert not stamp.exists()


def test_what_to_install_must_be_said(checkout: Path) -> None:
    assert install(checkout, "everything").returncode == 2
