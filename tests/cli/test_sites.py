"""`talia sites`: an operator's way to say where a widget may be, how it looks, and who vouches for its visitors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest
from typer.testing import CliRunner, Result

from app.cli import app
from app.errors import ConfigurationError


class Operator:
    """Runs `talia …` on one database."""

    def __init__(self, url: str, folder: Path) -> None:
        self._env = {"TALIA_DATABASE_URL": url, "TALIA_DATA_DIR": str(folder)}

    def says(self, *arguments: str) -> str:
        result = self._run(arguments)
        assert result.exit_code == 0, result.output
        return result.stdout.strip()

    def refused(self, *arguments: str) -> str:
        result = self._run(arguments)
        assert isinstance(result.exception, ConfigurationError), result.output
        return str(result.exception)

    def _run(self, arguments: tuple[str, ...]) -> Result:
        return CliRunner().invoke(app, ["sites", *arguments], env=self._env)


@pytest.fixture
def operator(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Operator:
    # Not the checkout's own .env.
    monkeypatch.chdir(tmp_path)
    return Operator(database_url, tmp_path)


def row(url: str, column: str) -> Any:
    with psycopg.connect(url) as connection:
        found = connection.execute(
            f"select {column} from sites s left join site_secrets k on k.site_id = s.id"
        ).fetchone()
        return found and found[0]


def test_a_site_is_made_and_its_pages_changed_under_the_same_key(
    operator: Operator, database_url: str
) -> None:
    key = operator.says("add", "shop", "--name", "Shop", "--origin", "https://a.example")
    assert key.startswith("pk_")
    again = operator.says(
        "add",
        "shop",
        "--name",
        "The shop",
        "--origin",
        "https://b.example",
        "--origin",
        "http://localhost:3000",
    )
    assert again == key
    assert row(database_url, "name") == "The shop"
    assert "--name" in operator.refused("add", "shop", "--name", " ")
    assert operator.says("list") == f"shop\t{key}\thttp://localhost:3000 https://b.example"
    assert "not an origin" in operator.refused(
        "add", "shop", "--name", "Shop", "--origin", "https://a.example/"
    )
    assert "not a slug" in operator.refused("add", "Shop!", "--name", "Shop")


def test_looks_are_checked_before_they_are_stored(operator: Operator, database_url: str) -> None:
    operator.says("add", "default", "--name", "Shop")
    operator.says("look", "--accent", "#0F766E", "--title", "Mi tienda")
    assert row(database_url, "settings") == {"appearance": {"accent": "#0f766e", "title": "Mi tienda"}}
    assert "1.26:1" in operator.refused("look", "--accent", "#777", "--accent-text", "#888")
    assert operator.refused("look", "--accent", "red").startswith("--accent: ")
    assert row(database_url, "settings") == {"appearance": {"accent": "#0f766e", "title": "Mi tienda"}}
    operator.says("look")
    assert row(database_url, "settings") == {"appearance": {}}
    refused = operator.refused("look", "--site", "nobody", "--title", "x")
    assert refused.startswith("there is no such site (")


def test_pictures_come_from_where_the_operator_says(operator: Operator, database_url: str) -> None:
    operator.says("add", "default", "--name", "Shop")
    operator.says("pictures", "--origin", "https://images.example", "--origin", "http://[::1]:8080")
    assert row(database_url, "settings") == {"image_origins": ["https://images.example", "http://[::1]:8080"]}
    for wrong in ("https://images.example/", "javascript:1", "https://a.example;img-src *"):
        assert "not an origin" in operator.refused("pictures", "--origin", wrong)
    operator.says("pictures")
    assert row(database_url, "settings") == {"image_origins": []}


def test_a_secret_is_shown_once_and_replaced_by_the_next(operator: Operator, database_url: str) -> None:
    operator.says("add", "default", "--name", "Shop")
    first = operator.says("identity-secret")
    assert len(first) == 64
    assert row(database_url, "secret") == first
    assert operator.says("identity-secret") != first
    assert first not in operator.says("list")
