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

_INTERROGATIVE = re.compile(
    r"\W*(?:que|como|cuando|cual|cuales|quien|donde|puedo|puedes|pueden|tienen|tiene|hay|hacen|aceptan|es|son"
    r"|what|how|when|which|who|where|why|can|could|do|does|did|is|are|will|would|have"
    r"|qual|quais|quem|onde|quando|posso|pode|podem|voces|vcs|tem|ha|fazem|aceitam)\b(?:\W+\w+){1,}"
)
"""How a question begins when its mark was left out."""
_NEGATION = re.compile(r"(?<!\w)(?:no|not|nunca|never|nao|don't|dont|won't)(?!\w)")
# What people say before they say yes or no.
_PREFIX = r"(?:(?:a+h+|o+h+|eh+|m+|hm+|pues|bueno|entonces|well|so|hola|oi|hi|hey|e|y)\W+)?"
_SEPARATOR = r"\W{1,3}"
_TIGHT = r"\s+"
"""Between the words of `unsure`: "no quiero" is no no, "no, quiero" is one."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """`intents` are keys of `Understand`, and `negated` for a "no" anywhere that is not part of a yes. `words` counts
    real words; `asks` those of a question that no phrase accounts for: it is about something else."""

    intents: frozenset[str]
    words: int = 0
    asks: int = 0

    @property
    def topics(self) -> tuple[Topic, ...]:
        return tuple(topic for topic in TOPICS if topic in self.intents)

    @property
    def says_yes(self) -> bool:
        """A clear yes: nothing in the message takes it back."""
        return "yes" in self.intents and not self.intents & {
            "no", "refuse", "withdraw", "erase", "unsure", "negated"
        }  # fmt: skip

    @property
    def says_no(self) -> bool:
        return bool(self.intents & {"no", "refuse", "withdraw", "erase"})


NOTHING = Meaning(frozenset())


def understand(text: str, locale: Locale) -> Meaning:
    """The meaning of one message. Phrases of the other languages are tried where those of `locale` find nothing."""
    if len(text) > MAX_READ:
        text = f"{text[: MAX_READ - 500]}\n{text[-500:]}"
    folded = fold(text)
    spans = _spans(folded, locale)
    if not spans:
        spans = [span for other in LOCALES if other != locale for span in _spans(folded, other)]
    if folded.rstrip().endswith("?") and any(intent == "greeting" for _, _, intent in spans):
        # "tudo bem?" asks how one is.
        spans = [span for span in spans if span[2] != "yes"]
    intents = {intent for start, end, intent in spans if not _inside_another(start, end, intent, spans)}
    if _NEGATION.search(_blank(folded, [span for span in spans if span[2] == "yes"])):
        intents.add("negated")
    return Meaning(frozenset(intents), len(_words(folded)), _asks(_blank(folded, spans)))


def prepare() -> None:
    """Read the texts and compile the phrases. For the start of a server: a broken file stops it there, and the first
    visitor does not wait for it. Raises ConfigurationError."""
    for locale in LOCALES:
        _phrases(locale)


def fold(text: str) -> str:
    """Lower case, without accents, one kind of apostrophe."""
    if text.isascii():
        return text.lower()
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return plain.replace("’", "'")


def is_wordlike(word: str) -> bool:
    """Could be said aloud: has a vowel and no run of consonants that no word has."""
    if not word.isascii():
        return True
    return bool(re.search(r"[aeiouy]", word)) and not re.search(r"(.)\1\1|[bcdfghjklmnpqrstvwxz]{5}", word)


def _words(folded: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_]{2,}", folded) if is_wordlike(word)]


def _asks(rest: str) -> int:
    """How many words the longest question has in what the phrases left over."""
    # Split, not searched for: without a question mark a pattern would begin anew at each letter.
    questions = [asked for clause in re.split(r"[.,;!\n]", rest) for asked in clause.split("?")[:-1]]
    if _INTERROGATIVE.match(rest):
        questions.append(rest)
    return max((len(_words(question)) for question in questions), default=0)


def _blank(folded: str, spans: list[tuple[int, int, str]]) -> str:
    for start, end, _ in spans:
        folded = f"{folded[:start]}{' ' * (end - start)}{folded[end:]}"
    return folded


def _spans(folded: str, locale: Locale) -> list[tuple[int, int, str]]:
    phrases = _phrases(locale)
    possible = phrases.possible(folded)
    return [
        (match.start(), match.end(), intent)
        for intent, pattern in phrases.patterns.items()
        if intent in possible
        for match in pattern.finditer(folded)
    ]


def _inside_another(start: int, end: int, intent: str, spans: list[tuple[int, int, str]]) -> bool:
    for other_start, other_end, other in spans:
        if other == intent or other_start > start or other_end < end:
            continue
        longer = other_end - other_start > end - start
        # "no" with nothing more to it is the weaker reading of the same words.
        if longer or (intent == "unsure" and other_end - other_start == end - start):
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Phrases:
    """What one language says. A pattern of a hundred phrases costs more than a look at which could begin in the text:
    `exactly` and `beginnings` give the intents by first words and by how first words begin, `anyhow` always."""

    patterns: dict[str, re.Pattern[str]]
    exactly: dict[str, frozenset[str]]
    beginnings: dict[str, frozenset[str]]
    lengths: tuple[int, ...]
    anyhow: frozenset[str]

    def possible(self, folded: str) -> set[str]:
        """The intents that a phrase of the text may stand for."""
        found = set(self.anyhow)
        for word in set(_TOKEN.findall(folded)):
            found |= self.exactly.get(word, _NONE)
            for length in self.lengths:
                found |= self.beginnings.get(word[:length], _NONE)
        return found


_NONE: frozenset[str] = frozenset()
_TOKEN = re.compile(r"\w+")
_OPENING = re.compile(r"(\w+)(\*?)")


@cache
def _phrases(locale: Locale) -> _Phrases:
    known = guided_texts()[locale].understand.model_dump()
    exactly: dict[str, set[str]] = {}
    beginnings: dict[str, set[str]] = {}
    anyhow: set[str] = set()
    for intent, phrases in known.items():
        for phrase in phrases:
            opening = _OPENING.match(fold(phrase).strip("^$"))
            if opening is None:
                anyhow.add(intent)
            else:
                (beginnings if opening[2] else exactly).setdefault(opening[1], set()).add(intent)
    return _Phrases(
        patterns={
            intent: _compile(phrases, _TIGHT if intent == "unsure" else _SEPARATOR)
            for intent, phrases in known.items()
        },
        exactly={word: frozenset(intents) for word, intents in exactly.items()},
        beginnings={word: frozenset(intents) for word, intents in beginnings.items()},
        lengths=tuple(sorted({len(word) for word in beginnings})),
        anyhow=frozenset(anyhow),
    )


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
