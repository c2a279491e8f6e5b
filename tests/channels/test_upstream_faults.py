"""Whatever the model's server does, the visitor soon reads an answer, and a turn has exactly one outcome."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from app.replies import compose
from tests.channels.conftest import Look, MakeVisitor, StartTalia, model_at
from tests.channels.screen import Screen
from tests.fakes.upstream import Call, FakeUpstream, Fault, Reply, Rule
from tests.rigs.http_visitor import HttpVisitor, SseEvent

FIRST_TEXT = 0.8
SOON = FIRST_TEXT + 2.0
"""Room for a busy machine; a turn that is only found again by its lease takes fifteen seconds."""
TEXT = "Tenemos camionetas de muchas marcas para usted hoy mismo en la tienda."

BEFORE_TEXT: list[tuple[Fault, str]] = [
    (Fault(kind="stall_headers"), "timeout"),
    (Fault(kind="stall"), "timeout"),
    (Fault(kind="close_before_headers"), "cut"),
    (Fault(kind="reset_before_headers"), "cut"),
    (Fault(kind="html"), "malformed"),
    (Fault(kind="end"), "cut"),
    (Fault(kind="bad_json"), "malformed"),
    (Fault(kind="bad_utf8"), "malformed"),
    (Fault(kind="error"), "failed"),
    (Fault(kind="failed"), "failed"),
    (Fault(kind="status", status=500, retry_after="0"), "unavailable"),
    (Fault(kind="status", status=429, retry_after="0"), "rate_limited"),
    (Fault(kind="status", status=429, retry_after="60"), "rate_limited"),
    (Fault(kind="status", status=429, code="insufficient_quota"), "quota"),
    (Fault(kind="status", status=401), "auth"),
    (Fault(kind="status", status=400), "bad_request"),
    (Fault(kind="status", status=400, code="content_filter"), "filtered"),
]

AFTER_TEXT: list[tuple[Fault, str]] = [
    (Fault(kind="stall", at=4), "timeout"),
    (Fault(kind="reset", at=4), "cut"),
    (Fault(kind="cut", at=4), "cut"),
    (Fault(kind="end", at=4), "cut"),
    (Fault(kind="bad_json", at=4), "malformed"),
    (Fault(kind="bad_utf8", at=4), "malformed"),
    (Fault(kind="error", at=4), "failed"),
    (Fault(kind="error_nested", at=4), "failed"),
    (Fault(kind="failed", at=4), "failed"),
    (Fault(kind="max_output_tokens"), "truncated"),
    (Fault(kind="content_filter"), "filtered"),
]

NO_ANSWER: list[tuple[Reply, str]] = [
    (Reply(empty=True), "empty"),
    (Reply(text="  \n "), "empty"),
    (Reply(refusal="No puedo ayudar con eso."), "refused"),
    (Reply(commentary="Voy a pensar qué le digo.", empty=True), "empty"),
    (Reply(tool_calls=(Call(name="show_quick_replies", arguments='{"options":["Sí"]}'),)), "guard_empty"),
]


def name_of(value: Any) -> str:
    if isinstance(value, Fault):
        return f"{value.kind}-{value.code or (value.status if value.kind == 'status' else value.at)}"
    return value if isinstance(value, str) else "reply"


@dataclass
class Answer:
    """What a visitor saw: the first text after so many seconds, and the screen at the end."""

    first_text: float
    events: list[SseEvent]
    screen: Screen


async def ask(visitor: HttpVisitor, content: str = "Hola, ¿qué tienen?") -> Answer:
    began = time.monotonic()
    events, first_text = [], float("inf")
    async with visitor.stream(content) as stream:
        async for event in stream:
            if event.type == "chat.reply.delta" and first_text == float("inf"):
                first_text = time.monotonic() - began
            events.append(event)
    return Answer(first_text, events, Screen.after(events))


@pytest.fixture(autouse=True)
def _hasty_guided_assistant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compose, "GUIDED_PIECE_SECONDS", 0.0)


@pytest.fixture(params=["responses", "chat"])
async def ana(
    request: pytest.FixtureRequest, start_talia: StartTalia, upstream: FakeUpstream, make_visitor: MakeVisitor
) -> AsyncIterator[HttpVisitor]:
    """A visitor of a server with short deadlines, over each of the two protocols."""
    server = start_talia(
        **model_at(
            upstream, openai_api=request.param, openai_first_text_seconds=FIRST_TEXT, openai_stall_seconds=0.3
        )
    )
    visitor = make_visitor(server)
    await visitor.open()
    return visitor


def the_turn(look: Look) -> dict[str, Any]:
    """The only turn there is; and the only reply is its own."""
    [turn] = look(
        "select id, state, source, failure, attempt, answer_message_id, upto_seq, first_text_ms from turns"
    )
    [reply] = look("select id, turn_id, texto, datos, attempt from mensajes where author = 'assistant'")
    assert (turn["state"], turn["answer_message_id"], turn["id"]) == ("done", reply["id"], reply["turn_id"])
    assert (turn["attempt"], turn["source"]) == (reply["attempt"], reply["datos"]["source"])
    return turn | {"text": reply["texto"]}


@pytest.mark.parametrize(("fault", "kind"), BEFORE_TEXT, ids=name_of)
async def test_a_fault_before_any_text(
    ana: HttpVisitor, upstream: FakeUpstream, look: Look, fault: Fault, kind: str
) -> None:
    upstream.script(Reply(text=TEXT, fault=fault))
    answer = await ask(ana)
    turn = the_turn(look)
    assert (turn["source"], turn["failure"], turn["attempt"]) == ("guided", kind, 1)
    assert answer.screen.texts[1:] == [turn["text"]]
    assert answer.first_text < SOON
    assert "chat.reply.restarted" not in answer.screen.types


@pytest.mark.parametrize(("fault", "kind"), AFTER_TEXT, ids=name_of)
async def test_a_fault_after_some_text_discards_it(
    ana: HttpVisitor, upstream: FakeUpstream, look: Look, fault: Fault, kind: str
) -> None:
    upstream.script(Reply(text=TEXT, tokens_per_second=100, fault=fault))
    answer = await ask(ana)
    turn = the_turn(look)
    assert (turn["source"], turn["failure"], turn["attempt"]) == ("guided", kind, 2)
    assert answer.screen.texts[1:] == [turn["text"]]
    assert TEXT.split(maxsplit=1)[0] not in turn["text"], "a part of the broken answer was stored"
    assert answer.first_text < SOON
    restarts = [event for event in answer.events if event.type == "chat.reply.restarted"]
    assert [event.data["attempt"] for event in restarts] == [2]


@pytest.mark.parametrize(("reply", "kind"), NO_ANSWER, ids=name_of)
async def test_an_answer_that_is_none(
    ana: HttpVisitor, upstream: FakeUpstream, look: Look, reply: Reply, kind: str
) -> None:
    upstream.script(reply)
    answer = await ask(ana)
    turn = the_turn(look)
    assert (turn["source"], turn["failure"]) == ("guided", kind)
    assert answer.screen.texts[1:] == [turn["text"]]
    assert answer.first_text < SOON
    assert len(upstream.requests) <= 4


async def test_an_answer_without_end_is_ended(ana: HttpVisitor, upstream: FakeUpstream, look: Look) -> None:
    upstream.script(Reply(text="Le cuento: ", endless=True))
    answer = await ask(ana)
    turn = the_turn(look)
    assert answer.screen.texts[1:] == [turn["text"]]
    assert len(turn["text"]) <= 4000
    assert await upstream.requests[0].wait_closed() == "client_closed"


async def test_a_moment_of_trouble_is_waited_out(
    ana: HttpVisitor, upstream: FakeUpstream, look: Look
) -> None:
    upstream.script(
        Rule(times=1, reply=Reply(fault=Fault(kind="status", status=429, retry_after="0"))),
        Rule(times=1, reply=Reply(fault=Fault(kind="status", status=503, retry_after="0"))),
        Reply(text=TEXT),
    )
    answer = await ask(ana)
    assert answer.screen.texts[1:] == [TEXT]
    assert (the_turn(look)["source"], len(upstream.requests)) == ("model", 3)


async def test_the_next_message_after_a_fault_is_the_models_again(
    ana: HttpVisitor, upstream: FakeUpstream, look: Look
) -> None:
    upstream.script(
        Rule(times=1, reply=Reply(text=TEXT, fault=Fault(kind="cut", at=4))), Reply(text="Ya estoy aquí.")
    )
    await ask(ana)
    assert (await ask(ana, "¿Hola?")).screen.texts[1:] == ["Ya estoy aquí."]
    assert [t["source"] for t in look("select source from turns order by created_at")] == ["guided", "model"]
    sent = str(upstream.requests[-1].body)
    assert TEXT.split(maxsplit=1)[0] not in sent, "what was discarded is no part of the conversation"


async def test_a_server_that_is_down_costs_no_visitor_a_wait(
    ana: HttpVisitor, upstream: FakeUpstream, look: Look
) -> None:
    upstream.script(Reply(fault=Fault(kind="stall_headers")))
    for n in range(5):
        assert (await ask(ana, f"Hola {n}")).first_text > FIRST_TEXT / 2
    asked = len(upstream.requests)
    quick = await ask(ana, "¿Hola?")
    assert len(upstream.requests) == asked == 5, "the breaker is open"
    assert quick.first_text < FIRST_TEXT
    failures = [turn["failure"] for turn in look("select failure from turns order by created_at")]
    assert failures == ["timeout"] * 5 + ["unavailable"]


async def test_what_was_never_answered_is_not_charged(
    ana: HttpVisitor, upstream: FakeUpstream, look: Look
) -> None:
    upstream.script(Reply(fault=Fault(kind="status", status=500, retry_after="0")))
    for n in range(7):
        await ask(ana, f"Hola {n}")
    [used] = look("select sum(input_tokens + output_tokens)::int as tokens from turns")
    [budget] = look("select tokens_used, tokens_reserved from webchat_sessions")
    assert (used["tokens"], budget) == (0, {"tokens_used": 0, "tokens_reserved": 0})


async def test_what_was_cut_off_is_charged_by_estimate(
    ana: HttpVisitor, upstream: FakeUpstream, look: Look
) -> None:
    upstream.script(Reply(text=TEXT, tokens_per_second=100, fault=Fault(kind="cut", at=4)))
    await ask(ana)
    [used] = look("select input_tokens, output_tokens from turns")
    assert used["input_tokens"] > 500
    assert used["output_tokens"] > 4


@pytest.mark.parametrize("api", ["responses", "chat"])
async def test_tools_do_not_extend_the_time_to_the_first_text(
    start_talia: StartTalia, upstream: FakeUpstream, make_visitor: MakeVisitor, look: Look, api: str
) -> None:
    call = Call(name="show_quick_replies", arguments='{"options":["Sí","No"]}')
    upstream.script(
        Rule(has_tool_result=True, reply=Reply(fault=Fault(kind="stall_headers"))),
        Reply(tool_calls=(call,), first_token_seconds=FIRST_TEXT * 0.7),
    )
    server = start_talia(**model_at(upstream, openai_api=api, openai_first_text_seconds=FIRST_TEXT))
    visitor = make_visitor(server)
    await visitor.open()
    answer = await ask(visitor)
    assert answer.first_text < SOON
    assert (the_turn(look)["source"], the_turn(look)["failure"]) == ("guided", "timeout")


@pytest.mark.faults
@pytest.mark.parametrize("fault", [Fault(kind="stall_headers"), Fault(kind="stall")], ids=name_of)
async def test_with_the_settings_as_they_are_nobody_waits_longer_than_eight_seconds(
    start_talia: StartTalia, upstream: FakeUpstream, make_visitor: MakeVisitor, look: Look, fault: Fault
) -> None:
    upstream.script(Reply(fault=fault))
    visitor = make_visitor(start_talia(**model_at(upstream)))
    await visitor.open()
    answer = await ask(visitor)
    assert 6 < answer.first_text < 8
    assert the_turn(look)["failure"] == "timeout"
