"""Lines break, tabs multiply, servers die: the visitor sees one conversation, whole, each message once."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import psycopg
from playwright.async_api import BrowserType, expect

from tests.browser.conftest import ARGUMENTS, CHROMIUM, MakeContext, Visit
from tests.browser.visitor import BrowserVisitor
from tests.fakes.upstream import FakeUpstream, Reply
from tests.faults.served import Model, Served
from tests.rigs.server import TaliaServer

LONG = " ".join(f"palabra{n}" for n in range(40)) + " fin."


async def test_the_server_is_killed_in_the_middle_of_a_reply(
    served: tuple[Served, Model], visit: Visit, database: psycopg.Connection[Any]
) -> None:
    server, model = served
    model.script(text=LONG, tokens_per_second=12)
    visitor = await visit(server.url)
    await visitor.start()
    await visitor.write("Cuéntame")
    await expect(visitor.theirs.last).to_contain_text("palabra5")
    server.process.kill()
    # What is written meanwhile waits for the server.
    await visitor.write("¿Sigues ahí?")
    await expect(visitor.panel.locator(".receipt.sending")).to_be_visible()
    await asyncio.to_thread(server.start)
    model.script(text="Sigo aquí.")
    await expect(visitor.panel.locator(".receipt.sending")).to_have_count(0, timeout=40_000)
    await expect(visitor.theirs.filter(has_text="Sigo aquí.")).not_to_have_count(0, timeout=40_000)
    await expect(visitor.panel.locator(".dots")).to_have_count(0, timeout=40_000)
    await expect(visitor.mine).to_have_text(["Cuéntame", "¿Sigues ahí?"])
    # The whole text may be on the screen before it is stored; a row tells nobody that it is there.
    async with asyncio.timeout(40):
        while database.execute("select from turns where state <> 'done'").fetchone() is not None:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    stored = [
        text
        for (text,) in database.execute(
            "select texto from mensajes where author = 'assistant' order by seq"
        ).fetchall()
    ]
    await expect(visitor.theirs).to_have_text(stored)
    assert database.execute("select count(*) from mensajes where author = 'visitor'").fetchone() == (2,)


async def test_ten_seconds_offline(
    with_model: TaliaServer,
    upstream: FakeUpstream,
    make_context: MakeContext,
    database: psycopg.Connection[Any],
) -> None:
    upstream.script(Reply(text=LONG, tokens_per_second=6))
    context = await make_context()
    visitor = await BrowserVisitor.open(context, with_model.url)
    await visitor.start()
    await visitor.write("Cuéntame")
    await expect(visitor.theirs.last).to_contain_text("palabra3")
    await context.set_offline(True)
    await expect(visitor.panel.get_by_text("Sin conexión")).to_be_visible()
    await visitor.write("Escrito sin red")
    await asyncio.sleep(10)
    await context.set_offline(False)
    await expect(visitor.panel.get_by_text("Sin conexión")).to_have_count(0)
    await expect(visitor.mine).to_have_count(2)
    await expect(visitor.theirs.first).to_have_text(LONG, timeout=20_000)
    await expect(visitor.panel.locator(".receipt.sending")).to_have_count(0, timeout=20_000)
    texts = database.execute("select texto from mensajes where author = 'visitor' order by seq").fetchall()
    assert [text for (text,) in texts] == ["Cuéntame", "Escrito sin red"]


async def test_two_tabs_agree(
    with_model: TaliaServer,
    upstream: FakeUpstream,
    make_context: MakeContext,
    database: psycopg.Connection[Any],
) -> None:
    upstream.script(Reply(text="Respuesta.", tokens_per_second=20))
    context = await make_context()
    one, two = await asyncio.gather(*(BrowserVisitor.open(context, with_model.url) for _ in range(2)))
    # Both open in the same moment, and still it is one session.
    await asyncio.gather(one.start(), two.start())
    assert database.execute("select count(*) from webchat_sessions").fetchone() == (1,)
    await one.ask("desde una")
    await two.ask("desde dos")
    for tab in (one, two):
        await expect(tab.mine).to_have_text(["desde una", "desde dos"])
        await expect(tab.theirs).to_have_text(["Respuesta.", "Respuesta."])
        assert tab.errors == []


async def test_what_could_not_be_sent_says_so_and_is_sent_on_demand_once(
    guided: TaliaServer, visit: Visit, database: psycopg.Connection[Any]
) -> None:
    visitor = await visit(guided.url)
    await visitor.start()
    await visitor.ask("Hola")
    database.execute("update conversaciones set status = 'blocked'")
    await visitor.write("¿Y ahora?")
    await expect(visitor.panel.locator(".row.failed")).to_contain_text("No se envió")
    database.execute("update conversaciones set status = 'active'")
    await visitor.panel.get_by_role("button", name="Reintentar").click()
    await expect(
        visitor.panel.locator(".row.mine").last.locator(".receipt.sent, .receipt.read")
    ).to_be_visible()
    await expect(visitor.mine).to_have_text(["Hola", "¿Y ahora?"])
    assert database.execute("select count(*) from mensajes where texto = '¿Y ahora?'").fetchone() == (1,)


async def test_a_message_that_was_not_sent_before_the_page_was_left_is_sent_by_the_next(
    guided: TaliaServer, make_context: MakeContext, database: psycopg.Connection[Any]
) -> None:
    context = await make_context()
    visitor = await BrowserVisitor.open(context, guided.url)
    await visitor.start()
    await visitor.ask("Hola")
    await context.set_offline(True)
    await visitor.write("Lo último")
    await expect(visitor.panel.locator(".receipt.sending")).to_be_visible()
    await visitor.page.close()
    await context.set_offline(False)
    again = await BrowserVisitor.open(context, guided.url)
    await again.start()
    await expect(again.mine).to_have_text(["Hola", "Lo último"])
    await expect(again.panel.locator(".receipt.sending")).to_have_count(0)
    assert database.execute("select count(*) from mensajes where texto = 'Lo último'").fetchone() == (1,)


async def test_the_conversation_survives_a_restart_of_the_browser(
    guided: TaliaServer, chromium: BrowserType, tmp_path: Path
) -> None:
    said = ""
    for start in (1, 2):
        context = await chromium.launch_persistent_context(
            tmp_path / "profile", executable_path=CHROMIUM, args=ARGUMENTS, locale="es-DO"
        )
        visitor = await BrowserVisitor.open(context, guided.url)
        await visitor.start()
        if start == 1:
            said = await visitor.ask("Hola")
        else:
            await expect(visitor.mine).to_have_text(["Hola"])
            await expect(visitor.theirs.last).to_have_text(said)
        await context.close()


async def test_going_back_finds_the_chat_as_it_was(guided: TaliaServer, visit: Visit) -> None:
    visitor = await visit(guided.url)
    await visitor.start()
    await visitor.ask("Hola")
    await visitor.page.goto(f"{guided.url}/vehiculos/bmw-x5-2021")
    await visitor.page.go_back()
    await expect(visitor.launcher).to_be_visible()
    if await visitor.launcher.get_attribute("aria-expanded") == "false":
        await visitor.launcher.click()
    await expect(visitor.mine).to_have_text(["Hola"])
    await visitor.ask("¿Sigues ahí?")
