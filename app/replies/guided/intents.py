"""What a short message wants, by phrases. The longest phrase counts where phrases overlap."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Literal, get_args

from app.prompting.types import LOCALES, Locale
from app.remembered import Remembered
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


@Remembered
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
    """Read the texts. For the start of a server: a broken file stops it there. Raises ConfigurationError."""
    for locale in LOCALES:
        _phrases(locale)


def prepare_phrases() -> None:
    """Compile all phrases, so that no visitor waits for it."""
    for locale in LOCALES:
        known = _phrases(locale)
        for phrases in (*known.exactly.values(), *known.beginnings.values(), known.anyhow):
            for phrase in phrases:
                phrase.pattern  # noqa: B018 - made when looked at


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
    """Where phrases stand: of one intent's the leftmost, of those the longest, and then on behind it."""
    spans: list[tuple[int, int, str]] = []
    for candidates in _phrases(locale).candidates(folded).values():
        at = 0
        for start, _, phrase in sorted(candidates, key=_by_place):
            if start >= at and (match := phrase.pattern.match(folded, start)):
                at = match.end()
                spans.append((start, at, phrase.intent))
    return spans


def _inside_another(start: int, end: int, intent: str, spans: list[tuple[int, int, str]]) -> bool:
    for other_start, other_end, other in spans:
        if other == intent or other_start > start or other_end < end:
            continue
        longer = other_end - other_start > end - start
        # "no" with nothing more to it is the weaker reading of the same words.
        if longer or (intent == "unsure" and other_end - other_start == end - start):
            return True
    return False


class _Phrase:
    """One phrase. `rank`: its place among its intent's, the longest first; `anchored`: only at the text's beginning."""

    __slots__ = ("_pattern", "anchored", "intent", "rank", "source")

    def __init__(self, intent: str, source: str, rank: int, *, anchored: bool) -> None:
        self.intent = intent
        self.source = source
        self.rank = rank
        self.anchored = anchored
        self._pattern: re.Pattern[str] | None = None

    @property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when first wanted: all together take a tenth of a second, which a start need not wait for."""
        if self._pattern is None:
            self._pattern = re.compile(self.source)
        return self._pattern


_Candidate = tuple[int, int, _Phrase]


@dataclass(frozen=True, slots=True)
class _Phrases:
    """What one language says, by how a phrase begins: trying each of hundreds at each letter costs half a millisecond.
    `exactly` has them by their first word, `beginnings` by how it begins, `anyhow` are those that begin with none."""

    exactly: dict[str, tuple[_Phrase, ...]]
    beginnings: dict[str, tuple[_Phrase, ...]]
    lengths: tuple[int, ...]
    anyhow: tuple[_Phrase, ...]

    def candidates(self, folded: str) -> dict[str, list[_Candidate]]:
        """By intent: where a phrase may begin, its rank, and the phrase."""
        found: dict[str, list[_Candidate]] = {}
        for phrase in self.anyhow:
            found.setdefault(phrase.intent, []).append((0, phrase.rank, phrase))
        for token in _TOKEN.finditer(folded):
            word, start = token[0], token.start()
            for phrase in self._begun_by(word):
                place = 0 if phrase.anchored else start
                found.setdefault(phrase.intent, []).append((place, phrase.rank, phrase))
        return found

    def _begun_by(self, word: str) -> Iterator[_Phrase]:
        yield from self.exactly.get(word, ())
        for length in self.lengths:
            if length > len(word):
                return
            yield from self.beginnings.get(word[:length], ())


_TOKEN = re.compile(r"\w+")
_OPENING = re.compile(r"(\w+)(\*?)")
_by_place = itemgetter(0, 1)


@cache
def _phrases(locale: Locale) -> _Phrases:
    exactly: dict[str, tuple[_Phrase, ...]] = {}
    beginnings: dict[str, tuple[_Phrase, ...]] = {}
    anyhow: list[_Phrase] = []
    for intent, written in guided_texts()[locale].understand.model_dump().items():
        separator = _TIGHT if intent == "unsure" else _SEPARATOR
        folded = [fold(phrase) for phrase in written]
        for rank, (source, phrase) in enumerate(
            sorted(((_source(f, separator), f) for f in folded), key=lambda pair: len(pair[0]), reverse=True)
        ):
            known = _Phrase(intent, source, rank, anchored=phrase.startswith("^"))
            opening = _OPENING.match(phrase.strip("^$"))
            if opening is None:
                anyhow.append(known)
            else:
                index = beginnings if opening[2] else exactly
                index[opening[1]] = (*index.get(opening[1], ()), known)
    return _Phrases(exactly, beginnings, tuple(sorted({len(word) for word in beginnings})), tuple(anyhow))


def _source(phrase: str, separator: str) -> str:
    start = rf"\A\W*{_PREFIX}" if phrase.startswith("^") else r"(?<!\w)"
    end = r"(?=\W*\Z)" if phrase.endswith("$") else r"(?!\w)"
    words = (re.escape(word).replace(r"\*", r"\w*") for word in phrase.strip("^$").split())
    # A star that stands alone is some word, not none.
    joined = separator.join(r"\w+" if word == r"\w*" else word for word in words)
    return f"{start}{joined}{end}"
