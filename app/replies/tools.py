"""The tools a model may call. Scope comes from the turn, never from the model.

Arguments are validated at once and the answer tells the model what was wrong; effects wait here and are committed
with the reply, or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any, Literal

from pydantic import ValidationError

from app.conversations.types import (
    ClaimedTurn,
    CloseRequest,
    ContactPatch,
    Effects,
    HandoffRequest,
    QuickReply,
)
from app.leads.extraction import extract
from app.leads.finding import is_email, is_phone
from app.leads.reading import hear_contact
from app.leads.types import Fact, Rubric, VisitorMessage
from app.llm.port import ToolCall, ToolResult, ToolSpec
from app.prompting.types import Assistant, Consents
from app.replies.consent import ConsentRequest, consent_request, consents_answered
from app.replies.grounds import Grounds
from app.replies.guard import GuardTripped
from app.replies.lookup import Lookup, as_tool_output
from app.replies.noticing import Noticed, RecordFact
from app.replies.redact import Redactor
from app.replies.tool_schema import Arguments, strict_schema

MAX_CALLS = 12
MAX_QUICK_REPLIES = 4

MAX_QUICK_REPLY_CHARS = 40
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


class SaveContact(Arguments):
    """Save the visitor's own name, e-mail or phone, exactly as the visitor wrote them in this conversation.
    Use null for what was not said. Never save somebody else's data."""

    name: str | None
    email: str | None
    phone: str | None


class RequestHandoff(Arguments):
    """Ask for a person to take over: the visitor wants one, you do not know, or you may not answer."""

    reason: Literal["visitor_request", "missing_knowledge", "policy"]
    summary: str


class ShowQuickReplies(Arguments):
    """Show up to four short buttons under your reply, each a complete answer the visitor could give."""

    options: list[str]


class AskContactConsent(Arguments):
    """Show the visitor the consent text about storing their contact, with a yes and a no button, under your reply.
    Do not write the text yourself. Their answer is judged by the system; the data says when it is given."""


class SearchKnowledge(Arguments):
    """Look up prices, availability, details, opening hours, conditions and whatever else the site has written down.
    State nothing of that kind which neither this nor the data says. Use a few plain words, such as a name."""

    query: str


class ShowCard(Arguments):
    """Show the card of an item under your reply, with its picture, price and link. Null: the item of the page."""

    item_id: str | None


class CloseConversation(Arguments):
    """End the conversation: the visitor has said goodbye or wants nothing more. They can always write again."""

    outcome: Literal["not_interested"] | None


class Toolbox:
    """The tools of one turn and the effects they have gathered."""

    def __init__(
        self,
        turn: ClaimedTurn,
        redactor: Redactor,
        assistant: Assistant,
        consents: Consents,
        *,
        region: str,
        rubric: Rubric,
        lookup: Lookup,
        grounds: Grounds,
        inert: Callable[[str], str],
    ) -> None:
        """`inert` makes a model's text safe, as the guard does with the reply; it raises GuardTripped."""
        self._inert = inert
        self._lookup = lookup
        self._grounds = grounds
        self.trace: list[tuple[ToolCall, ToolResult]] = []
        self._turn = turn
        self._consents = consents
        self._answered = consents_answered(turn, assistant, consents, region)
        self._consent_request: ConsentRequest | None = None
        self._redactor = redactor
        self._region = region
        self._written = [m for m in turn.history if m.author == "visitor"]
        self._noticed = Noticed(rubric, self._written)
        self._card: dict[str, Any] | None = None
        self._close: CloseRequest | None = None
        self._contact = ContactPatch()
        self._handoff: HandoffRequest | None = None
        self._quick_replies: tuple[QuickReply, ...] = ()
        self._calls = 0
        every: dict[str, tuple[type[Arguments], Callable[[Any], str | None]]] = {
            "save_contact": (SaveContact, self._save_contact),
            "request_handoff": (RequestHandoff, self._request_handoff),
            "show_quick_replies": (ShowQuickReplies, self._show_quick_replies),
            "ask_contact_consent": (AskContactConsent, self._ask_contact_consent),
            "record_fact": (RecordFact, self._record_fact),
            "search_knowledge": (SearchKnowledge, self._refuse_search),
            "show_card": (ShowCard, self._show_card),
            "close_conversation": (CloseConversation, self._close_conversation),
        }
        self._tools = {name: every[name] for name in assistant.tools}

    def specs(self) -> tuple[ToolSpec, ...]:
        return tuple(
            self._noticed.spec() if name == "record_fact" else _spec(name, arguments)
            for name, (arguments, _) in self._tools.items()
        )

    async def call(self, call: ToolCall) -> ToolResult:
        """Never raises: a wrong call is answered with what is wrong, and changes nothing."""
        result = await self._call(call)
        self.trace.append((call, result))
        return result

    async def _call(self, call: ToolCall) -> ToolResult:
        self._calls += 1
        if self._calls > MAX_CALLS:
            return _refuse(call, "too many tool calls in one turn")
        if call.name not in self._tools:
            return _refuse(call, "there is no such tool")
        arguments_type, act = self._tools[call.name]
        try:
            arguments = arguments_type.model_validate_json(self._redactor.restore(call.arguments or "{}"))
        except ValidationError as error:
            first = error.errors()[0]
            return _refuse(call, f"{'.'.join(map(str, first['loc']))}: {first['msg']}")
        if isinstance(arguments, SearchKnowledge) and arguments.query.strip():
            # It leaves for a model again, and is as it was sent to this one.
            found = await self._lookup.search(arguments.query, meaning=self._redactor.redact(arguments.query))
            self._grounds.add(found)
            return ToolResult(call.call_id, as_tool_output(found))
        problem = act(arguments)
        return _refuse(call, problem) if problem else ToolResult(call.call_id, '{"ok": true}')

    def effects(self) -> Effects:
        """What the model's tools gathered, completed by what the extractor found in the visitor's own words."""
        request = self._consent_request
        told = hear_contact(_news(self._turn), region=self._region)[0]
        return Effects(
            contact=ContactPatch(
                name=self._contact.name or told.name,
                email=self._contact.email or told.email,
                phone=self._contact.phone or told.phone,
            ),
            consents=self._answered,
            handoff=self._handoff,
            quick_replies=request.quick_replies if request else self._quick_replies,
            cards=(self._card,) if self._card else (),
            # Whoever is asked something, or waits for a person, is not sent away.
            close=None if request or self._handoff else self._close,
            meta=request.meta if request else {},
        )

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What the model noticed, each with its evidence in the visitor's own words."""
        return self._noticed.facts

    @property
    def granted_now(self) -> bool | None:
        """What the visitor has just answered to the consent text, if anything."""
        return self._answered[-1].granted if self._answered else None

    @property
    def appendix(self) -> str:
        """What stands under the model's text, in words that are not the model's."""
        return f"\n\n{self._consent_request.text}" if self._consent_request else ""

    def _save_contact(self, given: SaveContact) -> str | None:
        """Only what the visitor wrote is saved: a model that invents or mixes up data changes nothing."""
        heard = [extract(m.text, region=self._region) for m in self._written]
        email = is_email(given.email) if given.email else None
        if given.email and email not in {e.email for e in heard if e.email}:
            return "email: the visitor has not written this as their own address"
        phone = is_phone(given.phone, self._region) if given.phone else None
        if given.phone and phone not in {e.phone for e in heard if e.phone}:
            return "phone: the visitor has not written this as their own number, or it is not a valid one"
        name = given.name.strip() if given.name else None
        if name and not self._was_said(name):
            return "name: the visitor has not written this name"
        self._contact = ContactPatch(
            name=name or self._contact.name,
            email=email or self._contact.email,
            phone=phone or self._contact.phone,
        )
        return None

    def _request_handoff(self, given: RequestHandoff) -> str | None:
        try:
            summary = self._inert(given.summary.strip()[:500])
        except GuardTripped:
            # Whoever wants a person gets one, with or without a summary.
            summary = ""
        self._handoff = HandoffRequest(given.reason, summary)
        return None

    def _show_quick_replies(self, given: ShowQuickReplies) -> str | None:
        try:
            options = list(dict.fromkeys(self._inert(option.strip()) for option in given.options))
        except GuardTripped as tripped:
            return f"options: not to be shown ({tripped.reason})"
        if not 1 <= len(options) <= MAX_QUICK_REPLIES:
            return f"options: give 1 to {MAX_QUICK_REPLIES}"
        if not all(1 <= len(option) <= MAX_QUICK_REPLY_CHARS for option in options):
            return f"options: each needs 1 to {MAX_QUICK_REPLY_CHARS} characters"
        self._quick_replies = tuple(QuickReply(option, option) for option in options)
        return None

    def _ask_contact_consent(self, _given: AskContactConsent) -> str | None:
        if "contact" in self._turn.contact.consents or self.granted_now:
            return "the visitor has agreed already"
        self._consent_request = consent_request(self._turn, self._consents)
        return None

    def _record_fact(self, given: RecordFact) -> str | None:
        return self._noticed.note(given.criterion, given.value.strip(), given.quote.strip())

    def _refuse_search(self, _given: SearchKnowledge) -> str:
        return "query: say what to look for"

    def _show_card(self, given: ShowCard) -> str | None:
        wanted = given.item_id if given.item_id is not None else self._lookup.current
        known = self._lookup.items.get(wanted or "")
        if known is not None:
            self._card = known.card()
            return None
        card = page_card(self._turn.item)
        if card is None:
            return "item_id: there is no such item"
        if given.item_id is not None and given.item_id != card.get("id"):
            return "item_id: there is no such item; null is the item of the page"
        self._card = card
        return None

    def _close_conversation(self, given: CloseConversation) -> str | None:
        if self._turn.handler != "assistant":
            return "the visitor waits for a person: do not end the conversation"
        self._close = CloseRequest(given.outcome)
        return None

    def _was_said(self, name: str) -> bool:
        said = " ".join(m.text for m in self._written).casefold()
        return all(part in said for part in name.casefold().split())


@cache
def _spec(name: str, arguments: type[Arguments]) -> ToolSpec:
    return ToolSpec(name, " ".join((arguments.__doc__ or "").split()), strict_schema(arguments))


def _news(turn: ClaimedTurn) -> Iterator[VisitorMessage]:
    """What this turn answers, each message with what it answers itself."""
    asked = ""
    for message in sorted(turn.history, key=lambda m: m.seq):
        if message.author != "visitor":
            asked = message.text
        elif message.seq > turn.answered_seq:
            # Contact data means the same at any time.
            yield VisitorMessage(message.message_id, message.text, _ANY_TIME, message.seq, asked)


def page_card(item: dict[str, Any] | None) -> dict[str, Any] | None:
    """The item of the page as a card; None where there is nothing that could stand on one."""
    if not item or not item.get("title"):
        return None
    shown = ("id", "title", "subtitle", "image", "url", "price", "currency")
    return {key: item[key] for key in shown if item.get(key) is not None}


def _refuse(call: ToolCall, why: str) -> ToolResult:
    return ToolResult(call.call_id, json.dumps({"ok": False, "error": why}))
