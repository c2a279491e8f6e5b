"""What a model may do besides talking: validated, bounded, and committed with the reply or not at all."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.channels.conftest import Look, MakeVisitor, StartTalia, model_at
from tests.fakes.upstream import Asked, Call, FakeUpstream, Fault, Reply, Rule
from tests.rigs.http_visitor import HttpVisitor


@pytest.fixture(params=["responses", "chat"])
async def ana(
    request: pytest.FixtureRequest, start_talia: StartTalia, upstream: FakeUpstream, make_visitor: MakeVisitor
) -> HttpVisitor:
    visitor = make_visitor(start_talia(**model_at(upstream, openai_api=request.param)))
    await visitor.open(locale="es")
    return visitor


def calls(*wanted: tuple[str, dict[str, Any] | str]) -> tuple[Call, ...]:
    return tuple(Call(name=n, arguments=a if isinstance(a, str) else json.dumps(a)) for n, a in wanted)


def results(upstream: FakeUpstream) -> list[dict[str, Any]]:
    """What the tools answered in the last request."""
    body = upstream.requests[-1].body
    answers = [i["output"] for i in body.get("input", []) if i.get("type") == "function_call_output"]
    answers += [m["content"] for m in body.get("messages", []) if m.get("role") == "tool"]
    return [json.loads(answer) for answer in answers]


def once(reply: Reply, then: str = "Hecho.") -> tuple[Rule, Reply]:
    return Rule(has_tool_result=False, reply=reply), Reply(text=then)


async def test_a_contact_is_saved_as_the_visitor_wrote_it(
    ana: HttpVisitor, upstream: FakeUpstream, look: Look
) -> None:
    upstream.script(
        *once(
            Reply(
                tool_calls=calls(
                    ("save_contact", {"name": "Ana Pérez", "email": "[EMAIL_1]", "phone": "[PHONE_1]"})
                )
            )
        )
    )
    reply = (await ana.say("Soy Ana Pérez, ana@example.com, 809-555-1234")).json()["reply"]
    assert reply == "Hecho."
    assert results(upstream) == [{"ok": True}]
    [contact] = look("select nombre_completo, email, telefono, identity from contactos")
    assert tuple(contact.values()) == ("Ana Pérez", "ana@example.com", "+18095551234", "claimed")
    assert look("select kind from outbox where kind = 'lead_captured'") == [], "there is no consent yet"


async def test_an_invented_contact_is_refused(ana: HttpVisitor, upstream: FakeUpstream, look: Look) -> None:
    upstream.script(
        *once(
            Reply(
                tool_calls=calls(
                    ("save_contact", {"name": "Eva", "email": None, "phone": None}),
                    ("save_contact", {"name": None, "email": "otra@example.com", "phone": None}),
                    ("save_contact", {"name": None, "email": None, "phone": "+18095550000"}),
                )
            )
        )
    )
    await ana.say("Hola, ¿qué tienen?")
    assert [result["ok"] for result in results(upstream)] == [False] * 3
    [contact] = look("select nombre_completo, email, telefono from contactos")
    assert tuple(contact.values()) == (None, None, None)


async def test_unknown_tools_foreign_ids_and_bad_arguments_change_nothing(
    ana: HttpVisitor, upstream: FakeUpstream, look: Look
) -> None:
    upstream.script(
        *once(
            Reply(
                tool_calls=calls(
                    ("drop_tables", {}),
                    ("__class__", {}),
                    ("save_contact", '{"name": "Ana"'),
                    ("save_contact", "[]"),
                    ("save_contact", ""),
                    ("save_contact", {"name": "Ana", "email": None, "phone": None, "contact_id": "1"}),
                    (
                        "request_handoff",
                        {"reason": "visitor_request", "summary": "x", "conversation_id": "1"},
                    ),
                    ("request_handoff", {"reason": "because", "summary": "x"}),
                    ("show_quick_replies", {"options": []}),
                    ("show_quick_replies", {"options": ["x" * 41]}),
                    ("show_quick_replies", {"options": [1, 2]}),
                )
            )
        )
    )
    assert (await ana.say("Soy Ana")).json()["reply"] == "Hecho."
    assert [result["ok"] for result in results(upstream)] == [False] * 11
    [row] = look(
        "select handler, (select count(*) from mensajes where author = 'system') as notes from conversaciones"
    )
    assert row == {"handler": "assistant", "notes": 0}


async def test_fifty_chained_calls_are_bounded(ana: HttpVisitor, upstream: FakeUpstream, look: Look) -> None:
    def again(asked: Asked) -> Reply:
        return Reply(tool_calls=calls(*[("show_quick_replies", {"options": [f"{asked.number}"]})] * 5))

    upstream.script(again)
    answer = (await ana.say("Hola")).json()
    assert answer["reply"]
    assert len(upstream.requests) == 4
    assert [bool(request.body.get("tools")) for request in upstream.requests] == [True, True, True, False]
    assert [t["source"] for t in look("select source from turns")] == ["guided"]


async def test_more_calls_than_allowed_in_one_turn_are_refused(
    ana: HttpVisitor, upstream: FakeUpstream
) -> None:
    upstream.script(*once(Reply(tool_calls=calls(*[("show_quick_replies", {"options": ["Sí"]})] * 20))))
    await ana.say("Hola")
    assert [result["ok"] for result in results(upstream)] == [True] * 12 + [False] * 8


async def test_quick_replies_come_with_the_reply(ana: HttpVisitor, upstream: FakeUpstream) -> None:
    upstream.script(
        *once(Reply(tool_calls=calls(("show_quick_replies", {"options": ["Sí", "No"]}))), "¿Le interesa?")
    )
    answer = (await ana.say("Hola")).json()
    expected = [{"label": "Sí", "value": "Sí"}, {"label": "No", "value": "No"}]
    assert answer["metadata"]["quick_replies"] == expected
    stored = (await ana.history())["data"][-1]["context"]["quick_replies"]
    assert [(r["label"], r["value"]) for r in stored] == [("Sí", "Sí"), ("No", "No")]


async def test_a_person_is_called_with_the_reply(
    ana: HttpVisitor, upstream: FakeUpstream, look: Look
) -> None:
    handoff = ("request_handoff", {"reason": "visitor_request", "summary": "Quiere negociar con [EMAIL_1]"})
    upstream.script(*once(Reply(tool_calls=calls(handoff)), "Ya avisé al equipo."))
    answer = (await ana.say("Quiero una persona; soy ana@example.com")).json()
    assert answer["metadata"]["handler"] == "queue"
    [row] = look("select handler, handoff_reason, handoff_summary from conversaciones")
    assert tuple(row.values()) == ("queue", "visitor_request", "Quiere negociar con ana@example.com")
    assert [m["author"] for m in (await ana.history())["data"]] == ["visitor", "assistant", "system"]


async def test_effects_of_an_answer_that_breaks_off_do_not_happen(
    ana: HttpVisitor, upstream: FakeUpstream, look: Look
) -> None:
    handoff = ("request_handoff", {"reason": "missing_knowledge", "summary": "x"})
    upstream.script(
        Rule(has_tool_result=False, reply=Reply(tool_calls=calls(handoff))),
        Reply(text="Ya avisé al equipo, enseguida vienen.", fault=Fault(kind="cut", at=3)),
    )
    await ana.say("Hola, ¿qué tienen?")
    [turn] = look("select source, failure from turns")
    assert tuple(turn.values()) == ("guided", "cut")
    reasons = [row["handoff_reason"] for row in look("select handoff_reason from conversaciones")]
    assert reasons != ["missing_knowledge"]


async def test_text_before_a_tool_and_after_it_are_two_paragraphs(
    ana: HttpVisitor, upstream: FakeUpstream
) -> None:
    options = ("show_quick_replies", {"options": ["Sí"]})
    upstream.script(*once(Reply(text="¡Claro que sí!", tool_calls=calls(options)), "¿Le parece bien?"))
    async with ana.stream("Hola") as stream:
        events = [event async for event in stream]
    assert events[-1].data["message"]["context"]["text"] == "¡Claro que sí!\n\n¿Le parece bien?"
