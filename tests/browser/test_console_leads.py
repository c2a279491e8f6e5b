"""The leads' screen: who is worth a call and why, what is to be cleared up, and files for other tools."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.browser.conftest import MakeContext
from tests.browser.test_console_access import violations
from tests.rigs.http_visitor import HttpVisitor
from tests.rigs.server import TaliaServer
from tests.rigs.staff import Hired, HttpStaff

HOT = ("Quiero comprar el Corolla, ¿puedo verlo mañana?", "Soy Ana Pérez, ana@example.com", "Sí, acepto")
COLD = ("Hola, solo estoy mirando",)
UNCLEAR = ("Busco una camioneta para el año que viene", "Mi correo es luis@example.com", "No, gracias")


@pytest.fixture
async def hire(guided: TaliaServer, database_url: str) -> AsyncIterator[Hired]:
    hired = Hired(guided, database_url)
    yield hired
    for staff in hired.made:
        await staff.close()


@pytest.fixture
async def talks(guided: TaliaServer) -> None:
    for said in (HOT, COLD, UNCLEAR):
        async with HttpVisitor(guided.url) as visitor:
            await visitor.open()
            for words in said:
                await visitor.say(words)


async def screen(context: BrowserContext, url: str, staff: HttpStaff, path: str) -> Page:
    token = staff.headers["Authorization"].removeprefix("Bearer ")
    await context.add_init_script(f"localStorage.setItem('talia.staff.token', '{token}')")
    page = await context.new_page()
    await page.goto(url + path)
    return page


@pytest.mark.usefixtures("talks")
async def test_a_seller_sees_who_is_worth_a_call_and_why(
    guided: TaliaServer, hire: Hired, make_context: MakeContext
) -> None:
    page = await screen(await make_context(), guided.url, hire("admin", "Eva"), "/console/leads")
    rows = page.locator("tbody tr")
    await expect(rows).to_have_count(3)
    await page.get_by_role("button", name="Caliente 1").click()
    await expect(rows).to_have_count(1)
    await expect(rows).to_contain_text("Ana Pérez")

    await page.get_by_role("button", name="Ana Pérez").click()
    await expect(page.get_by_role("region", name="Lo que dijo")).to_contain_text("mañana")
    await page.get_by_label("Resultado").last.select_option("appointment_scheduled")
    await expect(rows.first).to_contain_text("Cita agendada")
    await page.get_by_role("button", name="Sí", exact=True).click()
    await expect(page.get_by_role("button", name="Sí", exact=True)).to_have_attribute("aria-pressed", "true")
    # A reason leads to the very words it rests on.
    await page.get_by_role("region", name="Por qué").get_by_role("button", name="Cuándo").click()
    await expect(page.get_by_role("log").get_by_text(HOT[0], exact=True)).to_be_visible()

    await page.goto(f"{guided.url}/console/leads/gaps")
    await expect(rows).to_have_count(1)
    await expect(rows).to_contain_text("Negó el permiso")
    await rows.get_by_role("button").click()
    await page.get_by_role("button", name="Está aclarado").click()
    await expect(page.get_by_text("No hay nada por aclarar")).to_be_visible()


@pytest.mark.usefixtures("talks")
async def test_marketing_takes_a_file_of_those_who_agreed(
    guided: TaliaServer, hire: Hired, make_context: MakeContext
) -> None:
    context = await make_context(accept_downloads=True)
    page = await screen(context, guided.url, hire("marketing", "Marta"), "/console/leads")
    await expect(page.locator("tbody tr")).to_have_count(3)
    await expect(page.get_by_role("link", name="Por aclarar")).to_have_count(0)
    await expect(page.locator("tbody")).not_to_contain_text("luis@example.com")
    await page.get_by_role("link", name="Exportaciones").click()
    await page.get_by_label("Para").select_option("hubspot")
    # Whom the file is about, is chosen here too.
    await page.get_by_role("group", name="Calidad").get_by_role("button", name="Caliente").click()
    await page.get_by_role("button", name="Exportar").click()
    await expect(page.get_by_text("1 filas")).to_be_visible()
    async with page.expect_download() as downloading:
        await page.get_by_role("button", name="Descargar").click()
    path = Path(await (await downloading.value).path())
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))  # noqa: ASYNC240 - it is small
    assert [row["Email"] for row in rows] == ["ana@example.com"]


@pytest.mark.usefixtures("talks")
@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
async def test_axe_finds_nothing(
    guided: TaliaServer, hire: Hired, make_context: MakeContext, axe: str, scheme: Any, width: int
) -> None:
    context = await make_context(width=width, height=850, color_scheme=scheme, bypass_csp=True)
    page = await screen(context, guided.url, hire("admin", "Eva"), "/console/leads")
    await page.locator("tbody button").first.click()
    await expect(page.get_by_role("region", name="Lo que dijo")).to_be_visible()
    await page.get_by_text("Más filtros").click()
    assert await violations(page, axe) == []
    wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert await page.evaluate(wide) <= 0
    await page.goto(f"{guided.url}/console/leads/exports")
    await expect(page.get_by_text("Todavía no hay exportaciones")).to_be_visible()
    assert await violations(page, axe) == []
