"""Permission in a conversation that the model leads: asked in the model's words, given to our text, judged by code.

The model can only have the versioned text shown. Whether a visitor's next message is a yes is decided by the same rules
as in a guided conversation, and written to the ledger with that message as its proof. The notes are the guided
assistant's own, so that it can go on from here when the model is away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.conversations.types import ClaimedTurn, ConsentGiven, QuickReply
from app.prompting.types import Assistant, Consents
from app.replies.guided.learning import Learning
from app.replies.guided.memory import META_KEY, Notes, ShownConsent, recollect
from app.replies.guided.texts import guided_texts
from app.replies.guided.voice import Voice
from app.replies.language import language_of


@dataclass(frozen=True, slots=True)
class ConsentRequest:
    """What the visitor sees under the reply, and what is remembered of it."""

    text: str
    quick_replies: tuple[QuickReply, ...]
    meta: dict[str, Any]


def consents_answered(
    turn: ClaimedTurn, assistant: Assistant, consents: Consents, region: str
) -> tuple[ConsentGiven, ...]:
    """What the visitor agreed to, refused or withdrew in the messages that this turn answers."""
    if not _may_answer(turn):
        return ()
    locale = language_of(turn.history, turn.locale)
    memory = recollect(turn, locale, region)
    voice = Voice(locale, assistant=assistant.display_name, site_name="", item=None, used={})
    learning = Learning(turn, memory, memory.notes, voice, consents.text("contact", locale))
    return tuple(learning.consents)


def _may_answer(turn: ClaimedTurn) -> bool:
    """Whether there is a question to answer or a consent to withdraw: reading for meaning is half of a turn's work."""
    return "contact" in turn.contact.consents or any(META_KEY in message.meta for message in turn.history)


def consent_request(turn: ClaimedTurn, consents: Consents) -> ConsentRequest:
    """The contact consent in the visitor's language, with its two answers as buttons."""
    locale = language_of(turn.history, turn.locale)
    text = consents.text("contact", locale)
    buttons = guided_texts()[locale].buttons
    shown = ShownConsent(version=text.version, sha256=text.sha256, locale=text.locale)
    return ConsentRequest(
        text=text.text,
        quick_replies=tuple(QuickReply(label, label) for label in (buttons.consent_yes, buttons.consent_no)),
        meta=Notes(asked="consent", questions={"consent": 1}, shown=shown).as_meta(),
    )
