"""The breaker by its own clock: when it opens, whom it lets probe, and what it does not count."""

from __future__ import annotations

from typing import get_args

import pytest

from app.llm.breaker import COUNTED, Breaker, Breakers
from app.llm.port import FailureKind, ModelFailure


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker("m", clock=clock)


def fail_times(breaker: Breaker, times: int, kind: FailureKind = "unavailable") -> None:
    for _ in range(times):
        breaker.admit().failed(kind)


def refused(breaker: Breaker) -> bool:
    try:
        breaker.admit().release()
    except ModelFailure:
        return True
    return False


def test_four_failures_leave_it_closed_and_the_fifth_opens_it(breaker: Breaker) -> None:
    fail_times(breaker, 4)
    assert not refused(breaker)
    fail_times(breaker, 1)
    with pytest.raises(ModelFailure) as caught:
        breaker.admit()
    assert (caught.value.kind, caught.value.detail) == ("unavailable", "breaker open")


def test_failures_further_apart_than_the_window_do_not_add_up(breaker: Breaker, clock: Clock) -> None:
    for _ in range(20):
        fail_times(breaker, 1)
        clock.now += 7.6  # five of them span 30.4 s
    assert not refused(breaker)


def test_another_process_opens_and_closes_it(breaker: Breaker, clock: Clock) -> None:
    breaker.hear(15)
    assert refused(breaker)
    clock.now += 15
    probe = breaker.admit()
    breaker.hear(15)  # told by one whose probe failed meanwhile: ours is under way, and its end decides
    probe.succeeded()
    assert not refused(breaker)
    breaker.hear(1e9)
    clock.now += 15.1
    assert not refused(breaker), "another's clock or version cannot keep it open for ever"
    breaker.hear(15)
    breaker.hear(0)
    assert not refused(breaker)


def test_it_tells_when_it_opens_and_closes(clock: Clock) -> None:
    told: list[float] = []
    breaker = Breaker("m", tell=told.append, clock=clock)
    fail_times(breaker, 5)
    breaker.hear(15)
    clock.now += 15
    breaker.admit().failed("timeout")
    clock.now += 15
    breaker.admit().succeeded()
    assert told == [15.0, 15.0, 0]


def test_a_success_between_starts_the_count_again(breaker: Breaker) -> None:
    for _ in range(5):
        fail_times(breaker, 4)
        breaker.admit().succeeded()
    assert not refused(breaker)


def test_one_probe_after_the_cooldown_and_its_success_closes(breaker: Breaker, clock: Clock) -> None:
    fail_times(breaker, 5)
    clock.now += 15
    probe = breaker.admit()
    assert refused(breaker)
    probe.succeeded()
    assert not refused(breaker)
    fail_times(breaker, 4)
    assert not refused(breaker)


def test_a_failed_probe_opens_it_for_another_cooldown(breaker: Breaker, clock: Clock) -> None:
    fail_times(breaker, 5)
    clock.now += 15
    breaker.admit().failed("timeout")
    clock.now += 14.9
    assert refused(breaker)
    clock.now += 0.1
    assert not refused(breaker)


def test_a_probe_that_was_given_up_leaves_room_for_the_next(breaker: Breaker, clock: Clock) -> None:
    fail_times(breaker, 5)
    clock.now += 15
    breaker.admit().release()
    breaker.admit().succeeded()
    assert not refused(breaker)


def test_rounds_from_before_it_opened_decide_nothing(breaker: Breaker, clock: Clock) -> None:
    early = [breaker.admit() for _ in range(3)]
    fail_times(breaker, 5)
    early[0].succeeded()
    assert refused(breaker)
    clock.now += 15
    probe = breaker.admit()
    early[1].failed("cut")
    probe.succeeded()
    early[2].failed("cut")
    assert not refused(breaker)


@pytest.mark.parametrize("kind", get_args(FailureKind))
def test_only_failures_of_the_server_count(breaker: Breaker, kind: FailureKind) -> None:
    fail_times(breaker, 5, kind)
    assert refused(breaker) == (kind in COUNTED)


def test_a_permit_settles_once(breaker: Breaker) -> None:
    for _ in range(4):
        permit = breaker.admit()
        permit.failed("cut")
        permit.failed("cut")
        permit.release()
    assert not refused(breaker)


def test_each_model_has_its_own() -> None:
    breakers = Breakers("http://x/v1")
    for _ in range(5):
        breakers.admit("a").failed("cut")
    with pytest.raises(ModelFailure):
        breakers.admit("a")
    breakers.admit("b").succeeded()
