"""Deliveries through every trouble: retries, leases, order, dead letters and their replay."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from pydantic import SecretStr

from app.notifications import store
from app.notifications.types import NotSent
from app.notifications.worker import Postman, deliver_forever
from app.settings import Settings
from app.staff.types import StaffAccess
from tests.fakes.smtp import FakeSmtp
from tests.notifications.conftest import PostOffice, hide, posting
from tests.notifications.test_visitors import gone, talking


@pytest.fixture
async def seller(post: PostOffice) -> StaffAccess:
    return await post.hire(name="Eva")


async def waiting_mail(post: PostOffice) -> None:
    await post.ask_for_a_person(await post.visit())
    await post.deliver()
    post.later(minutes=4)


async def pushes(post: PostOffice, seller: StaffAccess, browser: str, count: int = 1) -> list[str]:
    """Conversations that wait, each with a push message for this browser."""
    await post.subscribe(seller, browser)
    return [await post.ask_for_a_person(await post.visit()) for _ in range(count)]


def dead(post: PostOffice) -> list[tuple[str, str]]:
    rows = post.admin.execute(
        "select state, failure from deliveries where state = 'dead' union all"
        " select 'event', failure from outbox where dead_at is not null"
    )
    return [(state, failure) for state, failure in rows.fetchall()]


async def test_what_is_busy_is_tried_again_under_the_same_id(post: PostOffice, seller: StaffAccess) -> None:
    await waiting_mail(post)
    post.smtp.answers += ["451 greylisted", "421 too busy"]
    for attempt, least, most in ((1, 6, 14), (2, 40, 80)):
        assert await post.deliver() == 1
        row = post.admin.execute(
            "select attempts, extract(epoch from available_at - now()), failure from deliveries"
        ).fetchone()
        assert row is not None
        assert row[0] == attempt
        assert least < row[1] < most
        assert row[2].startswith("smtp.4")
        assert await post.deliver() == 0
        post.later(minutes=2)
    (id_,) = post.admin.execute("select id from deliveries").fetchall()[0]
    assert await post.deliver() == 1
    assert post.smtp.next().message["message-id"] == f"<{id_}@talia.example>"
    assert post.states() == [("sent", None)]


async def test_a_worker_that_is_killed_after_its_claim_loses_nothing(
    post: PostOffice, seller: StaffAccess
) -> None:
    await waiting_mail(post)
    (lost,) = await post.claim("killed")
    assert await post.deliver() == 0, "it is leased"
    post.later(seconds=61)
    assert await post.deliver() == 1
    assert post.smtp.next().message["message-id"] == f"<{lost.id}@talia.example>"
    # Not dead but slow: what it has to say comes too late.
    assert await store.settle(post.rpc, lost, NotSent("retry", "late")) is None
    assert await store.settle(post.rpc, lost) is None
    assert post.states() == [("sent", None)]


async def test_what_kills_its_workers_is_put_aside(post: PostOffice, seller: StaffAccess) -> None:
    await waiting_mail(post)
    for _ in range(6):
        (claimed,) = await post.claim("killed")
        post.later(seconds=61)
    assert await post.claim() == []
    assert post.states() == [("dead", "abandoned")]
    assert claimed.attempt == 6


async def test_a_refused_address_is_not_tried_again(post: PostOffice, seller: StaffAccess) -> None:
    await waiting_mail(post)
    post.smtp.answers.append("550 no such user")
    await post.deliver()
    assert post.states() == [("dead", "smtp.550")]
    await post.ask_for_a_person(await post.visit())
    await post.deliver()
    post.later(hours=1)
    assert await post.deliver() == 1
    assert post.smtp.next().recipients == [seller.email]


async def test_a_poisonous_event_is_put_aside_and_the_next_ones_go_on(
    post: PostOffice, seller: StaffAccess
) -> None:
    post.admin.execute(
        "insert into outbox (site_id, kind, payload) values (%s, 'visitor_wrote', '{\"staff\": \"nobody\"}')",
        [post.site["id"]],
    )
    for attempt in range(1, 7):
        await pushes(post, seller, f"poison-{attempt}")
        await post.deliver()
        assert post.push.next().payload["event"] == "waiting"
        while not post.push.pushed.empty():
            post.push.next()
        (attempts,) = post.admin.execute(
            "select attempts from outbox where kind = 'visitor_wrote'"
        ).fetchall()[0]
        assert attempts == attempt
        post.later(hours=2)
    assert dead(post) == [("event", "fan_out.22P02")]
    boss = await post.hire("admin")
    (letter,) = await store.dead_letters(post.rpc, boss)
    assert (letter["step"], letter["kind"], letter["attempts"]) == ("event", "visitor_wrote", 6)
    post.admin.execute("update outbox set payload = jsonb_build_object('staff', %s::text)", [seller.staff_id])
    await store.replay(post.rpc, boss, letter["id"])
    await post.deliver()
    assert dead(post) == []


async def test_a_kind_that_nobody_hears_of_is_done(post: PostOffice) -> None:
    post.admin.execute(
        "insert into outbox (site_id, kind) values (%s, 'lead_captured'), (%s, 'something_new')",
        [post.site["id"]] * 2,
    )

    def waiting() -> Any:
        return post.admin.execute("select count(*) from outbox where done_at is null").fetchone()

    assert await post.deliver() == 0
    assert waiting() == (2,), "a withdrawal may still cancel them"
    post.later(minutes=11)
    assert await post.deliver() == 0
    assert waiting() == (0,)


async def test_a_dead_letter_is_replayed_as_if_new(post: PostOffice, seller: StaffAccess) -> None:
    await waiting_mail(post)
    post.smtp.answers += ["451 busy"] * 6
    for _ in range(6):
        assert await post.deliver() == 1
        post.later(hours=2)
    assert post.states() == [("dead", "smtp.451")]
    assert await post.deliver() == 0
    boss = await post.hire("admin")
    (letter,) = await store.dead_letters(post.rpc, boss)
    assert seller.email not in str(letter)
    await store.replay(post.rpc, boss, letter["id"])
    assert "notification.replayed" in post.audited(boss)
    assert await post.deliver() == 1
    assert post.smtp.next().message["message-id"] == f"<{letter['id']}@talia.example>"


async def test_a_browser_that_is_gone_is_forgotten(post: PostOffice, seller: StaffAccess) -> None:
    for status in (404, 410):
        await pushes(post, seller, f"gone-{status}")
        post.push.answers.append((status, {}))
        await post.deliver()
        assert await store.subscriptions(post.rpc, seller) == []
    assert dead(post) == []


async def test_a_push_service_says_when_to_come_back(post: PostOffice, seller: StaffAccess) -> None:
    await pushes(post, seller, "slow")
    post.push.answers += [
        (429, {"retry-after": "600"}),
        (503, {}),
        (302, {"location": "http://127.0.0.1:1/"}),
    ]
    await post.deliver()
    (wait,) = post.admin.execute(
        "select extract(epoch from available_at - now()) from deliveries where channel = 'push'"
    ).fetchall()[0]
    assert 590 < wait <= 600
    post.later(seconds=601)
    await post.deliver()
    assert post.states("push") == [("pending", "push.503")]
    post.later(seconds=601)
    await post.deliver()
    assert post.states("push") == [("dead", "push.302")], "nobody sends us elsewhere"


async def test_what_goes_to_one_browser_leaves_in_order(post: PostOffice, seller: StaffAccess) -> None:
    other, boss = await post.hire(), await post.hire("admin")
    await post.subscribe(seller, "ordered")
    await post.subscribe(other, "another")

    async def given(to: StaffAccess) -> str:
        conversation = await post.ask_for_a_person(await post.visit())
        await post.act(boss, "assign_conversation", conversation, to=to.staff_id)
        return conversation

    conversations = [await given(seller) for _ in range(5)]
    post.push.answers.append((503, {}))
    await post.deliver()
    assert post.push.pushed.empty(), "the ones behind the first wait for it"
    await given(other)
    await post.deliver()
    assert post.push.next().browser == "another", "and nobody else waits for them"
    post.later(minutes=1)
    await post.deliver()
    got = [post.push.next().payload["conversation"] for _ in conversations]
    assert got == conversations


async def test_a_mail_server_that_hangs_holds_up_no_push_message(
    post: PostOffice, seller: StaffAccess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.notifications.worker.SWEEP_SECONDS", 0.02)
    sellers = [await post.hire() for _ in range(6)]
    await waiting_mail(post)
    with post.smtp.held() as arriving:
        worker = asyncio.create_task(deliver_forever(post.wiring, post.postman))
        assert await asyncio.to_thread(arriving.wait, 30)
        for number, one in enumerate(sellers):
            await post.subscribe(one, f"swift-{number}")
        await post.ask_for_a_person(await post.visit())
        pushed = [await asyncio.to_thread(post.push.next) for _ in sellers]
        assert {one.browser for one in pushed} == {f"swift-{n}" for n in range(6)}
        monkeypatch.setattr("app.notifications.worker.FAREWELL_SECONDS", 0.1)
        worker.cancel()
        with pytest.raises(asyncio.CancelledError):
            await worker
    # Given up at the end, not lost: sent again when the leases end.
    post.later(minutes=2)
    await post.deliver()
    assert len({post.smtp.next().recipients[0] for _ in range(7)}) == 7


async def test_who_may_no_longer_see_it_hears_nothing(post: PostOffice, seller: StaffAccess) -> None:
    await waiting_mail(post)
    post.admin.execute("update staff_sites set role = 'marketing' where staff_id = %s", [seller.staff_id])
    assert await post.deliver() == 0
    assert post.states() == [("cancelled", "not_of_site")]


async def test_no_mail_server_no_mail_and_nothing_waits_for_one(
    post: PostOffice, seller: StaffAccess
) -> None:
    await post.ask_for_a_person(await post.visit())
    free = {"push": 8, "email": 8}
    claimed = await store.claim(post.rpc, worker="w", channels=("push",), lease_seconds=60, free=free)
    assert claimed == []
    assert post.states() == []


async def test_a_mail_server_that_is_away_or_wants_a_password(
    post: PostOffice, seller: StaffAccess, free_port: int, tmp_path: Any
) -> None:
    settings = post.wiring.settings
    away = settings.model_copy(update=_smtp(f"smtp://127.0.0.1:{free_port}"))
    await waiting_mail(post)
    kept, post.postman = post.postman, Postman(away, post.postman.texts, hide)
    await post.deliver()
    assert post.states() == [("pending", "smtp.SMTPConnectError")]
    await post.postman.close()
    with FakeSmtp(password="s e/cret") as strict:
        for url, state in (
            (strict.url.replace("s e/cret", "wrong"), "pending"),
            (strict.url.replace("s e/cret", "s%20e%2Fcret"), "sent"),
        ):
            post.later(hours=1)
            post.postman = Postman(settings.model_copy(update=_smtp(url)), kept.texts, hide)
            await post.deliver()
            assert post.states()[0][0] == state
            await post.postman.close()
        assert strict.next().recipients == [seller.email]
        assert strict.logins[-1] == (b"talia", b"s e/cret")
        assert set(strict.logins[:-1]) == {(b"talia", b"wrong")}
    post.postman = kept


def _smtp(url: str) -> dict[str, Any]:
    return {"smtp_url": SecretStr(url)}


async def test_old_deliveries_go(post: PostOffice, seller: StaffAccess) -> None:
    _, conversation = await talking(post, seller)
    await post.send(seller, conversation, "Hola")
    await gone(post)
    await post.deliver()
    assert await store.purge(post.rpc, days=30) == 0
    post.later(days=31)
    assert await store.purge(post.rpc, days=30) >= 1
    assert post.states() == []


def test_settings_name_what_is_wrong(smtp: FakeSmtp) -> None:
    for wrong in (
        {"mail_from": None},
        {"smtp_url": "http://mail.example.com"},
        {"vapid_subject": "ftp://x"},
    ):
        with pytest.raises(ValueError, match=r"TALIA_MAIL_FROM|smtp://|mailto:"):
            Settings(_env_file=None, **(posting(smtp) | wrong))
