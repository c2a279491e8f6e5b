"""What helps a seller: drafts that are never sent by themselves, and summaries that say what made them."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.channels.conftest import Look, MakeVisitor, StartTalia, model_at
from tests.channels.test_tools import calls, once
from tests.fakes.upstream import FakeUpstream, Fault, Reply
from tests.rigs.http_visitor import HttpVisitor
from tests.rigs.server import TaliaServer
from tests.rigs.staff import Hired, HttpStaff

SUMMARY = "Quiere el Corolla este mes y preguntó si se puede financiar."


async def talk(visitor: HttpVisitor, text: str) -> str:
    await visitor.open(locale="es", item={"title": "Toyota Corolla 2023"})
    conversation = (await visitor.say(text)).json()["metadata"]["conversation_id"]
    return f"/chat/conversations/{conversation}"


async def line_with(ana: HttpStaff, one: str, by: str) -> dict[str, Any]:
    """The conversation once its summary was made: that is after the visitor has their answer."""
    async with asyncio.timeout(20):
        while True:
            line: dict[str, Any] = await ana.get(one)
            if line["handoff_summary_by"] == by:
                return line


async def test_a_draft_is_redacted_restored_and_not_sent(
    start_talia: StartTalia,
    upstream: FakeUpstream,
    make_visitor: MakeVisitor,
    database_url: str,
    look: Look,
) -> None:
    server = start_talia(**model_at(upstream))
    visitor = make_visitor(server)
    upstream.script(Reply(text="¡Hola!"))
    one = await talk(visitor, "Quiero el Corolla, mi número es 809-555-1234")
    before = look("select used, reserved from site_usage")[0]
    upstream.script(Reply(text="Gracias. ¿Le escribo al [PHONE_1]?"))
    async with Hired(server, database_url)() as ana:
        await ana.post(f"{one}/take-over")
        told = await ana.post(f"{one}/suggestion")
        assert told == {"text": "Gracias. ¿Le escribo al 809-555-1234?", "reason": None, "ai": True}
        body = str(upstream.requests[-1].body)
        assert "555-1234" not in body
        assert "[PHONE_1]" in body
        assert [m["author"] for m in (await visitor.history())["data"]] == ["visitor", "assistant", "system"]
        usage = look("select used, reserved from site_usage")[0]
        assert usage["used"] > before["used"]
        assert usage["reserved"] == 0
        upstream.script(Reply(text="x", fault=Fault(kind="cut", at=1)))
        assert (await ana.post(f"{one}/suggestion"))["reason"] == "model_failed"
        assert look("select reserved from site_usage") == [{"reserved": 0}]
        look("update site_usage set used = 999999999")
        assert (await ana.post(f"{one}/suggestion"))["reason"] == "budget"
    assert {"assist.suggestion"} <= {row["action"] for row in look("select action from audit_log")}


async def test_without_a_model_there_is_no_draft_and_rules_make_the_summary(
    guided: TaliaServer, make_visitor: MakeVisitor, database_url: str
) -> None:
    visitor = make_visitor(guided)
    one = await talk(visitor, "¿Cuánto cuesta el Corolla? Mi número es 809-555-1234")
    async with Hired(guided, database_url)() as ana:
        assert await ana.post(f"{one}/suggestion") == {"text": None, "reason": "no_model", "ai": False}
        made = await ana.post(f"{one}/summary")
        assert made["by"] == "facts"
        assert "Toyota Corolla 2023" in made["text"]
        assert "¿Cuánto cuesta el Corolla?" in made["text"]
        assert "555-1234" not in made["text"]
        # What stands for it is a word, and nobody is said to have left nothing.
        assert "Mi número es (teléfono)" in made["text"]
        assert "Sin contacto" not in made["text"]
        edited = await ana.post(f"{one}/summary", {"text": "Llamar ya"}, method="PUT")
        assert (edited["handoff_summary"], edited["handoff_summary_by"]) == ("Llamar ya", "staff")
        for wrong in (
            {},
            {"text": ""},
            {"text": "a\x00"},
            {"text": "x" * 2001},
            {"text": None, "by": "model"},
        ):
            assert (await ana.request("PUT", f"{one}/summary", json=wrong)).status_code == 422
        removed = await ana.post(f"{one}/summary", {"text": None}, method="PUT")
        assert (removed["handoff_summary"], removed["handoff_summary_by"]) == (None, None)


@pytest.mark.parametrize("way", ["button", "words"])
async def test_a_handoff_leaves_a_summary_of_facts(
    guided: TaliaServer, make_visitor: MakeVisitor, database_url: str, way: str
) -> None:
    visitor = make_visitor(guided)
    one = await talk(visitor, "¿Tienen el Corolla en rojo?")
    if way == "button":
        await visitor.request("POST", "/handoff", json={})
    else:
        await visitor.say("Quiero hablar con una persona")
    async with Hired(guided, database_url)() as ana:
        line = await line_with(ana, one, "facts")
        assert "¿Tienen el Corolla en rojo?" in line["handoff_summary"]
        await ana.post(f"{one}/summary", {"text": "Mi nota"}, method="PUT")
        await visitor.request("POST", "/handoff", json={})
        assert (await ana.get(one))["handoff_summary"] == "Mi nota"
        await ana.post(f"{one}/return", {})
        returned = await ana.get(one)
        assert (returned["handoff_summary"], returned["handoff_summary_by"]) == (None, None)


async def test_where_the_model_led_its_summary_is_marked_as_its(
    start_talia: StartTalia, upstream: FakeUpstream, make_visitor: MakeVisitor, database_url: str
) -> None:
    server = start_talia(**model_at(upstream))
    asked = calls(("request_handoff", {"reason": "visitor_request", "summary": SUMMARY}))
    upstream.script(*once(Reply(tool_calls=asked), "Ya avisé al equipo."))
    visitor = make_visitor(server)
    one = await talk(visitor, "Quiero el Corolla este mes, ¿se puede financiar? Páseme con alguien.")
    async with Hired(server, database_url)() as ana:
        assert (await line_with(ana, one, "model"))["handoff_summary"] == SUMMARY
        upstream.script(Reply(text="Busca un Corolla y quiere financiarlo."))
        made = await ana.post(f"{one}/summary")
        assert made == {"text": "Busca un Corolla y quiere financiarlo.", "by": "model"}
        assert (await ana.get(one))["handoff_summary"] == made["text"]
