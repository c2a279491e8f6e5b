"""A visitor's live stream: what is durable from the database, what is running from the bus, resumed by position.

The stream only tails; nothing depends on it. It ends when the reader is too slow, when the server drains, when
the visitor is erased, or when what it was opened for is done; the client resumes with its last cursor.
"""

from __future__ import annotations

import random
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import suppress
from typing import Any

from app import metrics
from app.channels.webchat.session import Visitor
from app.conversations import store
from app.errors import AppError
from app.realtime.bus import POLL_SECONDS, Item, Resync, Subscription, SubscriptionEnded
from app.realtime.events import Bye, Event, MessageRead, ReplyDone, ReplyFailed, WireMessage
from app.realtime.sse import HEARTBEAT, HEARTBEAT_SECONDS, frame_bytes, retry_bytes
from app.realtime.tail import Frame, Gap, Tail
from app.wiring import Wiring

PAGE = 200
RETRY_MS = 1000


class VisitorStream:
    """The bytes of one event stream.

    `until_seq`: end once the visitor's message with this `seq` is answered (POST /messages).
    `until_idle`: end once no reply is running (GET /events?follow=reply).
    """

    def __init__(
        self,
        wiring: Wiring,
        visitor: Visitor,
        subscription: Subscription,
        tail: Tail,
        *,
        until_seq: int | None = None,
        until_idle: bool = False,
    ) -> None:
        self._wiring = wiring
        self._visitor = visitor
        self._subscription = subscription
        self._tail = tail
        self._until_seq = until_seq
        self._until_idle = until_idle
        self._over = False
        self._behind = False

    async def events(self, first: list[Frame], *, behind: bool) -> AsyncGenerator[bytes, None]:
        """`first` goes out at once; `behind` says that the database has to be asked before listening."""
        metrics.streams_open.inc()
        try:
            yield retry_bytes(RETRY_MS) + b"".join(map(frame_bytes, first))
            if behind:
                async for chunk in self._catch_up():
                    yield chunk
            while not self._over:
                try:
                    chunk = await self._next()
                except Gap:
                    async for part in self._catch_up():
                        yield part
                else:
                    if chunk:
                        yield chunk
        except SubscriptionEnded:
            # Too slow, or the bus is closing: the client resumes from its last cursor.
            return
        except AppError:
            # The database is away or the session is gone: the next request says which, with a status.
            return
        finally:
            metrics.streams_open.dec()

    async def _next(self) -> bytes:
        """What there is to say next, in one write. Raises Gap when the database has to be asked first."""
        if self._behind:
            self._behind = False
            raise Gap
        # A worker may die between storing a reply and saying so: a reply that falls silent is looked for, too.
        polling = self._tail.replying or not self._wiring.bus.healthy
        wait = min(POLL_SECONDS, HEARTBEAT_SECONDS) if polling else HEARTBEAT_SECONDS
        event = await self._subscription.next(wait)
        if event is None:
            if polling:
                raise Gap
            return HEARTBEAT
        chunk = self._tell(event)
        with suppress(SubscriptionEnded):
            while not self._over and (event := self._subscription.pop()) is not None:
                try:
                    chunk += self._tell(event)
                except Gap:
                    self._behind = True
                    break
        return chunk

    def _tell(self, item: Item) -> bytes:
        if isinstance(item, Resync):
            raise Gap
        frames = self._tail.accept(item)
        self._note_end(item)
        return b"".join(map(frame_bytes, frames))

    async def _catch_up(self) -> AsyncIterator[bytes]:
        """All rows since the position, page by page, then the running text."""
        more = True
        while more:
            # Before the rows, never after: a turn that ends in between must be found in them.
            running = await self._wiring.bus.running(self._subscription.conversation_id)
            page = await store.history(
                self._wiring.rpc,
                site=self._visitor.site.id,
                token_hash=self._visitor.token_hash,
                after=self._tail.since,
                limit=PAGE,
                changed=self._tail.changes,
            )
            more = page.has_more or len(page.changed) == PAGE
            rows = [WireMessage.model_validate(m) for m in page.messages]
            changed = [WireMessage.model_validate(m) for m in page.changed]
            reads = [MessageRead(**read) for read in page.reads]
            frames = self._tail.catch_up_changes(changed, page.changes, reads)
            frames += self._tail.catch_up(rows, page.last_seq, running, has_more=page.has_more)
            # Nothing new is worth a heartbeat: proxies cut lines that they think dead.
            yield b"".join(map(frame_bytes, frames)) or HEARTBEAT
            if not more:
                self._note_state(page.conversation)

    def _note_end(self, event: Event) -> None:
        match event:
            case Bye():
                self._over = True
            case ReplyDone(metadata=metadata):
                if self._until_seq is not None:
                    self._over = int(str(metadata.get("upto_seq", 0))) >= self._until_seq
                elif self._until_idle:
                    # Messages that came meanwhile are answered next, by a reply of their own.
                    self._over = not metadata.get("awaiting_reply")
            case ReplyFailed():
                self._over = self._until_seq is not None or self._until_idle

    def _note_state(self, conversation: dict[str, Any] | None) -> None:
        if self._until_idle:
            self._over = conversation is None or not conversation["awaiting_reply"]
        elif self._until_seq is not None and conversation is not None:
            self._over = (
                conversation["answered_seq"] >= self._until_seq or conversation["handler"] == "seller"
            )


def farewell() -> Bye:
    """With jitter, so that a restart does not bring every client back at the same moment."""
    return Bye(retry_ms=random.randint(200, 2000))  # noqa: S311
