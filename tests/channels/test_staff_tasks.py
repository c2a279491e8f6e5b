"""Promises over HTTP: what a seller or the assistant writes becomes a task, and inboxes hear of it."""

from __future__ import annotations

import asyncio
import uuid

import pytest

from tests.channels.conftest import MakeVisitor, StartTalia, model_at
from tests.channels.test_staff_streams import line_of, until
from tests.fakes.upstream import FakeUpstream, Reply
from tests.rigs.staff import Hired


@pytest.mark.parametrize("by", ["assistant", "seller"])
async def test_a_promise_is_a_dated_task(
    start_talia: StartTalia,
    upstream: FakeUpstream,
    make_visitor: MakeVisitor,
    database_url: str,
    by: str,
) -> None:
    upstream.script(Reply(text="Gracias. Te llamamos mañana a las 10." if by == "assistant" else "¡Hola!"))
    server = start_talia(**model_at(upstream))
    visitor, hired = make_visitor(server), Hired(server, database_url)
    await visitor.open(locale="es")
    async with hired() as ana, ana.events() as events, asyncio.timeout(60):
        await until(events, "chat.sync")
        said = (await visitor.say("Hola")).json()
        one = f"/chat/conversations/{said['metadata']['conversation_id']}"
        if by == "seller":
            await ana.post(f"{one}/take-over")
            message = {"content": "Te llamamos mañana a las 10.", "client_message_id": "c-1"}
            for expected in (False, True):
                sent = await ana.post(f"{one}/messages", message)
                assert sent["duplicate"] is expected
        told = (await until(events, "chat.task.updated")).data["task"]
        assert (told["kind"], told["text"]) == ("call", "Te llamamos mañana a las 10.")
        await line_of(
            events, told["conversation_uuid"], tasks={"open": 1, "due_at": told["due_at"], "overdue": False}
        )
        [listed] = (await ana.get("/chat/tasks", params={"view": "open"}))["data"]
        assert listed["id"] == told["id"]
        assert (listed["assignee"] is None) == (by == "assistant")
        done = await ana.post(f"/chat/tasks/{told['id']}/complete")
        assert done["done_by"]["uuid"] == ana.id
        assert (await until(events, "chat.task.updated")).data["task"]["done_at"]


@pytest.mark.parametrize(
    ("locale", "asks"),
    [
        ("es", "Quiero agendar una visita"),
        ("en", "I'd like to book a visit"),
        ("pt", "Quero agendar uma visita"),
    ],
)
async def test_the_visit_that_a_guided_reply_leaves_to_the_team_is_one_too(
    start_talia: StartTalia, make_visitor: MakeVisitor, database_url: str, locale: str, asks: str
) -> None:
    server = start_talia()
    visitor = make_visitor(server)
    await visitor.open(locale=locale)
    reply = (await visitor.say(asks)).json()["reply"]
    async with Hired(server, database_url)() as ana:
        [task] = (await ana.get("/chat/tasks", params={"view": "open"}))["data"]
    assert (task["kind"], task["author"], task["assignee"]) == ("confirm", "assistant", None)
    assert task["text"] in reply
    assert task["due_at"] is not None


async def test_what_is_sent_about_tasks_is_checked(
    start_talia: StartTalia, make_visitor: MakeVisitor, database_url: str
) -> None:
    server = start_talia()
    visitor = make_visitor(server)
    conversation = (await visitor.say("Hola")).json()["metadata"]["conversation_id"]
    path = f"/chat/conversations/{conversation}/tasks"
    good = {"text": "Enviar ficha", "due_at": "2099-01-01T10:00:00-04:00"}
    async with Hired(server, database_url)() as ana:
        for wrong in (
            {"due_at": "2099-01-01T10:00:00"},
            {"due_at": "9999-12-31T23:59:59-12:00"},
            {"text": ""},
            {"text": "a\x00"},
            {"kind": "dance"},
            {"assignee": "me"},
            {"done": True},
        ):
            answer = await ana.request("POST", path, json=good | wrong)
            assert answer.status_code == 422, wrong
        made = await ana.post(path, good, status=201)
        assert made["due_at"] == "2099-01-01T14:00:00.000000Z"
        assert (await ana.request("PATCH", f"/chat/tasks/{made['id']}", json={})).status_code == 422
        unassigned = await ana.post(f"/chat/tasks/{made['id']}", {"assignee": None}, method="PATCH")
        assert unassigned["assignee"] is None
        assert (await ana.get("/chat/tasks", params={"view": "mine"}))["data"] == []
        listed = await ana.get("/chat/tasks", params={"view": "open", "conversation": conversation})
        assert [t["id"] for t in listed["data"]] == [made["id"]]
        for params in ({"cursor": "x"}, {"view": "all"}, {"limit": 0}):
            assert (await ana.request("GET", "/chat/tasks", params=params)).status_code == 422
        unknown = await ana.request("POST", f"/chat/tasks/{uuid.uuid4()}/complete", json={})
        assert (unknown.status_code, unknown.json()["code"]) == (404, "task.not_found")
