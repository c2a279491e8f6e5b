"""The SQL functions about leads: the reader's see everything, the staff's begin with who is calling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.db.rpc import Rpc
from app.leads.reading import LeadCase, LeadReading, Told
from app.staff.types import StaffAccess

Row = dict[str, Any]

CASE_MESSAGES = 40
"""Of the visitor's: as many as a turn sees."""
RESCORE_MESSAGES = 200


@dataclass(frozen=True, slots=True)
class Unread:
    """A conversation as the reader gets it."""

    site_id: str
    conversation_id: str
    region: str
    case: LeadCase


@dataclass(frozen=True, slots=True)
class StoredLead:
    """`stale`: what the reading stood on had changed, and nothing was stored. `dropped`: facts that had no evidence.
    `lead` is what staff is told; `message` the system message of a handoff, if it led to one. `failed`: the database
    refused it, with this SQLSTATE, and nothing was stored."""

    stale: bool
    changed: bool
    dropped: int
    lead: Row | None
    message: Row | None
    failed: str | None = None


async def lead_to_read(rpc: Rpc, *, site: str, conversation: str) -> Unread | None:
    """None: there is no such conversation any more."""
    row = await rpc.call("lead_to_read", site=site, conversation=conversation, messages=CASE_MESSAGES)
    return _unread(row) if row else None


async def store_lead(rpc: Rpc, unread: Unread, reading: LeadReading) -> StoredLead:
    """Raises NotFound `conversation.not_found`."""
    row = await rpc.call(
        "store_lead",
        site=unread.site_id,
        conversation=unread.conversation_id,
        lead=reading.as_json(),
        contact=_patch(reading.told),
    )
    return StoredLead(**row)


async def leads_due(rpc: Rpc, *, grace_seconds: int, limit: int) -> list[tuple[str, str]]:
    """(site, conversation) of what waits to be read, of every site."""
    rows = await rpc.call("leads_due", grace_seconds=grace_seconds, limit=limit)
    return [(row["site_id"], row["conversation_id"]) for row in rows]


async def skip_lead(rpc: Rpc, *, site: str, conversation: str) -> None:
    await rpc.call("skip_lead", site=site, conversation=conversation)


async def leads_to_rescore(rpc: Rpc, *, site: str, after: str | None, limit: int) -> list[Unread]:
    """By conversation id, after one."""
    rows = await rpc.call("leads_to_rescore", site=site, messages=RESCORE_MESSAGES, after=after, limit=limit)
    return [_unread(row) for row in rows]


async def call(rpc: Rpc, function: str, me: StaffAccess, **args: Any) -> Row:
    """A function that begins with who is calling."""
    row: Row = await rpc.call(function, site=me.site_id, staff=me.staff_id, **args)
    return row


def _patch(told: Told) -> Row | None:
    return told.as_json() if told else None


def _unread(row: Row) -> Unread:
    return Unread(
        site_id=row["site_id"],
        conversation_id=row["conversation_id"],
        region=row["region"],
        case=LeadCase.from_json(row["case"]),
    )
