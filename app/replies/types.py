"""A finished reply: what is said, what it does, and the facts that the turn's ledger keeps."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from app.conversations.types import Effects
from app.leads.types import Fact
from app.llm.port import ToolCall, ToolResult, Usage

SOURCES = "sources"
"""The key in a message's `meta` under which a reply keeps what it was made from. Visitors never get it."""

RUBRIC = "rubric"
"""And under which the rubric's reference stands."""


@dataclass(frozen=True, slots=True)
class ReplyFacts:
    """What the turn cost and how it went; `failure` says why the model did not answer. Times in milliseconds."""

    model: str | None = None
    prompt_ref: str | None = None
    response_id: str | None = None
    usage: Usage = field(default_factory=Usage)
    failure: str | None = None
    first_text_ms: int | None = None
    thread: str | None = None
    forget_thread: bool = False
    """A round in the conversation at OpenAI broke off and may have left half of something: open another next time."""

    def as_json(self) -> dict[str, Any]:
        """`p_facts` of `complete_turn`; what is not known is left out."""
        facts: dict[str, Any] = {
            "model": self.model,
            "prompt_ref": self.prompt_ref,
            "response_id": self.response_id,
            "input_tokens": self.usage.input_tokens,
            "output_tokens": self.usage.output_tokens,
            "cached_tokens": self.usage.cached_tokens,
            "failure": self.failure,
            "first_text_ms": self.first_text_ms,
            "thread": {"id": self.thread} if self.thread or self.forget_thread else None,
        }
        return {k: v for k, v in facts.items() if v is not None}


@dataclass(frozen=True, slots=True)
class Reply:
    """`text` is exactly what was streamed. `noticed`: facts that the model found; `lead`: what the turn read of the
    lead (`p_effects.lead`)."""

    text: str
    source: Literal["model", "guided"]
    effects: Effects
    facts: ReplyFacts
    noticed: tuple[Fact, ...] = ()
    lead: dict[str, Any] | None = None
    calls: tuple[tuple[ToolCall, ToolResult], ...] = ()
    """The tools that the model called, and what it was told."""


def effects_json(effects: Effects) -> dict[str, Any]:
    """`p_effects` of `complete_turn`; what does not happen is left out."""
    data: dict[str, Any] = {}
    if effects.contact:
        data["contact"] = {k: v for k, v in asdict(effects.contact).items() if v is not None}
    if effects.consents:
        data["consents"] = [asdict(c) for c in effects.consents]
    if effects.handoff:
        data["handoff"] = asdict(effects.handoff)
    if effects.quick_replies:
        data["quick_replies"] = [asdict(q) for q in effects.quick_replies]
    if effects.cards:
        data["cards"] = list(effects.cards)
    if effects.close:
        data["close"] = asdict(effects.close)
    if effects.meta:
        data["meta"] = effects.meta
    return data
