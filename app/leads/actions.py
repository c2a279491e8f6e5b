"""Leads outside of turns: read what no turn reads, score anew what has changed, and what the staff does to a lead.

A turn reads the words that it answers and stores the lead with its reply. While a seller answers, and after a
correction, the reader does the same; it finds its work in the database, so that nothing is lost with a process.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import structlog

from app.errors import AppError, NotFound, Unavailable
from app.leads import store
from app.leads.reading import LeadReading, read_lead
from app.leads.rubric import load_rubric
from app.leads.rubrics import DEFAULT, rubric_of
from app.leads.store import Row, StoredLead, Unread
from app.leads.types import Rubric
from app.sites.actions import SiteDirectory
from app.staff.types import StaffAccess
from app.wiring import Wiring

log = structlog.get_logger(__name__)

SWEEP_SECONDS = 2.0
GRACE_SECONDS = 2
"""What a turn will read is left to it for so long."""
SWEEP_LEADS = 50
ATTEMPTS = 3

Announce = Callable[[str, str, StoredLead], Awaitable[None]]
"""Tells whoever listens (site, conversation, what was stored)."""


class LeadNotStored(Exception):
    """The database refused what was read: a fault of ours. Says the SQLSTATE."""


class LeadReader:
    """Reads what is due, of all sites. Two of them at work at once change nothing twice: what is stale is refused."""

    def __init__(self, wiring: Wiring, sites: SiteDirectory, announce: Announce) -> None:
        self._wiring = wiring
        self._sites = sites
        self._announce = announce

        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Look for what is due from now on."""
        self._task = asyncio.get_running_loop().create_task(self._read_forever())

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _read_forever(self) -> None:
        while True:
            if await self._sweep() < SWEEP_LEADS:
                await asyncio.sleep(SWEEP_SECONDS * random.uniform(0.7, 1.3))  # noqa: S311 - only spreads the workers

    async def read(self, site_id: str, conversation_id: str, *, tell: bool = False) -> None:
        """Read one conversation now. What changes meanwhile is read again; what is gone is nobody's lead. `tell`: also
        when the score stays what it was."""
        rubric = rubric_of(await self._sites.site(site_id))
        for _ in range(ATTEMPTS):
            unread = await store.lead_to_read(self._wiring.rpc, site=site_id, conversation=conversation_id)
            if unread is None:
                return
            # Away from the loop: nobody waits for it, and it may be a long conversation.
            reading = await asyncio.to_thread(reading_of, unread, rubric)
            try:
                stored = await store.store_lead(self._wiring.rpc, unread, reading)
            except NotFound:
                return
            if stored.failed is not None:
                raise LeadNotStored(stored.failed)
            if not stored.stale:
                changed = stored.changed or tell or bool(reading.told)
                await self._announce(site_id, conversation_id, replace(stored, changed=changed))
                return

    async def tell(self, site_id: str, conversation_id: str, lead: Row) -> None:
        """Somebody of the staff changed the lead: the others see it."""
        await self._announce(site_id, conversation_id, StoredLead(False, True, 0, lead, None))

    async def _sweep(self) -> int:
        """How many there were. Whatever happens to one, the others are read."""
        try:
            due = await store.leads_due(self._wiring.rpc, grace_seconds=GRACE_SECONDS, limit=SWEEP_LEADS)
        except AppError as error:
            log.warning("leads_due_failed", code=error.code)
            return 0
        except Exception as error:
            # The edge of the task: the sweep must outlive any surprise.
            log.exception("leads_sweep_crashed", error=type(error).__name__)
            return 0
        for site_id, conversation_id in due:
            await self._read_or_skip(site_id, conversation_id)
        return len(due)

    async def _read_or_skip(self, site_id: str, conversation_id: str) -> None:
        try:
            await self.read(site_id, conversation_id)
        except Unavailable as error:
            log.warning("lead_not_read", conversation_id=conversation_id, code=error.code)
        except Exception as error:
            # A fault of ours: left out, or it would come up with every sweep.
            log.exception("lead_crashed", conversation_id=conversation_id, error=type(error).__name__)
            await self._skip(site_id, conversation_id)

    async def _skip(self, site_id: str, conversation_id: str) -> None:
        try:
            await store.skip_lead(self._wiring.rpc, site=site_id, conversation=conversation_id)
        except AppError as error:
            log.warning("lead_not_skipped", conversation_id=conversation_id, code=error.code)


def start_reader(wiring: Wiring, sites: SiteDirectory, announce: Announce) -> LeadReader:
    """A reader that is at work; close it before the wiring. Raises ConfigurationError for a wrong default rubric."""
    load_rubric(DEFAULT)
    reader = LeadReader(wiring, sites, announce)
    reader.start()
    return reader


def reading_of(unread: Unread, rubric: Rubric) -> LeadReading:
    return read_lead(unread.case, rubric, region=unread.region)


async def correct(reader: LeadReader, wiring: Wiring, me: StaffAccess, conversation: str, patch: Row) -> Row:
    """`patch`: contact, quality, facts (criterion → {value, data} or None), each as far as it is given. A seller's word
    stands until the visitor says something newer. Returns the lead, scored anew.

    Raises NotFound `lead.not_found`, Forbidden `conversation.not_participant`.
    """
    await store.call(wiring.rpc, "correct_lead", me, conversation=conversation, patch=patch)
    await reader.read(me.site_id, conversation, tell=True)
    return await one(wiring, me, conversation)


async def one(wiring: Wiring, me: StaffAccess, conversation: str) -> Row:
    """A lead with its facts and their evidence. Every look is audited."""
    return await store.call(wiring.rpc, "staff_lead", me, conversation=conversation)


async def act(
    reader: LeadReader, wiring: Wiring, me: StaffAccess, function: str, conversation: str, **args: Any
) -> Row:
    """judge_lead (verdict, reason, quality), set_lead_outcome (outcome), dismiss_lead_gap: done, told, and the lead as
    it is now. Raises NotFound `lead.not_found`, Forbidden `conversation.not_participant`, Conflict `lead.no_gap`."""
    row = await store.call(wiring.rpc, function, me, conversation=conversation, **args)
    await reader.tell(me.site_id, conversation, row["lead"])
    return await one(wiring, me, conversation)


async def counts(wiring: Wiring, me: StaffAccess, *, filter_: Row) -> Row:
    return await store.call(wiring.rpc, "staff_lead_counts", me, filter=filter_)


async def page(
    wiring: Wiring, me: StaffAccess, *, filter_: Row, after: Row | None, limit: int
) -> dict[str, Any]:
    """{data, next}: newest first."""
    return await store.call(wiring.rpc, "staff_leads", me, filter=filter_, after=after, limit=limit)
