"""What of the things found a question is about: items that it names, and passages that answer it. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from app.knowledge.types import Found, Item, Passage

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
MAX_ITEMS = 3
_NO_WORDS = """
    el la los las lo un una unos unas de del al y o u a en con sin por para que es son esta estan hay
    tienen tiene me te se su sus mi mis tu tus cuanto cuesta cuestan vale precio disponible the an of to
    in on for is are do does you your i it have has how much what price available os as um uma do da dos
    das e em com sem tem voces quanto custa preco disponivel
"""
NO_WORDS = frozenset(_NO_WORDS.split())
"""Words that name nothing, for searches without a database."""


@dataclass(frozen=True, slots=True)
class Match:
    """`exact` False: the question names something that none of the items quite is, such as another year."""

    items: tuple[Item, ...]
    exact: bool = True


def items_asked(found: Found, question: str, current: str | None) -> Match:
    """The items that the question is about: those it names best, else the one that is talked about (`current`)."""
    named = [item for item in found.items if item.is_named]
    if not named:
        return Match(tuple(item for item in found.items if item.id == current))
    most = max(map(_names, named))
    best = [item for item in named if _names(item) == most]
    years = set(_YEAR.findall(question))
    if years:
        right = [item for item in best if years & set(_YEAR.findall(item.title))]
        # Years that no title has say nothing about the items: they may be about something else.
        exact = bool(right) or not any(_YEAR.search(item.title) for item in best)
        return Match(tuple((right or best)[:MAX_ITEMS]), exact=exact)
    talked_of = [item for item in best if item.id == current]
    return Match(tuple((talked_of or best)[:MAX_ITEMS]))


def passages_asked(found: Found, nouns: tuple[str, ...] = ()) -> tuple[Passage, ...]:
    """Passages that answer, best first: their heading has a word of the question, or the text has most of them.

    `nouns` are folded words of the topic that was understood: a heading with one of them is about it.
    """
    if nouns:
        about = [
            p for p in found.passages if any(_is_form_of(stem, noun) for stem in p.headed for noun in nouns)
        ]
        return tuple(about)
    enough = max(1, (len(found.words) + 1) // 2)
    return tuple(p for p in found.passages if (p.headed or p.matched >= 2) and p.matched >= enough)


def _names(item: Item) -> int:
    return sum(not word.isdigit() for word in item.named)


def _is_form_of(stem: str, noun: str) -> bool:
    return len(stem) >= 3 and noun.startswith(stem[: max(3, len(stem) - 1)])


def words_of(text: str) -> frozenset[str]:
    """The words of a text, folded, without a plural's ending."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    found = re.findall(r"\w+", plain)
    return frozenset(re.sub(r"(?<=\w{3})e?s$", "", word) for word in found) | frozenset(found)
