"""The Responses API as bytes: what one scripted reply looks like on the wire."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import orjson

from tests.fakes.upstream_script import Asked, Reply, tokens

_FILLER = "y sigo contando cosas sin parar, "
_OBFUSCATION = "k3JvQw8LmZ"


def _frame(kind: str, **fields: Any) -> bytes:
    return b"event: %b\ndata: %b\n\n" % (kind.encode(), orjson.dumps({"type": kind, **fields}))


@lru_cache(maxsize=512)
def _deltas(kind: str, item_id: str, index: int, text: str, *, padded: bool) -> tuple[bytes, ...]:
    padding = {"obfuscation": _OBFUSCATION} if padded else {}
    place = {"item_id": item_id, "output_index": index, "content_index": 0}
    return tuple(
        _frame(kind, sequence_number=4 + n, **place, delta=token, **padding)
        for n, token in enumerate(tokens(text))
    )


class ResponsesWire:
    """Renders one reply: `head` leaves with the HTTP headers, `steps` are paced, `tail` follows the last."""

    def __init__(self, asked: Asked, reply: Reply, text: str, response_id: str) -> None:
        self._asked = asked
        self._reply = reply
        self._text = text
        self._id = response_id
        self._padded = (asked.body.get("stream_options") or {}).get("include_obfuscation") is not False
        self._call_ids = [call.id or f"call_{response_id}_{n}" for n, call in enumerate(reply.tool_calls)]
        self._carried = b""
        self.sent_tokens = 0
        self.done_items: list[dict[str, Any]] = []
        """Output items that are complete on the wire: what a conversation keeps when the client leaves."""

    def head(self) -> bytes:
        response = self._response("in_progress", [])
        return _frame("response.created", sequence_number=0, response=response) + _frame(
            "response.in_progress", sequence_number=1, response=response
        )

    def steps(self) -> Iterator[bytes]:
        """One paced write for each token; the frames between two tokens ride with the later one."""
        for frame, is_token in self._frames():
            if is_token:
                yield self._carried + frame
                self._carried = b""
            else:
                self._carried += frame

    def tail(self) -> bytes:
        return self._terminal("response.completed", "completed")

    def failed(self) -> bytes:
        error = {"code": "server_error", "message": "scripted"}
        return self._terminal("response.failed", "failed", error=error)

    def error(self, *, nested: bool) -> bytes:
        error = {"code": "server_error", "message": "scripted", "param": None}
        if nested:
            return _frame("error", error={"type": "server_error", **error})
        return _frame("error", sequence_number=9, **error)

    def incomplete(self, reason: str) -> bytes:
        return self._terminal("response.incomplete", "incomplete", incomplete_details={"reason": reason})

    def mislabelled(self) -> bytes:
        return self._terminal("response.completed", "incomplete")

    @staticmethod
    def bad_json() -> bytes:
        return b'event: response.output_text.delta\ndata: {"type":"response.output_text.delta","delta":"x\n\n'

    @staticmethod
    def bad_utf8() -> bytes:
        return (
            b'event: response.output_text.delta\ndata: {"type":"response.output_text.delta",'
            b'"output_index":0,"delta":"\xff\xfe\xc3"}\n\n'
        )

    def whole(self) -> dict[str, Any]:
        """The answer to a request that does not stream."""
        self.sent_tokens = sum(1 for _ in self.steps())
        return self._response("completed", self.done_items)

    def _frames(self) -> Iterator[tuple[bytes, bool]]:
        index = 0
        if self._asked.body.get("reasoning"):
            yield from self._reasoning(index)
            index += 1
        if self._reply.commentary:
            yield from self._message(index, self._reply.commentary, "commentary")
            index += 1
        if self._reply.refusal:
            yield from self._refusal(index)
            index += 1
        if self._text or self._reply.endless:
            yield from self._message(index, self._text, "final_answer")
            index += 1
        for call_id, call in zip(self._call_ids, self._reply.tool_calls, strict=True):
            yield from self._call(index, call_id, call.name, call.arguments)
            index += 1

    def _reasoning(self, index: int) -> Iterator[tuple[bytes, bool]]:
        item = {"id": f"rs_{self._id}", "type": "reasoning", "summary": []}
        added = {**item, "encrypted_content": ""}
        yield _frame("response.output_item.added", output_index=index, item=added), False
        done = {**item, "encrypted_content": "gAAAAA" + self._id}
        self.done_items.append(done)
        yield _frame("response.output_item.done", output_index=index, item=done), False

    def _message(self, index: int, text: str, phase: str) -> Iterator[tuple[bytes, bool]]:
        item_id = f"msg_{index}"
        place = {"item_id": item_id, "output_index": index, "content_index": 0}
        item = {"id": item_id, "type": "message", "role": "assistant", "phase": phase}
        part = {"type": "output_text", "annotations": [], "text": ""}
        added = {**item, "status": "in_progress", "content": []}
        yield _frame("response.output_item.added", output_index=index, item=added), False
        yield _frame("response.content_part.added", **place, part=part), False
        for frame in _deltas("response.output_text.delta", item_id, index, text, padded=self._padded):
            yield frame, True
        if self._reply.endless and phase == "final_answer":
            more = _deltas("response.output_text.delta", item_id, index, _FILLER, padded=self._padded)
            for frame in itertools.cycle(more):
                yield frame, True
        full = {**part, "text": text}
        done = {**item, "status": "completed", "content": [full]}
        self.done_items.append(done)
        yield _frame("response.output_text.done", **place, text=text), False
        yield _frame("response.content_part.done", **place, part=full), False
        yield _frame("response.output_item.done", output_index=index, item=done), False

    def _refusal(self, index: int) -> Iterator[tuple[bytes, bool]]:
        text = self._reply.refusal
        item_id = f"msg_{index}"
        place = {"item_id": item_id, "output_index": index, "content_index": 0}
        item = {"id": item_id, "type": "message", "role": "assistant", "phase": "final_answer"}
        added = {**item, "status": "in_progress", "content": []}
        part = {"type": "refusal", "refusal": text}
        yield _frame("response.output_item.added", output_index=index, item=added), False
        yield _frame("response.content_part.added", **place, part={**part, "refusal": ""}), False
        for frame in _deltas("response.refusal.delta", item_id, index, text, padded=self._padded):
            yield frame, True
        done = {**item, "status": "completed", "content": [part]}
        self.done_items.append(done)
        yield _frame("response.refusal.done", **place, refusal=text), False
        yield _frame("response.output_item.done", output_index=index, item=done), False

    def _call(self, index: int, call_id: str, name: str, arguments: str) -> Iterator[tuple[bytes, bool]]:
        place = {"item_id": f"fc_{call_id}", "output_index": index}
        item = {"id": f"fc_{call_id}", "type": "function_call", "call_id": call_id, "name": name}
        added = {**item, "status": "in_progress", "arguments": ""}
        yield _frame("response.output_item.added", output_index=index, item=added), False
        for start in range(0, len(arguments), 12):
            piece = arguments[start : start + 12]
            yield _frame("response.function_call_arguments.delta", **place, delta=piece), True
        done = {**item, "status": "completed", "arguments": arguments}
        self.done_items.append(done)
        yield _frame("response.function_call_arguments.done", **place, arguments=arguments), False
        yield _frame("response.output_item.done", output_index=index, item=done), False

    def _terminal(self, kind: str, status: str, **fields: Any) -> bytes:
        response = {**self._response(status, self.done_items), **fields}
        return self._carried + _frame(kind, sequence_number=99, response=response)

    def _response(self, status: str, output: list[dict[str, Any]]) -> dict[str, Any]:
        used = self._asked.size // 4
        return {
            "id": self._id,
            "object": "response",
            "created_at": 1_790_000_000,
            "status": status,
            "model": self._asked.body.get("model"),
            "output": output,
            "error": None,
            "incomplete_details": None,
            "usage": None
            if status == "in_progress"
            else {
                "input_tokens": used,
                "input_tokens_details": {"cached_tokens": used // 2, "cache_write_tokens": 0},
                "output_tokens": self.sent_tokens,
                "output_tokens_details": {"reasoning_tokens": 0},
                "total_tokens": used + self.sent_tokens,
            },
        }
