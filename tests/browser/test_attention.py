"""What the widget does for, and spares, somebody who is looking elsewhere: the sound, and hidden tabs."""

from __future__ import annotations

import asyncio

import httpx
from playwright.async_api import Frame, expect

from tests.browser.conftest import MakeContext, Visit
from tests.browser.visitor import BrowserVisitor
from tests.rigs.server import TaliaServer

# Counts the notes that are begun, and plays them all the same.
COUNT_NOTES = """
window.notes = 0;
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...at) { window.notes += 1; return start.apply(this, at); };
"""
# No driver can send a headless tab to the background: what the browser would say of it is said here.
MAY_HIDE = """
let away = false;
Object.defineProperty(Document.prototype, 'hidden', { get: () => away });
window.lookAway = (now) => { away = now; document.dispatchEvent(new Event('visibilitychange')); };
"""


async def test_the_sound_is_off_until_it_is_asked_for_and_remembered(
    guided: TaliaServer, make_context: MakeContext
) -> None:
    context = await make_context()
    await context.add_init_script(COUNT_NOTES)
    visitor = await BrowserVisitor.open(context, guided.url)
    await visitor.start()
    await visitor.write("Hola")
    await visitor.talia("close()")
    await _unread(visitor, 1)
    assert await visitor.frame_evaluate("notes") == 0

    await visitor.start()
    await visitor.panel.get_by_role("button", name="Más opciones").click()
    sound = visitor.panel.get_by_role("switch", name="Sonido de mensajes")
    await sound.click()
    await expect(sound).to_be_checked()
    await visitor.panel.get_by_role("button", name="Cancelar").click()
    await visitor.ask("¿Tienen garantía?")
    assert await visitor.frame_evaluate("notes") == 0, "it sounds for who is reading"
    await visitor.write("Gracias")
    await visitor.talia("close()")
    await _unread(visitor, 1)
    assert await visitor.frame_evaluate("notes") == 2

    await visitor.page.reload()
    await visitor.start()
    await visitor.panel.get_by_role("button", name="Más opciones").click()
    await expect(visitor.panel.get_by_role("switch", name="Sonido de mensajes")).to_be_checked()


async def test_of_many_hidden_tabs_one_keeps_its_stream_and_all_catch_up(
    guided: TaliaServer, visit: Visit, make_context: MakeContext
) -> None:
    context = await make_context()
    await context.add_init_script(MAY_HIDE)
    tabs = [await BrowserVisitor.open(context, guided.url) for _ in range(3)]
    await tabs[0].start()
    await tabs[0].ask("Hola")
    for tab in tabs[1:]:
        await tab.start()
        await expect(tab.mine.first).to_have_text("Hola")
    await _streams(guided, 3)

    for tab in tabs[1:]:
        await (await _panel(tab)).evaluate("lookAway(true)")
    await _streams(guided, 2)
    await tabs[0].ask("¿Tienen garantía?")
    for tab in tabs[1:]:
        await (await _panel(tab)).evaluate("lookAway(false)")
        await expect(tab.mine.last).to_have_text("¿Tienen garantía?")
    await _streams(guided, 3)


async def _unread(visitor: BrowserVisitor, count: int) -> None:
    await expect(visitor.launcher).to_contain_text(str(count))


async def _panel(visitor: BrowserVisitor) -> Frame:
    handle = await visitor.page.locator("iframe[title=Chat]").element_handle()
    frame = await handle.content_frame() if handle else None
    assert frame is not None
    return frame


async def _streams(server: TaliaServer, count: int) -> None:
    async with asyncio.timeout(20), httpx.AsyncClient(base_url=server.url) as client:
        # The server lives in another thread, and says it only when asked.
        while f"talia_streams_open {count}.0" not in (await client.get("/metrics")).text:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
