"""The console's screens for running a site: the team and its hours, the site with the real widget, notifications."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import AsyncIterator
from typing import Any

import psycopg
import pytest
from playwright.async_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import MakeContext
from tests.browser.test_console_access import violations
from tests.rigs.server import TaliaServer
from tests.rigs.staff import Hired, HttpStaff

SCREENS = (
    "team",
    "team/hours",
    "team/targets",
    "team/replies",
    "site",
    "site/embed",
    "site/keys",
    "site/privacy",
    "notifications",
)


class Team:
    """Somebody of each role, and their browsers."""

    def __init__(self, server: TaliaServer, database_url: str, make_context: MakeContext) -> None:
        self.url = server.url
        self._make_context = make_context
        self._hired = Hired(server, database_url)
        self.errors: list[str] = []

    def hire(self, role: str, name: str) -> HttpStaff:
        return self._hired(role, name)

    async def open(
        self, who: HttpStaff, path: str, *, policy: bool = True, **options: Any
    ) -> tuple[Page, BrowserContext]:
        """Without `policy` the page lets axe-core in, which it otherwise refuses as any foreign script."""
        context = await self._make_context(**options, bypass_csp=not policy)
        token = who.headers["Authorization"].removeprefix("Bearer ")
        await context.add_init_script(f"localStorage.setItem('talia.staff.token', '{token}')")
        page = await context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        await page.goto(f"{self.url}/console/{path}")
        return page, context

    async def close(self) -> None:
        for who in self._hired.made:
            await who.close()


@pytest.fixture
async def team(guided: TaliaServer, database_url: str, make_context: MakeContext) -> AsyncIterator[Team]:
    made = Team(guided, database_url, make_context)
    yield made
    await made.close()


async def stored(page: Page, path: str, press: Locator) -> None:
    """Press what saves, and wait until the server has it."""
    async with page.expect_response(
        lambda answer: answer.url.endswith(path) and answer.request.method != "GET"
    ) as asked:
        await press.click()
    assert (await asked.value).ok


async def test_an_admin_brings_somebody_in_and_says_what_they_may(
    team: Team, make_context: MakeContext
) -> None:
    boss = team.hire("admin", "Ana Directora")
    page, _ = await team.open(boss, "team", width=1440, height=900)
    email = f"{secrets.token_hex(6)}@example.com"
    await page.get_by_label("Correo electrónico").fill(email)
    await page.get_by_label("Nombre (opcional)").fill("Nueva Vendedora")
    await page.get_by_role("button", name="Invitar").click()
    dialog = page.get_by_role("dialog", name="Copia el enlace ahora")
    link = await dialog.get_by_role("group", name="Enlace").inner_text()
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    pending = page.get_by_role("region", name="Invitaciones sin usar")
    await expect(pending.get_by_text("Nueva Vendedora")).to_be_visible()
    # Sent again, the link before opens nothing any more.
    await pending.get_by_role("button", name=f"Enviar de nuevo a {email}").click()
    again = await dialog.get_by_role("group", name="Enlace").inner_text()
    await page.keyboard.press("Escape")
    assert again != link
    link = again
    await page.get_by_label("Correo electrónico").fill("otra@example.com")
    await page.get_by_role("button", name="Invitar").click()
    await dialog.get_by_role("button", name="Cerrar").click()
    await pending.get_by_role("button", name="Retirar la invitación de otra@example.com").click()
    await page.get_by_role("dialog").get_by_role("button", name="Retirar", exact=True).click()
    await expect(pending.get_by_text("otra@example.com")).to_have_count(0)
    await expect(pending.get_by_role("listitem")).to_have_count(1)

    newcomer = await (await make_context()).new_page()
    await newcomer.goto(link)
    await newcomer.get_by_label("Contraseña nueva").fill("una frase larga y mía")
    await newcomer.get_by_role("button", name="Guardar y entrar").click()
    await expect(newcomer.get_by_role("region", name="Conversaciones")).to_be_visible()

    await page.reload()
    await expect(page.get_by_label("Rol de Nueva Vendedora")).to_be_visible()
    await expect(pending).to_have_count(0)
    await page.get_by_label("Rol de Nueva Vendedora").select_option("marketing")
    await expect(page.get_by_text("Guardado", exact=True)).to_be_visible()
    # Marketing takes no conversations.
    await expect(page.get_by_label("Conversaciones a la vez de Nueva Vendedora")).to_have_count(0)
    await page.get_by_label("Rol de Nueva Vendedora").select_option("seller")
    capacity = page.get_by_label("Conversaciones a la vez de Nueva Vendedora")
    await capacity.fill("2")
    await capacity.press("Enter")
    await expect(page.get_by_label("Conversaciones a la vez de Nueva Vendedora")).to_have_value("2")
    await page.get_by_role("button", name="Desactivar a Nueva Vendedora").click()
    await expect(page.get_by_role("button", name="Activar a Nueva Vendedora", exact=True)).to_be_visible()
    row = next(one for one in (await boss.get("/staff"))["data"] if one["email"] == email)
    assert (row["role"], row["capacity"], row["disabled"]) == ("seller", 2, True)
    assert team.errors == []


async def test_hours_deadlines_and_replies_are_the_admins_and_sellers_read_them(team: Team) -> None:
    boss, maria = team.hire("admin", "Ana Directora"), team.hire("seller", "María Rodríguez")
    page, _ = await team.open(boss, "team/hours", width=1440, height=900)
    await page.get_by_role("switch", name="Siempre abierto").press("Space")
    await page.get_by_role("button", name="Añadir turno: Lunes").click()
    await page.get_by_role("group", name="Lunes, turno 1").get_by_label("Hasta").fill("13:00")
    await page.get_by_role("button", name="Añadir turno: Lunes").click()
    second = page.get_by_role("group", name="Lunes, turno 2")
    await second.get_by_label("Desde").fill("12:00")
    await expect(page.get_by_text("Estos turnos se solapan.")).to_be_visible()
    await expect(page.get_by_role("button", name="Guardar")).to_be_disabled()
    await second.get_by_label("Desde").fill("15:00")
    await second.get_by_label("Hasta").fill("19:00")
    await page.get_by_role("button", name="Copiar a martes").click()
    await page.get_by_label("Fecha").fill("2027-01-06")
    await page.get_by_role("button", name="Añadir", exact=True).click()
    await page.get_by_role("combobox", name="Zona horaria").select_option("America/Bogota")
    await stored(page, "/chat/hours", page.get_by_role("button", name="Guardar"))
    await expect(page.get_by_text("Guardado", exact=True)).to_be_visible()
    hours = await boss.get("/chat/hours")
    shifts = [["09:00", "13:00"], ["15:00", "19:00"]]
    assert hours["hours"]["intervals"] == dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), shifts)
    assert (hours["hours"]["dates_off"], hours["time_zone"]) == (["2027-01-06"], "America/Bogota")

    await page.get_by_role("link", name="Plazos").click()
    await page.get_by_label("Primera respuesta").fill("5")
    await stored(page, "/chat/hours", page.get_by_role("button", name="Guardar"))
    await expect(page.get_by_label("Primera respuesta")).to_have_value("5")
    await page.get_by_role("link", name="Respuestas preparadas").click()
    await page.get_by_role("button", name="Respuesta nueva").click()
    await page.get_by_role("textbox", name="Atajo").fill("hola")
    await page.get_by_role("textbox", name="Español").fill("Hola {{contact_name}}")
    await page.get_by_role("textbox", name="English").fill("Hello {{contact_name}}")
    await stored(page, "/chat/canned-replies", page.get_by_role("button", name="Guardar"))
    await expect(page.get_by_text("/hola")).to_be_visible()
    assert (await boss.get("/chat/hours"))["hours"]["reply_seconds"] == 300
    (reply,) = (await maria.get("/chat/canned-replies"))["data"]
    assert (reply["shared"], set(reply["texts"])) == (True, {"es", "en"})

    seller, context = await team.open(maria, "team", width=1440, height=900)
    await expect(seller.get_by_text("Solo administración puede cambiar esto.")).to_be_visible()
    await expect(seller.get_by_role("button", name="Invitar")).to_have_count(0)
    await context.set_offline(True)
    await seller.get_by_role("link", name="Horario").click()
    await expect(seller.get_by_text("No hay respuesta del servidor")).to_be_visible()
    await context.set_offline(False)
    await expect(seller.get_by_role("group", name="Lunes, turno 1").get_by_label("Desde")).to_be_disabled()
    await seller.get_by_role("link", name="Respuestas preparadas").click()
    await expect(seller.get_by_text("/hola")).to_be_visible()
    await expect(seller.get_by_role("button", name="Editar /hola")).to_have_count(0)
    await seller.goto(f"{team.url}/console/site")
    await expect(seller.get_by_role("heading", name="Tu rol no incluye esta pantalla")).to_be_attached()


async def test_the_sites_looks_are_seen_on_the_real_widget_before_they_are_saved(team: Team) -> None:
    boss = team.hire("admin", "Ana Directora")
    page, _ = await team.open(boss, "site", width=1440, height=900)
    preview = page.frame_locator("iframe[title='Vista previa']")
    launcher = preview.locator("section[aria-label='Chat'] > button")
    await expect(launcher).to_be_visible()
    accent = page.get_by_label("Color: número")
    await accent.fill("#0f766e")
    await expect(launcher).to_have_css("background-color", "rgb(15, 118, 110)")
    await page.get_by_label("Título").fill("Mi tienda")
    panel = preview.frame_locator("iframe[title='Chat']")
    await expect(panel.get_by_text("Mi tienda").first).to_be_visible()
    # It did not take the focus from whoever is typing.
    await expect(page.get_by_label("Título")).to_be_focused()
    await page.get_by_label("Texto encima: número").fill("#0e7a70")
    await expect(page.get_by_text("El texto se leería mal")).to_be_visible()
    await expect(page.get_by_role("button", name="Guardar")).to_be_disabled()
    await page.get_by_label("Texto encima: número").fill("")
    assert (await boss.get("/site"))["appearance"] == {}
    await stored(page, "/api/v1/site", page.get_by_role("button", name="Guardar"))
    await expect(page.get_by_text("Guardado", exact=True)).to_be_visible()
    assert (await boss.get("/site"))["appearance"] == {"accent": "#0f766e", "title": "Mi tienda"}

    await page.get_by_role("link", name="En tus páginas").click()
    await expect(page.get_by_role("group", name="Una línea")).to_contain_text('data-site-key="pk_demo"')
    origins = page.get_by_role("region", name="Páginas que pueden tener el chat")
    await origins.get_by_label("Dirección").fill("www.tienda.example/coches?x=1")
    await origins.get_by_role("button", name="Añadir").click()
    await expect(origins.get_by_text("https://www.tienda.example", exact=True)).to_be_visible()
    await page.get_by_role("link", name="Claves").click()
    await page.get_by_role("button", name="Crear uno").click()
    dialog = page.get_by_role("dialog", name="Copia el secreto ahora")
    secret = await dialog.get_by_role("group").inner_text()
    assert len(secret) == 64
    await dialog.get_by_role("button", name="Cerrar").click()
    await expect(page.get_by_text("Hay uno. Desde")).to_be_visible()
    assert secret not in await page.content()
    await page.get_by_role("button", name="Cambiar la clave").click()
    replacing = page.get_by_role("dialog", name="Cambiar la clave")
    await replacing.get_by_label("La clave vieja sigue").select_option("0")
    await expect(replacing.get_by_text("no tienen chat desde este momento")).to_be_visible()
    await replacing.get_by_label("La clave vieja sigue").select_option("7")
    await expect(replacing.get_by_text("Hasta el")).to_be_visible()
    await replacing.get_by_role("button", name="Cambiar la clave").click()
    former = page.get_by_role("region", name="Claves anteriores")
    await expect(former.get_by_text("pk_demo")).to_be_visible()
    boss.headers["X-PUBLIC-KEY"] = (await boss.get("/site"))["public_key"]
    await expect(page.get_by_role("group", name="Clave pública")).to_have_text(boss.headers["X-PUBLIC-KEY"])
    await former.get_by_role("button", name="Terminar ya pk_demo").click()
    await page.get_by_role("dialog").get_by_role("button", name="Terminar ya").click()
    await expect(former).to_have_count(0)
    await page.get_by_role("link", name="Privacidad").click()
    await page.get_by_role("switch", name="Borrar por antigüedad").press("Space")
    await page.get_by_label("Días").fill("90")
    await stored(page, "/privacy/retention", page.get_by_role("button", name="Guardar"))
    await expect(page.get_by_text("Guardado", exact=True)).to_be_visible()
    assert (await boss.get("/privacy/retention"))["days"] == 90
    await expect(page.get_by_text("Textos de consentimiento, versión")).to_be_visible()
    assert team.errors == []


# The push service of a browser is somebody else's: what it answers to a subscription is all that is made up.
SUBSCRIBES = """
PushManager.prototype.subscribe = async function () {
  const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
  const text = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  const keys = {
    p256dh: text(await crypto.subtle.exportKey('raw', pair.publicKey)),
    auth: text(crypto.getRandomValues(new Uint8Array(16))),
  };
  return { toJSON: () => ({ endpoint: 'https://fcm.googleapis.com/fcm/send/test', keys }) };
};
"""


async def test_a_browser_asks_for_notifications_and_shows_them(team: Team) -> None:
    maria = team.hire("seller", "María Rodríguez")
    page, context = await team.open(maria, "notifications", width=1440, height=900)
    await context.grant_permissions(["notifications"], origin=team.url)
    await context.add_init_script(SUBSCRIBES)
    registrations: list[dict[str, Any]] = []
    devtools = await context.new_cdp_session(page)
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated", lambda event: registrations.extend(event["registrations"])
    )
    await devtools.send("ServiceWorker.enable")
    await page.reload()
    await page.get_by_role("button", name="Avisarme en este navegador").click()
    await expect(page.get_by_text("(este)")).to_be_visible()
    ((browser),) = (await maria.get("/notifications/subscriptions"))["data"]
    assert "Chrome" in browser["label"]
    known = await page.evaluate(
        "async () => { const r = await navigator.serviceWorker.getRegistration('/console');"
        " return [new URL(r.scope).pathname, r.active.state] }"
    )
    assert known[0] == "/console"

    conversation = "0192f0c1-7d3b-7aa6-bebd-0ff1e29e801d"
    news = {
        "title": "Juan espera",
        "body": "Toyota Corolla",
        "url": f"https://elsewhere.example/console/messages/{conversation}",
        "tag": conversation,
        "conversation": conversation,
    }
    delivery = {
        "origin": team.url,
        "registrationId": registrations[-1]["registrationId"],
        "data": json.dumps(news),
    }
    await devtools.send("ServiceWorker.deliverPushMessage", delivery)
    shown = """async () => {
      const worker = await navigator.serviceWorker.getRegistration('/console');
      return (await worker.getNotifications()).map((n) => [n.title, n.body, n.data.path]);
    }"""
    await page.wait_for_function(f"async () => (await ({shown})()).length > 0")
    assert await page.evaluate(shown) == [
        ["Juan espera", "Toyota Corolla", f"/console/messages/{conversation}"]
    ]
    # Clicked: the tab that is open goes there, without loading anew.
    await page.evaluate("() => { window.kept = true }")
    worker = context.service_workers[0]
    await worker.evaluate(
        """async (path) => {
          const [tab] = await clients.matchAll({ type: 'window', includeUncontrolled: true });
          tab.postMessage({ type: 'talia.open', path });
        }""",
        f"/console/messages/{conversation}",
    )
    await expect(page).to_have_url(re.compile(conversation))
    assert await page.evaluate("() => window.kept")

    await page.get_by_role("link", name="Avisos").click()
    await page.get_by_role("checkbox", name="Escribió un visitante tuyo: Navegador").uncheck()
    await page.get_by_role("switch", name="Déjame en paz").press("Space")
    await page.get_by_label("Desde").fill("21:30")
    await stored(page, "/notifications/settings", page.get_by_role("button", name="Guardar"))
    await expect(page.get_by_text("Guardado", exact=True)).to_be_visible()
    chosen = await maria.get("/notifications/settings")
    assert (chosen["quiet_from"], chosen["quiet_to"]) == ("21:30", "07:00")
    assert set(chosen["push"]) == {"waiting", "assigned"}
    await page.get_by_role("button", name=re.compile("^Quitar ")).click()
    await expect(page.get_by_text("Ningún navegador recibe avisos todavía.")).to_be_visible()


async def test_what_was_not_delivered_is_tried_again_by_an_admin(team: Team, database_url: str) -> None:
    boss, maria = team.hire("admin", "Ana Directora"), team.hire("seller", "María Rodríguez")
    with psycopg.connect(database_url, autocommit=True) as database:
        database.execute(
            "insert into deliveries (site_id, channel, kind, lane, state, failure, attempts, staff_id)"
            " select id, 'email', 'inbox', 'x', 'dead', 'smtp.550', 5, %s from sites",
            [maria.id],
        )
        page, _ = await team.open(boss, "notifications", width=1440, height=900)
        section = page.get_by_role("region", name="No se pudo entregar (1)")
        await expect(section.get_by_text("Aviso de la bandeja · Correo · María Rodríguez")).to_be_visible()
        await section.get_by_role("button", name="Reintentar").click()
        await expect(section).to_have_count(0)
        state = database.execute("select state, attempts from deliveries").fetchone()
        assert state is not None
        assert state[0] != "dead"
    seller, _ = await team.open(maria, "leads/exports", width=1440, height=900)
    await expect(seller.get_by_text("Tu rol no incluye esta pantalla")).to_be_visible()
    assert team.errors == []


async def test_the_worker_and_the_preview_may_do_nothing_else(guided: TaliaServer, team: Team) -> None:
    nobody = HttpStaff(guided.url, None)
    worker = await nobody.http.get("/console/sw.js")
    assert worker.headers["service-worker-allowed"] == "/console"
    assert worker.headers["content-security-policy"] == "default-src 'none'"
    assert worker.headers["content-type"].startswith("text/javascript")
    preview = await nobody.http.get("/console/preview")
    assert "frame-ancestors 'self'" in preview.headers["content-security-policy"]
    assert re.findall(r"<script(?![^>]*\ssrc=)", preview.text) == []
    await nobody.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
async def test_axe_finds_nothing_on_any_of_them(team: Team, axe: str, scheme: Any, width: int) -> None:
    boss = team.hire("admin", "Bartholomew Featherstonehaugh-Cholmondeley III")
    page, _ = await team.open(boss, SCREENS[0], policy=False, width=width, height=900, color_scheme=scheme)
    for path in SCREENS:
        await page.goto(f"{team.url}/console/{path}")
        await expect(page.locator("main h2").first).to_be_visible()
        assert await violations(page, axe) == [], path
        wide: bool = await page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
        assert not wide, path
        if path == "site/keys":
            await page.get_by_role("button", name="Cambiar la clave").click()
            await expect(page.get_by_role("dialog", name="Cambiar la clave")).to_be_visible()
            assert await violations(page, axe) == [], "the question before it"
