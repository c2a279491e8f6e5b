"""Beside answering: the same with several conversations at once, and asking of a reply how it was made."""

from __future__ import annotations

import re
from typing import Any

from playwright.async_api import expect

from tests.browser.conftest import MakeContext
from tests.browser.seller import BrowserSeller
from tests.browser.test_console import asks_for_a_person, choosing
from tests.fakes.upstream import FakeUpstream, Reply
from tests.rigs.http_visitor import HttpVisitor
from tests.rigs.server import TaliaServer
from tests.rigs.staff import Hired

NAMES = ("Laura Peña", "Carlos Gómez", "Beatriz Santos", "Luis Ortega")


async def test_the_same_with_several_conversations(
    guided: TaliaServer, database_url: str, make_context: MakeContext
) -> None:
    hired = Hired(guided, database_url)
    maria, boss = await choosing(hired("seller", "María Rodríguez")), hired("admin", "Jefa Suárez")
    visitors = [
        await asks_for_a_person(guided.url, f"Me llamo {name}. Quiero hablar con una persona")
        for name in NAMES
    ]
    seller = await BrowserSeller.open(await make_context(), guided.url, maria)
    keys = seller.page.keyboard
    bar = seller.list.get_by_role("region", name="Lo elegido")
    # The newest is on top. One is hers already, so that only that one can be unread again.
    await seller.view("Todas")
    await seller.rows.get_by_text("Luis Ortega").click()
    await keys.press("t")
    await expect(seller.conversation.get_by_text("La llevas tú")).to_be_visible()
    await keys.press("x")
    await seller.list.get_by_role("checkbox", name="Elegir a Carlos Gómez").click(modifiers=["Shift"])
    await expect(bar).to_contain_text("3 elegidas")
    await keys.press("u")
    alert = bar.get_by_role("alert")
    await expect(alert.get_by_role("listitem")).to_have_count(2)
    for name in ("Beatriz Santos", "Carlos Gómez"):
        await expect(alert).to_contain_text(f"{name} Primero toma la conversación.")
    await expect(bar).to_contain_text("2 elegidas")

    # What could not be done is still chosen: now they are taken, and it can.
    await keys.press("a")
    await seller.page.get_by_role("dialog").get_by_role("button", name="María Rodríguez").click()
    await expect(seller.page.get_by_text("2 listas")).to_be_visible()
    await expect(bar).to_have_count(0)
    await seller.view("Mías")
    await expect(seller.rows).to_have_count(3)

    await seller.list.get_by_role("button", name="Elegir varias").click()
    await bar.get_by_role("button", name="Elegir todas las cargadas").click()
    await keys.press("g")
    await seller.page.get_by_role("dialog").get_by_label("Etiqueta").fill("feria")
    await keys.press("Enter")
    await expect(bar).to_have_count(0)
    lines = (await maria.get("/chat/conversations", params={"view": "mine", "tag": "feria"}))["data"]
    assert len(lines) == 3

    await seller.list.get_by_role("checkbox", name="Elegir a Luis Ortega").click()
    await keys.press("Escape")
    await expect(bar).to_have_count(0)
    await keys.press("x")
    await keys.press("Escape")
    await seller.list.get_by_role("button", name="Elegir varias").click()
    await bar.get_by_role("button", name="Elegir todas las cargadas").click()
    await keys.press("z")
    await seller.page.get_by_role("dialog").get_by_role("button", name="Hasta que responda").click()
    await expect(seller.rows).to_have_count(0)
    await visitors[1].say("Ya estoy")
    await expect(seller.rows).to_contain_text("Carlos Gómez")

    # A colleague takes what is chosen: it is not hers to close any more, and not shown as chosen.
    await seller.view("Todas")
    await expect(seller.rows).to_have_count(4)
    for name in ("Carlos Gómez", "Laura Peña"):
        await seller.list.get_by_role("checkbox", name=f"Elegir a {name}").click()
    laura = next(
        line["uuid"]
        for line in (await boss.get("/chat/conversations", params={"view": "all"}))["data"]
        if line["contact"]["name"] == "Laura Peña"
    )
    await boss.post(f"/chat/conversations/{laura}/take-over")
    await expect(bar).to_contain_text("1 elegida")
    await keys.press("e")
    dialog = seller.page.get_by_role("dialog")
    await dialog.get_by_label("No le interesa").check()
    await dialog.get_by_role("button", name="Cerrar conversación").click()
    await expect(seller.rows.filter(has_text="Carlos Gómez")).to_contain_text("Cerrada")
    closed = (await maria.get("/chat/conversations", params={"view": "all", "state": "closed"}))["data"]
    assert [line["outcome"] for line in closed] == ["not_interested"]
    for visitor in visitors:
        await visitor.close()
    for staff in hired.made:
        await staff.close()


async def test_a_reply_says_how_it_was_made(
    with_model: TaliaServer, upstream: FakeUpstream, database_url: str, make_context: MakeContext
) -> None:
    hired = Hired(with_model, database_url)
    boss = await choosing(hired("admin", "Ana Directora"))
    item: dict[str, Any] = {"id": "rav4", "title": "Toyota RAV4 2021", "availability": "available"}
    await boss.post("/knowledge/items", item, method="PUT")
    visitor = HttpVisitor(with_model.url)
    await visitor.open()
    upstream.script(Reply(text="¡Hola! ¿En qué te ayudo?"))
    await visitor.say("Hola")
    upstream.script(Reply(text="Sí, el Toyota RAV4 2021 está."))
    await visitor.say("¿Tienen el Toyota RAV4 2021?")
    seller = await BrowserSeller.open(await make_context(width=1440), with_model.url, boss)
    await seller.view("Bot")
    await seller.rows.click()
    origins = seller.thread.get_by_role("button", name="Cómo se hizo")
    await expect(origins.nth(0)).to_have_text("De fábrica · fake-model")
    await expect(origins.nth(1)).to_have_text("De fábrica · fake-model · 1 fuente")
    await origins.nth(1).press("Enter")
    await expect(origins.nth(1)).to_have_attribute("aria-expanded", "true")
    await expect(seller.thread.get_by_role("definition").filter(has_text="talia@")).to_be_visible()

    # From there to what it says, and to the case that keeps the next version from saying something else.
    await seller.thread.get_by_role("link", name="Toyota RAV4 2021").click()
    await expect(seller.page.get_by_role("row", name="rav4")).to_be_visible()
    await seller.page.go_back()
    await origins.nth(1).click()
    link = seller.thread.get_by_role("link", name="Repetir con un borrador")
    uuid = seller.page.url.rsplit("/", 1)[1]
    await expect(link).to_have_attribute("href", re.compile(rf"/assistant/replay\?conversation={uuid}$"))
    await seller.thread.get_by_role("link", name="Añadir a la evaluación").click()
    await expect(seller.page).to_have_url(re.compile(rf"/assistant/evals\?conversation={uuid}&upto=2$"))
    await expect(seller.page.get_by_label("Conversación real")).to_have_value(uuid)
    assert seller.errors == []
    await visitor.close()
    await boss.close()
