"""What the staff does to a conversation, in order: commit first, then stop the bot, then tell whoever listens."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

import orjson

from app import metrics
from app.conversations import staff_store as store
from app.conversations.publishing import publish, publish_message, touch
from app.conversations.tasks import promised, tell_of_promise
from app.conversations.types import UNTIL_REPLY, ClaimedTurn
from app.errors import FieldError, Invalid
from app.realtime.events import (
    AgentJoined,
    MessageRead,
    MessageUpdated,
    Party,
    ReplyFailed,
    SessionAssigned,
    Typing,
    WireMessage,
)
from app.realtime.turns import recheck_turn
from app.sites.actions import SiteDirectory
from app.staff.types import StaffAccess
from app.wiring import Wiring

_VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
VARIABLES = frozenset({"contact_name", "seller_name", "site_name", "item_title"})


class Turns(Protocol):
    """Whoever runs the assistant's turns in this process."""

    @property
    def claim(self) -> dict[str, Any]: ...

    def start(self, turn: ClaimedTurn) -> None: ...

    def stop(self, turn_id: str) -> None: ...


class Services(Protocol):
    @property
    def wiring(self) -> Wiring: ...

    @property
    def turns(self) -> Turns: ...

    @property
    def sites(self) -> SiteDirectory: ...


async def take_over(services: Services, me: StaffAccess, conversation: str) -> dict[str, Any]:
    """The conversation is mine, and the assistant says nothing more. Once this returns, the database refuses its reply.

    Raises Conflict `conversation.taken_over`, whose detail names the colleague who was faster.
    """
    return _told(services, me, await store.act(services.wiring.rpc, "take_over", me, conversation))


async def start_conversation(services: Services, me: StaffAccess, contact: str) -> dict[str, Any]:
    """Take over the newest conversation of a contact. Raises NotFound `contact.not_found`."""
    return _told(services, me, await store.start(services.wiring.rpc, me, contact=contact))


async def assign(services: Services, me: StaffAccess, conversation: str, to: str) -> dict[str, Any]:
    """Give it to a colleague (or take it). Raises Conflict `conversation.not_yours`, NotFound `staff.not_found`."""
    rpc = services.wiring.rpc
    return _told(services, me, await store.act(rpc, "assign_conversation", me, conversation, to=to))


async def hand_back(
    services: Services, me: StaffAccess, conversation: str, note: str | None
) -> dict[str, Any]:
    """To the assistant; `note` is for the model alone. What the visitor still waits for is answered at once."""
    done = await store.act(
        services.wiring.rpc, "return_to_assistant", me, conversation, claim=services.turns.claim, note=note
    )
    told = _told(services, me, done)
    if done.turn is not None:
        services.turns.start(done.turn)
    return told


async def close(
    services: Services, me: StaffAccess, conversation: str, outcome: str | None
) -> dict[str, Any]:
    rpc = services.wiring.rpc
    return _told(services, me, await store.act(rpc, "close_conversation", me, conversation, outcome=outcome))


async def reopen(services: Services, me: StaffAccess, conversation: str) -> dict[str, Any]:
    return _told(services, me, await store.act(services.wiring.rpc, "reopen_conversation", me, conversation))


async def snooze(
    services: Services, me: StaffAccess, conversation: str, until: datetime | None
) -> dict[str, Any]:
    """Until then, or until the visitor writes, whatever is first; None wakes it."""
    moment = "infinity" if until == UNTIL_REPLY else until.isoformat() if until else None
    rpc = services.wiring.rpc
    return _told(services, me, await store.act(rpc, "snooze_conversation", me, conversation, until=moment))


async def block(services: Services, me: StaffAccess, conversation: str, *, blocked: bool) -> dict[str, Any]:
    rpc = services.wiring.rpc
    return _told(services, me, await store.act(rpc, "block_conversation", me, conversation, blocked=blocked))


async def label(
    services: Services, me: StaffAccess, conversation: str, patch: dict[str, Any]
) -> dict[str, Any]:
    """`patch`: lead_quality, outcome, tags, taggable_type, taggable_info; what is not there stays."""
    rpc = services.wiring.rpc
    return _told(services, me, await store.act(rpc, "label_conversation", me, conversation, patch=patch))


async def post_message(
    services: Services,
    me: StaffAccess,
    conversation: str,
    *,
    content: str,
    client_message_id: str,
    extra: dict[str, Any],
    private: bool = False,
    seen_seq: int | None = None,
    force: bool = False,
) -> dict[str, Any]:
    """{message, duplicate, conversation}. A note (`private`) reaches neither the visitor nor the model.

    What the message promises the visitor is a task of the seller's from then on.

    Raises Conflict `conversation.not_taken`, `conversation.not_yours`, `message.id_reused`, and `message.newer_reply`
    when somebody answered after `seen_seq` and `force` is not set.
    """
    wiring = services.wiring
    promise = None if private else promised(content, await services.sites.site(me.site_id))
    row = await store.call(
        wiring.rpc,
        "post_seller_message",
        me,
        conversation=conversation,
        client_message_id=client_message_id,
        body_hash=hashlib.sha256(
            orjson.dumps([private, content, extra], option=orjson.OPT_SORT_KEYS)
        ).hexdigest(),
        content=content,
        # Not in the hash: sent again a minute later, the same message would be due a minute later.
        extra=extra | {"promise": promise.as_json()} if promise else extra,
        private=private,
        seen_seq=seen_seq,
        force=force,
    )
    if not row["duplicate"]:
        if not private:
            metrics.messages_sent.labels("seller").inc()
        publish_message(wiring.bus, me.site_id, row["message"])
        if promise is not None:
            await tell_of_promise(wiring, me.site_id, row["message"]["id"])
    return row


async def edit_message(
    services: Services, me: StaffAccess, message: str, content: str | None
) -> dict[str, Any]:
    """Another text, or (None) none: one's own, within fifteen minutes."""
    wiring = services.wiring
    row = await store.call(wiring.rpc, "edit_seller_message", me, message=message, content=content)
    return _updated(services, me, row)


async def react(services: Services, me: StaffAccess, message: str, emoji: str, *, on: bool) -> dict[str, Any]:
    row = await store.call(services.wiring.rpc, "react", me, message=message, emoji=emoji, on=on)
    return _updated(services, me, row)


async def mark_read(
    services: Services, me: StaffAccess, conversation: str, up_to_seq: int | None
) -> dict[str, Any]:
    """{conversation_uuid, up_to_seq, at, unread_count}. The visitor gets ticks only from who takes part."""
    wiring = services.wiring
    row = await store.call(wiring.rpc, "staff_read", me, conversation=conversation, up_to_seq=up_to_seq)
    if row["up_to_seq"] is not None:
        publish(
            wiring.bus,
            me.site_id,
            conversation,
            MessageRead(author="seller", up_to_seq=row["up_to_seq"], at=row["at"]),
        )
    touch(wiring.bus, me.site_id, conversation)
    return row


async def mark_unread(
    services: Services, me: StaffAccess, conversation: str, from_seq: int | None
) -> dict[str, Any]:
    """{conversation_uuid, unread_count}. Raises Conflict `conversation.not_taken` for who takes no part."""
    wiring = services.wiring
    row = await store.call(wiring.rpc, "staff_mark_unread", me, conversation=conversation, from_seq=from_seq)
    touch(wiring.bus, me.site_id, conversation)
    return row


async def show_typing(services: Services, me: StaffAccess, conversation: str, *, active: bool) -> None:
    """Visitors see it of who takes part only."""
    row = await store.call(services.wiring.rpc, "staff_sees", me, conversation=conversation)
    if row["takes_part"]:
        services.wiring.bus.publish(
            conversation, Typing(author="seller", active=active, conversation_uuid=conversation)
        )


async def fill_in(services: Services, me: StaffAccess, conversation: str, canned: str) -> dict[str, str]:
    """A canned reply in the conversation's language, or one that is there, with what is known put in. Not sent."""
    row = await store.call(services.wiring.rpc, "use_canned", me, conversation=conversation, id=canned)
    texts: Mapping[str, str] = row["texts"]
    locale = row["locale"] if row["locale"] in texts else min(texts)
    values = row["values"]
    return {"locale": locale, "text": _VARIABLE.sub(lambda m: values.get(m[1]) or "", texts[locale]).strip()}


def check_variables(texts: Mapping[str, str]) -> None:
    """Raises Invalid for a variable that nothing will fill in."""
    unknown = sorted({name for text in texts.values() for name in _VARIABLE.findall(text)} - VARIABLES)
    if unknown:
        known = ", ".join(sorted(VARIABLES))
        message = f"{', '.join(unknown)}: unknown; there are {known}"
        raise Invalid(fields=(FieldError("texts", "canned.unknown_variable", message),))


def _told(services: Services, me: StaffAccess, done: store.Owned) -> dict[str, Any]:
    """Tell everybody, the bot first; the conversation as it is now."""
    bus = services.wiring.bus
    conversation: str = done.conversation["uuid"]
    if done.superseded_turn is not None:
        services.turns.stop(done.superseded_turn)
        recheck_turn(bus, conversation)
        bus.publish(conversation, ReplyFailed(turn_id=done.superseded_turn, reason="superseded"))
    for message in done.messages:
        publish_message(bus, me.site_id, message)
    if done.changed and done.messages:
        agent = Party.model_validate(done.agent) if done.agent else None
        if agent is not None:
            publish(bus, me.site_id, conversation, AgentJoined(agent=agent, conversation_uuid=conversation))
        publish(bus, me.site_id, conversation, SessionAssigned(agent=agent, conversation_uuid=conversation))
    touch(bus, me.site_id, conversation)
    return done.conversation


def _updated(services: Services, me: StaffAccess, row: dict[str, Any]) -> dict[str, Any]:
    message: dict[str, Any] = row["message"]
    event = MessageUpdated(message=WireMessage.model_validate(message))
    publish(services.wiring.bus, me.site_id, message["conversation_uuid"], event)
    return message
