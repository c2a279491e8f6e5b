"""The block reader: how the bytes are cut never matters, and the standard's corners are kept."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.llm.sse import MAX_EVENT_BYTES, EventTooLong, SseReader

LINES = st.sampled_from(
    [
        b'data: {"a":1}',
        b"data:x",
        b"data:  two spaces",
        b"data",
        b"data: ",
        b"event: response.output_text.delta",
        b": a comment with data: inside",
        b"id: 7",
        b"other: data: no",
        b"",
        b"",
        b"",
        "data: ¿qué tal? 🚗".encode(),
    ]
)
ENDS = st.sampled_from([b"\n", b"\r\n", b"\r"])


def read(stream: bytes, cuts: list[int] | None = None) -> list[bytes]:
    reader = SseReader()
    payloads = []
    places = [0, *sorted(cut % (len(stream) + 1) for cut in cuts or []), len(stream)]
    for start, end in pairwise(places):
        payloads += reader.feed(stream[start:end])
    return payloads


def by_the_standard(stream: bytes) -> list[bytes]:
    """WHATWG's algorithm, line by line, for comparison; events without data are left out."""
    lines = stream.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    payloads, data = [], []
    for line in lines[:-1]:
        if line == b"":
            if any(data) or len(data) > 1:
                payloads.append(b"\n".join(data))
            data = []
            continue
        name, _, value = line.partition(b":")
        if name == b"data":
            data.append(value.removeprefix(b" "))
    return payloads


@given(st.lists(st.tuples(LINES, ENDS), max_size=30), st.lists(st.integers(0, 10_000), max_size=20))
def test_any_cutting_gives_the_events_of_the_standard(
    lines: list[tuple[bytes, bytes]], cuts: list[int]
) -> None:
    stream = b"".join(line + end for line, end in lines) + b"\ndata: never ended"
    assert read(stream, cuts) == by_the_standard(stream)


@given(st.binary(max_size=400), st.lists(st.integers(0, 400), max_size=10))
def test_any_bytes_at_all_can_be_cut_anywhere(stream: bytes, cuts: list[int]) -> None:
    assert read(stream, cuts) == read(stream)


def test_one_byte_at_a_time() -> None:
    stream = b'event: x\r\ndata: {"a":1}\r\n\r\n: hi\r\ndata: b\r\n\r\n'
    assert read(stream, list(range(len(stream)))) == [b'{"a":1}', b"b"]


def test_data_in_a_comment_or_in_another_field_is_not_data() -> None:
    assert read(b": data: no\nretry: data: 3\ndata: yes\n\n") == [b"yes"]


def test_an_event_that_never_ends_is_refused() -> None:
    half = b"x" * (MAX_EVENT_BYTES // 2 + 1)
    reader = SseReader()
    reader.feed(half)
    with pytest.raises(EventTooLong):
        reader.feed(half)


def test_a_long_event_that_ends_is_read() -> None:
    payload = b"x" * (MAX_EVENT_BYTES - 100)
    stream = b"data: " + payload + b"\n\n"
    assert read(stream, list(range(0, len(stream), 16_384))) == [payload]
