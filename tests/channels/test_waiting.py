"""Whoever asked for a person is told in the chat, in their language, whether one is there or when one will be."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.replies.waiting_texts import waiting_texts
from tests.channels.conftest import Look, MakeVisitor, StartTalia, model_at
from tests.channels.test_tools import calls, once
from tests.fakes.upstream import FakeUpstream, Reply
from tests.rigs.http_visitor import HttpVisitor
from tests.rigs.server import TaliaServer
from tests.rigs.staff import Hired

HANDOFF = Reply(tool_calls=calls(("request_handoff", {"reason": "visitor_request", "summary": "Corolla"})))


@pytest.fixture(autouse=True)
def _sites_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.sites.actions.TTL_SECONDS", 0.0)


def closed_until_the_day_after_tomorrow(look: Look) -> datetime:
    """When the default site opens again."""
    opens = datetime.now(UTC).date() + timedelta(days=2)
    day = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][opens.weekday()]
    look(
        "update sites set time_zone = 'UTC', settings = settings || jsonb_build_object('business_hours', "
        "jsonb_build_object('intervals', jsonb_build_object(%s::text, '[[\"09:00\", \"13:00\"]]'::jsonb)))",
        day,
    )
    return datetime(opens.year, opens.month, opens.day, 9, tzinfo=UTC)


async def last_said(visitor: HttpVisitor) -> dict[str, Any]:
    message: dict[str, Any] = (await visitor.history())["data"][-1]
    return message


async def test_the_button_is_answered_in_the_chat_with_when(
    guided: TaliaServer, make_visitor: MakeVisitor, look: Look
) -> None:
    opens = closed_until_the_day_after_tomorrow(look)
    visitor = make_visitor(guided)
    await visitor.open(locale="pt")
    async with visitor.events() as events:
        await visitor.request("POST", "/handoff", json={})
        async for event in events:
            if event.type == "chat.message.new" and event.data["message"]["author"] == "assistant":
                text = event.data["message"]["context"]["text"]
                break
    texts = waiting_texts()["pt"]
    assert texts.moments.weekdays[opens.weekday()] in text
    assert "às 09:00" in text
    assert texts.contact in text
    assert (await last_said(visitor))["context"]["text"] == text
    count = len((await visitor.history())["data"])
    await visitor.request("POST", "/handoff", json={})
    assert len((await visitor.history())["data"]) == count, "asked again, it is not said again"


async def test_whoever_left_a_contact_is_not_asked_for_one(
    guided: TaliaServer, make_visitor: MakeVisitor
) -> None:
    visitor = make_visitor(guided)
    await visitor.open(locale="es")
    await visitor.request("POST", "/contact", json={"name": "Ana", "phone": "809-555-1234"})
    await visitor.request("POST", "/handoff", json={})
    text = (await last_said(visitor))["context"]["text"]
    assert "no hay nadie del equipo conectado" in text
    assert waiting_texts()["es"].contact not in text


async def test_the_last_question_is_not_forgotten_over_it(
    guided: TaliaServer, make_visitor: MakeVisitor, look: Look
) -> None:
    visitor = make_visitor(guided)
    await visitor.open(locale="es")
    asked = (await visitor.say("Me interesa, quiero verlo mañana a las 10")).json()["reply"]
    for _ in range(3):
        if "llamas" in asked:
            break
        asked = (await visitor.say("mañana a las 10")).json()["reply"]
    assert "llamas" in asked, "the assistant was to ask for the name"
    await visitor.request("POST", "/handoff", json={})
    await visitor.say("Ana Pérez")
    assert look("select nombre_completo from contactos") == [{"nombre_completo": "Ana Pérez"}]


async def test_a_guided_reply_that_calls_a_person_says_so(
    guided: TaliaServer, make_visitor: MakeVisitor, look: Look
) -> None:
    opens = closed_until_the_day_after_tomorrow(look)
    visitor = make_visitor(guided)
    await visitor.open(locale="es")
    reply = (await visitor.say("Quiero hablar con una persona")).json()["reply"]
    assert "El equipo no está en este momento" in reply
    assert waiting_texts()["es"].moments.weekdays[opens.weekday()] in reply
    assert (await last_said(visitor))["context"]["text"] in {reply, "handoff.requested"}


async def test_whoever_was_put_into_the_queue_and_then_asks_is_told_too(
    guided: TaliaServer, make_visitor: MakeVisitor, look: Look
) -> None:
    opens = closed_until_the_day_after_tomorrow(look)
    visitor = make_visitor(guided)
    await visitor.open(locale="es")
    await visitor.say("Hola")
    look("update conversaciones set handler = 'queue', handoff_reason = 'hot_lead', waiting_since = now()")
    reply = (await visitor.say("Quiero hablar con una persona")).json()["reply"]
    assert waiting_texts()["es"].moments.weekdays[opens.weekday()] in reply
    look("update sites set settings = settings - 'business_hours'")
    other = make_visitor(guided)
    await other.open(locale="es")
    await other.say("Hola")
    look("update conversaciones set handler = 'queue', waiting_since = now() where handler = 'assistant'")
    assert waiting_texts()["es"].still in (await other.say("Quiero hablar con una persona")).json()["reply"]


async def test_so_does_a_models_and_knows_who_is_online(
    start_talia: StartTalia, upstream: FakeUpstream, make_visitor: MakeVisitor, database_url: str
) -> None:
    server = start_talia(**model_at(upstream))
    upstream.script(*once(HANDOFF, "I have told the team."))
    visitor = make_visitor(server)
    await visitor.open(locale="en")
    reply = (await visitor.say("I would like to speak with a human please")).json()["reply"]
    texts = waiting_texts()["en"]
    assert reply.startswith("I have told the team.\n\nNobody from the team is online right now.")
    assert reply.endswith(texts.contact)
    async with Hired(server, database_url)() as ana, ana.events() as events:
        await anext(events)
        upstream.script(*once(HANDOFF, "I have told the team."))
        other = make_visitor(server)
        await other.open(locale="en")
        async with asyncio.timeout(20):
            while not (await ana.get("/chat/hours"))["team"]["online"]:
                pass
        said = (await other.say("I would like to speak with a human please")).json()["reply"]
    assert said == f"I have told the team.\n\n{texts.online}"


@pytest.mark.parametrize(
    ("moment", "locale", "said"),
    [
        ("2026-11-20T20:40:00+00:00", "es", "hoy a las 16:40 (hora de Santo Domingo)"),
        ("2026-11-21T13:00:00+00:00", "en", "tomorrow at 09:00 (Santo Domingo time)"),
        ("2026-11-21T03:30:00+00:00", "pt", "hoje às 23:30 (horário de Santo Domingo)"),
        ("2026-11-23T13:00:00+00:00", "es", "el lunes 23 de noviembre a las 09:00 (hora de Santo Domingo)"),
        ("2026-11-23T13:00:00+00:00", "en", "on Monday, November 23, at 09:00 (Santo Domingo time)"),
        (
            "2026-12-05T13:00:00+00:00",
            "pt",
            "no sábado, 5 de dezembro, às 09:00 (horário de Santo Domingo)",
        ),
    ],
)
def test_moments_are_said_in_the_sites_own_time(moment: str, locale: Any, said: str) -> None:
    now = datetime(2026, 11, 20, 15, tzinfo=UTC)
    zone = ZoneInfo("America/Santo_Domingo")
    assert waiting_texts()[locale].moments.say(datetime.fromisoformat(moment), now=now, zone=zone) == said
