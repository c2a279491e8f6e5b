"""Open inboxes: one listener per site and process, which looks up once what changed and tells those who may see it.

The site's channel only says that something happened. What it was, and for whom, is asked of the database: with one call
for all that happened within a few milliseconds, and none at all where no inbox is open.
"""

from __future__ import annotations

import asyncio
import random
from collections import OrderedDict
from collections.abc import Callable

import structlog

from app.conversations import staff_store as store
from app.conversations.publishing import staff_channel
from app.errors import AppError
from app.realtime.bus import POLL_SECONDS, RESYNC, Resync, Subscription, SubscriptionEnded
from app.realtime.events import (
    AgentJoined,
    Bye,
    ConversationUpdated,
    Event,
    HandoffRequested,
    LeadUpdated,
    MessageNew,
    MessageUpdated,
    Presence,
    SessionAssigned,
    TaskUpdated,
)
from app.staff.types import StaffAccess
from app.wiring import Wiring

GATHER_SECONDS = 0.03
IDLE_SECONDS = 15.0
SEEN_KEPT = 5000
PRESENCES_AT_ONCE = 32

log = structlog.get_logger(__name__)


class InboxFeed:
    """The inboxes of one site that are open in this process. `emptied` is called when the last one closes."""

    def __init__(self, wiring: Wiring, site_id: str, emptied: Callable[[InboxFeed], None]) -> None:
        self._wiring = wiring
        self.site_id = site_id
        self._emptied = emptied
        self._readers: dict[Subscription, StaffAccess] = {}
        self._seen: OrderedDict[str, frozenset[str]] = OrderedDict()
        self._task = asyncio.get_running_loop().create_task(self._run())

    def subscribe(self, me: StaffAccess) -> Subscription:
        """A context manager: it listens while it is entered."""
        return Subscription(f"inbox of {self.site_id}", lambda s: self._join(s, me), self._leave)

    async def close(self) -> None:
        for reader in tuple(self._readers):
            reader.end()
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    def _join(self, reader: Subscription, me: StaffAccess) -> None:
        self._readers[reader] = me

    def _leave(self, reader: Subscription) -> None:
        self._readers.pop(reader, None)
        if not self._readers:
            self._emptied(self)

    async def _run(self) -> None:
        try:
            with self._wiring.bus.subscribe(staff_channel(self.site_id)) as subscription:
                await subscription.ready()
                while True:
                    await self._turn(subscription)
        except SubscriptionEnded:
            # Too much at once, or the bus is closing: the inboxes connect anew and fetch what they missed.
            log.info("inbox_feed_ended", site=self.site_id)
        except Exception as error:
            # The edge of the task: nobody awaits it while inboxes are open.
            log.exception("inbox_feed_crashed", site=self.site_id, error=type(error).__name__)
        finally:
            for reader in tuple(self._readers):
                reader.end()
            self._emptied(self)

    async def _turn(self, subscription: Subscription) -> None:
        healthy = self._wiring.bus.healthy
        item = await subscription.next(IDLE_SECONDS if healthy else POLL_SECONDS)
        if item is None:
            if not healthy:
                self._put_all(RESYNC)
            return
        await asyncio.sleep(GATHER_SECONDS)
        items = [item]
        while (more := subscription.pop()) is not None:
            items.append(more)
        if any(isinstance(i, Bye) for i in items):
            for reader in tuple(self._readers):
                reader.put(Bye(retry_ms=random.randint(200, 2000)))  # noqa: S311 - only spreads the clients
            return
        if any(isinstance(i, Resync) for i in items):
            self._put_all(RESYNC)
            return
        await self._tell(_without_crowds([i for i in items if not isinstance(i, Resync)]))

    async def _tell(self, events: list[Event]) -> None:
        changed = list(dict.fromkeys(c for e in events if (c := _conversation_of(e)) is not None))
        everybody = sorted({me.staff_id for me in self._readers.values()})
        try:
            rows = (
                await store.inbox_lines(
                    self._wiring.rpc, site=self.site_id, conversations=changed, staff=everybody
                )
                if changed
                else []
            )
        except AppError as error:
            log.warning("inbox_lines_failed", code=error.code)
            self._put_all(RESYNC)
            return
        lines = {row["conversation"]["uuid"]: row["conversation"] for row in rows}
        seen_by = {row["conversation"]["uuid"]: frozenset(row["seen_by"]) for row in rows}
        assigned = {_conversation_of(e) for e in events if isinstance(e, SessionAssigned)}
        for reader, me in tuple(self._readers.items()):
            for event in events:
                conversation = _conversation_of(event)
                if conversation is None or (
                    me.staff_id in seen_by.get(conversation, ())
                    and not isinstance(event, ConversationUpdated)
                ):
                    reader.put(event)
            for conversation in changed:
                if me.staff_id in seen_by.get(conversation, ()):
                    reader.put(ConversationUpdated(conversation=lines[conversation]))
                elif self._had(conversation, me.staff_id, unknown=conversation in assigned):
                    reader.put(ConversationUpdated(conversation={"uuid": conversation, "gone": True}))
        self._remember(seen_by)

    def _had(self, conversation: str, staff_id: str, *, unknown: bool) -> bool:
        """Whether this inbox may show a conversation that is not theirs any more."""
        before = self._seen.get(conversation)
        return unknown if before is None else staff_id in before

    def _remember(self, seen_by: dict[str, frozenset[str]]) -> None:
        for conversation, staff in seen_by.items():
            self._seen[conversation] = staff
            self._seen.move_to_end(conversation)
        while len(self._seen) > SEEN_KEPT:
            self._seen.popitem(last=False)

    def _put_all(self, item: Resync) -> None:
        for reader in tuple(self._readers):
            reader.put(item)


def _without_crowds(events: list[Event]) -> list[Event]:
    """After a restart everybody comes back at once, and each inbox would be told of each: the newest are enough."""
    crowd = [e for e in events if isinstance(e, Presence)]
    surplus = {id(e) for e in crowd[:-PRESENCES_AT_ONCE]}
    return [e for e in events if id(e) not in surplus]


def _conversation_of(event: Event) -> str | None:
    match event:
        case MessageNew(message=message) | MessageUpdated(message=message):
            return message.conversation_uuid
        case ConversationUpdated(conversation=conversation):
            return str(conversation["uuid"])
        case (
            HandoffRequested()
            | AgentJoined()
            | SessionAssigned()
            | LeadUpdated()
            | TaskUpdated()
            | Presence()
        ):
            return event.conversation_uuid
    return None
