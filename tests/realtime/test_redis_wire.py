"""What waits to be sent to other processes: joined, in order, bounded."""

from __future__ import annotations

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from app.realtime import redis_wire
from app.realtime.events import EVENTS, Event, MessageNew, ReplyDelta, ReplyStarted
from app.realtime.redis_channels import Channels
from app.realtime.redis_wire import Outgoing, Parcel, Urgency
from tests.realtime.test_tail import delta, new, started

A, B = "conversation-a", "conversation-b"


def opened(parcels: list[Parcel]) -> dict[str, list[Event]]:
    assert len({p.conversation_id for p in parcels}) == len(parcels)
    return {p.conversation_id: EVENTS.validate_json(p.events) for p in parcels}


def test_deltas_wait_and_everything_else_takes_them_along() -> None:
    out = Outgoing()
    assert out.add(A, delta(0, "ho")) is Urgency.SOON
    assert out.add(A, delta(2, "la")) is Urgency.SOON
    assert out.add(B, delta(0, "x")) is Urgency.SOON
    assert out.take(everything=False) == []
    assert out.add(A, new(1)) is Urgency.NOW
    assert out.add(A, delta(4, "!")) is Urgency.SOON
    assert opened(out.take(everything=False)) == {A: [delta(0, "hola"), new(1), delta(4, "!")]}
    assert opened(out.take(everything=True)) == {B: [delta(0, "x")]}
    assert out.take(everything=True) == []


@given(
    steps=st.lists(
        st.one_of(
            st.builds(lambda text, attempt: (text, attempt), st.text("é😀ab", max_size=4), st.integers(1, 2)),
            st.sampled_from(["message", "start"]),
        ),
        max_size=30,
    )
)
def test_joining_changes_nothing_but_the_number_of_deltas(steps: list[tuple[str, int] | str]) -> None:
    out, sent, said = Outgoing(), [], ["", ""]
    for place, step in enumerate(steps):
        event: Event
        if step == "message":
            event = new(place + 1)
        elif step == "start":
            event = started()
        else:
            text, attempt = step
            event = delta(len(said[attempt - 1]), text, attempt=attempt)
            said[attempt - 1] += text
        sent.append(event)
        out.add(A, event)
    assert flat(opened(out.take(everything=True)).get(A, [])) == flat(sent)


def flat(events: list[Event]) -> list[tuple[int, int, str] | MessageNew | ReplyStarted]:
    """Deltas one character at a time."""
    out: list[tuple[int, int, str] | MessageNew | ReplyStarted] = []
    for event in events:
        if isinstance(event, ReplyDelta):
            out += [(event.attempt, event.offset + n, char) for n, char in enumerate(event.text)]
        else:
            assert isinstance(event, MessageNew | ReplyStarted)
            out.append(event)
    return out


def test_what_finds_no_place_is_told_as_lost() -> None:
    out = Outgoing()
    for n in range(redis_wire.HELD_LIMIT):
        out.add(A, delta(n, "x"))
    assert out.add(B, new(1)) is Urgency.NOW
    assert opened(out.take(everything=False)) == {B: []}
    assert [e.text for e in opened(out.take(everything=True))[A] if isinstance(e, ReplyDelta)] == [
        "x" * redis_wire.HELD_LIMIT
    ]
    assert out.add(B, new(1)) is Urgency.NOW
    assert opened(out.take(everything=False)) == {B: [new(1)]}


def test_an_outage_leaves_only_the_names_of_conversations() -> None:
    out = Outgoing()
    out.add(A, new(1))
    out.add(B, delta(0, "x"))
    out.lose_all_held()
    assert opened(out.take(everything=True)) == {A: [], B: []}
    assert not out.take_all_lost()


def test_more_losses_than_can_be_named_concern_everyone() -> None:
    out = Outgoing()
    for n in range(redis_wire.LOST_LIMIT + 1):
        out.lose(f"conversation-{n}")
    assert len(out.take(everything=False)) == redis_wire.LOST_LIMIT
    assert out.take_all_lost()
    assert not out.take_all_lost()


async def test_a_channel_is_asked_for_again_only_after_its_last_answer() -> None:
    channels = Channels()
    assert not channels.want(A)
    assert await channels.changes(10) == ([A], [])
    channels.unwant(A)
    assert not channels.want(A)
    channels.unwant(A)
    assert await nothing_to_do(channels)
    assert channels.joined(A)
    assert await channels.changes(10) == ([], [A])
    assert not channels.want(A)
    assert await nothing_to_do(channels)
    assert not channels.joined(A), "an answer to nothing that was asked"
    channels.left(A)
    assert await channels.changes(10) == ([A], [])
    assert channels.joined(A)
    assert channels.want(A)


async def nothing_to_do(channels: Channels) -> bool:
    try:
        async with asyncio.timeout(0.01):
            await channels.changes(10)
    except TimeoutError:
        return True
    return False


async def test_what_comes_and_goes_during_an_outage_leaves_nothing_behind() -> None:
    channels = Channels()
    channels.want(A)
    channels.unwant(A)
    assert not channels._unsettled
    assert await nothing_to_do(channels)


async def test_channels_are_asked_for_in_portions_and_all_again_on_a_new_connection() -> None:
    channels, names = Channels(), [f"conversation-{n}" for n in range(25)]
    for name in names:
        channels.want(name)
    portions = [(await channels.changes(10))[0] for _ in range(3)]
    assert [len(p) for p in portions] == [10, 10, 5]
    for name in names:
        channels.joined(name)
    channels.unwant(names[0])
    channels.forget()
    again = [(await channels.changes(10))[0] for _ in range(3)]
    assert sorted(name for portion in again for name in portion) == sorted(names[1:])
    assert not channels.joined(names[0])
