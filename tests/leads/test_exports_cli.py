"""`talia leads export`: the same rows as over HTTP, in the operator's own file."""

from __future__ import annotations

import csv
import hashlib
import json
import stat
from pathlib import Path

import psycopg
import pytest

from app.cli import leads_export
from app.db.postgres import PostgresRpc
from app.errors import ConfigurationError
from tests.leads.people import person

SLUG = "exported"


@pytest.fixture
async def _someone(database: str) -> None:
    rpc = await PostgresRpc.open(database, 2)
    try:
        place = await rpc.call("ensure_site", slug=SLUG, name="Exported", public_key="pk_exported")
        await person(rpc, place, "contact", name="Ana Pérez", email="ana@example.com", phone="+18095551234")
        await person(rpc, place, email="nobody@example.com")
    finally:
        await rpc.close()


@pytest.fixture
def _settings(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TALIA_DATABASE_URL", database)
    monkeypatch.setenv("TALIA_DATA_DIR", str(tmp_path / "data"))


@pytest.mark.usefixtures("_someone", "_settings")
def test_the_operator_gets_a_file_and_its_manifest(
    tmp_path: Path, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    leads_export.export(site=SLUG, profile="hubspot", since="2020-01-01")
    path, rows, digest = capsys.readouterr().out.strip().split("\t")
    found = tmp_path / path
    assert rows == "1 rows"
    assert digest == f"sha256 {hashlib.sha256(found.read_bytes()).hexdigest()}"
    assert stat.S_IMODE(found.stat().st_mode) == 0o600
    with found.open(newline="") as file:
        [line] = csv.DictReader(file)
    assert (line["Email"], line["Phone Number"]) == ("ana@example.com", "+18095551234")
    manifest = json.loads((tmp_path / f"{path}.manifest.json").read_text())
    assert manifest["actor"] == {"type": "operator"}
    assert manifest["file"]["name"] == path
    assert sorted(entry.name for entry in tmp_path.iterdir()) == [path, f"{path}.manifest.json"]
    with psycopg.connect(database) as admin:
        audited = admin.execute(
            "select a.actor, a.action, a.detail ->> 'rows' from audit_log a join sites s on s.id = a.site_id "
            "where s.slug = %s and a.actor = 'operator' and a.action like 'leads.%%'",
            [SLUG],
        ).fetchall()
    assert audited == [("operator", "leads.exported", "1")]

    leads_export.export(Path("named.jsonl"), site=SLUG, format_="jsonl")
    assert json.loads((tmp_path / "named.jsonl").read_text())["email"] == "ana@example.com"


@pytest.mark.usefixtures("_someone", "_settings")
@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"site": "nowhere"}, "there is no site 'nowhere'"),
        ({"format_": "pdf"}, "--format"),
        ({"since": "yesterday"}, "--from"),
        ({"quality": ["boiling"]}, "--quality"),
        ({"profile": "mailchimp", "consent": "contact"}, "Mailchimp gets only"),
        ({"output": Path("no/such/folder/x.csv")}, "No such file"),
    ],
)
def test_a_wrong_option_is_one_line(tmp_path: Path, given: dict[str, object], told: str) -> None:
    with pytest.raises(ConfigurationError, match=told) as refused:
        leads_export.export(**{"site": SLUG, **given})  # type: ignore[arg-type]
    assert len(str(refused.value).splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
