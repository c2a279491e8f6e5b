"""Business hours: past midnight, split shifts, dates off, time zones, and the two days a year that are not 24 hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.sites.hours import DAYS, BusinessHours, Schedule

MADRID = "Europe/Madrid"


def schedule(intervals: dict[str, Any] | None, zone: str = "UTC", **more: Any) -> Schedule:
    return Schedule(BusinessHours.model_validate({"intervals": intervals, **more}), ZoneInfo(zone))


def at(text: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


OFFICE = schedule({d: [["09:00", "13:00"], ["15:00", "19:00"]] for d in DAYS[:5]})
BAR = schedule({"fri": [["20:00", "03:00"]], "sat": [["20:00", "03:00"]]})


@pytest.mark.parametrize(
    ("moment", "is_open", "opens"),
    [
        ("2026-11-20T08:59:59", False, "2026-11-20T09:00"),  # a Friday
        ("2026-11-20T09:00:00", True, "2026-11-20T09:00"),
        ("2026-11-20T13:00:00", False, "2026-11-20T15:00"),
        ("2026-11-20T18:59:59", True, "2026-11-20T18:59:59"),
        ("2026-11-20T19:00:00", False, "2026-11-23T09:00"),
        ("2026-11-22T12:00:00", False, "2026-11-23T09:00"),
    ],
)
def test_a_split_shift(moment: str, is_open: bool, opens: str) -> None:
    assert OFFICE.is_open(at(moment)) is is_open
    assert OFFICE.next_opening(at(moment)) == at(opens)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-20T19:59:00", False),
        ("2026-11-20T23:59:00", True),
        ("2026-11-21T02:59:00", True),
        ("2026-11-21T03:00:00", False),
        ("2026-11-22T01:00:00", True),
        ("2026-11-22T20:30:00", False),
        ("2026-11-20T01:00:00", False),
    ],
)
def test_past_midnight(moment: str, is_open: bool) -> None:
    assert BAR.is_open(at(moment)) is is_open


def test_deadlines_run_in_open_time_only() -> None:
    assert OFFICE.after(at("2026-11-20T12:50"), 600) == at("2026-11-20T13:00")
    assert OFFICE.after(at("2026-11-20T12:50"), 1200) == at("2026-11-20T15:10")
    assert OFFICE.after(at("2026-11-20T18:55"), 600) == at("2026-11-23T09:05")
    assert OFFICE.after(at("2026-11-21T12:00"), 60) == at("2026-11-23T09:01")
    assert OFFICE.before(at("2026-11-23T09:05"), 600) == at("2026-11-20T18:55")
    assert OFFICE.before(at("2026-11-22T12:00"), 600) == at("2026-11-20T18:50")


def test_dates_off_are_the_sites_own_dates() -> None:
    there = schedule(
        {d: [["09:00", "18:00"]] for d in DAYS}, "America/Santo_Domingo", dates_off=["2026-12-25"]
    )
    assert not there.is_open(at("2026-12-25T12:00", "America/Santo_Domingo"))
    assert there.is_open(at("2026-12-24T21:00", "UTC"))
    opening = there.next_opening(at("2026-12-24T23:00", "America/Santo_Domingo"))
    assert opening == at("2026-12-26T09:00", "America/Santo_Domingo")
    off_after_midnight = schedule({"thu": [["22:00", "02:00"]]}, dates_off=["2026-12-25"])
    assert off_after_midnight.is_open(at("2026-12-25T01:00"))  # Thursday's shift, which began before


def test_a_short_and_a_long_day_are_as_long_as_they_are() -> None:
    night = schedule({"sat": [["22:00", "06:00"]]}, MADRID)
    spring, autumn = at("2026-03-28T22:00", MADRID), at("2026-10-24T22:00", MADRID)
    assert night.after(spring, 7 * 3600) == at("2026-03-29T06:00", MADRID)
    assert night.after(autumn, 9 * 3600) == at("2026-10-25T06:00", MADRID)


def test_a_time_that_the_clock_skips_begins_with_the_jump() -> None:
    early = schedule({"sun": [["02:30", "04:00"]]}, MADRID)
    jump = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert early.next_opening(at("2026-03-29T00:00", MADRID)) == jump
    assert early.after(jump, 3600) == at("2026-03-29T04:00", MADRID)


def test_a_time_that_comes_twice_begins_with_the_first() -> None:
    early = schedule({"sun": [["02:30", "04:00"]]}, MADRID)
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert early.next_opening(at("2026-10-25T00:00", MADRID)) == first


def test_intervals_that_overlap_count_once() -> None:
    both = schedule({"mon": [["09:00", "12:00"], ["11:00", "13:00"]]})
    assert both.after(at("2026-11-23T09:00"), 4 * 3600) == at("2026-11-23T13:00")


def test_never_and_always() -> None:
    shut = schedule({})
    now = at("2026-11-20T12:00")
    assert not shut.is_open(now)
    assert shut.next_opening(now) is None
    assert shut.after(now, 1) is None
    assert shut.before(now, 1) is None
    assert schedule(None).is_open(now)
    assert schedule(None).after(now, 60) == now + timedelta(seconds=60)


@pytest.mark.parametrize(
    "hours",
    [
        {"intervals": {"lun": []}},
        {"intervals": {"mon": [["9:00", "10:00"]]}},
        {"intervals": {"mon": [["25:00", "26:00"]]}},
        {"intervals": {"mon": [["09:00"]]}},
        {"dates_off": ["2026-13-01"]},
        {"accept_seconds": 0},
        {"more": 1},
    ],
)
def test_what_is_no_schedule_is_refused(hours: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        BusinessHours.model_validate(hours)


WALL = st.builds(lambda h, m: f"{h:02}:{m:02}", st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
ANY = st.dictionaries(st.sampled_from(DAYS), st.lists(st.tuples(WALL, WALL), max_size=3), min_size=1)


@given(
    intervals=ANY,
    zone=st.sampled_from(
        ["UTC", MADRID, "America/Santo_Domingo", "Australia/Lord_Howe", "America/Sao_Paulo"]
    ),
    minutes=st.integers(0, 366 * 24 * 60),
    seconds=st.integers(1, 40 * 3600),
)
def test_a_deadline_is_as_far_from_its_begin_as_the_other_way_round(
    intervals: dict[str, Any], zone: str, minutes: int, seconds: int
) -> None:
    hours = schedule(intervals, zone)
    begin = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    deadline = hours.after(begin, seconds)
    if deadline is None:
        assert not any(intervals.values())
        return
    start = hours.next_opening(begin)
    assert start is not None
    assert start < deadline
    assert hours.is_open(start)
    assert hours.is_open(deadline - timedelta(microseconds=1))
    back = hours.before(deadline, seconds)
    assert back is not None
    assert hours.next_opening(back) == start
