"""A conversation with the guided assistant, played the way the server does: its meta goes back in with the history."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from app.conversations.types import ClaimedTurn, Handler, KnownContact, TurnMessage
from app.prompting.assistants import load_assistant
from app.prompting.consents import load_consents
from app.replies.guided import GuidedReply, answer
from app.replies.guided.dialogue import Reason

ASSISTANT = load_assistant("talia")
CONSENTS = load_consents()
COROLLA = {"id": "veh-67890", "title": "Toyota Corolla 2023", "price": 1250000}


@dataclass
class Talk:
    """State as the database would keep it: what a reply's effects change is there in the next turn."""

    locale: str = "es-DO"
    item: dict[str, Any] | None = None
    contact: KnownContact = field(default_factory=lambda: KnownContact("c1"))
    handler: Handler = "assistant"
    history: list[TurnMessage] = field(default_factory=list)
    answered: int = 0
    replies: list[GuidedReply] = field(default_factory=list)

    def visitor(self, text: str) -> TurnMessage:
        seq = len(self.history) + 1
        message = TurnMessage(f"m{seq}", seq, "visitor", text)
        self.history.append(message)
        return message

    def other(self, text: str, author: str = "assistant") -> None:
        """A message of the model's, or of a seller's."""
        self.history.append(
            TurnMessage(f"m{len(self.history) + 1}", len(self.history) + 1, author, text, source="model")
        )  # type: ignore[arg-type]
        self.answered = self.history[-1].seq

    def turn(self) -> ClaimedTurn:
        return ClaimedTurn(
            turn_id="t",
            site_id="s",
            conversation_id="v",
            session_id="sess",
            fence=1,
            attempt=1,
            owner_epoch=0,
            upto_seq=max((m.seq for m in self.history if m.author == "visitor"), default=0),
            answered_seq=self.answered,
            locale=self.locale,
            handler=self.handler,
            contact=self.contact,
            history=tuple(self.history),
            item=self.item,
        )

    def reply(self, reason: Reason = "default") -> GuidedReply:
        """Answer what is open, and commit it."""
        turn = self.turn()
        given = answer(turn, ASSISTANT, CONSENTS, site_name="AutoCaribe", region="DO", reason=reason)
        self.commit(turn, given)
        return given

    def commit(self, turn: ClaimedTurn, given: GuidedReply) -> None:
        self.replies.append(given)
        self.answered = turn.upto_seq
        seq = len(self.history) + 1
        self.history.append(
            TurnMessage(f"m{seq}", seq, "assistant", given.text, given.effects.meta, "guided")
        )
        consents = set(self.contact.consents)
        for consent in given.effects.consents:
            (consents.add if consent.granted else consents.discard)(consent.purpose)
        patch = given.effects.contact
        self.contact = replace(
            self.contact,
            name=(patch and patch.name) or self.contact.name,
            email=(patch and patch.email) or self.contact.email,
            phone=(patch and patch.phone) or self.contact.phone,
            consents=frozenset(consents),
        )
        if given.effects.handoff:
            self.handler = "queue"

    def say(self, *texts: str, reason: Reason = "default") -> GuidedReply:
        """Send messages, as one burst, and get the reply."""
        for text in texts:
            self.visitor(text)
        return self.reply(reason)

    def transcript(self) -> str:
        """Everything, readable: replies with their buttons and what they do."""
        lines: list[str] = []
        replies = iter(self.replies)
        for message in self.history:
            if message.author == "visitor":
                lines.append(f"> {message.text}")
            elif message.source != "guided":
                lines.append(f"({message.author}) {message.text}")
            else:
                lines += [message.text, *_effects(next(replies)), ""]
        return "\n".join(lines).strip() + "\n"


def _effects(reply: GuidedReply) -> list[str]:
    done = reply.effects
    lines = []
    if done.quick_replies:
        lines.append("   " + " ".join(f"[{q.label}]" for q in done.quick_replies))
    if done.contact:
        told = (done.contact.name, done.contact.email, done.contact.phone)
        lines.append("   saved: " + ", ".join(value for value in told if value))
    lines += [
        f"   consent: {c.purpose} {'yes' if c.granted else 'no'} ({c.text_version}, {c.locale}, {c.message_id})"
        for c in done.consents
    ]
    if done.handoff:
        lines.append(f"   handoff: {done.handoff.reason} - {done.handoff.summary}")
    lines.append(f"   intent: {reply.intent}")
    return lines
