"""Sellers and a visitor together, each in a browser of their own."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.conftest import MakeContext, Visit
from tests.browser.seller import BrowserSeller
from tests.browser.visitor import BrowserVisitor
from tests.fakes.upstream import FakeUpstream, Reply
from tests.rigs.http_visitor import HttpVisitor
from tests.rigs.server import TaliaServer
from tests.rigs.staff import Hired, HttpStaff


@pytest.fixture
async def hire(guided: TaliaServer, database_url: str) -> AsyncIterator[Hired]:
    hired = Hired(guided, database_url)
    yield hired
    for staff in hired.made:
        await staff.close()


async def asks_for_a_person(url: str, text: str = "Quiero hablar con una persona") -> HttpVisitor:
    visitor = HttpVisitor(url)
    await visitor.open()
    await visitor.say(text)
    return visitor


async def test_two_sellers_and_a_visitor(
    guided: TaliaServer, hire: Hired, visit: Visit, make_context: MakeContext
) -> None:
    maria = await BrowserSeller.open(await make_context(), guided.url, hire("seller", "María Rodríguez"))
    pedro = await BrowserSeller.open(await make_context(), guided.url, hire("seller", "Pedro Martínez"))
    for seller in (maria, pedro):
        await seller.view("Sin asignar")
        await expect(seller.rows).to_have_count(0)

    visitor = await visit(f"{guided.url}/vehiculos/honda-civic-2022")
    await visitor.start()
    await visitor.ask("Hola")
    await visitor.panel.get_by_role("button", name="Hablar con una persona").first.click()

    # Both see it come in by itself, with what it is about.
    for seller in (maria, pedro):
        await expect(seller.rows).to_have_count(1)
        await expect(seller.rows).to_contain_text("Honda Civic 2022")
        await seller.rows.click()
        await expect(seller.thread).to_contain_text("Hola")
    await expect(
        maria.conversation.get_by_role("img", name="También la mira: Pedro Martínez")
    ).to_be_visible()

    # One takes over; the other is told who, and can only leave notes.
    await maria.conversation.get_by_role("button", name="Tomar").first.click()
    await expect(visitor.panel.get_by_role("heading", name="María Rodríguez")).to_be_visible()
    await expect(pedro.page.get_by_text("María Rodríguez").first).to_be_visible()
    await expect(pedro.rows).to_have_count(0)

    await maria.composer.press_sequentially("Un mom")
    await expect(visitor.panel.locator(".dots")).to_be_visible()
    await maria.send("¡Hola! Soy María. ¿En qué te ayudo?")
    await expect(visitor.theirs.last).to_have_text("¡Hola! Soy María. ¿En qué te ayudo?")
    # Read is what the visitor really saw.
    await expect(maria.thread.locator("[data-read=true]").last).to_be_visible()

    await visitor.write("¿Sigue disponible?")
    await expect(maria.bubble("¿Sigue disponible?")).to_be_visible()
    await expect(visitor.panel.locator(".row.mine").last.locator(".receipt.read")).to_be_visible()

    await maria.page.keyboard.press("Escape")
    await maria.page.keyboard.press("n")
    await maria.send("Ofrecerle la prueba de manejo")
    await expect(maria.thread.get_by_text("Nota de María Rodríguez, solo para el equipo")).to_be_visible()
    await expect(visitor.panel.get_by_text("prueba de manejo")).to_have_count(0)

    await maria.page.keyboard.press("Escape")
    await maria.page.keyboard.press("e")
    dialog = maria.page.get_by_role("dialog")
    await dialog.get_by_label("Cita agendada").check()
    await dialog.get_by_label("Caliente").check()
    await dialog.get_by_role("button", name="Cerrar conversación").click()
    await expect(dialog).to_have_count(0)
    await expect(maria.thread).to_contain_text("María Rodríguez cerró la conversación · Cita agendada")
    line = (await hire.made[0].get("/chat/conversations", params={"view": "all"}))["data"][0]
    assert (line["state"], line["lead_quality"], line["outcome"]) == (
        "closed",
        "hot",
        "appointment_scheduled",
    )
    assert maria.errors == []
    assert [e for e in pedro.errors if "403" not in e and "409" not in e] == []
