"""The console with a keyboard alone, with a screen reader, in both colours, on a phone."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import MakeContext
from tests.browser.seller import BrowserSeller
from tests.browser.test_console import asks_for_a_person, choosing
from tests.rigs.server import TaliaServer
from tests.rigs.staff import Hired, HttpStaff

LONG_NAME = "Ana María Fernández de la Rosa y Castillo del Monte-Featherstonehaugh"


@pytest.fixture
async def maria(guided: TaliaServer, database_url: str) -> AsyncIterator[HttpStaff]:
    hired = Hired(guided, database_url)
    yield await choosing(hired("seller", "María Rodríguez"))
    await hired.made[0].close()


async def violations(page: Page, axe: str) -> list[str]:
    """What axe-core finds; colours are judged when motion is over."""
    await page.wait_for_timeout(300)
    if not await page.evaluate("() => 'axe' in window"):
        await page.evaluate(axe)
    result: dict[str, Any] = await page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
async def test_axe_finds_nothing(
    guided: TaliaServer, maria: HttpStaff, make_context: MakeContext, axe: str, scheme: Any, width: int
) -> None:
    visitor = await asks_for_a_person(guided.url, f"Quiero hablar con una persona. Me llamo {LONG_NAME}")
    if width >= 1000:
        await maria.post("/chat/canned-replies", {"shortcut": "hola", "texts": {"es": "Hola, soy María"}})
    # The policy lets no foreign script in, axe-core no more than others.
    context = await make_context(width=width, height=850, color_scheme=scheme, bypass_csp=True)
    door = await context.new_page()
    await door.goto(f"{guided.url}/console")
    await expect(door.get_by_role("button", name="Entrar")).to_be_visible()
    assert await violations(door, axe) == []

    seller = await BrowserSeller.open(context, guided.url, maria)
    page = seller.page
    await expect(seller.rows).to_have_count(1)
    assert await violations(page, axe) == []
    await page.get_by_role("button", name="Filtros y orden").click()
    assert await violations(page, axe) == []
    await page.keyboard.press("Escape")
    await seller.rows.click()
    await seller.conversation.get_by_role("button", name="Tomar").first.click()
    await seller.send("Hola")
    await expect(seller.bubble("Hola")).to_be_visible()
    await page.keyboard.press("Escape")
    await page.keyboard.press("n")
    await seller.send("Una nota")
    await visitor.say("¿Está?")
    await expect(seller.bubble("¿Está?")).to_be_visible()
    assert await violations(page, axe) == []
    if width < 1000:
        await page.get_by_role("button", name="Contacto").click()
        await expect(page.get_by_role("dialog")).to_be_visible()
        assert await violations(page, axe) == []
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_have_count(0)
    await opens_clean(seller, axe, width)
    await visitor.close()


async def opens_clean(seller: BrowserSeller, axe: str, width: int) -> None:
    """Everything that opens over the inbox, one after the other."""
    page = seller.page
    dialog = page.get_by_role("dialog")
    for key in ("e", "a", "z", "b", "?") if width >= 1000 else ("e", "a", "z", "b"):
        await page.get_by_role("log").focus()
        await page.keyboard.press(key)
        await expect(dialog).to_be_visible()
        assert await violations(page, axe) == [], key
        await page.keyboard.press("Escape")
        await expect(dialog).to_have_count(0)
    await seller.thread.get_by_role("button", name="Cómo se hizo").last.click()
    await expect(seller.thread.get_by_role("term").first).to_be_visible()
    await seller.conversation.get_by_role("button", name="Más acciones").click()
    assert await violations(page, axe) == []
    await page.get_by_role("menuitem", name="Bloquear").click()
    await expect(dialog).to_be_visible()
    assert await violations(page, axe) == []
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await seller.conversation.get_by_role("button", name="Responder", exact=True).click()
    for opener in ("Emojis", "Añadir botones o tarjeta", "Respuestas preparadas"):
        await seller.conversation.get_by_role("button", name=opener).click()
        assert await violations(page, axe) == [], opener
        await page.keyboard.press("Escape")
    await seller.composer.fill("")
    if width < 1000:
        await page.get_by_role("link", name="Volver a la lista").click()
    await seller.view("Mías")
    await seller.list.get_by_role("button", name="Elegir varias").click()
    await seller.list.get_by_role("checkbox").first.check()
    assert await violations(page, axe) == []
    await page.keyboard.press("g")
    await expect(dialog).to_be_visible()
    assert await violations(page, axe) == []
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Tu cuenta").click()
    await expect(page.get_by_role("menu")).to_be_visible()
    assert await violations(page, axe) == []
    await page.get_by_role("menuitem", name="Preferencias").click()
    await expect(dialog).to_be_visible()
    assert await violations(page, axe) == []
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)


async def test_a_conversation_from_end_to_end_without_a_mouse(
    guided: TaliaServer, maria: HttpStaff, make_context: MakeContext
) -> None:
    visitors = [await asks_for_a_person(guided.url), await asks_for_a_person(guided.url)]
    seller = await BrowserSeller.open(await make_context(), guided.url, maria)
    page = seller.page
    keys = page.keyboard
    await expect(seller.rows).to_have_count(2)
    await keys.press("j")
    await expect(seller.thread).to_be_visible()
    first = page.url
    await keys.press("j")
    await expect(seller.list.locator("[aria-current]")).to_have_count(1)
    assert page.url != first
    await keys.press("k")
    assert page.url == first
    await keys.press("t")
    await expect(seller.conversation.get_by_text("La llevas tú")).to_be_visible()
    await keys.press("r")
    await keys.type("Aquí estoy")
    await keys.press("Enter")
    await expect(seller.bubble("Aquí estoy")).to_be_visible()
    await keys.type("¿En qué te ayudo?")
    await keys.press("Control+Enter")
    await expect(seller.bubble("¿En qué te ayudo?")).to_have_count(1)
    await expect(seller.composer).to_have_value("")
    # Letters are words while somebody writes, and do nothing at all once they are switched off.
    await keys.type("zeta")
    await expect(seller.composer).to_have_value("zeta")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await keys.press("Escape")
    await keys.press("?")
    await page.get_by_role("switch", name="Atajos de una sola letra").press("Space")
    await keys.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await keys.press("e")
    await page.get_by_role("button", name="Atajos del teclado").press("Enter")
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("heading", name="Atajos del teclado")).to_be_visible()
    await page.get_by_role("switch", name="Atajos de una sola letra").press("Space")
    await keys.press("Escape")
    await expect(dialog).to_have_count(0)
    await keys.press("e")
    await expect(dialog.get_by_role("radio", name="Pendiente")).to_be_focused()
    await keys.press("ArrowDown")
    await keys.press("Enter")
    await expect(dialog).to_have_count(0)
    # On to the next one by itself.
    await expect(page).not_to_have_url(first)
    await keys.press("Control+k")
    await expect(page.get_by_role("searchbox")).to_be_focused()
    for visitor in visitors:
        await visitor.close()


async def test_on_a_phone_the_list_and_the_conversation_take_turns(
    guided: TaliaServer, maria: HttpStaff, make_context: MakeContext, database_url: str
) -> None:
    visitor = await asks_for_a_person(guided.url)
    context = await make_context(width=390, height=844, has_touch=True)
    seller = await BrowserSeller.open(context, guided.url, maria)
    await seller.rows.tap()
    await expect(seller.list).not_to_be_visible()
    await seller.composer.fill("Hola")
    await seller.conversation.get_by_role("button", name="Tomar y enviar").tap()
    await expect(seller.bubble("Hola")).to_be_visible()
    wide: bool = await seller.page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
    assert not wide
    await seller.page.get_by_role("link", name="Volver a la lista").tap()
    await seller.view("Mías")
    await expect(seller.rows).to_have_count(1)
    await expect(seller.composer).to_have_count(0)
    assert seller.errors == []
    await visitor.close()

    # Who has more screens than a phone has room for finds them under one place: nothing is pushed off its edge.
    boss = Hired(guided, database_url)("admin", "Ana Directora")
    admin = await BrowserSeller.open(await make_context(width=390, height=844), guided.url, boss)
    nav = admin.page.get_by_role("navigation", name="Principal")
    await expect(nav.get_by_role("link")).to_have_count(4)
    for place in await nav.get_by_role("listitem").all():
        box = await place.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    words = nav.get_by_text(re.compile("^(Mensajes|Contactos|Equipo|Datos|Más)$"))
    await expect(words).to_have_count(5)
    for width in (390, 320):
        await admin.page.set_viewport_size({"width": width, "height": 844})
        cut = await words.evaluate_all(
            "(all) => all.filter((word) => word.scrollWidth > word.clientWidth).map((word) => word.textContent)"
        )
        assert cut == []
    await nav.get_by_role("button", name="Más").click()
    await admin.page.get_by_role("menuitem", name="Sitio").click()
    await expect(admin.page.get_by_role("heading", name="Sitio", exact=True)).to_be_visible()
    await boss.close()
