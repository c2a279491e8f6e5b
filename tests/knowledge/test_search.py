"""Catalogue and documents as the SQL functions keep and find them, on both transports."""

from __future__ import annotations

import asyncio
from typing import Any

import psycopg
import pytest

from app.db.rpc import Rpc
from app.errors import Forbidden, Invalid, NotFound
from app.knowledge import actions, store
from app.knowledge.matching import items_asked, passages_asked
from app.staff.types import StaffAccess
from tests.knowledge.conftest import Hire


def item(id_: str, title: str, price: float | None = None, **more: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "title": title,
        "price": price,
        "currency": "DOP" if price is not None else None,
        "image": None,
        "url": None,
        "facts": [],
        "availability": None,
    } | more


STOCK = [
    item(
        "c23", "Toyota Corolla 2023", 1250000, facts=["25,000 km", "Santo Domingo"], availability="available"
    ),
    item("c20", "Toyota Corolla 2020", 900000.5, availability="sold"),
    item("h20", "Toyota Hilux 4x4 2020", 2150000),
    item("cam", "Camión Niño 2022", None),
]


@pytest.fixture
async def stocked(rpc: Rpc, me: StaffAccess) -> StaffAccess:
    await store.import_items(rpc, me, STOCK, replace=False)
    return me


async def found_ids(rpc: Rpc, me: StaffAccess, question: str, locale: str = "es", **more: Any) -> list[str]:
    found = await store.search(rpc, site=me.site_id, query=question, locale=locale, **more)
    return [i.id for i in items_asked(found, question, more.get("item")).items]


@pytest.mark.parametrize(
    ("question", "locale", "expected"),
    [
        ("¿cuánto cuesta el Corolla 2023?", "es", ["c23"]),
        ("CUANTO VALE EL COROLLA 2020", "es", ["c20"]),
        ("how much are the corollas?", "en", ["c20", "c23"]),
        ("quanto custa o toyota hilux", "pt", ["h20"]),
        ("¿y los camiones?", "es", ["cam"]),
        ("busco un CAMION NINO", "es", ["cam"]),
        ("¿qué hay del 2023?", "es", []),
        ("'; drop table x; -- & | ! <-> :*", "es", []),
        ("\\' corolla' | \\\\", "es", ["c20", "c23"]),
        ("", "es", []),
    ],
)
async def test_items_are_found_by_what_they_are_called(
    rpc: Rpc, stocked: StaffAccess, question: str, locale: str, expected: list[str]
) -> None:
    assert sorted(await found_ids(rpc, stocked, question, locale)) == expected


async def test_what_is_talked_of_needs_no_name(rpc: Rpc, stocked: StaffAccess) -> None:
    assert await found_ids(rpc, stocked, "¿y cuánto cuesta?", item="c23") == ["c23"]
    assert await found_ids(rpc, stocked, "¿y la Hilux?", item="c23") == ["h20"]
    assert await found_ids(rpc, stocked, "¿el Corolla está disponible?", item="c23") == ["c23"]
    assert await found_ids(rpc, stocked, "¿y el Corolla 2020?", item="c23") == ["c20"]


async def test_another_year_is_not_taken_for_it(rpc: Rpc, stocked: StaffAccess) -> None:
    question = "¿precio del Hilux 2024?"
    found = await store.search(rpc, site=stocked.site_id, query=question, locale="es")
    match = items_asked(found, question, None)
    assert ([i.id for i in match.items], match.exact) == (["h20"], False)


async def test_an_import_counts_what_it_did_and_replaces_if_told(rpc: Rpc, stocked: StaffAccess) -> None:
    changed = [STOCK[0], {**STOCK[1], "price": 1}, item("new", "Nuevo")]
    done = await store.import_items(rpc, stocked, changed, replace=True)
    assert done == {"added": 1, "changed": 1, "unchanged": 1, "removed": 2}
    page = await store.call(rpc, "list_items", stocked, limit=2)
    assert ([i["id"] for i in page["data"]], page["next"], page["total"]) == (["c20", "c23"], "c23", 3)
    rest = await store.call(rpc, "list_items", stocked, after=page["next"], limit=2)
    assert ([i["id"] for i in rest["data"]], rest["next"]) == (["new"], None)
    assert (await store.call(rpc, "list_items", stocked, text="COROLLA 2020"))["data"][0]["price"] == 1


async def test_two_imports_at_once_do_not_lock_each_other_out(rpc: Rpc, me: StaffAccess) -> None:
    rows = [item(f"i{n}", f"Cosa {n}") for n in range(40)]
    await asyncio.gather(
        store.import_items(rpc, me, rows, replace=False),
        store.import_items(rpc, me, list(reversed(rows)), replace=False),
    )
    assert (await store.call(rpc, "list_items", me))["total"] == 40


def test_an_item_is_found_by_its_key_while_plans_are_made_of_empty_tables(
    admin: psycopg.Connection[Any],
) -> None:
    """An index that is newer and begins with the site would be taken for it, and an import read all for each item."""
    begin = admin.execute(
        "select i.indexrelid::regclass::text from pg_index i join pg_attribute a "
        "on a.attrelid = i.indrelid and a.attnum = i.indkey[0] "
        "where i.indrelid = 'public.knowledge_items'::regclass and a.attname = 'site_id'"
    )
    assert begin.fetchall() == [("knowledge_items_pkey",)]


GUIDE = """# Preguntas

## Horario de atención

Abrimos de 9 a 6.

## Garantía

Tres meses. Se puede ampliar.
"""


async def test_documents_answer_in_passages(rpc: Rpc, me: StaffAccess) -> None:
    await actions.save_document(rpc, me, slug="faq", locale="es", title="Preguntas", body=GUIDE)
    found = await store.search(rpc, site=me.site_id, query="¿a qué horas atienden? horario", locale="es")
    assert [p.body for p in passages_asked(found, ("horario",))] == ["Abrimos de 9 a 6."]
    found = await store.search(rpc, site=me.site_id, query="¿dan garantias?", locale="es")
    assert [p.heading for p in passages_asked(found)] == ["Preguntas · Garantía"]
    await actions.save_document(
        rpc, me, slug="faq", locale="es", title="Preguntas", body="## Garantía\n\nUn año."
    )
    found = await store.search(rpc, site=me.site_id, query="garantía", locale="es")
    assert [p.body for p in found.passages] == ["Un año."], "the old passages are gone"


async def test_sites_do_not_see_each_others_knowledge(rpc: Rpc, stocked: StaffAccess, hire: Hire) -> None:
    stranger = await hire()
    assert await found_ids(rpc, stranger, "corolla", item="c23") == []
    with pytest.raises(NotFound, match=r".*"):
        await store.call(rpc, "delete_item", stranger, item="c23")
    assert stocked.site_id in await store.sites_with_knowledge(rpc)
    assert stranger.site_id not in await store.sites_with_knowledge(rpc)


async def test_sellers_may_not(rpc: Rpc, stocked: StaffAccess, hire: Hire) -> None:
    seller = await hire("seller", of=stocked.site)
    for function, args in (
        ("list_items", {}),
        ("import_items", {"items": []}),
        ("delete_item", {"item": "c23"}),
        ("list_documents", {}),
        ("save_document", {"document": {}, "passages": []}),
    ):
        with pytest.raises(Forbidden) as refused:
            await store.call(rpc, function, seller, **args)
        assert refused.value.code == "staff.role"


async def test_a_site_has_its_first_knowledge_once(rpc: Rpc, me: StaffAccess) -> None:
    documents = [{"slug": "faq", "locale": "es", "title": "Preguntas", "body": GUIDE}]
    at_once = [actions.seed(rpc, me.site_id, items=STOCK, documents=documents) for _ in range(3)]
    assert sorted(await asyncio.gather(*at_once)) == [False, False, True]
    await store.call(rpc, "delete_item", me, item="c23")
    assert not await actions.seed(rpc, me.site_id, items=STOCK, documents=documents)
    assert (await store.call(rpc, "list_items", me))["total"] == 3, "what people removed stays away"


async def test_a_document_without_text_is_refused(rpc: Rpc, me: StaffAccess) -> None:
    with pytest.raises(Invalid):
        await actions.save_document(rpc, me, slug="faq", locale="es", title="Nada", body="# Nada\n\n## Aquí")
