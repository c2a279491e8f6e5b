"""What the product made of one labelled conversation, and where that differs from its labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from evals.corpus import Case, Criterion, Label, Tier

Field = Literal["name", "email", "phone"]
FIELDS: tuple[Field, ...] = get_args(Field)
CRITERIA: tuple[Criterion, ...] = get_args(Criterion)

COUNTS_AS: dict[Criterion, frozenset[str]] = {
    criterion: frozenset((criterion, "interest")) if criterion == "need" else frozenset((criterion,))
    for criterion in CRITERIA
}
"""The rubric's criteria under which a labelled fact may stand: it tells what is asked about from what is wanted."""


@dataclass(frozen=True, slots=True)
class Found:
    """A fact that was stored. `message`: the text that it says to quote, None if it names no message of the visitor's.
    `holds`: nothing said later took it back or replaced it."""

    criterion: str
    value: str
    quote: str
    message: str | None
    holds: bool

    @property
    def is_evident(self) -> bool:
        return self.message is not None and bool(self.quote) and self.quote in self.message


@dataclass(frozen=True, slots=True)
class Outcome:
    """A conversation's lead at its end. `email` lower case, `phone` E.164."""

    case: Case
    name: str | None
    email: str | None
    phone: str | None
    facts: tuple[Found, ...]
    tier: Tier
    score: int

    def saved(self, field: Field) -> str | None:
        return {"name": self.name, "email": self.email, "phone": self.phone}[field]

    def is_right(self, field: Field) -> bool:
        """Whether a value was saved and is the visitor's, or none was and there is none."""
        saved, accepted = self.saved(field), expected(self.case, field)
        return _plain(saved) in {_plain(value) for value in accepted} if saved else not accepted

    @property
    def others_saved(self) -> tuple[str, ...]:
        """Contact data of somebody else, or corrected away, that was saved as the visitor's."""
        saved = {_plain(value) for field in FIELDS if (value := self.saved(field))}
        return tuple(other for other in self.case.others if _plain(other) in saved)

    def has(self, label: Label) -> bool:
        """Whether a fact that holds quotes what the label names, or a part of it that says as much."""
        wanted = label.quote.casefold()
        return any(
            fact.holds
            and fact.criterion in COUNTS_AS[label.criterion]
            and (wanted in (quote := fact.quote.casefold()) or quote in wanted)
            for fact in self.facts
        )

    def differences(self) -> Iterator[str]:
        """One line for each label that was missed, worst first."""
        if self.tier != self.case.tier:
            held = ", ".join(f"{f.criterion}={f.value}" for f in self.facts if f.holds)
            yield f"tier {self.tier} ({self.score}), should be {self.case.tier}: {self.case.why} Found: {held}"
        for other in self.others_saved:
            yield f"saved {other!r}, which is not theirs"
        for field in FIELDS:
            if not self.is_right(field):
                wanted = " or ".join(map(repr, expected(self.case, field))) or "none"
                yield f"{field} {self.saved(field)!r}, should be {wanted}"
        for fact in self.facts:
            if not fact.is_evident:
                yield f"{fact.criterion} without evidence: {fact.quote!r}"
        for label in self.case.facts:
            if not self.has(label):
                yield f"no {label.criterion} from {label.quote!r}"


def expected(case: Case, field: Field) -> tuple[str, ...]:
    """The values of a field that are right; empty if the visitor gave none."""
    if field == "name":
        return case.contact.name
    value = case.contact.email if field == "email" else case.contact.phone
    return (value,) if value else ()


def wrong(outcomes: Iterable[Outcome]) -> list[tuple[str, list[str]]]:
    """(id, differences) of every conversation that has any."""
    return [(o.case.id, found) for o in outcomes if (found := list(o.differences()))]


def _plain(value: str) -> str:
    return " ".join(value.casefold().split())
