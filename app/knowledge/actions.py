"""A site's knowledge as replies look it up, and the first knowledge of a fresh site."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import structlog

from app.db.rpc import Rpc
from app.errors import AppError
from app.knowledge import store
from app.knowledge.documents import passages_of
from app.knowledge.types import NOTHING_FOUND, BadDocument, Found
from app.staff.types import StaffAccess

log = structlog.get_logger(__name__)

TTL_SECONDS = 5.0
PATIENCE_SECONDS = 2.0
"""A search may cost a reply this much; then it goes on with what it knows otherwise."""


class SiteKnowledge:
    """The catalogues and documents of all sites. Which sites have any is kept for TTL_SECONDS."""

    def __init__(self, rpc: Rpc) -> None:
        self._rpc = rpc
        self._sites: frozenset[str] = frozenset()
        self._read_at = float("-inf")
        self._reading = asyncio.Lock()

    async def knows_anything(self, site_id: str) -> bool:
        if time.monotonic() - self._read_at >= TTL_SECONDS:
            async with self._reading:
                if time.monotonic() - self._read_at >= TTL_SECONDS:
                    await self._refresh()
        return site_id in self._sites

    async def search(
        self, site_id: str, query: str, *, locale: str, item_id: str | None = None, limit: int = 5
    ) -> Found:
        """See `types.Knowledge`."""
        if not await self.knows_anything(site_id):
            return NOTHING_FOUND
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await store.search(
                    self._rpc, site=site_id, query=_storable(query), locale=locale, item=item_id, limit=limit
                )
        except (AppError, TimeoutError) as error:
            log.warning("knowledge_search_failed", error=type(error).__name__)
            return NOTHING_FOUND

    def changed(self) -> None:
        """In this process a site's first knowledge counts at once."""
        self._read_at = float("-inf")

    async def _refresh(self) -> None:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                self._sites = await store.sites_with_knowledge(self._rpc)
        except (AppError, TimeoutError) as error:
            log.warning("knowledge_sites_failed", error=type(error).__name__)
        self._read_at = time.monotonic()


async def save_document(
    rpc: Rpc, me: StaffAccess, *, slug: str, locale: str, title: str, body: str
) -> dict[str, Any]:
    """Raises BadDocument when there is nothing to find in it."""
    passages = passages_of(body)
    if not passages:
        raise BadDocument("there is no text below its headings")
    document = {"slug": slug, "locale": locale, "title": title, "body": body}
    row: dict[str, Any] = await store.call(rpc, "save_document", me, document=document, passages=passages)
    return row


async def seed(
    rpc: Rpc, site_id: str, *, items: list[dict[str, Any]], documents: list[dict[str, str]]
) -> bool:
    """The knowledge a site begins with, once in its life. `documents`: slug, locale, title, body."""
    rows = [{"document": d, "passages": passages_of(d["body"])} for d in documents]
    return await store.seed(rpc, site=site_id, items=items, documents=rows)


def _storable(text: str) -> str:
    return text.replace("\x00", " ")[:2000]
