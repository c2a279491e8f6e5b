"""The whole conversation, as a visitor has it: with the guided assistant, and streamed from a model."""

from __future__ import annotations

import json
from typing import Any

import psycopg
from playwright.async_api import expect

from tests.browser.conftest import MakeContext, Visit
from tests.browser.visitor import BrowserVisitor
from tests.fakes.upstream import FakeUpstream, Reply
from tests.rigs.server import TaliaServer

MARKED = "Tenemos **tres** opciones:\n\n- *Corolla*\n- Civic\n\nMás en [la ficha](https://motors.example/x)."


async def test_from_the_vehicle_page_to_a_lead(
    guided: TaliaServer, visit: Visit, database: psycopg.Connection[Any]
) -> None:
    visitor = await visit(f"{guided.url}/vehiculos/toyota-corolla-2023?utm_source=feria&gclid=abc")
    await visitor.page.get_by_role("button", name="Chatear con el vendedor").click()
    await expect(visitor.panel.locator(".about")).to_contain_text("Toyota Corolla 2023")
    await expect(visitor.panel.locator(".about")).to_contain_text("RD$1,250,000")
    await expect(visitor.composer).to_have_value(
        "Hola, me interesa el Toyota Corolla 2023. ¿Está disponible?"
    )
    await expect(visitor.composer).to_be_focused()
    await visitor.composer.press("Enter")
    await expect(visitor.mine).to_have_count(1)
    await expect(visitor.theirs.last).to_contain_text("Corolla")
    await expect(visitor.panel.locator(".receipt.read")).to_be_visible()
    assert "Ana" in await visitor.ask("Me llamo Ana Pérez")

    await visitor.panel.get_by_role("button", name="Hablar con una persona").first.click()
    form = visitor.panel.locator("form.contact")
    await expect(form).to_be_visible()
    # What was said already is not asked again.
    await expect(form.locator("input[name=name]")).to_have_count(0)
    await form.get_by_label("Correo electrónico").fill("no es un correo")
    await form.get_by_role("button", name="Enviar mis datos").click()
    await expect(form.get_by_label("Correo electrónico")).to_be_focused()
    await expect(form.get_by_text("Escribe un correo como")).to_be_visible()
    await form.get_by_label("Correo electrónico").fill("ana@example.com")
    await form.locator("input[name=consent]").check()
    assert not await form.locator("input[name=marketing]").is_checked()
    await form.get_by_role("button", name="Enviar mis datos").click()
    await expect(visitor.panel.locator(".saved")).to_be_visible()

    row = database.execute(
        "select k.nombre_completo, k.email, k.identity, k.first_touch, c.taggable_info, c.handler"
        " from contactos k join conversaciones c on c.contacto_id = k.id"
    ).fetchone()
    assert row is not None
    name, email, identity, touch, item, handler = row
    assert (name, email, identity, handler) == ("Ana Pérez", "ana@example.com", "claimed", "queue")
    assert (touch["utm_source"], touch["gclid"]) == ("feria", "abc")
    assert (item["id"], item["price"]) == ("toyota-corolla-2023", 1250000)
    granted = database.execute(
        "select purpose, source from consents where granted order by purpose"
    ).fetchall()
    assert ("contact", "form") in granted
    assert "marketing" not in {purpose for purpose, _ in granted}
    assert visitor.errors == []
    assert visitor.outside == []


async def test_a_streamed_reply_grows_and_is_drawn_from_a_safe_subset(
    with_model: TaliaServer, upstream: FakeUpstream, visit: Visit
) -> None:
    upstream.script(Reply(text=MARKED, tokens_per_second=12))
    visitor = await visit(with_model.url)
    await visitor.start()
    await visitor.write("¿Qué hay?")
    await expect(visitor.theirs.last).to_contain_text("Tenemos")
    assert "ficha" not in await visitor.theirs.last.inner_text()
    await expect(visitor.theirs.last).to_contain_text("la ficha (motors.example)", timeout=15_000)
    await expect(visitor.theirs.last.locator("strong")).to_have_text("tres")
    await expect(visitor.theirs.last.locator("li")).to_have_count(2)
    link = visitor.theirs.last.locator("a")
    assert await link.get_attribute("rel") == "noopener noreferrer nofollow ugc"
    assert visitor.errors == []


async def test_reload_and_a_new_tab_show_the_same_conversation(
    guided: TaliaServer, make_context: MakeContext
) -> None:
    context = await make_context()
    visitor = await BrowserVisitor.open(context, guided.url)
    await visitor.start()
    said = await visitor.ask("Hola, ¿tienen camionetas?")
    await visitor.composer.fill("a medio escribir")
    await visitor.page.goto(f"{guided.url}/vehiculos/toyota-hilux-2020")
    await visitor.start()
    await expect(visitor.theirs.last).to_have_text(said)
    await expect(visitor.composer).to_have_value("a medio escribir")

    second = await BrowserVisitor.open(context, guided.url)
    await second.start()
    await expect(second.theirs.last).to_have_text(said)
    await expect(second.mine).to_have_text(["Hola, ¿tienen camionetas?"])


async def test_quick_replies_are_said_and_vanish(guided: TaliaServer, visit: Visit) -> None:
    visitor = await visit(f"{guided.url}/?lang=en", locale="en-US")
    await visitor.start()
    offered = visitor.panel.get_by_role("group", name="Suggested replies").get_by_role("button")
    await expect(offered).to_have_count(4)
    await offered.first.click()
    await expect(visitor.mine).to_have_text(["What's the price?"])
    await expect(visitor.panel.get_by_role("button", name="What's the price?")).to_have_count(0)
    await expect(visitor.composer).to_be_focused()


async def test_a_seller_joins_shows_cards_and_is_unread_until_looked_at(
    guided: TaliaServer, visit: Visit, database: psycopg.Connection[Any]
) -> None:
    visitor = await visit(guided.url)
    await visitor.start()
    await visitor.ask("Hola")
    await visitor.panel.get_by_role("button", name="Cerrar el chat").click()
    await expect(visitor.launcher).to_be_focused()
    _as_seller(database, "agent.joined", "system")
    cards = [
        {
            "type": "vehicle",
            "title": "Honda Civic 2022",
            "price": 1395000,
            "currency": "DOP",
            "image": f"{guided.url}/demo/cars/honda-civic-2022.svg",
            "url": f"{guided.url}/vehiculos/honda-civic-2022",
            "facts": ["31,000 km", "Santiago"],
        },
        {"type": "vehicle", "title": "Ajeno", "image": "https://tracker.example/pixel.png"},
        {
            "type": "location",
            "title": "Sucursal",
            "address": "Av. 27 de Febrero 100",
            "url": "https://maps.example/x",
        },
    ]
    _as_seller(database, "Mira este.", "seller", cards=cards)
    # The page comes back: what came meanwhile is unread.
    await visitor.page.reload()
    await expect(visitor.launcher.locator("b")).to_have_text("1")
    await expect(visitor.launcher).to_have_attribute("aria-label", "Abrir el chat, 1 mensaje sin leer")
    assert (await visitor.page.title()).startswith("(1) ")

    await visitor.start()
    await expect(visitor.panel.get_by_role("heading", name="María Rodríguez")).to_be_visible()
    await expect(visitor.panel.get_by_text("María Rodríguez se unió a la conversación")).to_be_visible()
    card = visitor.panel.locator(".card", has_text="Honda Civic 2022")
    await expect(card).to_contain_text("RD$1,395,000")
    await expect(card).to_contain_text("31,000 km · Santiago")
    assert await card.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
    await expect(visitor.panel.locator(".card", has_text="Ajeno").locator("img")).to_have_count(0)
    await expect(visitor.panel.locator(".place")).to_contain_text("Abrir en el mapa (maps.example)")
    await expect(visitor.launcher.locator("b")).to_have_text("")
    assert not (await visitor.page.title()).startswith("(")
    assert visitor.outside == []


async def test_erase_me(guided: TaliaServer, visit: Visit, database: psycopg.Connection[Any]) -> None:
    visitor = await visit(guided.url)
    await visitor.start()
    await visitor.ask("Hola, soy Ana")
    await visitor.panel.get_by_role("button", name="Más opciones").click()
    await visitor.panel.get_by_role("button", name="Borrar mis datos").click()
    await visitor.panel.get_by_role("button", name="Sí, borrar todo").click()
    await expect(visitor.panel.get_by_text("Tus datos se borraron.")).to_be_visible()
    await expect(visitor.mine).to_have_count(0)
    await expect(visitor.panel.locator(".greeting")).to_be_visible()
    assert database.execute("select count(*) from mensajes").fetchone() == (0,)
    # And one can begin anew.
    await visitor.ask("Hola otra vez")


async def test_languages_switch_in_place(guided: TaliaServer, visit: Visit) -> None:
    visitor = await visit(guided.url)
    await visitor.start()
    await visitor.panel.get_by_role("button", name="Más opciones").click()
    await visitor.panel.get_by_label("Idioma").select_option("pt")
    await expect(
        visitor.panel.get_by_label("Idioma do", exact=False).or_(visitor.panel.get_by_label("Idioma"))
    ).to_be_visible()
    await visitor.page.keyboard.press("Escape")
    await expect(visitor.composer).to_have_attribute("placeholder", "Escreva uma mensagem…")
    assert await visitor.frame_evaluate("document.documentElement.lang") == "pt"
    assert (
        "automática" in await visitor.ask("Olá, tudo bem?") or "Olá" in await visitor.theirs.last.inner_text()
    )


def _as_seller(database: psycopg.Connection[Any], text: str, author: str, **data: Any) -> None:
    """What the inbox does: a message of a seller, or of the system about one, straight into the conversation."""
    maria = {"uuid": None, "name": "María Rodríguez", "avatar": None}
    data |= {"metadata": [{"event": text, "agent": maria}]} if author == "system" else {"sender": maria}
    database.execute("update conversaciones set last_seq = last_seq + 1, handler = 'seller'")
    database.execute(
        "insert into mensajes (site_id, conversacion_id, seq, direccion, author, tipo_contenido, texto, datos)"
        " select site_id, id, last_seq, 'saliente', %s, %s, %s, %s from conversaciones",
        (author, "system" if author == "system" else "text", text, json.dumps(data)),
    )
