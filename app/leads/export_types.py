"""What may be asked of an export, and how its rows look before a profile turns them into columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from app.errors import Conflict, Unavailable
from app.leads.types import Tier

SCHEMA = "talia.leads.export/1"

Format = Literal["csv", "xlsx", "jsonl"]
Profile = Literal["full", "hubspot", "salesforce", "mailchimp", "excel"]
Unit = Literal["lead", "conversation"]
Consent = Literal["contact", "marketing", "any"]
Outcome = Literal[
    "pending", "appointment_scheduled", "offer_made", "purchased", "not_interested", "unavailable"
]
Cell = str | int | float | bool | date | datetime | None
"""A datetime is aware and in UTC; a date is a day in the export's time zone."""
Row = Mapping[str, Any]
"""One lead or conversation as `export_page` renders it; docs/exports.md lists what is in it."""


def _known_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("must be a time zone such as America/Santo_Domingo") from error
    return value


def _printable(value: str) -> str:
    if not value.isprintable():
        raise ValueError("must be printable")
    return value


ZoneName = Annotated[
    str, StringConstraints(strict=True, min_length=1, max_length=64), AfterValidator(_known_zone)
]
Text = Annotated[
    str,
    StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_printable),
]
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2199, 12, 31))]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class ExportFilter(_Body):
    """All that is given must hold. Days are inclusive, in the export's time zone, and say when a conversation began."""

    since: Day | None = Field(None, alias="from")
    until: Day | None = Field(None, alias="to")
    quality: Annotated[tuple[Tier, ...], Field(min_length=1, max_length=3)] | None = None
    outcome: Annotated[tuple[Outcome, ...], Field(min_length=1, max_length=6)] | None = None
    campaign: Text | None = None
    item: Text | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.since and self.until and self.since > self.until:
            raise ValueError("`from` must not be after `to`")
        return self


class ExportRequest(_Body):
    """`consent` left out: those who agreed to be contacted, and for Mailchimp to marketing. `time_zone` left out: the
    site's. `missing` fills what an importer requires and nobody has said (Salesforce: last name, company)."""

    profile: Profile = "full"
    format: Format = "csv"
    unit: Unit = "lead"
    consent: Consent | None = None
    time_zone: ZoneName | None = None
    missing: Text = "Unknown"
    filter: ExportFilter = ExportFilter()

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.profile == "excel" and self.format != "csv":
            raise ValueError("the profile excel is a CSV for Excel: choose full for the other formats")
        if self.profile == "mailchimp" and self.consent in {"contact", "any"}:
            raise ValueError("Mailchimp gets only those who agreed to marketing")
        if self.profile != "full" and self.consent == "any":
            raise ValueError("only the profile full has rows of people who did not agree")
        if self.consent == "any" and self.unit == "lead":
            raise ValueError("without consent there is no lead: use unit conversation")
        return self

    def settled(self, site_zone: str) -> Plan:
        """With every default filled in, days turned into moments: what is stored, audited and done."""
        zone = self.time_zone or site_zone
        wanted = self.filter
        moments = {
            "from": _midnight(wanted.since, zone) if wanted.since else None,
            "to": _midnight(wanted.until + timedelta(days=1), zone) if wanted.until else None,
        }
        filter_ = {
            **moments,
            **wanted.model_dump(mode="json", include={"quality", "outcome", "campaign", "item"}),
        }
        return Plan(
            profile=self.profile,
            format=self.format,
            unit=self.unit,
            consent=self.consent or ("marketing" if self.profile == "mailchimp" else "contact"),
            time_zone=zone,
            missing=self.missing,
            filter={name: value for name, value in filter_.items() if value is not None},
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """A request with nothing left open. `filter`: from, to (UTC, ISO 8601; `to` is exclusive), quality, outcome,
    campaign, item, where given."""

    profile: Profile
    format: Format
    unit: Unit
    consent: Consent
    time_zone: str
    missing: str
    filter: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {
            "profile": self.profile,
            "format": self.format,
            "unit": self.unit,
            "consent": self.consent,
            "time_zone": self.time_zone,
            "missing": self.missing,
            "filter": self.filter,
        }


class ExportNotReady(Conflict):
    code = "export.not_ready"
    title = "There is nothing to hand out (yet)."


class ExportElsewhere(Conflict):
    """Several machines without a shared TALIA_DATA_DIR: only the one that made the file has it."""

    code = "export.elsewhere"
    title = "Another of the servers has this file: share TALIA_DATA_DIR between them, or make it again."


class ExportsBusy(Unavailable):
    code = "export.busy"
    title = "This server is making as many exports as it should; please retry."


def _midnight(day: date, zone: str) -> str:
    return datetime.combine(day, time.min, ZoneInfo(zone)).astimezone(UTC).isoformat().replace("+00:00", "Z")
