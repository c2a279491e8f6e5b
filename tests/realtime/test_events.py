"""The closed union: what it refuses, what it renders, and what visitors never see."""

from __future__ import annotations

from typing import get_args

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.realtime.events import (
    EVENT,
    Bye,
    Event,
    MessageNew,
    PrivateMessage,
    ReplyDelta,
    WireMessage,
    event_schema,
    visitor_copy,
)
from tests.realtime.world import answer, done, message


@pytest.mark.parametrize(
    "event",
    [
        {"type": "chat.reply.delta", "turn_id": "t", "attempt": 1, "offset": 0, "text": "x", "extra": 1},
        {"type": "chat.reply.delta", "turn_id": "t", "attempt": 0, "offset": 0, "text": "x"},
        {"type": "chat.reply.delta", "turn_id": "t:1", "attempt": 1, "offset": 0, "text": "x"},
        {"type": "chat.reply.failed", "turn_id": "t", "reason": "Something went wrong"},
        {"type": "chat.unheard_of"},
        {"turn_id": "t", "attempt": 1},
    ],
)
def test_what_is_not_in_the_union_is_refused(event: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        EVENT.validate_python(event)


def test_a_refusal_does_not_quote_what_people_wrote() -> None:
    with pytest.raises(ValidationError) as refused:
        EVENT.validate_python(
            {"type": "chat.typing", "author": "visitor", "active": True, "text": "my phone is 555"}
        )
    assert "555" not in str(refused.value)


@given(text=st.text(min_size=1), offset=st.integers(0, 10**6))
def test_a_delta_renders_to_what_it_was_made_from(text: str, offset: int) -> None:
    event = ReplyDelta(turn_id="t", attempt=1, offset=offset, text=text)
    assert EVENT.validate_json(event.rendered) == event
    assert event.rendered is event.rendered


def test_rendering_a_message_adds_nothing_to_what_sql_gave() -> None:
    row = message(3, "hola").as_json()
    assert "quick_replies" not in row["context"]
    assert WireMessage.model_validate(row).as_json() == row
    assert orjson.loads(MessageNew(message=WireMessage.model_validate(row)).rendered)["message"] == row


def test_visitors_copies_are_without_device_key_and_private_fields() -> None:
    row = message(3, "hola").as_json()
    copy = visitor_copy(row)
    assert copy == {k: v for k, v in row.items() if k not in {"device", "pbk", "private"}}
    assert {"device", "pbk", "private"} <= row.keys()
    for event in (MessageNew(message=message(3, "hola")), done(answer(4, "x", "t"))):
        shown = orjson.loads(event.for_visitors or b"")["message"]
        assert not {"device", "pbk", "private"} & shown.keys()
        EVENT.validate_json(event.for_visitors or b"")


def test_a_system_message_tells_visitors_what_happened_and_not_why() -> None:
    metadata = [{"event": "handoff.requested", "reason": "hot_lead"}]
    row = message(3, "handoff.requested", author="system", metadata=metadata).as_json()
    assert visitor_copy(row)["metadata"] == [{"event": "handoff.requested"}]


def test_a_note_is_never_copied_for_a_visitor() -> None:
    with pytest.raises(PrivateMessage):
        visitor_copy(message(3, "he will pay more", private=True).as_json())
    assert MessageNew(message=message(3, "he will pay more", private=True)).for_visitors is None


def test_the_schema_closes_every_event_and_requires_its_type() -> None:
    schema = event_schema()
    names = schema["discriminator"]["mapping"]
    assert len(names) == len(schema["oneOf"]) == len(get_args(Event))
    for name, ref in names.items():
        event = schema["$defs"][ref.removeprefix("#/$defs/")]
        assert event["additionalProperties"] is False
        assert "type" in event["required"]
        assert event["properties"]["type"]["const"] == name
    assert EVENT.validate_json(Bye(retry_ms=500).rendered) == Bye(retry_ms=500)
