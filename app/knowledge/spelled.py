"""Numbers written in words, in Spanish, English and Portuguese: where they stand and what they come to.

veintitrés mil dólares · un millón y medio · twenty three thousand · half a million · vinte e três mil reais
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise

_UNITS = {
    1: "un uno una one um uma",
    2: "dos two dois duas",
    3: "tres three",
    4: "cuatro four quatro",
    5: "cinco five",
    6: "seis six",
    7: "siete seven sete",
    8: "ocho eight oito",
    9: "nueve nine nove",
}
_CLOSED = {
    10: "diez ten dez",
    11: "once eleven onze",
    12: "doce twelve doze",
    13: "trece thirteen treze",
    14: "catorce fourteen catorze quatorze",
    15: "quince fifteen quinze",
    16: "dieciseis sixteen dezesseis dezasseis",
    17: "diecisiete seventeen dezessete dezassete",
    18: "dieciocho eighteen dezoito",
    19: "diecinueve nineteen dezenove dezanove",
    21: "veintiuno veintiun veintiuna",
    22: "veintidos",
    23: "veintitres",
    24: "veinticuatro",
    25: "veinticinco",
    26: "veintiseis",
    27: "veintisiete",
    28: "veintiocho",
    29: "veintinueve",
}
"""Nothing smaller may follow one of these."""
_TENS = {
    20: "veinte twenty vinte",
    30: "treinta thirty trinta",
    40: "cuarenta forty quarenta",
    50: "cincuenta fifty cinquenta",
    60: "sesenta sixty sessenta",
    70: "setenta seventy",
    80: "ochenta eighty oitenta",
    90: "noventa ninety",
}
_HUNDREDS = {
    100: "cien ciento cem cento",
    200: "doscientos doscientas duzentos duzentas",
    300: "trescientos trescientas trezentos trezentas",
    400: "cuatrocientos cuatrocientas quatrocentos quatrocentas",
    500: "quinientos quinientas quinhentos quinhentas",
    600: "seiscientos seiscientas seiscentos seiscentas",
    700: "setecientos setecientas setecentos setecentas",
    800: "ochocientos ochocientas oitocentos oitocentas",
    900: "novecientos novecientas novecentos novecentas",
}


def _by_word(values: dict[int, str]) -> dict[str, int]:
    return {word: value for value, words in values.items() for word in words.split()}


_SIZED = [(3, _by_word(_HUNDREDS)), (2, _by_word(_TENS)), (1, _by_word(_UNITS))]
_SMALL: dict[str, tuple[int, int, int]] = {
    word: (value, size, size) for size, words in _SIZED for word, value in words.items()
} | {word: (value, 2, 1) for word, value in _by_word(_CLOSED).items()}
"""By word: value, its size (3 hundreds, 2 tens, 1 units), and the size that whatever follows must be under."""
_ANY_SIZE = 4
_THOUSANDS = frozenset(("mil", "thousand", "grand"))
_MILLIONS = frozenset(("millon", "millones", "million", "millions", "milhao", "milhoes"))
_HALVES = frozenset(("medio", "media", "half", "meio", "meia"))
_JOINTS = frozenset(("y", "e", "and"))
_STARTS = frozenset(_SMALL) | _THOUSANDS | _MILLIONS | _HALVES | {"hundred"}
_CURRENCIES = frozenset(
    {
        "pesos", "dolar", "dolares", "dollar", "dollars", "buck", "bucks", "euro", "euros", "reais", "soles",
        "lucas", "quetzal", "quetzales", "bolivianos", "colones", "dop", "usd", "eur", "brl", "mxn", "cop",
        "clp", "ars", "pen", "gbp",
    }
)  # fmt: skip
_ALSO_OTHER_THINGS = frozenset(("peso", "real", "sol", "boliviano", "colon"))
"""A weight, not imagined, the sun: with one of them the number is a sum only where prices are spoken of."""
_AFTER_PRICE = frozenset(
    {
        "al", "a", "con", "y", "e", "o", "por", "en", "para", "pero", "mas", "cada", "todo", "que", "el", "la",
        "los", "las", "si", "se", "ya", "es", "sin", "solo", "te", "lo", "le", "and", "or", "per", "in", "for",
        "but", "more", "plus", "each", "which", "the", "at", "if", "is", "without", "only", "so", "it", "you",
        "ou", "com", "no", "na", "ao", "mais", "sem", "lhe",
    }
)  # fmt: skip
"""What may follow a sum that names no currency. Any other word is what the number counts."""
_WORD = re.compile(r"[^\W\d_]+")
_AFTER_DIGITS = re.compile(r"\d[.,]?\s?\Z")
# What every sum in words has a piece of; looking for pieces takes a microsecond or two.
_STEMS = (
    *(
        "mil",
        "thousand",
        "hundred",
        "grand",
        "peso",
        "dolar",
        "dólar",
        "dollar",
        "buck",
        "euro",
        "reai",
        "real",
    ),
    *("soles", "lucas", "quetzal", "bolivian", "colon", "colón"),
)
_HINT = re.compile(
    r"\b(?:mil\b|mill[oió]|milh|thousand|hundred|grand\b|pesos?\b|d[oó]lar|dollar|bucks?\b|euros?\b|rea(?:l|is)\b"
    r"|soles\b|lucas\b|quetzal|bolivian|col[oó]n)"
)
"""The pieces as words: `mil` is in `familia` as well."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """`money`: it is a sum, whatever is spoken of. `bare`: it is one where prices are."""

    start: int
    end: int
    value: float
    money: bool
    bare: bool


@dataclass(slots=True)
class _Reading:
    """A number as far as it has been read; `end` is the place after its last word."""

    end: int
    millions: float = 0.0
    thousands: float = 0.0
    group: int = 0
    room: int = _ANY_SIZE
    scale: int = 0

    @property
    def value(self) -> float:
        # "Un millón doscientos" is 1,200,000 to whoever says it.
        short = self.millions and not self.thousands and self.group >= 100
        return self.millions + self.thousands + self.group * (1_000 if short else 1)


def may_spell(text: str) -> bool:
    """Whether there can be a sum in words; no is certain."""
    low = text.lower()
    return any(map(low.__contains__, _STEMS)) and _HINT.search(low) is not None


def spelled_in(text: str) -> list[Spelled]:
    """Every number that is written in words, in a text that has a sum in words perhaps."""
    if not may_spell(text):
        return []
    spans = [match.span() for match in _WORD.finditer(text)]
    words = [_plain(text[start:end]) for start, end in spans]
    # A word that is not joined to the next by a space or a hyphen ends a number.
    joined = [text[a[1] : b[0]] in {" ", "-", "\u00a0"} for a, b in pairwise(spans)] + [False]
    found: list[Spelled] = []
    at = 0
    while at < len(words):
        if words[at] not in _STARTS or _AFTER_DIGITS.search(text, max(spans[at][0] - 3, 0), spans[at][0]):
            at += 1
            continue
        read = _read(words, joined, at)
        if read.value:
            following = words[read.end] if read.end < len(words) and joined[read.end - 1] else ""
            after = words[read.end + 1] if following and joined[read.end] else ""
            money, bare = _is_sum(read, words[at : read.end], following, after)
            found.append(Spelled(spans[at][0], spans[read.end - 1][1], read.value, money, bare))
        at = max(read.end, at + 1)
    return found


def _read(words: list[str], joined: list[bool], at: int) -> _Reading:
    first = at
    read = _Reading(at)
    if words[at] in _HALVES:
        return _half_of(words, at)
    before_joint = read
    while at < len(words) and (at == first or joined[at - 1]):
        word = words[at]
        if word in _JOINTS and at == read.end:
            before_joint = replace(read)
            if at + 1 < len(words) and words[at + 1] == "a":
                at += 1
        elif word in _HALVES and at > read.end and read.scale:
            read.thousands += read.scale / 2
            read.end = at + 1
            break
        elif not _takes(read, word):
            # "three thousand and two thousand": the second number is not the first one's.
            if word in _THOUSANDS | _MILLIONS and before_joint.value:
                return before_joint
            break
        else:
            read.end = at + 1
        at += 1
    return read


def _takes(read: _Reading, word: str) -> bool:
    """Whether the word goes on with the number, which it then has become part of."""
    if word in _SMALL:
        value, size, room = _SMALL[word]
        if size >= read.room:
            return False
        read.group += value
        read.room = room
    elif word == "hundred":
        if read.group > 99:
            return False
        read.group = (read.group or 1) * 100
        read.room = 3
    elif word in _THOUSANDS:
        if read.thousands or (word == "grand" and not read.group):
            return False
        read.thousands = (read.group or 1) * 1_000
        read.group, read.room, read.scale = 0, _ANY_SIZE, 1_000
    elif word in _MILLIONS:
        if read.millions:
            return False
        read.millions = (read.thousands + read.group or 1) * 1_000_000
        read.thousands, read.group, read.room, read.scale = 0, 0, _ANY_SIZE, 1_000_000
    else:
        return False
    return True


def _half_of(words: list[str], at: int) -> _Reading:
    """Half a million; anything else that is half is no number."""
    place = at + 1 + (words[at + 1 : at + 2] == ["a"])
    scale = words[place] if place < len(words) else ""
    if scale in _MILLIONS:
        return _Reading(place + 1, thousands=500_000)
    return _Reading(at + 1)


def _is_sum(read: _Reading, own: list[str], following: str, after: str) -> tuple[bool, bool]:
    """Whether it is a sum in any sentence, and whether it is one where prices are spoken of."""
    currency = after if following in {"de", "of"} else following
    if currency in _CURRENCIES or "grand" in own:
        return True, True
    if currency in _ALSO_OTHER_THINGS:
        return read.value > 1, True
    year = len(own) > 1 and 1_900 <= read.value < 2_100
    if year or (following and following not in _AFTER_PRICE):
        return False, False
    return read.value > 1_000_000 or own[0] in _HALVES, read.value >= 1_000


def _plain(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))
