"""`talia doctor`: every line says ok, warn or fail, what is wrong and what to do; and no secret."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.db.embedded import EmbeddedPostgres
from tests.cli.process import Serving, run
from tests.rigs.folders import passable_folder


@pytest.fixture(scope="module")
def installed() -> Iterator[Path]:
    """A folder whose database is made already."""
    with passable_folder() as folder:
        with EmbeddedPostgres(folder / "data"):
            pass
        yield folder


def findings(output: str, subject: str) -> list[str]:
    lines = [line.split(maxsplit=1) for line in output.splitlines()]
    return [
        f"{level} {text.removeprefix(subject).strip()}" for level, text in lines if text.startswith(subject)
    ]


def test_a_fresh_installation_is_healthy(tmp_path: Path) -> None:
    done = run(tmp_path, "doctor", port="0")
    assert done.returncode == 0
    assert {line.split()[0] for line in done.stdout.splitlines()} == {"ok"}
    assert "guided assistant" in done.stdout
    assert done.stderr == ""


def test_it_knows_a_database_that_serves(tmp_path: Path) -> None:
    with Serving(tmp_path) as talia:
        talia.ready()
        done = run(tmp_path, "doctor", port="0")
        assert done.returncode == 0
        assert any("1 site(s)" in line for line in findings(done.stdout, "database"))
        assert talia.database(), "a doctor does not stop what others use"


def test_everything_that_is_named_and_away_fails_with_advice_and_without_secrets(tmp_path: Path) -> None:
    done = run(
        tmp_path,
        "doctor",
        database_url="postgresql://u:s3cret@127.0.0.1:9/x",
        redis_url="redis://:s3cret@127.0.0.1:9/0",
        openai_base_url="http://127.0.0.1:9/v1",
        openai_model="some-model",
        openai_api_key="sk-s3cret",
        host="192.0.2.1",
    )
    assert done.returncode == 1
    for subject in ("database", "redis", "model", "port"):
        assert findings(done.stdout, subject)[0].startswith("fail "), done.stdout
    assert "s3cret" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_setting_is_a_finding(tmp_path: Path) -> None:
    done = run(tmp_path, "doctor", port="eight")
    assert done.returncode == 1
    assert findings(done.stdout, "settings")[0].startswith("fail TALIA_PORT: ")


def test_a_database_that_lacks_migrations_fails_and_says_what_to_run(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path / "elsewhere") as url:
        done = run(tmp_path, "doctor", port="0", database_url=url)
    assert done.returncode == 1
    assert "run `talia migrate`" in findings(done.stdout, "database")[0]


@pytest.mark.parametrize(
    ("settings", "warning"),
    [
        ({"prot": "1"}, "TALIA_PROT is not a setting and changes nothing; did you mean TALIA_PORT?"),
        ({"trusted_proxies": "0.0.0.0/0"}, "believes everybody"),
        ({"public_url": "https://chat.example.com"}, "all visitors share one limit"),
        ({"public_url": "http://chat.example.com", "trusted_proxies": "127.0.0.1"}, "is not https"),
    ],
)
def test_what_works_but_is_unwise_is_a_warning(
    installed: Path, settings: dict[str, str], warning: str
) -> None:
    done = run(installed, "doctor", port="0", **settings)
    assert done.returncode == 0
    warned = [line for line in done.stdout.splitlines() if line.startswith("warn")]
    assert len(warned) == 1
    assert warning in warned[0]
