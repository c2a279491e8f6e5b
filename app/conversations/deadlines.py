"""By when whoever waits should have an answer, in the open time of the site; and what the clock alone brings about.

SQL knows since when somebody waits, and keeps the moment that is reckoned here. Every process tries; each moment is
written, and each passing of one told, once.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from app.conversations.publishing import touch
from app.sites.actions import SiteDirectory
from app.sites.hours import Schedule, schedule_of
from app.sites.types import UnknownSite
from app.wiring import Wiring


async def keep_deadlines(wiring: Wiring, sites: SiteDirectory) -> None:
    """One sweep: tell inboxes what has become overdue or woke up, and reckon the deadlines that are missing."""
    moments = await wiring.rpc.call("inbox_moments")
    for line in moments["changed"]:
        touch(wiring.bus, line["site"], line["conversation"])
    waiting: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in moments["undated"]:
        waiting[one["site"]].append(one)
    for site_id, ones in waiting.items():
        try:
            schedule = schedule_of(await sites.site(site_id))
        except UnknownSite:
            # Made, or switched off, while we looked: the next sweep knows more.
            continue
        due = [
            {
                "conversation": one["conversation"],
                "waiting_since": one["waiting_since"],
                "due_at": _due(schedule, one),
            }
            for one in ones
        ]
        dated: list[str] = await wiring.rpc.call("set_deadlines", site=site_id, due=due)
        for conversation in dated:
            touch(wiring.bus, site_id, conversation)


def _due(schedule: Schedule, one: dict[str, Any]) -> str | None:
    """ISO 8601; None when the site never opens that long."""
    hours = schedule.hours
    seconds = hours.reply_seconds if one["first"] else hours.next_reply_seconds
    moment = schedule.after(datetime.fromisoformat(one["waiting_since"]), seconds)
    return moment.isoformat() if moment else None
