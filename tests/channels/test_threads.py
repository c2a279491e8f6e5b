"""TALIA_OPENAI_THREADS=openai: the conversation is kept there, and rebuilt from here when it is lost."""

from __future__ import annotations

from typing import Any

import pytest

from tests.channels.conftest import Look, MakeVisitor, StartTalia, model_at
from tests.fakes.upstream import Call, FakeUpstream, Fault, Reply, Rule
from tests.rigs.http_visitor import HttpVisitor


@pytest.fixture
async def ana(start_talia: StartTalia, upstream: FakeUpstream, make_visitor: MakeVisitor) -> HttpVisitor:
    visitor = make_visitor(
        start_talia(**model_at(upstream, openai_threads="openai", openai_first_text_seconds=2))
    )
    await visitor.open()
    return visitor


def sent(upstream: FakeUpstream, number: int = -1) -> list[str]:
    """The texts that one request brought, not counting what its conversation held."""
    return [item["content"] for item in upstream.requests[number].body["input"] if "content" in item]


def kept(upstream: FakeUpstream, thread: str) -> list[tuple[str, str]]:
    """What a conversation holds, as (role, text)."""
    return [(i["role"], _text(i["content"])) for i in upstream.threads.get(thread).items if "role" in i]


def _text(content: Any) -> str:
    return content if isinstance(content, str) else "".join(part["text"] for part in content)


async def reply_to(visitor: HttpVisitor, content: str) -> str:
    answer = await visitor.say(content)
    assert answer.status_code == 200, answer.text
    reply: str = answer.json()["reply"]
    return reply


def thread_of(look: Look) -> str:
    [row] = look("select assistant_thread_id from webchat_sessions")
    thread: str = row["assistant_thread_id"]
    return thread


async def test_only_what_is_new_is_sent(ana: HttpVisitor, upstream: FakeUpstream, look: Look) -> None:
    for number in (1, 2, 3):
        upstream.script(Reply(text=f"R{number}"))
        assert await reply_to(ana, f"P{number}") == f"R{number}"
        assert sent(upstream) == [f"P{number}"]
    assert {request.body["conversation"] for request in upstream.requests} == {thread_of(look)}
    assert kept(upstream, thread_of(look)) == [
        ("user", "P1"), ("assistant", "R1"), ("user", "P2"), ("assistant", "R2"), ("user", "P3"), ("assistant", "R3"),
    ]  # fmt: skip


async def test_a_lost_conversation_is_rebuilt(ana: HttpVisitor, upstream: FakeUpstream, look: Look) -> None:
    upstream.script(Reply(text="R1"))
    await reply_to(ana, "P1")
    lost = thread_of(look)
    upstream.threads.lose(lost)
    upstream.script(Reply(text="R2"))
    assert await reply_to(ana, "P2") == "R2"
    assert thread_of(look) != lost
    assert kept(upstream, thread_of(look)) == [
        ("user", "P1"),
        ("assistant", "R1"),
        ("user", "P2"),
        ("assistant", "R2"),
    ]
    assert await reply_to(ana, "P3") == "R2"
    assert sent(upstream) == ["P3"]


async def test_a_lost_tool_call_does_not_end_the_conversation(
    ana: HttpVisitor, upstream: FakeUpstream, look: Look
) -> None:
    upstream.script(Reply(text="R1"))
    await reply_to(ana, "P1")
    call = Call(name="show_quick_replies", arguments='{"options":["Sí"]}')
    upstream.script(
        Rule(has_tool_result=True, reply=Reply(fault=Fault(kind="status", status=500, retry_after="0"))),
        Reply(tool_calls=(call,)),
    )
    orphaned = thread_of(look)
    assert await reply_to(ana, "P2")
    assert any(item.get("type") == "function_call" for item in upstream.threads.get(orphaned).items)
    upstream.script(Reply(text="R3"))
    assert await reply_to(ana, "P3") == "R3"
    assert thread_of(look) != orphaned
    roles_and_texts = kept(upstream, thread_of(look))
    assert [text for _, text in roles_and_texts][:3] == ["P1", "R1", "P2"]
    assert roles_and_texts[-2:] == [("user", "P3"), ("assistant", "R3")]
    assert roles_and_texts[3][0] == "assistant", "what the guided assistant said meanwhile belongs to it"


async def test_a_locked_conversation_is_waited_for(
    ana: HttpVisitor, upstream: FakeUpstream, look: Look
) -> None:
    upstream.script(Reply(text="R1"))
    await reply_to(ana, "P1")
    upstream.threads.lock(thread_of(look), 2)
    assert await reply_to(ana, "P2") == "R1"
    assert len(upstream.requests) == 4


async def test_a_conversation_that_stays_locked_gets_the_guided_assistant(
    ana: HttpVisitor, upstream: FakeUpstream, look: Look
) -> None:
    upstream.script(Reply(text="R1"))
    await reply_to(ana, "P1")
    locked = thread_of(look)
    upstream.threads.lock(locked, 1_000)
    guided = await reply_to(ana, "P2")
    [turn] = look("select source, failure from turns order by created_at desc limit 1")
    assert turn == {"source": "guided", "failure": "thread_locked"}
    assert await reply_to(ana, "P3") == "R1"
    assert thread_of(look) != locked
    assert kept(upstream, thread_of(look)) == [
        ("user", "P1"), ("assistant", "R1"), ("user", "P2"), ("assistant", guided), ("user", "P3"), ("assistant", "R1"),
    ]  # fmt: skip


async def test_placeholders_mean_the_same_in_every_turn(
    ana: HttpVisitor, upstream: FakeUpstream, look: Look
) -> None:
    upstream.script(Reply(text="Anotado: [EMAIL_1]."))
    assert await reply_to(ana, "Soy ana@example.com") == "Anotado: ana@example.com."
    upstream.script(Reply(text="Le escribo a [EMAIL_1] con copia a [EMAIL_2]."))
    assert await reply_to(ana, "Con copia a eva@example.org, por favor") == (
        "Le escribo a ana@example.com con copia a eva@example.org."
    )
    assert sent(upstream) == ["Con copia a [EMAIL_2], por favor"]
    assert "example" not in str([r.body["input"] for r in upstream.requests])


async def test_an_account_without_conversations_still_answers(
    start_talia: StartTalia, upstream: FakeUpstream, make_visitor: MakeVisitor, look: Look
) -> None:
    upstream.threads.capacity = 0
    upstream.script(Reply(text="R1"))
    visitor = make_visitor(start_talia(**model_at(upstream, openai_threads="openai")))
    await visitor.open()
    assert await reply_to(visitor, "P1")
    assert await reply_to(visitor, "P2")
    turns = look("select state, source from turns")
    assert [t["state"] for t in turns] == ["done", "done"]
