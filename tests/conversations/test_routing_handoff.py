"""Who gets what waits: online, below capacity, in their language, in turn; and what is not taken moves on."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.errors import Forbidden
from app.staff.types import StaffAccess
from tests.conversations.conftest import Office

LONG_AGO = "2000-01-01T00:00:00Z"


def soon() -> str:
    """Everything that is assigned by now is overdue then."""
    return (datetime.now(UTC) + timedelta(minutes=1)).isoformat()


async def on_shift(office: Office, role: str = "seller", **profile: Any) -> StaffAccess:
    seller = await office.hire(role)
    if profile:
        await office.rpc.call(
            "update_staff_profile", site=office.site["id"], staff=seller.staff_id, patch=profile
        )
    await beat(office, seller)
    return seller


async def beat(office: Office, *staff: StaffAccess) -> None:
    callers = [{"site": s.site_id, "staff": s.staff_id, "token_hash": s.token_hash} for s in staff]
    await office.rpc.call("staff_beat", callers=callers)


async def queued(office: Office, locale: str = "es") -> str:
    visitor = office.visitor()
    conversation = (await visitor.say("una persona, por favor", locale=locale)).conversation_id
    await office.rpc.call(
        "request_visitor_handoff", site=office.site["id"], token_hash=visitor.token_hash, summary=None
    )
    office.admin.execute("update conversaciones set locale = %s where id = %s", [locale, conversation])
    return conversation


async def route(office: Office, overdue: str = LONG_AGO) -> dict[str, str | None]:
    rows = await office.rpc.call("route_waiting", site=office.site["id"], overdue=overdue)
    return {row["conversation"]: row["agent"] and row["agent"]["uuid"] for row in rows}


async def test_in_turn_by_who_was_given_something_longest_ago(office: Office) -> None:
    sellers = [await on_shift(office) for _ in range(3)]
    waiting = [await queued(office) for _ in range(6)]
    routed = await route(office)
    assert list(routed) == waiting
    given = [routed[c] for c in waiting]
    assert given[:3] == given[3:]
    assert set(given[:3]) == {s.staff_id for s in sellers}
    assert await route(office) == {}


async def test_the_offline_the_away_and_the_full_are_passed_over(office: Office) -> None:
    offline = await on_shift(office)
    await on_shift(office, away=True)
    await on_shift(office, capacity=0)
    await on_shift(office, "marketing")
    await on_shift(office, "admin")
    office.admin.execute(
        "update staff_sites set last_seen_at = now() - interval '16 s' where staff_id = %s",
        [offline.staff_id],
    )
    waiting = await queued(office)
    assert await route(office) == {}
    await beat(office, offline)
    assert await route(office) == {waiting: offline.staff_id}


async def test_capacity_counts_what_one_has(office: Office) -> None:
    seller = await on_shift(office, capacity=2)
    waiting = [await queued(office) for _ in range(3)]
    assert list(await route(office)) == waiting[:2]
    await office.act(seller, "take_over", waiting[0])
    assert await route(office) == {}
    await office.act(seller, "close_conversation", waiting[0])
    assert await route(office) == {waiting[2]: seller.staff_id}


async def test_whoever_speaks_the_visitors_language_comes_first(office: Office) -> None:
    portuguese = await on_shift(office, languages=["pt"])
    await on_shift(office, languages=["es", "en"])
    waiting = [await queued(office, "pt") for _ in range(3)]
    assert await route(office) == dict.fromkeys(waiting, portuguese.staff_id)


async def test_what_nobody_takes_in_time_moves_on(office: Office) -> None:
    waiting = await queued(office)
    first = await on_shift(office)
    assert await route(office) == {waiting: first.staff_id}
    assert await route(office) == {}
    assert await route(office, soon()) == {waiting: None}
    assert await route(office) == {waiting: first.staff_id}
    second = await on_shift(office)
    assert await route(office, soon()) == {waiting: second.staff_id}
    with pytest.raises(Forbidden):
        await office.act(first, "take_over", waiting)
    taken = await office.act(second, "take_over", waiting)
    assert taken.conversation["state"] == "open"
    assert await route(office, soon()) == {}
    assert await office.rpc.call("sites_waiting") is not None


async def test_an_offer_does_not_silence_the_assistant(office: Office) -> None:
    await on_shift(office)
    visitor = office.visitor()
    said = await visitor.say("una persona")
    await office.rpc.call(
        "request_visitor_handoff", site=office.site["id"], token_hash=visitor.token_hash, summary=None
    )
    assert list(await route(office)) == [said.conversation_id]
    assert (await visitor.history()).conversation["handler"] == "queue"  # type: ignore[index]


async def test_two_routers_at_once_give_each_to_one_and_keep_to_the_capacity(office: Office) -> None:
    for _ in range(2):
        await on_shift(office, capacity=3)
    waiting = [await queued(office) for _ in range(10)]
    rounds = await asyncio.gather(*(route(office) for _ in range(5)))
    given = [c for one in rounds for c in one]
    assert given == waiting[:6]


async def test_sites_in_which_somebody_waits(office: Office, elsewhere: Office) -> None:
    await queued(office)
    sites = await office.rpc.call("sites_waiting")
    assert office.site["id"] in sites
    assert elsewhere.site["id"] not in sites


async def test_only_admins_set_the_hours(office: Office) -> None:
    boss, seller = await office.hire("admin"), await office.hire()
    hours = {"intervals": {"mon": [["09:00", "18:00"]]}}
    with pytest.raises(Forbidden):
        await office.call(seller, "set_business_hours", hours=hours)
    site = await office.call(boss, "set_business_hours", hours=hours)
    assert site["settings"]["business_hours"] == hours
    assert office.audited(boss) == ["site.hours_set"]


async def test_presence_is_kept_alive_and_ends(office: Office) -> None:
    seller = await on_shift(office)

    async def online() -> int:
        row = await office.rpc.call("staff_online", site=office.site["id"])
        return int(row["online"])

    assert await online() == 1
    await office.call(seller, "staff_gone")
    assert await online() == 0
    await office.rpc.call(
        "sign_out_staff", site=seller.site_id, staff=seller.staff_id, token_hash=seller.token_hash
    )
    await beat(office, seller)
    assert await online() == 0
