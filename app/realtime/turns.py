"""What is told about replies that are being written: to whoever writes them, in whatever process."""

from __future__ import annotations

from app.realtime.bus import Bus
from app.realtime.events import Bye, ConversationUpdated, ReplyFailed

TURNS_CHANNEL = "turns"
"""Every process listens: whoever writes a reply in the named conversation asks the database whether to go on."""


def recheck_turn(bus: Bus, conversation_id: str) -> None:
    """The conversation changed hands, or is gone: in whatever process its reply is being written, look now."""
    bus.publish(TURNS_CHANNEL, ConversationUpdated(conversation={"uuid": conversation_id}))


async def tell_erased(bus: Bus, conversation_id: str) -> None:
    """The conversation is gone, whoever erased it: its reply stops, and every open stream of it ends."""
    recheck_turn(bus, conversation_id)
    running = await bus.running(conversation_id)
    bus.publish(conversation_id, Bye(retry_ms=0))
    if running is not None:
        # For the processes that heard its text: they drop it.
        bus.publish(conversation_id, ReplyFailed(turn_id=running.turn_id, reason="erased"))
