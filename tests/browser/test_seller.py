"""A seller on the other side, through the staff's API: the visitor sees who it is, live, and what they do; and a
seller who is not there is told by other means."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import psycopg
import pytest
from playwright.async_api import BrowserContext, CDPSession, Page, expect

from tests.browser.conftest import MakeContext, StartTalia, Visit
from tests.browser.seller import BrowserSeller
from tests.fakes.push import FakePush, Pushed
from tests.fakes.smtp import FakeSmtp
from tests.rigs.server import TaliaServer
from tests.rigs.staff import Hired, HttpStaff


@pytest.fixture
async def seller(guided: TaliaServer, database_url: str) -> AsyncIterator[HttpStaff]:
    hired = Hired(guided, database_url)
    yield hired("seller", name="María Rodríguez")
    await asyncio.gather(*(staff.close() for staff in hired.made))


async def test_a_seller_takes_over_types_writes_reads_and_hands_back(
    guided: TaliaServer, visit: Visit, seller: HttpStaff
) -> None:
    visitor = await visit(guided.url)
    await visitor.start()
    await visitor.ask("Hola")
    await visitor.panel.get_by_role("button", name="Hablar con una persona").first.click()
    await expect(visitor.panel.get_by_text("Equipo avisado")).to_be_visible()
    waiting = (await seller.get("/chat/conversations", params={"view": "unassigned"}))["data"]
    uuid = waiting[0]["uuid"]

    await seller.post(f"/chat/conversations/{uuid}/take-over")
    await expect(visitor.panel.get_by_role("heading", name="María Rodríguez")).to_be_visible()
    await expect(visitor.panel.locator(".system", has_text="María Rodríguez se unió")).to_be_visible()

    await visitor.write("¿Me ayudas?")
    await expect(visitor.panel.locator(".row.mine").last.locator(".receipt.sent")).to_be_visible()
    await seller.post(f"/chat/conversations/{uuid}/read", method="PUT")
    await expect(visitor.panel.locator(".row.mine").last.locator(".receipt.read")).to_be_visible()
    await seller.post(f"/chat/conversations/{uuid}/typing", {"active": True})
    await expect(visitor.panel.locator(".dots")).to_be_visible()
    await expect(visitor.panel.locator(".status")).to_have_text("María Rodríguez está escribiendo")

    await seller.post(
        f"/chat/conversations/{uuid}/messages",
        {
            "content": "¡Claro! Selecciona un horario:",
            "quick_replies": [{"label": "Mañana 10am", "value": "Mañana a las 10"}],
            "cards": [
                {"title": "Honda Civic 2022", "subtitle": "31,000 km", "price": 1395000, "currency": "DOP"}
            ],
        },
    )
    await expect(visitor.theirs.last).to_have_text("¡Claro! Selecciona un horario:")
    await expect(visitor.panel.locator(".dots")).to_have_count(0)
    await expect(visitor.panel.locator(".card")).to_contain_text("31,000 km")
    await visitor.panel.get_by_role("button", name="Mañana 10am").click()
    await expect(visitor.mine.last).to_have_text("Mañana a las 10")

    said = (await seller.get(f"/chat/conversations/{uuid}/messages"))["data"]
    mine = next(m for m in said if m["author"] == "seller")
    await seller.post(f"/chat/messages/{mine['message_id']}", {"content": "Editado"}, method="PATCH")
    await expect(visitor.theirs.filter(has_text="Editado")).to_have_count(1)

    await seller.post(f"/chat/conversations/{uuid}/return")
    await expect(visitor.panel.locator(".system", has_text="María Rodríguez dejó")).to_be_visible()
    await expect(visitor.panel.get_by_role("heading", name="TalIA Motors")).to_be_visible()
    # And all of it is the same after a reload.
    await visitor.page.reload()
    await visitor.start()
    await expect(visitor.panel.locator(".system", has_text="María Rodríguez se unió")).to_be_visible()
    await expect(visitor.theirs.filter(has_text="Editado")).to_have_count(1)


@pytest.fixture
def smtp() -> Iterator[FakeSmtp]:
    with FakeSmtp() as server:
        yield server


@pytest.fixture
def push() -> Iterator[FakePush]:
    with FakePush() as service:
        yield service


# Chromium gets its subscriptions from Google's service, which no test may ask: this one it has from the fake.
SUBSCRIBED = """(made) => {
  PushManager.prototype.subscribe = async () => ({ toJSON: () => made });
}"""
WORKER = "navigator.serviceWorker.getRegistration('/console')"
SHOWN = f"async () => (await (await {WORKER}).getNotifications()).map((n) => [n.title, n.body, n.data.path])"


async def test_a_seller_who_is_not_there_is_told_by_push_and_then_by_mail(
    start_talia: StartTalia,
    smtp: FakeSmtp,
    push: FakePush,
    make_context: MakeContext,
    visit: Visit,
    database: psycopg.Connection[Any],
    database_url: str,
) -> None:
    talia = start_talia(
        smtp_url=smtp.url, mail_from="TalIA Motors <chat@talia.example>", push_services="127.0.0.1"
    )
    maria = Hired(talia, database_url)("seller", "María Rodríguez")
    context = await make_context()
    page, devtools, registrations = await _asks_for_news(context, talia.url, maria, push)
    # The console is closed in this browser, and what was pushed would wake its worker all the same.
    await page.goto("about:blank")
    database.execute("update staff_sites set last_seen_at = now() - interval '1 minute', viewing = null")

    visitor = await visit(f"{talia.url}/vehiculos/honda-civic-2022")
    await visitor.start()
    await visitor.ask("Me llamo Laura Peña")
    await visitor.panel.get_by_role("button", name="Hablar con una persona").first.click()
    pushed = await asyncio.to_thread(push.next)
    assert pushed.claims((await maria.get("/notifications/push-key"))["public_key"])["aud"] == push.url
    news = pushed.payload
    assert (news["event"], news["body"]) == ("waiting", "Sobre Honda Civic 2022")
    assert "Laura" in news["title"]

    # Nobody came: after three minutes, which are moved here instead of waited for, a mail says so too.
    database.execute("update deliveries set available_at = now() where channel = 'email'")
    mail = await asyncio.to_thread(smtp.next)
    assert mail.recipients == [maria.account["email"]]
    assert f"/console/messages/{news['conversation']}" in mail.text
    sent = database.execute("select channel, state from deliveries order by channel").fetchall()
    assert ("push", "sent") in sent

    # What came over the wire, in the browser's own worker: a notification, and a click away the conversation.
    await page.goto(f"{talia.url}/console/messages")
    await _deliver(devtools, talia.url, registrations, pushed)
    await page.wait_for_function(f"async () => (await ({SHOWN})()).length > 0")
    assert await page.evaluate(SHOWN) == [
        [news["title"], "Sobre Honda Civic 2022", f"/console/messages/{news['conversation']}"]
    ]
    await page.goto(f"{talia.url}/console/messages/{news['conversation']}")
    await (
        page.get_by_role("region", name="Conversación", exact=True)
        .get_by_role("button", name="Tomar")
        .first.click()
    )
    await expect(visitor.panel.get_by_role("heading", name="María Rodríguez")).to_be_visible()
    await maria.close()


async def _asks_for_news(
    context: BrowserContext, url: str, staff: HttpStaff, push: FakePush
) -> tuple[Page, CDPSession, list[str]]:
    """A browser whose seller pressed the button; the ids of its workers' registrations come in by themselves."""
    await context.grant_permissions(["notifications"], origin=url)
    await context.add_init_script(f"({SUBSCRIBED})({json.dumps(push.browser('maria'))})")
    seller = await BrowserSeller.open(context, url, staff)
    registrations: list[str] = []
    devtools = await context.new_cdp_session(seller.page)
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: registrations.extend(r["registrationId"] for r in event["registrations"]),
    )
    await devtools.send("ServiceWorker.enable")
    await seller.page.get_by_role("link", name="Avisos").click()
    await seller.page.get_by_role("button", name="Avisarme en este navegador").click()
    await expect(seller.page.get_by_text("(este)")).to_be_visible()
    return seller.page, devtools, registrations


async def _deliver(devtools: CDPSession, origin: str, registrations: list[str], pushed: Pushed) -> None:
    """As the browser's push service would, decrypted."""
    await devtools.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": origin, "registrationId": registrations[-1], "data": json.dumps(pushed.payload)},
    )
