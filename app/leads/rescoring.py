"""History under another rubric: what would change, or, for good, what did."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

from app.db.rpc import Rpc
from app.errors import NotFound
from app.leads import store
from app.leads.reading import read_lead
from app.leads.types import Rubric, Tier

BATCH = 100


@dataclass(frozen=True, slots=True)
class Rescored:
    """One conversation. `before` is None where none had been scored yet."""

    conversation_id: str
    before: Tier | None
    score_before: int | None
    after: Tier
    score_after: int

    @property
    def moved(self) -> bool:
        return self.before != self.after


async def rescore(rpc: Rpc, site_id: str, rubric: Rubric, *, write: bool) -> AsyncIterator[Rescored]:
    """Every conversation of a site, oldest first, in batches. What changes meanwhile is scored by the reader."""
    after: str | None = None
    while batch := await store.leads_to_rescore(rpc, site=site_id, after=after, limit=BATCH):
        for unread in batch:
            after = unread.conversation_id
            reading = read_lead(unread.case, rubric, region=unread.region)
            if write:
                try:
                    await store.store_lead(rpc, unread, reading)
                except NotFound:
                    continue
            yield Rescored(
                conversation_id=unread.conversation_id,
                before=unread.case.quality,
                score_before=unread.case.score,
                after=reading.score.tier,
                score_after=reading.score.score,
            )
