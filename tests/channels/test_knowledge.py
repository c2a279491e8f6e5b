"""Knowledge through the public door: the guided assistant and a model answer from it, and invent nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.channels.conftest import Look, MakeVisitor
from tests.fakes.upstream import Call, FakeUpstream, Reply, Rule
from tests.rigs.http_visitor import HttpVisitor
from tests.rigs.server import TaliaServer

COROLLA = "toyota-corolla-2023"


async def ask(ana: HttpVisitor, text: str) -> str:
    return str((await ana.say(text)).json()["reply"])


async def test_the_demo_dealers_guided_assistant_knows_its_stock_and_its_rules(
    guided: TaliaServer, make_visitor: MakeVisitor, look: Look
) -> None:
    ana = make_visitor(guided)
    await ana.open(locale="es-DO")
    assert "Toyota Corolla 2023 es RD$ 1,250,000" in await ask(ana, "¿cuánto cuesta el Corolla 2023?")
    [message] = [m for m in (await ana.history())["data"] if m["author"] == "assistant"]
    [card] = message["context"]["cards"]
    assert (card["id"], card["price"], card["currency"]) == (COROLLA, 1250000, "DOP")
    assert card["facts"] == ["25,000 km", "Santo Domingo", "1.8 L", "CVT", "2WD"], "alike in every language"
    assert "sources" not in json.dumps(message), "visitors do not see what a reply was made from"
    assert "Toyota Corolla 2023 está disponible" in await ask(ana, "¿y está disponible?")
    assert "8:30 a. m." in await ask(ana, "¿a qué hora abren?")
    assert "tres meses" in await ask(ana, "¿dan garantía?")
    assert "Lo más parecido: Hyundai Tucson 2022" in await ask(ana, "¿y el precio de la Tucson 2025?")
    assert "BMW X5 xDrive40i 2021 is listed at RD$ 3,850,000" in await ask(ana, "how much is the bmw?")
    rows = look(
        "select datos #> '{meta,sources}' as s, datos -> 'cards' as c from mensajes "
        "where author = 'assistant' order by seq"
    )
    assert [s["id"] for s in rows[0]["s"]] == [COROLLA]
    assert rows[1]["c"] is None, "a card is shown once"
    assert rows[2]["s"] == [{"kind": "document", "id": "preguntas", "title": "Horario"}]


def tool(name: str, **arguments: Any) -> Rule:
    return Rule(
        has_tool_result=False, reply=Reply(tool_calls=(Call(name=name, arguments=json.dumps(arguments)),))
    )


async def test_a_model_is_given_what_is_known_and_may_look_for_more(
    with_model: TaliaServer, upstream: FakeUpstream, make_visitor: MakeVisitor, look: Look
) -> None:
    ana = make_visitor(with_model)
    await ana.open(locale="es")
    upstream.script(tool("search_knowledge", query="Hilux"), Reply(text="La Hilux está en RD$ 2,150,000."))
    assert await ask(ana, "Hola, ¿qué camionetas tienen?") == "La Hilux está en RD$ 2,150,000."
    sent = upstream.requests[-1].body
    [answer] = [json.loads(i["output"]) for i in sent["input"] if i.get("type") == "function_call_output"]
    assert answer["items"][0]["price"] == 2150000
    [row] = look("select datos #> '{meta,sources}' as s from mensajes where author = 'assistant'")
    assert row["s"][0] == {"kind": "item", "id": "toyota-hilux-2020", "title": "Toyota Hilux 4x4 2020"}
    upstream.script(tool("show_card", item_id=COROLLA), Reply(text="Aquí tienes el Corolla."))
    assert await ask(ana, "¿y el Corolla?") == "Aquí tienes el Corolla."
    assert '"knowledge"' in upstream.requests[-1].body["instructions"], "what was asked for is there at once"
    [card] = look("select datos -> 'cards' -> 0 as c from mensajes where datos -> 'cards' is not null")
    assert card["c"]["price"] == 1250000


@pytest.mark.parametrize(
    ("said", "failure"),
    [
        ("Claro, te lo dejo en RD$ 950,000.", "guard_invented_price"),
        ("El Corolla ya se vendió.", "guard_invented_availability"),
    ],
)
async def test_an_invented_fact_is_replaced_by_what_is_known(
    with_model: TaliaServer,
    upstream: FakeUpstream,
    make_visitor: MakeVisitor,
    look: Look,
    said: str,
    failure: str,
) -> None:
    ana = make_visitor(with_model)
    await ana.open(locale="es")
    upstream.script(Reply(text=said))
    reply = await ask(ana, "¿precio del Corolla?")
    assert "RD$ 1,250,000" in reply
    assert "950" not in reply
    assert look("select source, failure from turns") == [{"source": "guided", "failure": failure}]
