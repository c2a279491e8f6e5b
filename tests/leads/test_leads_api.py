"""`/api/v1/leads`: what the staff sees, finds, corrects and judges, and what marketing may not see."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from tests.leads.conftest import Look, MakeStaff, NewVisitor
from tests.leads.test_leads_capture import holding, tell
from tests.rigs.http_visitor import HttpVisitor
from tests.rigs.staff import HttpStaff

WANT = "Busco un Corolla 2023, mi número es 809-555-0155"


async def listed(staff: HttpStaff, query: str = "") -> list[str]:
    page = await staff.get(f"/leads{query}")
    return [line["uuid"] for line in page["data"]]


async def arrive(visitor: HttpVisitor, *, campaign: str, item: str) -> str:
    page = {"url": f"https://shop.example/?utm_campaign={campaign}", "title": "Autos"}
    await visitor.open(locale="es", page=page, item={"type": "Vehicle", "id": f"id-{item}", "title": item})
    return await tell(visitor, WANT)


async def problem(staff: HttpStaff, method: str, path: str, body: Any) -> tuple[int, str, list[str]]:
    answer = await staff.request(method, path, json=body)
    told = answer.json()
    return answer.status_code, told["code"], [e["field"] for e in told.get("errors", [])]


async def test_leads_are_found_by_what_they_are(new_visitor: NewVisitor, make_staff: MakeStaff) -> None:
    admin = make_staff("admin")
    mark = uuid.uuid4().hex[:8]
    one = await arrive(new_visitor(), campaign=f"spring-{mark}", item=f"Corolla {mark}")
    two = await arrive(new_visitor(), campaign=f"summer-{mark}", item=f"Civic {mark}")
    assert await listed(admin, f"?campaign=SPRING-{mark}") == [one]
    assert await listed(admin, f"?item=id-Civic%20{mark}") == [two]
    assert await listed(admin, f"?q=civic%20{mark}") == [two]
    assert set(await listed(admin, f"?q={mark}&quality=warm&consent=none&outcome=pending")) == {one, two}
    for nothing in ("quality=hot", "consent=granted", "outcome=purchased", "to=2020-01-01T00:00:00Z"):
        assert await listed(admin, f"?q={mark}&{nothing}") == []
    first = await admin.get(f"/leads?q={mark}&limit=1")
    assert [line["uuid"] for line in first["data"]] == [two], "newest first"
    rest = await admin.get(f"/leads?q={mark}&limit=1&cursor={first['next_cursor']}")
    assert ([line["uuid"] for line in rest["data"]], rest["next_cursor"]) == ([one], None)
    counts = await admin.get(f"/leads/counts?q={mark}")
    assert counts["total"] == 2
    assert counts["quality"] == {"hot": 0, "warm": 2, "cold": 0}
    assert (counts["gaps"], counts["captured"], counts["outcome"]) == (2, 0, {"pending": 2})
    [line] = (await admin.get(f"/leads?item=id-Corolla%20{mark}"))["data"]
    assert line["first_touch"]["utm_campaign"] == f"spring-{mark}"
    assert (line["page"]["title"], line["item"]["title"]) == ("Autos", f"Corolla {mark}")


async def test_what_is_wrong_is_said(new_visitor: NewVisitor, make_staff: MakeStaff) -> None:
    admin, visitor = make_staff("admin"), new_visitor()
    await visitor.open(locale="es")
    path = f"/leads/{await tell(visitor, WANT)}"
    assert (await problem(admin, "GET", "/leads?cursor=zzz", None))[:2] == (422, "validation")
    assert (await problem(admin, "GET", "/leads?quality=boiling", None))[0] == 422
    wrong: list[tuple[Any, str]] = [
        ({}, ""),
        ({"contact": {"email": "not an address"}}, "contact.email"),
        ({"contact": {"phone": "12"}}, "contact.phone"),
        ({"facts": {"colour": {"value": "red"}}}, "facts.colour"),
        ({"facts": {"timeline": {"value": "someday"}}}, "facts.timeline.value"),
        ({"score": 100}, "score"),
    ]
    for body, field in wrong:
        status, _, fields = await problem(admin, "PATCH", path, body)
        assert status == 422
        assert not field or field in fields, (body, fields)
    assert (await problem(admin, "PUT", f"{path}/verdict", {"verdict": "wrong"}))[0] == 422
    assert (await problem(admin, "PUT", f"{path}/outcome", {"outcome": "sold"}))[0] == 422
    nobodys = f"/leads/{uuid.uuid4()}"
    assert (await problem(admin, "GET", nobodys, None))[:2] == (404, "lead.not_found")
    assert (await problem(admin, "PUT", f"{nobodys}/outcome", {"outcome": "pending"}))[:2] == (
        404,
        "lead.not_found",
    )


async def test_a_sellers_word_stands_until_the_visitor_says_something_newer(
    new_visitor: NewVisitor, make_staff: MakeStaff, look: Look
) -> None:
    admin, visitor = make_staff("admin", name="Ana"), new_visitor()
    await visitor.open(locale="es")
    conversation = await tell(visitor, WANT)
    path = f"/leads/{conversation}"
    lead = await admin.post(
        path,
        {
            "contact": {"name": "Rosa Díaz", "email": "Rosa@Example.com"},
            "facts": {"timeline": {"value": "near"}},
        },
        method="PATCH",
    )
    assert (lead["contact"]["name"], lead["contact"]["email"]) == ("Rosa Díaz", "rosa@example.com")
    assert holding(lead)["timeline"] == "near"
    assert lead["quality"] == "hot", "reachable, a need, and a near date that the seller heard of"
    line = await admin.get(f"/chat/conversations/{conversation}")
    assert (line["state"], line["handoff_reason"], line["handoff_summary_by"]) == (
        "waiting",
        "hot_lead",
        "facts",
    )
    assert "Rosa" not in line["handoff_summary"], "no contact data, but what there is"
    [told] = [f for f in lead["facts"] if f["criterion"] == "timeline"]
    assert (told["source"], told["by"]["name"], told["message_id"]) == ("seller", "Ana", None)
    await tell(visitor, "Lo quiero para el año que viene")
    lead = await admin.get(path)
    assert holding(lead)["timeline"] == "far"
    lead = await admin.post(path, {"facts": {"need": None}}, method="PATCH")
    assert "need" not in holding(lead)
    lead = await admin.post(path, {"quality": "hot"}, method="PATCH")
    assert (lead["quality"], lead["scored_quality"]) == ("hot", lead["scored_quality"])
    [row] = look("select lead_quality from conversaciones where id = %s", conversation)
    assert row["lead_quality"] == "hot", "and the inbox agrees"
    lead = await admin.post(path, {"quality": None}, method="PATCH")
    assert lead["quality"] == lead["scored_quality"] != "hot"
    audited = [r["action"] for r in look("select action from audit_log where subject = %s", conversation)]
    assert audited.count("lead.corrected") == 4
    details = look("select detail::text d from audit_log where subject = %s", conversation)
    assert not any("rosa" in r["d"].lower() for r in details), "which fields, and not what is in them"


async def test_verdict_outcome_and_gap(new_visitor: NewVisitor, make_staff: MakeStaff, look: Look) -> None:
    admin, visitor = make_staff("admin", name="Ana"), new_visitor()
    await visitor.open(locale="es")
    conversation = await tell(visitor, WANT)
    path = f"/leads/{conversation}"
    lead = await admin.post(
        f"{path}/verdict", {"verdict": "wrong", "reason": "solo pregunta", "quality": "cold"}, method="PUT"
    )
    assert (
        lead["verdict"].items() >= {"verdict": "wrong", "reason": "solo pregunta", "quality": "cold"}.items()
    )
    assert lead["verdict"]["by"]["name"] == "Ana"
    lead = await admin.post(f"{path}/outcome", {"outcome": "TestDriveScheduled"}, method="PUT")
    assert lead["outcome"] == "appointment_scheduled"
    assert lead["gap"]["code"] == "no_consent"
    assert conversation in [g["uuid"] for g in (await admin.get("/leads/gaps"))["data"]]
    lead = await admin.post(f"{path}/gap/dismiss")
    assert lead["gap"]["dismissed_at"] is not None
    assert conversation not in [g["uuid"] for g in (await admin.get("/leads/gaps"))["data"]]
    actions = {r["action"] for r in look("select action from audit_log where subject = %s", conversation)}
    assert actions >= {"lead.viewed", "lead.judged", "lead.outcome", "lead.gap_dismissed"}
    other = new_visitor()
    await other.open(locale="es")
    calm = await tell(other, "Hola")
    assert (await problem(admin, "POST", f"/leads/{calm}/gap/dismiss", {}))[:2] == (409, "lead.no_gap")


@pytest.mark.parametrize("path", ["", "/outcome"])
async def test_a_seller_has_the_leads_of_the_conversations_they_may_see(
    new_visitor: NewVisitor, make_staff: MakeStaff, path: str
) -> None:
    ana, eva, visitor = make_staff("seller"), make_staff("seller"), new_visitor()
    await visitor.open(locale="es")
    conversation = await tell(visitor, WANT)
    assert conversation in await listed(eva), "nobody has it yet"
    await ana.post(f"/chat/conversations/{conversation}/take-over")
    method, body = ("PUT", {"outcome": "offer_made"}) if path else ("GET", None)
    assert (await problem(eva, method, f"/leads/{conversation}{path}", body))[:2] == (
        403,
        "conversation.not_participant",
    )
    assert conversation not in await listed(eva)
    assert conversation in await listed(ana)


async def test_marketing_sees_a_person_only_with_consent(
    new_visitor: NewVisitor, make_staff: MakeStaff
) -> None:
    admin, marketing, visitor = make_staff("admin"), make_staff("marketing"), new_visitor()
    opened = await visitor.open(locale="es")
    await visitor.request("POST", "/contact", json={"name": "Zoila Marte", "email": "zoila@example.com"})
    conversation = await tell(visitor, "Busco un Corolla 2023")
    lead = await marketing.get(f"/leads/{conversation}")
    assert lead["quality"] == "warm"
    assert (lead["contact"]["name"], lead["contact"]["email"], lead["contact"]["hidden"]) == (
        None,
        None,
        True,
    )
    assert lead["facts"] == []
    assert "Corolla" not in str(lead["reasons"]), "nor what they said"
    assert all(reason.keys() == {"key", "points"} for reason in lead["reasons"])
    assert await listed(marketing, "?q=zoila") == [], "a search tells nothing either"
    assert await listed(admin, "?q=zoila") == [conversation]
    agreed = {
        "purpose": "contact",
        "granted": True,
        "text_version": opened["site"]["consents"]["version"],
        "locale": "es",
    }
    assert (await visitor.request("POST", "/consent", json=agreed)).is_success
    lead = await marketing.get(f"/leads/{conversation}")
    assert (lead["contact"]["name"], lead["contact"]["hidden"]) == ("Zoila Marte", False)
    assert await listed(marketing, "?q=zoila") == [conversation]
    assert (await problem(marketing, "PATCH", f"/leads/{conversation}", {"quality": "hot"}))[:2] == (
        403,
        "staff.role",
    )


async def test_the_rubric_names_what_may_be_said(make_staff: MakeStaff) -> None:
    rubric = await make_staff("seller").get("/leads/rubric")
    by_name = {c["name"]: c for c in rubric["criteria"]}
    assert {"need", "timeline", "cold"} <= set(by_name)
    assert {v["value"] for v in by_name["timeline"]["values"]} >= {"near", "far"}
    assert set(by_name["need"]["label"]) == {"es", "en", "pt"}


async def test_a_quality_that_a_person_sets_in_the_inbox_stands(
    new_visitor: NewVisitor, make_staff: MakeStaff
) -> None:
    admin, visitor = make_staff("admin"), new_visitor()
    await visitor.open(locale="es")
    conversation = await tell(visitor, WANT)
    await admin.post(f"/chat/conversations/{conversation}", {"lead_quality": "cold"}, method="PATCH")
    await tell(visitor, "Lo quiero para mañana mismo, ¿cuánto cuesta?")
    lead = await admin.get(f"/leads/{conversation}")
    assert (lead["quality"], lead["manual_quality"], lead["scored_quality"]) == ("cold", "cold", "hot")
    line = await admin.get(f"/chat/conversations/{conversation}")
    assert (line["lead_quality"], line["state"]) == ("cold", "bot"), "nor is anybody called"
    await admin.post(f"/chat/conversations/{conversation}", {"lead_quality": None}, method="PATCH")
    assert (await admin.get(f"/leads/{conversation}"))["quality"] == "hot"
