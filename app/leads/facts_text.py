"""A visitor's text made comparable without losing the way back: every match can be quoted exactly as it was written.

Text that pretends to be something else than what a visitor says (data, orders to the assistant, made-up roles) is
blanked before anything is read from it.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MAX_READ = 1500
"""Of a longer message the beginning and the end are read."""
_END_READ = 500

_NEGATIONS = frozenset(
    (
        "no",
        "not",
        "nunca",
        "never",
        "ni",
        "nao",
        "n",
        "tampoco",
        "jamas",
        "nem",
        "neither",
        "without",
        "sin",
        "sem",
    )
)
_NEGATED_VERBS = re.compile(
    r"(?:don'?t|doesn'?t|didn'?t|won'?t|wouldn'?t|isn'?t|aren'?t|can'?t|cannot|ain'?t)"
)
_STOPS = re.compile(r"[.,;:!?\n()¿¡]|\b(?:pero|but|mas|porque|because|aunque|although|y|and|e)\b")
_CLAUSE_END = re.compile(r"\.(?!\d)|[;!?\n¿¡]")
_BEFORE_NOTHING_NEGATED = re.compile(
    r"(?:por\s?que|porque|xq|why|pq)\s+(?:no|don'?t|nao)\W*(?:\w+\W+){0,2}$"
    r"|\b(?:no\s+(?:solo|solamente|se|problem\w*|hay\s+problema|worries)|not\s+only|nao\s+so)\W+(?:\w+\W+){0,2}$"
)

_FORGED = re.compile(
    # Folded, a fence of backticks is one of apostrophes.
    r"(?:```|''').*?(?:```|'''|\Z)|\{\s*[\"'“”]\w+[\"'“”]\s*:[^{}]*\Z"
    r"|\{[^{}]*[\"'“”]?\w+[\"'“”]?\s*[:=][^{}]*\}|\[[^\[\]]*[:=][^\[\]]*\]|<[^<>]{1,300}>",
    re.DOTALL,
)
_FORGED_LINE = re.compile(
    r"^[ \t>*#-]*\[?(?:system|sistema|assistant|asistente|assistente|developer|admin(?:istrador)?|nota\s+interna"
    r"|internal\s+note)(?:\s+\w+)?\]?\s*:[^\n]*",
    re.MULTILINE | re.IGNORECASE,
)
_RANK = r"(?:hot|leads?|caliente|quente|qualified|(?:c|qu)alificad\w+|vip|(?:100|cien)\s+p(?:u|o)nt\w+|score)"
_ORDER = re.compile(
    r"\b(?:"
    rf"(?:mark|set|flag|tag|rate|classify|treat|rank|consider|put|score)\s+(?:\w+\W+){{0,5}}?{_RANK}"
    rf"|(?:marca|marque|clasifi[cq]|califi[cq]|pon|pong|registr|consider|trat|classifi[cq]|coloqu|coloca|defin)\w*\W+"
    rf"(?:\w+\W+){{0,5}}?{_RANK}"
    r"|(?:ignor|disregard|overrid|olvid|forget|esquec|desconsider)\w*\W+(?:\w+\W+){0,5}?"
    r"(?:rules?|reglas|regras|instruc\w+|instruct\w+|prompts?)"
    r"|record_fact|save_contact|(?:lead|your)[_ ]score\s*[:=]|tier\s*[:=]|you\s+are\s+now|jailbreak"
    r")\b"
)
_ORDER_HINT = re.compile(
    r"hot|lead|caliente|quente|qualif|calific|vip|cien|100|score|rule|regl|regra|instru|prompt|_fact|tier|now"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """`text`: lower case, without accents, one kind of apostrophe. `at[i]`: where its i-th character comes from."""

    text: str
    origin: str
    at: Sequence[int]

    def quote(self, start: int, end: int) -> tuple[int, str]:
        """What stands behind `text[start:end]`, without blanks at its ends, and where it starts in the original."""
        while start < end and not self.text[start].isalnum() and self.text[start] not in "$€£+":
            start += 1
        while end > start and self.text[end - 1] in " \t\n\r,;:.":
            end -= 1
        if start >= end:
            return 0, ""
        first = self.at[start]
        last = self.at[end] if end < len(self.at) else len(self.origin)
        # An accent written as a character of its own belongs to the letter before it.
        return first, self.origin[first:last].rstrip(" \t\n\r,;:.")

    def clause(self, start: int) -> tuple[int, int]:
        """The sentence around `start`, as far as its marks tell."""
        begin = max((m.end() for m in _CLAUSE_END.finditer(self.text, 0, start)), default=0)
        end = _CLAUSE_END.search(self.text, start)
        return begin, end.start() if end else len(self.text)


def fold(origin: str) -> Folded:
    """The text to read facts from: folded, shortened, and with what is forged blanked."""
    if len(origin) <= MAX_READ and (plain := _one_for_one(origin)) is not None:
        return Folded(_without_forged(plain), origin, range(len(origin)))
    chars: list[str] = []
    at: list[int] = []
    for position in _read(origin):
        for char in unicodedata.normalize("NFKD", origin[position]).lower():
            if not unicodedata.combining(char):
                chars.append(_PLAIN.get(char, char))
                at.append(position)
    return Folded(_without_forged("".join(chars)), origin, tuple(at))


def fold_text(text: str) -> str:
    """As `fold`, where nobody needs the way back."""
    if (folded := _one_for_one(text)) is not None:
        return folded
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return "".join(_PLAIN.get(c, c) for c in plain)


_PLAIN = {"’": "'", "‘": "'", "`": "'", "´": "'", "–": "-", "—": "-", "\u00a0": " "}


def _folded(char: str) -> str:
    return "".join(
        _PLAIN.get(c, c) for c in unicodedata.normalize("NFKD", char).lower() if not unicodedata.combining(c)
    )


# Nearly every text is made of these: letters of our languages, marks and emoji that fold to one character each.
_ONE_FOR_ONE = {
    point: _folded(chr(point))
    for point in (*range(0x180), 0x200D, *range(0x2010, 0x2027), 0x20AC, 0xFE0F, *range(0x1F300, 0x1FB00))
    if len(_folded(chr(point))) == 1 and len(_folded(chr(point).lower())) == 1
}
_NOT_ONE_FOR_ONE = re.compile(f"[^{re.escape(''.join(map(chr, _ONE_FOR_ONE)))}]")


def _one_for_one(text: str) -> str | None:
    """The folded text where each character is one of it, else None. Character by character is twenty times the work."""
    if text.isascii():
        return text.lower().replace("`", "'")
    return None if _NOT_ONE_FOR_ONE.search(text) else text.translate(_ONE_FOR_ONE)


def _read(origin: str) -> list[int]:
    if len(origin) <= MAX_READ:
        return list(range(len(origin)))
    return [*range(MAX_READ - _END_READ), *range(len(origin) - _END_READ, len(origin))]


def _without_forged(text: str) -> str:
    if any(mark in text for mark in "`{[<") or "'''" in text:
        # From the inside out: data stands in data.
        while (blanked := _FORGED.sub(_blank, text)) != text:
            text = blanked
    if ":" in text:
        text = _FORGED_LINE.sub(_blank, text)
    if _ORDER_HINT.search(text):
        # What follows an order in its sentence is part of it ("mark me as a lead who buys today").
        while order := _ORDER.search(text):
            end = _CLAUSE_END.search(text, order.end())
            stop = end.start() if end else len(text)
            text = text[: order.start()] + " " * (stop - order.start()) + text[stop:]
    return text


_FORGED_BLOCK = re.compile(r"```.*?(?:```|\Z)|\{[^{}]*[\"'“”]\w+[\"'“”]\s*:[^{}]*\}", re.DOTALL)


def without_forged(text: str) -> str:
    """`text`, as it was written, with blocks of data and lines in another's name blanked. Positions are kept."""
    if "{" in text or "`" in text:
        text = _FORGED_BLOCK.sub(_blank, text)
    return re.sub(_FORGED_LINE, _blank, text) if ":" in text else text


def _blank(match: re.Match[str]) -> str:
    # Line ends stay: they separate what is left.
    return "".join("\n" if c == "\n" else " " for c in match[0])


def negated(text: str, start: int) -> bool:
    """Whether a "no" shortly before `start`, in the same breath, turns what is said there round."""
    before = text[max(start - 40, 0) : start]
    stop = max((m.end() for m in _STOPS.finditer(before)), default=0)
    if _BEFORE_NOTHING_NEGATED.search(before):
        return False
    words = before[stop:].split()[-4:]
    return any(word in _NEGATIONS or _NEGATED_VERBS.fullmatch(word) for word in words)


class Phrases:
    """A pattern over folded text that is compiled when it is first needed, or by `compile_phrases`: all of them take a
    third of a second, which no start should wait for. Its methods are those of `re.Pattern`."""

    __slots__ = ("_compiled", "_source")

    def __init__(self, source: str) -> None:
        self._source = source
        self._compiled: re.Pattern[str] | None = None
        _ALL.append(self)

    @property
    def pattern(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = re.compile(self._source)
        return self._compiled

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        return self.pattern.search(text, start, end)

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        return self.pattern.match(text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        return self.pattern.fullmatch(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        return self.pattern.finditer(text, start, end)

    def sub(self, replacement: str, text: str) -> str:
        return self.pattern.sub(replacement, text)


_ALL: list[Phrases] = []


def phrases(*alternatives: str) -> Phrases:
    """A pattern over folded text: each alternative is a regular expression in which a blank is any white space."""
    joined = "|".join(a.replace(" ?", r"\s*").replace(" ", r"\s+") for a in alternatives)
    return Phrases(rf"(?<!\w)(?:{joined})(?!\w)")


def compile_phrases() -> None:
    """All that is not compiled yet. For a thread of a server that serves already: the first visitors need not wait."""
    for one in _ALL:
        _ = one.pattern
