"""What happens to a conversation, in order: commit first, then tell whoever listens."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import structlog

from app import metrics
from app.conversations import store
from app.conversations.publishing import publish, publish_message
from app.conversations.types import ConsentGiven, ContactPatch
from app.llm.port import ModelFailure
from app.realtime.events import (
    HandoffRequested,
    MessageRead,
    MessageUpdated,
    Typing,
    WireMessage,
)
from app.realtime.turns import tell_erased
from app.wiring import Wiring

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class VisitorMessage:
    """A message as it arrived. `metadata` is seed 002's: ip, user_agent, device, page, item, touch where known."""

    content: str
    client_message_id: str
    session_id: str | None
    locale: str | None
    metadata: dict[str, Any]


async def post_visitor_message(
    wiring: Wiring,
    claim: dict[str, Any],
    *,
    site_id: str,
    token_hash: str | None,
    new_token_hash: str,
    message: VisitorMessage,
) -> store.Registered:
    """Commit the message and its turn. Once this returns, nothing of it can be lost.

    Raises Unauthorized `session.invalid_token`, NotFound `session.not_found`, Conflict `message.id_reused`,
    Forbidden `conversation.blocked`, DatabaseUnavailable.
    """
    registered = await store.register_message(
        wiring.rpc,
        site=site_id,
        token_hash=token_hash,
        new_token_hash=new_token_hash,
        session_id=message.session_id,
        content=message.content,
        client_message_id=message.client_message_id,
        body_hash=hashlib.sha256(message.content.encode()).hexdigest(),
        locale=message.locale,
        metadata=message.metadata,
        claim=claim,
    )
    if not registered.duplicate:
        metrics.messages_received.inc()
        if registered.message["seq"] == 1:
            metrics.conversations_created.inc()
        publish_message(wiring.bus, site_id, registered.message)
    return registered


async def show_typing(wiring: Wiring, *, site_id: str, token_hash: str, active: bool) -> None:
    session = await store.visitor_session(wiring.rpc, site=site_id, token_hash=token_hash)
    wiring.bus.publish(session["conversation_id"], Typing(author="visitor", active=active))


async def mark_read(wiring: Wiring, *, site_id: str, token_hash: str, up_to_seq: int) -> None:
    """The visitor has seen messages up to `up_to_seq`; seen again changes nothing."""
    read = await store.mark_read(wiring.rpc, site=site_id, token_hash=token_hash, up_to_seq=up_to_seq)
    if read["up_to_seq"] is not None:
        wiring.bus.publish(
            read["conversation_id"], MessageRead(author="visitor", up_to_seq=read["up_to_seq"], at=read["at"])
        )


async def react(
    wiring: Wiring, *, site_id: str, token_hash: str, message: str, emoji: str, on: bool
) -> store.Message:
    """The visitor's emoji on a message of the conversation is there, or not. Gives the message as it is now."""
    changed = await store.react(
        wiring.rpc, site=site_id, token_hash=token_hash, message=message, emoji=emoji, on=on
    )
    event = MessageUpdated(message=WireMessage.model_validate(changed))
    publish(wiring.bus, site_id, changed["conversation_uuid"], event)
    return changed


async def save_contact(
    wiring: Wiring,
    *,
    site_id: str,
    token_hash: str,
    contact: ContactPatch | None,
    consents: tuple[ConsentGiven, ...],
) -> dict[str, Any]:
    """Store what a form gave. Returns the contact as it stands now: name, email, phone, identity."""
    row = await store.save_contact(
        wiring.rpc,
        site=site_id,
        token_hash=token_hash,
        contact={"name": contact.name, "email": contact.email, "phone": contact.phone} if contact else None,
        consents=[
            {
                "purpose": c.purpose,
                "granted": c.granted,
                "text_version": c.text_version,
                "text_sha256": c.text_sha256,
                "locale": c.locale,
                "source": c.source,
            }
            for c in consents
        ],
    )
    known: dict[str, Any] = row["contact"]
    return known


async def request_handoff(
    wiring: Wiring, *, site_id: str, token_hash: str, summary: str | None
) -> dict[str, Any]:
    """The visitor wants a person. Returns handler and whether this request was the first."""
    row = await store.request_handoff(wiring.rpc, site=site_id, token_hash=token_hash, summary=summary)
    if row["requested"]:
        conversation = row["conversation_id"]
        publish_message(wiring.bus, site_id, row["message"])
        publish(
            wiring.bus,
            site_id,
            conversation,
            HandoffRequested(reason="visitor_request", conversation_uuid=conversation),
        )
    return {"handler": row["handler"], "requested": row["requested"]}


async def rate(wiring: Wiring, *, site_id: str, token_hash: str, rating: int, comment: str | None) -> None:
    await store.rate(wiring.rpc, site=site_id, token_hash=token_hash, rating=rating, comment=comment)


async def erase_visitor(wiring: Wiring, *, site_id: str, token_hash: str) -> None:
    """Remove the person everywhere, stop the reply that is being written and end every open stream of theirs."""
    row = await store.erase_visitor(wiring.rpc, site=site_id, token_hash=token_hash)
    await tell_erased(wiring.bus, row["conversation_id"])
    if wiring.model is None:
        return
    for thread in row["threads"]:
        try:
            await wiring.model.forget_thread(thread)
        except ModelFailure as failure:
            # The operator has to delete it by hand: the id is all that is left to find it by.
            log.warning("thread_not_erased", thread=thread, kind=failure.kind)
