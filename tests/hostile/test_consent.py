"""Contact data is nobody's lead before its owner says so, and exactly one from then on."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.channels.conftest import Look, MakeVisitor, StartTalia, model_at
from tests.fakes.upstream import FakeUpstream, Reply
from tests.hostile.refusals import problem
from tests.rigs.http_visitor import HttpVisitor
from tests.rigs.server import TaliaServer

PHONE = "809-555-1234"


def leads(look: Look) -> list[dict[str, Any]]:
    return look("select kind, payload from outbox where kind = 'lead_captured' and cancelled_at is null")


async def consent(
    visitor: HttpVisitor, version: str, *, granted: bool = True, purpose: str = "contact"
) -> Any:
    body = {"purpose": purpose, "granted": granted, "text_version": version, "locale": "es"}
    return await visitor.request("POST", "/consent", json=body)


async def test_nothing_is_passed_on_before_consent_and_once_after_it(
    start_talia: StartTalia, upstream: FakeUpstream, make_visitor: MakeVisitor, look: Look
) -> None:
    upstream.script(Reply(text="Gracias."))
    ana = make_visitor(start_talia(**model_at(upstream)))
    site = (await ana.open())["site"]
    await ana.say(f"Mi número es {PHONE}")
    await ana.request("POST", "/contact", json={"phone": PHONE, "email": "ana@example.com"})
    assert leads(look) == []
    assert PHONE not in json.dumps([request.body for request in upstream.requests])
    version = site["consents"]["version"]
    before = datetime.now(UTC) - timedelta(minutes=1)
    answers = await asyncio.gather(*(consent(ana, version) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {200}
    await ana.say("¿Y entonces?")
    assert [lead["kind"] for lead in leads(look)] == ["lead_captured"]
    assert "555" not in json.dumps(leads(look)[0]["payload"]), (
        "who is told looks it up, and is asked for consent again"
    )
    [entry, *_] = look("select * from consents order by created_at")
    assert (entry["purpose"], entry["granted"], entry["text_version"], entry["locale"]) == (
        "contact",
        True,
        version,
        "es",
    )
    assert (entry["source"], len(entry["text_sha256"])) == ("form", 64)
    assert before < entry["created_at"] < datetime.now(UTC) + timedelta(minutes=1)


async def test_taking_it_back_cancels_what_waits(
    guided: TaliaServer, make_visitor: MakeVisitor, look: Look
) -> None:
    ana = make_visitor(guided)
    version = (await ana.open())["site"]["consents"]["version"]
    await ana.request("POST", "/contact", json={"phone": PHONE})
    await consent(ana, version)
    assert len(leads(look)) == 1
    await consent(ana, version, granted=False)
    assert leads(look) == []
    await consent(ana, version)
    assert len(leads(look)) == 1


@pytest.mark.parametrize("purpose", ["chat", "marketing"])
async def test_consent_to_something_else_is_none_to_this(
    guided: TaliaServer, make_visitor: MakeVisitor, look: Look, purpose: str
) -> None:
    ana = make_visitor(guided)
    version = (await ana.open())["site"]["consents"]["version"]
    await ana.request("POST", "/contact", json={"phone": PHONE})
    assert (await consent(ana, version, purpose=purpose)).status_code == 200
    assert leads(look) == []


async def test_the_ledger_can_only_grow(guided: TaliaServer, make_visitor: MakeVisitor, look: Look) -> None:
    ana = make_visitor(guided)
    version = (await ana.open())["site"]["consents"]["version"]
    await consent(ana, version)
    problem(await consent(ana, "2000-01"), 422, "consent.version_unknown")
    [(columns)] = [look("select * from consents")]
    assert len(columns) == 1
    rights = look(
        "select privilege_type from information_schema.role_table_grants"
        " where table_name in ('consents', 'audit_log') and grantee = 'service_role'"
    )
    assert {row["privilege_type"] for row in rights} == {"SELECT", "INSERT"}
    await ana.request("DELETE", "/session")
    kept = look("select * from consents")
    assert len(kept) == 1, "the proof outlives the person"
    assert PHONE not in str(kept)
