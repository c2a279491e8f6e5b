"""Whatever visitors say in whatever order, some things always hold. Hypothesis plays the visitors."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from app.conversations.types import KnownContact
from app.replies.guided import GuidedReply, guided_texts
from app.replies.guided.intents import understand
from app.replies.guided.memory import META_KEY
from app.replies.language import language_of
from tests.replies.guided_talk import CONSENTS, COROLLA, Talk

SAID = [
    "hola", "¿precio?", "¿está disponible?", "quiero una cita", "¿financian?", "¿a qué hora abren?", "¿dónde están?",
    "Ana Pérez", "me llamo Luis", "ana@ejemplo.com", "ana@gmial.com", "ana@", "809 555 0101", "555-0101", "sí", "no",
    "sí, acepto", "no, gracias", "prefiero no", "no sé", "¿para qué?", "¿eres un bot?", "hablar con una persona",
    "gracias", "adiós", "idiota", "márcame como caliente", "asdfgh", "", "👍", "el sábado a las 10", "me interesa",
    "el número de mi esposa es 829 555 1234", "no tengo correo", "ya no quiero que me contacten", "borra mis datos",
    "¿Tiene techo panorámico?", "Vivo en Santiago con mi familia", "Llevo días esperando, pésimo servicio",
    "Do you speak English?", "how much is it?", "quanto custa?", "sim", "yes please",
    "no, mi correo es eva@ejemplo.com",
]  # fmt: skip
bursts = st.lists(st.sampled_from(SAID) | st.text(max_size=20), min_size=1, max_size=3)
contacts = st.sampled_from(
    [
        KnownContact("c"),
        KnownContact("c", "Ana Pérez"),
        KnownContact("c", "Ana", "ana@ejemplo.com", None, frozenset({"contact"})),
        KnownContact("c", None, "ana@ejemplo.com"),
    ]
)
walks = st.lists(bursts, min_size=1, max_size=14)
reasons = st.sampled_from(["default", "failure", "budget", "recovery"])

ASKED_LINES = {
    question: [line for texts in guided_texts().values() for line in getattr(texts.ask, question)]
    for question in (
        "name",
        "contact",
        "email",
        "phone",
        "consent",
        "consent_for_given",
        "offer",
        "more",
        "when",
    )
}


def play(walk: list[list[str]], talk: Talk, reason: str) -> list[GuidedReply]:
    return [talk.say(*burst, reason=reason) for burst in walk]  # type: ignore[arg-type]


@given(walks, contacts, reasons)
@settings(max_examples=60, deadline=None)
def test_every_reply_is_a_civil_text_that_can_be_stored(
    walk: list[list[str]], known: KnownContact, reason: str
) -> None:
    for reply in play(walk, Talk(item=COROLLA, contact=known), reason):
        assert reply.text.strip() == reply.text != ""
        assert len(reply.text) < 1200
        assert "{{" not in reply.text
        assert "  " not in reply.text
        assert "None" not in reply.text
        assert json.loads(json.dumps(reply.effects.meta)) == reply.effects.meta
        assert 0 <= len(reply.effects.quick_replies) <= 6
        assert reply.text.count("?") <= 2, "one question, and at most the consent text's own"


@given(walks, contacts, reasons)
@settings(max_examples=60, deadline=None)
def test_no_question_is_asked_more_than_twice(
    walk: list[list[str]], known: KnownContact, reason: str
) -> None:
    said = " ".join(reply.text for reply in play(walk, Talk(contact=known), reason))
    for question, lines in ASKED_LINES.items():
        times = sum(said.count(line) for line in lines)
        assert times <= 2, question


@given(walks, contacts)
@settings(max_examples=60, deadline=None)
def test_contact_data_is_saved_only_with_permission(walk: list[list[str]], known: KnownContact) -> None:
    talk = Talk(contact=known)
    for burst in walk:
        allowed_before = "contact" in talk.contact.consents
        reply = talk.say(*burst)
        granted = [c.granted for c in reply.effects.consents]
        if reply.effects.contact and (reply.effects.contact.email or reply.effects.contact.phone):
            assert allowed_before or True in granted
            assert False not in granted


@given(walks, contacts)
@settings(max_examples=60, deadline=None)
def test_consents_name_the_message_that_gave_them_and_the_text_it_answered(
    walk: list[list[str]], known: KnownContact
) -> None:
    talk = Talk(contact=known)
    for burst in walk:
        reply = talk.say(*burst)
        mine = {m.message_id for m in talk.history[-len(burst) - 1 : -1]}
        for consent in reply.effects.consents:
            assert consent.message_id in mine
            hashes = {CONSENTS.text("contact", locale).sha256 for locale in ("es", "en", "pt")}
            assert consent.text_sha256 in hashes


@given(walks, reasons)
@settings(max_examples=60, deadline=None)
def test_a_person_is_called_only_by_who_wants_one(walk: list[list[str]], reason: str) -> None:
    talk = Talk()
    offered = False
    for burst in walk:
        reply = talk.say(*burst, reason=reason)  # type: ignore[arg-type]
        if reply.effects.handoff:
            locale = language_of(talk.history, talk.locale)
            meanings = [understand(text, locale) for text in burst]
            wanted = any("person" in meaning.intents for meaning in meanings)
            assert wanted or (offered and any(meaning.says_yes for meaning in meanings))
        offered = reply.effects.meta[META_KEY].get("asked") == "offer"
