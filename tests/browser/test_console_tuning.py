"""An admin tunes the assistant without fear: tries it out, replays, is refused, mends, lets it out, takes it back."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from typing import Any

import psycopg
import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import MakeContext, Visit
from tests.browser.test_console_access import violations
from tests.browser.test_console_admin import Team, stored
from tests.fakes.upstream import Asked, Call, FakeUpstream, Reply, Rule
from tests.rigs.http_visitor import HttpVisitor
from tests.rigs.server import TaliaServer

CALM = "tone: friendly and calm"
PRICE = "¿Cuánto cuesta el Corolla 2023?"
SEARCH = Call(name="search_knowledge", arguments=json.dumps({"query": "Corolla 2023"}))


@pytest.fixture
async def team(with_model: TaliaServer, database_url: str, make_context: MakeContext) -> AsyncIterator[Team]:
    made = Team(with_model, database_url, make_context)
    yield made
    await made.close()


def by_tone(asked: Asked) -> Reply:
    rude = "blunt and cold" in asked.body["instructions"]
    return Reply(text="Ya te ayudo con eso." if rude else "Con gusto te ayudo con eso.")


async def talked(team: Team, *messages: str) -> str:
    """A conversation that a visitor has; returns its id."""
    async with HttpVisitor(team.url) as visitor:
        await visitor.open(locale="es")
        for message in messages:
            said = (await visitor.say(message)).json()["metadata"]
    return str(said["conversation_id"])


async def yesterday(team: Team, database: psycopg.Connection[Any], *messages: str) -> str:
    conversation = await talked(team, *messages)
    database.execute(
        "update conversaciones set created_at = created_at - interval '1 day', "
        "last_message_at = last_message_at - interval '1 day' where id = %s",
        [conversation],
    )
    return conversation


async def tab(page: Page, name: str) -> None:
    await page.get_by_role("navigation", name="Partes del asistente").get_by_role("link", name=name).click()


async def write_version(page: Page, tone: str, note: str, *, heard: str) -> None:
    """Changed in its field, tried out before it is saved, and saved."""
    await page.get_by_role("textbox", name="Tono").fill(tone)
    await page.get_by_role("button", name="Ensayar sin guardar").click()
    trial = page.get_by_role("dialog", name="Ensayar sin guardar")
    await trial.get_by_label("Lo que escribe el visitante").fill("Hola")
    await trial.get_by_label("Lo que escribe el visitante").press("Enter")
    await expect(trial.get_by_role("group", name="Este texto, sin guardar")).to_contain_text(heard)
    await expect(trial.get_by_role("group", name="La publicada")).to_contain_text("Con gusto")
    # Escape closes one dialog at a time.
    await trial.get_by_role("button", name="Añadir como caso").first.click()
    case = page.get_by_role("dialog", name="Añadir como caso")
    await expect(case).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(case).to_have_count(0)
    await page.keyboard.press("Escape")
    await expect(trial).to_have_count(0)
    await page.get_by_role("textbox", name="Nota").fill(note)
    await stored(page, "/prompts", page.get_by_role("button", name="Guardar borrador"))


async def run_cases(page: Page, number: int, *, passed: int) -> Locator:
    """The only case's row, of a run of that version against the shipped one."""
    await tab(page, "Pruebas")
    await page.get_by_label("Versión que se prueba").select_option(str(number))
    await stored(page, "/evals/runs", page.get_by_role("button", name="Probar", exact=True))
    await expect(page.get_by_text(f"Terminado. 2 de 2 respuestas, {passed} pasan")).to_be_visible()
    return page.get_by_role("row", name="¿Me ayudas?")


async def publish(page: Page, number: int, percent: str) -> Locator:
    dialog = page.get_by_role("dialog", name=f"Publicar: Versión {number}")
    await dialog.get_by_label("% de las conversaciones nuevas").fill(percent)
    await dialog.get_by_role("button", name="Publicar", exact=True).click()
    return dialog


async def test_a_tone_is_changed_replayed_refused_mended_published_and_taken_back(
    team: Team, upstream: FakeUpstream, database: psycopg.Connection[Any]
) -> None:
    upstream.script(by_tone)
    conversation = await yesterday(
        team, database, "Soy Gertrudis Almonte, gertrudis@correo.example", "¿Me ayudas?"
    )
    boss = team.hire("admin", "Ana Directora")
    page, _ = await team.open(boss, "assistant", width=1440, height=900)
    await page.get_by_role("button", name="Versión nueva").click()
    await write_version(page, "blunt and cold", "Más seco", heard="Ya te ayudo")
    await (
        page.get_by_role("listitem")
        .filter(has_text="Más seco")
        .get_by_role("link", name="Diferencias")
        .click()
    )
    await expect(page.locator("del")).to_have_text(CALM)
    await expect(page.locator("ins")).to_have_text("tone: blunt and cold")

    await tab(page, "Repetición")
    await page.get_by_label("Buscar en las conversaciones").fill("Me ayudas")
    listed = page.get_by_role("list", name="Conversaciones").get_by_role("link")
    await expect(page).to_have_url(re.compile("q=Me"))
    await listed.click()
    await expect(page).to_have_url(re.compile(rf"replay\?conversation={conversation}&version=1$"))
    await page.get_by_role("button", name="Repetir con: Versión 1").click()
    turns = page.get_by_role("list", name="Conversación", exact=True).locator("> li")
    await expect(turns).to_have_count(2)
    await expect(page.get_by_text("2 de 2 turnos")).to_be_visible()
    await expect(turns.first).to_contain_text("Soy Alex Prado, persona1@example.com")
    await expect(page.get_by_role("main")).not_to_contain_text("Gertrudis")
    await expect(turns.last).to_contain_text("Distinto")
    then = turns.last.get_by_role("group", name="Entonces")
    now = turns.last.get_by_role("group", name="Ahora")
    await expect(then).to_contain_text("La de fábrica")
    await expect(then.locator("del")).to_have_text("Con gusto ")
    await expect(now.locator("ins")).to_have_text("Ya ")
    await page.go_back()
    await expect(page.get_by_label("Buscar en las conversaciones")).to_have_value("Me ayudas")
    await expect(listed).to_have_count(1)
    await page.go_forward()
    upstream.script(Reply(text="Lento. " * 400, tokens_per_second=20))
    await page.get_by_role("button", name="Repetir con: Versión 1").press("Enter")
    await expect(turns).to_have_count(1)
    await page.get_by_role("button", name="Detener").press("Enter")
    await expect(page.get_by_text("Detenido")).to_be_visible()
    upstream.script(by_tone)
    await page.get_by_role("button", name="Repetir otra vez con: Versión 1").press("Enter")
    await expect(page.get_by_text("2 de 2 turnos")).to_be_visible()

    await page.get_by_role("button", name="Añadir como caso: turno 2").click()
    form = page.get_by_role("dialog", name="Añadir como caso: turno 2")
    await expect(form.get_by_label("Caso", exact=True)).to_have_value("¿Me ayudas?")
    await form.get_by_label("La respuesta contiene").fill("con gusto")
    await stored(page, "/evals/cases/from-conversation", form.get_by_role("button", name="Guardar"))
    await expect(form).to_have_count(0)
    await expect(await run_cases(page, 1, passed=1)).to_contain_text("Empeora")
    await tab(page, "Versiones")
    await page.get_by_role("button", name="Publicar: Versión 1").click()
    dialog = await publish(page, 1, "10")
    await expect(dialog.get_by_role("alert")).to_contain_text("¿Me ayudas? · no pasa")
    # From the refusal to what would end it.
    await dialog.get_by_role("link", name="Probar los casos obligatorios con: Versión 1").click()
    await expect(page.get_by_role("button", name="Probar", exact=True)).to_be_focused()
    await expect(page.get_by_label("Versión que se prueba")).to_have_value("1")
    await tab(page, "Versiones")

    await page.get_by_role("button", name="Empezar desde: Versión 1").click()
    await write_version(page, "warm and brief", "Seco, pero amable", heard="Con gusto")
    await expect(await run_cases(page, 2, passed=2)).to_contain_text("Pasa")
    await tab(page, "Versiones")
    await page.get_by_role("button", name="Publicar: Versión 2").click()
    await publish(page, 2, "10")
    await expect(page.get_by_text("A prueba: Versión 2, con el 10 %")).to_be_visible()
    await page.get_by_role("button", name="Publicar para todos").click()
    await publish(page, 2, "100")
    line = page.get_by_role("listitem").filter(has_text="Seco, pero amable")
    await expect(line).to_contain_text("Publicada")
    assert (await boss.get("/prompts"))["live"] == 2

    # Each reply names its version, and leads back to a replay with what is still a draft.
    await page.goto(f"{team.url}/console/messages/{await talked(team, 'Hola')}")
    await page.get_by_role("button", name="v2 · fake-model").click()
    await page.get_by_role("link", name="Repetir con un borrador").click()
    await expect(page.get_by_role("button", name="Repetir con: Versión 1")).to_be_focused()
    await tab(page, "Versiones")
    await page.get_by_role("button", name="Volver a la anterior").click()
    await expect(line).to_contain_text("Archivada")
    assert (await boss.get("/prompts"))["live"] == 0
    # The gate's refusal is all that the browser complained about.
    assert len(team.errors) == 1, team.errors
    assert "409" in team.errors[0]


async def test_two_versions_answer_side_by_side_for_several_turns(team: Team, upstream: FakeUpstream) -> None:
    boss = team.hire("admin", "Ana Directora")
    shipped = (await boss.get("/prompts/0"))["content"]
    await boss.post("/prompts", {"content": shipped.replace(CALM, "tone: blunt and cold"), "base": 0})
    upstream.script(by_tone)
    page, _ = await team.open(boss, "assistant/playground", width=1440, height=900)
    asked = page.get_by_label("Lo que escribe el visitante")
    await asked.fill(PRICE)
    await asked.press("Enter")
    exchange = page.get_by_role("list", name="Conversación", exact=True).locator("> li")
    draft = exchange.last.get_by_role("group", name="Versión 1")
    live = exchange.last.get_by_role("group", name="La de fábrica (la publicada)")
    await expect(draft).to_contain_text("Ya te ayudo con eso.")
    await expect(live).to_contain_text("Con gusto te ayudo con eso.")
    await expect(live).to_contain_text("tokens")
    await draft.get_by_text("Cómo se hizo").click()
    await expect(draft).to_contain_text("Toyota Corolla 2023 · RD$1,250,000")

    # Each side goes on from its own answers, and shows what its tools would have done.
    found, looks = Rule(reply=Reply(text="Listo."), has_tool_result=True), Reply(tool_calls=(SEARCH,))
    upstream.script(found, looks)
    before = len(upstream.requests)
    await asked.fill("¿Y el precio?")
    await asked.press("Enter")
    await expect(draft).to_contain_text("Listo.")
    await expect(live).to_contain_text("Listo.")
    heard = [json.dumps(one.body["input"], ensure_ascii=False) for one in upstream.requests[before:]]
    assert {("Ya te" in one, "Con gusto" in one) for one in heard} == {(True, False), (False, True)}
    await draft.get_by_text("Cómo se hizo").click()
    await expect(draft).to_contain_text("search_knowledge")
    await draft.get_by_role("button", name="Añadir como caso").click()
    form = page.get_by_role("dialog", name="Añadir como caso")
    await form.get_by_label("Caso", exact=True).fill("Precio tras una respuesta seca")
    await stored(page, "/evals/cases", form.get_by_role("button", name="Guardar"))
    (case,) = (await boss.get("/evals/cases"))["data"]
    assert [m["text"] for m in case["messages"]] == [PRICE, "Ya te ayudo con eso.", "¿Y el precio?"]

    # What is stopped stays unsaid; what fails says so, and can be asked again.
    upstream.script(Reply(text="Lento. " * 400, tokens_per_second=20))
    await asked.fill("Cuéntame todo")
    await asked.press("Enter")
    await expect(draft).to_contain_text("Lento.")
    await page.get_by_role("button", name="Detener").click()
    await expect(draft).to_contain_text("Detenido")
    await expect(asked).to_be_focused()
    upstream.script(by_tone)
    spent = {"code": "budget.site_day", "status": 429}
    await page.route("**/api/v1/playground", lambda route: route.fulfill(status=429, json=spent), times=1)
    await asked.fill("¿Sigues ahí?")
    await asked.press("Enter")
    await expect(exchange).to_have_count(4)
    await expect(exchange.last.get_by_role("alert")).to_contain_text("Los tokens de hoy se gastaron")
    await exchange.last.get_by_role("button", name="Reintentar").click()
    await expect(draft).to_contain_text("Ya te ayudo con eso.")
    await expect(live).to_contain_text("Con gusto te ayudo con eso.")
    await page.get_by_role("button", name="Empezar de nuevo").click()
    await expect(exchange).to_have_count(0)
    assert len(team.errors) == 1, team.errors
    assert "429" in team.errors[0]


async def test_without_a_model_the_catalogue_answers_with_a_card(
    guided: TaliaServer, database_url: str, make_context: MakeContext, visit: Visit
) -> None:
    team = Team(guided, database_url, make_context)
    page, _ = await team.open(
        team.hire("admin", "Ana Directora"), "assistant/playground", width=768, height=900
    )
    await expect(page.get_by_text("responde el asistente guiado")).to_be_visible()
    await page.get_by_label("Lo que escribe el visitante").fill(PRICE)
    await page.get_by_role("button", name="Preguntar").click()
    live = page.get_by_role("group", name="La de fábrica (la publicada)")
    await expect(live).to_contain_text("El precio publicado de Toyota Corolla 2023 es RD$ 1,250,000.")
    await expect(live.get_by_role("listitem").filter(has_text="RD$1,250,000").first).to_be_visible()
    # What it offers to say next is said by pressing it.
    await live.get_by_role("button", name="Hablar con una persona").click()
    await expect(live.last).to_contain_text("Pasa a una persona: lo pidió el visitante")
    # A person who was called is not called again.
    await page.get_by_label("Lo que escribe el visitante").fill("Quiero hablar con una persona")
    await page.get_by_role("button", name="Preguntar").click()
    await expect(live.last).to_contain_text("El equipo ya está avisado")
    await team.close()

    visitor = await visit(guided.url)
    await visitor.start()
    assert "1,250,000" in await visitor.ask(PRICE)
    await expect(visitor.panel.locator(".card")).to_contain_text("Toyota Corolla 2023")
    assert visitor.errors == team.errors == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
async def test_axe_finds_nothing(
    team: Team, upstream: FakeUpstream, database: psycopg.Connection[Any], axe: str, scheme: Any, width: int
) -> None:
    boss = team.hire("admin", "Ana Directora")
    shipped = (await boss.get("/prompts/0"))["content"]
    upstream.script(by_tone)
    conversation = await yesterday(team, database, "¿Me ayudas?")
    await boss.post("/prompts", {"content": shipped.replace(CALM, "tone: blunt and cold"), "base": 0})
    page, _ = await team.open(
        boss, "assistant/playground", policy=False, width=width, height=900, color_scheme=scheme
    )

    async def is_fine() -> None:
        assert await violations(page, axe) == [], page.url
        assert not await page.evaluate("() => document.documentElement.scrollWidth > innerWidth"), page.url

    await page.get_by_label("Lo que escribe el visitante").fill(PRICE)
    await page.get_by_role("button", name="Preguntar").click()
    await expect(page.get_by_text("Cómo se hizo")).to_have_count(2)
    await page.get_by_text("Cómo se hizo").first.click()
    await is_fine()
    await page.goto(f"{team.url}/console/assistant/replay")
    await expect(page.get_by_role("list", name="Conversaciones")).to_be_visible()
    await is_fine()
    await page.goto(f"{team.url}/console/assistant/replay?conversation={conversation}&version=1")
    await page.get_by_role("button", name="Repetir con: Versión 1").click()
    await expect(page.locator("ins")).to_be_visible()
    await is_fine()
    await page.get_by_role("button", name="Añadir como caso: turno 1").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await is_fine()
