"""Erasing oneself in the middle of a reply: nothing is left, nothing comes back, and nobody's budget goes with it."""

from __future__ import annotations

from tests.channels.conftest import Look, MakeVisitor, StartTalia, model_at
from tests.fakes.upstream import FakeUpstream, Reply, Rule
from tests.rigs.http_visitor import HttpVisitor

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
