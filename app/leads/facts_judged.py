"""What all that a visitor has written so far amounts to: whether this is a buyer at all, and whether it is for now.

A sentence alone misleads: "my cat sneezes blood" is a complaint of nobody's who is then offered an appointment at 3:40.
So the small model's readings of every sentence, of what we asked before each, and what the rules found are added up
over the conversation, by a few weights that `evals/learn.py` fitted on readings of conversations that the model had not
been trained on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log

from app.leads.facts_cold import STICKY
from app.leads.facts_learned import KINDS, WISHES, Sentence
from app.leads.types import COLD, NONE, Fact

_NEAR, _FAR, _ASKS = (WISHES.index(name) for name in ("near", "far", "asks"))
_GONE = tuple(KINDS.index(name) for name in ("bought_elsewhere", "not_interested"))
_BUYING = frozenset(("need", "request", "timeline", "budget", "financing", "trade_in"))
LIFTING = ("need", "request")
"""What, said later, ends a cold class that is not sticky: `lifted_by` of the rubric."""
_PAYING = frozenset(("budget", "financing"))
_LEAST = 1e-3
_FLOOR = 0.02
"""Of the likelihood of a kind, so that one sentence rules none out."""
_NO_SIGN = -7.0
_UNSURE = -3.0

COLD_SIGNS = 14
NOW_SIGNS = 9


@dataclass(frozen=True, slots=True)
class Signs:
    """Of one message, as log odds: the highest of a cold class in a sentence, and their sum; the same of what was asked
    before it; the highest of each of `WISHES`.
    `gone`: that nothing is wanted any more. `kinds`: by cold class, how much speaks for it."""

    cold: float = _NO_SIGN
    colds: float = 0.0
    asked: float | None = None
    near: float = _NO_SIGN
    far: float = _NO_SIGN
    asks: float = _NO_SIGN
    fars: float = 0.0
    asked_asks: float = 0.0
    gone: float = _NO_SIGN
    kinds: tuple[float, ...] = (0.0,) * (len(KINDS) - 1)


@dataclass(frozen=True, slots=True)
class Mood:
    """All messages so far. `known`: criteria that the rules have read; `cold_by_rule`: the class
    that they have, and nothing has lifted; `when`, `wishes`: the last word on the date and
    on a request."""

    messages: int = 0
    cold: float = _NO_SIGN
    colds: float = 0.0
    asked: float = 0.0
    asked_most: float | None = None
    asked_last: float = 0.0
    near: float = _NO_SIGN
    far: float = _NO_SIGN
    asks: float = _NO_SIGN
    fars: float = 0.0
    asked_asks: float = 0.0
    gone: float = _NO_SIGN
    kinds: tuple[float, ...] = (0.0,) * (len(KINDS) - 1)
    gone_last: float = _NO_SIGN
    cold_last: float = _NO_SIGN
    known: frozenset[str] = frozenset()
    cold_by_rule: str = ""
    when: str = ""
    requested: bool = False

    def after(self, signs: Signs, found: Iterable[Fact]) -> Mood:
        """With one message more, and what the rules found in it."""
        known, by_rule, when, requested = set(self.known), self.cold_by_rule, self.when, self.requested
        for fact in found:
            if fact.criterion in _BUYING:
                known.add(fact.criterion)
            if fact.criterion == COLD:
                by_rule = fact.value if fact.value != NONE else ""
            elif fact.criterion in LIFTING and fact.value != NONE and by_rule not in STICKY:
                by_rule = ""
            if fact.criterion == "timeline":
                when = fact.value
            elif fact.criterion == "request":
                requested = fact.value != NONE
        asked = signs.asked
        return Mood(
            messages=self.messages + 1,
            cold=max(self.cold, signs.cold),
            colds=self.colds + signs.colds,
            asked=self.asked + (asked or 0.0),
            asked_most=self.asked_most if asked is None else max(asked, self.asked_most or asked),
            asked_last=asked or 0.0,
            near=max(self.near, signs.near),
            far=max(self.far, signs.far),
            asks=max(self.asks, signs.asks),
            fars=self.fars + signs.fars,
            asked_asks=self.asked_asks + signs.asked_asks,
            gone=max(self.gone, signs.gone),
            gone_last=signs.gone,
            cold_last=signs.cold,
            kinds=tuple(map(sum, zip(self.kinds, signs.kinds, strict=True))),
            known=frozenset(known),
            cold_by_rule=by_rule,
            when=when,
            requested=requested,
        )

    def cold_signs(self) -> tuple[float, ...]:
        return (
            self.cold,
            self.colds,
            self.asked,
            self.asked_most or 0.0,
            self.asked_last,
            float(len(self.known)),
            float(self.messages - 1),
            float("need" in self.known),
            float(not _PAYING.isdisjoint(self.known)),
            float(bool(self.cold_by_rule)),
            self.gone,
            self.gone_last,
            max(self.gone_last, 0.0),
            max(self.cold_last, 0.0),
        )

    def now_signs(self) -> tuple[float, ...]:
        return (
            float(self.when == "near"),
            float(self.when == "far"),
            float(self.requested),
            self.near,
            self.far,
            self.asks,
            self.fars,
            self.asked_asks,
            float(self.messages - 1),
        )

    @property
    def kind(self) -> str:
        """The likeliest cold class."""
        return KINDS[max(range(len(KINDS) - 1), key=self.kinds.__getitem__)]


def signs_of(sentences: Sequence[Sentence], asked: tuple[Sequence[float], Sequence[float]] | None) -> Signs:
    """Of one message: its sentences as they were read, and what was asked before as `read_asked` gives it."""
    colds = [_odds(one.cold) for one in sentences]
    kinds = [sum(log(one.kinds[k] + _FLOOR) for one in sentences) for k in range(len(KINDS) - 1)]
    if asked:
        kinds = [k + log(p + _FLOOR) for k, p in zip(kinds, asked[0], strict=False)]
    wishes = [[_odds(p) for p in one.wishes] for one in sentences]
    return Signs(
        cold=max(colds, default=_NO_SIGN),
        colds=sum(colds),
        asked=_odds(1 - asked[0][-1]) if asked else None,
        near=max((w[_NEAR] for w in wishes), default=_NO_SIGN),
        far=max((w[_FAR] for w in wishes), default=_NO_SIGN),
        asks=max((w[_ASKS] for w in wishes), default=_NO_SIGN),
        fars=sum(max(w[_FAR], _UNSURE) for w in wishes),
        asked_asks=_odds(asked[1][_ASKS]) if asked else 0.0,
        gone=max((_odds(sum(one.kinds[k] for k in _GONE)) for one in sentences), default=_NO_SIGN),
        kinds=tuple(kinds),
    )


def likely(weights: Sequence[float], signs: Sequence[float]) -> float:
    """0 to 1. `weights`: the first for every case, then one for each sign."""
    return 1 / (
        1 + exp(-max(-30.0, weights[0] + sum(w * s for w, s in zip(weights[1:], signs, strict=True))))
    )


def _odds(p: float) -> float:
    p = min(max(p, _LEAST), 1 - _LEAST)
    return log(p / (1 - p))
