"""The port to a language model: a request goes in, typed pieces of an answer come out.

Adapters (`responses`, `chat_completions`) speak the wire; everything above knows only these values.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any, Literal, Protocol


@dataclass(frozen=True, slots=True)
class Said:
    """A finished message of the conversation, already redacted."""

    role: Literal["user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class ToolCall:
    """The model asks for a tool. `arguments` is the model's own JSON text: untrusted until parsed."""

    call_id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class ToolResult:
    """What the tool answered, as JSON text."""

    call_id: str
    output: str


@dataclass(frozen=True, slots=True)
class OpaqueItem:
    """A provider's own item (such as reasoning) that must be handed back unchanged in the next round."""

    data: dict[str, Any]


Item = Said | ToolCall | ToolResult | OpaqueItem


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """A tool the model may call. `parameters` is a strict JSON Schema."""

    name: str
    description: str
    parameters: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """One round. `thread` is the id of a conversation kept at OpenAI; then `items` holds only what is new."""

    model: str
    instructions: str
    items: tuple[Item, ...]
    tools: tuple[ToolSpec, ...] = ()
    max_output_tokens: int = 800
    thread: str | None = None
    request_id: str = ""
    safety_identifier: str | None = None
    cache_key: str | None = None
    temperature: float | None = None
    reasoning_effort: str | None = None


@dataclass(frozen=True, slots=True)
class TextDelta:
    """Some more visible text."""

    text: str


@dataclass(frozen=True, slots=True)
class Usage:
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Completed:
    """The terminal event: without it no answer counts.

    `items` is what the next round must hand back, after its own items and before the tools' results; it is
    empty with a thread, which holds them already.
    """

    response_id: str | None
    usage: Usage
    items: tuple[Item, ...] = ()


ModelEvent = TextDelta | ToolCall | Completed

FailureKind = Literal[
    "unavailable",  # connection refused, 5xx, 408, 409, breaker open
    "timeout",  # no headers, no first text or no next event in time
    "rate_limited",  # 429
    "quota",  # 429 insufficient_quota: retrying cannot help
    "auth",  # 401, 403
    "bad_request",  # 400, 404 and 422 that are our fault
    "cut",  # the connection broke, or the stream ended without a terminal event
    "malformed",  # not JSON, not UTF-8, not the protocol
    "failed",  # response.failed or an in-stream error
    "truncated",  # the output limit was reached
    "filtered",  # the provider's content filter
    "refused",  # the model refused
    "empty",  # a success without text or tool call
    "thread_lost",  # the conversation at OpenAI is gone or orphaned: rebuild it
    "thread_locked",  # another response is being made in it
]


class ModelFailure(Exception):
    """The one outcome of a round that gave no complete answer. `usage` is what it is known to have cost."""

    def __init__(self, kind: FailureKind, detail: str = "", *, usage: Usage | None = None) -> None:
        super().__init__(f"{kind}: {detail}" if detail else kind)
        self.kind = kind
        self.detail = detail
        self.usage = usage or Usage()


class Model(Protocol):
    """A model behind some wire. Opening is retried inside (design §6); a started stream never is."""

    def stream(self, request: ModelRequest) -> AsyncGenerator[ModelEvent, None]:
        """Yield deltas and tool calls, then exactly one Completed. Raises ModelFailure, and nothing else.

        Whoever may stop early wraps it in `contextlib.aclosing`: closing it, like cancelling the task that
        waits in it, closes the connection at once, which ends the generation and its cost. Deltas that came
        together are one. A Usage of zeros means that the server did not say.
        """
        ...

    async def open_thread(self, items: tuple[Item, ...]) -> str:
        """Create a conversation at OpenAI that holds `items`; return its id. Raises ModelFailure."""
        ...

    async def forget_thread(self, thread: str) -> None:
        """Delete a conversation at OpenAI; one that is gone already is fine. Raises ModelFailure."""
        ...

    async def close(self) -> None: ...
