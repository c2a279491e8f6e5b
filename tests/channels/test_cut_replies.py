"""A reply that must not go on is stopped wherever it is written, at once, and what it had cost is known."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import psycopg
import pytest

from app.leads.retention import erase_expired
from app.replies import actions
from tests.channels.conftest import Look, MakeVisitor, StartTalia, model_at
from tests.fakes.upstream import FakeUpstream, Reply
from tests.realtime.redis_server import RedisServer
from tests.rigs.http_visitor import HttpVisitor
from tests.rigs.server import TaliaServer
from tests.rigs.staff import Hired

ENDLESS = Reply(text="Le cuento despacio, paso a paso. " * 400, tokens_per_second=20)


@pytest.fixture(autouse=True)
def _no_heartbeat(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody finds out by asking now and then."""
    monkeypatch.setattr(actions, "HEARTBEAT_SECONDS", 600.0)


Cut = Callable[[str], Awaitable[Any]]


async def cut_while_it_is_written(visitor: HttpVisitor, cut: Cut) -> list[str]:
    """What the visitor's stream says from the cut on."""
    seen: list[str] = []
    done = False
    async with asyncio.timeout(30), visitor.stream("cuéntame todo") as events:
        async for event in events:
            seen.append(event.type)
            if seen.count("chat.reply.delta") == 3 and not done:
                done = True
                await cut((await visitor.history())["conversation"]["uuid"])
                seen.clear()
    return seen


@pytest.fixture
def servers(
    start_talia: StartTalia, upstream: FakeUpstream, redis_server: RedisServer
) -> tuple[TaliaServer, TaliaServer]:
    settings = model_at(upstream, redis_url=redis_server.url)
    upstream.script(ENDLESS)
    return start_talia(**settings), start_talia(**settings)


def grow_old(database_url: str) -> None:
    """A year goes by in a site that keeps nobody for so long."""
    with psycopg.connect(database_url, autocommit=True) as admin:
        admin.execute("update sites set settings = settings || '{\"retention_days\": 30}'")
        admin.execute("update conversaciones set last_message_at = now() - interval '1 year'")
        admin.execute("update webchat_sessions set last_activity = now() - interval '1 year'")


async def test_a_takeover_at_another_server_stops_it_and_its_tokens_count(
    servers: tuple[TaliaServer, TaliaServer],
    upstream: FakeUpstream,
    make_visitor: MakeVisitor,
    database_url: str,
    look: Look,
) -> None:
    here, there = servers
    visitor, hired = make_visitor(here), Hired(there, database_url)
    await visitor.open()
    async with hired() as ana:
        seen = await cut_while_it_is_written(
            visitor, lambda uuid: ana.post(f"/chat/conversations/{uuid}/take-over")
        )
    assert seen[-1] == "chat.reply.failed"
    async with asyncio.timeout(20):
        assert await upstream.requests[0].wait_closed() != "done"
    here.call(here.services.turns.drain(5))
    [turn] = look("select state, model, input_tokens, output_tokens from turns")
    assert (turn["state"], turn["model"]) == ("superseded", "fake-model")
    used = turn["input_tokens"] + turn["output_tokens"]
    assert turn["input_tokens"] > 0
    assert turn["output_tokens"] > 0
    assert look("select tokens_used, tokens_reserved from webchat_sessions") == [
        {"tokens_used": used, "tokens_reserved": 0}
    ]
    assert look("select used, reserved from site_usage") == [{"used": used, "reserved": 0}]


@pytest.mark.parametrize("by", ["visitor", "admin", "retention"])
async def test_a_visitor_who_is_erased_at_another_server_stops_it_and_its_text_is_gone(
    servers: tuple[TaliaServer, TaliaServer],
    upstream: FakeUpstream,
    make_visitor: MakeVisitor,
    database_url: str,
    by: str,
) -> None:
    here, there = servers
    visitor, elsewhere = make_visitor(here), make_visitor(there)
    await visitor.open()
    elsewhere.session_id, elsewhere.token = visitor.session_id, visitor.token
    conversation = ""

    async def erase(uuid: str) -> None:
        nonlocal conversation
        conversation = uuid
        if by == "visitor":
            assert (await elsewhere.request("DELETE", "/session")).status_code == 204
        elif by == "admin":
            async with Hired(there, database_url)("admin") as boss:
                line = await boss.get(f"/chat/conversations/{uuid}")
                path = f"/privacy/contacts/{line['contact']['uuid']}"
                await boss.post(path, method="DELETE", status=204)
        else:
            grow_old(database_url)
            assert await asyncio.to_thread(there.call, erase_expired(there.services.wiring)) == 1

    seen = await cut_while_it_is_written(visitor, erase)
    assert "chat.reply.done" not in seen
    async with asyncio.timeout(20):
        await upstream.requests[0].wait_closed()
    here.call(here.services.turns.drain(5))
    for server in servers:
        assert server.call(server.services.wiring.bus.running(conversation)) is None


async def test_back_from_the_queue_the_reply_that_is_written_stays_good(
    start_talia: StartTalia, upstream: FakeUpstream, make_visitor: MakeVisitor, database_url: str
) -> None:
    upstream.script(Reply(text="Ahora mismo le digo. " * 3, tokens_per_second=20))
    server = start_talia(**model_at(upstream))
    visitor = make_visitor(server)
    await visitor.open()
    await visitor.request("POST", "/handoff", json={})
    async with Hired(server, database_url)() as ana:
        seen = await cut_while_it_is_written(
            visitor, lambda uuid: ana.post(f"/chat/conversations/{uuid}/return", {})
        )
    assert seen[-1] == "chat.reply.done"
