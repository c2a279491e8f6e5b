"""The life of a turn in SQL: claimed, renewed, completed, fenced, superseded, recovered, budgeted. Both transports."""

from __future__ import annotations

import asyncio
from typing import Any

import psycopg
import pytest

from app.conversations.types import (
    ClaimedTurn,
    ConsentGiven,
    ContactPatch,
    Effects,
    HandoffRequest,
    QuickReply,
)
from app.db.rpc import Rpc
from app.errors import Conflict
from app.llm.port import Usage
from app.replies import store
from app.replies.types import Reply, ReplyFacts
from tests.conftest import MakeSite
from tests.rigs.visitors import CLAIM, SqlVisitor


def reply(text: str = "¡Hola!", effects: Effects | None = None, **facts: Any) -> Reply:
    return Reply(text, "guided", effects or Effects(), ReplyFacts(prompt_ref="talia@12345678", **facts))


async def claimed(visitor: SqlVisitor, text: str = "Hola", **claim: Any) -> ClaimedTurn:
    turn = (await visitor.say(text, claim=claim)).turn
    assert turn is not None
    return turn


def expire(admin: psycopg.Connection[Any], turn: ClaimedTurn) -> None:
    admin.execute(
        "update turns set lease_until = clock_timestamp() - interval '1 s' where id = %s", [turn.turn_id]
    )


async def test_a_reply_is_stored_once_with_what_made_it(
    rpc: Rpc, site: MakeSite, admin: psycopg.Connection[Any]
) -> None:
    turn = await claimed(SqlVisitor(rpc, (await site())["id"]))
    answer = reply(
        effects=Effects(quick_replies=(QuickReply("Sí", "si"),), meta={"asked": "name"}),
        model="m1",
        usage=Usage(10, 20, 5),
        first_text_ms=7,
    )
    done = await store.complete_turn(rpc, turn, answer, CLAIM)
    assert done.accepted
    assert done.next_turn is None
    message = done.messages[0]
    assert (message["seq"], message["author"], message["attempt"]) == (2, "assistant", 1)
    assert message["turn_id"] == turn.turn_id
    assert message["context"]["quick_replies"][0]["label"] == "Sí"
    again = await store.complete_turn(rpc, turn, answer, CLAIM)
    assert again.messages[0]["message_id"] == message["message_id"]
    row = admin.execute(
        "select state, source, model, prompt_ref, input_tokens, output_tokens, cached_tokens, first_text_ms "
        "from turns where id = %s",
        [turn.turn_id],
    ).fetchone()
    assert row == ("done", "guided", "m1", "talia@12345678", 10, 20, 5, 7)


async def test_messages_that_come_meanwhile_get_one_further_turn(rpc: Rpc, site: MakeSite) -> None:
    visitor = SqlVisitor(rpc, (await site())["id"])
    turn = await claimed(visitor, "uno")
    assert (await visitor.say("dos")).turn is None
    assert (await visitor.say("tres")).turn is None
    done = await store.complete_turn(rpc, turn, reply("R1"), CLAIM)
    following = done.next_turn
    assert following is not None
    assert (following.answered_seq, following.upto_seq) == (1, 3)
    assert [m.text for m in following.history] == ["uno", "R1", "dos", "tres"]
    last = await store.complete_turn(rpc, following, reply("R2"), CLAIM)
    assert last.next_turn is None
    assert [m["context"]["text"] for m in (await visitor.history()).messages] == [
        "uno",
        "dos",
        "tres",
        "R1",
        "R2",
    ]


async def test_effects_are_committed_with_the_reply(
    rpc: Rpc, site: MakeSite, admin: psycopg.Connection[Any]
) -> None:
    turn = await claimed(SqlVisitor(rpc, (await site())["id"]))
    effects = Effects(
        contact=ContactPatch(name="Ana", phone="+18095551234"),
        consents=(ConsentGiven("contact", True, "1", "b" * 64, "es", "chat", turn.history[0].message_id),),
        handoff=HandoffRequest("visitor_request", "quiere hablar"),
    )
    done = await store.complete_turn(rpc, turn, reply(effects=effects), CLAIM)
    assert done.handler == "queue"
    assert [m["author"] for m in done.messages] == ["assistant", "system"]
    row = admin.execute(
        "select nombre_completo, telefono, identity, lead_captured_at is not null from contactos where id = %s",
        [turn.contact.contact_id],
    ).fetchone()
    assert row == ("Ana", "+18095551234", "claimed", True)
    kinds = admin.execute(
        "select kind from outbox where site_id = %s order by created_at", [turn.site_id]
    ).fetchall()
    assert [k for (k,) in kinds] == ["webchat_started", "lead_captured", "handoff_requested"]


async def test_in_the_queue_the_assistant_goes_on(rpc: Rpc, site: MakeSite) -> None:
    visitor = SqlVisitor(rpc, (await site())["id"])
    turn = await claimed(visitor)
    await store.complete_turn(rpc, turn, reply(effects=Effects(handoff=HandoffRequest("failure"))), CLAIM)
    assert (await claimed(visitor, "¿siguen ahí?")).handler == "queue"


async def test_a_seller_outranks_a_reply_that_is_under_way(
    rpc: Rpc, site: MakeSite, admin: psycopg.Connection[Any]
) -> None:
    visitor = SqlVisitor(rpc, (await site())["id"])
    turn = await claimed(visitor)
    admin.execute(
        "update conversaciones set handler = 'seller', owner_epoch = owner_epoch + 1 where id = %s",
        [turn.conversation_id],
    )
    assert await store.renew_turn(rpc, turn) == store.Lease(held=False, superseded=True)
    done = await store.complete_turn(rpc, turn, reply("demasiado tarde"), CLAIM)
    assert not done.accepted
    assert not (await store.complete_turn(rpc, turn, reply("otra vez"), CLAIM)).accepted
    assert [m["author"] for m in (await visitor.history()).messages] == ["visitor"]
    said = await visitor.say("¿hola?")
    assert (said.turn, said.awaiting_reply, said.handler) == (None, False, "seller")


async def test_an_old_epoch_is_refused_even_after_the_bot_is_back(
    rpc: Rpc, site: MakeSite, admin: psycopg.Connection[Any]
) -> None:
    turn = await claimed(SqlVisitor(rpc, (await site())["id"]))
    admin.execute(
        "update conversaciones set owner_epoch = owner_epoch + 2 where id = %s", [turn.conversation_id]
    )
    assert not (await store.complete_turn(rpc, turn, reply(), CLAIM)).accepted


async def test_an_abandoned_turn_is_taken_over_and_the_old_worker_is_fenced(
    rpc: Rpc, site: MakeSite, admin: psycopg.Connection[Any]
) -> None:
    visitor = SqlVisitor(rpc, (await site())["id"])
    turn = await claimed(visitor, "uno")
    await visitor.say("dos")
    expire(admin, turn)
    mine = [t for t in await store.claim_abandoned_turns(rpc, "other") if t.turn_id == turn.turn_id]
    assert len(mine) == 1
    assert (mine[0].fence, mine[0].attempt, mine[0].upto_seq) == (2, 2, 2)
    assert [m.text for m in mine[0].history] == ["uno", "dos"]
    assert await store.renew_turn(rpc, turn) == store.Lease(held=False, superseded=False)
    with pytest.raises(Conflict) as refused:
        await store.complete_turn(rpc, turn, reply("viejo"), CLAIM)
    assert refused.value.code == "turn.fenced"
    done = await store.complete_turn(rpc, mine[0], reply("nuevo"), CLAIM)
    assert done.accepted
    assert done.next_turn is None
    assert [m["context"]["text"] for m in (await visitor.history()).messages] == ["uno", "dos", "nuevo"]


async def test_one_abandoned_turn_goes_to_one_of_many_workers(
    rpc: Rpc, site: MakeSite, admin: psycopg.Connection[Any]
) -> None:
    turn = await claimed(SqlVisitor(rpc, (await site())["id"]))
    expire(admin, turn)
    claims = await asyncio.gather(*(store.claim_abandoned_turns(rpc, f"w{n}") for n in range(8)))
    assert [t.turn_id for one in claims for t in one].count(turn.turn_id) == 1


async def test_a_lease_that_is_renewed_or_running_is_left_alone(rpc: Rpc, site: MakeSite) -> None:
    turn = await claimed(SqlVisitor(rpc, (await site())["id"]))
    assert (await store.renew_turn(rpc, turn)).held
    assert turn.turn_id not in [t.turn_id for t in await store.claim_abandoned_turns(rpc, "other")]


async def test_a_released_turn_can_be_taken_at_once(rpc: Rpc, site: MakeSite) -> None:
    turn = await claimed(SqlVisitor(rpc, (await site())["id"]))
    await store.release_turn(rpc, turn)
    assert turn.turn_id in [t.turn_id for t in await store.claim_abandoned_turns(rpc, "other")]


async def test_a_turn_abandoned_to_a_seller_is_nobodys(
    rpc: Rpc, site: MakeSite, admin: psycopg.Connection[Any]
) -> None:
    turn = await claimed(SqlVisitor(rpc, (await site())["id"]))
    admin.execute("update conversaciones set handler = 'seller' where id = %s", [turn.conversation_id])
    expire(admin, turn)
    assert turn.turn_id not in [t.turn_id for t in await store.claim_abandoned_turns(rpc, "other")]
    assert admin.execute("select state from turns where id = %s", [turn.turn_id]).fetchone() == (
        "superseded",
    )


async def test_a_restart_numbers_the_next_attempt(rpc: Rpc, site: MakeSite) -> None:
    turn = await claimed(SqlVisitor(rpc, (await site())["id"]))
    assert await store.restart_turn(rpc, turn) == 2
    done = await store.complete_turn(rpc, turn, reply(), CLAIM)
    assert done.messages[0]["attempt"] == 2
    assert await store.restart_turn(rpc, turn) is None


@pytest.mark.parametrize("scope", ["session", "site_day"])
async def test_a_budget_is_never_overdrawn_by_parallel_turns(
    rpc: Rpc, site: MakeSite, admin: psycopg.Connection[Any], scope: str
) -> None:
    made = await site()
    budget = {"session_budget" if scope == "session" else "site_day_budget": 10_000}
    visitors = [SqlVisitor(rpc, made["id"]) for _ in range(40)]
    turns = await asyncio.gather(*(claimed(v, **budget) for v in visitors))
    over = [t.over_budget for t in turns]
    if scope == "session":
        assert over == [None] * 40
        one = visitors[0]
        await store.complete_turn(rpc, turns[0], reply(usage=Usage(9_500, 0)), CLAIM)
        assert (await claimed(one, "más", **budget)).over_budget == "session"
    else:
        assert (over.count(None), over.count("site_day")) == (10, 30)
        paid = turns[over.index(None)]
        await store.complete_turn(rpc, paid, reply(usage=Usage(100, 100)), CLAIM)
        assert admin.execute(
            "select reserved, used from site_usage where site_id = %s", [made["id"]]
        ).fetchone() == (9_000, 200)


async def test_a_thread_at_openai_is_remembered_with_how_far_it_reaches(rpc: Rpc, site: MakeSite) -> None:
    visitor = SqlVisitor(rpc, (await site())["id"])
    turn = await claimed(visitor)
    await store.complete_turn(rpc, turn, reply(thread="conv_1"), CLAIM)
    following = await claimed(visitor, "otra")
    assert (following.thread, following.thread_seq) == ("conv_1", 1)


async def test_a_turn_sees_the_newest_messages_only(rpc: Rpc, site: MakeSite) -> None:
    visitor = SqlVisitor(rpc, (await site())["id"])
    turn = await claimed(visitor, "0")
    for n in range(1, 9):
        await visitor.say(str(n))
    done = await store.complete_turn(rpc, turn, reply(), CLAIM | {"history": 3})
    assert done.next_turn is not None
    assert [m.text for m in done.next_turn.history] == ["¡Hola!", "7", "8"]


async def test_a_site_that_is_switched_off_answers_nobody_until_it_is_on_again(
    rpc: Rpc, site: MakeSite, admin: psycopg.Connection[Any]
) -> None:
    turn = await claimed(SqlVisitor(rpc, (await site())["id"]))
    expire(admin, turn)
    admin.execute("update sites set disabled_at = now() where id = %s", [turn.site_id])
    assert turn.turn_id not in [t.turn_id for t in await store.claim_abandoned_turns(rpc, "other")]
    admin.execute("update sites set disabled_at = null where id = %s", [turn.site_id])
    assert turn.turn_id in [t.turn_id for t in await store.claim_abandoned_turns(rpc, "other")]
