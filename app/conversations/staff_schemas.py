"""What the staff may send about conversations, field by field. Unknown fields are refused."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    HttpUrl,
    StringConstraints,
    model_validator,
)

from app.conversations.emoji import Emoji
from app.conversations.types import UNTIL_REPLY

MAX_CONTENT = 4000
_SEEDS_OUTCOMES = {
    "Pending": "pending",
    "TestDriveScheduled": "appointment_scheduled",
    "OfferMade": "offer_made",
    "Purchased": "purchased",
    "NotInterested": "not_interested",
    "VehicleSold": "unavailable",
}


def no_control(value: str) -> str:
    if any(ord(c) < 32 and c not in "\n\r\t" for c in value):
        raise ValueError("must not contain NUL or other control characters")
    return value


def _short(most: int) -> Any:
    return StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=most)


Content = Annotated[str, _short(MAX_CONTENT), AfterValidator(no_control)]
Text200 = Annotated[str, _short(200), AfterValidator(no_control)]
Text1000 = Annotated[str, _short(1000), AfterValidator(no_control)]
ClientId = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9._:-]{1,128}$")]
Tag = Annotated[
    str,
    StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=40),
    AfterValidator(no_control),
]
Shortcut = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
Seq = Annotated[int, Field(strict=True, ge=0, le=2**62)]
Quality = Literal["hot", "warm", "cold"]
Outcome = Annotated[
    Literal["pending", "appointment_scheduled", "offer_made", "purchased", "not_interested", "unavailable"],
    BeforeValidator(lambda v: _SEEDS_OUTCOMES.get(v, v) if isinstance(v, str) else v),
]
"""Seed 000's six, for any trade; the seed's own names are understood too."""
State = Literal["bot", "waiting", "open", "snoozed", "closed", "blocked"]
View = Literal["participant", "mine", "unassigned", "bot", "all"]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class QuickReplyBody(Body):
    label: Annotated[str, _short(80)]
    value: Annotated[str, _short(500)]
    icon: Annotated[str, _short(16)] | None = None


class CardBody(Body):
    """Something of the site's to look at: a vehicle, a house."""

    title: Text200
    subtitle: Text200 | None = None
    image: HttpUrl | None = None
    url: HttpUrl | None = None
    price: Annotated[float, Field(ge=0, le=1e15)] | None = None
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None


class SendBody(Body):
    """`seen_seq`: the last message on the screen; the answer is 409 when a colleague was faster, unless `force`."""

    content: Content
    client_message_id: ClientId | None = None
    seen_seq: Seq | None = None
    force: Annotated[bool, Field(strict=True)] = False
    quick_replies: Annotated[list[QuickReplyBody], Field(max_length=10)] = []
    cards: Annotated[list[CardBody], Field(max_length=10)] = []

    def extra(self) -> dict[str, Any]:
        """What goes beside the text; nothing where there is nothing."""
        dumped = self.model_dump(mode="json", include={"quick_replies", "cards"}, exclude_none=True)
        return {name: value for name, value in dumped.items() if value}


class NoteBody(Body):
    content: Content
    client_message_id: ClientId | None = None


class EditBody(Body):
    content: Content


class ReactionBody(Body):
    emoji: Emoji


class ReadBody(Body):
    up_to_seq: Seq | None = None


class UnreadBody(Body):
    from_seq: Seq | None = None


class TypingBody(Body):
    active: Annotated[bool, Field(strict=True)] = True


class StartBody(Body):
    contact_uuid: UUID


class AssignBody(Body):
    to: UUID


class ReturnBody(Body):
    note: Text1000 | None = None


class CloseBody(Body):
    outcome: Outcome | None = None


class SnoozeBody(Body):
    """`reply`: until the visitor writes, whenever that is. Null wakes it."""

    until: Annotated[AwareDatetime | None, BeforeValidator(lambda v: UNTIL_REPLY if v == "reply" else v)]


class BlockBody(Body):
    blocked: Annotated[bool, Field(strict=True)] = True


class TaggableBody(Body):
    """Seed 004's taggable_info."""

    type: Text200
    uuid: UUID | None = None
    title: Text200


class LabelBody(Body):
    """What is left out stays as it is; null removes."""

    lead_quality: Quality | None = None
    outcome: Outcome | None = None
    tags: Annotated[list[Tag], Field(max_length=20)] = []
    taggable_info: TaggableBody | None = None

    @model_validator(mode="after")
    def _something_is_given(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("give at least one of lead_quality, outcome, tags and taggable_info")
        return self

    def patch(self) -> dict[str, Any]:
        patch = self.model_dump(mode="json", include=self.model_fields_set, exclude_none=False)
        if "taggable_info" in patch:
            patch["taggable_type"] = self.taggable_info.type if self.taggable_info else None
        return patch


class CannedBody(Body):
    """`texts` by language; {{contact_name}}, {{seller_name}}, {{site_name}} and {{item_title}} are filled in."""

    shortcut: Shortcut
    texts: Annotated[dict[Literal["es", "en", "pt"], Content], Field(min_length=1)]
    shared: Annotated[bool, Field(strict=True)] = False


class AgentMessageBody(Body):
    """Seed 003's POST /messages."""

    session_id: UUID
    message: Content
    client_message_id: ClientId | None = None


class AgentAssignBody(Body):
    """Seed 003's POST /sessions/{id}/assign; without an agent: to me."""

    agent_id: UUID | None = None


def filter_of(
    *,
    view: View,
    state: State | None,
    quality: Quality | None,
    outcome: str | None,
    tag: str | None,
    since: datetime | None,
    until: datetime | None,
    text: str | None,
    overdue: bool | None,
) -> dict[str, Any]:
    """`p_filter` of staff_conversations."""
    wanted = {
        "view": view,
        "state": state,
        "quality": quality,
        "outcome": _SEEDS_OUTCOMES.get(outcome, outcome) if outcome else None,
        "tag": tag,
        "from": since.isoformat() if since else None,
        "to": until.isoformat() if until else None,
        "text": text,
        "overdue": overdue,
    }
    return {name: value for name, value in wanted.items() if value is not None}
