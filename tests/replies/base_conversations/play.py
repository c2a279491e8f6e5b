"""The base conversations (seed 002): what the guided assistant does with a visitor who comes to buy, word by word.

`python -m tests.replies.base_conversations.play` writes the transcripts anew. Read the diff before you commit it:
it is what visitors will read.
"""

from __future__ import annotations

from pathlib import Path

from tests.replies.guided_talk import COROLLA, Talk

FOLDER = Path(__file__).parent

# Each step is one turn: a message, or several that came as a burst.
STEPS: dict[str, tuple[tuple[str, ...], ...]] = {
    "es": (
        ("Hola",),
        ("me interesa el corolla", "cuánto cuesta y todavía está disponible?"),
        ("¿y financiamiento tienen?",),
        ("Ana Pérez",),
        ("¿para qué quieres mis datos?",),
        ("ok, acepto",),
        ("ana.perez@gmial.com",),
        ("sí, ese es",),
        ("829-555-123",),
        ("829-555-1234",),
        ("sí por favor",),
        ("quiero ir a verlo",),
        ("el sábado a las 10",),
        ("eres un robot?",),
        ("gracias, hasta luego",),
    ),
    "en": (
        ("Hi there!",),
        ("How much is it? And is it still available?",),
        ("Can I come for a test drive?",),
        ("Saturday morning",),
        ("my name is John Smith",),
        ("sure",),
        ("john dot smith at gmail dot com",),
        ("I'd rather not",),
        ("does it have leather seats?",),
        ("no, that's all",),
        ("can I talk to a real person?",),
        ("thanks, bye",),
    ),
    "pt": (
        ("Oi, boa tarde",),
        ("qual o preço?",),
        ("prefiro não dizer",),
        ("e onde fica a loja?",),
        ("sim",),
        ("quanto tempo vai demorar?",),
        ("meu nome é João da Silva e meu telefone é +55 11 91234-5678",),
        ("não",),
        ("pode apagar meus dados?",),
        ("obrigado, tchau",),
    ),
}


def transcript(locale: str) -> str:
    talk = Talk(locale={"es": "es-DO", "en": "en-US", "pt": "pt-BR"}[locale], item=COROLLA)
    for texts in STEPS[locale]:
        talk.say(*texts)
    return talk.transcript()


if __name__ == "__main__":
    for each in STEPS:
        (FOLDER / f"{each}.txt").write_text(transcript(each), encoding="utf-8")
