"""What is to be done for a visitor: promised in a message or added by hand, somebody's, dated, and done once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.conversations.types import Effects
from app.errors import Conflict, Forbidden, NotFound
from app.replies import store as replies
from app.replies.types import Reply, ReplyFacts
from tests.conversations.conftest import Office
from tests.rigs.visitors import CLAIM

SOON = (datetime.now(UTC) + timedelta(hours=2)).isoformat()
PAST = (datetime.now(UTC) - timedelta(hours=2)).isoformat()


def promise(due_at: str = SOON, kind: str = "call") -> dict[str, Any]:
    return {"promise": {"kind": kind, "quote": "Te llamamos.", "due_at": due_at}}


async def tasks(office: Office, me: Any, view: str = "mine", **more: Any) -> list[dict[str, Any]]:
    page = await office.call(me, "list_tasks", view=view, **more)
    found: list[dict[str, Any]] = page["data"]
    return found


async def test_what_a_seller_promises_is_theirs_and_said_again_only_has_another_date(office: Office) -> None:
    ana = await office.hire(name="Ana")
    conversation = (await office.visitor().say("Hola")).conversation_id
    await office.act(ana, "take_over", conversation)
    sent = await office.send(ana, conversation, "Te llamamos.", extra=promise())
    [task] = await tasks(office, ana)
    assert (task["kind"], task["text"], task["author"]) == ("call", "Te llamamos.", "seller")
    assert (task["assignee"]["name"], task["message_id"]) == ("Ana", sent["message"]["id"])
    assert "promise" not in str(sent["message"])
    later = (datetime.now(UTC) + timedelta(hours=5)).isoformat()
    await office.send(ana, conversation, "Te llamamos luego.", extra=promise(later))
    [moved] = await tasks(office, ana)
    assert moved["id"] == task["id"]
    assert moved["due_at"] > task["due_at"]
    line = await office.call(ana, "staff_conversation", conversation=conversation)
    assert line["tasks"] == {"open": 1, "due_at": moved["due_at"], "overdue": False}


async def test_what_the_assistant_promises_is_whoevers_comes_first(office: Office) -> None:
    ana, luis = await office.hire(), await office.hire()
    said = await office.visitor().say("Hola")
    assert said.turn is not None
    reply = Reply("Te llamamos.", "guided", Effects(meta=promise()), ReplyFacts())
    done = await replies.complete_turn(office.rpc, said.turn, reply, CLAIM)
    [task] = await tasks(office, luis, "open")
    assert (task["assignee"], task["author"], task["created_by"]) == (None, "assistant", None)
    told = await office.rpc.call(
        "promised_task", site=office.site["id"], message=done.messages[0]["message_id"]
    )
    assert told["task"]["id"] == task["id"]
    for _ in range(2):
        completed = await office.call(ana, "complete_task", task=task["id"])
        assert completed["done_by"]["uuid"] == ana.staff_id
    assert await tasks(office, ana, "open") == []
    assert [t["id"] for t in await tasks(office, ana, "done")] == [task["id"]]
    with pytest.raises(Conflict) as refused:
        await office.call(luis, "change_task", task=task["id"], patch={"text": "x"})
    assert refused.value.code == "task.done"


async def test_by_hand_given_on_and_listed_by_date(office: Office, elsewhere: Office) -> None:
    ana, luis, boss = await office.hire(), await office.hire(), await office.hire("admin")
    stranger = await elsewhere.hire()
    conversation = (await office.visitor().say("Hola")).conversation_id
    made = [
        await office.call(
            ana, "add_task", conversation=conversation, kind="other", text=f"t{n}", due_at=due, assignee=None
        )
        for n, due in enumerate((SOON, PAST))
    ]
    assert [t["text"] for t in await tasks(office, ana)] == ["t1", "t0"]
    assert [t["text"] for t in await tasks(office, luis, "overdue")] == ["t1"]
    page = await office.call(boss, "list_tasks", view="open", limit=1)
    rest = await office.call(boss, "list_tasks", view="open", after=page["next"], limit=1)
    assert [t["text"] for t in page["data"] + rest["data"]] == ["t1", "t0"]
    assert rest["next"] is None
    await office.act(ana, "take_over", conversation)
    assert await tasks(office, luis, "open") == [], "a colleague has the conversation"
    with pytest.raises(Forbidden):
        await office.call(luis, "complete_task", task=made[0]["id"])
    given = await office.call(ana, "change_task", task=made[0]["id"], patch={"assignee": luis.staff_id})
    assert given["assignee"]["uuid"] == luis.staff_id
    await office.call(luis, "complete_task", task=made[0]["id"])
    for nobody in (stranger.staff_id, (await office.hire("marketing")).staff_id):
        with pytest.raises(NotFound):
            await office.call(ana, "change_task", task=made[1]["id"], patch={"assignee": nobody})
    with pytest.raises(NotFound) as unknown:
        await elsewhere.call(stranger, "complete_task", task=made[1]["id"])
    assert unknown.value.code == "task.not_found"
    assert {"task.added", "task.changed", "tasks.listed"} <= set(office.audited(ana))
    assert "task.completed" in office.audited(luis)


async def test_what_somebody_who_left_had_to_do_is_everybodys(office: Office) -> None:
    ana, boss = await office.hire(), await office.hire("admin")
    conversation = (await office.visitor().say("Hola")).conversation_id
    await office.call(
        ana, "add_task", conversation=conversation, kind="call", text="x", due_at=SOON, assignee=None
    )
    office.admin.execute(
        "update staff_sites set disabled_at = now() where site_id = %s and staff_id = %s",
        [office.site["id"], ana.staff_id],
    )
    assert [t["assignee"] for t in await tasks(office, boss, "open")] == [None]


async def test_a_task_is_overdue_once(office: Office) -> None:
    ana = await office.hire()
    conversation = (await office.visitor().say("Hola")).conversation_id
    await office.call(
        ana, "add_task", conversation=conversation, kind="call", text="x", due_at=PAST, assignee=None
    )
    told = [
        (await office.rpc.call("inbox_moments"))["changed"].count(
            {"site": office.site["id"], "conversation": conversation}
        )
        for _ in range(2)
    ]
    assert told == [1, 0]


async def test_tasks_go_with_the_visitor(office: Office) -> None:
    ana = await office.hire()
    visitor = office.visitor()
    conversation = (await visitor.say("Hola")).conversation_id
    await office.call(
        ana, "add_task", conversation=conversation, kind="call", text="x", due_at=SOON, assignee=None
    )
    await office.rpc.call("erase_visitor", site=office.site["id"], token_hash=visitor.token_hash)
    assert await tasks(office, ana) == []
