"""A conversation as it happens, for tests: what is stored, what is published, and what a strict client makes of it.

Time is counted in steps. A row is committed at one step; its event may be published some steps later, or be lost.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import orjson

from app.realtime.events import (
    EVENT,
    Event,
    MessageNew,
    ReplyDelta,
    ReplyDone,
    ReplyFailed,
    ReplyRestarted,
    ReplyStarted,
    Running,
    Typing,
    WireMessage,
)
from app.realtime.memory_bus import MemoryBus
from app.realtime.tail import Audience, Frame, Gap, Tail

CONVERSATION = "0199f000-0000-7000-8000-000000000001"


def message(seq: int, text: str, **fields: Any) -> WireMessage:
    """A message as `private.message_json` renders it; of a visitor unless told otherwise."""
    row: dict[str, Any] = {
        "conversation_uuid": CONVERSATION,
        "message_id": f"m{seq}",
        "id": f"m{seq}",
        "seq": seq,
        "author": "visitor",
        "turn_id": None,
        "attempt": None,
        "private": False,
        "client_message_id": None,
        "sender": {"uuid": "u1", "name": "Ana", "avatar": None},
        "receiver": {"uuid": "s1", "name": "TalIA", "avatar": None},
        "context": {"type": "text", "text": text},
        "attachments": [],
        "metadata": [],
        "reactions": [],
        "status": {"is_read": False, "read_at": None, "delivered_at": None, "is_deleted": False},
        "timestamps": {"created_at": "2026-11-20T10:00:00Z", "updated_at": "2026-11-20T10:00:00Z"},
        "pbk": "pk_demo",
        "device": {"type": "mobile", "browser": "Firefox"},
    }
    return WireMessage.model_validate({**row, **fields})


def answer(seq: int, text: str, turn_id: str, attempt: int = 1) -> WireMessage:
    return message(seq, text, author="assistant", turn_id=turn_id, attempt=attempt, device=None)


def done(row: WireMessage) -> ReplyDone:
    assert row.turn_id is not None
    assert row.attempt is not None
    return ReplyDone(turn_id=row.turn_id, attempt=row.attempt, message=row, metadata={"handler": "assistant"})


@dataclass
class World:
    """Writes the history of one conversation, step by step."""

    rows: list[tuple[int, WireMessage]] = field(default_factory=list)
    published: list[tuple[int, Event]] = field(default_factory=list)
    """All of it makes the running text; what is among `lost` reaches no subscriber."""
    lost: set[int] = field(default_factory=set)
    texts: dict[tuple[str, int], str] = field(default_factory=dict)
    """What each attempt of each turn had said in the end."""
    now: int = 0
    turn: tuple[str, int] | None = None
    turns: int = 0

    def commit(self, row: WireMessage) -> WireMessage:
        self.now += 1
        self.rows.append((self.now, row))
        return row

    def publish(self, event: Event, delay: int = 0, *, lost: bool = False) -> None:
        self.now += 1
        self.published.append((self.now + delay, event))
        if lost:
            self.lost.add(id(event))

    def next_seq(self) -> int:
        return len(self.rows) + 1

    def say(self, text: str, delay: int, lost: bool, **fields: Any) -> None:
        row = self.commit(message(self.next_seq(), text, **fields))
        self.publish(MessageNew(message=row), delay, lost=lost)

    def typing(self, lost: bool) -> None:
        self.publish(Typing(author="seller", active=True), lost=lost)

    def start(self, lost: bool) -> None:
        """A new turn; what was running ends unsaid, as when its worker died and nobody took it up."""
        self.turns += 1
        self.turn = (f"turn-{self.turns}", 1)
        self.texts[self.turn] = ""
        self.publish(ReplyStarted(turn_id=self.turn[0], attempt=1), lost=lost)

    def delta(self, text: str, lost: bool) -> None:
        if self.turn is None or not text:
            return
        offset = len(self.texts[self.turn])
        self.texts[self.turn] += text
        turn_id, attempt = self.turn
        self.publish(ReplyDelta(turn_id=turn_id, attempt=attempt, offset=offset, text=text), lost=lost)

    def restart(self, announced: bool, lost: bool) -> None:
        """Another worker takes the turn up; it may call its beginning either way."""
        if self.turn is None:
            return
        self.turn = turn_id, attempt = (self.turn[0], self.turn[1] + 1)
        self.texts[self.turn] = ""
        if announced:
            self.publish(ReplyRestarted(turn_id=turn_id, attempt=attempt, reason="lease_lost"), lost=lost)
        else:
            self.publish(ReplyStarted(turn_id=turn_id, attempt=attempt), lost=lost)

    def finish(self, rest: str, delay: int, lost: bool, as_message: bool) -> None:
        if self.turn is None:
            return
        turn_id, attempt = self.turn
        text = self.texts[self.turn] = (self.texts[self.turn] + rest) or "…"
        row = self.commit(answer(self.next_seq(), text, turn_id, attempt))
        self.publish(MessageNew(message=row) if as_message else done(row), delay, lost=lost)
        self.turn = None

    def fail(self, lost: bool, retried: bool) -> None:
        if self.turn is None:
            return
        self.publish(ReplyFailed(turn_id=self.turn[0], reason="upstream"), lost=lost)
        if retried:
            self.restart(announced=False, lost=lost)
        else:
            self.turn = None

    def stored(self, audience: Audience) -> list[tuple[int, str]]:
        return [(r.seq, r.context.text) for _, r in self.rows if audience == "staff" or not r.private]


class View:
    """What one process hears, and when: everything `lag` steps later, runs of deltas joined if told so."""

    def __init__(self, world: World, lag: int = 0, coalesce: random.Random | None = None) -> None:
        written = sorted(world.published, key=lambda item: item[0])
        heard = [(at, event) for at, event in written if id(event) not in world.lost]
        if coalesce is not None:
            heard = list(_joined(heard, coalesce))
        self.events = [(at + lag, event) for at, event in heard]
        self.end = max([at + lag for at, _ in written] + [world.now]) + 1
        self._running = list(self._replay([(at + lag, event) for at, event in written]))

    def running_at(self, now: int) -> Running | None:
        return self._running[min(now, self.end)]

    def _replay(self, waiting: list[tuple[int, Event]]) -> Iterator[Running | None]:
        bus = MemoryBus(clock=lambda: 0.0)
        for now in range(self.end + 1):
            while waiting and waiting[0][0] <= now:
                bus.publish(CONVERSATION, waiting.pop(0)[1])
            yield bus.running_here(CONVERSATION)


def _joined(events: list[tuple[int, Event]], rng: random.Random) -> Iterator[tuple[int, Event]]:
    held: tuple[int, ReplyDelta] | None = None
    for at, event in events:
        if isinstance(event, ReplyDelta):
            if held is not None and rng.random() < 0.6 and _continues(held[1], event):
                held = (at, _merged(held[1], event))
                continue
            if held is not None:
                yield held
            held = (at, event)
            continue
        if held is not None:
            yield held
            held = None
        yield at, event
    if held is not None:
        yield held


def _merged(before: ReplyDelta, after: ReplyDelta) -> ReplyDelta:
    return ReplyDelta(
        turn_id=before.turn_id, attempt=before.attempt, offset=before.offset, text=before.text + after.text
    )


def _continues(before: ReplyDelta, after: ReplyDelta) -> bool:
    same = before.turn_id == after.turn_id and before.attempt == after.attempt
    return same and before.offset + len(before.text) == after.offset


class Client:
    """Does only what the protocol says, and refuses everything that it does not say."""

    def __init__(self, audience: Audience = "visitor") -> None:
        self.audience = audience
        self.messages: list[tuple[int, str]] = []
        self.reply: tuple[str, int] | None = None
        self.text = ""
        self.cursor = "0"
        self.syncs = 0

    def apply(self, frame: Frame) -> None:
        event = EVENT.validate_json(frame.data)
        assert event.type == frame.event
        match event:
            case MessageNew():
                self._keep(event.message, frame)
            case ReplyStarted():
                assert self.reply is None, "started in the middle of a reply"
                self.reply, self.text = (event.turn_id, event.attempt), ""
            case ReplyRestarted():
                assert self.reply is not None
                assert self.reply[0] == event.turn_id
                self.reply, self.text = (event.turn_id, event.attempt), ""
            case ReplyDelta():
                assert self.reply == (event.turn_id, event.attempt), "a delta of something else"
                assert event.offset == len(self.text), "a hole or a repeat"
                assert event.text
                self.text += event.text
            case ReplyDone():
                assert self.reply == (event.turn_id, event.attempt)
                assert self.text == event.message.context.text, "the deltas are not the stored text"
                self.reply = None
                self._keep(event.message, frame)
            case ReplyFailed():
                assert self.reply is None or self.reply[0] == event.turn_id
                self.reply = None
            case _:
                assert frame.id is None or event.type == "chat.sync"
                self.syncs += event.type == "chat.sync"
        if frame.id is not None:
            self.cursor = frame.id

    def _keep(self, row: WireMessage, frame: Frame) -> None:
        assert not self.messages or row.seq > self.messages[-1][0], "repeated or out of order"
        self.messages.append((row.seq, row.context.text))
        if self.audience == "visitor":
            assert not {"device", "pbk", "private"} & orjson.loads(frame.data)["message"].keys()

    def copy(self) -> Client:
        return deepcopy(self)


@dataclass
class Stream:
    """One connection, run as `tail` says: it subscribes at `start` and ends, cut or not, at `now`."""

    world: World
    view: View
    rng: random.Random
    forgetful: bool = False
    """The running text may be gone when it is asked for, as after FLUSHALL."""
    page: int = 100
    now: int = 0

    def frames(self, cursor: str, audience: Audience, start: int) -> Iterator[tuple[int, Frame]]:
        """All frames to the end of the world, each with the step at which it was sent."""
        self.now = start
        tail = Tail(cursor, audience)
        yield from self._catch_up(tail, audience)
        for at, event in self.view.events:
            if at <= start:
                continue
            self.now = max(self.now, at)
            try:
                for frame in tail.accept(event):
                    yield self.now, frame
            except Gap:
                yield from self._catch_up(tail, audience)
        self.now, self.forgetful = max(self.now, self.view.end), False
        yield from self._catch_up(tail, audience)

    def _catch_up(self, tail: Tail, audience: Audience) -> Iterator[tuple[int, Frame]]:
        self.now += self.rng.randint(0, 2)
        running = None if self.forgetful and self.rng.random() < 0.5 else self.view.running_at(self.now)
        while True:
            self.now += self.rng.randint(0, 2)
            stored = [row for at, row in self.world.rows if at <= self.now]
            rows = [r for r in stored if r.seq > tail.since and (audience == "staff" or not r.private)]
            more = len(rows) > self.page
            for frame in tail.catch_up(rows[: self.page], len(stored), running, has_more=more):
                yield self.now, frame
            if not more:
                return


def follow(
    client: Client,
    frames: Iterator[tuple[int, Frame]],
    check: Callable[[Client], None],
    limit: int | None = None,
) -> list[tuple[int, Client]]:
    """Feed the client; give its state after each frame, with the step at which it had it."""
    states = []
    for at, frame in frames:
        client.apply(frame)
        check(client)
        states.append((at, client.copy()))
        if limit is not None and len(states) >= limit:
            break
    return states
