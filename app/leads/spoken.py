"""Numbers said in words, as dictation and careful people write them: "ocho cero nueve, cinco cinco cinco …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MIN_DIGITS = 7
MAX_DIGITS = 17

_UNITS = {
    "cero": 0, "zero": 0, "oh": 0, "uno": 1, "un": 1, "una": 1, "one": 1, "um": 1, "uma": 1, "dos": 2,
    "two": 2, "dois": 2, "duas": 2, "tres": 3, "três": 3, "three": 3, "cuatro": 4, "four": 4, "quatro": 4,
    "cinco": 5, "five": 5, "seis": 6, "six": 6, "meia": 6, "siete": 7, "seven": 7, "sete": 7, "ocho": 8,
    "eight": 8, "oito": 8, "nueve": 9, "nine": 9, "nove": 9,
}  # fmt: skip
_TEENS = {
    "diez": 10, "ten": 10, "dez": 10, "once": 11, "eleven": 11, "onze": 11, "doce": 12, "twelve": 12,
    "doze": 12, "trece": 13, "thirteen": 13, "treze": 13, "catorce": 14, "fourteen": 14, "quatorze": 14,
    "quince": 15, "fifteen": 15, "quinze": 15, "dieciséis": 16, "dieciseis": 16, "sixteen": 16, "dezesseis":
    16, "diecisiete": 17, "seventeen": 17, "dezessete": 17, "dieciocho": 18, "eighteen": 18, "dezoito": 18,
    "diecinueve": 19, "nineteen": 19, "dezenove": 19, "veintiuno": 21, "veintidós": 22, "veintidos": 22,
    "veintitrés": 23, "veintitres": 23, "veinticuatro": 24, "veinticinco": 25, "veintiséis": 26,
    "veintiseis": 26, "veintisiete": 27, "veintiocho": 28, "veintinueve": 29,
}  # fmt: skip
_TENS = {
    "veinte": 20, "twenty": 20, "vinte": 20, "treinta": 30, "thirty": 30, "trinta": 30, "cuarenta": 40,
    "forty": 40, "quarenta": 40, "cincuenta": 50, "fifty": 50, "cinquenta": 50, "sesenta": 60, "sixty": 60,
    "sessenta": 60, "setenta": 70, "seventy": 70, "ochenta": 80, "eighty": 80, "oitenta": 80, "noventa": 90,
    "ninety": 90,
}  # fmt: skip
_COMPOUNDS = {
    f"{stem}{joint}{unit}": tens + value
    for stem, tens in (
        ("treinta", 30), ("cuarenta", 40), ("cincuenta", 50), ("sesenta", 60),
        ("setenta", 70), ("ochenta", 80), ("noventa", 90),
    )
    for joint in ("i", "y")
    for unit, value in (
        ("uno", 1), ("dos", 2), ("tres", 3), ("cuatro", 4), ("cinco", 5),
        ("seis", 6), ("siete", 7), ("ocho", 8), ("nueve", 9),
    )
}  # fmt: skip
"""As people write what they say: "ochentaisiete"."""
_HUNDREDS = {
    "cien": 100, "ciento": 100, "cem": 100, "cento": 100, "doscientos": 200, "duzentos": 200, "trescientos":
    300, "trezentos": 300, "cuatrocientos": 400, "quatrocentos": 400, "quinientos": 500, "quinhentos": 500,
    "seiscientos": 600, "seiscentos": 600, "setecientos": 700, "setecentos": 700, "ochocientos": 800,
    "oitocentos": 800, "novecientos": 900, "novecentos": 900,
}  # fmt: skip
_ARTICLES = frozenset(("un", "una", "um", "uma", "one", "uno"))
_TIMES = {"double": 2, "doble": 2, "triple": 3}
_VALUES = _UNITS | _TEENS | _TENS | _COMPOUNDS | _HUNDREDS
_ALL = sorted({*_VALUES, *_TIMES}, key=len, reverse=True)
_TOKEN = re.compile(
    rf"(?<![^\W\d_])(?:(?P<word>{'|'.join(_ALL)})|(?P<digits>\d{{1,12}}))(?![^\W\d_])", re.IGNORECASE
)
_BETWEEN = re.compile(r"[\s,.()-]{0,4}(?P<and>(?:y|e|and)\s+)?", re.IGNORECASE)
_SAID = frozenset(_ALL)
_JOINING = frozenset(("y", "e", "and"))
_WORD_OR_NUMBER = re.compile(r"[^\W\d_]+|\d+")
_HINT = re.compile(
    rf"(?:(?<![^\W\d_])(?:{'|'.join(_ALL)})(?![^\W\d_])[\s,.-]{{1,3}}(?:(?:y|e|and)\s+)?){{2}}"
    rf"|\d\s+(?:{'|'.join(_ALL)})\b"
    rf"|\b(?:{'|'.join(_ALL)})[\s,.()-]{{1,3}}\d",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """`text[start:end]` says these `digits`, at least in part in words."""

    start: int
    end: int
    digits: str


@dataclass(slots=True)
class _Run:
    start: int
    end: int
    digits: str = ""
    words: int = 0
    last: int | None = None
    times: int = 1
    opens_with_digit_word: bool = False

    def take(self, match: re.Match[str], *, joined: bool) -> None:
        self.end = match.end()
        if match["digits"]:
            self.digits += match["digits"]
            self.last, self.times = None, 1
            return
        word = match["word"].lower()
        if self.words == 0 and not self.digits:
            self.opens_with_digit_word = word not in _ARTICLES
        self.words += 1
        if word in _TIMES:
            self.times, self.last = _TIMES[word], None
            return
        value = _VALUES[word]
        if self._continues(value, joined=joined) and self.last is not None:
            total = self.last + value
            self.digits = self.digits[: -len(str(self.last))] + str(total)
            self.last = total
            return
        self.digits += str(value) * self.times
        self.last, self.times = value, 1

    def _continues(self, value: int, *, joined: bool) -> bool:
        """ "treinta y cuatro", "twenty one", "ochocientos nueve"; but "veinte, uno" are two numbers in Spanish."""
        if not self.last or self.times != 1:
            return False
        if self.last % 100 == 0:
            return value < 100
        return self.last % 10 == 0 and self.last >= 20 and 1 <= value <= 9 and joined


def _may_say(text: str) -> bool:
    """Two numbers in a row, one in words. It spares most texts _HINT, which tries a hundred words at every letter."""
    tokens = _WORD_OR_NUMBER.findall(text.lower())
    if _SAID.isdisjoint(tokens):
        return False
    before: str | None = None
    for token in tokens:
        if token in _JOINING:
            continue
        kind = "word" if token in _SAID else "digits" if token.isdigit() else None
        if kind and before and "word" in {kind, before}:
            return True
        before = kind
    return False


def find_spoken(text: str) -> Iterator[Spoken]:
    """Runs of number words, also mixed with digits, that are long enough to be a phone number."""
    if not (_may_say(text) and _HINT.search(text)):
        return
    run: _Run | None = None
    for match in _TOKEN.finditer(text):
        between = _BETWEEN.fullmatch(text, run.end, match.start()) if run else None
        if run and between and match["word"] and "," in between[0] and text[run.end - 1].isdigit():
            # "Calle 2300, nueve 5555 …": figures before a comma are something else.
            between = None
        if run is None or between is None:
            if run and (said := _as_spoken(run)):
                yield said
            run = _Run(match.start(), match.end())
            run.take(match, joined=False)
            continue
        english = bool(match["word"]) and match["word"].isascii() and match["word"].lower() in _ENGLISH
        run.take(match, joined=bool(between["and"]) or english)
    if run and (said := _as_spoken(run)):
        yield said


_ENGLISH = frozenset(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"))


def _as_spoken(run: _Run) -> Spoken | None:
    # One word beside digits may be an article: "un 809 …".
    if run.words < (1 if run.opens_with_digit_word else 2) or not MIN_DIGITS <= len(run.digits) <= MAX_DIGITS:
        return None
    return Spoken(run.start, run.end, run.digits)
