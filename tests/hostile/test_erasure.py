"""Erasing oneself in the middle of a reply: nothing is left, nothing comes back, and nobody's budget goes with it."""

from __future__ import annotations

import asyncio
import hashlib

import psycopg

from tests.channels.conftest import Look, MakeVisitor, StartTalia, model_at
from tests.fakes.upstream import FakeUpstream, Reply, Rule
from tests.rigs.http_visitor import HttpVisitor
from tests.rigs.server import TaliaServer

RESERVED = 8000
SLOW = Reply(text="Le cuento despacio. " * 30, tokens_per_second=20)


async def vanish(visitor: HttpVisitor) -> None:
    """Ask something, and be gone as soon as the reply begins."""
    await visitor.open()
    async with visitor.stream("Soy Eva y me voy") as events:
        async for event in events:
            if event.type == "chat.reply.delta":
                break
        assert (await visitor.request("DELETE", "/session")).status_code == 204
        assert [event.type async for event in events][-1] == "chat.bye"


async def test_whoever_leaves_in_the_middle_does_not_take_the_days_budget_along(
    start_talia: StartTalia, upstream: FakeUpstream, make_visitor: MakeVisitor, look: Look
) -> None:
    upstream.script(Rule(contains="me voy", reply=SLOW), Reply(text="Le cuento."))
    budgets = {"budget_message_tokens": RESERVED, "budget_site_day_tokens": 4 * RESERVED}
    server = start_talia(**model_at(upstream, **budgets))
    for _ in range(4):
        await vanish(make_visitor(server))
    [usage] = look("select reserved, used from site_usage")
    assert usage["reserved"] == 0
    assert usage["used"] > 0, "what the model has begun is paid for"
    assert (await make_visitor(server).say("Hola")).json()["reply"] == "Le cuento."


async def test_a_reply_that_was_under_way_is_not_stored_for_nobody(
    start_talia: StartTalia, upstream: FakeUpstream, make_visitor: MakeVisitor, look: Look
) -> None:
    upstream.script(Reply(text="Le cuento, Eva.", first_token_seconds=0.1, tokens_per_second=10))
    server = start_talia(**model_at(upstream))
    await vanish(make_visitor(server))
    await upstream.requests[0].wait_closed()
    server.call(server.services.turns.drain(5))
    tables = ("contactos", "conversaciones", "mensajes", "webchat_sessions", "turns", "outbox")
    assert [len(look(f"select * from {table}")) for table in tables] == [0] * len(tables)
    assert [row["action"] for row in look("select action from audit_log")] == ["visitor.erased"]
    assert "Eva" not in str(look("select a::text from audit_log a"))


async def test_a_message_that_waits_for_the_erasure_begins_nothing_anew(
    guided: TaliaServer, make_visitor: MakeVisitor, database_url: str, look: Look
) -> None:
    visitor = make_visitor(guided)
    await visitor.open()
    await visitor.say("Soy Eva")
    with psycopg.connect(database_url) as erasing:
        erasing.execute(
            "select erase_visitor(s.id, %s) from sites s where s.slug = 'default'", [token_hash(visitor)]
        )
        sent = asyncio.ensure_future(visitor.say("¿Sigo aquí?"))
        await waiting(look)
    assert (await sent).status_code == 401
    assert left(look) == []


async def test_an_erasure_waits_for_the_message_that_is_just_beginning(
    guided: TaliaServer, make_visitor: MakeVisitor, database_url: str, look: Look
) -> None:
    visitor = make_visitor(guided)
    await visitor.open()
    with psycopg.connect(database_url) as writing:
        writing.execute(
            "select registrar_mensaje_webchat(s.id, 'x', 'm1', 'h', 'Soy Eva', %s, %s) from sites s"
            " where s.slug = 'default'",
            [CLAIM, token_hash(visitor)],
        )
        erased = asyncio.ensure_future(visitor.request("DELETE", "/session"))
        await waiting(look)
    assert (await erased).status_code == 204
    assert left(look) == []


CLAIM = """{"worker": "w", "lease_seconds": 15, "history": 10, "reserve_tokens": 0, "session_budget": 0,
  "site_day_budget": 0}"""


def token_hash(visitor: HttpVisitor) -> str:
    return hashlib.sha256(str(visitor.token).encode()).hexdigest()


async def waiting(look: Look) -> None:
    """Until somebody waits for a row that another transaction holds."""
    async with asyncio.timeout(20):
        while not look("select 1 as x from pg_stat_activity where wait_event_type = 'Lock'"):  # noqa: ASYNC110
            await asyncio.sleep(0.01)


def left(look: Look) -> list[str]:
    tables = ("contactos", "conversaciones", "mensajes", "webchat_sessions", "turns", "outbox")
    return [table for table in tables if look(f"select 1 as x from {table}")]
