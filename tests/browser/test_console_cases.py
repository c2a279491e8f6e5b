"""Cases as an admin keeps them: what is known in one, what became of it, which a run plays, how often they pass."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from itertools import cycle
from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.conftest import MakeContext
from tests.browser.test_console_access import violations
from tests.browser.test_console_admin import Team, stored
from tests.fakes.upstream import Asked, FakeUpstream, Reply
from tests.rigs.server import TaliaServer
from tests.rigs.staff import HttpStaff

PRICE = "¿Cuánto cuesta el Corolla 2023?"
GOOD, VAGUE = "Cuesta 999 pesos.", "Con gusto te ayudo."


@pytest.fixture
async def team(with_model: TaliaServer, database_url: str, make_context: MakeContext) -> AsyncIterator[Team]:
    made = Team(with_model, database_url, make_context)
    yield made
    await made.close()


async def drafts(boss: HttpStaff, *tones: str) -> None:
    shipped = (await boss.get("/prompts/0"))["content"]
    for tone in tones:
        content = shipped.replace("tone: friendly and calm", f"tone: {tone}")
        await boss.post("/prompts", {"content": content, "base": 0})


def case(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "messages": [{"author": "visitor", "text": "Hola"}], "expect": {}, **more}


async def test_a_case_brings_its_knowledge_is_run_alone_and_shows_what_became_of_it(
    team: Team, upstream: FakeUpstream, axe: str
) -> None:
    now_and_then: Iterator[str] = cycle([GOOD, VAGUE])

    def says(asked: Asked) -> Reply:
        steady = "steady as a rock" in asked.body["instructions"]
        return Reply(text=GOOD if steady else next(now_and_then))

    upstream.script(says)
    boss = team.hire("admin", "Ana Directora")
    await drafts(boss, "warm", "brief", "steady as a rock")
    await boss.post("/evals/cases", case("Saluda"))
    await boss.post("/evals/cases", case("Se despide", blocking=False, tags=["final"]))
    page, _ = await team.open(boss, "assistant/evals", policy=False, width=1440, height=900)

    await page.get_by_role("button", name="Caso nuevo").click()
    await page.get_by_label("Caso", exact=True).fill("Precio")
    await page.get_by_label("Lo que escribe el visitante").fill(PRICE)
    await page.get_by_role("switch", name="Su propio conocimiento").press("Space")
    await page.get_by_label("Copiar un artículo del catálogo").fill("Corolla 2023")
    await page.get_by_role("button", name="Toyota Corolla 2023").click()
    item = page.get_by_role("group", name="Artículo 1")
    await expect(item.get_by_label("Precio")).to_have_value("1250000")
    await item.get_by_label("Precio").fill("999")
    await page.get_by_role("button", name="Añadir un documento").click()
    document = page.get_by_role("group", name="Documento 1")
    await document.get_by_label("Título").fill("Parqueo")
    await document.get_by_label("Texto").fill("Gratis.")
    await page.get_by_label("La respuesta contiene").fill("999")
    await page.get_by_label("Etiquetas").fill("precio, corolla")
    assert await violations(page, axe) == []
    await stored(page, "/evals/cases", page.get_by_role("button", name="Guardar"))
    kept = (await boss.get("/evals/cases"))["data"][-1]
    assert (kept["knowledge"]["items"][0]["price"], kept["tags"]) == (999, ["precio", "corolla"])
    assert kept["knowledge"]["documents"] == [{"title": "Parqueo", "body": "Gratis."}]

    # Only this one, by its tag, by four versions, several times.
    await page.get_by_role("combobox", name="Casos").select_option(label="precio (1)")
    await expect(page.get_by_text("1 obligatorios quedan fuera")).to_be_visible()
    await page.get_by_label("Cada caso").select_option("3")
    await page.locator("summary").filter(has_text="Más versiones").click()
    await page.get_by_role("checkbox", name="Versión 2").check()
    await page.get_by_role("checkbox", name="Versión 1").check()
    await stored(page, "/evals/runs", page.get_by_role("button", name="Probar", exact=True))
    row = page.get_by_role("row", name="Precio")
    await expect(page.get_by_text("Terminado. 12 de 12 respuestas")).to_be_visible()
    await expect(page.get_by_role("columnheader")).to_have_text(
        ["Caso", "Resultado", "Versión 3se prueba", "Versión 2", "Versión 1", "La de fábricareferencia"]
    )
    cells = row.get_by_role("cell")
    await expect(cells.nth(1)).to_contain_text("3 de 3")
    shaky = cells.filter(has_text="A veces")
    await shaky.first.locator("summary").click()
    await expect(shaky.first).to_contain_text("Vez 3")
    await expect(shaky.first).to_contain_text(VAGUE)
    table = (await boss.get("/evals/runs"))["data"][0]
    assert (table["cases"], table["numbers"]) == (1, [3, 2, 1, 0])
    refused = await boss.request("POST", "/prompts/3/publish", json={})
    assert [one["message"] for one in refused.json()["errors"]] == ["Saluda"]

    # Mended; the run still shows it as it was, and the history says what changed.
    await page.get_by_role("button", name="Editar el caso Precio").click()
    await expect(item.get_by_label("Precio")).to_have_value("999")
    await item.get_by_label("Precio").fill("1000")
    await page.get_by_label("La respuesta contiene").fill("1000")
    await stored(page, f"/evals/cases/{kept['id']}", page.get_by_role("button", name="Guardar"))
    await row.get_by_role("button", name="Como era: Precio").click()
    history = page.get_by_role("dialog", name="Historial: Precio")
    looked = history.get_by_role("listitem").filter(has_text="como lo tuvo esta prueba")
    await expect(looked).to_contain_text("Toyota Corolla 2023 · toyota-corolla-2023 · 999 DOP")
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Historial: Precio").click()
    await expect(history.locator("del")).to_have_text([re.compile("Corolla.* 999 DOP"), "999"])
    await expect(history.locator("ins")).to_have_text([re.compile("Corolla.* 1000 DOP"), "1000"])
    await expect(history).to_contain_text("Ana Directora")
    assert await violations(page, axe) == []
    again = history.get_by_role("button", name="Volver a usarlo: edición 1")
    await stored(page, f"/evals/cases/{kept['id']}", again)
    await expect(history).to_have_count(0)
    edits = (await boss.get(f"/evals/cases/{kept['id']}/history"))["data"]
    assert [edit["revision"] for edit in edits] == [3, 2, 1]
    assert edits[0]["knowledge"] == edits[2]["knowledge"]

    # One by one; stopped in the middle, and continued.
    upstream.script(Reply(text=GOOD, first_token_seconds=5))
    await page.get_by_role("combobox", name="Casos").select_option(label="Los elegidos…")
    await expect(page.get_by_role("button", name="Probar", exact=True)).to_be_disabled()
    await page.get_by_role("checkbox", name="Precio").check()
    await page.get_by_role("button", name="Probar", exact=True).click()
    await page.get_by_role("button", name="Detener").click()
    upstream.script(Reply(text=GOOD))
    await page.get_by_role("button", name="Continuar: faltan").click()
    await expect(page.get_by_text("Terminado. 12 de 12 respuestas, 12 pasan")).to_be_visible()
    await expect(row).to_contain_text("Pasa")
    await page.get_by_role("button", name="Publicar: Versión 3").click()
    await expect(page.get_by_role("dialog", name="Publicar: Versión 3")).to_be_visible()
    assert team.errors == []
