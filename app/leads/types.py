"""Leads as values: what visitors said about buying, how they behave, and what that adds up to.

The model and the rules extract facts; `app/leads/rubric.py` scores them. Nothing here knows how anything is stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, get_args

Locale = Literal["es", "en", "pt"]
LOCALES: tuple[Locale, ...] = get_args(Locale)

Tier = Literal["hot", "warm", "cold"]
TIERS: tuple[Tier, ...] = get_args(Tier)

Source = Literal["model", "extractor", "form", "seller"]
SOURCES: tuple[Source, ...] = get_args(Source)

COLD = "cold"
"""The criterion whose values are the rubric's cold classes (`curious`, `support`, `supplier` …)."""
NONE = "none"
"""The value of a fact that takes an earlier one of its criterion back ("ya no", "no date yet")."""


@dataclass(frozen=True, slots=True)
class VisitorMessage:
    """One message of the visitor's, as it is stored. `at` has a time zone and is the server's.

    `asked` is the text of the last message of the assistant or a seller before it, empty if there was none: "sí" and
    "mañana" mean nothing without it. `asked_at` is when it was sent.
    """

    id: str
    text: str
    at: datetime
    seq: int
    asked: str = ""
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a visitor said, under a criterion of the rubric, with its evidence.

    `value`: one of the criterion's `values` where the rubric lists them, else a short text in the visitor's words;
    always `none` when it takes back what was said before. `data`: details such as `{"amount_max": 800000, "currency":
    "DOP"}` or `{"date": "2026-11-28"}`, JSON. `quote` stands in the message with the id `message_id` exactly like this,
    from character `start` on. Only a fact from a seller or a form may have no message (`message_id` None, `quote` "").
    `seq` is the message's; for a fact without one, the conversation's last `seq` when it was written. Facts are ordered
    by `(seq, start)`: of a criterion the last word counts.
    """

    criterion: str
    value: str
    message_id: str | None
    quote: str
    source: Source
    seq: int = 0
    start: int = 0
    data: Mapping[str, Any] = field(default_factory=dict, compare=False)


def fact_order(fact: Fact) -> tuple[object, ...]:
    """The order in which facts were said. A seller's comes after the message it was written under; what was said at
    once is ordered by what it says, so that chance decides nothing."""
    by_seller = fact.source == "seller"
    place = (fact.seq, by_seller, fact.start)
    return (*place, fact.criterion, fact.value, fact.source, fact.message_id or "", fact.quote)


@dataclass(frozen=True, slots=True)
class Signals:
    """How the visitor behaves, and whether they can be reached. All but the facts that a score is made of.

    `email`, `phone`: the visitor's own and valid (never somebody else's). `contact_evidence`: ids of the messages that
    they came in, empty if from a form. `consent`: allowed to contact them; None = not answered. `reply_seconds`: median
    from a message of ours to the visitor's answer; None before the first. `specific_questions`: distinct ones about the
    thing itself (price, stock, conditions); `question_evidence`: ids of their messages. `visits`: sessions of this
    contact so far. `silent_days`: since the visitor's last message.
    """

    email: bool = False
    phone: bool = False
    contact_evidence: tuple[str, ...] = ()
    consent: bool | None = None
    visitor_messages: int = 0
    reply_seconds: float | None = None
    specific_questions: int = 0
    question_evidence: tuple[str, ...] = ()
    visits: int = 1
    silent_days: float = 0.0

    @property
    def reachable(self) -> bool:
        return self.email or self.phone


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a score is what it is. `key` is one of the rubric's `reasons`; `params` fill its text. `points` may be 0 (a
    gate or a class decides without adding) or negative. `evidence`: ids of the visitor's messages it rests on."""

    key: str
    params: Mapping[str, str]
    points: int
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """`score` 0 to 100. `reasons`: what decided the tier first, then by weight. `rubric` is the rubric's `ref`."""

    score: int
    tier: Tier
    reasons: tuple[Reason, ...]
    rubric: str


@dataclass(frozen=True, slots=True)
class CriterionValue:
    """One of the values that a criterion is limited to, with what a seller reads for it."""

    points: int
    label: Mapping[Locale, str]


@dataclass(frozen=True, slots=True)
class Criterion:
    """What may be said under one heading. `ask` tells a model what to look for, in English. With no `values`, any text
    may be said, and counts `points`."""

    label: Mapping[Locale, str]
    ask: str
    points: int
    values: Mapping[str, CriterionValue]


@dataclass(frozen=True, slots=True)
class ColdClass:
    """A kind of visitor who is cold whatever else is true. `lifted_by`: criteria that, said later, end it."""

    label: Mapping[Locale, str]
    points: int
    lifted_by: tuple[str, ...]


Gate = tuple[tuple[str, ...], ...]
"""Alternatives, of which one must hold; of one, every condition. A condition is a criterion (`need`), a criterion
with a value (`timeline=near`), `reachable`, or one of these after `not `."""


@dataclass(frozen=True, slots=True)
class SignalRule:
    """`reply_seconds` counts at or below `limit`; `specific_questions` and `visits` at or above it; `reachable` as soon
    as there is an address or a number (`limit` 1)."""

    limit: float
    points: int


@dataclass(frozen=True, slots=True)
class Decay:
    """After `after_days` of silence `points_per_day` go, at most `max_points`. From `cool_days` on nobody is hot."""

    after_days: float
    points_per_day: float
    max_points: int
    cool_days: float


@dataclass(frozen=True, slots=True)
class Rubric:
    """How facts and signals become a score. `ref` is `<name>@<first 8 hex digits of the file's SHA-256>`.

    `gates`: what must hold for a tier; `bands`: its lowest and highest score. `reasons`: the texts of reasons by key,
    with `{criterion}`, `{value}`, `{condition}` and `{count}` to fill in; `words`: names for what is no criterion.
    """

    name: str
    version: str
    ref: str
    criteria: Mapping[str, Criterion]
    cold: Mapping[str, ColdClass]
    gates: Mapping[Tier, Gate]
    bands: Mapping[Tier, tuple[int, int]]
    signals: Mapping[str, SignalRule]
    decay: Decay
    reasons: Mapping[str, Mapping[Locale, str]]
    words: Mapping[str, Mapping[Locale, str]]
