"""Search by meaning beside search by words: what pgvector adds, on both transports, and what it costs when it fails."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import psycopg
import pytest
from pydantic import SecretStr

from app.db.rpc import Rpc
from app.knowledge import actions, store
from app.knowledge.actions import SiteKnowledge
from app.knowledge.embedding import Batch, embed_batch
from app.knowledge.types import Found
from app.llm.embeddings import Embeddings, build_embeddings
from app.settings import Settings
from app.staff.types import StaffAccess
from tests.fakes.upstream import Embedding, FakeUpstream, Fault
from tests.knowledge.conftest import Hire
from tests.knowledge.test_search import item

Admin = psycopg.Connection[Any]
Build = Callable[..., Embeddings]

GUIDE = """# Accesorios

## Neumático de auxilio

Todo vehículo sale con neumático de auxilio y gato.

## Horario

Abrimos de 9 a 6.
"""


@pytest.fixture(scope="module")
def database(database: str) -> str:
    """The module's database, with room for vectors where this run's server can make it."""
    with psycopg.connect(database, autocommit=True) as admin:
        made = admin.execute("select private.enable_vectors(), private.enable_vectors()").fetchone()
    if made == ("missing", "missing"):
        pytest.skip("this PostgreSQL has no pgvector")
    assert made == ("ready", "ready")
    return database


@pytest.fixture(autouse=True)
def _nothing_else_to_embed(admin: Admin) -> None:
    """Who embeds takes what is there of any site."""
    for table in ("knowledge_items", "knowledge_documents", "knowledge_embeddings"):
        admin.execute(f"delete from public.{table}".encode())


@pytest.fixture
async def build(upstream: FakeUpstream) -> AsyncIterator[Build]:
    """`build(**settings)` makes the model for embeddings that they name; closed at the end."""
    made: list[Embeddings] = []

    def make(model: str = "small", dimensions: int = 32) -> Embeddings:
        settings = Settings(
            _env_file=None,
            openai_base_url=upstream.base_url,
            openai_api_key=SecretStr("sk-test"),
            openai_embeddings_model=model,
            openai_embeddings_dimensions=dimensions,
        )
        embeddings = build_embeddings(settings)
        assert embeddings is not None
        made.append(embeddings)
        return embeddings

    yield make
    for one in made:
        await one.close()


async def embed_all(rpc: Rpc, embeddings: Embeddings, budget: int = 0) -> list[Batch]:
    batches: list[Batch] = []
    while not batches or batches[-1].state == "embedded":
        batches.append(await embed_batch(rpc, embeddings, budget=budget, look=True))
    return batches


async def stored(admin: Admin, me: StaffAccess) -> list[str]:
    """The models of a site's vectors, one for each."""
    rows = admin.execute(
        "select model from public.knowledge_vectors where site_id = %s order by 1", [me.site_id]
    )
    return [model for (model,) in rows.fetchall()]


@pytest.fixture
async def dealer(rpc: Rpc, me: StaffAccess) -> StaffAccess:
    await actions.save_document(rpc, me, slug="guia", locale="es", title="Guía", body=GUIDE)
    stock = [item("van", "Kia Carnival 2022", 1, facts=["8 asientos"]), item("c23", "Toyota Corolla 2023", 2)]
    await store.import_items(rpc, me, stock, replace=False)
    return me


async def ask(knowledge: SiteKnowledge, me: StaffAccess, question: str, **more: Any) -> Found:
    knowledge.embedded()
    return await knowledge.search(
        me.site_id, question, locale=more.pop("locale", "es"), meaning=question, **more
    )


async def test_other_words_and_another_language_find_it(rpc: Rpc, dealer: StaffAccess, build: Build) -> None:
    embeddings = build()
    knowledge = SiteKnowledge(rpc, embeddings)
    assert (await ask(knowledge, dealer, "se me pinchó una rueda")).passages == (), "no word of it is there"
    await embed_all(rpc, embeddings)
    for question, locale in (
        ("se me pinchó una rueda", "es"),
        ("I have a flat tyre", "en"),
        ("furou o pneu", "pt"),
    ):
        found = await ask(knowledge, dealer, question, locale=locale)
        assert [p.heading for p in found.passages] == ["Accesorios · Neumático de auxilio"], question
        assert found.items == ()
        assert found.passages[0].near is not None
        assert found.passages[0].near > 0.8
        assert found.tokens > 0, "what embedding the question cost"
    family = await ask(knowledge, dealer, "a car for my kids", locale="en")
    assert [i.id for i in family.items] == ["van"]
    assert await ask(knowledge, dealer, "xyzzy plugh", locale="en") == Found(
        words=("plugh", "xyzzi"), tokens=3
    )


async def test_both_searches_make_one_order(rpc: Rpc, dealer: StaffAccess, build: Build) -> None:
    """What both find stands above what one of them finds; what is talked of stands above all."""
    await store.import_items(
        rpc, dealer, [item("kit", "Kit para neumático"), item("gato", "Gato")], replace=False
    )
    embeddings = build()
    await embed_all(rpc, embeddings)
    knowledge = SiteKnowledge(rpc, embeddings)
    found = await ask(knowledge, dealer, "neumático para el Corolla", item_id="gato")
    assert [i.id for i in found.items] == ["gato", "kit", "c23"]
    assert [(i.named, i.near is not None) for i in found.items[1:]] == [
        (("neumat",), True),
        (("coroll",), False),
    ]
    assert len((await ask(knowledge, dealer, "neumático para el Corolla", limit=1)).items) == 1
    words = await store.search(rpc, site=dealer.site_id, query="neumático para el Corolla", locale="es")
    assert words.passages[0].near is None, "without a vector it is the search by words"


async def test_another_sites_texts_are_never_found(
    rpc: Rpc, dealer: StaffAccess, hire: Hire, build: Build
) -> None:
    stranger = await hire()
    await actions.save_document(rpc, stranger, slug="faq", locale="es", title="X", body="# Otra\n\nNada.")
    embeddings = build()
    await embed_all(rpc, embeddings)
    knowledge = SiteKnowledge(rpc, embeddings, least=0.01)
    for me, documents in ((stranger, {"faq"}), (dealer, {"guia"})):
        found = await ask(knowledge, me, "rueda pinchada", limit=20)
        assert {p.document for p in found.passages} == documents, "a limit that lets everything in"


async def test_a_text_that_stays_is_not_paid_for_again(
    rpc: Rpc, dealer: StaffAccess, build: Build, upstream: FakeUpstream, admin: Admin
) -> None:
    embeddings = build()
    await embed_all(rpc, embeddings)
    before = len(upstream.embeddings.texts)
    moved = GUIDE.replace("# Accesorios\n", "# Accesorios\n\nBienvenidos.\n").replace("9 a 6", "9 a 7")
    await actions.save_document(rpc, dealer, slug="guia", locale="es", title="Guía", body=moved)
    await store.import_items(
        rpc, dealer, [item("van", "Kia Carnival 2022", 99, facts=["8 asientos"])], replace=False
    )
    await embed_all(rpc, embeddings)
    again = upstream.embeddings.texts[before:]
    assert sorted(again) == [
        "Guía\nAccesorios\nBienvenidos.",
        "Guía\nAccesorios · Horario\nAbrimos de 9 a 7.",
    ]
    assert len(await stored(admin, dealer)) == 5, "what changed has left no vector behind"


async def test_what_is_deleted_leaves_no_vector(
    rpc: Rpc, dealer: StaffAccess, build: Build, admin: Admin
) -> None:
    embeddings = build()
    await embed_all(rpc, embeddings)
    assert len(await stored(admin, dealer)) == 4
    await store.call(rpc, "delete_document", dealer, slug="guia", locale="es")
    await store.call(rpc, "delete_item", dealer, item="van")
    assert len(await stored(admin, dealer)) == 1
    claimed = await store.import_items(rpc, dealer, [item("neu", "Nuevo")], replace=True)
    assert claimed["removed"] == 1
    assert await stored(admin, dealer) == []
    # Deleted while the model was at it: its vector comes too late.
    taken = await store.claim_embeddings(
        rpc, model=embeddings.reference, limit=9, lease_seconds=60, look=True
    )
    assert taken is not None
    [text] = taken.texts
    await store.call(rpc, "delete_item", dealer, item="neu")
    late = {text.digest: f"[1{',0' * 31}]"}
    assert (
        await store.settle_embeddings(
            rpc, site=dealer.site_id, model=embeddings.reference, done=late, failed=[]
        )
        == 0
    )
    assert await stored(admin, dealer) == []


async def test_another_model_is_never_compared_with_and_takes_over(
    rpc: Rpc, dealer: StaffAccess, build: Build, admin: Admin
) -> None:
    old, new = build("small"), build("large", dimensions=48)
    await embed_all(rpc, old)
    knowledge = SiteKnowledge(rpc, new)
    assert (await ask(knowledge, dealer, "rueda pinchada")).tokens == 0, (
        "nothing to compare with: not asked for"
    )
    taken = await store.claim_embeddings(rpc, model=new.reference, limit=1, lease_seconds=0, look=True)
    assert taken is not None
    await embed_all(rpc, new)
    assert await stored(admin, dealer) == ["large/48"] * 4 + ["small/32"] * 4
    assert len((await ask(knowledge, dealer, "rueda pinchada")).passages) == 1
    admin.execute(
        "update public.knowledge_embeddings set embedded_at = now() - interval '8 days' where model = 'small/32'"
    )
    await embed_all(rpc, new)
    assert await stored(admin, dealer) == ["large/48"] * 4, "the old one's are kept for a week"


async def test_two_thousand_items(rpc: Rpc, me: StaffAccess, build: Build, upstream: FakeUpstream) -> None:
    embeddings = build(dimensions=128)
    stock = [item(f"i{n}", f"Repuesto {n}") for n in range(1999)]
    await store.import_items(rpc, me, [*stock, item("llanta", "Estepe")], replace=False)
    both = await asyncio.gather(embed_all(rpc, embeddings), embed_all(rpc, embeddings))
    assert sum(b.stored for batches in both for b in batches) == 2000
    assert len(set(upstream.embeddings.texts)) == len(upstream.embeddings.texts) == 2000, "each once"
    found = await ask(SiteKnowledge(rpc, embeddings), me, "se me pinchó una goma")
    assert found.items[0].id == "llanta"


FAILURES = [
    Embedding(fault=Fault(kind="status", status=429, retry_after="7"), times=1),
    Embedding(fault=Fault(kind="status", status=500), times=1),
    Embedding(fault=Fault(kind="reset_before_headers"), times=1),
    Embedding(fault=Fault(kind="html"), times=1),
    Embedding(wrong="dimensions", times=1),
    Embedding(wrong="count", times=1),
    Embedding(wrong="zeros", times=1),
    Embedding(wrong="shape", times=1),
]


async def test_a_model_that_fails_is_asked_again_and_words_do_meanwhile(
    rpc: Rpc, dealer: StaffAccess, build: Build, upstream: FakeUpstream, admin: Admin
) -> None:
    for way in FAILURES:
        embeddings = build(f"m{FAILURES.index(way)}")
        knowledge = SiteKnowledge(rpc, embeddings)
        upstream.embeddings.behave(way)
        failed = await embed_batch(rpc, embeddings, budget=0, look=True)
        assert (failed.state, failed.stored) == ("failed", 0), way
        outcome = admin.execute(
            "select distinct failure, due_at > now() + interval '1 second', embedded_at "
            "from public.knowledge_embeddings where site_id = %s and model = %s",
            [dealer.site_id, embeddings.reference],
        ).fetchall()
        assert outcome == [(failed.failure, True, None)], way
        assert (await embed_batch(rpc, embeddings, budget=0, look=True)).state == "done", "not at once again"
        due(admin)
        assert [b.stored for b in await embed_all(rpc, embeddings)] == [4, 0]
        upstream.embeddings.behave(way)
        found = await ask(knowledge, dealer, "¿qué horario tienen?")
        assert [(p.heading, p.near) for p in found.passages] == [("Accesorios · Horario", None)], way
    [after] = admin.execute(
        "select count(*) from public.knowledge_embeddings where site_id = %s and failure is not null",
        [dealer.site_id],
    ).fetchall()
    assert after == (0,)


def due(admin: Admin) -> None:
    """As if the wait were over."""
    admin.execute("update public.knowledge_embeddings set due_at = now() where embedded_at is null")


async def test_a_text_that_is_refused_does_not_keep_the_others_back(
    rpc: Rpc, dealer: StaffAccess, build: Build, upstream: FakeUpstream, admin: Admin
) -> None:
    embeddings = build()
    upstream.embeddings.behave(Embedding(refuses="Carnival"))
    assert [b.stored for b in await embed_all(rpc, embeddings)] == [3, 0]
    progress = await store.call(rpc, "embedding_progress", dealer, model=embeddings.reference)
    assert progress == {"vectors": True, "total": 4, "embedded": 3, "failed": 1, "failure": "bad_request"}
    assert (await store.call(rpc, "embedding_progress", dealer))["embedded"] == 0, "no model, no vectors"


async def test_a_model_that_is_silent_costs_a_search_its_deadline_and_no_more(
    rpc: Rpc, dealer: StaffAccess, build: Build, upstream: FakeUpstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    embeddings = build()
    await embed_all(rpc, embeddings)
    knowledge = SiteKnowledge(rpc, embeddings)
    monkeypatch.setattr(actions, "QUERY_SECONDS", 0.05)
    upstream.embeddings.behave(Embedding(fault=Fault(kind="stall_headers")))
    for _ in range(6):
        found = await ask(knowledge, dealer, "¿qué horario tienen?")
        assert [p.heading for p in found.passages] == ["Accesorios · Horario"]
    assert len(upstream.embeddings.asked) == 6, "one to embed it all, five until nobody asks any more"


async def test_embedding_is_spent_from_the_sites_budget(
    rpc: Rpc, dealer: StaffAccess, build: Build, upstream: FakeUpstream, admin: Admin
) -> None:
    embeddings = build()
    spent = "select purpose, tokens > 20, pieces from public.work_usage where site_id = %s"
    assert [b.failure for b in await embed_all(rpc, embeddings, budget=10)] == ["budget", None]
    assert (upstream.embeddings.asked, admin.execute(spent, [dealer.site_id]).fetchall()) == ([], [])
    due(admin)
    await embed_all(rpc, embeddings, budget=10_000)
    assert admin.execute(spent, [dealer.site_id]).fetchall() == [("embeddings", True, 1)]
    left = admin.execute(
        "select reserved, used > 20 from public.site_usage where site_id = %s", [dealer.site_id]
    )
    assert left.fetchall() == [(0, True)]


async def test_nobody_but_the_server_sees_a_vector(admin: Admin) -> None:
    row = admin.execute(
        "select relrowsecurity, has_table_privilege('anon', oid, 'select'), "
        "has_table_privilege('authenticated', oid, 'select') from pg_class where relname = 'knowledge_vectors'"
    )
    assert row.fetchall() == [(True, False, False)]


async def test_without_the_extension_words_are_searched_and_it_can_come_back(
    rpc: Rpc, dealer: StaffAccess, build: Build, upstream: FakeUpstream, admin: Admin
) -> None:
    """Last, because it takes the module's vectors away; and puts them back for the other transport."""
    embeddings = build()
    await embed_all(rpc, embeddings)
    admin.execute("drop extension vector cascade")
    try:
        knowledge = SiteKnowledge(rpc, embeddings)
        asked = len(upstream.embeddings.asked)
        found = await ask(knowledge, dealer, "¿qué horario tienen?")
        assert [p.heading for p in found.passages] == ["Accesorios · Horario"]
        assert (await embed_batch(rpc, embeddings, budget=0, look=True)).state == "no_vectors"
        assert len(upstream.embeddings.asked) == asked, "nobody is asked for what cannot be kept"
        progress = await store.call(rpc, "embedding_progress", dealer, model=embeddings.reference)
        assert progress["vectors"] is False
        await store.call(rpc, "delete_document", dealer, slug="guia", locale="es")
        await actions.save_document(rpc, dealer, slug="guia", locale="es", title="Guía", body=GUIDE)
    finally:
        assert admin.execute("select private.enable_vectors()").fetchone() == ("ready",)
    await embed_all(rpc, embeddings)
    assert len((await ask(knowledge, dealer, "rueda pinchada")).passages) == 1
