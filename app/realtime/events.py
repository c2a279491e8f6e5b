"""Everything that can happen in a conversation, as one closed union of frozen values.

An event's JSON is the same on every wire (SSE, WebSocket, between processes) and always names its `type`.
It is rendered once, however many subscribers there are: `rendered` for staff and other processes,
`for_visitors` without what is not theirs. Validation errors never quote their input: it is what people wrote.

Offsets of a reply's text count Unicode code points, as Python's `str` does. Only parts of the server compare
them; a client appends what it gets and never counts, so that its strings are UTF-16 does not matter.
A code point is never split, so neither is a surrogate pair.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal

import orjson
from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints, TypeAdapter

Author = Literal["visitor", "assistant", "seller", "system"]
TurnId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Reason = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_.]{0,39}$")]
"""A code such as `visitor_request`; never prose."""
JsonObject = dict[str, JsonValue]


class _Value(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Party(_Value):
    """Someone who takes part (seed 001): `avatar` is a URL."""

    uuid: str | None
    name: str | None
    avatar: str | None = None


class QuickReply(_Value):
    """A suggested answer: `label` is shown, `value` is sent."""

    label: str
    value: str
    icon: str | None = None


class MessageContext(_Value):
    """What the message says. `texts` are translations by locale."""

    text: str
    type: Literal["text", "image", "file", "audio", "video", "system"]
    texts: dict[str, str] | None = None
    quick_replies: tuple[QuickReply, ...] | None = None
    cards: tuple[JsonObject, ...] | None = None


class Reaction(_Value):
    user_uuid: str
    emoji: str
    created_at: str


class MessageStatus(_Value):
    is_read: bool
    read_at: str | None
    delivered_at: str | None
    is_deleted: bool


class Timestamps(_Value):
    created_at: str
    updated_at: str


class Device(_Value):
    """What the message was sent from; staff only."""

    type: str | None = None
    os: str | None = None
    os_version: str | None = None
    app_version: str | None = None
    model: str | None = None
    browser: str | None = None
    browser_version: str | None = None


class WireMessage(_Value):
    """A stored message: seed 001's object, plus its place (`seq`), its author and the turn that made it.

    SQL renders it (`private.message_json`). Times are ISO 8601 strings. `turn_id` and `attempt` are null
    unless the assistant wrote it in a turn. `private`, `pbk` and `device` are for staff: see `visitor_copy`.
    """

    conversation_uuid: str
    message_id: str
    id: str
    seq: int = Field(ge=1)
    author: Author
    turn_id: TurnId | None
    attempt: int | None = Field(ge=1)
    private: bool = False
    sender: Party
    receiver: Party | None
    context: MessageContext
    attachments: tuple[JsonObject, ...]
    metadata: tuple[JsonObject, ...]
    reactions: tuple[Reaction, ...]
    status: MessageStatus
    timestamps: Timestamps
    pbk: str | None = None
    device: Device | None = None
    client_message_id: str | None = None
    change: int | None = Field(default=None, ge=1)
    """The number of its last change in the conversation; never changed, it has none."""

    def as_json(self) -> dict[str, Any]:
        """As SQL rendered it: what was not there is not added."""
        return self.model_dump(mode="json", exclude_unset=True)


class PrivateMessage(Exception):
    """A note of the staff was about to be shown to a visitor."""


_STAFF_ONLY = frozenset({"device", "pbk", "private"})


def visitor_copy(message: Mapping[str, Any]) -> dict[str, Any]:
    """The wire message (JSON, as SQL renders it) without what visitors may not see.

    A system message keeps the name of its event, who joined or left, and nothing of the reasons.
    Raises PrivateMessage for a note.
    """
    if message.get("private"):
        raise PrivateMessage
    copy = {k: v for k, v in message.items() if k not in _STAFF_ONLY}
    if message["author"] == "system":
        copy["metadata"] = [_visitors_part(entry) for entry in message["metadata"] if "event" in entry]
    return copy


def _visitors_part(entry: Mapping[str, Any]) -> dict[str, Any]:
    shown = ("event", "agent") if entry["event"] in {"agent.joined", "agent.left"} else ("event",)
    return {name: entry[name] for name in shown if name in entry}


def _name_the_type(schema: dict[str, Any]) -> None:
    schema["required"] = ["type", *schema.get("required", ())]


class _Event(_Value):
    model_config = ConfigDict(json_schema_extra=_name_the_type)

    type: str

    @cached_property
    def rendered(self) -> bytes:
        """The event as JSON, complete; on a conversation's own stream it need not be named."""
        data = self.model_dump(mode="json")
        if data.get("conversation_uuid", "") is None:
            del data["conversation_uuid"]
        return orjson.dumps(data)

    @property
    def for_visitors(self) -> bytes | None:
        """The event as JSON for a visitor; None when it is not for visitors at all."""
        return self.rendered


class _StaffEvent(_Event):
    @property
    def for_visitors(self) -> bytes | None:
        return None


class SessionStarted(_Event):
    """A visitor opened a session."""

    type: Literal["chat.session.started"] = "chat.session.started"
    session_id: str
    conversation_uuid: str | None = None


class MessageNew(_Event):
    """A message was stored. An assistant's, when a turn made it, comes as ReplyDone instead."""

    type: Literal["chat.message.new"] = "chat.message.new"
    message: WireMessage

    @cached_property
    def rendered(self) -> bytes:
        return orjson.dumps({"type": self.type, "message": self.message.as_json()})

    @cached_property
    def for_visitors(self) -> bytes | None:
        if self.message.private:
            return None
        return orjson.dumps({"type": self.type, "message": visitor_copy(self.message.as_json())})


class MessageUpdated(_Event):
    """A message that is there already changed: edited, deleted, reacted to."""

    type: Literal["chat.message.updated"] = "chat.message.updated"
    message: WireMessage

    @cached_property
    def rendered(self) -> bytes:
        return orjson.dumps({"type": self.type, "message": self.message.as_json()})

    @cached_property
    def for_visitors(self) -> bytes | None:
        if self.message.private:
            return None
        return orjson.dumps({"type": self.type, "message": visitor_copy(self.message.as_json())})


class ReplyStarted(_Event):
    """The assistant begins to answer; deltas follow. Attempts count from 1."""

    type: Literal["chat.reply.started"] = "chat.reply.started"
    turn_id: TurnId
    attempt: int = Field(ge=1)


class ReplyDelta(_Event):
    """More text of a running reply; `offset` is where it begins, in code points."""

    type: Literal["chat.reply.delta"] = "chat.reply.delta"
    turn_id: TurnId
    attempt: int = Field(ge=1)
    offset: int = Field(ge=0)
    text: str

    @cached_property
    def rendered(self) -> bytes:
        # By hand: this is the hot path, and a third of what model_dump and orjson would take.
        return orjson.dumps(
            {
                "type": "chat.reply.delta",
                "turn_id": self.turn_id,
                "attempt": self.attempt,
                "offset": self.offset,
                "text": self.text,
            }
        )


class ReplyRestarted(_Event):
    """Discard the text so far: `attempt`, the new one, begins at offset 0."""

    type: Literal["chat.reply.restarted"] = "chat.reply.restarted"
    turn_id: TurnId
    attempt: int = Field(ge=1)
    reason: Reason


class ReplyDone(_Event):
    """The reply is stored. Its text is what the deltas since the last started or restarted add up to."""

    type: Literal["chat.reply.done"] = "chat.reply.done"
    turn_id: TurnId
    attempt: int = Field(ge=1)
    message: WireMessage
    metadata: JsonObject

    @cached_property
    def rendered(self) -> bytes:
        return orjson.dumps(self._json(self.message.as_json()))

    @cached_property
    def for_visitors(self) -> bytes | None:
        return orjson.dumps(self._json(visitor_copy(self.message.as_json())))

    def _json(self, message: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": self.type,
            "turn_id": self.turn_id,
            "attempt": self.attempt,
            "message": message,
            "metadata": self.metadata,
        }


class ReplyFailed(_Event):
    """This reply is not coming: discard its text."""

    type: Literal["chat.reply.failed"] = "chat.reply.failed"
    turn_id: TurnId
    reason: Reason


class Typing(_Event):
    type: Literal["chat.typing"] = "chat.typing"
    author: Author
    active: bool
    conversation_uuid: str | None = None


class MessageRead(_Event):
    """`author` has read everything up to `up_to_seq`; `at` is ISO 8601."""

    type: Literal["chat.message.read"] = "chat.message.read"
    author: Author
    up_to_seq: int = Field(ge=0)
    at: str


class AgentJoined(_Event):
    """A seller takes part from now on."""

    type: Literal["chat.agent.joined"] = "chat.agent.joined"
    agent: Party
    conversation_uuid: str | None = None


class SessionAssigned(_Event):
    """The conversation has an owner; null: it has none any more."""

    type: Literal["chat.session.assigned"] = "chat.session.assigned"
    agent: Party | None
    conversation_uuid: str | None = None


class HandoffRequested(_Event):
    """A person was asked for. Visitors are not told why: `hot_lead` is not for their eyes."""

    type: Literal["chat.handoff.requested"] = "chat.handoff.requested"
    reason: Reason | None = None
    conversation_uuid: str | None = None

    @property
    def for_visitors(self) -> bytes | None:
        return orjson.dumps({"type": self.type})


class ConversationUpdated(_StaffEvent):
    """A line of the inbox changed: the conversation as SQL renders it."""

    type: Literal["chat.conversation.updated"] = "chat.conversation.updated"
    conversation: JsonObject


class LeadUpdated(_StaffEvent):
    """What is known about the visitor as a lead changed."""

    type: Literal["chat.lead.updated"] = "chat.lead.updated"
    conversation_uuid: str
    lead: JsonObject


class TaskUpdated(_StaffEvent):
    """Something that a seller has to do for the visitor was added, changed or done."""

    type: Literal["chat.task.updated"] = "chat.task.updated"
    conversation_uuid: str
    task: JsonObject


class Presence(_Event):
    """Whether someone on that side of the conversation is there. For staff: who (`agent`), and what they look at."""

    type: Literal["chat.presence"] = "chat.presence"
    author: Author
    online: bool
    agent: Party | None = None
    conversation_uuid: str | None = None

    @property
    def for_visitors(self) -> bytes | None:
        return orjson.dumps({"type": self.type, "author": self.author, "online": self.online})


class Sync(_Event):
    """The position is unknown here: fetch the history again. The stream goes on from `cursor`."""

    type: Literal["chat.sync"] = "chat.sync"
    cursor: str


class Bye(_Event):
    """The server is stopping: connect again after `retry_ms`."""

    type: Literal["chat.bye"] = "chat.bye"
    retry_ms: int = Field(ge=0)


Event = (
    SessionStarted
    | MessageNew
    | MessageUpdated
    | ReplyStarted
    | ReplyDelta
    | ReplyRestarted
    | ReplyDone
    | ReplyFailed
    | Typing
    | MessageRead
    | AgentJoined
    | SessionAssigned
    | HandoffRequested
    | ConversationUpdated
    | LeadUpdated
    | TaskUpdated
    | Presence
    | Sync
    | Bye
)
_CLOSED = Annotated[Event, Field(discriminator="type")]
_QUIET = ConfigDict(hide_input_in_errors=True)
EVENT: TypeAdapter[Event] = TypeAdapter(_CLOSED, config=_QUIET)
EVENTS: TypeAdapter[list[Event]] = TypeAdapter(list[_CLOSED], config=_QUIET)


def event_schema() -> dict[str, Any]:
    """The union as JSON Schema 2020-12: what clients may receive, staff and visitors alike."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Event",
        **EVENT.json_schema(),
    }


@dataclass(frozen=True, slots=True)
class Running:
    """The unfinished text of a reply, from its beginning."""

    turn_id: str
    attempt: int
    text: str
