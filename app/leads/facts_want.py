"""What a visitor wants (`need`), asks about (`interest`) or asks for (`request`), in any trade."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.leads.facts_text import negated
from app.leads.facts_want_words import (
    ASKS_ABOUT,
    EMPTY_WORDS,
    EVENT,
    GENERIC,
    GREETING,
    I_WANT,
    INFO,
    INTRODUCES,
    LEAD_IN,
    META,
    OBJECT_END,
    PROBLEM,
    SENTENCE_END,
    STILL_THERE,
    TAKES_IT,
    TALK,
    WORD,
)

MAX_VALUE = 80


@dataclass(frozen=True, slots=True)
class Said:
    """A fact before it has a message: `text[start:end]` says `value` under `criterion`. An empty value: the words at
    `about`, or all of them."""

    criterion: str
    value: str
    start: int
    end: int
    about: tuple[int, int] | None = None


MAX_OBJECT = 90


def find_wants(text: str) -> Iterator[Said]:
    """Needs and interests in folded text; what somebody says they do not want is neither."""
    for match in TAKES_IT.finditer(text):
        if not negated(text, match.start()):
            yield Said("need", "", match.start(), match.end())
    for match in I_WANT.finditer(text):
        yield from _want(text, match)
    for match in (*PROBLEM.finditer(text), *EVENT.finditer(text)):
        if not negated(text, match.start()):
            yield Said("need", "", match.start(), match.end())
    for match in ASKS_ABOUT.finditer(text):
        yield from _interest(text, match)
    for match in STILL_THERE.finditer(text):
        yield from _available(text, match)


def _word_at(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def find_topic(text: str) -> Iterator[Said]:
    """What a first message is about where nothing more can be read from it."""
    small = GREETING.match(text)
    start = small.end() if small else 0
    if TALK.search(text, start):
        return
    stop = SENTENCE_END.search(text, start + 1)
    end = min(stop.start() if stop else len(text), start + MAX_OBJECT)
    if end < len(text) and text[end].isalnum():
        end = max(text.rfind(" ", start, end), start)
    words = {
        w for w in WORD.findall(text[start:end]) if len(w) > 3 and w not in EMPTY_WORDS and w not in GENERIC
    }
    if len(words) >= 2:
        yield Said("topic", "", start, end)


def _want(text: str, match: re.Match[str]) -> Iterator[Said]:
    start, end = object_of(text, match.end())
    if start >= end or META.match(text, start) or META.match(text, _word_at(text, match.end())):
        yield from _interest_behind(text, match)
        return
    if not is_something(text[start:end]):
        return
    if negated(text, match.start()):
        return
    yield Said("need", "", match.start(), end, about=(start, end))


_REACH = 70
_COPULA = re.compile(
    r"(?:^|\W+)(?:(?:sigue|siguen|esta|estan|todavia|aun|ya|hay|queda|quedan|is|are|it|they|still|ainda|ta|continua|segue"
    r"|tem)\b\W*)+$"
)
"""What stands between a thing and "available"."""


def _available(text: str, match: re.Match[str]) -> Iterator[Said]:
    """Who asks whether this very thing is still to be had wants it: "the 2021 RAV4, is it still available?"."""
    start = max(match.start() - _REACH, 0)
    for mark in re.finditer(r"\.(?!\d)|[;!?\n]", text[start : match.start()]):
        start = max(start, max(match.start() - _REACH, 0) + mark.end())
    lead_in = LEAD_IN.match(text, start, match.start())
    first = lead_in.end() if lead_in else start
    before = text[first : match.start()]
    if is_particular(before) and not INTRODUCES.search(before) and not negated(text, match.start()):
        named = _COPULA.sub("", before)
        # "Is it still available?" names nothing: then all of the words say best what is meant.
        about = (first, first + len(named)) if is_particular(named) else None
        yield Said("need", "", first, match.end(), about=about)


def _interest_behind(text: str, match: re.Match[str]) -> Iterator[Said]:
    """As in "I want to know the price of the X"."""
    start, end = match.end(), min(match.end() + MAX_OBJECT, len(text))
    if stop := OBJECT_END.search(text, start + 1):
        end = min(end, stop.start())
    if is_something(META.sub(" ", text[start:end])) and INFO.search(text, match.start(), end):
        yield Said("interest", "", match.start(), end)


def _interest(text: str, match: re.Match[str]) -> Iterator[Said]:
    start, end = object_of(text, match.end())
    # A question about a kind of thing ("do you have cars?") is curiosity; about a thing it is interest.
    if start < end and is_particular(text[start:end]):
        yield Said("interest", "", match.start(), end, about=(start, end))


def object_of(text: str, start: int) -> tuple[int, int]:
    """The words that a verb ending at `start` is about."""
    end = min(start + MAX_OBJECT, len(text))
    if end < len(text) and text[end].isalnum():
        end = max(text.rfind(" ", start, end), start)
    if stop := OBJECT_END.search(text, start, end):
        end = stop.start()
    if lead_in := LEAD_IN.match(text, min(start + (start < end and text[start] in " \t"), end), end):
        start = lead_in.end()
    return start, end


def is_something(words: str) -> bool:
    """Whether a thing is named at all."""
    return any(
        (len(w) > 2 or w.isdigit()) and w not in EMPTY_WORDS and not w.isdigit() for w in WORD.findall(words)
    )


def is_particular(words: str) -> bool:
    """Whether it is more than the name of a kind: a model, a number of rooms, a treatment."""
    found = [w.strip(".'-") for w in WORD.findall(words)]
    content = [w for w in found if len(w) > 1 and w not in EMPTY_WORDS and not w.isdigit()]
    special = [w for w in content if w not in GENERIC]
    return bool(special)
