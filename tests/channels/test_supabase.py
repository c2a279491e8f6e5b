"""One whole visit where the database is a Supabase project: everything goes through PostgREST."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.channels.conftest import MakeVisitor, model_at, quiet_settings
from tests.channels.screen import Screen
from tests.fakes.upstream import Call, FakeUpstream, Fault, Reply, Rule
from tests.rigs.postgrest import Gateway
from tests.rigs.server import TaliaServer


@pytest.fixture
def server(supabase_project: Gateway, upstream: FakeUpstream, tmp_path: Path) -> Iterator[TaliaServer]:
    key = supabase_project.key
    project = {"supabase_url": supabase_project.url, "supabase_service_role_key": key}
    with TaliaServer(quiet_settings(None, tmp_path, **project, **model_at(upstream))) as running:
        yield running


async def test_a_whole_visit(
    server: TaliaServer,
    upstream: FakeUpstream,
    make_visitor: MakeVisitor,
    supabase_project: Gateway,
    admin: psycopg.Connection[Any],
) -> None:
    ana = make_visitor(server)
    version = (await ana.open(locale="es", item={"title": "Corolla", "price": 1250000}))["site"]["consents"][
        "version"
    ]

    upstream.script(Reply(text="Hola, ¿qué busca?"))
    first = await ana.say("Hola", client_message_id="m-1")
    assert first.json()["reply"] == "Hola, ¿qué busca?"
    again = await ana.say("Hola", client_message_id="m-1")
    assert again.json() == first.json() | {"metadata": first.json()["metadata"] | {"duplicate": True}}
    other = await ana.say("Otra cosa", client_message_id="m-1")
    assert (other.status_code, other.json()["code"]) == (409, "message.id_reused")

    call = Call(name="save_contact", arguments='{"name":"Ana","email":"[EMAIL_1]","phone":null}')
    upstream.script(
        Rule(has_tool_result=True, reply=Reply(text="Le escribo a [EMAIL_1]. " * 5, tokens_per_second=60)),
        Reply(tool_calls=(call,)),
    )
    async with ana.stream("Soy Ana, ana@example.com") as stream:
        events = [event async for event in stream]
    assert Screen.after(events).texts[1] == "Le escribo a ana@example.com. " * 5
    for k in range(0, len(events) + 1, 3):
        screen = await Screen.after(events[:k], "2").resume(ana)
        assert screen.texts == ["Soy Ana, ana@example.com", "Le escribo a ana@example.com. " * 5]

    upstream.script(
        Reply(text="Eso no se verá nunca entero.", tokens_per_second=100, fault=Fault(kind="cut", at=3))
    )
    async with ana.stream("¿Y el precio?") as stream:
        shown = await Screen().follow(stream)
    assert "chat.reply.restarted" in shown.types

    consent = {"purpose": "contact", "granted": True, "text_version": version, "locale": "es"}
    saved = await ana.request("POST", "/contact", json={"phone": "809 555 1234", "consents": [consent]})
    expected = {"name": "Ana", "email": "ana@example.com", "phone": "+18095551234", "identity": "claimed"}
    assert saved.json() == expected
    assert (await ana.request("POST", "/read", json={"up_to_seq": 6})).status_code == 204
    assert (await ana.request("POST", "/handoff", json={"summary": "Quiere ir hoy"})).json()["requested"]
    assert (await ana.request("POST", "/rating", json={"rating": 5})).status_code == 204
    page = await ana.history()
    assert [m["seq"] for m in page["data"]] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [m["context"]["text"] for m in page["data"]][5] == shown.texts[1]
    turns = admin.execute("select source, state from turns order by created_at").fetchall()
    assert turns == [("model", "done"), ("model", "done"), ("guided", "done")]

    assert (await ana.request("DELETE", "/session")).status_code == 204
    assert (await ana.request("GET", f"/history/{ana.session_id}")).status_code == 401
    [(left,)] = admin.execute(
        "select (select count(*) from mensajes) + (select count(*) from contactos)"
    ).fetchall()
    assert left == 0
    assert any(target.endswith("/rpc/registrar_mensaje_webchat") for target in supabase_project.seen)
