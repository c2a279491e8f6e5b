"""The catalogue and the documents over HTTP: uploads, their mistakes by line, and who may."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.rigs.server import TaliaServer
from tests.rigs.staff import HttpStaff
from tests.staff.conftest import MakeStaff

CSV = '''\
id;title;price;currency;link;facts;availability
a1;"Casa ""Sol""";125000.50;USD;https://casas.example/a1;3 habitaciones|120 m2;available
a2;Casa Luna;;;;;
'''


@pytest.fixture
async def ana(make_staff: MakeStaff) -> HttpStaff:
    return make_staff("marketing", site="other")


async def upload(ana: HttpStaff, content: str, kind: str = "text/csv", **params: str) -> Any:
    return await ana.request(
        "POST",
        "/knowledge/items/import",
        content=content.encode(),
        headers={"Content-Type": kind},
        params=params,
    )


async def test_a_catalogue_comes_as_csv_or_json(
    server: TaliaServer, ana: HttpStaff, admin: psycopg.Connection[Any]
) -> None:
    assert (await upload(ana, CSV)).json() == {"added": 2, "changed": 0, "unchanged": 0, "removed": 0}
    [first, second] = (await ana.get("/knowledge/items"))["data"]
    assert first["title"] == 'Casa "Sol"'
    assert (first["price"], first["facts"]) == (125000.5, ["3 habitaciones", "120 m2"])
    assert (second["price"], second["availability"]) == (None, None)
    answer = await upload(
        ana, '{"items": [{"id": "a1", "title": "Casa Sol"}]}', "application/json", mode="replace"
    )
    assert answer.json() == {"added": 0, "changed": 1, "unchanged": 0, "removed": 1}
    found = await ana.get("/knowledge/search", params={"q": "la casa sol"})
    assert [i["id"] for i in found["items"]] == ["a1"]
    meaning = await ana.get("/knowledge/meaning")
    assert (meaning["model"], meaning["vectors"], meaning["total"]) == (None, False, 1)
    await ana.post("/knowledge/items", {"id": "a3", "title": "Casa Mar", "price": 9}, method="PUT")
    assert (await ana.request("DELETE", "/knowledge/items/a3")).status_code == 200
    assert (await ana.request("DELETE", "/knowledge/items/a3")).json()["code"] == "knowledge.item_not_found"
    acts = admin.execute("select distinct action from audit_log where actor = %s order by 1", [ana.id])
    assert [a for (a,) in acts.fetchall()] == ["knowledge.imported", "knowledge.item_deleted"]


@pytest.mark.parametrize(
    ("content", "kind", "field", "code"),
    [
        ("id,title\na,A\na,B\n", "text/csv", "line 3.id", "twice"),
        ('id,title,price\na,A,"1,200"\n', "text/csv", "line 2.price", "float_parsing"),
        ("id,title\n,A\n", "text/csv", "line 2.id", "missing"),
        ("id,titel\n", "text/csv", "line 1", "unknown_field"),
        ("title\n", "text/csv", "line 1", "missing"),
        ("", "text/csv", "body", "empty"),
        ("id,title\na,A,B\n", "text/csv", "line 2", "too_many_cells"),
        ("id,title,url\na,A,javascript:alert(1)\n", "text/csv", "line 2.url", "url_scheme"),
        ("id,title\na,\x00\n", "text/csv", "body", "control_characters"),
        ("[1]", "application/json", "items.0", "model_type"),
        ("[{]", "application/json", "body", "json_invalid"),
        ('{"a": 1}', "application/json", "body", "not_a_list"),
        ('[{"id": "a", "title": "A", "currency": "pesos"}]', "application/json", "items.0.currency", None),
    ],
)
async def test_a_mistake_is_named_by_line_and_changes_nothing(
    ana: HttpStaff, content: str, kind: str, field: str, code: str | None
) -> None:
    before = (await ana.get("/knowledge/items"))["total"]
    answer = await upload(ana, content, kind, mode="replace")
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "knowledge.bad_catalogue")
    assert problem["errors"][0]["field"] == field
    assert code is None or problem["errors"][0]["code"] == code
    assert (await ana.get("/knowledge/items"))["total"] == before


async def test_a_catalogue_may_be_larger_than_other_bodies_but_not_endless(ana: HttpStaff) -> None:
    rows = "".join(f"big{n},Cosa número {n}\n" for n in range(5000))
    assert (await upload(ana, f"id,title\n{rows}")).json()["added"] == 5000
    assert (await upload(ana, "x" * (4 * 1024 * 1024 + 1))).status_code == 413
    assert (await upload(ana, "id,title\n", "application/xml")).status_code == 415


async def test_documents_are_kept_by_slug_and_language(ana: HttpStaff) -> None:
    guide = {"slug": "guia", "locale": "es", "title": "Guía", "body": "## Envíos\n\nEnviamos a todo el país."}
    await ana.post("/knowledge/documents", guide)
    await ana.post("/knowledge/documents", {**guide, "locale": "en", "body": "## Shipping\n\nWe ship."})
    assert [d["locale"] for d in (await ana.get("/knowledge/documents"))["data"]] == ["en", "es"]
    assert (await ana.get("/knowledge/documents/guia"))["body"] == guide["body"]
    found = await ana.get("/knowledge/search", params={"q": "¿hacen envios?", "locale": "es"})
    assert found["passages"][0]["heading"] == "Envíos"
    assert (await ana.request("DELETE", "/knowledge/documents/guia")).status_code == 200
    assert (await ana.request("GET", "/knowledge/documents/guia")).status_code == 404
    refused = await ana.request("POST", "/knowledge/documents", json={**guide, "body": "# Solo un título"})
    assert refused.json()["code"] == "knowledge.bad_document"


async def test_what_looks_like_endless_addresses_is_read_as_fast_as_any_text(ana: HttpStaff) -> None:
    """PostgreSQL's parser starts over at each of these signs: minutes for one document, a connection each."""
    body = " ".join(["_a" * 24_000, "a@1" * 16_000, "~/" * 24_000, "/." * 24_000])
    await ana.post(
        "/knowledge/documents", {"slug": "joined", "locale": "es", "title": "Zeta" + "_a" * 90, "body": body}
    )
    answer = await ana.request("GET", "/knowledge/search", params={"q": "zeta" + "_a" * 240})
    assert answer.status_code == 200
    assert answer.json()["passages"]
    assert (await ana.request("DELETE", "/knowledge/documents/joined")).status_code == 200
