"""What a short message wants, by phrases. The longest phrase counts where phrases overlap."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from app.prompting.types import LOCALES, Locale
from app.replies.guided.texts import guided_texts

Topic = Literal["price", "availability", "visit", "financing", "trade_in", "details", "hours", "location"]
TOPICS: tuple[Topic, ...] = get_args(Topic)

MAX_READ = 1500
"""Of a longer message the beginning and the end are read for their meaning."""

_NEGATION = re.compile(r"(?<!\w)(?:no|not|nunca|never|nao|don't|dont|won't)(?!\w)")
# What people say before they say yes or no.
_PREFIX = r"(?:(?:a+h+|o+h+|eh+|m+|hm+|pues|bueno|entonces|well|so|hola|oi|hi|hey|e|y)\W+)?"
_SEPARATOR = r"\W{1,3}"
_TIGHT = r"\s+"
"""Between the words of `unsure`: "no quiero" is no no, "no, quiero" is one."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """`intents` are keys of `Understand`, plus `question` for what asks something and `negated` for a "no" anywhere
    that is not part of a yes. `words` counts real words."""

    intents: frozenset[str]
    words: int

    @property
    def topics(self) -> tuple[Topic, ...]:
        return tuple(topic for topic in TOPICS if topic in self.intents)

    @property
    def says_yes(self) -> bool:
        """A clear yes: nothing in the message takes it back."""
        return "yes" in self.intents and not self.intents & {
            "no",
            "refuse",
            "withdraw",
            "erase",
            "unsure",
            "negated",
        }

    @property
    def says_no(self) -> bool:
        return bool(self.intents & {"no", "refuse", "withdraw", "erase"})


NOTHING = Meaning(frozenset(), 0)


def understand(text: str, locale: Locale) -> Meaning:
    """The meaning of one message. Phrases of the other languages are tried where those of `locale` find nothing."""
    if len(text) > MAX_READ:
        text = f"{text[: MAX_READ - 500]}\n{text[-500:]}"
    folded = fold(text)
    intents = _matches(folded, locale)
    if not intents:
        for other in LOCALES:
            if other != locale:
                intents |= _matches(folded, other)
    words = [w for w in re.findall(r"[^\W\d_]{2,}", folded) if is_wordlike(w)]
    if "?" in text or _interrogative(folded):
        intents |= {"question"}
    if _NEGATION.search(_yes(locale).sub(" ", folded)):
        intents |= {"negated"}
    return Meaning(frozenset(intents), len(words))


def fold(text: str) -> str:
    """Lower case, without accents, one kind of apostrophe."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return plain.replace("’", "'")


def is_wordlike(word: str) -> bool:
    """Could be said aloud: has a vowel and no run of consonants that no word has."""
    if not word.isascii():
        return True
    return bool(re.search(r"[aeiouy]", word)) and not re.search(r"(.)\1\1|[bcdfghjklmnpqrstvwxz]{5}", word)


def _interrogative(folded: str) -> bool:
    return bool(
        re.match(
            r"\W*(?:que|como|cuando|cual|cuales|quien|donde|puedo|puedes|pueden|tienen|tiene|hay|hacen|aceptan|es|son"
            r"|what|how|when|which|who|where|why|can|could|do|does|did|is|are|will|would|have"
            r"|qual|quais|quem|onde|quando|posso|pode|podem|voces|vcs|tem|ha|fazem|aceitam)\b(?:\W+\w+){2}",
            folded,
        )
    )


def _matches(folded: str, locale: Locale) -> set[str]:
    spans: list[tuple[int, int, str]] = []
    for intent, pattern in _patterns(locale):
        spans += ((m.start(), m.end(), intent) for m in pattern.finditer(folded))
    return {intent for start, end, intent in spans if not _inside_another(start, end, intent, spans)}


def _inside_another(start: int, end: int, intent: str, spans: list[tuple[int, int, str]]) -> bool:
    for other_start, other_end, other in spans:
        if other == intent or other_start > start or other_end < end:
            continue
        longer = other_end - other_start > end - start
        # "no" with nothing more to it is the weaker reading of the same words.
        if longer or (intent == "unsure" and other_end - other_start == end - start):
            return True
    return False


@cache
def _patterns(locale: Locale) -> tuple[tuple[str, re.Pattern[str]], ...]:
    known = guided_texts()[locale].understand.model_dump()
    return tuple(
        (intent, _compile(phrases, _TIGHT if intent == "unsure" else _SEPARATOR))
        for intent, phrases in known.items()
    )


def _yes(locale: Locale) -> re.Pattern[str]:
    return dict(_patterns(locale))["yes"]


def _compile(phrases: list[str], separator: str) -> re.Pattern[str]:
    # The longest first: alternation takes the first that fits.
    alternatives = sorted((_phrase(fold(phrase), separator) for phrase in phrases), key=len, reverse=True)
    return re.compile("|".join(alternatives))


def _phrase(phrase: str, separator: str) -> str:
    start = rf"\A\W*{_PREFIX}" if phrase.startswith("^") else r"(?<!\w)"
    end = r"(?=\W*\Z)" if phrase.endswith("$") else r"(?!\w)"
    words = (re.escape(word).replace(r"\*", r"\w*") for word in phrase.strip("^$").split())
    # A star that stands alone is some word, not none.
    joined = separator.join(r"\w+" if word == r"\w*" else word for word in words)
    return f"{start}{joined}{end}"
