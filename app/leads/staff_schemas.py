"""What the staff may send about leads, field by field. Unknown fields are refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    JsonValue,
    StringConstraints,
    model_validator,
)

from app.errors import FieldError, Invalid
from app.leads.finding import is_email, is_phone
from app.leads.types import COLD, Locale, Rubric, Tier

MAX_FACTS = 30
_SEEDS_OUTCOMES = {
    "Pending": "pending",
    "TestDriveScheduled": "appointment_scheduled",
    "OfferMade": "offer_made",
    "Purchased": "purchased",
    "NotInterested": "not_interested",
    "VehicleSold": "unavailable",
}


def _no_control(value: str) -> str:
    if any(ord(c) < 32 and c not in "\n\r\t" for c in value):
        raise ValueError("must not contain NUL or other control characters")
    return value


def _upto(most: int) -> StringConstraints:
    return StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=most)


Text200 = Annotated[str, _upto(200), AfterValidator(_no_control)]
Text500 = Annotated[str, _upto(500), AfterValidator(_no_control)]
Text1000 = Annotated[str, _upto(1000), AfterValidator(_no_control)]
Outcome = Annotated[
    Literal["pending", "appointment_scheduled", "offer_made", "purchased", "not_interested", "unavailable"],
    BeforeValidator(lambda v: _SEEDS_OUTCOMES.get(v, v) if isinstance(v, str) else v),
]
"""Seed 000's six, for any trade; the seed's own names are understood too."""
Consent = Literal["granted", "refused", "none"]
Gap = Literal[
    "no_consent", "consent_refused", "invalid_contact", "somebody_elses", "unconfirmed", "not_saved"
]
Criterion = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ContactBody(Body):
    """What is left out stays; null clears."""

    name: Text200 | None = None
    email: Text500 | None = None
    phone: Text200 | None = None


class FactBody(Body):
    """`value` as the rubric lists it, or free text where it lists none; `data` are details, such as an amount."""

    value: Text500
    data: Annotated[dict[str, JsonValue], Field(max_length=20)] | None = None


class CorrectionBody(Body):
    """`facts`: by criterion what is so, or null for what is not. `quality`: your word above the rubric's; null gives
    the rubric its word back."""

    contact: ContactBody | None = None
    facts: Annotated[dict[Criterion, FactBody | None], Field(max_length=MAX_FACTS)] = {}
    quality: Tier | None = None

    @model_validator(mode="after")
    def _something_is_given(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("give at least one of contact, facts and quality")
        return self

    def patch(self, rubric: Rubric, region: str) -> dict[str, Any]:
        """`p_patch` of correct_lead. Raises Invalid for what no rubric or telephone network knows."""
        patch: dict[str, Any] = {}
        if self.contact is not None:
            patch["contact"] = _contact(self.contact, region)
        if self.facts:
            patch["facts"] = _facts(self.facts, rubric)
        if "quality" in self.model_fields_set:
            patch["quality"] = self.quality
        return patch


class VerdictBody(Body):
    """Was the tier right? For a wrong one say why, and if you like which it should have been."""

    verdict: Literal["right", "wrong"]
    reason: Text1000 | None = None
    quality: Tier | None = None

    @model_validator(mode="after")
    def _wrong_has_a_reason(self) -> Self:
        if self.verdict == "wrong" and self.reason is None:
            raise ValueError("a wrong tier needs a reason")
        return self


class OutcomeBody(Body):
    outcome: Outcome


def filter_of(
    *,
    since: datetime | None,
    until: datetime | None,
    quality: Tier | None,
    outcome: str | None,
    campaign: str | None,
    item: str | None,
    consent: Consent | None,
    text: str | None,
    gap: str | None = None,
) -> dict[str, Any]:
    """`p_filter` of staff_leads and staff_lead_counts."""
    wanted = {
        "from": since.isoformat() if since else None,
        "to": until.isoformat() if until else None,
        "quality": quality,
        "outcome": _SEEDS_OUTCOMES.get(outcome, outcome) if outcome else None,
        "campaign": campaign,
        "item": item,
        "consent": consent,
        "text": text,
        "gap": gap,
    }
    return {name: value for name, value in wanted.items() if value is not None}


def rubric_json(rubric: Rubric) -> dict[str, Any]:
    """What there is to say about a lead, with labels in every language."""
    criteria = [
        {
            "name": name,
            "label": _words(criterion.label),
            "values": [{"value": v, "label": _words(known.label)} for v, known in criterion.values.items()],
        }
        for name, criterion in rubric.criteria.items()
    ]
    cold = {
        "name": COLD,
        "label": None,
        "values": [{"value": name, "label": _words(kind.label)} for name, kind in rubric.cold.items()],
    }
    return {"ref": rubric.ref, "criteria": [*criteria, cold]}


def _words(label: Mapping[Locale, str]) -> dict[str, str]:
    return {str(locale): text for locale, text in label.items()}


def _contact(given: ContactBody, region: str) -> dict[str, str | None]:
    patch: dict[str, str | None] = given.model_dump(include=given.model_fields_set)
    if given.email is not None:
        patch["email"] = is_email(given.email)
        if patch["email"] is None:
            raise _wrong("contact.email", "contact.email_invalid", "is not a valid e-mail address")
    if given.phone is not None:
        patch["phone"] = is_phone(given.phone, region)
        if patch["phone"] is None:
            raise _wrong(
                "contact.phone", "contact.phone_invalid", "is not a valid number; give a country code"
            )
    return patch


def _facts(given: dict[str, FactBody | None], rubric: Rubric) -> dict[str, dict[str, Any] | None]:
    for name, fact in given.items():
        if name != COLD and name not in rubric.criteria:
            known = ", ".join((*rubric.criteria, COLD))
            raise _wrong(f"facts.{name}", "lead.unknown_criterion", f"is unknown; there are {known}")
        allowed = tuple(rubric.cold) if name == COLD else tuple(rubric.criteria[name].values)
        if fact is not None and allowed and fact.value not in allowed:
            raise _wrong(f"facts.{name}.value", "lead.unknown_value", f"give one of {', '.join(allowed)}")
    return {name: fact.model_dump(mode="json") if fact else None for name, fact in given.items()}


def _wrong(field: str, code: str, message: str) -> Invalid:
    return Invalid(fields=(FieldError(field, code, message),))
