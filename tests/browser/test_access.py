"""With a keyboard alone, with a screen reader, in any colours: the chat is the same chat."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from playwright.async_api import expect

from tests.browser.conftest import Visit
from tests.browser.visitor import BrowserVisitor
from tests.fakes.upstream import FakeUpstream, Reply, Rule
from tests.rigs.server import TaliaServer

SIXTY = (
    " ".join(["Este", "es", "un", "texto", "de", "prueba", "con", "frases", "cortas."] * 7)[:330].strip()
    + " fin."
)


async def violations(visitor: BrowserVisitor, axe: str) -> list[str]:
    """What axe-core finds on the host page and in the panel; colours are judged when motion is over."""
    await visitor.page.wait_for_timeout(250)
    found: list[str] = []
    handle = await visitor.page.query_selector("iframe[title=Chat]")
    frames = [visitor.page.main_frame, *([await handle.content_frame()] if handle else [])]
    for frame in frames:
        assert frame is not None
        await frame.evaluate(axe)
        result: dict[str, Any] = await frame.evaluate(
            "() => axe.run(document, {iframes: false, resultTypes: ['violations']})"
        )
        for violation in result["violations"]:
            found += [f"{violation['id']}: {node['html'][:140]}" for node in violation["nodes"]]
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing(guided: TaliaServer, visit: Visit, axe: str, scheme: Any) -> None:
    visitor = await visit(f"{guided.url}/vehiculos/bmw-x5-2021", color_scheme=scheme)
    await expect(visitor.launcher).to_be_visible()
    assert await violations(visitor, axe) == []
    await visitor.start()
    assert await violations(visitor, axe) == []
    await visitor.ask("Hola, ¿cuánto cuesta?")
    assert await violations(visitor, axe) == []
    await visitor.panel.get_by_role("button", name="Hablar con una persona").first.click()
    await expect(visitor.panel.locator("form.contact")).to_be_visible()
    await visitor.panel.get_by_role("button", name="Enviar mis datos").click()
    assert await violations(visitor, axe) == []
    await visitor.panel.get_by_role("button", name="Emojis").click()
    await expect(visitor.panel.get_by_role("button", name="corazón rojo")).to_be_visible()
    assert await violations(visitor, axe) == []
    await visitor.page.keyboard.press("Escape")
    await visitor.panel.get_by_role("button", name="Más opciones").click()
    assert await violations(visitor, axe) == []


@pytest.mark.parametrize("accent", ["#ffd400", "#0f766e", "#ffffff", "#000000", "#ff5a5f"])
async def test_every_accent_can_be_read(guided: TaliaServer, visit: Visit, axe: str, accent: str) -> None:
    visitor = await visit(guided.url)
    await visitor.talia(f"update({{accent: '{accent}'}})")
    await visitor.start()
    await visitor.ask("Hola, mira https://example.com/x")
    assert await violations(visitor, axe) == []


async def test_keyboard_alone(guided: TaliaServer, visit: Visit) -> None:
    visitor = await visit(guided.url)
    keyboard = visitor.page.keyboard
    await visitor.launcher.focus()
    await expect(visitor.launcher).to_have_attribute("aria-expanded", "false")
    await keyboard.press("Enter")
    await visitor.ready()
    await expect(visitor.launcher).to_have_attribute("aria-expanded", "true")
    await expect(visitor.composer).to_be_focused()
    await keyboard.type("Primera línea")
    await keyboard.press("Shift+Enter")
    await keyboard.type("segunda")
    await keyboard.press("Enter")
    await expect(visitor.mine).to_have_text(["Primera línea\nsegunda"])
    await expect(visitor.theirs).to_have_count(1)
    # Backwards from the composer: emoji, suggestions, reacting, the conversation, the header.
    seen = []
    for _ in range(10):
        await keyboard.press("Shift+Tab")
        seen.append(
            await visitor.frame_evaluate(
                "() => document.activeElement.getAttribute('aria-label') || document.activeElement.textContent"
            )
        )
    assert {"Emojis", "Conversación", "Cerrar el chat", "Más opciones", "Hablar con una persona"} <= set(seen)
    await visitor.composer.focus()
    await keyboard.press("Escape")
    await expect(visitor.launcher).to_be_focused()
    await expect(visitor.page.locator("iframe[title=Chat]")).to_be_hidden()


async def test_a_message_is_reacted_to_by_keyboard_and_it_is_heard(
    guided: TaliaServer, visit: Visit, axe: str, database: psycopg.Connection[Any]
) -> None:
    visitor = await visit(guided.url)
    keyboard = visitor.page.keyboard
    await visitor.start()
    await visitor.ask("Hola")
    await visitor.ask("¿Tienen camionetas?")
    older, newest = [visitor.panel.get_by_role("button", name="Reaccionar").nth(n) for n in (0, -1)]
    # However long the conversation is, the Tab key meets one of them.
    await expect(newest).to_have_attribute("tabindex", "0")
    await expect(older).to_have_attribute("tabindex", "-1")
    box = await newest.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    await newest.focus()
    await keyboard.press("ArrowUp")
    await expect(older).to_be_focused()
    await keyboard.press("Enter")
    offered = visitor.panel.get_by_role("group", name="Reaccionar").get_by_role("button")
    await expect(offered.first).to_be_focused()
    assert await violations(visitor, axe) == []
    await keyboard.press("ArrowRight")
    await keyboard.press("Enter")
    await expect(older).to_be_focused()
    shown = visitor.panel.locator(".row.theirs .reactions")
    await expect(shown).to_have_text("Reacciones: ❤️")
    heard = visitor.panel.locator("[role=log][aria-live=polite]")
    await expect(heard).to_contain_text("Reaccionaste con ❤️")
    stored = "select count(*) from mensajes where datos #>> '{reactions,0,emoji}' = '❤️'"
    assert database.execute(stored).fetchone() == (1,)
    await keyboard.press("Enter")
    await expect(offered.nth(1)).to_have_attribute("aria-pressed", "true")
    await offered.nth(1).click()
    await expect(shown).to_have_count(0)
    await expect(heard).to_contain_text("Quitaste ❤️")
    await keyboard.press("Enter")
    await keyboard.press("Escape")
    await expect(offered).to_have_count(0)
    await expect(visitor.composer).to_be_visible()
    assert visitor.errors == []


async def test_focus_returns_to_what_opened_the_chat_and_the_menu_keeps_it(
    guided: TaliaServer, visit: Visit
) -> None:
    visitor = await visit(f"{guided.url}/vehiculos/kia-picanto-2021")
    await expect(visitor.launcher).to_be_visible()
    opener = visitor.page.get_by_role("button", name="Chatear con el vendedor")
    await opener.focus()
    await visitor.page.keyboard.press("Enter")
    await visitor.ready()
    menu = visitor.panel.get_by_role("button", name="Más opciones")
    await menu.focus()
    await visitor.page.keyboard.press("Enter")
    await expect(visitor.panel.get_by_role("dialog", name="Más opciones")).to_be_visible()
    await visitor.page.keyboard.press("Escape")
    await expect(visitor.panel.get_by_role("dialog")).to_have_count(0)
    await expect(menu).to_be_focused()
    await visitor.page.keyboard.press("Escape")
    await expect(opener).to_be_focused()


async def test_a_new_message_takes_neither_focus_nor_scroll(
    with_model: TaliaServer, upstream: FakeUpstream, visit: Visit
) -> None:
    slow = Rule(contains="dos", reply=Reply(text="Línea.\n\n" * 60, tokens_per_second=10))
    upstream.script(slow, Reply(text="Línea.\n\n" * 30))
    visitor = await visit(with_model.url)
    await visitor.start()
    await visitor.ask("uno")
    await visitor.write("dos")
    await expect(visitor.theirs).to_have_count(2)
    await visitor.panel.get_by_role("button", name="Más opciones").focus()
    await visitor.transcript.evaluate("e => { e.scrollTop = 0; }")
    await expect(visitor.panel.get_by_role("button", name="Mensajes nuevos")).to_be_visible()
    await expect(visitor.panel.locator(".row.theirs:not(.greeting) .meta")).to_have_count(2)
    assert await visitor.transcript.evaluate("e => e.scrollTop") < 50
    await expect(visitor.panel.get_by_role("button", name="Más opciones")).to_be_focused()
    await visitor.panel.get_by_role("button", name="Mensajes nuevos").click()
    assert await visitor.transcript.evaluate("e => e.scrollHeight - e.scrollTop - e.clientHeight") < 5


async def test_a_reply_of_sixty_tokens_is_heard_whole_in_three_pieces_at_most(
    with_model: TaliaServer, upstream: FakeUpstream, visit: Visit
) -> None:
    upstream.script(Reply(text=SIXTY, tokens_per_second=40))
    visitor = await visit(with_model.url)
    await visitor.start()
    await visitor.frame_evaluate(
        "() => { const log = document.querySelector('[role=log][aria-live=polite]'); window.heard = [];"
        " new MutationObserver(list => list.forEach(m => m.addedNodes.forEach(n => window.heard.push(n.textContent))))"
        ".observe(log, {childList: true, subtree: true, characterData: true}); }"
    )
    await visitor.ask("Cuéntame", 30)
    heard: list[str] = await visitor.frame_evaluate("() => window.heard")
    assert 1 <= len(heard) <= 3
    assert heard[0].startswith("TalIA: ")
    assert " ".join(heard).removeprefix("TalIA: ") == SIXTY
    assert await visitor.transcript.get_attribute("aria-live") == "off"


async def test_from_right_to_left(guided: TaliaServer, visit: Visit, axe: str) -> None:
    visitor = await visit(guided.url)
    await visitor.talia("setLocale('en-XB')")
    await visitor.start()
    await visitor.ask("Hello")
    assert await visitor.frame_evaluate("() => document.documentElement.dir") == "rtl"
    mine, theirs = await visitor.mine.bounding_box(), await visitor.theirs.bounding_box()
    assert mine is not None
    assert theirs is not None
    assert mine["x"] < theirs["x"] + theirs["width"] - mine["width"]
    close = await visitor.panel.get_by_role("button", name="Close chat").bounding_box()
    person = await visitor.panel.get_by_role("button", name="Talk to a person").first.bounding_box()
    assert close is not None
    assert person is not None
    assert close["x"] < person["x"]
    assert await violations(visitor, axe) == []
