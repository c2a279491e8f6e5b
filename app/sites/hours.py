"""When a site's people are there: intervals by weekday, dates off, in the site's own time zone.

An interval whose end is not after its begin runs past midnight, into the next day; several on a day are a split shift.
Wall-clock times are turned into moments one by one, so that a day of 23 or 25 hours is as long as it is: a time that
the clock skips counts from when it goes on, one that comes twice counts from the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from app.sites.types import Site

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = get_args(Day)
LONGEST_SEARCH_DAYS = 400
"""A site that is shut for longer than this has no next opening."""


def _wall_time(value: str) -> str:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d|24:00", value):
        raise ValueError("must be a time such as 09:00, at most 24:00")
    return value


WallTime = Annotated[str, Field(strict=True), AfterValidator(_wall_time)]


class BusinessHours(BaseModel):
    """`intervals`: pairs of begin and end by weekday; a day that is not there is shut. None at all: always open."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    intervals: dict[Day, Annotated[tuple[tuple[WallTime, WallTime], ...], Field(max_length=6)]] | None = None
    dates_off: Annotated[tuple[date, ...], Field(max_length=400)] = ()
    accept_seconds: Annotated[int, Field(strict=True, ge=10, le=86_400)] = 120
    """Open time that a seller has to take what was assigned, before it goes to the next one."""
    reply_seconds: Annotated[int, Field(strict=True, ge=10, le=604_800)] = 600
    """Open time within which a visitor who waits for a person should have the first answer."""
    next_reply_seconds: Annotated[int, Field(strict=True, ge=10, le=604_800)] = 900
    """The same for what the visitor writes after it."""
    promise_seconds: Annotated[int, Field(strict=True, ge=60, le=604_800)] = 14_400
    """Open time within which a promise is kept that named no moment ("we'll call you")."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Business hours in a time zone. All moments are aware; answers are in UTC."""

    hours: BusinessHours
    zone: ZoneInfo

    @property
    def always_open(self) -> bool:
        return self.hours.intervals is None and not self.hours.dates_off

    def is_open(self, at: datetime) -> bool:
        return self.always_open or any(begin <= at < end for begin, end in self._windows(at, days=2))

    def next_opening(self, at: datetime) -> datetime | None:
        """The moment itself while open; None when there is no opening in sight."""
        if self.always_open:
            return at.astimezone(UTC)
        for begin, end in self._windows(at, days=LONGEST_SEARCH_DAYS):
            if end > at:
                return max(begin, at.astimezone(UTC))
        return None

    def after(self, at: datetime, seconds: float) -> datetime | None:
        """When that much open time has passed since `at`: a deadline. None when it never comes."""
        left = timedelta(seconds=seconds)
        if self.always_open:
            return at.astimezone(UTC) + left
        for begin, end in self._windows(at, days=LONGEST_SEARCH_DAYS):
            since = max(begin, at)
            if end <= since:
                continue
            if end - since >= left:
                return since.astimezone(UTC) + left
            left -= end - since
        return None

    def before(self, at: datetime, seconds: float) -> datetime | None:
        """The moment since which that much open time has passed at `at`: what began earlier is overdue."""
        left = timedelta(seconds=seconds)
        if self.always_open:
            return at.astimezone(UTC) - left
        first = at - timedelta(days=LONGEST_SEARCH_DAYS)
        for begin, end in reversed(list(self._windows(first, days=LONGEST_SEARCH_DAYS + 2))):
            until = min(end, at)
            if until <= begin:
                continue
            if until - begin >= left:
                return until.astimezone(UTC) - left
            left -= until - begin
        return None

    def closing(self, day: date) -> datetime | None:
        """When the last shift that begins on this day ends; None on a day without any."""
        windows = self._of_day(day)
        return max(end for _, end in windows) if windows else None

    def _windows(self, at: datetime, *, days: int) -> Iterator[tuple[datetime, datetime]]:
        """Open windows in order, from the day before `at` on (yesterday's may run past midnight); never overlapping."""
        today = at.astimezone(self.zone).date()
        last: datetime | None = None
        for offset in range(-1, days):
            for begin, end in self._of_day(today + timedelta(days=offset)):
                start = begin if last is None else max(begin, last)
                if end > start:
                    yield start, end
                    last = end

    def _of_day(self, day: date) -> list[tuple[datetime, datetime]]:
        if day in self.hours.dates_off:
            return []
        if self.hours.intervals is None:
            return [(self._moment(day, "00:00"), self._moment(day, "24:00"))]
        windows = []
        for begin, end in self.hours.intervals.get(DAYS[day.weekday()], ()):
            ends_on = day if end > begin else day + timedelta(days=1)
            windows.append((self._moment(day, begin), self._moment(ends_on, end)))
        return sorted(windows)

    def _moment(self, day: date, wall: str) -> datetime:
        if wall == "24:00":
            day, wall = day + timedelta(days=1), "00:00"
        local = datetime.combine(day, time.fromisoformat(wall), self.zone)
        back = local.astimezone(UTC).astimezone(self.zone)
        if back.replace(tzinfo=None) != local.replace(tzinfo=None):
            # Skipped by the clock: `fold=1` takes the offset that holds afterwards, which is the moment of the jump
            # plus what the wall time lay beyond it; it counts from the jump itself.
            return _jump(local, self.zone)
        return local.astimezone(UTC)


def schedule_of(site: Site) -> Schedule:
    """The site's hours; what was stored past the check, and is wrong, counts as always open."""
    try:
        hours = BusinessHours.model_validate(site.settings.get("business_hours") or {})
    except ValidationError:
        hours = BusinessHours()
    return Schedule(hours, zone_of(site.time_zone))


def zone_of(name: str) -> ZoneInfo:
    """UTC for a zone that this machine does not know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def availability(site: Site, at: datetime, *, online: int) -> dict[str, Any]:
    """What a visitor may be told: {open, online, back_at}; `back_at` (ISO 8601) only while shut."""
    schedule = schedule_of(site)
    is_open = schedule.is_open(at)
    opening = None if is_open else schedule.next_opening(at)
    return {
        "open": is_open,
        "online": is_open and online > 0,
        "back_at": opening.isoformat() if opening else None,
    }


def _jump(local: datetime, zone: ZoneInfo) -> datetime:
    """The moment at which the clock leaps over `local`."""
    before = local.replace(fold=0).utcoffset() or timedelta()
    after = local.replace(fold=1).utcoffset() or timedelta()
    naive = local.replace(tzinfo=None)
    low = (naive - max(before, after)).replace(tzinfo=UTC) - timedelta(hours=1)
    high = low + timedelta(hours=4)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == low.astimezone(zone).utcoffset():
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)
