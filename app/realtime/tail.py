"""One subscriber's position in one conversation, and what it must be told to get from there to now.

Whoever runs a stream keeps this order, or something is lost:

1. subscribe to the bus;
2. `running = await bus.running(conversation)`, and *after* that the rows beyond `tail.since`;
3. send `tail.catch_up_changes(changed, changes, reads)`, then `tail.catch_up(rows, last_seq, running)`;
4. send `tail.accept(event)` for each event of the subscription; on Gap, or a Resync marker, go to 2 and drop
   the event: its content is among what was fetched.

The order of 2 matters: rows that are read later than `running` say how everything before it ended.

To the client this promises: messages come in `seq` order, each once, and so do their later changes; and the deltas
since the last started or restarted of a turn add up to the text of its done. The publisher's part of it: a message is
published after its commit, deltas of one attempt continue each other, another attempt begins again with offset 0.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from app.realtime.cursor import Cursor
from app.realtime.events import (
    Event,
    JsonObject,
    MessageNew,
    MessageRead,
    MessageUpdated,
    ReplyDelta,
    ReplyDone,
    ReplyFailed,
    ReplyRestarted,
    ReplyStarted,
    Running,
    Sync,
    WireMessage,
)

Audience = Literal["visitor", "staff"]

_OVERLAP = 8
"""Rows before the position that a stream fetches again, to learn which turns are over: what another process
sent about them may still be under way."""
_OVER_KEPT = 32


class Frame(NamedTuple):
    """One event for the client: its name, its JSON, and the cursor to resume from after it.

    `id` is None for what is not kept (typing, presence …): the client's last cursor stays valid.
    """

    event: str
    data: bytes
    id: str | None


class Gap(Exception):
    """Something before this event was missed: fetch rows and running reply, catch up, drop the event."""


@dataclass(slots=True)
class _Reply:
    """The reply that the client is in the middle of. `said` is its text, where all of it was seen here."""

    turn_id: str
    attempt: int
    offset: int = 0
    said: list[str] | None = None

    def grow(self, text: str) -> None:
        self.offset += len(text)
        if self.said is not None:
            self.said.append(text)

    def goes_on_in(self, text: str) -> bool:
        if self.said is None:
            return len(text) >= self.offset
        return text.startswith("".join(self.said))


class Tail:
    """A pure reducer: events and rows in, frames out.

    `cursor` is the client's last one. Without a usable one the first `catch_up` answers with `chat.sync`.
    """

    def __init__(self, cursor: str | None, audience: Audience = "visitor") -> None:
        at = Cursor.parse(cursor)
        self._staff = audience == "staff"
        self._seq = -1 if at is None else at.seq
        self._changes = None if at is None else at.change
        self._read: dict[str, int] = {}
        self._reply: _Reply | None = None
        if at is not None and at.turn_id is not None:
            self._reply = _Reply(at.turn_id, at.attempt, at.offset, [] if at.offset == 0 else None)
        self._over: OrderedDict[str, None] = OrderedDict()

    @property
    def since(self) -> int:
        """Fetch the rows whose `seq` is greater than this."""
        return max(0, self._seq - _OVERLAP)

    @property
    def changes(self) -> int | None:
        """Fetch the changes to earlier messages whose number is greater than this; None: they are not followed yet."""
        return self._changes

    @property
    def replying(self) -> bool:
        """The client is in the middle of a reply: if it falls silent, look into the database soon."""
        return self._reply is not None

    @property
    def cursor(self) -> str:
        """The position, as the client gets it."""
        reply = self._reply
        if reply is None:
            return str(Cursor(self._seq, change=self._changes))
        return str(Cursor(self._seq, reply.turn_id, reply.attempt, reply.offset, self._changes))

    def accept(self, event: Event) -> list[Frame]:
        """What the client must be told because of `event`. Raises Gap, unchanged, if something is missing."""
        if self._seq < 0:
            raise Gap
        match event:
            case ReplyDelta():
                return self._on_delta(event)
            case ReplyStarted() | ReplyRestarted():
                return self._on_begin(event)
            case ReplyDone() | MessageNew():
                return self._on_message(event)
            case ReplyFailed():
                return self._on_failed(event)
            case MessageUpdated():
                return self._on_updated(event)
            case MessageRead():
                self._read[event.author] = max(event.up_to_seq, self._read.get(event.author, 0))
        data = self._render(event)
        return [] if data is None else [Frame(event.type, data, None)]

    def catch_up(
        self, rows: Iterable[WireMessage], last_seq: int, running: Running | None, *, has_more: bool = False
    ) -> list[Frame]:
        """From the position to `last_seq`, and on into the running reply.

        `rows` are the messages beyond `since`, for a visitor without the notes, and `last_seq` is the
        conversation's in the same snapshot: the position moves there. With `has_more` it moves to the last
        row only, and the next page must follow at once.
        """
        known = sorted(rows, key=lambda row: row.seq)
        if not 0 <= self._seq <= last_seq:
            frames = self._resync(known, last_seq)
        else:
            frames = [frame for row in known for frame in self._replay(row)]
            if has_more:
                return frames
            self._seq = last_seq
        if running is None:
            if self._reply is not None:
                frames.append(self._abandon(self._reply))
        elif running.turn_id not in self._over:
            frames += self._resume(running)
        return frames

    def catch_up_changes(
        self, changed: Iterable[WireMessage], changes: int, reads: Iterable[MessageRead] = ()
    ) -> list[Frame]:
        """What became of earlier messages while the client was away: `changed` are those beyond `self.changes`, as far
        as `changes`; `reads` is how far each side has read. Call it before `catch_up`, whose rows are as they are now.
        """
        if self._seq < 0 or self._changes is None:
            self._changes = changes
            return []
        known = [message for message in changed if message.seq <= self._seq]
        self._changes = max(self._changes, changes)
        frames = [self._frame(MessageUpdated(message=message)) for message in known]
        for read in reads:
            if read.up_to_seq > self._read.get(read.author, 0):
                self._read[read.author] = read.up_to_seq
                frames.append(self._frame(read))
        return frames

    def _resync(self, known: list[WireMessage], last_seq: int) -> list[Frame]:
        self._seq, self._reply = last_seq, None
        for row in known:
            self._mark_over(row.turn_id)
        return [self._frame(Sync(cursor=self.cursor))]

    def _replay(self, row: WireMessage) -> list[Frame]:
        if row.seq > self._seq or self._is_under_way(row.turn_id):
            return self._store(row, None)
        self._mark_over(row.turn_id)
        return []

    def _resume(self, running: Running) -> list[Frame]:
        reply, text = self._reply, running.text
        frames: list[Frame] = []
        if reply is not None and reply.turn_id != running.turn_id:
            frames.append(self._abandon(reply))
            reply = None
        if reply is None or running.attempt > reply.attempt:
            frames.append(self._start_over(running.turn_id, running.attempt))
        elif running.attempt < reply.attempt:
            return frames
        elif reply.said is None and len(text) >= reply.offset:
            reply.said = [text[: reply.offset]]
        return frames + self._say(text)

    def _on_delta(self, event: ReplyDelta) -> list[Frame]:
        reply = self._reply
        if reply is None or reply.turn_id != event.turn_id or reply.attempt != event.attempt:
            if event.turn_id in self._over:
                return []
            if reply is not None and reply.turn_id == event.turn_id and reply.attempt > event.attempt:
                return []
            if event.offset > 0 or (reply is not None and reply.turn_id != event.turn_id):
                raise Gap
            return [self._start_over(event.turn_id, event.attempt), *self._say(event.text)]
        if reply.offset < event.offset:
            raise Gap
        if reply.offset > event.offset or not event.text:
            return self._say(event.text, event.offset)
        reply.grow(event.text)
        return [Frame(event.type, event.rendered, self.cursor)]

    def _on_begin(self, event: ReplyStarted | ReplyRestarted) -> list[Frame]:
        reply = self._reply
        if event.turn_id in self._over:
            return []
        if reply is not None and reply.turn_id != event.turn_id:
            raise Gap
        if reply is not None and reply.attempt >= event.attempt:
            return []
        reason = event.reason if isinstance(event, ReplyRestarted) else "new_attempt"
        return [self._start_over(event.turn_id, event.attempt, reason)]

    def _on_message(self, event: MessageNew | ReplyDone) -> list[Frame]:
        message = event.message
        if message.seq > self._seq + 1:
            raise Gap
        if message.seq <= self._seq and not self._is_under_way(message.turn_id):
            return []
        return self._store(message, event)

    def _on_updated(self, event: MessageUpdated) -> list[Frame]:
        number = event.message.change
        if event.message.seq > self._seq:
            raise Gap
        if number is not None and self._changes is not None:
            if number <= self._changes:
                return []
            if number > self._changes + 1:
                raise Gap
            self._changes = number
        data = self._render(event)
        return [] if data is None else [Frame(event.type, data, self.cursor)]

    def _on_failed(self, event: ReplyFailed) -> list[Frame]:
        if event.turn_id in self._over:
            return []
        if self._reply is not None and self._reply.turn_id != event.turn_id:
            raise Gap
        self._reply = None
        if event.reason == "superseded":
            # A seller has it: what its writer still sends until it hears of that is nobody's.
            self._mark_over(event.turn_id)
        return [self._frame(event)]

    def _store(self, message: WireMessage, event: MessageNew | ReplyDone | None) -> list[Frame]:
        if message.turn_id is not None and message.author == "assistant":
            return self._finish(message, message.turn_id, event)
        self._seq = message.seq
        if message.private and not self._staff:
            return []
        return [self._frame(event or MessageNew(message=message))]

    def _finish(
        self, message: WireMessage, turn_id: str, event: MessageNew | ReplyDone | None
    ) -> list[Frame]:
        """All frames before the done carry the old `seq`: whoever is cut between them still gets the done."""
        reply, text, attempt = self._reply, message.context.text, message.attempt or 1
        frames: list[Frame] = []
        if reply is not None and reply.turn_id != turn_id:
            frames.append(self._abandon(reply))
            reply = None
        if reply is None or reply.attempt != attempt:
            frames.append(self._start_over(turn_id, attempt))
        elif not reply.goes_on_in(text):
            frames.append(self._start_over(turn_id, attempt, "text_changed"))
        frames += self._say(text)
        self._seq, self._reply = max(self._seq, message.seq), None
        self._mark_over(turn_id)
        if not isinstance(event, ReplyDone):
            facts: JsonObject = {
                "conversation_id": message.conversation_uuid,
                "assistant_message_id": message.message_id,
            }
            event = ReplyDone(turn_id=turn_id, attempt=attempt, message=message, metadata=facts)
        return [*frames, self._frame(event)]

    def _start_over(self, turn_id: str, attempt: int, reason: str = "new_attempt") -> Frame:
        fresh = self._reply is None
        self._reply = _Reply(turn_id, attempt, 0, [])
        if fresh:
            return self._frame(ReplyStarted(turn_id=turn_id, attempt=attempt))
        return self._frame(ReplyRestarted(turn_id=turn_id, attempt=attempt, reason=reason))

    def _say(self, text: str, offset: int = 0) -> list[Frame]:
        """What of `text`, which begins at `offset` of the reply, the client does not have yet."""
        reply = self._reply
        if reply is None:
            return []
        rest = text[reply.offset - offset :]
        if not rest:
            return []
        delta = ReplyDelta(turn_id=reply.turn_id, attempt=reply.attempt, offset=reply.offset, text=rest)
        reply.grow(rest)
        return [self._frame(delta)]

    def _abandon(self, reply: _Reply) -> Frame:
        # Neither stored nor being written, as far as can be known here. If it lives on, it begins anew.
        self._reply = None
        return self._frame(ReplyFailed(turn_id=reply.turn_id, reason="interrupted"))

    def _is_under_way(self, turn_id: str | None) -> bool:
        return self._reply is not None and self._reply.turn_id == turn_id

    def _mark_over(self, turn_id: str | None) -> None:
        if turn_id is not None:
            self._over[turn_id] = None
            if len(self._over) > _OVER_KEPT:
                self._over.popitem(last=False)

    def _render(self, event: Event) -> bytes | None:
        return event.rendered if self._staff else event.for_visitors

    def _frame(self, event: Event) -> Frame:
        data = self._render(event)
        if data is None:
            raise AssertionError(event.type)
        return Frame(event.type, data, self.cursor)
