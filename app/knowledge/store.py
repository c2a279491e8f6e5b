"""The SQL functions about knowledge. Those of the staff ask for the caller's rights again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.db.rpc import Rpc
from app.knowledge.types import Found, Item, Passage, TextToEmbed, ToEmbed
from app.staff.types import StaffAccess

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Meaning:
    """A query as `model` embeds it, in pgvector's notation; what is not at least as near as `least` is not found."""

    model: str
    vector: str
    least: float


async def search(
    rpc: Rpc,
    *,
    site: str,
    query: str,
    locale: str,
    item: str | None = None,
    limit: int = 5,
    meaning: Meaning | None = None,
) -> Found:
    args: Row = {"site": site, "query": query, "locale": locale, "item": item, "limit": limit}
    if meaning is not None:
        args |= {"vector": meaning.vector, "model": meaning.model, "least": meaning.least}
    row = await rpc.call("search_knowledge", **args)
    return Found(
        items=tuple(item_of(i) for i in row["items"]),
        passages=tuple(Passage(**{**p, "headed": tuple(p["headed"])}) for p in row["passages"]),
        words=tuple(row["words"]),
    )


async def sites_with_knowledge(rpc: Rpc) -> frozenset[str]:
    return frozenset(await rpc.call("sites_with_knowledge"))


async def sites_with_vectors(rpc: Rpc, model: str) -> frozenset[str]:
    return frozenset(await rpc.call("sites_with_vectors", model=model))


async def claim_embeddings(
    rpc: Rpc, *, model: str, limit: int, lease_seconds: int, look: bool
) -> ToEmbed | None:
    """None: this database keeps no vectors."""
    row = await rpc.call("claim_embeddings", model=model, limit=limit, lease_seconds=lease_seconds, look=look)
    if not row["ready"]:
        return None
    texts = tuple(TextToEmbed(t["digest"], t["text"], t["attempts"]) for t in row["texts"])
    return ToEmbed(row["site"], texts, row["queued"])


async def settle_embeddings(
    rpc: Rpc, *, site: str, model: str, done: Mapping[str, str], failed: list[Row]
) -> int:
    """How many were stored. `done`: vectors by digest, in pgvector's notation; `failed`: [{digest, failure,
    retry_seconds}]."""
    vectors = [{"digest": digest, "vector": vector} for digest, vector in done.items()]
    row = await rpc.call("settle_embeddings", site=site, model=model, done=vectors, failed=failed)
    return int(row["stored"])


async def reserve_tokens(rpc: Rpc, *, site: str, tokens: int, budget: int, lease_seconds: int) -> str | None:
    """What to settle afterwards; None: the day's tokens are spent. `budget` 0: there is none."""
    row = await rpc.call("reserve_work", site=site, tokens=tokens, budget=budget, lease_seconds=lease_seconds)
    reservation: str | None = row["reservation"]
    return reservation


async def settle_tokens(rpc: Rpc, *, site: str, reservation: str, used: int) -> None:
    await rpc.call("settle_work", site=site, reservation=reservation, purpose="embeddings", used=used)


async def seed(rpc: Rpc, *, site: str, items: list[Row], documents: list[Row]) -> bool:
    """False when the site has had its first knowledge already."""
    row = await rpc.call("seed_knowledge", site=site, items=items, documents=documents)
    return bool(row["seeded"])


async def import_items(rpc: Rpc, me: StaffAccess, items: list[Row], *, replace: bool) -> Row:
    """{added, changed, unchanged, removed}."""
    row: Row = await rpc.call(
        "import_items", site=me.site_id, staff=me.staff_id, items=items, replace=replace
    )
    return row


async def call(rpc: Rpc, function: str, me: StaffAccess, **args: Any) -> Any:
    """list_items (text, after, limit), delete_item (item), list_documents, get_document and delete_document (slug,
    locale), save_document (document, passages), embedding_progress (model)."""
    return await rpc.call(function, site=me.site_id, staff=me.staff_id, **args)


def item_of(row: Row) -> Item:
    price = row.get("price")
    return Item(
        id=row["id"],
        title=row["title"],
        price=None if price is None else float(price),
        currency=row.get("currency"),
        image=row.get("image"),
        url=row.get("url"),
        facts=tuple(row.get("facts") or ()),
        availability=row.get("availability"),
        named=tuple(row.get("named") or ()),
        near=row.get("near"),
    )
