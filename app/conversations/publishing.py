"""Who is told of what: the conversation's own channel, and the channel of the site's staff for what an inbox shows."""

from __future__ import annotations

from typing import Any

from app.realtime.bus import Bus
from app.realtime.events import (
    AgentJoined,
    ConversationUpdated,
    Event,
    HandoffRequested,
    LeadUpdated,
    MessageNew,
    MessageUpdated,
    ReplyDone,
    SessionAssigned,
    TaskUpdated,
    WireMessage,
)


def staff_channel(site_id: str) -> str:
    """Made from the account's site, never from a request."""
    return f"staff:{site_id}"


def publish(bus: Bus, site_id: str, conversation_id: str, event: Event) -> None:
    """To whoever follows the conversation; and to the site's inboxes, which look up who of them may see it."""
    bus.publish(conversation_id, event)
    match event:
        case ReplyDone(message=message):
            bus.publish(staff_channel(site_id), MessageNew(message=message))
        case (
            MessageNew()
            | MessageUpdated()
            | HandoffRequested()
            | AgentJoined()
            | SessionAssigned()
            | LeadUpdated()
            | TaskUpdated()
        ):
            bus.publish(staff_channel(site_id), event)


def touch(bus: Bus, site_id: str, conversation_id: str) -> None:
    """The conversation's line changed: inboxes fetch it."""
    bus.publish(staff_channel(site_id), ConversationUpdated(conversation={"uuid": conversation_id}))


def publish_message(bus: Bus, site_id: str, message: dict[str, Any]) -> None:
    """A message (JSON, as SQL renders it) that was just stored."""
    publish(
        bus, site_id, message["conversation_uuid"], MessageNew(message=WireMessage.model_validate(message))
    )
