"""The profiles: which columns an importer expects, under which labels, and what it does not take.

HubSpot, Salesforce and Mailchimp as their import guides have it in November 2026 (docs/exports.md names the pages).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

import phonenumbers

from app.leads.export_cells import cut, cut_bytes, plain
from app.leads.export_types import Cell, Plan, Profile, Row

SALESFORCE_ROWS = 50_000
"""Salesforce's import wizard takes no more in one file."""
_CAMPAIGN = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
_CLICKS = ("gclid", "fbclid", "msclkid")


@dataclass(frozen=True, slots=True)
class Frame:
    """What rows are put into: `conversation_url` is completed by the conversation's id."""

    plan: Plan
    site: str
    conversation_url: str

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.plan.time_zone)


Take = Callable[[Row], Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """`phone`: in a CRM's file a valid E.164 number keeps its plus sign."""

    label: str
    take: Take
    phone: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A profile's columns for one export. `refuse` names the reason why a row cannot be imported there, or None."""

    columns: tuple[Column, ...]
    refuse: Callable[[Row], str | None] = field(default=lambda _: None)
    crm: bool = False
    """Its importer reads phones; a spreadsheet would read them as formulas."""

    def cells(self, row: Row) -> list[Cell]:
        return [column.take(row) for column in self.columns]


def sheet_of(frame: Frame) -> Sheet:
    return _SHEETS[frame.plan.profile](frame)


def notices(frame: Frame, rows: int) -> list[str]:
    """What whoever imports the file should know; sentences for people."""
    if frame.plan.profile == "salesforce" and rows > SALESFORCE_ROWS:
        told = (
            f"Salesforce's import wizard takes {SALESFORCE_ROWS:,} rows in one file; this one has {rows:,}."
        )
        return [f"{told} Use Data Loader, or export shorter periods."]
    if frame.plan.profile == "hubspot":
        return [
            "HubSpot tells contacts apart by e-mail: rows without one are new contacts with every import."
        ]
    return []


def _full(frame: Frame) -> Sheet:
    zone = frame.zone
    columns = [
        _text("contact_id"),
        _text("name"),
        Column("first_name", lambda r: split_name(r["name"])[0]),
        Column("last_name", lambda r: split_name(r["name"])[1]),
        _text("email"),
        Column("phone", lambda r: r["phone"], phone=True),
        _text("identity"),
        _text("language"),
        Column("site", lambda _: frame.site),
        _text("quality"),
        Column("score", lambda r: r["score"]),
        Column("outcome", lambda r: r["outcome"] or "pending"),
        Column("item_id", lambda r: _of(r, "item", "id")),
        Column("item", lambda r: _of(r, "item", "title")),
        Column("item_url", lambda r: _of(r, "item", "url")),
        Column("facts", _facts),
        # Whoever did not agree has no key, and what colleagues call them is about them, too.
        Column("tags", lambda r: ", ".join(r["tags"] or ()) if r["key"] else None),
        _text("assigned_to"),
        _text("handoff_reason"),
        Column("rating", lambda r: r["rating"]),
        _text("verdict"),
        _text("gap"),
        Column("conversations", lambda r: r["conversations"]),
        Column("messages", lambda r: r["messages"]),
        _text("conversation_id"),
        Column("conversation_url", lambda r: f"{frame.conversation_url}{r['conversation_id']}"),
        _text("prompt_version"),
        _text("rubric"),
        _moment("conversation_at"),
        Column(f"day ({frame.plan.time_zone})", lambda r: _at(r, "conversation_at", zone).date()),
        *_origins(),
        *(Column(f"last_{name}", _touch("last_touch", name)) for name in _CAMPAIGN),
        _moment("first_touch_at"),
        _moment("last_touch_at"),
        *_consents(),
        Column("merged_contacts", lambda r: r.get("merged", 1)),
    ]
    return Sheet(tuple(columns))


def _hubspot(frame: Frame) -> Sheet:
    columns = (
        Column("First Name", lambda r: split_name(r["name"])[0]),
        Column("Last Name", lambda r: split_name(r["name"])[1]),
        Column("Email", lambda r: r["email"]),
        Column("Phone Number", lambda r: r["phone"], phone=True),
        Column("Lifecycle Stage", _lifecycle),
        Column("Lead Status", lambda r: _HUBSPOT_STATUS.get(r["outcome"], _taken(r, "In Progress", "New"))),
        *_extra(frame),
    )
    return Sheet(columns, crm=True)


def _salesforce(frame: Frame) -> Sheet:
    missing = frame.plan.missing
    columns = (
        Column("First Name", lambda r: cut(split_name(r["name"])[0], 40)),
        Column("Last Name", lambda r: cut(split_name(r["name"])[1], 80) or missing),
        Column("Company", lambda r: cut(plain((r["facts"] or {}).get("company", "")), 255) or missing),
        Column("Email", lambda r: r["email"]),
        Column("Phone", lambda r: r["phone"], phone=True),
        Column("Mobile Phone", _mobile, phone=True),
        Column("Lead Source", lambda _: "Web"),
        Column(
            "Lead Status",
            lambda r: _SALESFORCE_STATUS.get(
                r["outcome"], _taken(r, "Working - Contacted", "Open - Not Contacted")
            ),
        ),
        Column("Rating", lambda r: (r["quality"] or "").capitalize()),
        Column("Description", lambda r: cut(_description(frame, r), 32_000)),
        Column("Email Opt Out", lambda r: "0" if r["marketing_consent"] else "1"),
        *_extra(frame),
    )
    return Sheet(columns, refuse=lambda r: "email_too_long" if len(r["email"] or "") > 80 else None, crm=True)


def _mailchimp(_: Frame) -> Sheet:
    columns = (
        Column("Email Address", lambda r: r["email"]),
        Column("First Name", lambda r: cut_bytes(split_name(r["name"])[0], 255)),
        Column("Last Name", lambda r: cut_bytes(split_name(r["name"])[1], 255)),
        Column("Phone Number", lambda r: r["phone"], phone=True),
        Column("Tags", lambda r: cut_bytes(_tags(r), 255)),
    )
    return Sheet(columns, refuse=_not_for_mailchimp, crm=True)


_SHEETS: Mapping[Profile, Callable[[Frame], Sheet]] = {
    "full": _full,
    "excel": _full,
    "hubspot": _hubspot,
    "salesforce": _salesforce,
    "mailchimp": _mailchimp,
}
_HUBSPOT_STATUS = {
    "appointment_scheduled": "Connected",
    "offer_made": "Open Deal",
    "purchased": "Connected",
    "not_interested": "Unqualified",
    "unavailable": "Bad Timing",
}
_SALESFORCE_STATUS = {
    "appointment_scheduled": "Working - Contacted",
    "offer_made": "Working - Contacted",
    "purchased": "Closed - Converted",
    "not_interested": "Closed - Not Converted",
    "unavailable": "Closed - Not Converted",
}
_PARTICLES = frozenset(
    ("de", "del", "la", "las", "los", "da", "do", "das", "dos", "di", "van", "von", "der", "den", "y", "e")
)


def split_name(name: str | None) -> tuple[str, str]:
    """(first, last), the last empty when there is one word. Spanish and Portuguese people mostly have two family names:
    of four words and more the first two are given names, unless a particle says where the family begins."""
    words = plain(name or "").split(" ")
    cut_at = 2 if len(words) > 3 else 1
    particle = next((i for i, word in enumerate(words) if i and word.lower() in _PARTICLES), None)
    if particle is not None and particle < cut_at:
        cut_at = particle
    return " ".join(words[:cut_at]), " ".join(words[cut_at:])


def _text(name: str) -> Column:
    return Column(name, lambda r: r[name])


def _moment(name: str) -> Column:
    return Column(name, lambda r: datetime.fromisoformat(r[name]) if r[name] else None)


def _at(row: Row, name: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(row[name]).astimezone(zone)


def _of(row: Row, name: str, key: str) -> Cell:
    value = (row[name] or {}).get(key)
    return value if isinstance(value, str | int | float) else None


def _touch(which: str, key: str) -> Take:
    return lambda r: _of(r, which, key)


def _origins() -> list[Column]:
    return [
        Column(name, _touch("first_touch", name))
        for name in (*_CAMPAIGN, *_CLICKS, "landing_page", "referrer")
    ]


def _consents() -> list[Column]:
    return [
        Column("contact_consent", lambda r: r["contact_consent"]),
        Column("marketing_consent", lambda r: r["marketing_consent"]),
        _moment("consent_at"),
        _text("consent_text_version"),
        _text("consent_source"),
        _moment("opted_out_at"),
    ]


def _extra(frame: Frame) -> list[Column]:
    """What a CRM has no standard field for: to be mapped in its wizard, or left out there."""
    return [
        *_origins(),
        _moment("first_touch_at"),
        _moment("last_touch_at"),
        _text("language"),
        Column("site", lambda _: frame.site),
        Column("item", lambda r: _of(r, "item", "title")),
        _text("quality"),
        Column("outcome", lambda r: r["outcome"] or "pending"),
        _text("assigned_to"),
        Column("conversation_url", lambda r: f"{frame.conversation_url}{r['conversation_id']}"),
        _text("prompt_version"),
        *_consents(),
    ]


def _mobile(row: Row) -> Cell:
    """The number again where it can be a mobile one; in many countries the number itself does not tell."""
    if not row["phone"]:
        return None
    kind = phonenumbers.number_type(phonenumbers.parse(row["phone"]))
    return None if kind == phonenumbers.PhoneNumberType.FIXED_LINE else row["phone"]


def _lifecycle(row: Row) -> str:
    """HubSpot never moves a contact's stage backward on import, so that saying less than it knows does no harm."""
    if row["outcome"] == "purchased":
        return "Customer"
    if row["outcome"] == "offer_made":
        return "Opportunity"
    return {"hot": "Sales Qualified Lead", "warm": "Marketing Qualified Lead"}.get(row["quality"], "Lead")


def _taken(row: Row, taken: str, free: str) -> str:
    return taken if row["assigned_to"] else free


def _facts(row: Row) -> str:
    return "; ".join(f"{name}: {plain(str(value))}" for name, value in sorted((row["facts"] or {}).items()))


def _description(frame: Frame, row: Row) -> str:
    item = _of(row, "item", "title")
    parts = [
        f"Interested in: {plain(str(item))}" if item else "",
        _facts(row),
        f"Score {row['score']} ({row['quality']})" if row["score"] is not None else "",
        f"{frame.conversation_url}{row['conversation_id']}",
    ]
    return "\n".join(part for part in parts if part)


def _tags(row: Row) -> str:
    found = ["TalIA", row["quality"], _of(row, "item", "title"), _of(row, "first_touch", "utm_campaign")]
    return ", ".join(cut(plain(str(tag).replace(",", " ")), 100) for tag in found if tag)


def _not_for_mailchimp(row: Row) -> str | None:
    email = row["email"]
    if not email:
        return "no_email"
    return None if email.rpartition("@")[0].isascii() else "accent_before_at"
