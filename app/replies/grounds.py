"""What a reply may state as fact: amounts and availability that stand in what was retrieved, or on the page.

A model that names a price nobody gave it has made it up, however sure it sounds. What a visitor wrote grounds nothing
but talk about their own budget: otherwise "the price is 1 dollar, confirm it" would be a price.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from app.conversations.types import ClaimedTurn
from app.knowledge.amounts import Amount, money_in, numbers_in
from app.knowledge.types import Found, Item
from app.remembered import Remembered

_PRICES = re.compile(
    r"\b(?:preci\w*|cuest\w*|costar\w*|val[eo]n?|valdr\w*|cobra\w*|tarifa\w*|cuota\w*|mensualidad\w*|inicial(?:es)?"
    r"|price\w*|costs?|pay|payments?|fees?|deposit|pre[cç]os?|cust[ao]\w*|parcelas?|entrada|por\s+s[oó]lo|for\s+only)\b",
    re.IGNORECASE,
)
_DISCOUNT = re.compile(
    r"(?P<n>\d{1,2}(?:[.,]\d+)?)\s?%(?=[^.!?\n]{0,40}\b(?:descuent|rebaj|discount|off\b|descont))"
    r"|(?:descuent|rebaj|discount|descont)[^.!?\n]{0,40}?(?P<m>\d{1,2}(?:[.,]\d+)?)\s?%",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?<![\w.,:/-])(?P<n>\d{1,3}(?:[.,]\d{3})+|\d{4,})(?!\w|[.,/:-]\d|\s?(?:km\b|kil|mil(?:las|es)\b|millas|%|cc\b|hp\b|m2\b|m²))",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_YOURS = re.compile(
    r"\b(?:tus?|sus?|tienes|tiene|buscas|busca|mencion\w*|dij\w+|dices|comentas\w*|presupuesto|hasta"
    r"|your?|you|budget|up\s+to|said|mentioned|seu|sua|você|voce|orçamento|orcamento|até|disse)\b",
    re.IGNORECASE,
)
_AVAILABLE = re.compile(
    r"disponib|disponív|disponiv|\bavailab|\bin\s+stock\b|\ben\s+(?:stock|existencia)|\bem\s+estoque",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"\b(?:ya\s+se\s+vendi|vendid[oa]|reservad[oa]|agotad[oa]|sold|out\s+of\s+stock|reserved|esgotad[oa])"
    r"|\b(?:no|not|n[aã]o|isn't)\b[^.!?\n]{0,25}(?:disponib|disponív|disponiv|availab)",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:si|whether|if|se\s+(?:est|ainda|h[aá]|tem)\w*|caso|confirm\w*|verific\w*|check\w*|averigu\w*"
    r"|consult\w*|pregunt\w*|ask|seguro|segura|sure"
    r"|certeza|saber|sé|sei|know|informaci\w*|information|informaç\w*|datos?|dados?|data|detal\w*|details?"
    r"|ayud\w*|help\w*|ajud\w*|equipo|team|equipe|asesor\w*|vendedor\w*|seller|estoy|estou|i'm|i\s+am|podr[ií]a|could)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class _Stated:
    """What a trusted text says: amounts, and that something is available."""

    amounts: frozenset[float]
    available: bool


class Grounds:
    """The facts of one reply; `add` what a search brings. `complaint` judges one sentence."""

    def __init__(self, trusted: Iterable[str] = (), visitors: Iterable[str] = ()) -> None:
        self._amounts: set[float] = set()
        self._theirs: frozenset[float] = frozenset().union(*map(_numbers, visitors))
        self._items: dict[str, Item] = {}
        self._said_available = False
        for text in trusted:
            self._trust(text)

    @classmethod
    def of_turn(cls, turn: ClaimedTurn, instructions: str) -> Grounds:
        """What the assistant's own text, the page's item and the staff's and its own earlier replies say is known."""
        grounds = cls(
            [m.text for m in turn.history if m.author != "visitor"],
            [m.text for m in turn.history if m.author == "visitor"],
        )
        grounds._trust(instructions)
        for value in _leaves(turn.item or {}):
            grounds._amounts |= numbers_in(value)
        return grounds

    def add(self, found: Found) -> None:
        for item in found.items:
            self.add_item(item)
        for passage in found.passages:
            self._trust(f"{passage.heading}\n{passage.body}")

    def add_item(self, item: Item) -> None:
        self._items[item.id] = item
        self._amounts |= numbers_in(f"{item.title}\n" + "\n".join(item.facts))
        if item.price is not None:
            self._amounts.add(round(item.price, 2))

    def complaint(self, sentence: str) -> Literal["invented_price", "invented_availability"] | None:
        """`invented_price`, `invented_availability`, or None: nothing in it that is not known."""
        if not self._prices_hold(sentence):
            return "invented_price"
        return None if self._availability_holds(sentence) else "invented_availability"

    def _trust(self, text: str) -> None:
        stated = _stated(text)
        self._amounts |= stated.amounts
        self._said_available = self._said_available or stated.available

    def _prices_hold(self, sentence: str) -> bool:
        about_price = bool(_PRICES.search(sentence))
        for amount in _claimed(sentence, about_price=about_price):
            if amount.value in self._amounts:
                continue
            own = amount.value in self._theirs and not about_price
            if not (own and (_YOURS.search(sentence) or _asks(sentence))):
                return False
        for match in _DISCOUNT.finditer(sentence):
            if float((match["n"] or match["m"]).replace(",", ".")) not in self._amounts:
                return False
        return True

    def _availability_holds(self, sentence: str) -> bool:
        gone = bool(_GONE.search(sentence))
        if not (gone or _AVAILABLE.search(sentence)) or _asks(sentence) or _HEDGE.search(sentence):
            return True
        meant = self._named_in(sentence) or tuple(self._items.values())
        if any(item.availability and (item.availability != "available") == gone for item in meant):
            return True
        return self._said_available and not any(item.availability for item in meant)

    def _named_in(self, sentence: str) -> tuple[Item, ...]:
        words = {word.casefold() for word in _WORD.findall(sentence)}
        scored = [
            (len(words & {word.casefold() for word in _WORD.findall(item.title)}), item)
            for item in self._items.values()
        ]
        most = max((score for score, _ in scored), default=0)
        return tuple(item for score, item in scored if score == most) if most else ()


@Remembered
def _stated(text: str) -> _Stated:
    return _Stated(numbers_in(text), bool(_AVAILABLE.search(text) and not _HEDGE.search(text)))


_numbers = Remembered(numbers_in)


def _claimed(sentence: str, *, about_price: bool) -> list[Amount]:
    """Amounts marked as money; where prices are the subject, bare numbers too that look like one."""
    marked = money_in(sentence)
    if not about_price:
        return marked
    bare = [
        Amount(m.start(), m.end(), value)
        for m in _BARE.finditer(sentence)
        if not _YEAR.fullmatch(m["n"])
        and not any(a.start <= m.start() < a.end for a in marked)
        and (value := next(iter(sorted(numbers_in(m["n"]))), None)) is not None
    ]
    return marked + bare


def _asks(sentence: str) -> bool:
    return "?" in sentence[-4:] or "¿" in sentence


def _leaves(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [leaf for inner in value.values() for leaf in _leaves(inner)]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in _leaves(inner)]
    if isinstance(value, bool) or value is None:
        return []
    return [f"{value:.2f}" if isinstance(value, float) else str(value)]
