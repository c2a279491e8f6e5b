"""Facts by rules from what visitors write, in Spanish, English and Portuguese and whatever mixture of them.

They run on every message whether or not a model listens, so that a lead's quality never depends on one. Each fact
quotes the visitor exactly; what poses as data or as an order to the assistant is not read at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from app.leads.facts_asked import kinds_asked
from app.leads.facts_cold import STICKY, find_buying_after_all
from app.leads.facts_judged import LIFTING, Mood, Signs, likely, signs_of
from app.leads.facts_learned import (
    SURE_OF_WISH,
    find_asking,
    find_coldest,
    find_learned_wishes,
    find_warmest,
    load_weights,
    read_asked,
    read_sentences,
)
from app.leads.facts_message import Found, find_by_rules, places_of
from app.leads.facts_text import fold, fold_text
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
SURE_OF_COLD = 0.5
"""How likely it must be that this is no buyer. A cold visitor who is called hot costs a seller's time, a lost buyer the
sale."""
SURE_OF_NONE = 0.25
"""Below it, a rule's cold class is a word in passing, and what was taken for cold before is lifted by a wish."""
COLD_AT_LEAST = 0.2
"""Of the sentence that shows it, unless it answers what we asked of such a visitor."""
SURE_AT_ONCE = 0.85
"""The same where nobody has answered yet: what sounds like a complaint is often a need."""
LIFTED = 0.35
SURE_AGAINST_A_WISH = 0.75
"""The same of the first few messages where a rule has read a wish in the last: our greeting alone makes nobody cold."""
_FEW = 2
SURE_ALL_THE_SAME = 0.95
"""The same where a rule has read a wish in it."""
DOUBTFUL = 0.35
LIKELY_WISH = 0.03
FOR_NOW = 0.5
NOT_NOW = 0.2
ASKED_AT_LEAST = 0.1
"""Of the sentence that says that it is for now, where it answers something."""
ASKS_AT_LEAST = 0.9
"""The same in a first message, where the rules know more words than there are signs."""
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


def find_facts(messages: Iterable[VisitorMessage], known: Collection[str] = frozenset()) -> tuple[Fact, ...]:
    """Every fact in the messages of one conversation, by `(seq, start)`. All have the source `extractor`. `known`:
    criteria that somebody else than the rules has read in it.

    Somebody who wrote to complain, to sell or to find a job is no buyer: what they want afterwards is a need only where
    they say that it is another matter, and then `cold` is `none`.
    """
    facts: list[Fact] = []
    mood = Mood()
    other_matter = False
    for message in sorted(messages, key=lambda m: m.seq):
        found = find_by_rules(message)
        mood = mood.after(_signs(message), found)
        rules = found
        found = _judged(message, found, facts, mood, known)
        if any(f.criterion == COLD and f.value == NONE for f in found):
            other_matter = False
        if any(_is_sticky(f) and f in rules for f in found):
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


def _judged(
    message: VisitorMessage,
    found: tuple[Fact, ...],
    before: Sequence[Fact],
    mood: Mood,
    known: Collection[str],
) -> tuple[Fact, ...]:
    """`found`, in the light of all that was said: with a cold class that no rule knows, without one that a rule took
    from a word, and with a need, a date or a request in words of their own."""
    weights = load_weights()
    cold = likely(weights.cold, mood.cold_signs())
    was_cold = _is_cold(before)
    if COLD in {f.criterion for f in found}:
        if cold >= SURE_OF_NONE:
            return found
        found = tuple(f for f in found if f.criterion != COLD)
    wanted = any(f.criterion in _SAID_BY_BUYERS for f in found)
    if message.asked:
        early = wanted and mood.messages <= _FEW
        sure = SURE_AGAINST_A_WISH if early else SURE_OF_COLD
    else:
        sure = SURE_ALL_THE_SAME if wanted else SURE_AT_ONCE
    if (
        cold >= sure
        and not was_cold
        and (one := _quoted(_read_coldest, message, mood.kind, mood.asked_last > 0))
    ):
        kept = (f for f in found if f.criterion not in LIFTING or f.value == NONE)
        return tuple(sorted((*kept, one), key=fact_order))
    if was_cold and cold >= (SURE_OF_NONE if mood.cold_by_rule else LIFTED):
        return found
    answers_who = bool(_DATA_ASKED & set(kinds_asked(message.asked)))
    if not answers_who:
        found = _with_wishes(message, found, {*known, *(f.criterion for f in (*before, *found))}, cold, mood)
    found = _for_now(message, found, before, likely(weights.now, mood.now_signs()))
    if was_cold and not answers_who and (after_all := _quoted(_read_warmest, message)):
        return tuple(sorted((after_all, *found), key=fact_order))
    return found


def _with_wishes(
    message: VisitorMessage, found: tuple[Fact, ...], known: Collection[str], cold: float, mood: Mood
) -> tuple[Fact, ...]:
    sure = SURE_OF_WISH if cold > DOUBTFUL or mood.messages == 1 else LIKELY_WISH
    wishes = [f for f in _learned_wishes(message, sure) if f.criterion not in known]
    if not wishes:
        return found
    # What a message is about is said once.
    told = (f for f in found if f.criterion != "topic") if wishes[0].criterion == "need" else found
    return tuple(sorted((*told, *wishes), key=fact_order))


def _for_now(
    message: VisitorMessage, found: tuple[Fact, ...], before: Sequence[Fact], now: float
) -> tuple[Fact, ...]:
    """`found`, with what says that this is for now where nothing else does, or without what only seemed to."""
    if now < NOT_NOW and message.asked:
        return tuple(f for f in found if not _is_for_now(f) or f.data.get("date"))
    last = {f.criterion: f for f in (*before, *found)}
    if now < FOR_NOW or any(_is_for_now(f) for f in last.values()):
        return found
    asking = _quoted(_read_asking, message, bool(message.asked))
    return tuple(sorted((*found, asking), key=fact_order)) if asking else found


def _is_for_now(fact: Fact) -> bool:
    return (fact.criterion == "timeline" and fact.value == "near") or (
        fact.criterion == "request" and fact.value != NONE
    )


def _is_cold(facts: Iterable[Fact]) -> bool:
    """Whether the last word on it is that this is no buyer."""
    last = ""
    for fact in facts:
        if fact.criterion == COLD:
            last = fact.value if fact.value != NONE else ""
        elif fact.criterion in LIFTING and fact.value != NONE and last not in STICKY:
            last = ""
    return bool(last)


def _signs(message: VisitorMessage) -> Signs:
    return _read_signs(message.text, message.asked)


@Remembered
def _read_signs(written: str, asked: str) -> Signs:
    return signs_of(read_sentences(fold(written).text), read_asked(asked) if asked else None)


def _quoted(read: Callable[..., tuple[Found, ...]], message: VisitorMessage, *more: object) -> Fact | None:
    return next((f.of(message) for f in read(message.text, *more)), None)


@Remembered
def _read_coldest(written: str, kind: str, asked: bool) -> tuple[Found, ...]:
    folded = fold(written)
    said = find_coldest(folded.text, kind, at_least=0.0 if asked else COLD_AT_LEAST)
    return tuple(places_of([said], {}, folded)) if said else ()


@Remembered
def _read_warmest(written: str) -> tuple[Found, ...]:
    folded = fold(written)
    said = find_warmest(folded.text)
    return tuple(places_of([said], {}, folded)) if said else ()


@Remembered
def _read_asking(written: str, asked: bool) -> tuple[Found, ...]:
    folded = fold(written)
    said = find_asking(folded.text, at_least=ASKED_AT_LEAST if asked else ASKS_AT_LEAST)
    return tuple(places_of([said], {}, folded)) if said else ()


def _learned_wishes(message: VisitorMessage, sure: float) -> tuple[Fact, ...]:
    return tuple(sorted((f.of(message) for f in _read_learned_wishes(message.text, sure)), key=fact_order))


@Remembered
def _read_learned_wishes(written: str, sure: float) -> tuple[Found, ...]:
    folded = fold(written)
    return tuple(places_of(list(find_learned_wishes(folded.text, sure)), {}, folded))


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


def _buying_after_all(message: VisitorMessage) -> tuple[Fact, ...]:
    needs = [f.of(message) for f in _read_buying_after_all(message.text)]
    return tuple(fact for need in needs for fact in (replace(need, criterion=COLD, value=NONE), need))


@Remembered
def _read_buying_after_all(written: str) -> tuple[Found, ...]:
    folded = fold(written)
    said = next(find_buying_after_all(folded.text), None)
    return tuple(places_of([said], {}, folded)) if said else ()
