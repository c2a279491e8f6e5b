"""What becomes of messages after they were sent reaches whoever is there, and whoever was away on coming back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.channels.conftest import MakeVisitor
from tests.channels.test_staff_streams import until
from tests.rigs.http_visitor import HttpVisitor, SseEvent
from tests.rigs.server import TaliaServer
from tests.rigs.staff import Hired, HttpStaff


@pytest.fixture
async def ana(guided: TaliaServer, database_url: str) -> AsyncIterator[HttpStaff]:
    async with Hired(guided, database_url)(name="Ana") as staff:
        yield staff


@pytest.fixture
async def visitor(guided: TaliaServer, make_visitor: MakeVisitor) -> HttpVisitor:
    made = make_visitor(guided)
    await made.open()
    return made


async def taken(visitor: HttpVisitor, ana: HttpStaff) -> str:
    conversation = (await visitor.say("Hola")).json()["metadata"]["conversation_id"]
    await ana.post(f"/chat/conversations/{conversation}/take-over")
    return f"/chat/conversations/{conversation}"


async def up_to(events: AsyncIterator[SseEvent], type_: str) -> list[SseEvent]:
    """All that comes, the first of that type included."""
    seen: list[SseEvent] = []
    async with asyncio.timeout(30):
        async for event in events:
            seen.append(event)
            if event.type == type_:
                return seen
    raise AssertionError(f"the stream ended before {type_}")


def updates(events: list[SseEvent]) -> list[dict[str, Any]]:
    return [e.data["message"] for e in events if e.type == "chat.message.updated"]


async def test_reactions_go_both_ways(visitor: HttpVisitor, ana: HttpStaff) -> None:
    one = await taken(visitor, ana)
    sent = (await ana.post(f"{one}/messages", {"content": "¿Le gusta?"}))["data"]
    path = f"/messages/{sent['id']}/reactions"
    async with visitor.events() as mine, ana.events(f"{one}/events") as theirs:
        for _ in range(2):
            answer = await visitor.request("POST", path, json={"emoji": "👍"})
            assert answer.status_code == 200
        [reaction] = answer.json()["data"]["reactions"]
        assert reaction["emoji"] == "👍"
        assert set(reaction) == {"user_uuid", "emoji", "created_at"}
        for events in (mine, theirs):
            assert (await until(events, "chat.message.updated")).data["message"]["reactions"] == [reaction]
        await ana.post(f"/chat/messages/{sent['id']}/reactions", {"emoji": "❤️"})
        while len((await until(mine, "chat.message.updated")).data["message"]["reactions"]) < 2:
            pass
        gone = await visitor.request("DELETE", path, json={"emoji": "👍"})
        assert [r["emoji"] for r in gone.json()["data"]["reactions"]] == ["❤️"]


async def test_a_visitor_reacts_to_nothing_but_their_own_conversation(
    guided: TaliaServer, visitor: HttpVisitor, ana: HttpStaff, make_visitor: MakeVisitor
) -> None:
    one = await taken(visitor, ana)
    note = (await ana.post(f"{one}/notes", {"content": "nota"}))["data"]["id"]
    sent = (await ana.post(f"{one}/messages", {"content": "Hola"}))["data"]["id"]
    stranger = make_visitor(guided)
    await stranger.open()
    await stranger.say("Hola")

    async def answered(who: HttpVisitor, message: str, emoji: Any = "👍") -> int:
        answer = await who.request("POST", f"/messages/{message}/reactions", json={"emoji": emoji})
        return answer.status_code

    assert await answered(visitor, note) == 404
    assert await answered(stranger, sent) == 404
    assert await answered(visitor, "1") == 422
    for wrong in ("a", "<b>", "", "👍" * 20, "👍👍", "\u200d", "\ufe0f", "\u202e((", "!", 1, None):
        assert await answered(visitor, sent, wrong) == 422
    await ana.post(f"/chat/messages/{sent}", method="DELETE")
    assert await answered(visitor, sent) == 409


async def test_whoever_was_away_is_told_of_exactly_what_was_missed(
    visitor: HttpVisitor, ana: HttpStaff
) -> None:
    one = await taken(visitor, ana)
    kept, edited, deleted = [
        (await ana.post(f"{one}/messages", {"content": text}))["data"]["id"]
        for text in ("uno", "dos", "tres")
    ]
    await ana.post(f"/chat/messages/{kept}", {"content": "uno."}, method="PATCH")
    cursor = (await visitor.history())["cursor"]
    staff_cursor = (await ana.get(f"{one}/messages"))["cursor"]
    await ana.post(f"/chat/messages/{edited}", {"content": "dos."}, method="PATCH")
    await ana.post(f"/chat/messages/{deleted}", method="DELETE")
    note = (await ana.post(f"{one}/notes", {"content": "nota"}))["data"]["id"]
    await ana.post(f"/chat/messages/{note}", {"content": "otra nota"}, method="PATCH")
    seen_seq = (await visitor.history())["data"][-1]["seq"]
    await visitor.request("POST", "/read", json={"up_to_seq": seen_seq})
    await visitor.say("¿Sigue ahí?")
    await ana.post(f"{one}/read", method="PUT")
    async with visitor.events(cursor) as events:
        seen = await up_to(events, "chat.message.new")
        assert [(m["id"], m["context"]["text"]) for m in updates(seen)] == [(edited, "dos."), (deleted, "")]
        assert updates(seen)[1]["status"]["is_deleted"] is True
        assert "nota" not in str([e.data for e in seen])
        reads = [e.data for e in seen if e.type == "chat.message.read"]
        assert "seller" in {r["author"] for r in reads}
    async with ana.events(f"{one}/events", last=staff_cursor) as events:
        heard = await up_to(events, "chat.message.new")
        assert [m["id"] for m in updates(heard)] == [edited, deleted]
        assert {"visitor", "seller"} == {e.data["author"] for e in heard if e.type == "chat.message.read"}
    last = next(e.id for e in reversed(seen) if e.id)
    async with visitor.events(last) as events:
        await ana.post(f"/chat/messages/{kept}/reactions", {"emoji": "👍"})
        again = await up_to(events, "chat.message.updated")
    assert [m["id"] for m in updates(again)] == [kept], "told once"


async def test_a_client_that_knows_no_changes_follows_them_from_now_on(
    visitor: HttpVisitor, ana: HttpStaff
) -> None:
    one = await taken(visitor, ana)
    sent = (await ana.post(f"{one}/messages", {"content": "uno"}))["data"]
    await ana.post(f"/chat/messages/{sent['id']}", {"content": "uno."}, method="PATCH")
    async with visitor.events(str(sent["seq"])) as events:
        await ana.post(f"{one}/messages", {"content": "dos"})
        seen = await up_to(events, "chat.message.new")
        assert updates(seen) == []
        await ana.post(f"/chat/messages/{sent['id']}", {"content": "uno!"}, method="PATCH")
        assert (await until(events, "chat.message.updated")).data["message"]["context"]["text"] == "uno!"
