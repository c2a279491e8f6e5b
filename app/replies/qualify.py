"""The lead as it stands after a reply: read from the visitor's words, and stored with the reply."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from functools import partial
from typing import Any

import structlog

from app.conversations.publishing import publish, publish_message
from app.conversations.store import claimed_turn
from app.conversations.types import ClaimedTurn
from app.errors import AppError
from app.leads.reading import LeadCase, read_lead
from app.leads.rubrics import rubric_of
from app.leads.store import StoredLead
from app.realtime.bus import Bus
from app.realtime.events import HandoffRequested, LeadUpdated
from app.replies import store
from app.replies.guided.memory import META_KEY
from app.replies.summary import facts_summary, leave_summary
from app.replies.types import Reply
from app.sites.actions import SiteDirectory
from app.sites.types import Site
from app.wiring import Wiring

log = structlog.get_logger(__name__)

INLINE_CHARS = 3000


async def qualified(turn: ClaimedTurn, reply: Reply, site: Site) -> Reply:
    """The reply with the lead that it leaves behind. Never raises: a reply is worth more than a score."""
    if turn.lead is None:
        return reply
    try:
        case = _with_effects(LeadCase.from_json(turn.lead), reply)
        read = partial(
            read_lead,
            case,
            rubric_of(site),
            region=site.region,
            other_region=_region_of(turn.locale),
            noticed=reply.noticed,
        )
        reading = await asyncio.to_thread(read) if _is_long(case) else read()
    except Exception as error:
        # A fault of our own: the conversation stays due, and the reader's own log will say so again.
        log.exception("lead_not_read", turn_id=turn.turn_id, error=type(error).__name__)
        return reply
    # Whoever is being asked whether they want a person answers that themselves, however hot they are.
    offered = reply.effects.meta.get(META_KEY, {}).get("asked") == "offer"
    return replace(reply, lead={**reading.as_json(), "offered": offered})


def announce_lead(bus: Bus, site_id: str, conversation_id: str, stored: StoredLead) -> None:
    """Tell the staff of a lead that changed, and everybody of a person who was asked for."""
    if stored.failed is not None:
        log.error("lead_not_stored", conversation_id=conversation_id, sqlstate=stored.failed)
    if stored.dropped:
        log.warning("facts_without_evidence", conversation_id=conversation_id, count=stored.dropped)
    if stored.message is not None:
        publish_message(bus, site_id, stored.message)
        publish(
            bus,
            site_id,
            conversation_id,
            HandoffRequested(reason="hot_lead", conversation_uuid=conversation_id),
        )
    if stored.changed and stored.lead is not None:
        publish(
            bus, site_id, conversation_id, LeadUpdated(conversation_uuid=conversation_id, lead=stored.lead)
        )


async def tell_of_lead(
    wiring: Wiring, sites: SiteDirectory, site_id: str, conversation_id: str, stored: StoredLead
) -> None:
    """What was read outside of any turn (after a form, a correction, a seller's talk) is told as a turn's lead is, and
    when it asked for a person, whoever takes it finds a summary."""
    announce_lead(wiring.bus, site_id, conversation_id, stored)
    if stored.message is None:
        return
    try:
        row = await store.handoff_turn(wiring.rpc, site=site_id, conversation=conversation_id)
        site = await sites.site(site_id)
    except AppError as error:
        log.warning("summary_not_stored", conversation_id=conversation_id, code=error.code)
        return
    if row is None:
        return
    turn = claimed_turn(row)
    text = facts_summary(turn, site, (turn.lead or {}).get("facts", ()))
    await leave_summary(wiring, site=site_id, conversation=conversation_id, text=text, by="facts")


def announce_turn(bus: Bus, turn: ClaimedTurn, reply: Reply, lead: dict[str, Any] | None) -> None:
    """The same for a turn's lead, whose messages are told with the reply."""
    if lead is not None:
        stored = StoredLead(**lead)
        # With contact data or a consent it may have become one that can be used.
        changed = stored.changed or bool(reply.effects.contact or reply.effects.consents)
        announce_lead(
            bus,
            turn.site_id,
            turn.conversation_id,
            replace(stored, changed=changed and not stored.stale, message=None),
        )


def _is_long(case: LeadCase) -> bool:
    """Long enough to hold up everybody else's streams."""
    return sum(len(message.text) for message in case.messages) > INLINE_CHARS


def _with_effects(case: LeadCase, reply: Reply) -> LeadCase:
    """What the reply's own commit will have changed by then."""
    contact = reply.effects.contact
    answered = [c.granted for c in reply.effects.consents if c.purpose == "contact"]
    return replace(
        case,
        email=case.email or bool(contact and contact.email),
        phone=case.phone or bool(contact and contact.phone),
        consent=answered[-1] if answered else case.consent,
    )


def _region_of(locale: str) -> str:
    """`BR` of `pt-BR`: a visitor from there writes numbers as at home."""
    match = re.search(r"[-_]([A-Za-z]{2})\b", locale)
    return match[1].upper() if match else ""
