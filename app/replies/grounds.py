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
    r"|price\w*|costs?|pay|payments?|fees?|deposit|pre[cç]os?|cust[ao]\w*|parcelas?|entrada|por\s+s[oó]lo|for\s+only"
    r"|salen?\s+(?:en|por)|dej(?:o|amos)\s+en|sai\s+por|fica\s+por|yours\s+for)\b",
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
    r"disponib|disponív|disponiv|\bavailab|\bin\s+stock\b|\ben\s+(?:stock|existencia|inventario)|\bem\s+estoque"
    r"|\b(?:l[oa]s?|todav[ií]a)\s+tenemos\b|\bsigue\w*\s+(?:en|a\s+la)\s+venta|\bwe\s+(?:still\s+)?have\s+(?:it|them|one)\b"
    r"|\bstill\s+for\s+sale|\bainda\s+(?:[oa]s?\s+)?temos\b|\btemos\s+(?:ele|ela|sim)\b|\bà\s+venda\b",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"\b(?:ya\s+se\s+vendi|se\s+(?:agot|vendi)[oó]|vendid[oa]|reservad[oa]|agotad[oa]|sold|out\s+of\s+stock|reserved"
    r"|esgot(?:ad[oa]|ou))|\bya\s+no\s+(?:l[oae]s?\s+)?(?:tenemos|queda\w*|est[aá]n?\s+(?:disponib|a\s+la\s+venta))"
    r"|\bno\s+longer\s+(?:have|available|in\s+stock|for\s+sale)|\bn[aã]o\s+(?:[oa]s?\s+)?temos\s+mais"
    r"|\b(?:don't|do\s+not)\s+have\s+(?:it|them|that\s+one)\s+any\s?more"
    r"|\b(?:no|not|n[aã]o|isn't)\b[^.!?\n]{0,25}(?:disponib|disponív|disponiv|availab)",
    re.IGNORECASE,
)
_FEW = (
    r"(?:\d+|un[oa]?|dos|tres|cuatro|cinco|seis|um|uma|dois|duas|tr[eê]s|quatro"
    r"|poc[oa]s?|pouc[oa]s?|vari[oa]s|algun[oa]s)"
)
_HURRY = re.compile(
    # How many are left, and that it can be had at once: not what "available" says.
    rf"\b(?:quedan?|rest(?:a|am))\s+(?:ya\s+|s[oó]lo\s+|solamente\s+|apenas\s+|s[oó]\s+|somente\s+)*{_FEW}"
    r"\s*(?:(?:unidad|pieza|carro|veh[ií]culo|cupo|plaza|asiento|vaga|lugar)\w*|en\s+(?:stock|inventario|existencia)"
    r"|em\s+estoque|disponib\w*|dispon[ií]v\w*|[.!,;)]|$)"
    r"|[úu]ltim[ao]s?\s+(?:unidad|pieza|cupo|plaza|vaga|disponib|en\s+(?:stock|inventario))"
    r"|\b(?:\d+|one|two|three|four|five|few|couple|units?)\s+(?:\w+\s+)?left\b|\blast\s+(?:one|unit|few)\b"
    r"|\b(?:entrega|delivery)\s+(?:inmediata|imediata)|\bimmediate\s+delivery|\bpronta\s+entrega"
    r"|\bready\s+(?:for\s+delivery|to\s+ship)|\blist[oa]s?\s+para\s+(?:entrega|llevar|entregar)",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:si|whether|if|se\s+(?:est|ainda|h[aá]|tem)\w*|caso|confirm\w*|verific\w*|check\w*|averigu\w*"
    r"|consult\w*|pregunt\w*|ask|(?:not|make)\s+sure|no\s+estoy\s+segur[oa]|certeza)\b",
    re.IGNORECASE,
)
"""Makes a whole sentence no claim."""
_ASIDE = re.compile(
    r"\b(?:saber|sé|sei|know|informaci\w*|information|informaç\w*|datos?|dados?|data|detal\w*|details?"
    r"|ayud\w*|help\w*|ajud\w*|equipo|team|equipe|asesor\w*|vendedor\w*|seller|estoy|estou|i'm|i\s+am|podr[ií]a|could)\b",
    re.IGNORECASE,
)
"""Somebody or something else is what is there: only in the part of the sentence that says so."""
_CLAUSES = re.compile(r"[,;:—–]|\s(?:y|e|and|pero|but|mas)\s", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class _Stated:
    """What a trusted text says: amounts, that something is available, and that there is reason to hurry."""

    amounts: frozenset[float]
    available: bool
    hurry: bool


class Grounds:
    """The facts of one reply; `add` what a search brings. `complaint` judges one sentence."""

    def __init__(self, trusted: Iterable[str] = (), visitors: Iterable[str] = ()) -> None:
        self._amounts: set[float] = set()
        self._theirs: frozenset[float] = frozenset().union(*map(_numbers, visitors))
        self._items: dict[str, Item] = {}
        self._said_available = False
        self._said_hurry = False
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
            grounds._said_hurry = grounds._said_hurry or bool(_HURRY.search(value))
        return grounds

    def add(self, found: Found) -> None:
        for item in found.items:
            self.add_item(item)
        for passage in found.passages:
            self._trust(f"{passage.heading}\n{passage.body}")

    def add_item(self, item: Item) -> None:
        self._items[item.id] = item
        told = f"{item.title}\n" + "\n".join(item.facts)
        self._amounts |= numbers_in(told)
        self._said_hurry = self._said_hurry or bool(_HURRY.search(told))
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
        self._said_hurry = self._said_hurry or stated.hurry

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
        if _asks(sentence) or _HEDGE.search(sentence):
            return True
        if not self._said_hurry and _HURRY.search(sentence):
            return False
        claims = [
            part
            for part in _CLAUSES.split(sentence)
            if (_AVAILABLE.search(part) or _GONE.search(part)) and not _ASIDE.search(part)
        ]
        if not claims:
            return True
        gone = any(_GONE.search(part) for part in claims)
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
    available = _AVAILABLE.search(text) and not (_HEDGE.search(text) or _ASIDE.search(text))
    return _Stated(numbers_in(text), bool(available), bool(_HURRY.search(text)))


_numbers = Remembered(numbers_in)


def _claimed(sentence: str, *, about_price: bool) -> list[Amount]:
    """Amounts marked as money; where prices are the subject, bare numbers too that look like one."""
    marked = money_in(sentence, about_price=about_price)
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
