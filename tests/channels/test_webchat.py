"""The visitor API as the README shows it, against the guided assistant."""

from __future__ import annotations

import asyncio
import re

import pytest

from tests.channels.conftest import MakeVisitor, StartTalia
from tests.rigs.http_visitor import text_of
from tests.rigs.server import TaliaServer


async def test_a_session_a_reply_a_stream_and_a_history(
    guided: TaliaServer, make_visitor: MakeVisitor
) -> None:
    ana = make_visitor(guided)
    opened = await ana.open(
        locale="es", page={"url": "https://shop.example/?utm_source=ad", "title": "Corolla"}
    )
    assert re.fullmatch(r"vt_[A-Za-z0-9_-]{43}", opened["token"])
    assert opened["site"]["greeting"]["es"]

    said = await ana.say("Hola")
    assert said.status_code == 200
    body = said.json()
    assert body["reply"]
    assert body["metadata"]["handler"] == "assistant"
    assert body["metadata"]["session_token"] is None
    assert not body["metadata"]["duplicate"]

    async with ana.stream("¿Cuánto cuesta el Corolla?") as stream:
        events = [event async for event in stream]
    names = [e.type for e in events]
    assert names[:2] == ["chat.message.new", "chat.reply.started"]
    assert names[-1] == "chat.reply.done"
    assert set(names[2:-1]) == {"chat.reply.delta"}
    assert text_of(events) == events[-1].data["message"]["context"]["text"]

    page = await ana.history()
    assert [m["author"] for m in page["data"]] == ["visitor", "assistant", "visitor", "assistant"]
    assert [m["seq"] for m in page["data"]] == [1, 2, 3, 4]
    assert page["data"][1]["context"]["text"] == body["reply"]
    assert page["running_reply"] is None
    assert page["conversation"]["last_message_text"]


async def test_without_a_token_a_message_opens_a_session_and_shows_its_token_once(
    guided: TaliaServer, make_visitor: MakeVisitor
) -> None:
    ana = make_visitor(guided)
    first = (await ana.say("Hola")).json()["metadata"]
    assert re.fullmatch(r"vt_[A-Za-z0-9_-]{43}", first["session_token"])
    ana.token, ana.session_id = first["session_token"], first["session_id"]
    second = (await ana.say("¿Siguen ahí?")).json()["metadata"]
    assert second["conversation_id"] == first["conversation_id"]
    assert second["session_token"] is None


async def test_the_wire_message_is_the_one_that_was_asked_for(
    guided: TaliaServer, make_visitor: MakeVisitor
) -> None:
    ana = make_visitor(
        guided, **{"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
    )
    await ana.open()
    await ana.say("Hola")
    message = (await ana.history())["data"][1]
    assert set(message) == {
        "conversation_uuid", "message_id", "id", "seq", "author", "turn_id", "attempt", "client_message_id", "sender",
        "receiver", "context", "attachments", "metadata", "reactions", "status", "timestamps",
    }  # fmt: skip
    assert set(message["sender"]) == {"uuid", "name", "avatar"}
    assert set(message["status"]) == {"is_read", "read_at", "delivered_at", "is_deleted"}
    assert message["context"]["type"] == "text"


async def test_another_tab_sees_everything_live(guided: TaliaServer, make_visitor: MakeVisitor) -> None:
    ana = make_visitor(guided)
    await ana.open()
    async with ana.events() as events:
        saying = asyncio.ensure_future(ana.say("Hola"))
        seen = []
        async for event in events:
            seen.append(event)
            if event.type == "chat.reply.done":
                break
        reply = (await saying).json()["reply"]
    assert seen[0].type == "chat.message.new"
    assert text_of(seen) == reply


async def test_reading_is_told_to_the_conversation(guided: TaliaServer, make_visitor: MakeVisitor) -> None:
    ana = make_visitor(guided)
    await ana.open()
    await ana.say("Hola")
    async with ana.events() as events:
        assert (await ana.request("POST", "/read", json={"up_to_seq": 2})).status_code == 204
        event = await anext(events)
    assert (event.type, event.data["up_to_seq"], event.id) == ("chat.message.read", 2, None)
    status = (await ana.history())["data"][1]["status"]
    assert status["is_read"]
    assert status["read_at"]


async def test_typing_is_passed_on(guided: TaliaServer, make_visitor: MakeVisitor) -> None:
    ana = make_visitor(guided)
    await ana.open()
    async with ana.events() as events:
        assert (await ana.request("POST", "/typing", json={"active": True})).status_code == 204
        event = await anext(events)
    assert event.data == {"type": "chat.typing", "author": "visitor", "active": True}


async def test_a_person_is_one_call_away(guided: TaliaServer, make_visitor: MakeVisitor) -> None:
    ana = make_visitor(guided)
    await ana.open()
    await ana.say("Hola")
    asked = await ana.request("POST", "/handoff", json={})
    team = asked.json()["team"]
    assert asked.json() == {"handler": "queue", "requested": True, "team": team}
    assert (team["open"], team["online"], team["back_at"]) == (True, False, None)
    again = await ana.request("POST", "/handoff", json={"summary": "otra vez"})
    assert (again.json()["handler"], again.json()["requested"]) == ("queue", False)
    asked_for, told = (await ana.history())["data"][-2:]
    assert (asked_for["author"], asked_for["metadata"]) == ("system", [{"event": "handoff.requested"}])
    assert told["author"] == "assistant"


async def test_contact_and_consent_by_form(guided: TaliaServer, make_visitor: MakeVisitor) -> None:
    ana = make_visitor(guided)
    version = (await ana.open())["site"]["consents"]["version"]
    consent = {"purpose": "contact", "granted": True, "text_version": version, "locale": "es"}
    saved = await ana.request(
        "POST",
        "/contact",
        json={
            "name": "Ana Pérez",
            "email": "Ana@Example.com",
            "phone": "809 555 1234",
            "consents": [consent],
        },
    )
    assert saved.status_code == 200, saved.text
    assert saved.json() == {
        "name": "Ana Pérez", "email": "ana@example.com", "phone": "+18095551234", "identity": "claimed",
    }  # fmt: skip
    withdrawn = await ana.request("POST", "/consent", json=consent | {"granted": False})
    assert withdrawn.json()["granted"] is False


async def test_contact_that_cannot_be_is_refused_field_by_field(
    guided: TaliaServer, make_visitor: MakeVisitor
) -> None:
    ana = make_visitor(guided)
    await ana.open()
    refused = await ana.request("POST", "/contact", json={"email": "ana@", "phone": "12"})
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"
    problem = refused.json()
    assert problem["code"] == "contact.invalid"
    assert [e["field"] for e in problem["errors"]] == ["email", "phone"]
    assert "ana@" not in refused.text.replace("ana@example.com", "")


async def test_agreeing_to_a_text_that_is_not_in_force_is_refused(
    guided: TaliaServer, make_visitor: MakeVisitor
) -> None:
    ana = make_visitor(guided)
    await ana.open()
    consent = {"purpose": "contact", "granted": True, "text_version": "0000", "locale": "es"}
    refused = await ana.request("POST", "/consent", json=consent)
    assert (refused.status_code, refused.json()["code"]) == (422, "consent.version_unknown")


async def test_a_rating_needs_a_conversation(guided: TaliaServer, make_visitor: MakeVisitor) -> None:
    ana = make_visitor(guided)
    await ana.open()
    early = await ana.request("POST", "/rating", json={"rating": 5})
    assert (early.status_code, early.json()["code"]) == (409, "conversation.not_started")
    await ana.say("Hola")
    assert (await ana.request("POST", "/rating", json={"rating": 5, "comment": "rápido"})).status_code == 204


async def test_erasing_ends_the_session_and_its_streams(
    guided: TaliaServer, make_visitor: MakeVisitor
) -> None:
    ana = make_visitor(guided)
    await ana.open()
    await ana.say("Hola")
    async with ana.events() as events:
        assert (await ana.request("DELETE", "/session")).status_code == 204
        assert [e.type async for e in events] == ["chat.bye"]
    gone = await ana.request("GET", f"/history/{ana.session_id}")
    assert (gone.status_code, gone.json()["code"]) == (401, "session.invalid_token")


async def test_opening_again_with_the_token_keeps_the_session(
    guided: TaliaServer, make_visitor: MakeVisitor
) -> None:
    ana = make_visitor(guided)
    first = await ana.open()
    await ana.say("Hola")
    again = await ana.open()
    assert again["token"] is None
    assert again["conversation_id"] == first["conversation_id"]
    assert again["last_seq"] == 2


async def test_health_says_what_it_should(guided: TaliaServer, make_visitor: MakeVisitor) -> None:
    ana = make_visitor(guided)
    await ana.say("Hola")
    assert (await ana.http.get("/healthz")).json() == {"status": "ok"}
    assert (await ana.http.get("/readyz")).json() == {"status": "ready", "bus": "ok"}
    metrics = (await ana.http.get("/metrics")).text
    assert "messages_received_total" in metrics
    assert "talia_turns_total" in metrics


@pytest.mark.parametrize("locale", ["es", "en", "pt"])
async def test_it_speaks_the_visitors_language(
    start_talia: StartTalia, make_visitor: MakeVisitor, locale: str
) -> None:
    greeting = {"es": "Hola, buenas tardes", "en": "Hello, good afternoon", "pt": "Olá, boa tarde"}[locale]
    ana = make_visitor(start_talia())
    reply = (await ana.say(greeting)).json()["reply"]
    expected = {"es": "asistente", "en": "assistant", "pt": "assistente"}[locale]
    assert expected in reply
