"""What was read in a text is read once, forgotten in time, and holds nothing of the text."""

from __future__ import annotations

import gc
from datetime import UTC, datetime

import pytest

from app import remembered
from app.leads.facts import find_facts
from app.leads.types import Fact, VisitorMessage
from app.remembered import Remembered
from app.replies.redact import Redactor


def test_a_text_is_read_once() -> None:
    reads: list[str] = []
    length = Remembered(lambda text: reads.append(text) or len(text))

    assert [length("hola"), length("hola"), length("adiós"), length("\ud800")] == [4, 4, 5, 1]
    assert reads == ["hola", "adiós", "\ud800"]


def test_the_oldest_goes_when_it_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "KEPT", 4)
    reads: list[str] = []
    length = Remembered(lambda text: reads.append(text) or len(text))

    for text in ("a", "b", "c", "d", "e"):
        length(text)
    reads.clear()
    for text in ("e", "d", "a"):
        length(text)

    assert reads == ["a"]


def test_nothing_of_a_text_stays_in_memory() -> None:
    canary = "".join(("canary-", "7391", "@", "remembered", ".example"))
    assert Redactor(region="DO").redact(f"mi correo es {canary}") == "mi correo es [EMAIL_1]"

    del canary
    gc.collect()
    kept = [
        repr(one._known)
        for one in gc.get_objects()
        if isinstance(one, Remembered) and getattr(one, "_known", None)
    ]

    assert kept
    assert not any("7391@remembered" in text for text in kept)


def test_no_message_stays_in_memory_because_facts_were_read_in_it() -> None:
    canary = "".join(("piano ", "de cola ", "canario 5512"))
    asked = VisitorMessage("m1", f"Hola, quiero comprar un {canary}", datetime(2026, 11, 20, tzinfo=UTC), 1)
    facts = find_facts([asked])
    assert [f.value for f in facts if f.criterion == "need"] == [canary]
    assert find_facts([asked]) == facts

    del asked, facts
    gc.collect()
    left = [o for o in gc.get_objects() if isinstance(o, (Fact, VisitorMessage, Remembered))]

    assert not any("canario 5512" in repr(o if not isinstance(o, Remembered) else o._known) for o in left)
