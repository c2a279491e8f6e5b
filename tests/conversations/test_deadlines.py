"""By when whoever waits should have an answer: in open time, by the first or the next target, told once when passed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.conversations.deadlines import keep_deadlines
from app.conversations.publishing import staff_channel
from app.conversations.routing import route
from app.realtime.bus import MemoryBus, Subscription
from app.realtime.events import ConversationUpdated
from app.sites.actions import SiteDirectory
from app.staff.types import StaffAccess
from app.wiring import Wiring
from tests.channels.conftest import quiet_settings
from tests.conversations.conftest import Office


class Clock:
    """One sweep at a time, and what the site's inboxes are told by it."""

    def __init__(self, office: Office, tmp_path: Path) -> None:
        self.office = office
        self.wiring = Wiring(quiet_settings(None, tmp_path), office.rpc, MemoryBus(), None, "test")
        self.inbox: Subscription = self.wiring.bus.subscribe(staff_channel(office.site["id"]))

    async def sweep(self) -> set[str]:
        """The conversations that inboxes were told of."""
        await keep_deadlines(self.wiring, SiteDirectory(self.office.rpc))
        told = set()
        while (event := self.inbox.pop()) is not None:
            assert isinstance(event, ConversationUpdated)
            told.add(str(event.conversation["uuid"]))
        return told

    async def line(self, me: StaffAccess, conversation: str) -> dict[str, Any]:
        return await self.office.call(me, "staff_conversation", conversation=conversation)

    def since(self, conversation: str, moment: str) -> None:
        """The visitor has been waiting since then."""
        self.office.admin.execute(
            "update conversaciones set waiting_since = %s where id = %s", [moment, conversation]
        )


@pytest.fixture
def clock(office: Office, tmp_path: Path) -> Iterator[Clock]:
    made = Clock(office, tmp_path)
    with made.inbox:
        yield made


async def hours(office: Office, **values: Any) -> None:
    boss = await office.hire("admin")
    await office.call(
        boss, "set_business_hours", hours={"reply_seconds": 600, "next_reply_seconds": 60, **values}
    )


async def queued(office: Office) -> tuple[Any, str]:
    visitor = office.visitor()
    conversation = (await visitor.say("una persona, por favor")).conversation_id
    await office.rpc.call(
        "request_visitor_handoff", site=office.site["id"], token_hash=visitor.token_hash, summary=None
    )
    return visitor, conversation


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


async def test_the_first_answer_and_the_next_have_targets_of_their_own(office: Office, clock: Clock) -> None:
    ana = await office.hire()
    await hours(office)
    visitor, conversation = await queued(office)
    assert conversation in await clock.sweep()
    line = await clock.line(ana, conversation)
    assert moment(line["due_at"]) - moment(line["waiting_since"]) == timedelta(seconds=600)
    assert (line["response"], line["overdue"]) == ("first", False)
    assert conversation not in await clock.sweep()
    await office.act(ana, "take_over", conversation)
    taken = await clock.line(ana, conversation)
    assert taken["due_at"] == line["due_at"], "taking over is not answering yet"
    await office.send(ana, conversation, "nota", private=True)
    assert (await clock.line(ana, conversation))["due_at"] == line["due_at"]
    await office.send(ana, conversation, "Aquí estoy")
    answered = await clock.line(ana, conversation)
    assert (answered["due_at"], answered["response"], answered["overdue"]) == (None, None, False)
    await visitor.say("¿y el precio?")
    await clock.sweep()
    line = await clock.line(ana, conversation)
    assert moment(line["due_at"]) - moment(line["waiting_since"]) == timedelta(seconds=60)
    assert line["response"] == "next"
    await office.act(ana, "return_to_assistant", conversation)
    assert (await clock.line(ana, conversation))["due_at"] is None


async def test_the_clock_runs_in_open_time_only(office: Office, clock: Clock) -> None:
    """Madrid; split shifts, a Friday past midnight, a holiday, and the night in which the clock is put back."""
    ana = await office.hire()
    office.admin.execute("update sites set time_zone = 'Europe/Madrid' where id = %s", [office.site["id"]])
    shifts = [["09:00", "13:00"], ["15:00", "19:00"]]
    weekdays: dict[str, Any] = dict.fromkeys(("mon", "tue", "wed", "thu"), shifts)
    await hours(
        office,
        intervals={**weekdays, "fri": [["20:00", "02:00"]], "sat": [["22:00", "04:00"]]},
        dates_off=["2026-11-23"],
        reply_seconds=7200,
    )
    _, conversation = await queued(office)
    for since, due in (
        ("2026-11-19T12:00:00+01:00", "2026-11-19T16:00:00+01:00"),
        ("2026-11-20T01:00:00+01:00", "2026-11-20T22:00:00+01:00"),
        ("2026-11-21T01:30:00+01:00", "2026-11-21T23:30:00+01:00"),
        ("2026-11-22T03:59:00+01:00", "2026-11-24T10:59:00+01:00"),
        ("2026-10-25T02:30:00+02:00", "2026-10-25T03:30:00+01:00"),
    ):
        clock.since(conversation, since)
        await clock.sweep()
        assert moment((await clock.line(ana, conversation))["due_at"]) == moment(due)


async def test_what_is_overdue_is_told_once_and_can_be_listed(office: Office, clock: Clock) -> None:
    ana = await office.hire()
    await hours(office)
    _, late = await queued(office)
    _, fresh = await queued(office)
    clock.since(late, (datetime.now(UTC) - timedelta(hours=1)).isoformat())
    await clock.sweep()
    assert await clock.sweep() == {late}
    assert await clock.sweep() == set()
    assert (await clock.line(ana, late))["overdue"] is True
    assert await office.listed(ana, view="all", overdue=True) == [late]
    assert await office.listed(ana, view="all", overdue=False) == [fresh]
    assert (await office.call(ana, "staff_counts"))["overdue"] == 1
    audited = office.admin.execute(
        "select action from audit_log where site_id = %s and actor = 'clock'", [office.site["id"]]
    )
    assert audited.fetchall() == [("conversation.overdue",)]


async def test_other_hours_are_other_deadlines_and_none_if_never_open(office: Office, clock: Clock) -> None:
    ana = await office.hire()
    _, conversation = await queued(office)
    await clock.sweep()
    before = (await clock.line(ana, conversation))["due_at"]
    await hours(office, reply_seconds=1200)
    await clock.sweep()
    after = (await clock.line(ana, conversation))["due_at"]
    assert moment(after) - moment(before) == timedelta(seconds=600)
    await hours(office, intervals={})
    assert conversation in await clock.sweep()
    assert conversation not in await clock.sweep()
    line = await clock.line(ana, conversation)
    assert (line["due_at"], line["overdue"]) == (None, False)


async def test_a_snooze_ends_by_the_clock(office: Office, clock: Clock) -> None:
    ana = await office.hire()
    _, conversation = await queued(office)
    await office.act(ana, "take_over", conversation)
    await clock.sweep()
    until = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    await office.act(ana, "snooze_conversation", conversation, until=until)
    clock.since(conversation, (datetime.now(UTC) - timedelta(hours=1)).isoformat())
    await clock.sweep()
    assert await clock.sweep() == set(), "whoever sleeps is not told"
    office.admin.execute(
        "update conversaciones set snoozed_until = now() - interval '1 second' where id = %s", [conversation]
    )
    assert await clock.sweep() == {conversation}
    line = await clock.line(ana, conversation)
    assert (line["state"], line["snoozed_until"], line["overdue"]) == ("open", None, True)
    assert await clock.sweep() == set()


async def test_a_site_that_is_switched_off_holds_up_no_other(
    office: Office, elsewhere: Office, clock: Clock
) -> None:
    ana = await office.hire()
    _, theirs = await queued(elsewhere)
    _, ours = await queued(office)
    elsewhere.admin.execute("update sites set disabled_at = now() where id = %s", [elsewhere.site["id"]])
    callers = [{"site": office.site["id"], "staff": ana.staff_id, "token_hash": ana.token_hash}]
    await office.rpc.call("staff_beat", callers=callers)
    await clock.sweep()
    await route(clock.wiring, SiteDirectory(office.rpc))
    assert (await clock.line(ana, ours))["assignee"]["uuid"] == ana.staff_id
    elsewhere.admin.execute("update sites set disabled_at = null where id = %s", [elsewhere.site["id"]])
    assert theirs != ours
