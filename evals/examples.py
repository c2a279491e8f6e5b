"""The sentences of `evals/reading` as examples: filled in, and written as carelessly as people write."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.leads.facts_learned import KINDS, WISHES, asked_features, sentences
from app.leads.facts_text import fold_text

FOLDER = Path(__file__).with_name("reading")
LETTERS = dict(zip("ntfa", WISHES, strict=True))
"""What a line of `buyer.txt` says, before its bar."""
DRAWS = 4
"""Examples made of a line with slots; of one without, half as many."""

_BRACE = re.compile(r"\{(\w+)\}")
_LANGUAGE = re.compile(r"\[(es|en|pt)\]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file: `text` has slots. `labels`: one of `KINDS`, and any of `WISHES`."""

    language: str
    labels: frozenset[str]
    text: str


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence as its features, and what it is. `known`: the wishes of which the labels say whether it has them."""

    features: tuple[str, ...]
    labels: frozenset[str]
    known: frozenset[str] = frozenset(WISHES)


@dataclass(frozen=True, slots=True)
class Slots:
    """What may stand for a brace, by (language, brace)."""

    words: Mapping[tuple[str, str], Sequence[str]]

    def parted(self, folds: int) -> tuple[Slots, Slots]:
        """All but every `folds`-th word, and these."""
        most = {key: [w for n, w in enumerate(words) if n % folds] for key, words in self.words.items()}
        return Slots(most), Slots({key: words[::folds] for key, words in self.words.items()})

    def fill(self, line: Line, chance: random.Random) -> str:
        text = line.text
        if line.language == "pt":
            text = text.replace("n{the}", "em {the}").replace("d{the}", "de {the}")
        text = _BRACE.sub(lambda brace: chance.choice(self.words[line.language, brace[1]]), text)
        for apart, joined in _JOINED[line.language]:
            text = re.sub(rf"\b{apart}\b", joined, text)
        return text


_JOINED = {
    "es": (("de el", "del"), ("a el", "al")),
    "en": (),
    "pt": tuple(
        (f"{one} {two}", joined + two)
        for one, joined in (("em", "n"), ("de", "d"))
        for two in ("os", "as", "o", "a")
    ),
}
_BEFORE = {
    "es": [
        "hola",
        "buenas",
        "hola buenas tardes",
        "buen dia",
        "oye",
        "disculpe",
        "hola que tal",
        "mire",
        "bueno",
        "es que",
        "pues",
        "no,",
        "no",
        "si pero",
        "ah ok",
    ],
    "en": ["hi", "hello", "hey", "good morning", "excuse me", "so", "well", "yeah", "no,", "nah", "ok", "oh"],
    "pt": ["oi", "ola", "bom dia", "boa tarde", "entao", "olha", "e que", "nao,", "nao", "sim mas", "ah ta"],
}
_AFTER = {
    "es": ["gracias", "por favor", "porfa", "?", "saludos", "verdad", "ya", "amigo"],
    "en": ["thanks", "please", "?", "pls", "ok", "man"],
    "pt": ["obrigado", "por favor", "pfv", "?", "valeu", "ta"],
}
_SHORT = {
    "es": (
        ("que", "q"), ("por que", "xq"), ("para", "pa"), ("porque", "xq"), ("estoy", "toy"), ("esta", "ta"),
        ("ustedes", "uds"), ("tambien", "tmb"),
    ),
    "en": (
        ("you", "u"), ("your", "ur"), ("going to", "gonna"), ("want to", "wanna"), ("don't", "dont"),
        ("i'm", "im"), ("it's", "its"), ("haven't", "havent"),
    ),
    "pt": (
        ("voces", "vcs"), ("voce", "vc"), ("que", "q"), ("para", "pra"), ("estou", "to"), ("nao", "n"),
        ("tambem", "tb"),
    ),
}  # fmt: skip


def read_slots() -> Slots:
    words: dict[tuple[str, str], Sequence[str]] = {}
    for language, text in _entries("slots"):
        name, _, choices = text.partition("=")
        words[language, name.strip()] = [choice.strip() for choice in choices.split("|")]
    return Slots(words)


def read_lines() -> list[Line]:
    """Every line of every kind. `buyer.txt` holds the ordinary ones."""
    lines = []
    for kind in KINDS:
        for language, text in _entries("buyer" if kind == "ordinary" else kind):
            letters, bar, said = text.partition("|")
            wishes = {LETTERS[letter] for letter in letters.strip() if letter != "-"} if bar else ()
            lines.append(Line(language, frozenset((kind, *wishes)), (said if bar else text).strip()))
    return lines


def read_asked_lines() -> list[Example]:
    """The lines of `asked.txt`: what we write to such a visitor, and what the answer to it says."""
    examples = []
    for _, text in _entries("asked"):
        heads, _, said = text.partition("|")
        kind, letters = heads.split()
        wishes = {LETTERS[letter] for letter in letters if letter != "-"}
        examples.append(Example(tuple(asked_features(said.strip())), frozenset((kind, *wishes))))
    return examples


def draw(
    lines: Iterable[Line], slots: Slots, chance: random.Random, *, as_written: bool = False
) -> list[Example]:
    """Examples of the lines; `as_written`: one of each, and nothing made worse."""
    lines = list(lines)
    small_talk = [line for line in lines if "ordinary" in line.labels]
    found = []
    for line in lines:
        for _ in range(1 if as_written else DRAWS if "{" in line.text else DRAWS // 2):
            text, labels = slots.fill(line, chance), line.labels
            if not as_written:
                text = _carelessly(text, line.language, chance)
                if chance.random() < 0.15:
                    text, labels = _with_another(text, labels, chance.choice(small_talk), slots, chance)
            names = {n: None for _, _, part in sentences(fold_text(text)) for n in part}
            if names:
                found.append(Example(tuple(names), labels))
    return found


def _with_another(
    text: str, labels: frozenset[str], other: Line, slots: Slots, chance: random.Random
) -> tuple[str, frozenset[str]]:
    """Two things in one breath, without a mark between them."""
    more = slots.fill(other, chance)
    if "ordinary" in labels:
        labels |= other.labels
    return (f"{text} {more}" if chance.random() < 0.5 else f"{more} {text}"), labels


def _carelessly(text: str, language: str, chance: random.Random) -> str:
    if chance.random() < 0.25:
        text = f"{chance.choice(_BEFORE[language])} {text}"
    if chance.random() < 0.2:
        text = f"{text} {chance.choice(_AFTER[language])}"
    for long, short in _SHORT[language]:
        if chance.random() < 0.2:
            text = re.sub(rf"\b{long}\b", short, text)
    if chance.random() < 0.15 and len(text) > 8:
        at = chance.randrange(1, len(text) - 2)
        swapped = text[at + 1] + text[at] if chance.random() < 0.5 else text[at + 1]
        text = text[:at] + swapped + text[at + 2 :] if text[at].isalpha() else text
    return text


def _entries(name: str) -> Iterable[tuple[str, str]]:
    """(language, line) of a file, without its comments."""
    language = ""
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if match := _LANGUAGE.fullmatch(line):
            language = match[1]
        elif line.strip() and not line.startswith("#"):
            yield language, line.strip()
