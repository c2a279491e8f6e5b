"""A seller on the other side, through the staff's API: the visitor sees who it is, live, and what they do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Visit
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
