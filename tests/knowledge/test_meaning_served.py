"""Search by meaning as it is served: set up at the start, embedded in the background, asked for by a model's tool."""

from __future__ import annotations

import asyncio
import json
import secrets
from pathlib import Path
from typing import Any

import psycopg
import pytest

from app.knowledge import actions
from app.staff import store as staff
from tests.channels.conftest import Look, MakeVisitor, StartTalia, model_at
from tests.cli.process import run
from tests.fakes.upstream import Call, Embedding, FakeUpstream, Fault, Reply, Rule
from tests.knowledge.test_search import item
from tests.rigs.databases import Databases
from tests.rigs.folders import passable_folder
from tests.rigs.server import TaliaServer
from tests.rigs.staff import HttpStaff, open_session

LEFT = "select count(*) as n from public.knowledge_embeddings where embedded_at is null"


@pytest.fixture
def database_url(database_url: str) -> str:
    with psycopg.connect(database_url, autocommit=True) as admin:
        if admin.execute("select private.enable_vectors()").fetchone() == ("missing",):
            pytest.skip("this PostgreSQL has no pgvector")
    return database_url


def add_admin(server: TaliaServer, database_url: str) -> HttpStaff:
    email = f"{secrets.token_hex(8)}@example.com"
    rpc = server.services.wiring.rpc
    row = server.call(staff.add_staff(rpc, slug="default", email=email, role="admin"))
    with psycopg.connect(database_url, autocommit=True) as admin:
        return HttpStaff(server.url, open_session(admin, row["uuid"]), key="pk_demo")


async def embedded(boss: HttpStaff) -> dict[str, Any]:
    """What is said of it once all is embedded."""
    async with asyncio.timeout(20):
        while True:
            told: dict[str, Any] = await boss.get("/knowledge/meaning")
            if told["embedded"] == told["total"] > 0:
                return told
            await asyncio.sleep(0.02)


def asks_for(query: str) -> Rule:
    call = Call(name="search_knowledge", arguments=json.dumps({"query": query}))
    return Rule(has_tool_result=False, reply=Reply(tool_calls=(call,)))


def told(upstream: FakeUpstream) -> list[str]:
    """The documents that the tool found."""
    sent = upstream.requests[-1].body["input"]
    [output] = [json.loads(i["output"]) for i in sent if i.get("type") == "function_call_output"]
    return [d["heading"] for d in output.get("documents", [])]


async def test_a_model_finds_what_was_asked_for_in_other_words(
    database_url: str,
    start_talia: StartTalia,
    upstream: FakeUpstream,
    make_visitor: MakeVisitor,
    look: Look,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = start_talia(
        **model_at(upstream, openai_embeddings_model="small", openai_embeddings_dimensions=64)
    )
    boss = add_admin(server, database_url)
    assert (await embedded(boss))["model"] == "small/64"
    at_start = len(upstream.embeddings.asked)
    ana = make_visitor(server)
    await ana.open(locale="es")
    upstream.script(asks_for("e se estragar, [EMAIL_1]"), Reply(text="Lo cubre la garantía."))
    assert (await ana.say("e se estragar? ana@example.com")).json()["reply"] == "Lo cubre la garantía."
    assert upstream.embeddings.asked[at_start:] == [["e se estragar, [EMAIL_1]"]], (
        "once, and nobody's address"
    )
    assert told(upstream)[0] in {"Garantía", "Warranty"}
    [row] = look("select datos #> '{meta,sources}' as s from mensajes where author = 'assistant'")
    assert row["s"][0]["title"] in {"Garantía", "Warranty"}, "and the reply's source is kept"

    found = await boss.get("/knowledge/search", params={"q": "e se estragar", "locale": "pt"})
    assert [p["near"] > 0.5 for p in found["passages"][:1]] == [True]
    assert look("select pieces from work_usage where purpose = 'embeddings' order by pieces") == [
        {"pieces": 2}
    ]

    # The model for embeddings says nothing: the reply does not wait for it, and the words of the search still count.
    monkeypatch.setattr(actions, "QUERY_SECONDS", 0.05)
    upstream.embeddings.behave(Embedding(fault=Fault(kind="stall_headers")))
    upstream.script(asks_for("garantía"), Reply(text="Tres meses."))
    assert (await ana.say("¿dan garantía?")).json()["reply"] == "Tres meses."
    assert told(upstream)[0] == "Garantía"
    upstream.embeddings.behave(Embedding())

    # What is written now is embedded soon, without anybody asking for it.
    body = {"slug": "auxilio", "locale": "es", "title": "Neumático de auxilio", "body": "Viene con uno."}
    await boss.post("/knowledge/documents", body)
    assert (await embedded(boss))["failed"] == 0
    found = await boss.get("/knowledge/search", params={"q": "se me pinchó la goma"})
    assert found["passages"][0]["document"] == "auxilio"
    await boss.close()


async def test_the_command_line_sets_it_up_and_embeds_at_once(
    databases: Databases, upstream: FakeUpstream
) -> None:
    with (
        databases.fresh() as url,
        psycopg.connect(url, autocommit=True) as admin,
        passable_folder() as folder,
    ):
        site = admin.execute("select public.ensure_site('a', 'A', 'pk_a', '[]', '{}') ->> 'id'").fetchone()
        assert site is not None
        for one in (item("a", "Estepe"), item("b", "Corolla")):
            admin.execute("select private.put_item(%s, %s)", [site[0], json.dumps(one)])

        def embed(folder: Path = folder) -> tuple[int, str]:
            done = run(
                folder,
                *("knowledge", "embed"),
                database_url=url,
                openai_base_url=upstream.base_url,
                openai_embeddings_model="small",
            )
            return done.returncode, done.stdout + done.stderr

        code, said = await asyncio.to_thread(embed)
        there = admin.execute("select from pg_available_extensions where name = 'vector'").fetchone()
        if there is None:
            assert (code, "install pgvector" in said, upstream.embeddings.asked) == (2, True, []), said
            return
        assert (code, said) == (0, "2 text(s) embedded\n")
        assert admin.execute("select count(*) from public.knowledge_vectors").fetchone() == (2,)
