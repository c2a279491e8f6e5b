"""The rules of `Tail`, one by one."""

from __future__ import annotations

import orjson
import pytest

from app.realtime.cursor import Cursor
from app.realtime.events import (
    AgentJoined,
    ConversationUpdated,
    Event,
    HandoffRequested,
    MessageNew,
    MessageRead,
    MessageUpdated,
    Party,
    ReplyDelta,
    ReplyFailed,
    ReplyRestarted,
    ReplyStarted,
    Running,
    Typing,
)
from app.realtime.tail import Frame, Gap, Tail
from tests.realtime.world import answer, done, message

T, U = "turn-1", "turn-2"


def delta(offset: int, text: str, turn_id: str = T, attempt: int = 1) -> ReplyDelta:
    return ReplyDelta(turn_id=turn_id, attempt=attempt, offset=offset, text=text)


def started(turn_id: str = T, attempt: int = 1) -> ReplyStarted:
    return ReplyStarted(turn_id=turn_id, attempt=attempt)


def new(seq: int, text: str = "hola", **fields: object) -> MessageNew:
    return MessageNew(message=message(seq, text, **fields))


def said(frames: list[Frame]) -> list[tuple[str, object, str | None]]:
    """Each frame as its name without `chat.`, what matters of its content, and its cursor."""
    out: list[tuple[str, object, str | None]] = []
    for frame in frames:
        body = orjson.loads(frame.data)
        assert body["type"] == frame.event
        core: object = body.get("text", body.get("reason", body.get("attempt")))
        if "message" in body:
            core = body["message"]["context"]["text"]
        out.append((frame.event.removeprefix("chat."), core, frame.id))
    return out


def at(cursor: str, *events: Event, audience: str = "visitor") -> Tail:
    tail = Tail(cursor, audience)  # type: ignore[arg-type]
    for event in events:
        tail.accept(event)
    return tail


@pytest.mark.parametrize("text", ["0", "7", "7~0", f"7:{T}:1:0", f"7~12:{T}:3:120"])
def test_a_cursor_is_read_back_as_it_was_written(text: str) -> None:
    assert str(Cursor.parse(text)) == text
    assert Tail(text).cursor == text


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        " 7",
        "7\n",
        "-1",
        "+7",
        "07",
        "7.0",
        "٧",
        "7:",
        "7~",
        "7~01",
        "~7",
        f"7:{T}",
        f"7:{T}:1",
        f"7:{T}:0:1",
        f"7:{T}:1:-1",
        "9" * 30,
        "7::1:0",
        f"7:{T}:1:0:0",
        f"7:{'t' * 65}:1:0",
        "7:a b:1:0",
        "7:t\u0000:1:0",
        "null",
    ],
)
def test_what_is_not_a_cursor_is_no_cursor(text: str | None) -> None:
    assert Cursor.parse(text) is None


@pytest.mark.parametrize("cursor", [None, "garbage", "9", f"9:{T}:1:4"])
def test_an_unknown_position_is_synchronised_and_goes_on_from_the_end(cursor: str | None) -> None:
    tail = Tail(cursor)
    frames = tail.catch_up([message(4, "old")], 5, None)
    assert said(frames) == [("sync", None, "5")]
    assert orjson.loads(frames[0].data)["cursor"] == "5"
    assert said(tail.accept(new(6))) == [("message.new", "hola", "6")]


def test_a_synchronised_client_gets_the_running_reply_from_its_beginning() -> None:
    frames = Tail("bad").catch_up([], 5, Running(T, 2, "hola"))
    assert said(frames) == [
        ("sync", None, "5"),
        ("reply.started", 2, f"5:{T}:2:0"),
        ("reply.delta", "hola", f"5:{T}:2:4"),
    ]


def test_nothing_is_accepted_before_the_position_is_known() -> None:
    with pytest.raises(Gap):
        Tail(None).accept(new(1))


def test_a_message_at_or_below_the_position_is_not_repeated() -> None:
    tail = at("5")
    assert tail.accept(new(5)) == []
    assert tail.accept(new(3)) == []
    assert tail.cursor == "5"


def test_a_message_after_a_missing_one_is_a_gap_and_changes_nothing() -> None:
    tail = at("5")
    with pytest.raises(Gap):
        tail.accept(new(7))
    assert tail.cursor == "5"


def test_rows_are_put_in_order_and_those_known_are_left_out() -> None:
    rows = [message(7, "c"), message(5, "a"), message(6, "b")]
    assert said(at("5").catch_up(rows, 7, None)) == [("message.new", "b", "6"), ("message.new", "c", "7")]


def test_a_note_moves_the_position_of_visitors_in_silence() -> None:
    tail = at("5")
    assert tail.accept(new(6, private=True, author="seller")) == []
    assert said(tail.accept(new(7))) == [("message.new", "hola", "7")]
    assert at("5").catch_up([message(6, "note", private=True)], 6, None) == []
    assert said(at("5", audience="staff").accept(new(6, "note", private=True))) == [
        ("message.new", "note", "6")
    ]


def test_rows_that_a_visitor_may_not_see_leave_no_gap() -> None:
    tail = at("5")
    assert said(tail.catch_up([message(7, "b")], 8, None)) == [("message.new", "b", "7")]
    assert tail.cursor == "8"
    assert said(tail.accept(new(9))) == [("message.new", "hola", "9")]


def test_a_full_page_moves_the_position_to_its_last_row_only() -> None:
    tail, rows = at("0"), [message(seq, str(seq)) for seq in range(1, 41)]
    assert len(tail.catch_up(rows[:20], 40, Running(T, 1, "x"), has_more=True)) == 20
    assert (tail.cursor, tail.since) == ("20", 12)
    assert [text for _, text, _ in said(tail.catch_up(rows[12:], 40, None))] == [
        str(n) for n in range(21, 41)
    ]


def test_deltas_whose_start_was_not_seen_get_one() -> None:
    assert said(at("5").accept(delta(0, "ho"))) == [
        ("reply.started", 1, f"5:{T}:1:0"),
        ("reply.delta", "ho", f"5:{T}:1:2"),
    ]


def test_a_delta_that_begins_further_on_is_a_gap() -> None:
    with pytest.raises(Gap):
        at("5").accept(delta(2, "la"))
    with pytest.raises(Gap):
        at("5", started(), delta(0, "h")).accept(delta(2, "la"))
    with pytest.raises(Gap):
        at("5", started(), delta(0, "hola")).accept(delta(2, "la", attempt=2))


def test_what_of_a_delta_is_known_is_cut_off_by_code_points() -> None:
    tail = at("5", started(), delta(0, "a😀"))
    assert said(tail.accept(delta(1, "😀é漢"))) == [("reply.delta", "é漢", f"5:{T}:1:4")]
    assert tail.accept(delta(0, "a😀é")) == []
    assert tail.accept(delta(4, "")) == []
    assert said(tail.accept(delta(4, "!"))) == [("reply.delta", "!", f"5:{T}:1:5")]


def test_a_delta_goes_out_in_the_very_bytes_that_were_rendered_once() -> None:
    event = delta(0, "hola")
    first, second = (at("5", started(), audience=a).accept(event) for a in ("visitor", "staff"))
    assert first[0].data is second[0].data is event.rendered


def test_a_start_that_is_known_is_not_repeated() -> None:
    tail = at("5", started(), delta(0, "ho"))
    assert tail.accept(started()) == []
    assert tail.accept(ReplyRestarted(turn_id=T, attempt=1, reason="late")) == []
    assert tail.cursor == f"5:{T}:1:2"


def test_a_lower_attempt_is_ignored() -> None:
    tail = at("5", started(attempt=2), delta(0, "ho", attempt=2))
    assert tail.accept(started()) == []
    assert tail.accept(delta(0, "xx")) == []
    assert tail.accept(delta(2, "xx")) == []
    assert tail.catch_up([], 5, Running(T, 1, "xxxx")) == []
    assert tail.cursor == f"5:{T}:2:2"


@pytest.mark.parametrize(
    "event",
    [
        started(attempt=2),
        ReplyRestarted(turn_id=T, attempt=2, reason="new_attempt"),
        delta(0, "x", attempt=2),
    ],
)
def test_a_higher_attempt_of_the_same_turn_restarts(event: Event) -> None:
    first, *rest = said(at("5", started(), delta(0, "ho")).accept(event))
    assert first == ("reply.restarted", "new_attempt", f"5:{T}:2:0")
    assert rest == ([("reply.delta", "x", f"5:{T}:2:1")] if isinstance(event, ReplyDelta) else [])


def test_an_announced_restart_is_the_first_that_a_late_reader_hears_of() -> None:
    frames = at("5").accept(ReplyRestarted(turn_id=T, attempt=2, reason="lease_lost"))
    assert said(frames) == [("reply.started", 2, f"5:{T}:2:0")]


def test_another_turn_in_the_middle_of_a_reply_is_a_gap() -> None:
    tail = at("5", started(), delta(0, "ho"))
    for event in (started(U), delta(0, "x", U), delta(3, "x", U), ReplyFailed(turn_id=U, reason="upstream")):
        with pytest.raises(Gap):
            tail.accept(event)
    assert tail.cursor == f"5:{T}:1:2"


def test_done_brings_the_rest_of_the_text_first() -> None:
    frames = at("5", started(), delta(0, "ho")).accept(done(answer(6, "hola", T)))
    assert said(frames) == [("reply.delta", "la", f"5:{T}:1:4"), ("reply.done", "hola", "6")]


def test_done_of_a_reply_that_was_heard_in_full_is_only_that() -> None:
    frames = at("5", started(), delta(0, "hola")).accept(done(answer(6, "hola", T)))
    assert said(frames) == [("reply.done", "hola", "6")]
    assert orjson.loads(frames[0].data)["metadata"] == {"handler": "assistant"}


def test_done_of_another_attempt_replaces_the_text() -> None:
    frames = at("5", started(), delta(0, "xx")).accept(done(answer(6, "hola", T, 2)))
    assert said(frames) == [
        ("reply.restarted", "new_attempt", f"5:{T}:2:0"),
        ("reply.delta", "hola", f"5:{T}:2:4"),
        ("reply.done", "hola", "6"),
    ]


def test_done_of_an_unknown_turn_comes_with_start_and_text() -> None:
    assert said(at("5").accept(done(answer(6, "hola", T)))) == [
        ("reply.started", 1, f"5:{T}:1:0"),
        ("reply.delta", "hola", f"5:{T}:1:4"),
        ("reply.done", "hola", "6"),
    ]


@pytest.mark.parametrize("how", ["row", "message"])
def test_a_turn_is_done_in_whatever_way_its_message_arrives(how: str) -> None:
    tail, row = at("5", started(), delta(0, "ho")), answer(6, "hola", T)
    frames = tail.catch_up([row], 6, None) if how == "row" else tail.accept(MessageNew(message=row))
    assert said(frames) == [("reply.delta", "la", f"5:{T}:1:4"), ("reply.done", "hola", "6")]
    assert orjson.loads(frames[-1].data)["metadata"] == {
        "conversation_id": row.conversation_uuid,
        "assistant_message_id": "m6",
    }


def test_an_answer_without_a_turn_is_a_plain_message() -> None:
    assert said(at("0").accept(new(1, "welcome", author="assistant"))) == [("message.new", "welcome", "1")]


@pytest.mark.parametrize("stored", ["hol", "Hola", ""])
def test_a_stored_text_that_is_not_what_was_said_replaces_it(stored: str) -> None:
    """The publisher must not do this under one attempt; the client still ends with what is stored."""
    frames = at("5", started(), delta(0, "ho"), delta(2, "la")).accept(done(answer(6, stored, T)))
    assert [name for name, *_ in said(frames)] == ["reply.restarted"] + ["reply.delta"] * bool(stored) + [
        "reply.done"
    ]
    assert said(frames)[0][1] == "text_changed"


def test_a_resumed_reply_is_compared_from_its_beginning_too() -> None:
    tail = Tail(f"5:{T}:1:2")
    assert said(tail.catch_up([], 5, Running(T, 1, "hola"))) == [("reply.delta", "la", f"5:{T}:1:4")]
    assert said(tail.accept(done(answer(6, "Hola!", T))))[0] == (
        "reply.restarted",
        "text_changed",
        f"5:{T}:1:0",
    )


def test_messages_that_arrive_during_a_reply_keep_it_in_the_cursor() -> None:
    tail = at("5", started(), delta(0, "ho"))
    assert said(tail.accept(new(6))) == [("message.new", "hola", f"6:{T}:1:2")]
    assert tail.replying
    assert said(tail.accept(done(answer(7, "ho", T)))) == [("reply.done", "ho", "7")]
    assert not tail.replying


def test_failed_clears_the_reply_and_a_retry_starts_afresh() -> None:
    tail = at("5", started(), delta(0, "ho"))
    assert said(tail.accept(ReplyFailed(turn_id=T, reason="upstream"))) == [("reply.failed", "upstream", "5")]
    assert said(tail.accept(started(attempt=2))) == [("reply.started", 2, f"5:{T}:2:0")]


def test_what_comes_late_about_a_turn_that_is_over_is_ignored() -> None:
    tail = at("5")
    tail.catch_up([answer(5, "hola", T)], 5, Running(T, 1, "ho"))
    late = (
        started(),
        delta(0, "ho"),
        delta(2, "la"),
        ReplyFailed(turn_id=T, reason="x"),
        done(answer(5, "hola", T)),
    )
    for event in late:
        assert tail.accept(event) == []
    assert tail.cursor == "5"


def test_the_latest_turns_are_remembered_however_many_there_were() -> None:
    tail = at("0", *(done(answer(seq, "x", f"t{seq}")) for seq in range(1, 101)))
    assert tail.accept(delta(0, "x", "t100")) == []
    assert tail.accept(delta(0, "x", "t70")) == []


def test_a_reply_that_began_late_about_a_turn_long_over_is_closed_and_does_not_move_back() -> None:
    """No rows were fetched, so the turn was taken for a new one. Its done must not leave it hanging."""
    tail = at("9", started(), delta(0, "ho"))
    assert said(tail.accept(done(answer(5, "hola", T)))) == [
        ("reply.delta", "la", f"9:{T}:1:4"),
        ("reply.done", "hola", "9"),
    ]
    stale = Tail(f"9:{T}:1:2")
    assert said(stale.catch_up([answer(5, "hola", T), message(9, "x")], 9, None)) == [
        ("reply.delta", "la", f"9:{T}:1:4"),
        ("reply.done", "hola", "9"),
    ]


def test_a_reply_that_nobody_writes_any_more_is_taken_back() -> None:
    assert said(Tail(f"5:{T}:1:2").catch_up([], 5, None)) == [("reply.failed", "interrupted", "5")]
    assert said(Tail(f"5:{T}:1:2").catch_up([], 5, Running(U, 1, "x"))) == [
        ("reply.failed", "interrupted", "5"),
        ("reply.started", 1, f"5:{U}:1:0"),
        ("reply.delta", "x", f"5:{U}:1:1"),
    ]
    assert said(Tail(f"5:{T}:1:2").accept(done(answer(6, "hi", U))))[0] == (
        "reply.failed",
        "interrupted",
        "5",
    )


def test_a_running_text_that_is_behind_the_client_is_waited_for() -> None:
    tail = Tail(f"5:{T}:1:4")
    assert tail.catch_up([], 5, Running(T, 1, "ho")) == []
    assert said(tail.accept(delta(2, "la!"))) == [("reply.delta", "!", f"5:{T}:1:5")]


def test_what_is_not_kept_has_no_cursor() -> None:
    joined = AgentJoined(agent=Party(uuid="s", name="Luz"))
    for event in (Typing(author="seller", active=True), joined):
        assert [frame.id for frame in at("5").accept(event)] == [None]


def test_visitors_hear_nothing_of_what_is_for_staff() -> None:
    update = ConversationUpdated(conversation={"handler": "queue"})
    assert at("5").accept(update) == []
    assert len(at("5", audience="staff").accept(update)) == 1
    handoff = HandoffRequested(reason="hot_lead")
    assert b"hot_lead" not in at("5").accept(handoff)[0].data
    assert b"hot_lead" in at("5", audience="staff").accept(handoff)[0].data


def changed(seq: int, number: int, text: str = "changed") -> MessageUpdated:
    return MessageUpdated(message=message(seq, text).model_copy(update={"change": number}))


def test_changes_come_in_order_each_once_and_move_the_cursor() -> None:
    tail = at("5~2")
    assert [f.id for f in tail.accept(changed(4, 3))] == ["5~3"]
    assert tail.accept(changed(4, 3)) == []
    assert tail.accept(changed(1, 2)) == []


@pytest.mark.parametrize("event", [changed(4, 5), changed(6, 3)])
def test_a_change_after_a_missing_one_or_of_a_message_not_seen_yet_is_a_gap(event: MessageUpdated) -> None:
    tail = at("5~2")
    with pytest.raises(Gap):
        tail.accept(event)
    assert tail.cursor == "5~2"


def test_what_changed_meanwhile_is_told_before_what_is_new() -> None:
    tail = at("5~2")
    missed = [changed(4, 3).message, changed(6, 4).message]
    read = MessageRead(author="seller", up_to_seq=4, at="2026-11-20T10:00:00Z")
    frames = tail.catch_up_changes(missed, 4, [read])
    assert [(f.event, f.id) for f in frames] == [
        ("chat.message.updated", "5~4"),
        ("chat.message.read", "5~4"),
    ]
    assert [f.id for f in tail.catch_up([message(6, "new")], 6, None)] == ["6~4"]
    assert tail.catch_up_changes([], 4, [read]) == [], "told already"


def test_a_position_without_changes_takes_them_from_where_they_are() -> None:
    tail = at("5")
    assert tail.accept(changed(4, 9))[0].id == "5"
    assert tail.catch_up_changes([], 9) == []
    assert tail.cursor == "5~9"
