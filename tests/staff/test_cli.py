"""The first admin of a fresh installation, and `talia staff add` beside a running server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.cli.process import Serving, run
from tests.rigs.folders import passable_folder

KEY = {"X-PUBLIC-KEY": "pk_demo"}


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    with passable_folder() as folder:
        yield folder


def sign_in(url: str, email: str, password: str) -> httpx.Response:
    return httpx.post(
        f"{url}/api/v1/staff/sign-in", json={"email": email, "password": password}, headers=KEY, timeout=30
    )


def test_a_fresh_installation_shows_its_first_admin_once(tmp_path: Path) -> None:
    with Serving(tmp_path) as talia:
        url = talia.ready()
        email, password = re.findall(r"e-mail +(\S+)\n +password +(\S+)\n", talia.log)[0]
        assert talia.log.count(password) == 1
        answer = sign_in(url, email, password)
        assert (answer.status_code, answer.json()["user"]["role"]) == (200, "admin")
        assert talia.log.count(password) == 1

        added = run(tmp_path, "staff", "add", "ana@example.com", "--name", "Ana")
        assert added.returncode == 0, added.stderr
        code = re.findall(r"sl_[\w-]{43}", added.stdout)[0]
        body = {"token": code, "password": "a good password"}
        httpx.post(f"{url}/api/v1/staff/accept", json=body, timeout=30).raise_for_status()
        assert sign_in(url, "ana@example.com", "a good password").json()["user"]["role"] == "seller"

        for wrong in (
            ["ana"],
            ["ana@example.com", "--site", "nowhere"],
            ["a@b.example", "--supabase-user", "x"],
        ):
            refused = run(tmp_path, "staff", "add", *wrong)
            assert refused.returncode == 2
            assert len(refused.stderr.splitlines()) == 1
    with Serving(tmp_path) as talia:
        talia.ready()
        assert "password" not in talia.log
