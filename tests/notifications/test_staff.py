"""Sellers who are not there hear of what waits for them: by push at once, by mail after a while, and not too often."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.notifications import store
from app.staff.types import StaffAccess
from tests.notifications.conftest import PostOffice

SECRET = "mi correo es ana@example.com y mi tel 809-555-0101"


async def settings(post: PostOffice, me: StaffAccess, **changes: Any) -> None:
    every = ["waiting", "assigned", "message"]
    values = {"push": every, "email": every, "quiet_from": None, "quiet_to": None, "time_zone": None}
    await store.set_settings(post.rpc, me, values | changes)


async def test_a_waiting_visitor_is_pushed_at_once_and_mailed_later(post: PostOffice) -> None:
    seller = await post.hire(name="Eva Ríos")
    await post.subscribe(seller, "one")
    visitor = await post.visit(SECRET, item="Corolla 2023", name="Ana Pérez", email="ana@example.com")
    conversation = await post.ask_for_a_person(visitor)

    assert await post.deliver() == 1
    pushed = post.push.next()
    title = "Ana espera a una persona"
    assert pushed.payload | {"id": ""} == {
        "id": "",
        "event": "waiting",
        "conversation": conversation,
        "title": title,
        "body": "Sobre Corolla 2023",
        "url": f"https://chat.example.com/console/messages/{conversation}",
        "tag": conversation,
    }
    assert (pushed.headers["ttl"], pushed.headers["urgency"]) == ("14400", "high")
    assert pushed.headers["topic"] == conversation.replace("-", "")
    claims = pushed.claims(post.postman.pusher.vapid.public_key)
    assert claims["sub"] == "mailto:chat@talia.example"
    assert claims["exp"] - datetime.now(UTC).timestamp() < 24 * 3600

    post.later(minutes=4)
    assert await post.deliver() == 1
    mail = post.smtp.next()
    assert mail.recipients == [seller.email]
    assert mail.message["from"] == "TalIA Motors <chat@talia.example>"
    assert mail.message["subject"] == title
    assert mail.message["auto-submitted"] == "auto-generated"
    for part in (mail.text, mail.html):
        assert f"/console/messages/{conversation}?site=site-" in part
        assert "Corolla 2023" in part
        assert "mi correo es […]" in part
        assert "ana@example.com" not in part
        assert "0101" not in part
    post.later(hours=2)
    assert await post.deliver() == 0


async def test_who_is_there_sees_it_on_the_screen_and_who_is_away_does_not(post: PostOffice) -> None:
    there, away, off = [await post.hire() for _ in range(3)]
    for name, one in (("there", there), ("away", away), ("off", off)):
        await post.subscribe(one, name)
    await post.rpc.call(
        "update_staff_profile", site=post.site["id"], staff=away.staff_id, patch={"away": True}
    )
    await post.be_there(there, away)
    await post.ask_for_a_person(await post.visit())
    assert await post.deliver() == 0, "for two minutes it is for those who are there to take"
    post.later(minutes=1)
    await post.be_there(there, away)
    assert await post.deliver() == 0
    post.later(minutes=1.1)
    await post.be_there(there, away)
    assert await post.deliver() == 2
    assert {post.push.next().browser, post.push.next().browser} == {"away", "off"}
    post.later(minutes=4)
    await post.be_there(away)
    assert await post.deliver() == 2
    assert {post.smtp.next().recipients[0] for _ in range(2)} == {away.email, off.email}


async def test_what_is_taken_meanwhile_is_no_news(post: PostOffice) -> None:
    there, off = await post.hire(), await post.hire()
    await post.subscribe(off, "off")
    await post.be_there(there)
    conversation = await post.ask_for_a_person(await post.visit())
    assert await post.deliver() == 0
    await post.act(there, "take_over", conversation)
    post.later(minutes=5)
    assert await post.deliver() == 0
    await post.leave(there)
    second = await post.ask_for_a_person(await post.visit())
    await post.deliver()
    assert post.push.next().payload["conversation"] == second
    await post.act(there, "take_over", second)
    post.later(minutes=5)
    assert await post.deliver() == 0
    assert {failure for _, failure in post.states()} == {"settled"}


async def test_no_mail_for_who_came_back(post: PostOffice) -> None:
    seller = await post.hire()
    await post.ask_for_a_person(await post.visit())
    await post.deliver()
    post.later(minutes=1)
    await post.be_there(seller)
    await post.leave(seller)
    post.later(minutes=4)
    assert await post.deliver() == 0
    assert post.states() == [("cancelled", "settled")]


async def test_messages_of_several_conversations_make_one_mail(post: PostOffice) -> None:
    seller = await post.hire()
    await post.subscribe(seller, "one")
    visitors = [await post.visit(name=name, email=f"{name}@example.com") for name in ("Ana", "Luis")]
    for visitor in visitors:
        await post.taken(seller, visitor)
    await post.deliver()
    for visitor in visitors:
        await visitor.say("¿Sigues ahí?")
        await visitor.say("¿Hola?")
        await post.deliver()
    titles = [post.push.next().payload["title"] for _ in visitors]
    assert titles == ["Ana te escribió", "Luis te escribió"]
    assert post.push.pushed.empty(), "once for each conversation"
    post.later(minutes=4)
    await post.deliver()
    mail = post.smtp.next()
    assert mail.message["subject"] == "2 conversaciones te esperan"
    assert mail.text.index("Ana te escribió") < mail.text.index("Luis te escribió")
    assert mail.text.count("«¿Hola?»") == 2

    await visitors[0].say("¿Y ahora?")
    await post.deliver()
    assert post.push.pushed.empty(), "of this conversation they heard less than five minutes ago"
    post.later(minutes=4)
    assert await post.deliver() == 0, "one mail in ten minutes"
    post.later(minutes=7)
    await post.deliver()
    assert post.smtp.next().message["subject"] == "Ana te escribió"
    post.later(hours=1)
    assert await post.deliver() == 0


async def test_a_seller_who_just_closed_the_laptop_is_told_after_all(post: PostOffice) -> None:
    seller = await post.hire()
    await post.subscribe(seller, "one")
    visitor = await post.visit()
    await post.taken(seller, visitor)
    await post.be_there(seller)
    await visitor.say("¿Sigues ahí?")
    assert await post.deliver() == 0
    post.later(seconds=21)
    assert await post.deliver() == 1
    await post.be_there(seller)
    await visitor.say("¿Hola?")
    post.later(seconds=21)
    await post.be_there(seller)
    assert await post.deliver() == 0, "they are there, and see it"


async def test_what_a_colleague_gives_is_told_what_one_takes_is_not(post: PostOffice) -> None:
    boss, seller = await post.hire("admin"), await post.hire()
    await post.subscribe(seller, "one")
    visitor = await post.visit(item="Yaris")
    conversation = await post.ask_for_a_person(visitor)
    await post.act(boss, "assign_conversation", conversation, to=seller.staff_id)
    await post.deliver()
    pushed = post.push.next().payload
    assert (pushed["event"], pushed["title"]) == ("assigned", "Te asignaron la conversación de Un visitante")
    own = await post.ask_for_a_person(await post.visit())
    await post.act(seller, "take_over", own)
    await post.deliver()
    assert post.push.pushed.empty()


async def test_a_conversation_that_lost_its_seller_waits_again(post: PostOffice) -> None:
    gone, other = await post.hire(), await post.hire()
    visitor = await post.visit()
    await post.taken(gone, visitor)
    await post.deliver()
    await post.subscribe(other, "other")
    post.admin.execute("update staff_sites set disabled_at = now() where staff_id = %s", [gone.staff_id])
    await post.deliver()
    assert post.push.next().payload["event"] == "waiting"


async def test_admins_hear_of_waiting_visitors_only_where_nobody_sells(post: PostOffice) -> None:
    boss = await post.hire("admin")
    await post.hire("marketing")
    await post.subscribe(boss, "boss")
    await post.ask_for_a_person(await post.visit())
    await post.deliver()
    assert post.push.next().browser == "boss"
    await post.hire()
    await post.ask_for_a_person(await post.visit())
    await post.deliver()
    assert post.push.pushed.empty()


async def test_everybody_chooses_what_to_hear_of(post: PostOffice) -> None:
    seller = await post.hire()
    await post.subscribe(seller, "one")
    await settings(post, seller, push=["message"], email=["waiting"])
    visitor = await post.visit()
    conversation = await post.ask_for_a_person(visitor)
    assert await post.deliver() == 0
    post.later(minutes=4)
    assert await post.deliver() == 1
    assert post.smtp.next().recipients == [seller.email]
    await post.act(seller, "take_over", conversation)
    await visitor.say("¿Hola?")
    await post.deliver()
    assert post.push.next().payload["event"] == "message"
    await visitor.say("¿Hola?")
    await settings(post, seller, push=[], email=[])
    post.later(hours=1)
    assert await post.deliver() == 0


def clock(zone_hours: int, minutes: int = 0) -> str:
    at = datetime.now(UTC) + timedelta(hours=zone_hours, minutes=minutes)
    return f"{at:%H:%M}"


@pytest.mark.parametrize(("zone", "hours"), [("UTC", 0), ("America/Santo_Domingo", -4), ("Asia/Tokyo", 9)])
async def test_quiet_hours_are_the_sellers_own(post: PostOffice, zone: str, hours: int) -> None:
    seller = await post.hire()
    await post.subscribe(seller, "one")
    window = {"quiet_from": clock(hours, -60), "quiet_to": clock(hours, 60), "time_zone": zone}
    await settings(post, seller, **window)
    for _ in range(3):
        await post.ask_for_a_person(await post.visit())
    there = await post.ask_for_a_person(await post.visit())
    assert await post.deliver() == 0
    assert post.states("push") == [("pending", None)], "a night ends with one message, not with four"
    (until,) = post.admin.execute(
        "select extract(epoch from available_at - now()) / 60 from deliveries where channel = 'push'"
    ).fetchall()[0]
    assert 55 < until <= 60
    # The window ends: of what waited, what is still news goes out.
    await settings(post, seller, quiet_from=clock(hours, -60), quiet_to=clock(hours, -2), time_zone=zone)
    await post.act(await post.hire(), "take_over", there)
    post.later(hours=1)
    assert await post.deliver() == 2
    pushed = post.push.next().payload
    assert (pushed["title"], pushed["conversation"]) == ("3 conversaciones te esperan", None)
    assert pushed["url"] == "https://chat.example.com/console/messages"
    mail = post.smtp.next()
    assert (mail.recipients, mail.message["subject"]) == ([seller.email], pushed["title"])


async def test_two_workers_never_send_the_same(post: PostOffice) -> None:
    sellers = [await post.hire() for _ in range(6)]
    for number, seller in enumerate(sellers):
        await post.subscribe(seller, f"two-{number}")
    for _ in range(3):
        await post.ask_for_a_person(await post.visit())
    await asyncio.gather(*(post.deliver() for _ in range(4)))
    pushed = [post.push.next() for _ in range(18)]
    assert post.push.pushed.empty()
    assert len({p.payload["id"] for p in pushed}) == 18
    for number in range(6):
        mine = [p.payload["conversation"] for p in pushed if p.browser == f"two-{number}"]
        assert len(set(mine)) == 3
