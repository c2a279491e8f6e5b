"""Cut a stream anywhere, resume it from any process: the client ends with exactly what is stored."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.realtime.tail import Audience
from tests.realtime.world import Client, Stream, View, World, follow

TEXTS = st.text(alphabet="aé漢😀👩‍👧\n ", min_size=1, max_size=6)
DELAYS = st.sampled_from([0, 0, 0, 1, 3, 6])
STEPS = st.one_of(
    st.tuples(st.just("visitor"), TEXTS, DELAYS),
    st.tuples(st.just("seller"), TEXTS, DELAYS),
    st.tuples(st.just("note"), TEXTS, DELAYS),
    st.tuples(st.just("typing")),
    st.tuples(st.just("start")),
    st.tuples(st.just("delta"), TEXTS),
    st.tuples(st.just("delta"), TEXTS),
    st.tuples(st.just("delta"), TEXTS),
    st.tuples(st.just("restart"), st.booleans()),
    st.tuples(st.just("finish"), st.one_of(st.just(""), TEXTS), DELAYS, st.booleans()),
    st.tuples(st.just("fail"), st.booleans()),
)
SCRIPTS = st.lists(STEPS, min_size=3, max_size=30)
SEVERE = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def play(script: list[tuple], rng: random.Random, loss: float) -> World:  # type: ignore[type-arg]
    world = World()
    for name, *args in script:
        lost = rng.random() < loss
        match name:
            case "visitor":
                world.say(args[0], args[1], lost)
            case "seller":
                world.say(args[0], args[1], lost, author="seller")
            case "note":
                world.say(args[0], args[1], lost, author="seller", private=True)
            case "typing":
                world.typing(lost)
            case "start":
                world.start(lost)
            case "delta":
                world.delta(args[0], lost)
            case "restart":
                world.restart(args[0], lost)
            case "finish":
                world.finish(args[0], args[1], lost, args[2])
            case "fail":
                world.fail(lost, args[0])
    return world


def honest(world: World) -> Callable[[Client], None]:
    """At every moment the client shows a beginning of what the assistant really said."""

    def check(client: Client) -> None:
        if client.reply is not None:
            assert world.texts[client.reply].startswith(client.text)

    return check


def verify(client: Client, world: World, view: View) -> None:
    assert client.messages == world.stored(client.audience)
    assert client.syncs == 0
    running = view.running_at(view.end)
    if running is None:
        assert client.reply is None
    else:
        assert (client.reply, client.text) == ((running.turn_id, running.attempt), running.text)


@pytest.mark.parametrize("audience", ["visitor", "staff"])
@pytest.mark.parametrize("loss", [0.0, 0.25], ids=["nothing lost", "events lost"])
@SEVERE
@given(script=SCRIPTS, seed=st.integers(0, 2**32))
def test_a_stream_cut_after_any_frame_resumes_without_gap_or_repeat(
    audience: Audience,
    loss: float,
    script: list[tuple],
    seed: int,  # type: ignore[type-arg]
) -> None:
    rng = random.Random(seed)
    world = play(script, rng, loss)
    views = [View(world), View(world, lag=2), View(world, lag=5, coalesce=rng)]
    check = honest(world)
    whole = Client(audience)
    states = follow(whole, Stream(world, views[0], rng).frames("0", audience, 0), check)
    verify(whole, world, views[0])

    for at, state in [(0, Client(audience)), *states]:
        view = rng.choice(views)
        client, start = state.copy(), at + rng.choice([0, 0, 1, 3, 9])
        stream = Stream(world, view, rng, forgetful=rng.random() < 0.2, page=rng.choice([9, 100]))
        follow(client, stream.frames(client.cursor, audience, start), check)
        verify(client, world, view)


@pytest.mark.parametrize("loss", [0.0, 0.25], ids=["nothing lost", "events lost"])
@SEVERE
@given(script=SCRIPTS, seed=st.integers(0, 2**32))
def test_a_stream_that_is_cut_again_and_again_ends_with_what_is_stored(
    loss: float,
    script: list[tuple],
    seed: int,  # type: ignore[type-arg]
) -> None:
    rng = random.Random(seed)
    world = play(script, rng, loss)
    views = [View(world), View(world, lag=3, coalesce=rng)]
    client, now, view = Client(), 0, views[0]
    for _ in range(200):
        view = rng.choice(views)
        stream = Stream(world, view, rng, forgetful=rng.random() < 0.2)
        limit = rng.randint(1, 4)
        states = follow(client, stream.frames(client.cursor, "visitor", now), honest(world), limit)
        now = max(now, stream.now)
        if len(states) < limit:
            break
    verify(client, world, view)
