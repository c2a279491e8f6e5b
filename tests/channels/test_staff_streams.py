"""The staff's live streams: who hears what, resuming, presence, and an end for whoever is shut out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from app.channels.webchat.stream import farewell
from app.staff import store
from tests.channels.conftest import MakeVisitor
from tests.rigs.http_visitor import HttpVisitor, SseEvent
from tests.rigs.server import TaliaServer
from tests.rigs.staff import Hired, HttpStaff


@pytest.fixture
async def hire(guided: TaliaServer, database_url: str) -> AsyncIterator[Hired]:
    hired = Hired(guided, database_url)
    yield hired
    for staff in hired.made:
        await staff.close()


async def talk(visitor: HttpVisitor, text: str = "Hola") -> str:
    await visitor.open()
    conversation: str = (await visitor.say(text)).json()["metadata"]["conversation_id"]
    return conversation


async def until(events: AsyncIterator[SseEvent], type_: str, **data: Any) -> SseEvent:
    async with asyncio.timeout(10):
        async for event in events:
            if event.type == type_ and data.items() <= event.data.items():
                return event
    raise AssertionError(f"the stream ended before {type_}")


async def line_of(events: AsyncIterator[SseEvent], conversation: str, **wanted: Any) -> SseEvent:
    async with asyncio.timeout(10):
        async for event in events:
            line = event.data.get("conversation", {})
            if line.get("uuid") == conversation and wanted.items() <= line.items():
                return event
    raise AssertionError("the stream ended before the line")


async def test_an_inbox_hears_of_what_its_seller_may_see(
    guided: TaliaServer, hire: Hired, make_visitor: MakeVisitor
) -> None:
    visitor, ana, luis, boss = make_visitor(guided), hire(), hire(), hire("admin")
    async with ana.events() as mine, luis.events() as his, boss.events() as all_:
        for events in (mine, his, all_):
            await until(events, "chat.sync")
        conversation = await talk(visitor)
        for events in (mine, his, all_):
            assert (await until(events, "chat.message.new")).data["message"][
                "conversation_uuid"
            ] == conversation
            await line_of(events, conversation, state="bot")
        await ana.post(f"/chat/conversations/{conversation}/take-over")
        assert (await until(all_, "chat.agent.joined")).data["conversation_uuid"] == conversation
        await line_of(mine, conversation, state="open")
        gone = await line_of(his, conversation, gone=True)
        assert gone.data["conversation"] == {"uuid": conversation, "gone": True}
        await visitor.say("secreto")
        await ana.post(f"/chat/conversations/{conversation}/notes", {"content": "nota secreta"})
        await line_of(mine, conversation, last_message_text="secreto")
        await line_of(all_, conversation, last_message_text="secreto")
        # Something that he does hear of comes after it: nothing of the secret was in between.
        other = await talk(make_visitor(guided), "otra")
        heard: list[SseEvent] = []
        async with asyncio.timeout(10):
            async for event in his:
                heard.append(event)
                if event.data.get("conversation", {}).get("uuid") == other:
                    break
    assert conversation not in str([e.data for e in heard])


async def test_an_inbox_goes_on_after_a_break(
    guided: TaliaServer, hire: Hired, make_visitor: MakeVisitor
) -> None:
    ana = hire()
    first = await talk(make_visitor(guided), "uno")
    async with ana.events() as events:
        await until(events, "chat.sync")
        visitor = make_visitor(guided)
        second = await talk(visitor, "dos")
        cursor = (await line_of(events, second)).id
    third = await talk(make_visitor(guided), "tres")
    async with ana.events(last=cursor) as events:
        missed = await line_of(events, third)
        assert missed.data["conversation"]["last_message_text"]
    for wrong in ("x", "2026-01-01", "9999-99-99T00:00:00Z"):
        async with ana.events(last=wrong) as events:
            await until(events, "chat.sync")
    assert first != second


async def test_one_conversation_is_followed_with_notes_and_resumed(
    guided: TaliaServer, hire: Hired, make_visitor: MakeVisitor
) -> None:
    visitor, ana, boss = make_visitor(guided), hire(), hire("admin")
    conversation = await talk(visitor)
    path = f"/chat/conversations/{conversation}"
    async with ana.events(f"{path}/events") as events:
        await boss.post(f"{path}/notes", {"content": "es cliente"})
        note = await until(events, "chat.message.new")
        assert note.data["message"]["private"] is True
    await visitor.say("¿y?")
    async with ana.events(f"{path}/events", last=note.id) as events:
        resumed = await until(events, "chat.message.new")
        assert resumed.data["message"]["context"]["text"] == "¿y?"
        await visitor.request("POST", "/typing", json={"active": True})
        assert (await until(events, "chat.typing")).data["author"] == "visitor"


async def test_a_conversation_that_a_colleague_took_is_not_followed_any_more(
    guided: TaliaServer, hire: Hired, make_visitor: MakeVisitor
) -> None:
    visitor, ana, luis = make_visitor(guided), hire(), hire()
    conversation = await talk(visitor)
    path = f"/chat/conversations/{conversation}"
    async with luis.events(f"{path}/events") as events:
        await ana.post(f"{path}/take-over")
        async with asyncio.timeout(10):
            heard = [event async for event in events]
    assert heard[-1].type == "chat.session.assigned"
    assert (await luis.request("GET", f"{path}/events")).status_code == 403


@pytest.mark.parametrize("how", ["disable", "sign out", "change role"])
async def test_streams_end_within_five_seconds(
    guided: TaliaServer, hire: Hired, make_visitor: MakeVisitor, how: str
) -> None:
    conversation = await talk(make_visitor(guided))
    ana, boss = hire(), hire("admin")
    async with ana.events() as inbox, ana.events(f"/chat/conversations/{conversation}/events") as one:
        await until(inbox, "chat.sync")
        began = time.monotonic()
        if how == "sign out":
            await ana.post("/staff/sign-out")
        else:
            change = {"disabled": True} if how == "disable" else {"role": "marketing"}
            await boss.post(f"/staff/{ana.id}", change, method="PATCH")
        async with asyncio.timeout(8):
            for events in (inbox, one):
                async for _ in events:
                    pass
        assert time.monotonic() - began < 5
    assert (await ana.request("GET", "/chat/events")).status_code in {401, 403}


async def test_who_is_there_and_what_they_look_at(
    guided: TaliaServer, hire: Hired, make_visitor: MakeVisitor
) -> None:
    conversation = await talk(make_visitor(guided))
    ana, boss = hire(name="Ana"), hire("admin")

    async def seen() -> dict[str, Any]:
        return next(s for s in (await boss.get("/staff"))["data"] if s["uuid"] == ana.id)

    async def eventually(holds: Callable[[dict[str, Any]], bool]) -> None:
        async with asyncio.timeout(10):
            while not holds(await seen()):
                pass  # each look is a request of its own

    assert not (await seen())["online"]
    async with boss.events() as events:
        await until(events, "chat.sync")
        async with ana.events() as inbox:
            await until(inbox, "chat.sync")
            came = await until(events, "chat.presence", online=True)
            assert came.data["agent"]["name"] == "Ana"
            async with ana.events(f"/chat/conversations/{conversation}/events"):
                await until(events, "chat.presence", conversation_uuid=conversation, online=True)
                await eventually(lambda row: row["online"] and row["viewing"] == conversation)
            await until(events, "chat.presence", conversation_uuid=conversation, online=False)
        await until(events, "chat.presence", online=False)
        await eventually(lambda row: not row["online"])


async def test_another_sites_inbox_hears_nothing(
    guided: TaliaServer, hire: Hired, make_visitor: MakeVisitor, database_url: str
) -> None:
    rpc = guided.services.wiring.rpc
    guided.call(rpc.call("ensure_site", slug="other", name="Other", public_key="pk_other"))
    stranger = hire("admin")
    guided.call(store.add_staff(rpc, slug="other", email=stranger.account["email"], role="admin"))
    theirs = HttpStaff(guided.url, stranger.headers["Authorization"].split()[1], key="pk_other")
    async with theirs.events() as events:
        await until(events, "chat.sync")
        await talk(make_visitor(guided), "de aquí")
        own = await talk(make_visitor(guided, key="pk_other"), "de allá")
        heard: list[SseEvent] = []
        async with asyncio.timeout(10):
            async for event in events:
                heard.append(event)
                if event.data.get("conversation", {}).get("uuid") == own:
                    break
    assert "de aquí" not in str([e.data for e in heard])
    await theirs.close()


async def test_inboxes_are_told_goodbye(guided: TaliaServer, hire: Hired) -> None:
    async with hire().events() as events:
        await until(events, "chat.sync")
        await asyncio.to_thread(guided.call, _farewell(guided))
        assert (await until(events, "chat.bye")).data["retry_ms"] > 0


async def _farewell(server: TaliaServer) -> None:
    server.services.wiring.bus.farewell(farewell)
