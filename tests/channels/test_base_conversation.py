"""The base conversation (seed 002) as a visitor has it over HTTP, word by word, and what it leaves in the database.

After a change that is meant: `TALIA_TEST_WRITE_TRANSCRIPTS=1 make test ARGS=tests/channels/test_base_conversation.py`,
and read the diff, since it is what visitors will read.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest

from tests.channels.conftest import Look, MakeVisitor, StartTalia
from tests.rigs.http_visitor import HttpVisitor

FOLDER = Path(__file__).parent / "transcripts"
MOMENT = re.compile(r"(a más tardar|no máximo|answer by) [^.]*[.]")
VISITS = {
    "es": (
        "Buenas, ¿cuánto cuesta el Corolla?",
        "Ana Pérez",
        "sí, acepto",
        "ana.perez@gmial.com",
        "sí",
        "829-555-1234",
        "¿y tienen financiamiento?",
        "quiero hablar con una persona",
        "gracias, hasta luego",
    ),
    "en": (
        "Hello, is the Corolla still available?",
        "I'd like a test drive",
        "Saturday morning",
        "my name is John Smith",
        "yes",
        "john at example dot com",
        "no",
        "are you a robot?",
        "thanks, bye",
    ),
    "pt": (
        "Oi, boa tarde! Qual o preço?",
        "Meu nome é João da Silva e meu telefone é +55 11 91234-5678",
        "não",
        "e onde fica a loja?",
        "sim",
        "obrigado, tchau",
    ),
}


async def visit(ana: HttpVisitor, locale: str, look: Look) -> str:
    opened = await ana.open(
        locale=f"{locale}-XX", item={"title": "Toyota Corolla 2023", "price": 1250000, "currency": "DOP"}
    )
    lines = [opened["site"]["greeting"][locale], _buttons(opened["site"]["quick_replies"][locale]), ""]
    for text in VISITS[locale]:
        answer = (await ana.say(text)).json()
        lines += [
            f"> {text}",
            MOMENT.sub(r"\1 [[moment]].", answer["reply"]),
            _buttons([q["label"] for q in answer["metadata"]["quick_replies"]]),
        ]
        if answer["metadata"]["handler"] != "assistant":
            lines.append(f"   [[handler: {answer['metadata']['handler']}]]")
        lines.append("")
    return "\n".join(line for line in lines if line is not None) + _what_is_stored(look)


def _buttons(labels: list[str]) -> str | None:
    return "   " + " ".join(f"[{label}]" for label in labels) if labels else None


def _what_is_stored(look: Look) -> str:
    def rows(statement: str) -> list[dict[str, Any]]:
        return look(statement)

    contact = rows(
        "select nombre_completo, email, telefono, identity, lead_captured_at is not null as lead from contactos"
    )
    consents = rows(
        "select purpose, granted, source, m.texto from consents c left join mensajes m on m.id = c.message_id"
        " order by c.created_at"
    )
    # How often a score moves is the rubric's affair, and tested with it.
    outbox = rows(
        "select kind from outbox where cancelled_at is null and kind <> 'chat.lead.updated' order by created_at"
    )
    return "\n".join(
        [
            "-- stored",
            *(f"contact: {', '.join(str(value) for value in row.values())}" for row in contact),
            *(f"consent: {', '.join(str(value) for value in row.values())}" for row in consents),
            *(f"outbox: {row['kind']}" for row in outbox),
            "",
        ]
    )


@pytest.mark.parametrize("locale", VISITS)
async def test_word_by_word(
    start_talia: StartTalia, make_visitor: MakeVisitor, look: Look, locale: str
) -> None:
    told = await visit(make_visitor(start_talia()), locale, look)
    path = FOLDER / f"{locale}.txt"
    if os.environ.get("TALIA_TEST_WRITE_TRANSCRIPTS"):
        path.write_text(told, encoding="utf-8")
    assert told == path.read_text(encoding="utf-8")
