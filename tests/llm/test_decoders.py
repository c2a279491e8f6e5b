"""Both decoders on events that the fake does not send: unknown types, other servers' habits, odd shapes."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.llm.chat_events import ChatDecoder
from app.llm.port import Completed, ModelEvent, ModelFailure, Said, TextDelta, ToolCall, Usage
from app.llm.responses_events import ResponsesDecoder

TEXT = "response.output_text.delta"
KNOWN_TYPES = [
    TEXT,
    "error",
    "response.created",
    "response.output_item.added",
    "response.output_item.done",
    "response.function_call_arguments.delta",
    "response.refusal.delta",
    "response.completed",
    "response.incomplete",
    "response.failed",
    "response.unheard.of",
]
NAMES = ["delta", "item", "response", "error", "code", "status", "usage", "output_index", "content", "type"]
NAMES += ["choices", "finish_reason", "tool_calls", "index", "function", "id", "object"]
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["message", "completed"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=12,
)
EVENTS = st.builds(
    lambda kind, fields: {**fields, "type": kind},
    st.sampled_from(KNOWN_TYPES),
    st.dictionaries(st.sampled_from(NAMES), JSON, max_size=5),
)


def responses(*events: dict[str, Any], in_thread: bool = False) -> list[ModelEvent]:
    decoder = ResponsesDecoder(in_thread=in_thread, max_output_tokens=100)
    return decoder.decode([json.dumps(event).encode() for event in events])


def chat(*chunks: dict[str, Any] | bytes) -> list[ModelEvent]:
    decoder = ChatDecoder(max_output_tokens=100)
    return decoder.decode(
        [chunk if isinstance(chunk, bytes) else json.dumps(chunk).encode() for chunk in chunks]
    )


def piece(finish: str | None = None, **delta: Any) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}


def failure(call: Any, *events: Any) -> tuple[str, str]:
    with pytest.raises(ModelFailure) as caught:
        call(*events)
    return caught.value.kind, caught.value.detail


@given(st.lists(EVENTS, max_size=4))
def test_no_event_breaks_the_responses_decoder(events: list[dict[str, Any]]) -> None:
    """Whatever a server sends is events, a ModelFailure or a ValueError: nothing else may get out."""
    with contextlib.suppress(ModelFailure, ValueError):
        assert all(isinstance(event, ModelEvent) for event in responses(*events))


@given(st.lists(st.dictionaries(st.sampled_from(NAMES), JSON, max_size=5), max_size=4))
def test_no_chunk_breaks_the_chat_decoder(chunks: list[dict[str, Any]]) -> None:
    with contextlib.suppress(ModelFailure, ValueError):
        assert all(isinstance(event, ModelEvent) for event in chat(*chunks, b"[DONE]"))


class TestResponses:
    def test_unknown_types_are_ignored_whatever_they_carry(self) -> None:
        assert responses(
            {"type": "response.future.delta", "delta": {"x": 1}, "output_index": "zero"},
            {"type": "response.audio.delta", "delta": "QUJD"},
            {"type": TEXT, "delta": "hola"},
        ) == [TextDelta("hola")]

    @pytest.mark.parametrize(
        "payload",
        [
            b"[]",
            b"3",
            b'"x"',
            b"{",
            b'{"type":3}',
            b'{"type":"response.output_text.delta","delta":7}',
            b"\xff",
        ],
    )
    def test_what_is_not_the_protocol_is_a_value_error(self, payload: bytes) -> None:
        with pytest.raises((msgspec.DecodeError, UnicodeDecodeError)):
            ResponsesDecoder(in_thread=False, max_output_tokens=9).decode([payload])

    def test_an_event_without_a_type_is_malformed_unless_it_is_an_error(self) -> None:
        assert failure(responses, {"delta": "x"})[0] == "malformed"
        assert failure(responses, {"error": {"code": "server_error"}}) == ("failed", "server_error")

    @pytest.mark.parametrize(
        ("code", "kind"),
        [
            ("insufficient_quota", "quota"),
            ("rate_limit_exceeded", "rate_limited"),
            ("content_filter", "filtered"),
            (None, "failed"),
            (503, "failed"),
        ],
    )
    def test_a_code_in_the_stream_says_more_than_the_event(self, code: Any, kind: str) -> None:
        assert failure(responses, {"type": "error", "code": code, "message": "m"})[0] == kind
        failed = {"type": "response.failed", "response": {"error": {"code": code}}}
        assert failure(responses, failed)[0] == kind

    def test_commentary_stays_silent_even_without_an_output_index(self) -> None:
        item = {"type": "message", "phase": "commentary"}
        events = responses(
            {"type": "response.output_item.added", "item": item},
            {"type": TEXT, "delta": "pienso"},
        )
        assert events == []

    def test_text_and_calls_keep_their_order(self) -> None:
        call = {"type": "function_call", "call_id": "c1", "name": "f", "arguments": "{}"}
        events = responses(
            {"type": TEXT, "delta": "a"},
            {"type": TEXT, "delta": "b"},
            {"type": "response.output_item.done", "item": call, "output_index": 1},
            {"type": TEXT, "delta": "c"},
            {"type": "response.completed", "response": {"id": "r1", "status": "completed"}},
            {"type": TEXT, "delta": "after the end"},
        )
        made = ToolCall("c1", "f", "{}")
        assert events == [TextDelta("ab"), made, TextDelta("c"), Completed("r1", Usage(), (made,))]

    def test_reasoning_that_only_the_server_could_read_is_not_handed_back(self) -> None:
        events = responses(
            {"type": "response.output_item.done", "item": {"type": "reasoning", "id": "rs", "summary": []}},
            {"type": TEXT, "delta": "a"},
            {"type": "response.completed", "response": {"usage": {"input_tokens": None}}},
        )
        assert events[-1] == Completed(None, Usage(), ())

    def test_completed_that_says_failed_is_failed(self) -> None:
        assert (
            failure(responses, {"type": "response.completed", "response": {"status": "failed"}})[0]
            == "failed"
        )


class TestChat:
    def test_calls_without_index_or_id_are_told_apart(self) -> None:
        first = {"function": {"name": "f", "arguments": "{}"}, "id": "a"}
        second = {"function": {"name": "g", "arguments": "{}"}, "id": "b"}
        events = chat(piece(tool_calls=[first]), piece(tool_calls=[second]), piece("tool_calls"), b"[DONE]")
        assert events[:2] == [ToolCall("a", "f", "{}"), ToolCall("b", "g", "{}")]

    def test_pieces_without_index_go_to_the_last_call(self) -> None:
        begun = {"function": {"name": "f", "arguments": '{"a"'}, "id": "a"}
        rest = {"function": {"arguments": ":1}"}}
        events = chat(piece(tool_calls=[begun]), piece(tool_calls=[rest]), piece("tool_calls"), b"[DONE]")
        assert events[0] == ToolCall("a", "f", '{"a":1}')

    def test_a_call_without_id_gets_one_of_its_own(self) -> None:
        call = {"index": 0, "function": {"name": "f"}}
        made = [chat(piece("stop", tool_calls=[call]), b"[DONE]")[0] for _ in range(2)]
        ids = {event.call_id for event in made if isinstance(event, ToolCall)}
        assert len(ids) == 2
        assert all(ids)

    @pytest.mark.parametrize("reason", ["stop", "eos", "end_turn", "tool_calls"])
    def test_every_other_reason_to_finish_is_a_good_one(self, reason: str) -> None:
        events = chat({"id": "x", **piece(content="hola")}, piece(reason), b"[DONE]")
        assert events == [TextDelta("hola"), Completed("x", Usage(), (Said("assistant", "hola"),))]

    @pytest.mark.parametrize(
        "chunk",
        [
            {"error": {"code": 500}},
            {"error": "out of memory"},
            {"object": "error", "code": 500, "message": "m"},
        ],
    )
    def test_errors_in_the_stream(self, chunk: dict[str, Any]) -> None:
        assert failure(chat, piece(content="ho"), chunk)[0] == "failed"

    def test_usage_may_come_with_any_chunk(self) -> None:
        usage = {"prompt_tokens": 5, "completion_tokens": 2, "prompt_tokens_details": None}
        events = chat({**piece("stop", content="hola"), "usage": usage}, b"[DONE]")
        assert isinstance(events[-1], Completed)
        assert events[-1].usage == Usage(5, 2, 0)
