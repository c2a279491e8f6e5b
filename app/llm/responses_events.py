"""The Responses API's stream events, as far as an answer needs them; all other types are ignored."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from app.llm.failures import KIND_BY_CODE
from app.llm.output_limit import OutputLimit
from app.llm.port import (
    Completed,
    Item,
    ModelEvent,
    ModelFailure,
    OpaqueItem,
    Said,
    TextDelta,
    ToolCall,
    Usage,
)

_TEXT = "response.output_text.delta"


class _Event(msgspec.Struct, gc=False):
    type: str = ""
    delta: str = ""
    output_index: int = -1


class _Named(msgspec.Struct, gc=False):
    type: str = ""


class _Part(msgspec.Struct):
    type: str = ""
    text: str = ""


class _OutputItem(msgspec.Struct):
    type: str = ""
    phase: str | None = None
    call_id: str = ""
    name: str = ""
    arguments: str = ""
    content: list[_Part] | None = None


class _Raw(msgspec.Struct):
    item: msgspec.Raw
    output_index: int = -1


class _Cached(msgspec.Struct):
    cached_tokens: int | None = None


class _Usage(msgspec.Struct):
    input_tokens: int | None = None
    output_tokens: int | None = None
    input_tokens_details: _Cached | None = None


class _Error(msgspec.Struct):
    code: str | int | None = None


class _Why(msgspec.Struct):
    reason: str | None = None


class _Response(msgspec.Struct):
    id: str | None = None
    status: str | None = None
    usage: _Usage | None = None
    error: _Error | None = None
    incomplete_details: _Why | None = None


class _WithResponse(msgspec.Struct):
    response: _Response


class _ErrorEvent(msgspec.Struct):
    """Flat ({"type": "error", "code": …}) or nested ({"error": {"code": …}})."""

    type: str = ""
    code: str | int | None = None
    error: _Error | None = None


_event = msgspec.json.Decoder(_Event).decode
_named = msgspec.json.Decoder(_Named).decode
_raw_item = msgspec.json.Decoder(_Raw).decode
_output_item = msgspec.json.Decoder(_OutputItem).decode
_with_response = msgspec.json.Decoder(_WithResponse).decode
_error_event = msgspec.json.Decoder(_ErrorEvent).decode

Handler = Callable[["ResponsesDecoder", bytes], ModelEvent | None]


class ResponsesDecoder:
    """Decodes one round (see rounds.Decoder). Deltas that arrived together become one TextDelta."""

    def __init__(self, *, in_thread: bool, max_output_tokens: int) -> None:
        self.visible = False
        self.answered = False
        self.completed = False
        self._in_thread = in_thread
        self._limit = OutputLimit(max_output_tokens)
        self._commentary: set[int] = set()
        self._refused = False
        self._response_id: str | None = None
        self._items: list[Item] = []

    def decode(self, payloads: list[bytes]) -> list[ModelEvent]:
        events: list[ModelEvent] = []
        text = ""
        for payload in payloads:
            kind, delta = self._peek(payload)
            if delta:
                text += delta
                continue
            handler = _HANDLERS.get(kind)
            if handler is None:
                continue
            if text:
                events.append(self._text(text))
                text = ""
            event = handler(self, payload)
            if event is not None:
                events.append(event)
            if self.completed:
                return events
        if text:
            events.append(self._text(text))
        return events

    def end(self) -> list[ModelEvent]:
        raise ModelFailure("cut", "no terminal event")

    def too_late(self) -> ModelFailure:
        if self._refused:
            return ModelFailure("refused")
        return ModelFailure("timeout", "silence" if self.visible else "no text in time")

    def _peek(self, payload: bytes) -> tuple[str, str]:
        """The event's type, and its text if it is a visible delta."""
        try:
            event = _event(payload)
        except msgspec.ValidationError:
            # Another type of event may give these names another meaning.
            kind = _named(payload).type
            if kind == _TEXT:
                raise
            return kind, ""
        if event.type == _TEXT and event.output_index not in self._commentary:
            return _TEXT, event.delta
        return event.type, ""

    def _text(self, text: str) -> TextDelta:
        self._limit.add(len(text))
        if not self.visible and not text.isspace():
            self.visible = True
        return TextDelta(text)

    def _created(self, payload: bytes) -> None:
        self._response_id = _with_response(payload).response.id

    def _item_added(self, payload: bytes) -> None:
        raw = _raw_item(payload)
        item = _output_item(raw.item)
        if item.type == "message" and item.phase == "commentary":
            self._commentary.add(raw.output_index)
        elif item.type == "function_call":
            self.visible = True

    def _item_done(self, payload: bytes) -> ModelEvent | None:
        raw = _raw_item(payload)
        item = _output_item(raw.item)
        if item.type == "function_call":
            self.visible = True
            call = ToolCall(item.call_id, item.name, item.arguments)
            self._items.append(call)
            return call
        if item.type == "message":
            self._keep_message(item)
        elif item.type == "reasoning":
            self._keep_reasoning(raw.item)
        return None

    def _keep_message(self, item: _OutputItem) -> None:
        text = "".join(part.text for part in item.content or () if part.type == "output_text")
        if text and item.phase:
            # The models that use phases answer worse when a follow-up leaves them out.
            self._items.append(OpaqueItem({"role": "assistant", "content": text, "phase": item.phase}))
        elif text:
            self._items.append(Said("assistant", text))

    def _keep_reasoning(self, raw: msgspec.Raw) -> None:
        data: dict[str, Any] = {k: v for k, v in msgspec.json.decode(raw).items() if v is not None}
        # Nothing is stored at OpenAI, so without its encrypted content the item would point at nothing.
        if data.get("encrypted_content"):
            self._items.append(OpaqueItem(data))

    def _arguments(self, payload: bytes) -> None:
        self._limit.add(len(_event(payload).delta))

    def _refusal(self, _payload: bytes) -> None:
        """Heard out for the sake of its usage; the deadline for the first text still runs."""
        self._refused = True

    def _finished(self, payload: bytes) -> Completed:
        response = _with_response(payload).response
        usage = _usage_of(response.usage)
        status = response.status or "completed"
        if status == "incomplete":
            raise _incomplete(response, usage)
        if status != "completed":
            raise _failed(response.error, usage)
        return self._complete(response, usage)

    def _incomplete(self, payload: bytes) -> None:
        response = _with_response(payload).response
        raise _incomplete(response, _usage_of(response.usage))

    def _failed(self, payload: bytes) -> None:
        response = _with_response(payload).response
        raise _failed(response.error, _usage_of(response.usage))

    def _error(self, payload: bytes) -> None:
        event = _error_event(payload)
        if event.type != "error" and event.error is None:
            raise ModelFailure("malformed", "an event without a type")
        raise _failed(event.error or _Error(event.code), Usage())

    def _complete(self, response: _Response, usage: Usage) -> Completed:
        if self._refused:
            raise ModelFailure("refused", usage=usage)
        if not self.visible:
            raise ModelFailure("empty", usage=usage)
        self.answered = self.completed = True
        # A conversation at OpenAI already holds what the model said in it.
        items = () if self._in_thread else tuple(self._items)
        return Completed(response.id or self._response_id, usage, items)


_HANDLERS: dict[str, Handler] = {
    "": ResponsesDecoder._error,
    "error": ResponsesDecoder._error,
    "response.created": ResponsesDecoder._created,
    "response.output_item.added": ResponsesDecoder._item_added,
    "response.output_item.done": ResponsesDecoder._item_done,
    "response.function_call_arguments.delta": ResponsesDecoder._arguments,
    "response.refusal.delta": ResponsesDecoder._refusal,
    "response.completed": ResponsesDecoder._finished,
    "response.incomplete": ResponsesDecoder._incomplete,
    "response.failed": ResponsesDecoder._failed,
}


def _usage_of(usage: _Usage | None) -> Usage:
    if usage is None:
        return Usage()
    cached = usage.input_tokens_details.cached_tokens if usage.input_tokens_details else None
    return Usage(usage.input_tokens or 0, usage.output_tokens or 0, cached or 0)


def _incomplete(response: _Response, usage: Usage) -> ModelFailure:
    reason = response.incomplete_details.reason if response.incomplete_details else None
    return ModelFailure("filtered" if reason == "content_filter" else "truncated", reason or "", usage=usage)


def _failed(error: _Error | None, usage: Usage) -> ModelFailure:
    code = str(error.code) if error and error.code is not None else ""
    return ModelFailure(KIND_BY_CODE.get(code, "failed"), code, usage=usage)
