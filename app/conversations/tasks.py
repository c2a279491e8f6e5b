"""What a message promised, and who is told of a task."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from app.conversations.promises import Promise, promise_in
from app.conversations.publishing import publish, touch
from app.realtime.events import TaskUpdated
from app.sites.hours import schedule_of
from app.sites.types import Site
from app.wiring import Wiring

PROMISE = "promise"
"""The key in a reply's `meta` from which SQL makes the task."""


def promised(text: str, site: Site) -> Promise | None:
    """What a message of this site's side promises."""
    return promise_in(text, schedule_of(site), datetime.now(UTC))


async def tell_of_promise(wiring: Wiring, site_id: str, message_id: str) -> None:
    """The task that the message left in its own commit, to whoever of the staff may see it."""
    row = await wiring.rpc.call("promised_task", site=site_id, message=message_id)
    if row["task"] is not None:
        tell_of_task(wiring, site_id, row["task"])


def tell_of_task(wiring: Wiring, site_id: str, task: dict[str, Any]) -> dict[str, Any]:
    """To whoever of the staff may see the conversation. Gives the task back."""
    conversation: str = task["conversation_uuid"]
    publish(wiring.bus, site_id, conversation, TaskUpdated(conversation_uuid=conversation, task=task))
    touch(wiring.bus, site_id, conversation)
    return task
