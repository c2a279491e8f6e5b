"""Facts by rules from what visitors write, in Spanish, English and Portuguese and whatever mixture of them.

They run on every message whether or not a model listens, so that a lead's quality never depends on one. Each fact
quotes the visitor exactly; what poses as data or as an order to the assistant is not read at all.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from app.leads.facts_asked import find_answers, kinds_asked
from app.leads.facts_cold import STICKY, find_buying_after_all, find_cold
from app.leads.facts_company import find_company, find_website
from app.leads.facts_learned import find_learned_cold, find_learned_wishes, may_be_cold
from app.leads.facts_money import find_money
from app.leads.facts_people import find_people
from app.leads.facts_requests import find_called_off, find_requests
from app.leads.facts_text import MAX_READ, Folded, fold, fold_text, without_forged
from app.leads.facts_want import MAX_VALUE, Said, find_topic, find_wants
from app.leads.facts_when import When, find_when
from app.leads.types import COLD, NONE, Fact, VisitorMessage, fact_order
from app.remembered import Remembered

__all__ = ["fact_order", "find_facts"]

_BUYERS = frozenset(
    ("need", "topic", "interest", "request", "budget", "timeline", "financing", "trade_in", "authority")
)
"""What only somebody who wants to buy can mean."""
_SAID_BY_BUYERS = frozenset(("need", "request", "timeline", "budget", "financing", "trade_in"))
"""Of these, what no passer-by says in passing."""
_DATA_ASKED = frozenset(("contact", "name"))
_SUBJECTS = frozenset(("need", "interest", "request", COLD))
_CORRECTED = re.compile(
    r"\b(?:mejor|perdon|corrijo|digo|no|en realidad|actually|rather|instead|sorry|i mean|make (?:it|that)"
    r"|melhor|desculpa|na verdade|quer dizer)\b"
)
_POINTING = frozenset(
    (
        "a",
        "buy",
        "comprar",
        "comprarla",
        "comprarlo",
        "esa",
        "ese",
        "eso",
        "esse",
        "esta",
        "este",
        "esto",
        "have",
        "i",
        "isso",
        "it",
        "la",
        "las",
        "le",
        "like",
        "llevo",
        "lo",
        "los",
        "me",
        "o",
        "one",
        "querer",
        "quero",
        "quiero",
        "quisiera",
        "see",
        "take",
        "that",
        "this",
        "to",
        "tomo",
        "want",
        "ver",
        "verla",
        "verlo",
        "would",
    )
)
"""Words that name nothing: "lo quiero", "I want that one"."""
_POINTS = re.compile(
    r"(?:ver|comprar|probar|llevar|conocer|manejar|reservar|apartar|pedir|tener|adquirir|visitar|agendar|alquilar|rentar)"
    r"(?:l[oa]s?|mel[oa]s?)\b|(?:see|buy|take|try|book|rent) (?:it|that|this|them)\b"
    r"|(?:ver|comprar|testar|reservar|alugar|levar) (?:el[ea]s?|iss[oa]|ess[ea])\b|ve-l[oa]s?\b"
)
"""How a wish begins whose object is a word for what was named before: "verlo mañana"."""
_NAMING = frozenset(("need", "interest", "topic"))
_FAR_MATTERS = frozenset(("visit", "test_drive", "call", "buy"))


@dataclass(frozen=True, slots=True)
class _Found:
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


def find_facts(messages: Iterable[VisitorMessage], known: Collection[str] = frozenset()) -> tuple[Fact, ...]:
    """Every fact in the messages of one conversation, by `(seq, start)`. All have the source `extractor`. `known`:
    criteria that somebody else than the rules has read in it.

    Somebody who wrote to complain, to sell or to find a job is no buyer: what they want afterwards is a need only where
    they say that it is another matter, and then `cold` is `none`.
    """
    facts: list[Fact] = []
    other_matter = False
    for message in sorted(messages, key=lambda m: m.seq):
        found = _in_message(message)
        found = _with_unheard(message, found, {*known, *(f.criterion for f in (*facts, *found))})
        if any(_is_sticky(f) for f in found):
            other_matter = True
        if other_matter:
            after_all = _buying_after_all(message)
            last = max((f.start + len(f.quote) for f in found if _is_sticky(f)), default=-1)
            # "… también, quería comparar precios con los míos" is the same matter still.
            if after_all and last > after_all[0].start + len(after_all[0].quote) - 1:
                after_all = ()
            if after_all:
                other_matter = False
                at = after_all[0].start
                found = (
                    *(f for f in found if f.criterion not in _BUYERS or f.start >= at),
                    *after_all,
                )
            else:
                found = tuple(f for f in found if f.criterion not in _BUYERS)
        facts.extend(found)
    return _named(sorted(facts, key=fact_order))


def _with_unheard(
    message: VisitorMessage, found: tuple[Fact, ...], known: Collection[str]
) -> tuple[Fact, ...]:
    """`found`, with what is said in words that no rule knows: that this is no buyer, or else a first need or date. An
    answer to "your name and number?" says nothing of the kind."""
    if COLD in {f.criterion for f in found} or _DATA_ASKED & set(kinds_asked(message.asked)):
        return found
    if cold := _learned_cold(message, len(_SAID_BY_BUYERS.intersection(known))):
        end = cold.start + len(cold.quote)
        apart = (f for f in found if f.criterion not in _BUYERS or not cold.start <= f.start < end)
        return tuple(sorted((*apart, cold), key=fact_order))
    wishes = [f for f in _learned_wishes(message) if f.criterion not in known]
    if not wishes:
        return found
    # What a message is about is said once.
    told = (f for f in found if f.criterion != "topic") if wishes[0].criterion == "need" else found
    return tuple(sorted((*told, *wishes), key=fact_order))


def _learned_cold(message: VisitorMessage, buying: int) -> Fact | None:
    return next((f.of(message) for f in _read_learned_cold(message.text, buying)), None)


@Remembered
def _read_learned_cold(written: str, buying: int) -> tuple[_Found, ...]:
    folded = fold(written)
    said = find_learned_cold(folded.text, buying)
    return tuple(_found([said], {}, folded)) if said else ()


def _learned_wishes(message: VisitorMessage) -> tuple[Fact, ...]:
    return tuple(sorted((f.of(message) for f in _read_learned_wishes(message.text)), key=fact_order))


@Remembered
def _read_learned_wishes(written: str) -> tuple[_Found, ...]:
    folded = fold(written)
    return tuple(_found(list(find_learned_wishes(folded.text)), {}, folded))


def _named(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """A need that only points has the name of what was spoken of before it; its quote stays what was said."""
    named: list[Fact] = []
    name: str | None = None
    for fact in facts:
        value = fold_text(fact.value)
        pointing = bool(_POINTS.match(value)) or _POINTING.issuperset(re.findall(r"\w+", value))
        if fact.criterion == "need" and pointing and name is not None:
            fact = replace(fact, value=name)  # noqa: PLW2901
        elif fact.criterion in _NAMING and not pointing:
            name = fact.value
        named.append(fact)
    return tuple(named)


def _is_sticky(fact: Fact) -> bool:
    return fact.criterion == COLD and fact.value in STICKY


def _in_message(message: VisitorMessage) -> tuple[Fact, ...]:
    found = _read_message(message.text, message.asked, message.at.date())
    return tuple(sorted((f.of(message) for f in found), key=fact_order))


@Remembered
def _read_message(written: str, asked: str, day: date) -> tuple[_Found, ...]:
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
    return (*_found(said, details, folded), *_names(written))


def _names(written: str) -> list[_Found]:
    """Company and website: capitals matter here, so they are read from the text as it was written."""
    text = without_forged(written[:MAX_READ])
    spans = (("company", find_company(text)), ("website", find_website(text)))
    return [_Found(name, "", at, at) for name, at in spans if at and at[0] < at[1]]


def _buying_after_all(message: VisitorMessage) -> tuple[Fact, ...]:
    needs = [f.of(message) for f in _read_buying_after_all(message.text)]
    return tuple(fact for need in needs for fact in (replace(need, criterion=COLD, value=NONE), need))


@Remembered
def _read_buying_after_all(written: str) -> tuple[_Found, ...]:
    folded = fold(written)
    said = next(find_buying_after_all(folded.text), None)
    return tuple(_found([said], {}, folded)) if said else ()


def _found(said: Sequence[Said], details: dict[Said, dict[str, Any]], folded: Folded) -> list[_Found]:
    kept: list[Said] = []
    for one in sorted(said, key=lambda s: (s.criterion, s.value, s.start, -s.end)):
        last = kept[-1] if kept else None
        same = last is not None and (last.criterion, last.value) == (one.criterion, one.value)
        if not (same and last is not None and one.start < last.end):
            kept.append(one)
    quotes = [(one, _span(folded, one.start, one.end)) for one in kept]
    return [
        _Found(one.criterion, one.value, quote, _about(folded, one) or quote, details.get(one, {}))
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
