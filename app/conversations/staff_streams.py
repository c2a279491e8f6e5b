"""The staff's live streams: a site's inbox, and one conversation. Whoever may not go on is cut off within seconds."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from app import metrics
from app.conversations import staff_store as store
from app.conversations.publishing import staff_channel
from app.conversations.staff_feed import InboxFeed
from app.errors import AppError
from app.realtime.bus import POLL_SECONDS, Resync, Subscription, SubscriptionEnded
from app.realtime.events import (
    Bye,
    ConversationUpdated,
    Event,
    MessageRead,
    Party,
    Presence,
    SessionAssigned,
    Sync,
    WireMessage,
)
from app.realtime.sse import HEARTBEAT, HEARTBEAT_SECONDS, frame_bytes, retry_bytes
from app.realtime.tail import Frame, Gap, Tail
from app.staff.types import StaffAccess
from app.wiring import Wiring

BEAT_SECONDS = 3.0
GREET_SECONDS = 0.1
RETRY_MS = 1000
PAGE = 200
OVERLAP = timedelta(seconds=5)
"""Changes are numbered by the clock, and a commit may come later than its clock says."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class _Open:
    me: StaffAccess
    subscription: Subscription
    viewing: str | None


class StaffStreams:
    """All streams of the staff in this process. `beat_forever` keeps presence alive and ends revoked ones."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._open: set[_Open] = set()
        self._arrived: list[_Open] = []
        self._here: Counter[tuple[str, str]] = Counter()
        self._feeds: dict[str, InboxFeed] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def close(self) -> None:
        for feed in list(self._feeds.values()):
            await feed.close()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def inbox(self, me: StaffAccess) -> Subscription:
        """What happens in the conversations of the caller's site that they may see."""
        if me.site_id not in self._feeds:
            self._feeds[me.site_id] = InboxFeed(self._wiring, me.site_id, self._drop)
        return self._feeds[me.site_id].subscribe(me)

    @contextmanager
    def attended(
        self, me: StaffAccess, subscription: Subscription, viewing: str | None = None
    ) -> Iterator[None]:
        """While the stream is open: the caller is there, and is asked for their rights every few seconds."""
        opened = _Open(me, subscription, viewing)
        if viewing is not None or not self._is_here(me):
            self._tell(opened, online=True)
        self._open.add(opened)
        self._here[(me.site_id, me.staff_id)] += 1
        metrics.streams_open.inc()
        self._arrive(opened)
        try:
            yield
        finally:
            self._open.discard(opened)
            self._here[(me.site_id, me.staff_id)] -= 1
            metrics.streams_open.dec()
            still = self._is_here(me)
            if viewing is not None or not still:
                self._tell(opened, online=still and viewing is None)
            if not still:
                del self._here[(me.site_id, me.staff_id)]
                self._spawn(self._gone(me))

    async def beat_forever(self) -> None:
        """For as long as the server lives."""
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            await self._beat(list(self._open))

    def _is_here(self, me: StaffAccess) -> bool:
        return self._here[(me.site_id, me.staff_id)] > 0

    def _arrive(self, opened: _Open) -> None:
        """The first beat comes soon, for all that come together: a burst of reconnects must not be one of writes."""
        if not self._arrived:
            self._spawn(self._greet())
        self._arrived.append(opened)

    async def _greet(self) -> None:
        await asyncio.sleep(GREET_SECONDS)
        arrived, self._arrived = self._arrived, []
        await self._beat(arrived)

    async def _beat(self, streams: list[_Open]) -> None:
        if not streams:
            return
        callers = [
            {
                "site": o.me.site_id,
                "staff": o.me.staff_id,
                "token_hash": o.me.token_hash,
                "viewing": o.viewing,
            }
            for o in streams
        ]
        try:
            roles = await self._wiring.rpc.call("staff_beat", callers=callers)
        except AppError as error:
            # Rights that cannot be asked for are kept until they can: every act asks again by itself.
            log.warning("staff_beat_failed", code=error.code)
            return
        for opened, role in zip(streams, roles, strict=True):
            if role != opened.me.role:
                opened.subscription.end()

    async def _gone(self, me: StaffAccess) -> None:
        try:
            await store.call(self._wiring.rpc, "staff_gone", me)
        except AppError as error:
            log.warning("staff_gone_failed", code=error.code)

    def _tell(self, opened: _Open, *, online: bool) -> None:
        me = opened.me
        agent = Party(uuid=me.staff_id, name=me.name, avatar=me.avatar)
        event = Presence(author="seller", online=online, agent=agent, conversation_uuid=opened.viewing)
        self._wiring.bus.publish(staff_channel(me.site_id), event)

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _drop(self, feed: InboxFeed) -> None:
        if self._feeds.get(feed.site_id) is feed:
            del self._feeds[feed.site_id]
            self._spawn(feed.close())


async def inbox_events(
    streams: StaffStreams, wiring: Wiring, me: StaffAccess, subscription: Subscription, last: str | None
) -> AsyncGenerator[bytes, None]:
    """The bytes of an inbox's stream. `last` is the id of the last line it got; without one, chat.sync comes first."""
    with streams.attended(me, subscription):
        try:
            yield retry_bytes(RETRY_MS) + await _since(wiring, me, last)
            while True:
                item = await subscription.next(HEARTBEAT_SECONDS)
                if item is None:
                    yield HEARTBEAT
                elif isinstance(item, Resync):
                    yield _sync(last)
                else:
                    yield frame_bytes(_line(item))
                    if isinstance(item, Bye):
                        return
        except (SubscriptionEnded, AppError):
            # Too slow, revoked, or the database is away: the next request says which.
            return


async def conversation_events(
    streams: StaffStreams, wiring: Wiring, me: StaffAccess, subscription: Subscription, tail: Tail
) -> AsyncGenerator[bytes, None]:
    """The bytes of one conversation's stream, notes included, resumed by position as a visitor's is."""
    conversation = subscription.conversation_id
    with streams.attended(me, subscription, conversation):
        try:
            yield retry_bytes(RETRY_MS)
            async for chunk in _catch_up(wiring, me, conversation, tail):
                yield chunk
            while True:
                try:
                    item, chunk = await _next(wiring, subscription, tail)
                except Gap:
                    async for part in _catch_up(wiring, me, conversation, tail):
                        yield part
                    continue
                yield chunk
                if isinstance(item, Bye):
                    return
                if isinstance(item, SessionAssigned):
                    # It may be a colleague's now.
                    await store.call(wiring.rpc, "staff_sees", me, conversation=conversation)
        except (SubscriptionEnded, AppError):
            return


async def _next(wiring: Wiring, subscription: Subscription, tail: Tail) -> tuple[Event | None, bytes]:
    """What comes next and its bytes, or a heartbeat. Raises Gap when the database has to be asked."""
    healthy = wiring.bus.healthy
    item = await subscription.next(HEARTBEAT_SECONDS if healthy else POLL_SECONDS)
    if item is None and healthy:
        return None, HEARTBEAT
    if item is None or isinstance(item, Resync):
        raise Gap
    return item, b"".join(map(frame_bytes, tail.accept(item)))


async def _catch_up(wiring: Wiring, me: StaffAccess, conversation: str, tail: Tail) -> AsyncIterator[bytes]:
    more = True
    while more:
        # Before the rows, never after: a turn that ends in between must be found in them.
        running = await wiring.bus.running(conversation)
        page = await store.messages(
            wiring.rpc, me, conversation, after=tail.since, limit=PAGE, changed=tail.changes
        )
        rows = [WireMessage.model_validate(m) for m in page["data"]]
        changed = [WireMessage.model_validate(m) for m in page.get("changed", ())]
        reads = [MessageRead(**read) for read in page.get("reads", ())]
        more = page["has_more"] or len(changed) == PAGE
        frames = tail.catch_up_changes(changed, page["changes"], reads)
        frames += tail.catch_up(rows, page["last_seq"], None if more else running, has_more=page["has_more"])
        yield b"".join(map(frame_bytes, frames))


async def _since(wiring: Wiring, me: StaffAccess, last: str | None) -> bytes:
    """The lines that changed since the last one; chat.sync when that is not known, or when they are too many."""
    try:
        moment = datetime.fromisoformat(last or "")
        moment -= OVERLAP
    except (ValueError, OverflowError):
        return _sync(last)
    if moment.tzinfo is None:
        return _sync(last)
    lines: list[Any] = await wiring.rpc.call(
        "inbox_changes", site=me.site_id, staff=me.staff_id, since=moment.isoformat(), limit=PAGE + 1
    )
    if len(lines) > PAGE:
        return _sync(last)
    return b"".join(frame_bytes(_line(ConversationUpdated(conversation=line))) for line in lines)


def _line(event: Event) -> Frame:
    position = None
    if isinstance(event, ConversationUpdated):
        position = event.conversation.get("updated_at")
    return Frame(event.type, event.rendered, str(position) if position else None)


def _sync(last: str | None) -> bytes:
    event = Sync(cursor=last or "")
    return frame_bytes(Frame(event.type, event.rendered, None))
