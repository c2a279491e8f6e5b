"""Brings what waits in the queue to sellers, moves on what nobody took, keeps deadlines; every process tries."""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, datetime
from typing import Any

import structlog

from app.conversations.deadlines import keep_deadlines
from app.conversations.publishing import staff_channel, touch
from app.errors import AppError
from app.realtime.events import Party, SessionAssigned
from app.sites.actions import SiteDirectory
from app.sites.hours import availability, schedule_of
from app.sites.types import Site, UnknownSite
from app.wiring import Wiring

SWEEP_SECONDS = 2.0
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

log = structlog.get_logger(__name__)


async def route_forever(wiring: Wiring, sites: SiteDirectory) -> None:
    """For as long as the server lives."""
    while True:
        await asyncio.sleep(SWEEP_SECONDS * random.uniform(0.7, 1.3))  # noqa: S311 - only spreads the workers
        try:
            await keep_deadlines(wiring, sites)
            await route(wiring, sites)
        except AppError as error:
            log.warning("routing_failed", code=error.code)
        except Exception as error:
            # The sweep must outlive any surprise: without it visitors would wait for nobody.
            log.exception("routing_crashed", error=type(error).__name__)


async def route(wiring: Wiring, sites: SiteDirectory) -> None:
    """One sweep over the sites in which somebody waits. Outside business hours nothing is handed out."""
    waiting: list[str] = await wiring.rpc.call("sites_waiting")
    now = datetime.now(UTC)
    for site_id in waiting:
        try:
            site = await sites.site(site_id)
        except UnknownSite:
            # Switched off: nobody of it waits for us, and the others must not wait for it.
            continue
        schedule = schedule_of(site)
        if not schedule.is_open(now):
            continue
        overdue = schedule.before(now, schedule.hours.accept_seconds) or LONG_AGO
        routed: list[dict[str, Any]] = await wiring.rpc.call(
            "route_waiting", site=site_id, overdue=overdue.isoformat()
        )
        for one in routed:
            _tell(wiring, site_id, one)


async def team_of(wiring: Wiring, sites: SiteDirectory, site_id: str) -> dict[str, Any]:
    """What a visitor who asks for a person may be told: {open, online, back_at, reply_by}."""
    return await team_at(wiring, await sites.site(site_id))


async def team_at(wiring: Wiring, site: Site) -> dict[str, Any]:
    """As `team_of`, for a site that is known already."""
    now = datetime.now(UTC)
    online = int((await wiring.rpc.call("staff_online", site=site.id))["online"])
    deadline = schedule_of(site).after(now, schedule_of(site).hours.reply_seconds)
    return {
        **availability(site, now, online=online),
        "reply_by": deadline.replace(microsecond=0).isoformat() if deadline else None,
    }


def _tell(wiring: Wiring, site_id: str, one: dict[str, Any]) -> None:
    """Inboxes only: the visitor hears of a seller when one takes over."""
    agent = Party.model_validate(one["agent"]) if one["agent"] else None
    event = SessionAssigned(agent=agent, conversation_uuid=one["conversation"])
    wiring.bus.publish(staff_channel(site_id), event)
    touch(wiring.bus, site_id, one["conversation"])
