"""What goes over Redis between processes: names, payloads, and the joining of deltas. Nothing here does I/O.

A payload is the sender's id (32 hex digits) followed by a JSON array of events. An empty array says that
events of this conversation were lost on the sender's side: whoever streams it must fetch again.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from enum import Enum

from pydantic import TypeAdapter

from app.realtime.events import EVENTS, Event, ReplyDelta, Running

NAMESPACE = "talia:"
EVERYONE = f"{NAMESPACE}everyone"
RUNNING_TTL_MS = 120_000
LOST_LIMIT = 20_000
HELD_LIMIT = 20_000
_ID_LENGTH = 32

RUNNING: TypeAdapter[Running] = TypeAdapter(Running)


def new_origin() -> bytes:
    """An id for this process's bus: 32 hex digits."""
    return uuid.uuid4().hex.encode()


def worker_name(origin: bytes) -> str:
    """Both the channel on which a process hears itself, and the key that shows Redis takes writes."""
    return f"{NAMESPACE}w:{origin.decode()}"


def channel_name(conversation_id: str) -> str:
    return f"{NAMESPACE}c:{conversation_id}"


def conversation_of(channel: bytes) -> str | None:
    """The reverse of `channel_name`; None for the other channels."""
    prefix = f"{NAMESPACE}c:"
    name = channel.decode()
    return name[len(prefix) :] if name.startswith(prefix) else None


def running_key(conversation_id: str) -> str:
    return f"{NAMESPACE}r:{conversation_id}"


def events_of(payload: bytes) -> list[Event]:
    """Raises ValidationError for what this version does not know."""
    return EVENTS.validate_json(payload[_ID_LENGTH:])


@dataclass(frozen=True, slots=True)
class Outage:
    """What goes to EVERYONE besides the bare id, which says that events of all conversations may be lost."""

    name: str
    seconds: float


_OUTAGE: TypeAdapter[Outage] = TypeAdapter(Outage)


def outage_payload(origin: bytes, outage: Outage) -> bytes:
    return origin + _OUTAGE.dump_json(outage)


def outage_of(payload: bytes) -> Outage | None:
    """None for the bare id. Raises ValidationError for what this version does not know."""
    return _OUTAGE.validate_json(payload[_ID_LENGTH:]) if len(payload) > _ID_LENGTH else None


@dataclass(frozen=True, slots=True)
class Parcel:
    """One conversation's events, in order, as a JSON array."""

    conversation_id: str
    events: bytes


@dataclass(slots=True)
class _Deltas:
    """Consecutive deltas of one attempt, to be sent as one."""

    turn_id: str
    attempt: int
    offset: int
    end: int
    pieces: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, event: ReplyDelta) -> _Deltas:
        return cls(event.turn_id, event.attempt, event.offset, event.offset)

    def take(self, event: ReplyDelta) -> bool:
        """False if `event` does not continue this."""
        if (self.turn_id, self.attempt, self.end) != (event.turn_id, event.attempt, event.offset):
            return False
        self.pieces.append(event.text)
        self.end += len(event.text)
        return True

    @property
    def rendered(self) -> bytes:
        text = "".join(self.pieces)
        return ReplyDelta(turn_id=self.turn_id, attempt=self.attempt, offset=self.offset, text=text).rendered


class Urgency(Enum):
    """When what was added should leave: deltas may wait for more of them."""

    NOW = "now"
    SOON = "soon"


class Outgoing:
    """What other processes have not been told yet, by conversation; bounded.

    What finds no place is only remembered as lost: its conversation's streams are told to fetch again.
    """

    def __init__(self) -> None:
        self._held: dict[str, list[Event | _Deltas]] = {}
        self._urgent: set[str] = set()
        self._lost: set[str] = set()
        self._all_lost = False
        self._size = 0

    def add(self, conversation_id: str, event: Event) -> Urgency:
        if self._size >= HELD_LIMIT:
            self.lose(conversation_id)
            return Urgency.NOW
        self._size += 1
        held = self._held.setdefault(conversation_id, [])
        if not isinstance(event, ReplyDelta):
            held.append(event)
            self._urgent.add(conversation_id)
            return Urgency.NOW
        last = held[-1] if held else None
        if not isinstance(last, _Deltas) or not last.take(event):
            last = _Deltas.of(event)
            last.take(event)
            held.append(last)
        return Urgency.SOON

    def lose(self, conversation_id: str) -> None:
        """Events of this conversation will not be sent."""
        if len(self._lost) < LOST_LIMIT:
            self._lost.add(conversation_id)
        else:
            self._all_lost = True

    def lose_all_held(self) -> None:
        for conversation_id in self._held:
            self.lose(conversation_id)
        self._held, self._urgent, self._size = {}, set(), 0

    def take(self, *, everything: bool) -> list[Parcel]:
        """What is to be sent now: all of it, or only conversations with more than deltas. Losses go first."""
        parcels = [Parcel(conversation_id, b"[]") for conversation_id in self._lost]
        self._lost = set()
        chosen = list(self._held) if everything else list(self._urgent)
        self._urgent = set()
        for conversation_id in chosen:
            held = self._held.pop(conversation_id)
            self._size -= sum(len(e.pieces) if isinstance(e, _Deltas) else 1 for e in held)
            parcels.append(Parcel(conversation_id, b"[" + b",".join(e.rendered for e in held) + b"]"))
        return parcels

    def take_all_lost(self) -> bool:
        """Whether more was lost than could be remembered: then every stream of every process must fetch again."""
        all_lost, self._all_lost = self._all_lost, False
        return all_lost
