"""The part of a site's knowledge that an assistant may use, as its file says."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.knowledge.types import NOTHING_FOUND, Found, Knowledge
from app.prompting.types import ALL_KNOWLEDGE, Assistant, KnowledgeUse

WIDER = 4
"""So many times more is searched for, since some of it will be left out."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """Knowledge with the rest left out."""

    inner: Knowledge
    use: KnowledgeUse

    async def knows_anything(self, site_id: str) -> bool:
        return not self._nothing and await self.inner.knows_anything(site_id)

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
        if self._nothing:
            return NOTHING_FOUND
        found = await self.inner.search(
            site_id, query, locale=locale, item_id=item_id, limit=limit * WIDER, meaning=meaning
        )
        slugs = self.use.documents
        passages = tuple(p for p in found.passages if slugs is None or p.document in slugs)
        items = found.items if self.use.items else ()
        return replace(found, items=items[:limit], passages=passages[:limit])

    @property
    def _nothing(self) -> bool:
        return not self.use.items and self.use.documents == []


def knowledge_of(assistant: Assistant, knowledge: Knowledge) -> Knowledge:
    return knowledge if assistant.knowledge == ALL_KNOWLEDGE else Allowed(knowledge, assistant.knowledge)
