"""Sellers and a visitor together, each in a browser of their own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import psycopg
import pytest
from playwright.async_api import Route, expect

from tests.browser.conftest import MakeContext, Visit
from tests.browser.seller import BrowserSeller
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


async def choosing(staff: HttpStaff) -> HttpStaff:
    """One who is handed nothing, and takes what they choose."""
    await staff.post("/staff/me", {"capacity": 0}, method="PATCH")
    return staff


async def asks_for_a_person(url: str, text: str = "Quiero hablar con una persona") -> HttpVisitor:
    visitor = HttpVisitor(url)
    await visitor.open()
    await visitor.say(text)
    return visitor


async def test_two_sellers_and_a_visitor(
    guided: TaliaServer, hire: Hired, visit: Visit, make_context: MakeContext
) -> None:
    people = [await choosing(hire("seller", name)) for name in ("María Rodríguez", "Pedro Martínez")]
    maria, pedro = [await BrowserSeller.open(await make_context(), guided.url, who) for who in people]
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

    # One takes over; the other is told who, and it is not theirs to see any more.
    await maria.conversation.get_by_role("button", name="Tomar").first.click()
    await expect(visitor.panel.get_by_role("heading", name="María Rodríguez")).to_be_visible()
    await expect(pedro.conversation.get_by_text("María Rodríguez la lleva ahora")).to_be_visible()
    await expect(pedro.conversation.get_by_role("button", name="Tomar")).to_have_count(0)
    await expect(pedro.composer).to_have_count(0)
    await expect(pedro.rows).to_have_count(0)

    await maria.composer.press_sequentially("Un mom")
    await expect(visitor.panel.locator(".dots")).to_be_visible()
    await maria.send("¡Hola! Soy **María**. ¿En qué te ayudo?")
    await expect(visitor.theirs.last).to_have_text("¡Hola! Soy María. ¿En qué te ayudo?")
    # What is marked up for the visitor is marked up for her.
    for side in (visitor.theirs.last, maria.thread):
        await expect(side.locator("strong")).to_have_text("María")
    # Read is what the visitor really saw.
    await expect(maria.thread.locator("[data-read=true]").last).to_be_visible()

    await visitor.composer.press_sequentially("¿Sig")
    await expect(maria.thread.get_by_text("está escribiendo")).to_be_visible()
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


async def test_a_takeover_in_the_middle_of_a_reply(
    with_model: TaliaServer,
    upstream: FakeUpstream,
    database_url: str,
    make_context: MakeContext,
    visit: Visit,
) -> None:
    upstream.script(Reply(text="palabra " * 400, tokens_per_second=20))
    hired = Hired(with_model, database_url)
    seller = await BrowserSeller.open(
        await make_context(), with_model.url, hired("seller", "María Rodríguez")
    )
    await seller.view("Bot")
    visitor = await visit(with_model.url)
    await visitor.start()
    await visitor.write("Cuéntame todo")
    await seller.rows.click()
    # What the assistant writes is seen while it writes it; a word takes it away.
    await expect(seller.thread).to_contain_text("palabra palabra")
    await seller.page.keyboard.press("t")
    await expect(seller.thread.get_by_text("María Rodríguez tomó la conversación")).to_be_visible()
    await expect(seller.thread).not_to_contain_text("palabra palabra")
    await expect(visitor.panel.get_by_role("heading", name="María Rodríguez")).to_be_visible()
    await expect(visitor.panel.locator(".transcript")).not_to_contain_text("palabra palabra")
    await seller.send("Te cuento yo")
    await expect(visitor.theirs.last).to_have_text("Te cuento yo")
    for staff in hired.made:
        await staff.close()


async def test_the_network_is_cut_and_comes_back(
    guided: TaliaServer, hire: Hired, make_context: MakeContext
) -> None:
    maria = await choosing(hire("seller", "María Rodríguez"))
    visitor = await asks_for_a_person(guided.url)
    context = await make_context()
    seller = await BrowserSeller.open(context, guided.url, maria)
    # Nothing is theirs yet: the list begins with those who wait.
    await seller.rows.click()
    await seller.conversation.get_by_role("button", name="Tomar").first.click()
    await seller.send("Aquí estoy")
    await expect(seller.thread.get_by_text("Enviado").first).to_be_attached()

    await context.set_offline(True)
    await expect(seller.page.get_by_text("Sin conexión.")).to_be_visible()
    await visitor.say("Mientras no estabas")
    await seller.send("Escrito sin red")
    await expect(seller.thread.get_by_text("No se envió")).to_be_attached()
    await seller.composer.fill("Un borrador")

    lists = seller.lists
    await context.set_offline(False)
    await expect(seller.bubble("Mientras no estabas")).to_be_visible()
    await expect(seller.thread.get_by_text("No se envió")).to_have_count(0)
    await expect(seller.bubble("Escrito sin red")).to_have_count(1)
    await expect(seller.list.get_by_text("En vivo")).to_be_visible()
    assert seller.lists == lists
    said = (await visitor.history())["data"]
    assert [m["context"]["text"] for m in said if m["author"] == "seller"] == [
        "Aquí estoy",
        "Escrito sin red",
    ]

    # The draft is still there after going elsewhere and after a reload.
    await seller.page.reload()
    await expect(seller.composer).to_have_value("Un borrador")
    await visitor.close()


async def test_what_is_refused_stays_with_its_writer(
    guided: TaliaServer, hire: Hired, make_context: MakeContext
) -> None:
    """A colleague answers or takes it while one writes: the words are kept, and who was faster is named."""
    maria, boss = await choosing(hire("seller", "María Rodríguez")), hire("admin", "Jefa Suárez")
    visitor = await asks_for_a_person(guided.url)
    seller = await BrowserSeller.open(await make_context(), guided.url, maria)
    await seller.rows.click()
    await seller.conversation.get_by_role("button", name="Tomar").first.click()
    await expect(seller.conversation.get_by_text("La llevas tú")).to_be_visible()
    uuid = seller.page.url.rsplit("/", 1)[1]

    async def meanwhile(route: Route) -> None:
        await boss.post(f"/chat/conversations/{uuid}/take-over")
        await boss.post(f"/chat/conversations/{uuid}/messages", {"content": "Ya le contesté yo"})
        await boss.post(f"/chat/conversations/{uuid}/assign", {"to": maria.id})
        await route.continue_()

    await seller.page.route("**/messages", meanwhile, times=1)
    await seller.send("Buenas tardes")
    # Held back, with what was answered before their eyes: whether it is still to be said is theirs to decide.
    await expect(seller.thread.get_by_role("alert")).to_contain_text("Alguien respondió mientras escribías.")
    await expect(seller.bubble("Ya le contesté yo")).to_be_visible()
    said = [m["context"]["text"] for m in (await visitor.history())["data"] if m["author"] == "seller"]
    assert said == ["Ya le contesté yo"]
    await seller.thread.get_by_role("button", name="Enviar de todos modos").click()
    await expect(seller.thread.get_by_role("alert")).to_have_count(0)
    said = [m["context"]["text"] for m in (await visitor.history())["data"] if m["author"] == "seller"]
    assert said == ["Ya le contesté yo", "Buenas tardes"]

    await seller.page.route("**/messages", lambda route: route.abort())
    await seller.send("¿Le interesa?")
    await expect(seller.thread.get_by_text("No se envió")).to_be_attached()
    await seller.page.unroute("**/messages")
    await boss.post(f"/chat/conversations/{uuid}/take-over")
    await expect(seller.conversation.get_by_text("La lleva Jefa Suárez.")).to_be_visible()
    await seller.thread.get_by_role("button", name="Reintentar").click()
    await expect(seller.thread.get_by_text("La conversación la lleva Jefa Suárez.")).to_be_visible()
    await seller.thread.get_by_role("button", name="Editar").click()
    await expect(seller.composer).to_have_value("¿Le interesa?")
    await visitor.close()


async def test_canned_replies_and_buttons(
    guided: TaliaServer, hire: Hired, visit: Visit, make_context: MakeContext
) -> None:
    maria, boss = await choosing(hire("seller", "María Rodríguez")), hire("admin")
    for shortcut, text in (("hola", "Hola, soy {{seller_name}}."), ("horario", "Abrimos de 8 a 6.")):
        await boss.post("/chat/canned-replies", {"shortcut": shortcut, "texts": {"es": text}, "shared": True})
    visitor = await visit(guided.url)
    await visitor.start()
    await visitor.write("Quiero hablar con una persona")
    seller = await BrowserSeller.open(await make_context(), guided.url, maria)
    await seller.rows.click()
    await seller.composer.press_sequentially("/ho")
    await expect(seller.page.get_by_role("listbox").get_by_role("option")).to_have_count(2)
    await seller.composer.press_sequentially("la")
    await seller.composer.press("Enter")
    await expect(seller.composer).to_have_value("Hola, soy María Rodríguez.")
    await seller.conversation.get_by_role("button", name="Añadir botones o tarjeta").click()
    await seller.page.get_by_role("menuitem", name="Botón de respuesta rápida").click()
    await seller.page.get_by_label("Botón 1").fill("Mañana 10am")
    await seller.conversation.get_by_role("button", name="Tomar y enviar").click()
    await visitor.panel.get_by_role("button", name="Mañana 10am").click()
    await expect(seller.bubble("Mañana 10am").last).to_be_visible()
    await expect(visitor.theirs.last).to_have_text("Hola, soy María Rodríguez.")


async def test_whoever_may_not_see_conversations_sees_none(
    guided: TaliaServer, hire: Hired, make_context: MakeContext
) -> None:
    marketing = hire("marketing", "Marta Díaz")
    context = await make_context()
    page = await context.new_page()
    await page.goto(f"{guided.url}/console")
    token = marketing.headers["Authorization"].removeprefix("Bearer ")
    await page.evaluate("(token) => localStorage.setItem('talia.staff.token', token)", token)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(f"{guided.url}/messages")
    await expect(page.get_by_text("Tu rol no incluye esta pantalla")).to_be_visible()
    assert [url for url in asked if "/api/v1/chat/" in url] == []


async def test_signing_in_by_invitation_and_out_again(
    guided: TaliaServer, hire: Hired, make_context: MakeContext
) -> None:
    link = await hire("admin").post("/staff/invitations", {"email": "nueva@example.com", "role": "seller"})
    page = await (await make_context()).new_page()
    await page.goto(f"{guided.url}/console/accept#{link['token']}")
    await page.get_by_label("Nombre").fill("Nueva Persona")
    await page.get_by_label("Contraseña nueva").fill("una clave muy larga")
    await page.get_by_role("button", name="Guardar y entrar").click()
    await expect(page.get_by_text("En vivo")).to_be_visible()
    await page.get_by_role("button", name="Tu cuenta: Nueva Persona").click()
    await page.get_by_role("menuitem", name="Salir").click()
    await expect(page.get_by_text("Has salido.")).to_be_visible()
    await page.get_by_label("Correo electrónico").fill("nueva@example.com")
    await page.locator("input[name=password]").fill("otra cosa")
    await page.get_by_role("button", name="Entrar").click()
    await expect(page.get_by_role("alert")).to_have_text("El correo o la contraseña no son correctos.")
    await page.locator("input[name=password]").fill("una clave muy larga")
    await page.get_by_role("button", name="Entrar").click()
    await expect(page.get_by_text("En vivo")).to_be_visible()
    # The session is ended elsewhere: this tab says so instead of showing errors.
    await page.evaluate("localStorage.setItem('talia.staff.token', 'st_' + 'x'.repeat(43))")
    await page.reload()
    await expect(page.get_by_text("Tu sesión terminó. Entra de nuevo.")).to_be_visible()


async def test_what_comes_back_later(guided: TaliaServer, hire: Hired, make_context: MakeContext) -> None:
    """A view under a name, a snooze, and something to read again."""
    maria = await choosing(hire("seller", "María Rodríguez"))
    visitor = await asks_for_a_person(guided.url)
    seller = await BrowserSeller.open(await make_context(), guided.url, maria)
    page = seller.page
    await seller.rows.click()
    await seller.conversation.get_by_role("button", name="Tomar").first.click()
    await seller.view("Mías")
    await expect(seller.rows).to_have_count(1)
    await page.keyboard.press("u")
    await expect(seller.rows.get_by_text("1 sin leer")).to_be_attached()
    await seller.rows.click()
    await expect(seller.rows.get_by_text("sin leer")).to_have_count(0)
    for key, choice in (("z", "En 1 hora"), ("e", "Cerrar conversación")):
        await page.keyboard.press(key)
        await page.get_by_role("dialog").get_by_role("button", name=choice).click()
        await expect(seller.rows).to_have_count(0)
        await page.get_by_role("button", name="Deshacer").click()
        await expect(seller.conversation.get_by_text("La llevas tú")).to_be_visible()
        await expect(seller.rows).to_have_count(1)
    await page.keyboard.press("z")
    await page.get_by_role("dialog").get_by_role("button", name="Hasta que responda").click()
    await expect(seller.rows).to_have_count(0)
    # Out of the way, and not lost.
    await seller.list.get_by_role("button", name="Pospuestas 1").click()
    await expect(seller.rows).to_contain_text("Pospuesta")
    await seller.list.get_by_role("button", name="Quitar el filtro Pospuesta").click()
    await expect(seller.rows).to_have_count(0)
    await visitor.say("Ya volví")
    await expect(seller.rows).to_contain_text("Ya volví")

    await page.get_by_role("button", name="Filtros y orden").click()
    await page.get_by_role("menuitemradio", name="Caliente").click()
    await seller.list.get_by_role("button", name="Guardar vista").click()
    await page.keyboard.type("Los buenos")
    await page.keyboard.press("Enter")
    await seller.view("Todas")
    await page.reload()
    await seller.view("Los buenos")
    await expect(seller.list.get_by_role("button", name="Quitar el filtro Caliente")).to_be_visible()
    assert seller.errors == []
    await visitor.close()


async def test_a_draft_by_the_model_is_the_sellers_to_send(
    with_model: TaliaServer, upstream: FakeUpstream, database_url: str, make_context: MakeContext
) -> None:
    hired = Hired(with_model, database_url)
    maria = await choosing(hired("seller", "María Rodríguez"))
    upstream.script(Reply(text="Claro, te paso con alguien."))
    visitor = await asks_for_a_person(with_model.url, "¿Abren los domingos?")
    seller = await BrowserSeller.open(await make_context(), with_model.url, maria)
    await seller.view("Bot")
    await seller.rows.click()
    await seller.conversation.get_by_role("button", name="Tomar").first.click()
    await expect(seller.conversation.get_by_text("La llevas tú")).to_be_visible()
    upstream.script(Reply(text="Sí, los domingos de 9 a 1."))
    await seller.conversation.get_by_role("button", name="Sugerir una respuesta").click()
    await expect(seller.composer).to_have_value("Sí, los domingos de 9 a 1.")
    await expect(seller.conversation.get_by_text("Borrador de IA: revísalo.")).to_be_visible()
    await expect(seller.bubble("Sí, los domingos de 9 a 1.")).to_have_count(0)
    await visitor.close()
    await hired.made[0].close()


# As years of work would leave them; through the API they would take minutes.
MESSAGES = """
insert into mensajes (site_id, conversacion_id, seq, direccion, author, texto, delivered_at)
select site_id, id, last_seq + n, 'entrante', 'visitor', 'Mensaje número ' || n, now()
from conversaciones, generate_series(1, 5000) n where id = %(one)s;
update conversaciones set last_seq = last_seq + 5000, last_visitor_seq = last_seq + 5000 where id = %(one)s;
"""
CONVERSATIONS = """
with people as (
  insert into contactos (id, site_id, nombre_completo)
  select gen_random_uuid(), site_id, 'Persona ' || n from conversaciones, generate_series(1, 500) n where id = %(one)s
  returning id, site_id, split_part(nombre_completo, ' ', 2)::int as n)
insert into conversaciones (id, site_id, contacto_id, last_message_text, last_message_at, last_seq, last_visitor_seq)
select gen_random_uuid(), site_id, id, 'Hola', now() - make_interval(mins => n), 1, 1 from people;
"""
END_OF_THE_LIST = """(last) => {
  const list = document.querySelector('section ul[aria-label]');
  if (list) list.parentElement.scrollTop = list.parentElement.scrollHeight;
  return list?.textContent.includes(last);
}"""
# How many pixels away the message of that number is; 0 once it can be seen.
STEP_TO = """(thread, wanted) => {
  const numbered = (part) => Number(/^Mensaje número (\\d+)$/.exec(part.textContent)?.[1]);
  const rows = [...thread.querySelectorAll('[data-index]')]
    .map((row) => [[...row.querySelectorAll('*')].map(numbered).find(Boolean), row])
    .filter(([number]) => number);
  const row = rows.find(([number]) => number === wanted)?.[1];
  if (!row) return rows.some(([number]) => number < wanted) ? 600 : -1500;
  const { left, top, width, height } = row.getBoundingClientRect();
  const middle = top + height / 2;
  if (row.contains(document.elementFromPoint(left + width / 2, middle))) return 0;
  return Math.round(middle - innerHeight / 2) || 1;
}"""


async def test_five_hundred_conversations_and_five_thousand_messages(
    guided: TaliaServer, hire: Hired, make_context: MakeContext, database: psycopg.Connection[Any]
) -> None:
    maria = await choosing(hire("seller", "María Rodríguez"))
    visitor = await asks_for_a_person(guided.url)
    uuid = (await maria.get("/chat/conversations", params={"view": "all"}))["data"][0]["uuid"]
    await maria.post(f"/chat/conversations/{uuid}/take-over")
    first = (await maria.get(f"/chat/conversations/{uuid}/messages"))["data"][0]["message_id"]
    for fill in (MESSAGES, CONVERSATIONS):
        psycopg.ClientCursor(database).execute(fill, {"one": uuid})
    seller = await BrowserSeller.open(await make_context(), guided.url, maria, f"/console/messages/{uuid}")
    await expect(seller.bubble("Mensaje número 5000")).to_be_in_viewport()
    # Only what is on the screen is in the page, and what comes before arrives when it is looked for.
    assert await seller.thread.locator("[data-index]").count() < 60
    await seller.thread.hover()
    above = seller.bubble("Mensaje número 4900")
    # Rows come and go while the list is scrolled: only one that is in sight is still there at the next look.
    async with asyncio.timeout(60):
        while step := await seller.thread.evaluate(STEP_TO, 4900):
            await seller.page.mouse.wheel(0, step)
            await seller.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => done()))")
    # Whoever reads above is not torn away by what comes in below.
    await visitor.say("¿Hola?")
    await expect(seller.conversation.get_by_role("button", name="Ir a lo último")).to_be_visible()
    await expect(above).to_be_in_viewport()
    await seller.conversation.get_by_role("button", name="Ir a lo último").click()
    await expect(seller.bubble("¿Hola?")).to_be_in_viewport()

    await seller.page.goto("about:blank")
    await seller.page.goto(f"{guided.url}/console/messages/{uuid}#message-{first}")
    await expect(seller.bubble("Quiero hablar con una persona")).to_be_in_viewport()
    assert await seller.thread.locator("[data-index]").count() < 60

    await seller.view("Todas")
    await seller.page.wait_for_function(END_OF_THE_LIST, arg="Persona 500")
    assert await seller.rows.count() < 60
    await visitor.close()


async def test_a_reason_leads_to_the_words_it_rests_on(
    guided: TaliaServer, hire: Hired, make_context: MakeContext
) -> None:
    maria = await choosing(hire("seller", "María Rodríguez"))
    visitor = await asks_for_a_person(guided.url, "Quiero comprar un Honda Civic 2022 esta semana")
    await visitor.say("Quiero hablar con una persona")
    uuid = (await maria.get("/chat/conversations", params={"view": "all"}))["data"][0]["uuid"]
    await maria.post(f"/chat/conversations/{uuid}/take-over")
    # More than is loaded at first.
    for number in range(80):
        await maria.post(f"/chat/conversations/{uuid}/notes", {"content": f"Nota {number}"})
    seller = await BrowserSeller.open(
        await make_context(width=1440), guided.url, maria, f"/console/messages/{uuid}"
    )
    await expect(seller.bubble("Nota 79")).to_be_in_viewport()
    said = seller.bubble("Quiero comprar un Honda Civic 2022 esta semana")
    await seller.lead.get_by_role("button", name="Qué quiere").click()
    await expect(said).to_be_in_viewport()
    await seller.lead.get_by_role("button", name="Sí", exact=True).click()
    await expect(seller.lead.get_by_role("button", name="Sí", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    # Corrected by the seller, and true everywhere at once.
    await seller.lead.get_by_role("button", name="Corregir los datos").click()
    await seller.lead.get_by_label("Nombre").fill("Laura Peña")
    await seller.lead.get_by_role("button", name="Guardar").click()
    await expect(seller.conversation.get_by_role("heading", name="Laura Peña")).to_be_visible()
    await expect(seller.rows.first).to_contain_text("Laura Peña")
    await visitor.close()
