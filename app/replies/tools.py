"""The tools a model may call. Scope comes from the turn, never from the model.

Arguments are validated at once and the answer tells the model what was wrong; effects wait here and are committed
with the reply, or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from app.conversations.types import ClaimedTurn, ContactPatch, Effects, HandoffRequest, QuickReply
from app.leads.extraction import Extracted, extract
from app.leads.finding import is_email, is_phone
from app.llm.port import ToolCall, ToolResult, ToolSpec
from app.prompting.types import Assistant, Consents
from app.replies.consent import ConsentRequest, consent_request, consents_answered
from app.replies.guard import GuardTripped
from app.replies.redact import Redactor

MAX_CALLS = 12
MAX_QUICK_REPLIES = 4

MAX_QUICK_REPLY_CHARS = 40


class _Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class SaveContact(_Arguments):
    """Save the visitor's own name, e-mail or phone, exactly as the visitor wrote them in this conversation.
    Use null for what was not said. Never save somebody else's data."""

    name: str | None
    email: str | None
    phone: str | None


class RequestHandoff(_Arguments):
    """Ask for a person to take over: the visitor wants one, you do not know, or you may not answer."""

    reason: Literal["visitor_request", "missing_knowledge", "policy"]
    summary: str


class ShowQuickReplies(_Arguments):
    """Show up to four short buttons under your reply, each a complete answer the visitor could give."""

    options: list[str]


class AskContactConsent(_Arguments):
    """Show the visitor the consent text about storing their contact, with a yes and a no button, under your reply.
    Do not write the text yourself. Their answer is judged by the system; the data says when it is given."""


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
        inert: Callable[[str], str],
    ) -> None:
        """`inert` makes a model's text safe, as the guard does with the reply; it raises GuardTripped."""
        self._inert = inert
        self._turn = turn
        self._consents = consents
        self._answered = consents_answered(turn, assistant, consents, region)
        self._consent_request: ConsentRequest | None = None
        self._redactor = redactor
        self._region = region
        self._written = [m for m in turn.history if m.author == "visitor"]
        self._news = [extract(m.text, region=region) for m in self._written if m.seq > turn.answered_seq]
        self._contact = ContactPatch()
        self._handoff: HandoffRequest | None = None
        self._quick_replies: tuple[QuickReply, ...] = ()
        self._calls = 0
        every: dict[str, tuple[type[_Arguments], Callable[[Any], str | None]]] = {
            "save_contact": (SaveContact, self._save_contact),
            "request_handoff": (RequestHandoff, self._request_handoff),
            "show_quick_replies": (ShowQuickReplies, self._show_quick_replies),
            "ask_contact_consent": (AskContactConsent, self._ask_contact_consent),
        }
        self._tools = {name: every[name] for name in assistant.tools}

    def specs(self) -> tuple[ToolSpec, ...]:
        return tuple(_spec(name, arguments) for name, (arguments, _) in self._tools.items())

    def call(self, call: ToolCall) -> ToolResult:
        """Never raises: a wrong call is answered with what is wrong, and changes nothing."""
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
        problem = act(arguments)
        return _refuse(call, problem) if problem else ToolResult(call.call_id, '{"ok": true}')

    def effects(self) -> Effects:
        """What the model's tools gathered, completed by what the extractor found in the visitor's own words."""
        request = self._consent_request
        return Effects(
            contact=ContactPatch(
                name=self._contact.name or _last(self._news, "name"),
                email=self._contact.email or _last(self._news, "email"),
                phone=self._contact.phone or _last(self._news, "phone"),
            ),
            consents=self._answered,
            handoff=self._handoff,
            quick_replies=request.quick_replies if request else self._quick_replies,
            meta=request.meta if request else {},
        )

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

    def _was_said(self, name: str) -> bool:
        said = " ".join(m.text for m in self._written).casefold()
        return all(part in said for part in name.casefold().split())


@cache
def _spec(name: str, arguments: type[_Arguments]) -> ToolSpec:
    return ToolSpec(name, " ".join((arguments.__doc__ or "").split()), strict_schema(arguments))


def strict_schema(arguments: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema in the strict form: every property required, no others, no titles."""
    schema = arguments.model_json_schema()
    properties = {
        name: {k: v for k, v in p.items() if k != "title"} for name, p in schema["properties"].items()
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _last(news: list[Extracted], field: Literal["name", "email", "phone"]) -> str | None:
    """What was said last counts: a correction comes after what it corrects."""
    return next((value for found in reversed(news) if (value := getattr(found, field))), None)


def _refuse(call: ToolCall, why: str) -> ToolResult:
    return ToolResult(call.call_id, json.dumps({"ok": False, "error": why}))
