"""What a conversation is made of: messages, the turn that answers them, and the effects of a reply.

All values are frozen. JSON from SQL functions becomes one of these here, and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

Author = Literal["visitor", "assistant", "seller", "system"]
Handler = Literal["assistant", "queue", "seller"]
HandoffReason = Literal[
    "visitor_request", "missing_knowledge", "policy", "failure", "hot_lead", "budget", "seller_takeover"
]
Purpose = Literal["chat", "contact", "marketing"]
BudgetScope = Literal["session", "site_day"]
UNTIL_REPLY = datetime.max.replace(tzinfo=UTC)
"""Snoozed until then: until the visitor writes, and at no moment."""


@dataclass(frozen=True, slots=True)
class QuickReply:
    """A suggested answer (seed 000): `label` is shown, `value` is sent."""

    label: str
    value: str
    icon: str | None = None


@dataclass(frozen=True, slots=True)
class ContactPatch:
    """What was learnt about the visitor's own contact; None means nothing new. `phone` is E.164."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None

    def __bool__(self) -> bool:
        return bool(self.name or self.email or self.phone)


@dataclass(frozen=True, slots=True)
class KnownContact:
    """The contact as stored. `consents` are the purposes whose latest ledger entry is a yes."""

    contact_id: str
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    consents: frozenset[Purpose] = frozenset()


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """One entry for the consent ledger; the text is named by version and SHA-256, never repeated."""

    purpose: Purpose
    granted: bool
    text_version: str
    text_sha256: str
    locale: str
    source: Literal["chat", "form", "api"]
    message_id: str | None = None


@dataclass(frozen=True, slots=True)
class HandoffRequest:
    reason: HandoffReason
    summary: str = ""


@dataclass(frozen=True, slots=True)
class CloseRequest:
    """The talk is over; `outcome` if it shows one. The visitor's next message opens it again."""

    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Effects:
    """What a reply does besides being said; committed with it or not at all."""

    contact: ContactPatch | None = None
    consents: tuple[ConsentGiven, ...] = ()
    handoff: HandoffRequest | None = None
    quick_replies: tuple[QuickReply, ...] = ()
    cards: tuple[dict[str, Any], ...] = ()
    """Seed 000's vehicle, or any other item, as `MessageContext.cards` shows it."""
    close: CloseRequest | None = None
    meta: dict[str, Any] = field(default_factory=dict)
    """Kept in `mensajes.datos.meta`; the guided assistant reads its own notes back from here."""


@dataclass(frozen=True, slots=True)
class TurnMessage:
    """A message as a turn sees it. Private notes are never among them."""

    message_id: str
    seq: int
    author: Author
    text: str
    meta: dict[str, Any] = field(default_factory=dict)
    source: Literal["model", "guided"] | None = None
    """What made an assistant's message."""


@dataclass(frozen=True, slots=True)
class ClaimedTurn:
    """A turn that this worker holds the lease of, with all that answering needs.

    `history` is the newest part of the conversation, oldest first; what this turn answers (the visitor's messages after
    `answered_seq`, up to `upto_seq`) stands at its end, even where a reply was stored after it;
    `attempt` numbers the text on the wire, `fence` the lease; `over_budget` names the budget that is spent.
    """

    turn_id: str
    site_id: str
    conversation_id: str
    session_id: str
    fence: int
    attempt: int
    owner_epoch: int
    upto_seq: int
    answered_seq: int
    locale: str
    handler: Handler
    contact: KnownContact
    history: tuple[TurnMessage, ...]
    over_budget: BudgetScope | None = None
    item: dict[str, Any] | None = None
    page: dict[str, Any] | None = None
    thread: str | None = None
    thread_seq: int = 0
    """The last `seq` that the conversation kept at OpenAI (`thread`) already holds."""
    lead: dict[str, Any] | None = None
    """What is known of the visitor as a lead, as SQL renders it; the leads feature reads it."""
