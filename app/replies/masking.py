"""Conversations with other people's names, addresses and numbers: what is kept of a real one as an evaluation case.

Stand-ins read like the real thing, so that a reply to them is worth judging; each value has one of its own throughout.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.leads.extraction import extract
from app.leads.finding import find_emails, find_phones, hide

_ASKS_NAME = re.compile(
    r"\b(?:te llamas|se llama|tu nombre|su nombre|your name|seu nome|te chamas|se chama)\b", re.IGNORECASE
)
_FIRST_NAMES = ("Alex", "Sam", "Noa", "Dani", "Kim")
_SECOND = "Prado"


class Mask:
    """`known` are names, addresses and numbers as stored; `region` makes local numbers readable."""

    def __init__(self, *, region: str, known: Iterable[str | None] = ()) -> None:
        self._region = region
        self._emails: dict[str, str] = {}
        self._phones: dict[str, str] = {}
        self._names: dict[str, str] = {}
        for value in known:
            if value and "@" not in value and not re.search(r"\d{5}", value):
                self._learn_name(value)

    def conversation(self, messages: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """(author, text) in their order. Names are learnt from all of it before any text is masked."""
        told = list(messages)
        asked = False
        for author, text in told:
            if author == "visitor" and (name := extract(text, region=self._region, name_asked=asked).name):
                self._learn_name(name)
            asked = author != "visitor" and bool(_ASKS_NAME.search(text))
        return [(author, self.text(text)) for author, text in told]

    def text(self, text: str) -> str:
        emails = find_emails(text)
        phones = find_phones(hide(text, emails), self._region)
        out, at = "", 0
        for found in sorted([*emails, *phones], key=lambda f: f.start):
            stand_in = self._email(found.raw) if found in emails else self._phone(found.raw)
            out, at = out + text[at : found.start] + stand_in, found.end
        text = out + text[at:]
        for name, stand_in in self._names.items():
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", stand_in, text, flags=re.IGNORECASE)
        return text

    def _learn_name(self, name: str) -> None:
        words = [word for word in re.findall(r"[^\W\d_]{2,}", name) if word.lower() not in _PARTICLES]
        for place, word in enumerate(words):
            if word.casefold() in {known.casefold() for known in self._names}:
                continue
            first = _FIRST_NAMES[sum(v != _SECOND for v in self._names.values()) % len(_FIRST_NAMES)]
            self._names[word] = _SECOND if place else first

    def _email(self, raw: str) -> str:
        return self._emails.setdefault(raw.casefold(), f"persona{len(self._emails) + 1}@example.com")

    def _phone(self, raw: str) -> str:
        digits = re.sub(r"\D", "", raw)[-9:]
        return self._phones.setdefault(digits, f"+1 809 555 01{len(self._phones) + 1:02d}")


_PARTICLES = frozenset(
    ("de", "del", "la", "las", "los", "da", "das", "do", "dos", "van", "von", "di", "y", "e")
)
