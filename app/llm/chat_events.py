"""Chat Completions' stream chunks.

The answer is complete at its finish_reason; usage follows in a chunk of its own.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

import msgspec

from app.llm.failures import KIND_BY_CODE
from app.llm.output_limit import OutputLimit
from app.llm.port import (
    Completed,
    FailureKind,
    Item,
    ModelEvent,
    ModelFailure,
    Said,
    TextDelta,
    ToolCall,
    Usage,
)

_DONE = b"[DONE]"

_KIND_BY_FINISH: dict[str, FailureKind] = {"length": "truncated", "content_filter": "filtered"}
"""Every other reason is a good one; servers have invented several."""


class _Function(msgspec.Struct):
    name: str | None = None
    arguments: str | None = None


class _CallPiece(msgspec.Struct):
    index: int | None = None
    id: str | None = None
    function: _Function | None = None


class _Delta(msgspec.Struct):
    content: str | None = None
    refusal: str | None = None
    tool_calls: list[_CallPiece] | None = None


class _Choice(msgspec.Struct):
    index: int = 0
    delta: _Delta | None = None
    finish_reason: str | None = None


class _Cached(msgspec.Struct):
    cached_tokens: int | None = None


class _Usage(msgspec.Struct):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    prompt_tokens_details: _Cached | None = None


class _Error(msgspec.Struct):
    code: str | int | None = None


class _Chunk(msgspec.Struct):
    id: str | None = None
    object: str | None = None
    choices: list[_Choice] | None = None
    usage: _Usage | None = None
    error: _Error | str | None = None
    code: str | int | None = None


_chunk = msgspec.json.Decoder(_Chunk).decode


@dataclass(slots=True)
class _Call:
    call_id: str = ""
    name: str = ""
    arguments: list[str] = field(default_factory=list)


class ChatDecoder:
    """Decodes one round (see rounds.Decoder). Deltas that arrived together become one TextDelta."""

    def __init__(self, max_output_tokens: int) -> None:
        self.visible = False
        self.answered = False
        self.completed = False
        self._limit = OutputLimit(max_output_tokens)
        self._refused = False
        self._finish: str | None = None
        self._response_id: str | None = None
        self._usage = Usage()
        self._calls: dict[int, _Call] = {}
        self._said: list[str] = []

    def decode(self, payloads: list[bytes]) -> list[ModelEvent]:
        text = ""
        ended = False
        for payload in payloads:
            if payload == _DONE:
                ended = True
                break
            chunk = _chunk(payload)
            if chunk.choices:
                text += self._heard(chunk.choices)
            self._note(chunk)
        events: list[ModelEvent] = [self._text(text)] if text else []
        return events + self.end() if ended else events

    def end(self) -> list[ModelEvent]:
        """The calls and Completed, if the answer was finished; else the failure it ended in."""
        if self._finish is None:
            raise ModelFailure("cut", "no finish_reason", usage=self._usage)
        kind = _KIND_BY_FINISH.get(self._finish)
        if self._refused and kind is None:
            kind = "refused"
        if kind is None and not self.visible:
            kind = "empty"
        if kind is not None:
            raise ModelFailure(kind, self._finish, usage=self._usage)
        self.completed = True
        calls = [_finished_call(call) for call in self._calls.values()]
        said: list[Item] = [Said("assistant", "".join(self._said))] if self._said else []
        return [*calls, Completed(self._response_id, self._usage, (*said, *calls))]

    def too_late(self) -> ModelFailure:
        if self._refused:
            return ModelFailure("refused")
        return ModelFailure("timeout", "silence" if self.visible else "no text in time")

    def _heard(self, choices: list[_Choice]) -> str:
        choice = choices[0]
        delta = choice.delta
        if choice.finish_reason:
            self._finish = choice.finish_reason
            self.answered = True
        if delta is None:
            return ""
        if delta.tool_calls:
            for piece in delta.tool_calls:
                self._add(piece)
        if delta.refusal:
            self._refused = True
        return delta.content or ""

    def _note(self, chunk: _Chunk) -> None:
        if chunk.error is not None or chunk.object == "error":
            raise _failed(chunk, self._usage)
        if chunk.id and self._response_id is None:
            self._response_id = chunk.id
        if chunk.usage is not None:
            self._usage = _usage_of(chunk.usage)

    def _add(self, piece: _CallPiece) -> None:
        """Pieces belong together by index; a server that leaves it out sends its calls one after another."""
        self.visible = True
        index = piece.index
        if index is None:
            index = len(self._calls) if piece.id or not self._calls else len(self._calls) - 1
        call = self._calls.setdefault(index, _Call())
        call.call_id = call.call_id or piece.id or ""
        if piece.function is not None:
            call.name = call.name or piece.function.name or ""
            arguments = piece.function.arguments or ""
            self._limit.add(len(arguments))
            call.arguments.append(arguments)

    def _text(self, text: str) -> TextDelta:
        self._limit.add(len(text))
        if not self.visible and not text.isspace():
            self.visible = True
        self._said.append(text)
        return TextDelta(text)


def _finished_call(call: _Call) -> ToolCall:
    # Some servers give calls no id, but want one back with the result.
    return ToolCall(call.call_id or f"call_{uuid.uuid4().hex}", call.name, "".join(call.arguments) or "{}")


def _failed(chunk: _Chunk, usage: Usage) -> ModelFailure:
    code = chunk.error.code if isinstance(chunk.error, _Error) else chunk.code
    name = str(code) if code is not None else ""
    return ModelFailure(KIND_BY_CODE.get(name, "failed"), name, usage=usage)


def _usage_of(usage: _Usage) -> Usage:
    cached = usage.prompt_tokens_details.cached_tokens if usage.prompt_tokens_details else None
    return Usage(usage.prompt_tokens or 0, usage.completion_tokens or 0, cached or 0)
