"""Language: right on the shortest texts, and steady over those that say nothing."""

from __future__ import annotations

from itertools import count

import pytest

from app.conversations.types import TurnMessage
from app.prompting.types import LOCALES, Locale
from app.replies.language import as_locale, detect, language_of

CLEAR: dict[Locale, list[str]] = {
    "es": [
        "hola", "Hola!", "buenas", "buenos días", "buen dia", "gracias", "¿precio?", "sí", "si", "no gracias",
        "quiero el precio", "cuanto cuesta", "esta disponible?", "donde estan", "me llamo ana", "q precio tiene",
        "con una persona", "para que quieres mis datos", "el carro está disponible todavía?", "dale", "Saludos",
        "buenas tardes, vi el anuncio", "tienen financiamiento?",
    ],
    "en": [
        "hi", "hello", "Hey", "thanks", "thank you", "what's the price?", "is it available", "how much", "I'm Ana",
        "yes", "good morning", "can I speak to a person", "no thanks", "price", "bye", "where are you located?",
    ],
    "pt": [
        "oi", "olá", "ola", "bom dia", "boa tarde", "obrigado", "quanto custa", "está disponível?", "sim", "não",
        "quero saber o preço", "meu nome é Ana", "tchau", "onde fica", "tudo bem?", "com uma pessoa", "nao quero",
        "vcs financiam?", "ainda tem?", "qual o preço",
    ],
}  # fmt: skip
UNCLEAR = [
    "", "   ", "ok", "Ana Pérez", "ana@ejemplo.com", "809 555 0101", "👍", "no", "Toyota Corolla 2023", "test drive",
    "whatsapp", "para", "jajaja", "https://ejemplo.com/hola", "[EMAIL_1]", "???",
]  # fmt: skip


@pytest.mark.parametrize("fallback", LOCALES)
@pytest.mark.parametrize(("locale", "text"), [(locale, text) for locale in LOCALES for text in CLEAR[locale]])
def test_short_texts_are_recognised_whatever_was_expected(
    locale: Locale, text: str, fallback: Locale
) -> None:
    assert detect(text, fallback) == locale


@pytest.mark.parametrize("fallback", LOCALES)
@pytest.mark.parametrize("text", UNCLEAR)
def test_what_says_nothing_falls_back(text: str, fallback: Locale) -> None:
    assert detect(text, fallback) == fallback


def history(*texts: str, author: str = "visitor") -> list[TurnMessage]:
    seq = count(1)
    return [TurnMessage(f"m{n}", n, author, text) for text in texts for n in [next(seq)]]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("texts", "locale", "expected"),
    [
        ((), "pt-BR", "pt"),
        (("hola",), "en-US", "es"),
        (("Hello", "I want to buy a car"), "es-DO", "en"),
        (("oi",), "es-DO", "pt"),
        (("hola", "ok", "Ana Pérez", "ana@x.com", "thanks"), "en", "es"),
        (("hola", "ok bye"), "en", "es"),
        (("hola", "Do you speak English? How much is it?"), "es", "en"),
        (("hi", "perdona, prefiero en español", "ok"), "en", "es"),
        (("ok", "👍"), "pt", "pt"),
        (("Quiero un test drive del Toyota Corolla full", "email"), "en", "es"),
    ],
)
def test_what_the_visitor_writes_wins_and_stays(
    texts: tuple[str, ...], locale: str, expected: Locale
) -> None:
    assert language_of(history(*texts), locale) == expected


def test_what_others_write_does_not_count() -> None:
    assert (
        language_of(history("Hola, ¿en qué te ayudo?", "¿Cómo te llamas?", author="assistant"), "en") == "en"
    )


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("es-DO", "es"),
        ("pt_BR", "pt"),
        ("EN", "en"),
        ("fr-FR", "en"),
        ("", "es"),
        ("  es ", "es"),
        ("zz", "en"),
    ],
)
def test_tags_become_locales(tag: str, expected: Locale) -> None:
    assert as_locale(tag) == expected
