"""The console's screens for what the assistant says: its knowledge and its versions."""

from __future__ import annotations

import re
import secrets
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.conftest import MakeContext
from tests.browser.test_console_access import violations
from tests.browser.test_console_admin import Team, stored
from tests.rigs.server import TaliaServer

SCREENS = (
    "knowledge",
    "knowledge/documents",
    "knowledge/try",
    "assistant",
    "assistant/compare",
    "assistant/evals",
    "assistant/releases",
)


@pytest.fixture
async def team(guided: TaliaServer, database_url: str, make_context: MakeContext) -> AsyncIterator[Team]:
    made = Team(guided, database_url, make_context)
    yield made
    await made.close()


def catalogue(text: str) -> Any:
    return {"name": "catalogo.csv", "mimeType": "application/vnd.ms-excel", "buffer": text.encode()}


async def test_a_catalogue_is_uploaded_once_its_mistakes_are_mended(team: Team) -> None:
    boss = team.hire("admin", "Ana Directora")
    page, _ = await team.open(boss, "knowledge", width=1440, height=900)
    item = f"k-{secrets.token_hex(4)}"
    await page.locator("input[type=file]").set_input_files(
        catalogue(f"id;title;price\n{item};Camioneta {item};1.250.000\n")
    )
    await page.get_by_role("button", name="Subir catálogo").click()
    await expect(page.get_by_role("row", name="Línea 2, price")).to_contain_text("thousands")
    await page.locator("input[type=file]").set_input_files(
        catalogue(f"id;title;price;currency\n{item};Camioneta {item};1250000;DOP\n")
    )
    await page.get_by_role("button", name="Subir catálogo").click()
    await expect(page.get_by_text("Listo: 1 nuevos, 0 cambiados")).to_be_visible()

    await page.get_by_label("Buscar por título o código").fill(item)
    await page.get_by_role("button", name=f"Camioneta {item}").click()
    dialog = page.get_by_role("dialog", name=f"Camioneta {item}")
    await expect(dialog.get_by_label("Código")).to_be_disabled()
    await dialog.get_by_label("Disponibilidad").select_option("sold")
    await stored(page, "/knowledge/items", dialog.get_by_role("button", name="Guardar"))
    await expect(page.get_by_role("row", name=item)).to_contain_text("Vendido")
    ((known),) = (await boss.get(f"/knowledge/items?q={item}"))["data"]
    assert (known["price"], known["currency"], known["availability"]) == (1250000, "DOP", "sold")
    await page.get_by_role("button", name=f"Camioneta {item}").click()
    await dialog.get_by_role("button", name="Borrar").click()
    sure = page.get_by_role("dialog", name=f"Borrar Camioneta {item}")
    await expect(sure.get_by_role("button", name="Cancelar")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(sure).to_have_count(0)
    await dialog.get_by_role("button", name="Borrar").click()
    await sure.get_by_role("button", name="Borrar").click()
    await expect(page.get_by_text("Nada coincide")).to_be_visible()
    # The refused file is all that the browser complained about.
    assert len(team.errors) == 1
    assert "422" in team.errors[0]


async def test_a_document_is_written_with_its_preview_and_then_found(team: Team) -> None:
    writer = team.hire("marketing", "Marta Comunica")
    page, _ = await team.open(writer, "knowledge/documents", width=1440, height=900)
    await page.get_by_role("button", name="Documento nuevo").click()
    slug = f"parqueo-{secrets.token_hex(4)}"
    await page.get_by_label("Título", exact=True).fill("Parqueo de visitantes")
    await page.get_by_label("Nombre corto").fill(slug)
    await page.get_by_role("textbox", name="Texto Los títulos").fill(
        "# Parqueo\n\nHay **doce** puestos <b>techados</b>.\n\n- Gratis\n"
    )
    preview = page.get_by_role("region", name="Vista previa")
    await expect(preview.get_by_role("heading", name="Parqueo")).to_be_visible()
    await expect(preview.locator("strong")).to_have_text("doce")
    await expect(preview.get_by_role("listitem")).to_have_text("Gratis")
    await expect(preview.get_by_text("<b>techados</b>")).to_be_visible()
    await stored(page, "/knowledge/documents", page.get_by_role("button", name="Guardar"))
    await expect(page.get_by_role("button", name="Editar Parqueo de visitantes (es)")).to_be_visible()

    await page.get_by_role("link", name="Probar").click()
    await page.get_by_label("Pregunta").fill("¿tienen parqueo?")
    await page.get_by_role("button", name="Buscar", exact=True).click()
    await expect(page.get_by_text(f"De {slug}")).to_be_visible()
    await page.get_by_role("link", name="Documentos").click()
    await page.get_by_role("button", name="Borrar Parqueo de visitantes (es)").click()
    sure = page.get_by_role("dialog", name="Borrar Parqueo de visitantes (es)")
    await expect(sure.get_by_role("button", name="Cancelar")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(sure).to_have_count(0)
    await page.get_by_role("button", name="Borrar Parqueo de visitantes (es)").click()
    await sure.get_by_role("button", name="Borrar").click()
    await expect(page.get_by_role("button", name="Editar Parqueo de visitantes (es)")).to_have_count(0)
    assert team.errors == []


async def test_a_version_is_written_compared_refused_tried_published_and_taken_back(team: Team) -> None:
    boss = team.hire("admin", "Ana Directora")
    page, _ = await team.open(boss, "assistant", width=1440, height=900)
    before = await boss.get("/prompts")
    await page.get_by_role("button", name="Versión nueva").click()
    # The form and the file are the same draft; a mistake is told where it is made.
    tone = f"formal and brief {secrets.token_hex(4)}"
    await page.get_by_label("Saludo · English").fill("")
    await page.get_by_role("textbox", name="Tono").fill(tone)
    await page.get_by_role("checkbox", name="Terminar la conversación").uncheck()
    await page.get_by_role("button", name="Guardar borrador").click()
    await expect(page.get_by_label("Saludo · English")).to_be_focused()
    await expect(page.get_by_label("Saludo · English")).to_have_accessible_description(
        re.compile("at least 1")
    )
    await page.get_by_label("Saludo · English").fill("Hi from {{site_name}}")
    await page.get_by_role("button", name="Archivo").click()
    content = page.get_by_label("Definición")
    shipped = await content.input_value()
    assert f"\ntone: {tone}\n" in shipped
    assert '\n  en: "Hi from {{site_name}}"\n' in shipped
    assert "close_conversation" not in shipped.split("---")[1]
    await content.fill(shipped.replace("display_name: TalIA", "display_name: Tali"))
    await page.get_by_role("button", name="Formulario").click()
    await expect(page.get_by_label("Nombre del asistente")).to_have_value("Tali")
    await page.get_by_role("button", name="Archivo").click()
    await content.fill((await boss.get("/prompts/0"))["content"])
    shipped = await content.input_value()
    await content.fill(shipped.replace("tone: friendly and calm", "tones: friendly"))
    await page.get_by_role("button", name="Guardar borrador").click()
    refused = page.get_by_role("alert")
    await expect(refused).to_contain_text("tones")
    await refused.get_by_role("button", name="Línea").click()
    await expect(content).to_be_focused()
    await content.fill(shipped.replace("tone: friendly and calm", f"tone: {tone}"))
    await page.get_by_label("Nota").fill("Tono más formal")
    await stored(page, "/prompts", page.get_by_role("button", name="Guardar borrador"))
    number = (await boss.get("/prompts"))["data"][0]["number"]
    line = page.get_by_role("listitem").filter(has_text=f"Versión {number}").first
    await expect(line).to_contain_text("Borrador")

    await line.get_by_role("link", name="Diferencias").click()
    await expect(page.locator("del")).to_have_text("tone: friendly and calm")
    await expect(page.locator("ins")).to_have_text(f"tone: {tone}")
    await page.get_by_role("switch", name="En una columna").press("Space")
    await expect(page.locator("ins")).to_have_text(f"tone: {tone}")

    await page.get_by_role("link", name="Pruebas").click()
    await page.get_by_role("button", name="Caso nuevo").click()
    await page.get_by_label("Caso", exact=True).fill("Saluda")
    await page.get_by_label("Lo que escribe el visitante").fill("Hola")
    await page.get_by_label("La respuesta contiene").fill("palabra que nadie dice")
    await stored(page, "/evals/cases", page.get_by_role("button", name="Guardar"))
    await page.get_by_role("button", name="Probar", exact=True).click()
    await expect(page.get_by_role("row", name="Saluda")).to_contain_text("No pasa")
    await expect(page.get_by_text("Terminado. 2 de 2 respuestas, 0 pasan")).to_be_visible()
    await page.get_by_role("row", name="Saluda").locator("summary").first.click()
    await expect(page.get_by_text("Contiene: palabra que nadie dice").first).to_be_visible()
    await page.get_by_role("link", name="Versiones").click()
    await page.get_by_role("button", name=f"Publicar: Versión {number}").click()
    dialog = page.get_by_role("dialog", name=f"Publicar: Versión {number}")
    await dialog.get_by_role("button", name="Publicar").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("Saluda · no pasa")
    await dialog.get_by_label("Motivo para publicar de todos modos").fill("Lo probamos a mano")
    await dialog.get_by_role("button", name="Publicar de todos modos").click()
    await expect(page.get_by_text(f"A prueba: Versión {number}, con el 10 %")).to_be_visible()

    await page.get_by_role("link", name="Pruebas").click()
    # Mended it passes; put away it keeps nobody from publishing, and it can be fetched back.
    await page.get_by_role("button", name="Editar el caso Saluda").click()
    await page.get_by_label("La respuesta contiene").fill("")
    await page.get_by_label("Coincide con el patrón").fill("(a+)+$")
    await page.get_by_role("button", name="Guardar").click()
    await expect(page.get_by_role("alert")).to_contain_text("(a+)+$: must not repeat")
    await page.get_by_label("Coincide con el patrón").fill("hola|ayud")
    await page.get_by_label("Idioma de la respuesta").select_option("es")
    await page.get_by_label("Criterio para un modelo que juzga").fill("Es amable")
    await page.get_by_role("button", name="Guardar").click()
    await expect(page.get_by_text("4 comprobaciones · revisión 2")).to_be_visible()
    await page.get_by_role("button", name="Probar", exact=True).click()
    await expect(page.get_by_role("row", name="Saluda").get_by_text("Pasa", exact=True)).to_be_visible()
    await expect(page.get_by_role("row", name="Saluda")).to_contain_text("1 sin comprobar")
    await page.get_by_role("button", name="Archivar el caso Saluda").click()
    await expect(page.get_by_text("Todavía no hay casos")).to_be_visible()
    await page.get_by_role("switch", name="Ver los archivados").press("Space")
    await expect(page.get_by_role("button", name="Recuperar el caso Saluda")).to_be_visible()
    await page.get_by_role("link", name="Versiones").click()
    await page.get_by_role("button", name="Publicar para todos").click()
    await stored(page, "/publish", dialog.get_by_role("button", name="Publicar"))
    await expect(line).to_contain_text("Publicada")
    assert (await boss.get("/prompts"))["live"] == number
    await page.get_by_role("button", name="Volver a la anterior").click()
    await expect(line).to_contain_text("Archivada")
    after = await boss.get("/prompts")
    assert (after["live"], after["canary"]) == (before["live"], None)
    await page.get_by_role("link", name="Publicaciones").click()
    await expect(page.get_by_text("a pesar de los casos")).to_be_visible()

    # For later, and called off; a draft that nobody wants is put away.
    draft = await boss.post(
        "/prompts", {"content": shipped.replace("friendly", f"warm {secrets.token_hex(4)}"), "base": 0}
    )
    await page.reload()
    await page.get_by_role("link", name="Versiones").click()
    name = f"Versión {draft['number']}"
    line = page.get_by_role("listitem").filter(has_text=name).first
    await page.get_by_role("button", name=f"Publicar: {name}").click()
    dialog = page.get_by_role("dialog", name=f"Publicar: {name}")
    await dialog.get_by_label("Cuándo").fill("2090-01-02T10:00")
    await stored(page, "/publish", dialog.get_by_role("button", name="Programar"))
    await expect(line).to_contain_text("Programada")
    await page.get_by_role("link", name="Publicaciones").click()
    await page.get_by_role("button", name="Cancelar la publicación").click()
    await expect(page.get_by_role("listitem").filter(has_text=name).first).to_contain_text("cancelada")
    await page.get_by_role("link", name="Versiones").click()
    await page.get_by_role("button", name=f"Archivar: {name}").click()
    await expect(line).to_contain_text("Archivada")
    await expect(line.get_by_role("button", name=re.compile("Publicar"))).to_have_count(0)
    # The gate, and the pattern.
    assert len(team.errors) == 2


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
async def test_axe_finds_nothing_on_any_of_them(team: Team, axe: str, scheme: Any, width: int) -> None:
    boss = team.hire("admin", "Ana Directora")
    page, _ = await team.open(boss, SCREENS[0], policy=False, width=width, height=900, color_scheme=scheme)
    for path in SCREENS:
        await page.goto(f"{team.url}/console/{path}")
        await expect(page.locator("main h2").first).to_be_visible()
        await expect(page.locator("main").get_by_role("status", name="Cargando…")).to_have_count(0)
        assert await violations(page, axe) == [], path
        wide: bool = await page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
        assert not wide, path
