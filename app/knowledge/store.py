"""The SQL functions about knowledge. Those of the staff ask for the caller's rights again."""

from __future__ import annotations

from typing import Any

from app.db.rpc import Rpc
from app.knowledge.types import Found, Item, Passage
from app.staff.types import StaffAccess

Row = dict[str, Any]


async def search(
    rpc: Rpc, *, site: str, query: str, locale: str, item: str | None = None, limit: int = 5
) -> Found:
    row = await rpc.call("search_knowledge", site=site, query=query, locale=locale, item=item, limit=limit)
    return Found(
        items=tuple(item_of(i) for i in row["items"]),
        passages=tuple(Passage(**{**p, "headed": tuple(p["headed"])}) for p in row["passages"]),
        words=tuple(row["words"]),
    )


async def sites_with_knowledge(rpc: Rpc) -> frozenset[str]:
    return frozenset(await rpc.call("sites_with_knowledge"))


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
    locale), save_document (document, passages)."""
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
    )
