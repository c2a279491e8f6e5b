"""`talia prompts`: files are checked by line, and go to and from a site as versions."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg

from tests.rules.tree import ROOT

SHIPPED = ROOT / "prompts" / "assistants" / "talia.md"


def talia(*arguments: str, database: str = "", folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("TALIA_")}
    return subprocess.run(
        [sys.executable, "-m", "app.cli", "prompts", *arguments],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT), **({"TALIA_DATABASE_URL": database} if database else {})},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_mistakes_are_named_by_file_and_line(tmp_path: Path) -> None:
    good = talia("check")
    assert (good.returncode, good.stdout) == (0, "no mistakes\n"), good.stderr
    bad, worse = tmp_path / "bad.md", tmp_path / "worse.md"
    text = SHIPPED.read_text(encoding="utf-8")
    bad.write_text(text.replace("display_name: TalIA", "display_nam: TalIA"), encoding="utf-8")
    worse.write_text(text.replace("{{today}}", "{{tomorrow}}"), encoding="utf-8")
    done = talia("check", str(bad), str(worse))
    assert done.returncode == 1
    missing, unknown, second = done.stderr.splitlines()
    assert missing == f"{bad}:2: display_name: Field required"
    assert unknown.startswith(f"{bad}:2: display_nam: ")
    line = next(n for n, row in enumerate(text.splitlines(), 1) if "{{today}}" in row)
    assert second.startswith(f"{worse}:{line}: unknown variable {{{{tomorrow}}}}")


def test_a_file_goes_to_a_site_and_comes_back(database_url: str, tmp_path: Path) -> None:
    with psycopg.connect(database_url, autocommit=True) as admin:
        admin.execute("insert into sites (slug, public_key, name) values ('shop', 'pk_shop', 'Shop')")
    file = tmp_path / "mine.md"
    assert talia("pull", str(file), "--site", "shop", database=database_url).returncode == 0
    assert file.read_text(encoding="utf-8") == SHIPPED.read_text(encoding="utf-8")
    assert talia("diff", str(file), "--site", "shop", database=database_url).stdout == ""
    file.write_text(file.read_text(encoding="utf-8").replace("friendly and calm", "dry"), encoding="utf-8")
    changed = talia("diff", str(file), "--site", "shop", database=database_url)
    assert changed.returncode == 1
    assert "+tone: dry" in changed.stdout
    pushed = talia("push", str(file), "--site", "shop", "--note", "seca", database=database_url)
    assert pushed.stdout == "shop v1: draft\n", pushed.stderr
    assert (
        talia("push", str(file), "--site", "shop", database=database_url).stdout
        == "shop v1: is there already\n"
    )
    unknown = talia("push", str(file), "--site", "nowhere", database=database_url)
    assert (unknown.returncode, unknown.stderr.startswith("talia: there is no such site")) == (2, True)
