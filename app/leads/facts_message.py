"""What the rules find in one message by itself, and how it is kept: by its places, without a word of the visitor's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from app.leads.facts_asked import find_answers, kinds_asked
from app.leads.facts_cold import find_cold
from app.leads.facts_company import find_company, find_website
from app.leads.facts_learned import may_be_cold
from app.leads.facts_money import find_money
from app.leads.facts_people import find_people
from app.leads.facts_requests import find_called_off, find_requests
from app.leads.facts_text import MAX_READ, Folded, fold, without_forged
from app.leads.facts_want import MAX_VALUE, Said, find_topic, find_wants
from app.leads.facts_when import When, find_when
from app.leads.types import COLD, Fact, VisitorMessage, fact_order
from app.remembered import Remembered

_SUBJECTS = frozenset(("need", "interest", "request", COLD))
_CORRECTED = re.compile(
    r"\b(?:mejor|perdon|corrijo|digo|no|en realidad|actually|rather|instead|sorry|i mean|make (?:it|that)"
    r"|melhor|desculpa|na verdade|quer dizer)\b"
)
_FAR_MATTERS = frozenset(("visit", "test_drive", "call", "buy"))


@dataclass(frozen=True, slots=True)
class Found:
    """A fact by its places in a message as it was written, so that it can be kept without a word of the visitor's:
    `quote` and, where `code` is empty, the words at `about` are its value. Both are `(start, end)`."""

    criterion: str
    code: str
    quote: tuple[int, int]
    about: tuple[int, int]
    data: dict[str, Any] = field(default_factory=dict)

    def of(self, message: VisitorMessage) -> Fact:
        start, end = self.quote
        value = self.code or " ".join(message.text[slice(*self.about)].split())[:MAX_VALUE]
        quote = message.text[start:end]
        return Fact(self.criterion, value, message.id, quote, "extractor", message.seq, start, self.data)


def find_by_rules(message: VisitorMessage) -> tuple[Fact, ...]:
    """What the rules alone find in one message, by itself."""
    found = _read_message(message.text, message.asked, message.at.date())
    return tuple(sorted((f.of(message) for f in found), key=fact_order))


@Remembered
def _read_message(written: str, asked: str, day: date) -> tuple[Found, ...]:
    folded = fold(written)
    text = folded.text
    cold = list(find_cold(text)) if may_be_cold(text) else []
    said = [
        *cold,
        *(s for s in find_wants(text) if not _overlaps(s, cold)),
        *find_requests(text),
        *find_called_off(text),
        *find_people(text),
    ]
    times = list(find_when(text, day, asked="when" in kinds_asked(asked)))
    said = [s for s in said if not _is_put_off(s, times, folded)]
    details: dict[Said, dict[str, Any]] = {}
    for money, data in find_money(text):
        said.append(money)
        details[money] = dict(data)
    if when := _meant(times, text):
        timeline = Said("timeline", when.value, when.start, when.end)
        said.append(timeline)
        details[timeline] = {"date": when.day.isoformat()} if when.day else {}
    if not asked and not {s.criterion for s in said} & _SUBJECTS:
        said.extend(find_topic(text))
    answers = find_answers(text, asked, frozenset(s.criterion for s in said))
    far = any(s.criterion == "timeline" and s.value == "far" for s in said)
    # "Can we come this week?" - "after the holidays": asks for nothing now.
    said.extend(s for s in answers if not (far and s.criterion == "request" and s.value in _FAR_MATTERS))
    return (*places_of(said, details, folded), *_names(written))


def _names(written: str) -> list[Found]:
    """Company and website: capitals matter here, so they are read from the text as it was written."""
    text = without_forged(written[:MAX_READ])
    spans = (("company", find_company(text)), ("website", find_website(text)))
    return [Found(name, "", at, at) for name, at in spans if at and at[0] < at[1]]


def places_of(said: Sequence[Said], details: dict[Said, dict[str, Any]], folded: Folded) -> list[Found]:
    """What was said in a folded text, by its places in the text as it was written. `details`: data of some of it."""
    kept: list[Said] = []
    for one in sorted(said, key=lambda s: (s.criterion, s.value, s.start, -s.end)):
        last = kept[-1] if kept else None
        same = last is not None and (last.criterion, last.value) == (one.criterion, one.value)
        if not (same and last is not None and one.start < last.end):
            kept.append(one)
    quotes = [(one, _span(folded, one.start, one.end)) for one in kept]
    return [
        Found(one.criterion, one.value, quote, _about(folded, one) or quote, details.get(one, {}))
        for one, quote in quotes
        if quote
    ]


def _about(folded: Folded, said: Said) -> tuple[int, int] | None:
    return _span(folded, *said.about) if said.about else None


def _span(folded: Folded, start: int, end: int) -> tuple[int, int] | None:
    """Where `folded.quote(start, end)` stands in the original; None if nothing is left of it."""
    first, quote = folded.quote(start, end)
    return (first, first + len(quote)) if quote else None


def _overlaps(one: Said, others: Iterable[Said]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def _is_put_off(said: Said, times: Sequence[When], folded: Folded) -> bool:
    """A visit next year is no request now; an offer for something next year is."""
    if said.criterion != "request" or said.value not in _FAR_MATTERS:
        return False
    begin, end = folded.clause(said.start)
    inside = [t.value for t in times if begin <= t.start < end]
    return "far" in inside and "near" not in inside


def _meant(times: Sequence[When], text: str) -> When | None:
    """The time that counts in one message: the last one if it corrects another, else the nearest."""
    ordered = sorted(_longest(times), key=lambda t: t.start)
    if not ordered:
        return None
    for earlier, later in zip(reversed(ordered[:-1]), reversed(ordered[1:]), strict=True):
        if _CORRECTED.search(text, earlier.end, later.start):
            return later
    best = min((t.value for t in ordered), key=("near", "far", "none").index)
    same = [t for t in ordered if t.value == best]
    return replace(same[0], day=next((t.day for t in same if t.day), None))


def _longest(times: Sequence[When]) -> list[When]:
    return [
        t
        for t in times
        if not any(
            o is not t and o.start <= t.start and t.end <= o.end and (o.end - o.start) > (t.end - t.start)
            for o in times
        )
    ]
