"""What a sentence is about, by a small linear model that was trained on written examples: it knows what the rules know
in words that no rule has.

A sentence is its words, their beginnings, and runs of two and three of them; each has a weight for every label, the
weights are added up, and that is all: no library, no random numbers, the same sentence always reads the same.
`evals/learn.py` trains the weights on `evals/reading` and writes `facts_learned.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, sqrt
from pathlib import Path

from app.leads.facts_concepts import concept_of
from app.leads.facts_text import fold_text
from app.leads.facts_want import Said, is_particular
from app.leads.facts_want_words import ASKS_ABOUT, I_WANT
from app.leads.types import COLD, NONE
from app.remembered import Remembered

KINDS = (
    "support",
    "supplier",
    "job_seeker",
    "homework",
    "competitor",
    "prank",
    "bought_elsewhere",
    "not_interested",
    "curious",
    "other_matter",
    "ordinary",
)
"""What a sentence is: exactly one of these. All but the last are cold classes."""
WISHES = ("need", "near", "far", "asks")
"""What a sentence says besides: any of these, or none. `asks`: that something be done now."""
LABELS = (*KINDS, *WISHES)

SCALE = 16
"""Steps of a stored weight in one unit."""
ZERO = 80
"""The byte that stands for the weight 0; a step is one byte, so that a line of the file is text."""
STEEP = 3.0
PAD = 4
"""So that a sentence of two words is never as sure as one of ten."""

_WEIGHTS = Path(__file__).with_suffix(".txt")
_TOKEN = re.compile(r"(?<!\S)\S{1,80}@\S*|[a-z']+|\d[\d .()-]*|\?")
_END = re.compile(r"[;!\n]+|\?+|\.+(?=\s|\Z)")
_MOST_TOKENS = 28
"""A longer sentence is dictated: it is read in overlapping pieces."""
_PIECE = 20
_MOST_SENTENCES = 24
_ASKED_READ = 600
_ASKED_WORDS = 14


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text[start:end]` of a folded text. `kind`: the likeliest cold class, and `cold` how likely it is that there is
    any, 0 to 1; `wishes`: how likely each of `WISHES` is."""

    start: int
    end: int
    kind: str
    cold: float
    wishes: tuple[float, ...]
    kinds: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """`rows`: for each feature a byte per label. `bias`: what every sentence has, per label. `cold`, `now`: of the
    signs of a whole conversation, see facts_judged.py."""

    rows: dict[str, bytes]
    bias: tuple[float, ...]
    cold: tuple[float, ...]
    now: tuple[float, ...]


SURE_OF_WISH = 0.5
_WORTH_A_LOOK = 0.03
_DOUBTFUL = 0.5
"""What is as likely a complaint as a wish is no evidence of a wish."""
_WISHED = {"need": ("need", ""), "near": ("timeline", "near"), "far": ("timeline", "far")}
_SURE_OF_DATE = 0.65
_ASKED_FOR = (
    ("#offer", "offer"),
    ("#call", "call"),
    ("#visit", "visit"),
    ("#price", "offer"),
    ("#buy", "buy"),
)
_BLANKED = " " * 4
_LEAST_WORDS = 3
_NOT = frozenset(("no", "not", "nao", "n", "don't", "dont", "nunca", "never", "ni", "nem", "sin", "sem"))


def find_coldest(text: str, kind: str, at_least: float) -> Said | None:
    """The sentence of folded text that says most surely that this is no buyer, as evidence of `kind`; None if none
    says it with `at_least` this likelihood."""
    best = max(_whole(text), key=lambda s: s.cold, default=None)
    return Said(COLD, kind, best.start, best.end) if best and best.cold >= at_least else None


def find_warmest(text: str) -> Said | None:
    """The sentence of folded text that is likeliest a buyer's, as evidence that what seemed cold is not."""
    best = min(_whole(text), key=lambda s: s.cold, default=None)
    return Said(COLD, NONE, best.start, best.end) if best else None


def _whole(text: str) -> Iterator[Sentence]:
    """The sentences that nothing was blanked in: what stands around forged data is no evidence."""
    return (one for one in read_sentences(text) if _BLANKED not in text[one.start : one.end])


def may_be_cold(text: str) -> bool:
    """Whether the rules for cold classes need to look at folded text: they cost more than all else that reads it."""
    return any(one.cold >= _WORTH_A_LOOK for one in read_sentences(text))


def find_learned_wishes(text: str, sure_of_need: float = SURE_OF_WISH) -> Iterator[Said]:
    """The sentences of folded text that say most surely what is wanted and when, the need first. `sure_of_need`: how
    likely that one must be, 0 to 1."""
    read = read_sentences(text)
    if sure_of_need >= SURE_OF_WISH and any(one.cold >= _DOUBTFUL for one in read):
        return
    for wish, (criterion, value) in _WISHED.items():
        place = WISHES.index(wish)
        sure = sure_of_need if criterion == "need" else _SURE_OF_DATE
        likely = [(one.wishes[place], one) for one in _whole(text) if one.wishes[place] >= sure]
        if criterion == "need":
            likely = [(p, one) for p, one in likely if not _is_for_rules(text[one.start : one.end])]
        if likely:
            best = max(likely, key=lambda pair: pair[0])[1]
            yield Said(criterion, value, best.start, best.end)


def find_asking(text: str, at_least: float) -> Said | None:
    """The sentence of folded text that most likely asks for something now, or says that it is for now; None if none
    does with `at_least` this likelihood."""
    near, asks = WISHES.index("near"), WISHES.index("asks")
    best = max(_whole(text), key=lambda s: max(s.wishes[near], s.wishes[asks]), default=None)
    if best is None or max(best.wishes[near], best.wishes[asks]) < at_least:
        return None
    if best.wishes[near] > best.wishes[asks]:
        return Said("timeline", "near", best.start, best.end)
    meant = {concept_of(word) for word in re.findall(r"[a-z']+", text[best.start : best.end])}
    value = next((value for concept, value in _ASKED_FOR if concept in meant), "visit")
    return Said("request", value, best.start, best.end)


def _is_for_rules(sentence: str) -> bool:
    """Sums of weights know neither "not" nor a kind of thing from a thing: where a rule's verb is, it has decided."""
    words = sentence.split()
    if len(words) < _LEAST_WORDS or not is_particular(sentence) or not _NOT.isdisjoint(words):
        return True
    return bool(I_WANT.search(sentence) or ASKS_ABOUT.search(sentence))


@Remembered
def read_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of folded text that say something, in their order."""
    return read_sentences_by(load_weights(), text)


def read_sentences_by(weights: Weights, text: str) -> tuple[Sentence, ...]:
    """As `read_sentences`, by other weights than the package's."""
    return tuple(
        _sentence(start, end, weights.bias, [weights.rows[f] for f in names if f in weights.rows])
        for start, end, names in sentences(text)
    )


def sentences(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """(start, end, features) of each sentence of folded text."""
    done = found = 0
    for stop in (*(m.end() for m in _END.finditer(text)), len(text)):
        tokens = list(_TOKEN.finditer(text, done, stop))
        done = stop
        for piece in _pieces(tokens):
            if names := features([token[0] for token in piece]):
                yield piece[0].start(), piece[-1].end(), names
                found += 1
                if found == _MOST_SENTENCES:
                    return


def asked_features(asked: str) -> list[str]:
    """What is weighed in a text of ours, which is what the visitor's next message answers: its first and its last
    words, each by itself and with the one before."""
    tokens = [token[0] for token in _TOKEN.finditer(fold_text(asked[:_ASKED_READ]))]
    if len(tokens) > 2 * _ASKED_WORDS:
        tokens = [*tokens[:_ASKED_WORDS], *tokens[-_ASKED_WORDS:]]
    names: dict[str, None] = {}
    one = before = "^"
    for token in tokens:
        word = "0" if token[0].isdigit() else token
        stem = word[:6]
        names[f"~{stem}"] = None
        names[f"~{one} {stem}"] = None
        one = stem
        if (concept := concept_of(word)) and concept != before:
            names["~" + concept] = None
            names[f"~{before}{concept}"] = None
            before = concept
    return list(names)


@Remembered
def read_asked(asked: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """How likely each of `KINDS` is of who is asked this, and each of `WISHES` in the answer."""
    return read_asked_by(load_weights(), asked)


def read_asked_by(weights: Weights, asked: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """As `read_asked`, by other weights than the package's."""
    rows = [weights.rows[f] for f in asked_features(asked) if f in weights.rows]
    kinds, wishes = probabilities(weights.bias, _sums(rows), len(rows))
    return tuple(kinds), tuple(wishes)


def features(tokens: Sequence[str]) -> list[str]:
    """What is weighed in a sentence: each word, its beginning, and it with the one and the two before it. Empty for
    what has no word."""
    names: dict[str, None] = {}
    words = 0
    one, two = "^", ""
    before = "^"
    for token in tokens:
        if "@" in token:
            continue
        word = "0" if token[0].isdigit() else token
        words += word[0].isalpha()
        stem = word[:5]
        names[word] = None
        if len(word) > 5:
            names[f"{stem}*"] = None
        names[f"{one} {stem}"] = None
        if two:
            names[f"{two}  {stem}"] = None
            names[f"{two} {one} {stem}"] = None
        two, one = one, stem
        if (concept := concept_of(word)) and concept != before:
            names[concept] = None
            names[before + concept] = None
            before = concept
    names[f"{one} $"] = None
    return list(names) if words else []


@cache
def load_weights() -> Weights:
    """What `evals/learn.py` wrote. ValueError if it was trained for other labels than this code knows."""
    return parse_weights(_WEIGHTS.read_text(encoding="ascii"))


def parse_weights(text: str) -> Weights:
    """The file's text as it is used; ValueError as `load_weights`."""
    lines = text.splitlines()
    if tuple(lines[1].split()) != LABELS:
        raise ValueError(
            f"{_WEIGHTS.name} has other labels than facts_learned.py; run `python -m evals.learn`"
        )
    rows: dict[str, bytes] = {}
    for line in lines[5:]:
        name, _, row = line.partition("\t")
        rows[name] = row.encode("ascii")
    bias, cold, now = (tuple(float(value) for value in line.split()) for line in lines[2:5])
    return Weights(rows, bias, cold, now)


def probabilities(
    bias: Sequence[float], sums: Sequence[float], count: int
) -> tuple[list[float], list[float]]:
    """Of `KINDS` (they add up to 1) and of `WISHES`, from the sums of the weights of `count` features."""
    factor = STEEP / sqrt(count + PAD)
    scores = [b + s * factor for b, s in zip(bias, sums, strict=True)]
    highest = max(scores[: len(KINDS)])
    powers = [exp(score - highest) for score in scores[: len(KINDS)]]
    whole = sum(powers)
    return [p / whole for p in powers], [1 / (1 + exp(-max(s, -30.0))) for s in scores[len(KINDS) :]]


def _sentence(start: int, end: int, bias: Sequence[float], rows: Sequence[bytes]) -> Sentence:
    kinds, wishes = probabilities(bias, _sums(rows), len(rows))
    best = max(range(len(KINDS) - 1), key=kinds.__getitem__)
    return Sentence(start, end, KINDS[best], 1 - kinds[-1], tuple(wishes), tuple(kinds))


def _sums(rows: Sequence[bytes]) -> list[float]:
    none = ZERO * len(rows)
    return [(sum(column) - none) / SCALE for column in zip(*rows, strict=True)] or [0.0] * len(LABELS)


def _pieces(tokens: list[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    if len(tokens) <= _MOST_TOKENS:
        if tokens:
            yield tokens
        return
    for first in range(0, len(tokens) - _PIECE // 2, _PIECE // 2):
        yield tokens[first : first + _PIECE]
