"""Exports through the console's door: made in the background, handed out with a manifest, void when somebody leaves."""

from __future__ import annotations

import asyncio
import csv
import hashlib
import io
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.leads import export_actions
from tests.channels.conftest import (
    Look,
    MakeVisitor,
    StartTalia,
    _logging_as_it_was,
    look,
    make_visitor,
    start_talia,
)
from tests.rigs.http_visitor import HttpVisitor
from tests.rigs.server import TaliaServer
from tests.rigs.staff import Hired, HttpStaff
from tests.staff.conftest import MakeStaff

__all__ = ["_logging_as_it_was", "look", "make_visitor", "start_talia"]

EXPORTS = "/leads/exports"


@pytest.fixture
def talia(start_talia: StartTalia) -> TaliaServer:
    return start_talia()


@pytest.fixture
async def hire(talia: TaliaServer, database_url: str) -> AsyncIterator[Hired]:
    hired = Hired(talia, database_url)
    yield hired
    await asyncio.gather(*(one.close() for one in hired.made))


async def leave_contact(visitor: HttpVisitor, *purposes: str, **contact: str) -> dict[str, Any]:
    """The visitor says hello and fills in the form; what POST /sessions told."""
    opened = await visitor.open(locale="es")
    await visitor.say("Hola")
    version = opened["site"]["consents"]["version"]
    consents = [{"purpose": p, "granted": True, "text_version": version, "locale": "es"} for p in purposes]
    answer = await visitor.request("POST", "/contact", json={**contact, "consents": consents})
    assert answer.is_success, answer.text
    return opened


async def ended(staff: HttpStaff, export: str) -> dict[str, Any]:
    """The export, once it runs no more."""
    async with asyncio.timeout(60):
        while (row := await staff.get(f"{EXPORTS}/{export}"))["state"] == "running":  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    return dict(row)


def crowd(look: Look, people: int) -> None:
    """Consenting people, past the product: an export of them takes a while."""
    look(
        """
        with s as (select id as site from sites where slug = 'default'),
        k as (
          insert into contactos (site_id, email)
          select site, 'p' || n || '@example.com' from s, generate_series(1, %s) n returning id, site_id),
        c as (insert into conversaciones (site_id, contacto_id) select site_id, id from k)
        insert into consents (site_id, contacto_id, purpose, granted, text_version, text_sha256, locale, source)
        select site_id, id, 'contact', true, '1', repeat('0', 64), 'es', 'form' from k
        """,
        people,
    )
    # The ledger's trigger cannot see what the same statement has inserted beside it.
    look("update contactos set consent_contact = true where email like 'p%%@example.com'")


async def test_an_export_is_made_watched_taken_and_audited(
    talia: TaliaServer, hire: Hired, make_visitor: MakeVisitor, look: Look
) -> None:
    ana = make_visitor(talia)
    await leave_contact(ana, "contact", name="Ana Pérez", email="ana@example.com", phone="809-555-1234")
    await leave_contact(make_visitor(talia), email="nobody@example.com")
    marta, boss = hire("marketing", "Marta"), hire("admin")
    begun = await marta.post(EXPORTS, {"filter": {"outcome": ["pending"]}}, status=202)
    assert begun["state"] in {"running", "done"}
    done = await ended(boss, begun["id"])
    assert (done["state"], done["rows"], done["actor"]) == ("done", 1, marta.id)
    assert done["scanned"] == done["total"] == 2

    answer = await boss.request("GET", f"{EXPORTS}/{begun['id']}/file")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    name = done["manifest"]["file"]["name"]
    assert name.startswith("leads-default-full-")
    assert name.endswith("-America-Santo_Domingo.csv")
    assert name in answer.headers["content-disposition"]
    [line] = csv.DictReader(io.StringIO(answer.text, newline=""))
    assert (line["email"], line["phone"], line["first_name"]) == ("ana@example.com", "'+18095551234", "Ana")
    assert line["conversation_url"].endswith(f"/console/messages/{line['conversation_id']}")
    manifest = await marta.get(f"{EXPORTS}/{begun['id']}/manifest")
    assert manifest["file"] == {
        "name": name,
        "bytes": len(answer.content),
        "sha256": hashlib.sha256(answer.content).hexdigest(),
    }
    assert manifest["schema"] == "talia.leads.export/1"
    assert manifest["actor"] == {"type": "staff", "id": marta.id, "name": "Marta"}
    assert (manifest["rows"], manifest["consent"], manifest["time_zone"]) == (
        1,
        "contact",
        "America/Santo_Domingo",
    )
    assert manifest["filter"] == {"outcome": ["pending"]}

    audited = look(
        "select actor, action, detail::text from audit_log where action like 'leads.export%%' order by created_at"
    )
    assert [(row["actor"], row["action"]) for row in audited] == [
        (marta.id, "leads.exported"),
        (boss.id, "leads.export_downloaded"),
    ]
    detail = json.loads(audited[0]["detail"])
    assert (detail["rows"], detail["state"]) == (1, "done")
    assert detail["request"]["filter"] == {"outcome": ["pending"]}
    assert not [row for row in audited if "ana" in row["detail"].lower() or "809" in row["detail"]]
    assert [row["id"] for row in (await marta.get(EXPORTS))["data"]] == [begun["id"]]

    removed = await marta.post(f"{EXPORTS}/{begun['id']}", method="DELETE")
    assert removed["state"] == "removed"
    answer = await marta.request("GET", f"{EXPORTS}/{begun['id']}/file")
    assert (answer.status_code, answer.json()["code"]) == (409, "export.removed")
    assert files(talia) == []


def files(talia: TaliaServer) -> list[Path]:
    return list((talia.services.wiring.settings.data_dir / "exports").iterdir())


async def test_every_format_holds_the_same(
    talia: TaliaServer, hire: Hired, make_visitor: MakeVisitor
) -> None:
    await leave_contact(make_visitor(talia), "contact", name="=Ana", email="ana@example.com")
    marta = hire("marketing")
    found = {}
    for format_ in ("csv", "xlsx", "jsonl"):
        begun = await marta.post(EXPORTS, {"format": format_}, status=202)
        assert (await ended(marta, begun["id"]))["state"] == "done"
        found[format_] = (await marta.request("GET", f"{EXPORTS}/{begun['id']}/file")).content
    [line] = csv.DictReader(io.StringIO(found["csv"].decode(), newline=""))
    entry = json.loads(found["jsonl"])
    header, row = openpyxl.load_workbook(io.BytesIO(found["xlsx"])).worksheets[0].iter_rows(values_only=True)
    sheet = dict(zip(header, row, strict=True))
    assert (line["name"], entry["name"], sheet["name"]) == ("'=Ana", "=Ana", "=Ana")
    assert line["consent_at"] == entry["consent_at"]
    assert sheet["consent_at (UTC)"].isoformat() + "Z" == entry["consent_at"]


async def test_who_withdraws_voids_the_file(
    talia: TaliaServer, hire: Hired, make_visitor: MakeVisitor, look: Look
) -> None:
    ana = make_visitor(talia)
    opened = await leave_contact(ana, "contact", email="ana@example.com")
    marta = hire("marketing")
    begun = await marta.post(EXPORTS, status=202)
    assert (await ended(marta, begun["id"]))["state"] == "done"
    assert len(files(talia)) == 1
    no = {
        "purpose": "contact",
        "granted": False,
        "text_version": opened["site"]["consents"]["version"],
        "locale": "es",
    }
    assert (await ana.request("POST", "/consent", json=no)).is_success
    answer = await marta.request("GET", f"{EXPORTS}/{begun['id']}/file")
    assert (answer.status_code, answer.json()["code"]) == (409, "export.outdated")
    talia.call(talia.app.state.export_desk.sweep())
    assert files(talia) == []
    again = await marta.post(EXPORTS, status=202)
    assert (await ended(marta, again["id"]))["rows"] == 0


async def test_one_can_be_cancelled(
    talia: TaliaServer, hire: Hired, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_actions, "PAGE", 1)
    crowd(look, 2_000)
    marta = hire("marketing")
    begun = await marta.post(EXPORTS, status=202)
    ended_ = await marta.post(f"{EXPORTS}/{begun['id']}", method="DELETE")
    assert ended_["state"] == "cancelled"
    assert (await marta.get(f"{EXPORTS}/{begun['id']}"))["state"] == "cancelled"
    answer = await marta.request("GET", f"{EXPORTS}/{begun['id']}/manifest")
    assert (answer.status_code, answer.json()["code"]) == (409, "export.not_ready")
    async with asyncio.timeout(30):
        while files(talia):  # noqa: ASYNC110 - the server removes it, in another thread
            await asyncio.sleep(0.02)
    states = look("select detail ->> 'state' as state from audit_log where action = 'leads.exported'")
    assert [row["state"] for row in states] == ["cancelled"]


async def test_one_that_a_restart_cut_off_says_so(
    start_talia: StartTalia,
    talia: TaliaServer,
    hire: Hired,
    look: Look,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    crowd(look, 5_000)
    monkeypatch.setattr(export_actions, "PAGE", 1)
    begun = await hire("marketing").post(EXPORTS, status=202)
    talia.call(talia.app.state.export_desk.close())
    after = Hired(start_talia(), database_url)
    async with after("marketing") as marta:
        row = await marta.get(f"{EXPORTS}/{begun['id']}")
        assert row["state"] == "interrupted"
        answer = await marta.request("GET", f"{EXPORTS}/{begun['id']}/file")
        assert (answer.status_code, answer.json()["code"]) == (409, "export.interrupted")
        assert "restarted" in answer.json()["detail"]
    assert files(talia) == []


async def test_a_killed_servers_leftovers_go(talia: TaliaServer, hire: Hired, look: Look) -> None:
    folder = talia.services.wiring.settings.data_dir / "exports" / "0193aaaa-0000-7000-8000-000000000000.part"
    folder.mkdir(parents=True)
    (folder / "x.csv").write_text("ana@example.com")
    talia.call(talia.app.state.export_desk.sweep())
    assert files(talia) == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"format": "pdf"}, "format"),
        ({"profile": "excel", "format": "xlsx"}, "body"),
        ({"profile": "mailchimp", "consent": "contact"}, "body"),
        ({"consent": "any"}, "body"),
        ({"unit": "message"}, "unit"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"time_zone": "../../etc/passwd"}, "time_zone"),
        ({"time_zone": "America"}, "time_zone"),
        ({"missing": ""}, "missing"),
        ({"filter": {"from": "2026-11-02", "to": "2026-11-01"}}, "filter"),
        ({"filter": {"from": "0001-01-01"}}, "filter.from"),
        ({"filter": {"quality": []}}, "filter.quality"),
        ({"filter": {"quality": ["boiling"]}}, "filter.quality.0"),
        ({"filter": {"campaign": "a\0b"}}, "filter.campaign"),
        ({"filter": {"campaign": 1}}, "filter.campaign"),
        ({"filter": {"text": "ana"}}, "filter.text"),
        ({"staff_id": "x"}, "staff_id"),
    ],
)
async def test_what_cannot_be_asked_for_is_refused(
    make_staff: MakeStaff, body: dict[str, Any], field: str
) -> None:
    answer = await make_staff("marketing").request("POST", EXPORTS, json=body)
    assert answer.status_code == 422, answer.text
    problem = answer.json()
    assert problem["code"] == "validation"
    assert field in [error["field"] for error in problem["errors"]]
    assert all(error["message"] for error in problem["errors"])
