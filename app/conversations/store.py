"""The SQL functions about conversations, sessions and visitors.

Messages stay JSON: seed 001's object, as SQL renders it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.conversations.types import ClaimedTurn, Handler, KnownContact, TurnMessage
from app.db.rpc import Rpc
from app.realtime.cursor import Cursor

Message = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Registered:
    """What one committed visitor message led to. `turn` is set when this worker is to answer it."""

    session: dict[str, Any]
    session_created: bool
    conversation_id: str
    handler: Handler
    message: Message
    duplicate: bool
    awaiting_reply: bool
    reply: Message | None
    turn: ClaimedTurn | None


@dataclass(frozen=True, slots=True)
class History:
    """Visible messages, oldest first. `last_seq` counts hidden ones too; before the first message there is no
    conversation. `changed` and `reads` ({author, up_to_seq, at}) are what is new since the `changed` that was asked
    with; `changes` is how far they are."""

    session: dict[str, Any]
    conversation: dict[str, Any] | None
    messages: list[Message]
    last_seq: int
    has_more: bool
    changes: int
    changed: list[Message] = field(default_factory=list)
    reads: list[dict[str, Any]] = field(default_factory=list)

    @property
    def cursor(self) -> str:
        """Where a stream goes on from here."""
        return str(Cursor(self.last_seq, change=self.changes))


async def register_message(rpc: Rpc, **args: Any) -> Registered:
    """`registrar_mensaje_webchat`: contact, conversation, session, message and turn in one commit."""
    row = await rpc.call("registrar_mensaje_webchat", **args)
    turn = row["turn"]
    return Registered(**{**row, "turn": claimed_turn(turn) if turn else None})


async def open_session(rpc: Rpc, **args: Any) -> dict[str, Any]:
    row: dict[str, Any] = await rpc.call("open_webchat_session", **args)
    return row


async def history(rpc: Rpc, *, site: str, token_hash: str, **args: Any) -> History:
    """`args`: session_id, after, before (positions), limit (at most 500), changed (see History)."""
    return History(**await rpc.call("webchat_history", site=site, token_hash=token_hash, **args))


async def visitor_session(rpc: Rpc, *, site: str, token_hash: str) -> dict[str, Any]:
    row: dict[str, Any] = await rpc.call("visitor_session", site=site, token_hash=token_hash)
    return row


async def react(rpc: Rpc, *, site: str, token_hash: str, message: str, emoji: str, on: bool) -> Message:
    """Raises NotFound `message.not_found`, Conflict `message.deleted`, `message.too_many_reactions`."""
    row = await rpc.call(
        "visitor_react", site=site, token_hash=token_hash, message=message, emoji=emoji, on=on
    )
    changed: Message = row["message"]
    return changed


async def mark_read(rpc: Rpc, *, site: str, token_hash: str, up_to_seq: int) -> dict[str, Any]:
    row: dict[str, Any] = await rpc.call(
        "mark_messages_read", site=site, token_hash=token_hash, up_to_seq=up_to_seq
    )
    return row


async def save_contact(
    rpc: Rpc, *, site: str, token_hash: str, contact: dict[str, Any] | None, consents: list[dict[str, Any]]
) -> dict[str, Any]:
    row: dict[str, Any] = await rpc.call(
        "save_visitor_contact", site=site, token_hash=token_hash, contact=contact, consents=consents
    )
    return row


async def visitor_contact(rpc: Rpc, *, site: str, token_hash: str) -> dict[str, Any] | None:
    """{name, email, phone, identity, consents}; None before the first act that made a contact."""
    row: dict[str, Any] | None = await rpc.call("visitor_contact", site=site, token_hash=token_hash)
    return row


async def identify(rpc: Rpc, **args: Any) -> dict[str, Any]:
    """A session as `open_session` gives it, with `created` and the contact's `identity`."""
    row: dict[str, Any] = await rpc.call("identify_visitor", **args)
    return row


async def note_visit(
    rpc: Rpc, *, site: str, token_hash: str, event: dict[str, Any] | None, attributes: dict[str, Any] | None
) -> None:
    await rpc.call("note_visit", site=site, token_hash=token_hash, event=event, attributes=attributes)


async def request_handoff(rpc: Rpc, *, site: str, token_hash: str, summary: str | None) -> dict[str, Any]:
    row: dict[str, Any] = await rpc.call(
        "request_visitor_handoff", site=site, token_hash=token_hash, summary=summary
    )
    return row


async def rate(rpc: Rpc, *, site: str, token_hash: str, rating: int, comment: str | None) -> dict[str, Any]:
    row: dict[str, Any] = await rpc.call(
        "rate_conversation", site=site, token_hash=token_hash, rating=rating, comment=comment
    )
    return row


async def erase_visitor(rpc: Rpc, *, site: str, token_hash: str) -> dict[str, Any]:
    row: dict[str, Any] = await rpc.call("erase_visitor", site=site, token_hash=token_hash)
    return row


async def set_location(
    rpc: Rpc, *, site: str, session_id: str, conversation: str, location: dict[str, Any]
) -> None:
    await rpc.call(
        "set_session_location", site=site, session_id=session_id, conversation=conversation, location=location
    )


def claimed_turn(row: dict[str, Any]) -> ClaimedTurn:
    """What this turn answers comes last, even where the reply before it was stored later than the question."""
    answered = row["answered_seq"]
    messages = [TurnMessage(**(_hand_back(m) if m["author"] == "system" else m)) for m in row["history"]]
    asked = [m for m in messages if m.author == "visitor" and m.seq > answered]
    earlier = [m for m in messages if m.author != "visitor" or m.seq <= answered]
    contact = row["contact"]
    return ClaimedTurn(
        **{
            **row,
            "contact": KnownContact(**{**contact, "consents": frozenset(contact["consents"])}),
            "history": (*earlier, *asked),
        }
    )


def _hand_back(row: dict[str, Any]) -> dict[str, Any]:
    """Where a seller's stretch ended, in words for the model: it must not go on promising a person who is gone."""
    name = row["meta"].get("handed_back_by") or "A colleague"
    note = f" Note from {name}: {row['text']}" if row["text"] else ""
    return {
        **row,
        "text": f"[{name}, of the human team, handed the conversation back to the assistant here.{note}]",
    }
