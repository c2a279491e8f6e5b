"""Taking over, giving on, handing back, closing: who has a conversation is decided once, by the database."""

from __future__ import annotations

import asyncio
import os
from typing import Any

import pytest

from app.conversations.types import Effects
from app.errors import AppError, Conflict, Forbidden, NotFound
from app.replies import store as replies
from app.replies.types import Reply, ReplyFacts
from tests.conversations.conftest import Office
from tests.rigs.visitors import CLAIM

ROUNDS = int(os.environ.get("TALIA_TEST_RACES") or 60)


def reply(text: str = "Hola") -> Reply:
    return Reply(text, "guided", Effects(), ReplyFacts())


async def test_a_takeover_cuts_off_the_reply_and_gives_back_what_it_reserved(office: Office) -> None:
    ana = await office.hire(name="Ana")
    said = await office.visitor().say("Hola")
    assert said.turn is not None
    done = await office.act(ana, "take_over", said.conversation_id)
    assert (done.superseded_turn, done.changed) == (said.turn.turn_id, True)
    assert (done.conversation["handler"], done.conversation["state"]) == ("seller", "open")
    assert done.agent == {"uuid": ana.staff_id, "name": "Ana", "avatar": None}
    assert [m["context"]["text"] for m in done.messages] == ["agent.joined"]
    late = await replies.complete_turn(office.rpc, said.turn, reply(), CLAIM)
    assert not late.accepted
    reserved = office.admin.execute(
        "select tokens_reserved, (select reserved from site_usage u where u.site_id = s.site_id) "
        "from webchat_sessions s where s.site_id = %s",
        [office.site["id"]],
    ).fetchone()
    assert reserved == (0, 0)
    again = await office.act(ana, "take_over", said.conversation_id)
    assert (again.changed, again.messages) == (False, [])


async def test_of_two_sellers_one_wins_and_the_other_learns_who(office: Office) -> None:
    ana, luis = await office.hire(name="Ana"), await office.hire(name="Luis")
    for _ in range(ROUNDS):
        conversation = (await office.visitor().say("Hola")).conversation_id
        tries = await asyncio.gather(
            *(office.act(who, "take_over", conversation) for who in (ana, luis)), return_exceptions=True
        )
        won = [t for t in tries if not isinstance(t, BaseException)]
        lost = [t for t in tries if isinstance(t, Conflict)]
        assert (len(won), len(lost)) == (1, 1)
        assert lost[0].code == "conversation.taken_over"
        assert won[0].agent is not None
        assert lost[0].detail == won[0].agent["name"]


async def test_after_a_takeover_the_assistant_says_nothing_more(office: Office) -> None:
    """Raced against the end of the reply: what was said before the takeover stays, and only that."""
    ana = await office.hire()
    for n in range(ROUNDS):
        visitor = office.visitor()
        said = await visitor.say("Hola")
        assert said.turn is not None
        work: list[Any] = [
            office.act(ana, "take_over", said.conversation_id),
            replies.complete_turn(office.rpc, said.turn, reply(), CLAIM),
        ]
        taken, completed = await asyncio.gather(*(work if n % 2 else work[::-1]))
        if not n % 2:
            taken, completed = completed, taken
        joined = taken.messages[0]["seq"]
        messages = (await visitor.history()).messages
        assert [m for m in messages if m["author"] == "assistant" and m["seq"] > joined] == []
        assert completed.accepted == any(m["author"] == "assistant" for m in messages)
        follow = await visitor.say("¿sigue ahí?")
        assert (follow.turn, follow.handler) == (None, "seller")


async def test_only_whoever_has_it_answers(office: Office) -> None:
    ana, luis, boss = await office.hire(name="Ana"), await office.hire(), await office.hire("admin")
    conversation = (await office.visitor().say("Hola")).conversation_id
    with pytest.raises(Conflict) as early:
        await office.send(ana, conversation, "Hola")
    assert early.value.code == "conversation.not_taken"
    await office.act(ana, "take_over", conversation)
    with pytest.raises(Forbidden):
        await office.send(luis, conversation, "yo también")
    with pytest.raises(Conflict) as theirs:
        await office.send(boss, conversation, "soy el jefe")
    assert (theirs.value.code, theirs.value.detail) == ("conversation.not_yours", "Ana")
    sent = await office.send(ana, conversation, "Hola, soy Ana")
    assert sent["message"]["sender"]["name"] == "Ana"
    assert sent["message"]["author"] == "seller"
    await office.act(boss, "take_over", conversation)
    with pytest.raises(Conflict):
        await office.send(ana, conversation, "sigo yo")


async def test_the_same_message_again_is_stored_once(office: Office) -> None:
    ana = await office.hire()
    conversation = (await office.visitor().say("Hola")).conversation_id
    await office.act(ana, "take_over", conversation)
    sends = await asyncio.gather(
        *(office.send(ana, conversation, "uno", client_message_id="m1") for _ in range(10))
    )
    assert len({s["message"]["message_id"] for s in sends}) == 1
    assert sum(not s["duplicate"] for s in sends) == 1
    with pytest.raises(Conflict) as refused:
        await office.send(ana, conversation, "otra cosa", client_message_id="m1")
    assert refused.value.code == "message.id_reused"


async def test_an_answer_that_one_has_not_seen_holds_the_message_back(office: Office) -> None:
    ana, boss = await office.hire(), await office.hire("admin")
    conversation = (await office.visitor().say("Hola")).conversation_id
    await office.act(ana, "take_over", conversation)
    first = await office.send(ana, conversation, "le llamo mañana")
    await office.act(boss, "take_over", conversation)
    with pytest.raises(Conflict) as held:
        await office.send(boss, conversation, "¿qué desea?", seen_seq=2)
    assert held.value.code == "message.newer_reply"
    await office.send(boss, conversation, "¿qué desea?", seen_seq=2, force=True)
    await office.send(boss, conversation, "dígame", seen_seq=first["message"]["seq"])


async def test_notes_stay_with_the_staff(office: Office) -> None:
    ana, luis = await office.hire(), await office.hire()
    visitor = office.visitor()
    conversation = (await visitor.say("Hola")).conversation_id
    note = await office.send(luis, conversation, "parece serio", private=True)
    assert note["message"]["private"] is True
    assert note["conversation"]["handler"] == "assistant"
    assert note["conversation"]["last_message_text"] == "Hola"
    assert "parece serio" not in str(await visitor.history())
    seen = await office.call(ana, "staff_messages", conversation=conversation)
    assert [m["context"]["text"] for m in seen["data"]] == ["Hola", "parece serio"]


async def test_transfer(office: Office) -> None:
    ana, luis, marketing = await office.hire(), await office.hire(name="Luis"), await office.hire("marketing")
    conversation = (await office.visitor().say("Hola")).conversation_id
    await office.act(ana, "take_over", conversation)
    given = await office.act(ana, "assign_conversation", conversation, to=luis.staff_id)
    assert given.agent is not None
    assert given.agent["name"] == "Luis"
    await office.send(luis, conversation, "Soy Luis")
    assert await office.listed(ana) == [conversation]
    for nobody in (marketing.staff_id, "00000000-0000-7000-8000-000000000000"):
        with pytest.raises(NotFound):
            await office.act(luis, "assign_conversation", conversation, to=nobody)
    with pytest.raises(Conflict):
        await office.act(ana, "assign_conversation", conversation, to=ana.staff_id)


async def test_another_sites_conversation_cannot_be_steered(office: Office, elsewhere: Office) -> None:
    boss, stranger = await office.hire("admin"), await elsewhere.hire("admin")
    visitor = elsewhere.visitor()
    said = await visitor.say("Hola")
    theirs = said.conversation_id
    acts: list[tuple[str, dict[str, Any]]] = [
        ("take_over", {}),
        ("assign_conversation", {"to": boss.staff_id}),
        ("return_to_assistant", {}),
        ("close_conversation", {}),
        ("reopen_conversation", {}),
        ("snooze_conversation", {"until": "2099-01-01T00:00:00Z"}),
        ("block_conversation", {"blocked": True}),
        ("label_conversation", {"patch": {"tags": ["x"]}}),
    ]
    for function, args in acts:
        with pytest.raises(NotFound):
            await office.act(boss, function, theirs, **args)
    for work in (
        office.send(boss, theirs, "hola"),
        office.call(boss, "edit_seller_message", message=said.message["message_id"]),
        office.call(boss, "react", message=said.message["message_id"], emoji="👍"),
        office.call(boss, "start_conversation", contact=said.session["contact_id"]),
    ):
        with pytest.raises(NotFound):
            await work
    with pytest.raises(NotFound):
        await office.act(
            boss,
            "assign_conversation",
            (await office.visitor().say("x")).conversation_id,
            to=stranger.staff_id,
        )
    assert (await visitor.history()).conversation["handler"] == "assistant"  # type: ignore[index]


async def test_closing_and_being_written_to_again(office: Office) -> None:
    ana = await office.hire()
    visitor = office.visitor()
    conversation = (await visitor.say("Hola")).conversation_id
    await office.act(ana, "take_over", conversation)
    closed = await office.act(ana, "close_conversation", conversation, outcome="purchased")
    assert (closed.conversation["state"], closed.conversation["outcome"]) == ("closed", "purchased")
    assert closed.conversation["is_archived"] is True
    back = await visitor.say("una cosa más")
    assert back.turn is not None
    line = await office.call(ana, "staff_conversation", conversation=conversation)
    assert (line["state"], line["is_archived"]) == ("bot", False)
    with pytest.raises(AppError) as wrong:
        await office.act(ana, "close_conversation", conversation, outcome="world_peace")
    assert wrong.value.status == 422


async def test_reopening_by_the_staff(office: Office) -> None:
    ana = await office.hire()
    conversation = (await office.visitor().say("Hola")).conversation_id
    with pytest.raises(Conflict):
        await office.act(ana, "reopen_conversation", conversation)
    await office.act(ana, "close_conversation", conversation)
    opened = await office.act(ana, "reopen_conversation", conversation)
    assert (opened.conversation["state"], opened.conversation["assignee"]["uuid"]) == ("open", ana.staff_id)


@pytest.mark.parametrize("until", ["2099-01-01T00:00:00Z", "infinity"])
async def test_a_snooze_ends_with_the_visitors_next_message(office: Office, until: str) -> None:
    ana = await office.hire()
    visitor = office.visitor()
    conversation = (await visitor.say("Hola")).conversation_id
    await office.act(ana, "take_over", conversation)
    slept = await office.act(ana, "snooze_conversation", conversation, until=until)
    assert slept.conversation["state"] == "snoozed"
    # Until they write, and no moment: there is none to show.
    assert (slept.conversation["snoozed_until"] is None) == (until == "infinity")
    await visitor.say("¿y?")
    assert (await office.call(ana, "staff_conversation", conversation=conversation))["state"] == "open"
    with pytest.raises(AppError) as past:
        await office.act(ana, "snooze_conversation", conversation, until="2020-01-01T00:00:00Z")
    assert past.value.code == "conversation.snooze_in_past"


async def test_a_blocked_visitor_is_refused_until_unblocked(office: Office) -> None:
    ana = await office.hire()
    visitor = office.visitor()
    conversation = (await visitor.say("spam")).conversation_id
    blocked = await office.act(ana, "block_conversation", conversation, blocked=True)
    assert blocked.conversation["state"] == "blocked"
    with pytest.raises(Forbidden):
        await visitor.say("más spam")
    with pytest.raises(Conflict):
        await office.act(ana, "take_over", conversation)
    await office.act(ana, "block_conversation", conversation, blocked=False)
    assert (await visitor.say("perdón")).turn is not None


async def test_waiting_is_counted_from_the_first_unanswered_message(office: Office) -> None:
    ana = await office.hire()
    visitor = office.visitor()
    conversation = (await visitor.say("Hola")).conversation_id

    async def waiting() -> Any:
        return (await office.call(ana, "staff_conversation", conversation=conversation))["waiting_since"]

    assert await waiting() is None
    await office.act(ana, "take_over", conversation)
    since = await waiting()
    assert since is not None
    await visitor.say("¿hay alguien?")
    assert await waiting() == since
    await office.send(ana, conversation, "nota", private=True)
    assert await waiting() == since
    await office.send(ana, conversation, "sí")
    assert await waiting() is None
    await visitor.say("bien")
    assert await waiting() is not None


async def test_what_is_answered_needs_no_turn_when_it_is_handed_back(office: Office) -> None:
    ana = await office.hire()
    visitor = office.visitor()
    conversation = (await visitor.say("Hola")).conversation_id
    await office.act(ana, "take_over", conversation)
    await visitor.say("¿precio?")
    await office.send(ana, conversation, "diez mil")
    back = await office.act(ana, "return_to_assistant", conversation)
    assert (back.turn, back.conversation["handler"]) == (None, "assistant")
    again = await office.act(ana, "return_to_assistant", conversation)
    assert not again.changed
    assert (await visitor.say("gracias")).turn is not None


async def test_edit_and_delete_ones_own_for_a_while(office: Office) -> None:
    ana, boss = await office.hire(), await office.hire("admin")
    visitor = office.visitor()
    conversation = (await visitor.say("Hola")).conversation_id
    await office.act(ana, "take_over", conversation)
    mine = (
        await office.send(ana, conversation, "cien", extra={"quick_replies": [{"label": "a", "value": "b"}]})
    )["message"]
    edited = await office.call(ana, "edit_seller_message", message=mine["message_id"], content="mil")
    assert edited["message"]["context"]["text"] == "mil"
    assert edited["message"]["timestamps"]["updated_at"] > mine["timestamps"]["updated_at"]
    with pytest.raises(Forbidden):
        await office.call(boss, "edit_seller_message", message=mine["message_id"], content="x")
    gone = await office.call(ana, "edit_seller_message", message=mine["message_id"])
    assert gone["message"]["status"]["is_deleted"] is True
    shown = next(m for m in (await visitor.history()).messages if m["message_id"] == mine["message_id"])
    assert shown["context"] == {"text": "", "type": "text"}
    with pytest.raises(Conflict):
        await office.call(ana, "edit_seller_message", message=mine["message_id"], content="x")
    old = (await office.send(ana, conversation, "viejo"))["message"]
    office.admin.execute(
        "update mensajes set creado_en = creado_en - interval '16 min' where id = %s", [old["message_id"]]
    )
    with pytest.raises(Conflict) as late:
        await office.call(ana, "edit_seller_message", message=old["message_id"], content="x")
    assert late.value.code == "message.too_old"


async def test_reactions_are_there_once_per_person(office: Office) -> None:
    ana, luis = await office.hire(), await office.hire()
    said = await office.visitor().say("Hola")
    message = said.message["message_id"]
    for who in (ana, ana, luis):
        row = await office.call(who, "react", message=message, emoji="👍")
    assert [r["user_uuid"] for r in row["message"]["reactions"]] == [ana.staff_id, luis.staff_id]
    row = await office.call(ana, "react", message=message, emoji="👍", on=False)
    assert [r["user_uuid"] for r in row["message"]["reactions"]] == [luis.staff_id]


async def test_whoever_leaves_the_site_lets_go(office: Office) -> None:
    ana, boss = await office.hire(), await office.hire("admin")
    visitor = office.visitor()
    conversation = (await visitor.say("Hola")).conversation_id
    await office.act(ana, "take_over", conversation)
    await office.rpc.call(
        "change_staff",
        site=office.site["id"],
        actor=boss.staff_id,
        staff=ana.staff_id,
        role=None,
        disabled=True,
    )
    line = await office.call(boss, "staff_conversation", conversation=conversation)
    assert (line["state"], line["assignee"]) == ("waiting", None)
    assert line["waiting_since"] is not None
    assert (await visitor.say("¿hola?")).turn is not None


async def test_a_seller_writes_first(office: Office) -> None:
    ana = await office.hire()
    said = await office.visitor().say("Hola")
    started = await office.call(ana, "start_conversation", contact=said.session["contact_id"])
    assert started["conversation"]["uuid"] == said.conversation_id
    assert started["conversation"]["assignee"]["uuid"] == ana.staff_id


async def test_canned_replies_are_ones_own_or_everybodys(office: Office, elsewhere: Office) -> None:
    ana, luis, boss = await office.hire(name="Ana"), await office.hire(), await office.hire("admin")
    texts = {"es": "Hola {{contact_name}}"}
    mine = await office.call(ana, "save_canned", shortcut="hola", texts=texts, shared=False)
    shared = await office.call(boss, "save_canned", shortcut="hola", texts=texts, shared=True)
    with pytest.raises(Forbidden):
        await office.call(ana, "save_canned", shortcut="todos", texts=texts, shared=True)
    with pytest.raises(Conflict) as taken:
        await office.call(ana, "save_canned", shortcut="hola", texts=texts, shared=False)
    assert taken.value.code == "canned.shortcut_taken"
    listed = await office.rpc.call("list_canned", site=office.site["id"], staff=luis.staff_id)
    assert [r["id"] for r in listed] == [shared["id"]]
    stranger = await elsewhere.hire("admin")
    for who, where, id_ in (
        (luis, office, mine["id"]),
        (luis, office, shared["id"]),
        (stranger, elsewhere, shared["id"]),
    ):
        with pytest.raises(NotFound):
            await where.call(who, "delete_canned", id=id_)
    conversation = (await office.visitor().say("Hola")).conversation_id
    used = await office.call(ana, "use_canned", conversation=conversation, id=mine["id"])
    assert used["values"]["seller_name"] == "Ana"
    with pytest.raises(NotFound):
        await office.call(luis, "use_canned", conversation=conversation, id=mine["id"])
    await office.call(ana, "delete_canned", id=mine["id"])


async def test_every_act_of_ownership_is_audited(office: Office) -> None:
    ana = await office.hire()
    visitor = office.visitor()
    conversation = (await visitor.say("Hola")).conversation_id
    await office.act(ana, "take_over", conversation)
    message = (await office.send(ana, conversation, "hola"))["message"]["message_id"]
    await office.call(ana, "edit_seller_message", message=message, content="x")
    await office.call(ana, "edit_seller_message", message=message)
    await office.act(ana, "return_to_assistant", conversation)
    await office.act(ana, "close_conversation", conversation)
    await office.act(ana, "block_conversation", conversation, blocked=True)
    assert office.audited(ana) == [
        "conversation.taken_over",
        "message.sent",
        "message.edited",
        "message.deleted",
        "conversation.returned",
        "conversation.closed",
        "conversation.blocked",
    ]
