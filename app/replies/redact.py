"""E-mail addresses and phone numbers, kept from the model: placeholders go out, and the answer gets the real ones back.

A placeholder such as `[EMAIL_1]` stands for one exact spelling, the same one all through a turn. Text that already
looks like a placeholder is itself replaced (by `[TEXT_1]`), so nobody can write one and have it filled in:
`restore(redact(text)) == text` for every text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from app.leads.finding import Found, find_emails, find_phones, hide
from app.remembered import Remembered

Kind = Literal["EMAIL", "PHONE", "TEXT"]
Span = tuple[int, int, Kind]

# Models like to write the underscore of a placeholder with a backslash, or the whole of it in lower case.
_PLACEHOLDER = re.compile(
    r"\\\[(EMAIL|PHONE|TEXT)\\?_([0-9]{1,4})\\\]|\[(EMAIL|PHONE|TEXT)\\?_([0-9]{1,4})\]",
    re.ASCII | re.IGNORECASE,
)
_LONGEST = len("\\[EMAIL\\_1234\\]")


def _begun(word: str) -> str:
    """A pattern for every beginning of `word`."""
    pattern = ""
    for letter in reversed(word):
        pattern = f"(?:{re.escape(letter)}{pattern})?" if pattern else f"(?:{re.escape(letter)})?"
    return pattern


_KIND_BEGUN = "|".join(
    rf"{kind}\\?_[0-9]{{0,4}}\\?|{kind}\\?|{_begun(kind)}" for kind in ("EMAIL", "PHONE", "TEXT")
)
_UNFINISHED = re.compile(rf"\\?(?:\[(?:{_KIND_BEGUN}))?\Z", re.ASCII | re.IGNORECASE)


class Redactor:
    """The placeholders of one turn.

    `region` (ISO 3166-1 alpha-2) makes local phone numbers readable; `known` are contact values as stored, which are
    hidden in whatever way they are spaced.
    """

    def __init__(self, *, region: str, known: Iterable[str | None] = ()) -> None:
        self._contacts = _contacts_of(region)
        self._known = _known_pattern(known)
        self._placeholders: dict[str, str] = {}
        self._values: dict[tuple[str, int], str] = {}
        self._counts: dict[Kind, int] = {"EMAIL": 0, "PHONE": 0, "TEXT": 0}

    def redact(self, text: str) -> str:
        """The text as the model may see it."""
        spans = self._spans(text)
        if not spans:
            return text
        out: list[str] = []
        at = 0
        for start, end, kind in spans:
            out += (text[at:start], self._placeholder(kind, text[start:end]))
            at = end
        out.append(text[at:])
        return "".join(out)

    def restore(self, text: str) -> str:
        """The text with the real values. A placeholder that was never given out stays as it is."""
        if "[" not in text:
            return text
        return _PLACEHOLDER.sub(self._value, text)

    def restorer(self) -> Restorer:
        """A `restore` for text that arrives in chunks."""
        return Restorer(self)

    def _value(self, match: re.Match[str]) -> str:
        kind, number = match[1] or match[3], match[2] or match[4]
        return self._values.get((kind.upper(), int(number)), match[0])

    def _placeholder(self, kind: Kind, raw: str) -> str:
        if (known := self._placeholders.get(raw)) is not None:
            return known
        self._counts[kind] += 1
        number = self._counts[kind]
        self._values[kind, number] = raw
        self._placeholders[raw] = f"[{kind}_{number}]"
        return self._placeholders[raw]

    def _spans(self, text: str) -> list[Span]:
        spans: list[Span] = []
        if "[" in text:
            spans += ((m.start(), m.end(), "TEXT") for m in _PLACEHOLDER.finditer(text))
            text = hide(text, [Found(start, end, "") for start, end, _ in spans])
        if self._known is not None:
            found = [Found(m.start(), m.end(), m[0]) for m in self._known.finditer(text)]
            spans += ((f.start, f.end, "EMAIL" if "@" in f.raw else "PHONE") for f in found)
            text = hide(text, found)
        spans += self._contacts(text)
        return sorted(spans)


@lru_cache(maxsize=256)
def _contacts_of(region: str) -> Remembered[[str], tuple[Span, ...]]:
    """Where in a text addresses and numbers stand, for sites of one region."""

    def read(text: str) -> tuple[Span, ...]:
        emails = find_emails(text)
        phones = find_phones(hide(text, emails), region)
        return (
            *((f.start, f.end, "EMAIL") for f in emails),
            *((f.start, f.end, "PHONE") for f in phones),
        )

    return Remembered(read)


class Restorer:
    """`feed` and `finish` return the restored text; only what may become a placeholder is held back."""

    __slots__ = ("_held", "_redactor")

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor
        self._held = ""

    def feed(self, chunk: str) -> str:
        if not self._held and "[" not in chunk and "\\" not in chunk:
            return chunk
        text = self._held + chunk
        start = _unfinished(text)
        self._held = text[start:]
        return self._redactor.restore(text[:start])

    def finish(self) -> str:
        text, self._held = self._held, ""
        return text


def _unfinished(text: str) -> int:
    """Where a placeholder may have begun that the end of the text cuts."""
    for start in range(max(len(text) - _LONGEST, 0), len(text)):
        if text[start] in "[\\" and _UNFINISHED.match(text, start):
            return start
    return len(text)


def _known_pattern(known: Iterable[str | None]) -> re.Pattern[str] | None:
    parts: list[str] = []
    for value in known:
        if not value:
            continue
        if "@" in value:
            parts.append(re.escape(value))
        else:
            digits = re.sub(r"\D", "", value)
            parts.append(r"\+?\(?" + r"[\s.()/-]{0,3}".join(digits))
    return re.compile("|".join(rf"(?<!\w){part}(?!\w)" for part in parts), re.IGNORECASE) if parts else None
