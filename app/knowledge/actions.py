"""A site's knowledge as replies look it up, and the first knowledge of a fresh site."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from typing import Any

import structlog

from app.db.rpc import Rpc
from app.errors import AppError
from app.knowledge import store
from app.knowledge.documents import passages_of
from app.knowledge.store import Meaning
from app.knowledge.types import NOTHING_FOUND, BadDocument, Found
from app.llm.embeddings import Embeddings, NotEmbedded, Vector
from app.staff.types import StaffAccess
from app.wiring import Wiring

log = structlog.get_logger(__name__)

TTL_SECONDS = 5.0
PATIENCE_SECONDS = 2.0
"""A search may cost a reply this much; then it goes on with what it knows otherwise."""
QUERY_SECONDS = 1.0
"""What embedding a query may add to that; then words have to do."""
MAX_QUERY = 2000
TRIAL_LEASE_SECONDS = 60
CHARS_PER_TOKEN = 3
"""A low guess: an estimate must not come out under what is billed."""


class SiteKnowledge:
    """The catalogues and documents of all sites. Which sites have any is kept for TTL_SECONDS.

    With `embeddings` a search may also go by what a query means; `least` is how near a text has to be then. `news` is
    set when there may be something new to embed.
    """

    def __init__(self, rpc: Rpc, embeddings: Embeddings | None = None, *, least: float = 0.3) -> None:
        self._rpc = rpc
        self._embeddings = embeddings
        self._least = least
        self._sites: frozenset[str] = frozenset()
        self._embedded: frozenset[str] = frozenset()
        self._read_at = float("-inf")
        self._reading = asyncio.Lock()
        self.news = asyncio.Event()

    async def knows_anything(self, site_id: str) -> bool:
        if time.monotonic() - self._read_at >= TTL_SECONDS:
            async with self._reading:
                if time.monotonic() - self._read_at >= TTL_SECONDS:
                    await self._refresh()
        return site_id in self._sites

    async def search(
        self,
        site_id: str,
        query: str,
        *,
        locale: str,
        item_id: str | None = None,
        limit: int = 5,
        meaning: str | None = None,
    ) -> Found:
        """See `types.Knowledge`."""
        if not await self.knows_anything(site_id):
            return NOTHING_FOUND
        meant, tokens = await self._embed(site_id, meaning) if meaning else (None, 0)
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                found = await store.search(
                    self._rpc,
                    site=site_id,
                    query=_storable(query),
                    locale=locale,
                    item=item_id,
                    limit=limit,
                    meaning=meant,
                )
        except (AppError, TimeoutError) as error:
            log.warning("knowledge_search_failed", error=type(error).__name__)
            found = NOTHING_FOUND
        return replace(found, tokens=tokens) if tokens else found

    def can_search_meaning(self, site_id: str) -> bool:
        """As far as was known when `knows_anything` was last asked."""
        return self._embeddings is not None and site_id in self._embedded

    def changed(self) -> None:
        """In this process a site's first knowledge counts at once."""
        self._read_at = float("-inf")
        self.news.set()

    def embedded(self) -> None:
        """So do its first vectors."""
        self._read_at = float("-inf")

    async def _embed(self, site_id: str, query: str) -> tuple[Meaning | None, int]:
        """The query's vector and what it cost; None where no text is compared with it, or it does not come in time."""
        if self._embeddings is None or not self.can_search_meaning(site_id) or not query.strip():
            return None, 0
        try:
            answer = await self._embeddings.embed([query[:MAX_QUERY]], seconds=QUERY_SECONDS)
        except NotEmbedded as failure:
            log.warning("knowledge_query_not_embedded", kind=failure.kind, detail=failure.detail)
            return None, 0
        meant = Meaning(self._embeddings.reference, as_literal(answer.vectors[0]), self._least)
        return meant, answer.tokens or len(query) // CHARS_PER_TOKEN + 1

    async def _refresh(self) -> None:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                self._sites = await store.sites_with_knowledge(self._rpc)
                if self._embeddings is not None and self._sites:
                    self._embedded = await store.sites_with_vectors(self._rpc, self._embeddings.reference)
        except (AppError, TimeoutError) as error:
            log.warning("knowledge_sites_failed", error=type(error).__name__)
        self._read_at = time.monotonic()


async def try_search(
    wiring: Wiring, knowledge: SiteKnowledge, *, site: str, query: str, locale: str
) -> Found:
    """What a reply would find; raises what the database does. What embedding costs is the site's, as with a reply."""
    if not query.strip() or not await _can_be_meant(knowledge, site):
        return await store.search(wiring.rpc, site=site, query=query, locale=locale)
    reservation = await store.reserve_tokens(
        wiring.rpc,
        site=site,
        tokens=len(query),
        budget=wiring.settings.budget_site_day_tokens,
        lease_seconds=TRIAL_LEASE_SECONDS,
    )
    if reservation is None:
        return await store.search(wiring.rpc, site=site, query=query, locale=locale)
    used = 0
    try:
        found = await knowledge.search(site, query, locale=locale, meaning=query)
        used = found.tokens
    finally:
        await asyncio.shield(store.settle_tokens(wiring.rpc, site=site, reservation=reservation, used=used))
    return found


async def _can_be_meant(knowledge: SiteKnowledge, site: str) -> bool:
    return await knowledge.knows_anything(site) and knowledge.can_search_meaning(site)


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


def as_literal(vector: Vector) -> str:
    """In pgvector's notation; single precision has some seven digits."""
    return f"[{','.join(f'{x:.7g}' for x in vector)}]"


def _storable(text: str) -> str:
    return text.replace("\x00", " ")[:MAX_QUERY]
