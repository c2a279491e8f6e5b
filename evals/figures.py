"""Figures over many outcomes: precision and recall per field and criterion, and how the tiers agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import get_args

from evals.corpus import Criterion, Tier
from evals.outcome import CRITERIA, FIELDS, Field, Outcome, expected

TIERS: tuple[Tier, ...] = get_args(Tier)


@dataclass(frozen=True, slots=True)
class Tally:
    """Right, wrongly there, missed. A wrong value in place of the right one is both of the latter."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.hits + other.hits, self.false + other.false, self.missed + other.missed)

    @property
    def precision(self) -> float:
        return _share(self.hits, self.hits + self.false)

    @property
    def recall(self) -> float:
        return _share(self.hits, self.hits + self.missed)

    @property
    def f1(self) -> float:
        return _share(2 * self.hits, 2 * self.hits + self.false + self.missed)


@dataclass(frozen=True, slots=True)
class Figures:
    """`evidence`: facts whose quote stands in a message of the visitor's, of all facts. `tiers`: (right, found)."""

    cases: int
    contact: dict[Field, Tally]
    others_saved: int
    evidence: tuple[int, int]
    recall: dict[Criterion, Tally]
    tiers: Counter[tuple[Tier, Tier]]

    @property
    def contact_f1(self) -> float:
        """Over all three fields together."""
        return sum(self.contact.values(), Tally()).f1

    @property
    def evidence_precision(self) -> float:
        return _share(*self.evidence)

    @property
    def fact_recall(self) -> float:
        return sum(self.recall.values(), Tally()).recall

    @property
    def agreement(self) -> float:
        return _share(sum(self.tiers[tier, tier] for tier in TIERS), self.cases)

    @property
    def cold_called_hot(self) -> int:
        return self.tiers["cold", "hot"]


def measure(outcomes: Sequence[Outcome]) -> Figures:
    facts = [fact for outcome in outcomes for fact in outcome.facts]
    return Figures(
        cases=len(outcomes),
        contact={field: _sum(_compare(outcome, field) for outcome in outcomes) for field in FIELDS},
        others_saved=sum(len(outcome.others_saved) for outcome in outcomes),
        evidence=(sum(fact.is_evident for fact in facts), len(facts)),
        recall={criterion: _found(outcomes, criterion) for criterion in CRITERIA},
        tiers=Counter((outcome.case.tier, outcome.tier) for outcome in outcomes),
    )


def _compare(outcome: Outcome, field: Field) -> Tally:
    saved, wanted = outcome.saved(field) is not None, bool(expected(outcome.case, field))
    if saved and outcome.is_right(field):
        return Tally(hits=1)
    return Tally(false=int(saved), missed=int(wanted))


def _found(outcomes: Iterable[Outcome], criterion: Criterion) -> Tally:
    """Labels are what nobody would argue about, not all there is: what is found beyond them is not false."""
    found = [
        outcome.has(label)
        for outcome in outcomes
        for label in outcome.case.facts
        if label.criterion == criterion
    ]
    return Tally(hits=sum(found), missed=len(found) - sum(found))


def _sum(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())


def _share(part: int, whole: int) -> float:
    """Of nothing, everything was right."""
    return part / whole if whole else 1.0
