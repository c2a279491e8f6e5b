"""Imports point one way (pyproject.toml, tool.importlinter), and import-linter would notice if they did not."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rules.tree import ROOT

LINT = Path(sys.executable).with_name("lint-imports")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT, "--no-logo", "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_contracts_hold() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "bad"),
    [
        ("app/errors.py", "from app.settings import Settings"),
        ("app/db/rpc.py", "from app.conversations import types"),
        ("app/llm/port.py", "from app.db import rpc"),
        ("app/conversations/types.py", "from app.conversations import store"),
        ("app/conversations/types.py", "import psycopg"),
        ("app/replies/actions.py", "import openai"),
        ("app/utilities.py", ""),
    ],
)
def test_a_bad_import_or_a_module_of_no_layer_is_caught(tmp_path: Path, module: str, bad: str) -> None:
    shutil.copytree(ROOT / "app", tmp_path / "app", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    changed = tmp_path / module
    before = changed.read_text(encoding="utf-8") if changed.exists() else ""
    changed.write_text(f"{before}\n{bad}\n", encoding="utf-8")
    done = lint(tmp_path)
    assert done.returncode != 0
    assert Path(module).stem in done.stdout
