"""On every screen, and with a long past: it fits, it can be touched, and it opens at once."""

from __future__ import annotations

import json
from typing import Any

import psycopg
import pytest
from playwright.async_api import expect

from tests.browser.conftest import MakeContext, Visit
from tests.browser.visitor import BrowserVisitor
from tests.rigs.server import TaliaServer

LONG_TITLE = "Concesionario Internacional de Vehículos Seminovos del Caribe y las Antillas"

OVERFLOWING = """() => {
  const wide = document.documentElement.clientWidth;
  return [...document.querySelectorAll('body *')]
    .filter(e => !e.closest('.unseen') && e.getClientRects().length && getComputedStyle(e).visibility !== 'hidden')
    .filter(e => { const r = e.getBoundingClientRect(); return r.right > wide + 1 || r.left < -1; })
    .filter(e => !e.closest('.suggestions') && !e.closest('pre'))
    .map(e => e.outerHTML.slice(0, 100));
}"""

SMALL_TARGETS = """() => [...document.querySelectorAll('button, select, input, textarea, a')]
  .filter(e => e.getClientRects().length && !e.closest('.bubble'))
  .map(e => [e.closest('label') || e, e])
  .filter(([box, e]) => { const r = box.getBoundingClientRect(); return r.height < 40 || r.width < 40; })
  .map(([, e]) => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize(("width", "height"), [(320, 568), (360, 740), (768, 1024), (1440, 900), (740, 360)])
async def test_it_fits(guided: TaliaServer, visit: Visit, width: int, height: int) -> None:
    phone = min(width, height) < 500
    visitor = await visit(
        f"{guided.url}/vehiculos/bmw-x5-2021", width=width, height=height, has_touch=phone, is_mobile=phone
    )
    await visitor.talia(f"update({{title: '{LONG_TITLE}', subtitle: '{LONG_TITLE}'}})")
    await visitor.start()
    await visitor.ask("supercalifragilistico" * 8)
    frame = await visitor.page.locator("iframe[title=Chat]").bounding_box()
    assert frame
    if phone:
        assert (frame["x"], frame["y"], frame["width"], frame["height"]) == (0, 0, width, height)
        assert await visitor.page.evaluate("() => document.body.inert")
    else:
        assert frame["x"] >= 0
        assert frame["y"] >= 0
        assert frame["y"] + frame["height"] <= height
    for step in ("", "form", "menu"):
        if step == "form":
            await visitor.panel.get_by_role("button", name="Hablar con una persona").first.click()
            await expect(visitor.panel.locator("form.contact")).to_be_visible()
            # That somebody was told, and when they answer, stands above the form: nothing newer is below it.
            await expect(visitor.panel.locator(".system + .row + form.contact")).to_be_attached()
            await expect(visitor.panel.locator(".newer")).to_have_count(0)
        if step == "menu":
            await visitor.panel.get_by_role("button", name="Más opciones").click()
        assert await visitor.frame_evaluate(OVERFLOWING) == [], step
        assert await visitor.frame_evaluate(SMALL_TARGETS) == [], step
        composer = await visitor.composer.bounding_box()
        assert composer
        assert composer["y"] + composer["height"] <= height, step
    await visitor.page.keyboard.press("Escape")
    await visitor.panel.get_by_role("button", name="Cerrar el chat").click()
    await visitor.page.wait_for_function("() => !document.body.inert")
    assert await visitor.page.evaluate("() => document.documentElement.scrollWidth") <= width


async def test_a_panel_that_never_comes_does_not_lock_the_page(
    guided: TaliaServer, make_context: MakeContext
) -> None:
    context = await make_context(width=360, height=740, is_mobile=True, has_touch=True)
    await context.route("**/widget/panel*", lambda route: route.abort())
    visitor = await BrowserVisitor.open(context, guided.url)
    await visitor.launcher.click()
    assert await visitor.page.evaluate("() => document.body.inert")
    await visitor.launcher.click()
    assert not await visitor.page.evaluate("() => document.body.inert")


async def test_text_is_large_enough_not_to_make_phones_zoom(guided: TaliaServer, visit: Visit) -> None:
    visitor = await visit(guided.url, width=360, height=740, is_mobile=True, has_touch=True)
    await visitor.start()
    assert await visitor.composer.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 16


async def test_little_motion_and_forced_colours(guided: TaliaServer, visit: Visit) -> None:
    visitor = await visit(guided.url, reduced_motion="reduce", forced_colors="active")
    await visitor.start()
    await visitor.ask("Hola")
    assert (
        await visitor.frame_evaluate(
            "() => document.getAnimations().filter(a => a.playState === 'running').length"
        )
        == 0
    )
    borders = await visitor.mine.evaluate(
        "e => getComputedStyle(e).borderTopStyle + parseFloat(getComputedStyle(e).borderTopWidth)"
    )
    assert borders == "solid2"


async def test_five_hundred_messages_open_at_once_and_scroll_to_the_first(
    guided: TaliaServer, make_context: MakeContext, database: psycopg.Connection[Any]
) -> None:
    context = await make_context()
    visitor = await BrowserVisitor.open(context, guided.url)
    await visitor.start()
    await visitor.ask("Hola")
    _fill(database, 500)
    again = await BrowserVisitor.open(context, guided.url)
    session = await context.new_cdp_session(again.page)
    await session.send("Performance.enable")
    await again.start()
    await expect(again.theirs.last).to_contain_text("respuesta número 499")
    assert await _script_seconds(session) < 1.0
    # Upwards, page by page, without a jump, to the very beginning.
    for _ in range(60):
        if await again.panel.locator(".greeting").count():
            break
        await again.transcript.evaluate("e => { e.scrollTop = 0; }")
        await again.page.wait_for_timeout(60)
    await expect(again.panel.locator(".greeting")).to_be_visible()
    await expect(again.panel.locator(".row .bubble")).to_have_count(503)
    assert await _script_seconds(session) < 2.5
    # And a new message is still cheap.
    before = await _script_seconds(session)
    await again.ask("¿Y ahora?")
    assert await _script_seconds(session) - before < 0.8


async def _script_seconds(session: Any) -> float:
    metrics = (await session.send("Performance.getMetrics"))["metrics"]
    return next(float(m["value"]) for m in metrics if m["name"] == "ScriptDuration")


def _fill(database: psycopg.Connection[Any], count: int) -> None:
    database.execute(
        "insert into mensajes (site_id, conversacion_id, seq, direccion, author, texto, datos)"
        " select c.site_id, c.id, c.last_seq + n, case when n %% 2 = 0 then 'entrante' else 'saliente' end,"
        "  case when n %% 2 = 0 then 'visitor' else 'assistant' end,"
        "  case when n %% 2 = 0 then 'pregunta número ' else '**respuesta** número ' end"
        "  || n || repeat(' con algo de texto', n %% 7), %s"
        " from conversaciones c, generate_series(1, %s) n",
        (json.dumps({}), count),
    )
    database.execute("update conversaciones set last_seq = last_seq + %s", (count,))
