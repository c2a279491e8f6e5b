"""Permission in a conversation with a model: our text, judged by code, proven by the visitor's own message."""

from __future__ import annotations

import pytest

from tests.channels.conftest import Look, MakeVisitor
from tests.fakes.upstream import Call, FakeUpstream, Reply, Rule
from tests.rigs.server import TaliaServer

ASK = (
    Rule(has_tool_result=True, reply=Reply(text="Para que el equipo pueda escribirte:")),
    Reply(tool_calls=(Call(name="ask_contact_consent", arguments="{}"),)),
)


@pytest.mark.parametrize(
    ("answer", "granted"), [("Sí, acepto", True), ("No, gracias", False), ("¿y el precio?", None)]
)
async def test_the_answer_to_the_text_is_recorded(
    with_model: TaliaServer,
    upstream: FakeUpstream,
    make_visitor: MakeVisitor,
    look: Look,
    answer: str,
    granted: bool | None,
) -> None:
    ana = make_visitor(with_model)
    opened = await ana.open()
    upstream.script(*ASK)
    asked = (await ana.say("Me llamo Ana, me interesa el Corolla")).json()
    assert asked["reply"].startswith("Para que el equipo pueda escribirte:\n\n")
    assert opened["site"]["consents"]["texts"]["contact"]["es"] in asked["reply"]
    assert [q["label"] for q in asked["metadata"]["quick_replies"]] == ["Sí, acepto", "No, gracias"]

    upstream.script(Reply(text="De acuerdo."))
    said = (await ana.say(answer)).json()["metadata"]
    rows = look("select purpose, granted, text_version, source, message_id::text from consents")
    if granted is None:
        assert rows == []
        return
    assert rows == [
        {
            "purpose": "contact",
            "granted": granted,
            "text_version": opened["site"]["consents"]["version"],
            "source": "chat",
            "message_id": said["last_message_id"],
        }
    ]
    state = '"contact_consent": "given"' if granted else '"contact_consent": "refused"'
    assert state in upstream.requests[-1].body["instructions"]


async def test_a_lead_needs_data_and_permission(
    with_model: TaliaServer, upstream: FakeUpstream, make_visitor: MakeVisitor, look: Look
) -> None:
    ana = make_visitor(with_model)
    await ana.open()
    upstream.script(*ASK)
    await ana.say("Soy Ana, mi correo es ana@example.com")
    assert look("select 1 from outbox where kind = 'lead_captured'") == []
    upstream.script(Reply(text="Gracias."))
    await ana.say("sí")
    assert len(look("select 1 from outbox where kind = 'lead_captured'")) == 1
