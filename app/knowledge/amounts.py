"""Amounts of money in running text, in the ways people and models write them: found, read, and written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.knowledge.spelled import spelled_in

_NUMBER = r"\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3}){1,6}(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
_SCALE = r"mil\s+millones|millones|millon|millón|milhões|milhoes|milhão|milhao|million|millions|mil|thousand|mm|m|k"
_MARK = r"(?:RD|US|R|MX|AR|CO|CL|S/|B/|C|A)?\s?[$€£]|S/\.?|(?:DOP|USD|EUR|BRL|MXN|COP|CLP|ARS|PEN|GBP)\b"
_WORD = (
    r"pesos?|d[oó]lar(?:es)?|dollars?|bucks|euros?|reais|real|soles|lucas|quetzales|bolivianos|colones"
    r"|DOP|USD|EUR|BRL|MXN|COP|CLP|ARS|PEN|GBP|[$€£]"
)
MONEY = re.compile(
    rf"(?:(?<![^\W\d_])(?P<mark>{_MARK})\s?(?P<n1>{_NUMBER})(?:\s?(?P<s1>{_SCALE})\b)?"
    rf"|(?<![\w.,])(?P<n2>{_NUMBER})(?:\s?(?P<s2>{_SCALE})\b)?\s?(?:de\s+)?(?P<word>{_WORD})(?!\w)"
    rf"|(?<![\w.,])(?P<n3>{_NUMBER})\s?(?P<s3>mil\s+millones|millones|millón|millon|milhões|milhão|million)\b)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_BARE = re.compile(rf"(?<![\w.,])(?P<n>{_NUMBER})(?:\s?(?P<s>{_SCALE})\b)?", re.IGNORECASE)
_SYMBOLS = {"DOP": "RD$", "USD": "US$", "EUR": "€", "BRL": "R$", "MXN": "MX$", "PEN": "S/", "GBP": "£"}
_COMMA_FIRST = frozenset({"DOP", "USD", "MXN", "PEN", "GBP"})


@dataclass(frozen=True, slots=True)
class Amount:
    start: int
    end: int
    value: float


def money_in(text: str, *, about_price: bool = False) -> list[Amount]:
    """Amounts that are marked as money, in figures or in words: by a sign, a currency, or as millions. `about_price`:
    thousands in words are money too."""
    found = [
        Amount(one.start, one.end, one.value)
        for one in spelled_in(text)
        if one.money or (about_price and one.bare)
    ]
    if not _DIGIT.search(text):
        return found
    for match in MONEY.finditer(text):
        number = match["n1"] or match["n2"] or match["n3"]
        scale = match["s1"] or match["s2"] or match["s3"]
        found.append(Amount(match.start(), match.end(), _value(number, scale)))
    return found


def numbers_in(text: str) -> frozenset[float]:
    """Every number of a text that may be trusted, money or not, as it reads with and without its scale."""
    found: set[float] = set()
    # Line by line, since instructions are long and few of their lines have a number in them.
    for line in text.splitlines():
        # Small ones in words ("two or three short sentences") are no facts.
        found.update(one.value for one in spelled_in(line) if one.money or one.value >= 100)
        if not _DIGIT.search(line):
            continue
        for match in _BARE.finditer(line):
            found.add(_value(match["n"], None))
            if match["s"]:
                found.add(_value(match["n"], match["s"]))
        found.update(amount.value for amount in money_in(line))
    return frozenset(found)


def money(amount: float, currency: str | None) -> str:
    """`RD$ 1,250,000`, as people write it where the currency is used."""
    text = f"{amount:,.2f}" if amount % 1 else f"{amount:,.0f}"
    if currency is not None and currency not in _COMMA_FIRST:
        text = text.translate(str.maketrans(",.", ".,"))
    if currency is None:
        return text
    return f"{_SYMBOLS.get(currency, currency)} {text}"


def _value(number: str, scale: str | None) -> float:
    return round(_plain(number) * _factor(scale), 2)


def _plain(number: str) -> float:
    """The last separator is the decimal one if it stands alone and not before three digits."""
    number = re.sub(r"['’\s\u00a0\u202f]", "", number)
    marks = [c for c in number if c in ".,"]
    if not marks:
        return float(number)
    head, _, tail = number.rpartition(marks[-1])
    alone = marks.count(marks[-1]) == 1
    if alone and len(tail) != 3:
        return float(f"{re.sub('[.,]', '', head)}.{tail}")
    return float(re.sub("[.,]", "", number))


def _factor(scale: str | None) -> float:
    if not scale:
        return 1.0
    scale = " ".join(scale.lower().split())
    if scale == "mil millones":
        return 1e9
    if scale in {"mil", "thousand", "k"}:
        return 1e3
    return 1e6
