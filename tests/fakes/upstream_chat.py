"""The Chat Completions API as bytes: what one scripted reply looks like on the wire."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import orjson

from tests.fakes.upstream_script import Asked, Reply, tokens

_FILLER = "y sigo contando cosas sin parar, "
_DONE = b"data: [DONE]\n\n"


def _chunk(model: str, delta: dict[str, Any], finish: str | None = None, **fields: Any) -> bytes:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
    return _data({**_envelope(model), "choices": [choice], **fields})


def _envelope(model: str) -> dict[str, Any]:
    made = {"id": "chatcmpl-fake", "object": "chat.completion.chunk", "created": 1_790_000_000}
    return {**made, "model": model}


def _data(value: dict[str, Any]) -> bytes:
    return b"data: %b\n\n" % orjson.dumps(value)


@lru_cache(maxsize=512)
def _deltas(model: str, field: str, text: str) -> tuple[bytes, ...]:
    return tuple(_chunk(model, {field: token}) for token in tokens(text))


class ChatWire:
    """Renders one reply; the same interface as ResponsesWire."""

    def __init__(self, asked: Asked, reply: Reply, text: str, response_id: str) -> None:
        self._asked = asked
        self._reply = reply
        self._text = text
        self._id = response_id
        self._model = str(asked.body.get("model"))
        self._with_usage = bool((asked.body.get("stream_options") or {}).get("include_usage"))
        self._call_ids = [call.id or f"call_{response_id}_{n}" for n, call in enumerate(reply.tool_calls)]
        self.sent_tokens = 0
        self.done_items: list[dict[str, Any]] = []

    def head(self) -> bytes:
        return _chunk(self._model, {"role": "assistant", "content": ""})

    def steps(self) -> Iterator[bytes]:
        yield from self._frames()

    def tail(self) -> bytes:
        return self._finish("tool_calls" if self._reply.tool_calls else "stop")

    def failed(self) -> bytes:
        return self.error(nested=True)

    def error(self, *, nested: bool) -> bytes:
        error = {"code": "server_error", "message": "scripted", "type": "server_error"}
        return _data({"error": error} if nested else {"object": "error", **error})

    def incomplete(self, reason: str) -> bytes:
        return self._finish("length" if reason == "max_output_tokens" else reason)

    def mislabelled(self) -> bytes:
        """A stream that says it is done without ever having given a reason to finish."""
        return _DONE

    @staticmethod
    def bad_json() -> bytes:
        return b'data: {"id":"chatcmpl-fake","choices":[{"index":0,"delta":{"content":"x\n\n'

    @staticmethod
    def bad_utf8() -> bytes:
        return b'data: {"id":"chatcmpl-fake","choices":[{"index":0,"delta":{"content":"\xff\xfe\xc3"}}]}\n\n'

    def whole(self) -> dict[str, Any]:
        """The answer to a request that does not stream."""
        self.sent_tokens = sum(1 for _ in self.steps())
        calls = [
            {"id": call_id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}
            for call_id, call in zip(self._call_ids, self._reply.tool_calls, strict=True)
        ]
        message = {"role": "assistant", "content": self._text or None, "refusal": self._reply.refusal or None}
        choice = {
            "index": 0,
            "message": {**message, "tool_calls": calls} if calls else message,
            "finish_reason": "tool_calls" if calls else "stop",
        }
        whole = {**_envelope(self._model), "id": self._id, "object": "chat.completion"}
        return {**whole, "choices": [choice], "usage": self._usage()}

    def _frames(self) -> Iterator[bytes]:
        yield from _deltas(self._model, "refusal", self._reply.refusal)
        yield from _deltas(self._model, "content", self._text)
        if self._reply.endless:
            yield from itertools.cycle(_deltas(self._model, "content", _FILLER))
        for index, call in enumerate(self._reply.tool_calls):
            opening = {"index": index, "id": self._call_ids[index], "type": "function"}
            function = {"name": call.name, "arguments": ""}
            yield _chunk(self._model, {"tool_calls": [{**opening, "function": function}]})
            for start in range(0, len(call.arguments), 12):
                piece = {"arguments": call.arguments[start : start + 12]}
                yield _chunk(self._model, {"tool_calls": [{"index": index, "function": piece}]})

    def _finish(self, reason: str) -> bytes:
        end = _chunk(self._model, {}, reason)
        if self._with_usage:
            end += _data({**_envelope(self._model), "choices": [], "usage": self._usage()})
        return end + _DONE

    def _usage(self) -> dict[str, Any]:
        used = self._asked.size // 4
        return {
            "prompt_tokens": used,
            "completion_tokens": self.sent_tokens,
            "total_tokens": used + self.sent_tokens,
            "prompt_tokens_details": {"cached_tokens": used // 2},
        }
