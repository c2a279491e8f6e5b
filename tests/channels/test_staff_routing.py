"""Routing in a running server: a visitor asks for a person, and a seller who is there is given the conversation."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.channels.conftest import Look, MakeVisitor
from tests.rigs.server import TaliaServer
from tests.rigs.staff import Hired


@pytest.fixture
async def hire(guided: TaliaServer, database_url: str) -> AsyncIterator[Hired]:
    hired = Hired(guided, database_url)
    yield hired
    for staff in hired.made:
        await staff.close()


async def test_whoever_is_there_is_given_it_and_takes_it(
    guided: TaliaServer, hire: Hired, make_visitor: MakeVisitor
) -> None:
    visitor, ana = make_visitor(guided), hire()
    await visitor.open()
    conversation = (await visitor.say("Hola")).json()["metadata"]["conversation_id"]
    async with ana.events() as events, asyncio.timeout(20):
        async for event in events:
            if event.type == "chat.sync":
                asked = await visitor.request("POST", "/handoff", json={})
                assert asked.json()["team"]["open"] is True
            if event.type == "chat.session.assigned":
                assert event.data["agent"]["uuid"] == ana.id
                assert event.data["conversation_uuid"] == conversation
                break
        assert [
            c["uuid"] for c in (await ana.get("/chat/conversations", params={"view": "mine"}))["data"]
        ] == [conversation]
        taken = await ana.post(f"/chat/conversations/{conversation}/take-over")
        assert taken["state"] == "open"


async def test_outside_the_hours_the_visitor_is_told_when(
    guided: TaliaServer, hire: Hired, make_visitor: MakeVisitor, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.sites.actions.TTL_SECONDS", 0.0)  # the server is in this process
    boss, ana, visitor = hire("admin"), hire(), make_visitor(guided)
    assert (await ana.get("/chat/hours"))["team"]["open"] is True
    tomorrow = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][(datetime.now(UTC).weekday() + 3) % 7]
    hours: dict[str, Any] = {"intervals": {tomorrow: [["09:00", "13:00"], ["22:00", "02:00"]]}}
    await boss.post("/chat/hours", hours, method="PUT")
    refused = await boss.request("PUT", "/chat/hours", json={"intervals": {"mon": [["9", "10"]]}})
    assert refused.status_code == 422
    team = (await ana.get("/chat/hours"))["team"]
    assert datetime.fromisoformat(team["back_at"]) > datetime.now(UTC)
    assert team["reply_by"] > team["back_at"]
    await visitor.open()
    await visitor.say("Hola")
    asked = (await visitor.request("POST", "/handoff", json={})).json()
    assert asked["handler"] == "queue"
    assert (asked["team"]["open"], asked["team"]["online"]) == (False, False)
    assert asked["team"]["back_at"] == team["back_at"]
    assert look("select assignee from conversaciones") == [{"assignee": None}]
