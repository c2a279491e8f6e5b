"""Turns what sites know into vectors, in the background: claimed in batches, embedded with no lock held, settled.

Any process may do it, and several at once: what is claimed is one's own for a while, and what nobody settled is claimed
again. A text is embedded once for each model, however often it is saved.
"""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field
from typing import Literal

import structlog

from app.db.rpc import Rpc
from app.errors import AppError
from app.knowledge import store
from app.knowledge.actions import CHARS_PER_TOKEN, SiteKnowledge, as_literal
from app.knowledge.types import TextToEmbed, ToEmbed
from app.llm.embeddings import Embeddings, NotEmbedded
from app.wiring import Wiring

BATCH_TEXTS = 64
"""Of at most 6,000 characters each: well below the 300,000 tokens that OpenAI takes in one request."""
BATCH_SECONDS = 30.0
LEASE_SECONDS = 180
"""Well above what a batch takes, also one that is refused and asked for in pieces."""
IDLE_SECONDS = 15.0
LONGEST_PAUSE_SECONDS = 300.0
BUDGET_SECONDS = 900.0
REFUSED_IN_A_ROW = 3
"""When so many texts are refused one after the other, it is not the texts."""

State = Literal["done", "embedded", "failed", "no_vectors"]

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Batch:
    """What came of one: `done` means that there was nothing to do. `retry_after` in seconds, after a failure."""

    state: State
    stored: int = 0
    failure: str | None = None
    retry_after: float = 0.0
    queued: int = 0


@dataclass(slots=True)
class _Outcome:
    done: dict[str, str] = field(default_factory=dict)
    failed: list[TextToEmbed] = field(default_factory=list)
    failure: NotEmbedded | None = None
    tokens: int = 0


async def embed_forever(wiring: Wiring, knowledge: SiteKnowledge) -> None:
    """For as long as the server lives, if a model for embeddings is configured."""
    if wiring.embeddings is None:
        return
    pause = 0.0
    told = False
    while True:
        look = knowledge.news.is_set()
        knowledge.news.clear()
        batch = await _try_batch(wiring, wiring.embeddings, look=look)
        if batch.state == "no_vectors" and not told:
            told = True
            log.warning(
                "knowledge_without_vectors", hint="install pgvector in the database, then `talia migrate`"
            )
        if batch.stored:
            knowledge.embedded()
        if batch.state == "embedded":
            pause = 0.0
            continue
        if batch.state == "failed":
            pause = min(max(2 * pause, 2.0, batch.retry_after), LONGEST_PAUSE_SECONDS)
            await asyncio.sleep(pause)
            continue
        await _news(knowledge, IDLE_SECONDS * random.uniform(0.8, 1.2))  # noqa: S311 - only spreads the workers


async def embed_batch(rpc: Rpc, embeddings: Embeddings, *, budget: int, look: bool = False) -> Batch:
    """Claim, embed and settle some texts of one site. `budget` is the site's tokens of a day, 0 without a limit."""
    claimed = await store.claim_embeddings(
        rpc, model=embeddings.reference, limit=BATCH_TEXTS, lease_seconds=LEASE_SECONDS, look=look
    )
    if claimed is None:
        return Batch("no_vectors")
    if claimed.site_id is None or not claimed.texts:
        return Batch("done", queued=claimed.queued)
    reserved = sum(len(text.text) for text in claimed.texts) // CHARS_PER_TOKEN + len(claimed.texts)
    reservation = await store.reserve_tokens(
        rpc, site=claimed.site_id, tokens=reserved, budget=budget, lease_seconds=LEASE_SECONDS
    )
    if reservation is None:
        await _settle(rpc, embeddings, claimed, _Outcome(failed=list(claimed.texts)))
        return Batch("embedded", failure="budget", queued=claimed.queued)
    outcome = _Outcome()
    try:
        await _embed(embeddings, claimed.texts, outcome)
    finally:
        # Also when the server ends meanwhile: it is paid for.
        settled = store.settle_tokens(rpc, site=claimed.site_id, reservation=reservation, used=outcome.tokens)
        await asyncio.shield(settled)
    stored = await _settle(rpc, embeddings, claimed, outcome)
    if outcome.failure is None:
        return Batch("embedded", stored=stored, queued=claimed.queued)
    failure = outcome.failure
    log.warning("knowledge_not_embedded", kind=failure.kind, detail=failure.detail, texts=len(outcome.failed))
    # A text that is refused alone is no reason to wait with the others.
    state: State = "embedded" if outcome.done else "failed"
    return Batch(state, stored, failure.kind, failure.retry_after or 0.0, claimed.queued)


async def _try_batch(wiring: Wiring, embeddings: Embeddings, *, look: bool) -> Batch:
    try:
        return await embed_batch(
            wiring.rpc, embeddings, budget=wiring.settings.budget_site_day_tokens, look=look
        )
    except AppError as error:
        log.warning("knowledge_embedding_failed", code=error.code)
    except Exception as error:
        # The task must outlive any surprise: without it nothing new would be found by its meaning.
        log.exception("knowledge_embedding_crashed", error=type(error).__name__)
    return Batch("failed")


async def _embed(embeddings: Embeddings, texts: tuple[TextToEmbed, ...], outcome: _Outcome) -> None:
    try:
        await _ask(embeddings, texts, outcome)
    except NotEmbedded as failure:
        outcome.failure = failure
        if failure.kind == "bad_request" and len(texts) > 1:
            await _embed_alone(embeddings, texts, outcome)
        else:
            outcome.failed = list(texts)


async def _embed_alone(embeddings: Embeddings, texts: tuple[TextToEmbed, ...], outcome: _Outcome) -> None:
    """One text may have spoilt the request for all; in another order with each try, so that the rest gets its turn."""
    in_a_row = 0
    for text in random.sample(texts, len(texts)):
        if in_a_row == REFUSED_IN_A_ROW:
            outcome.failed.append(text)
            continue
        try:
            await _ask(embeddings, (text,), outcome)
            in_a_row = 0
        except NotEmbedded as failure:
            outcome.failure = failure
            outcome.failed.append(text)
            in_a_row = in_a_row + 1 if failure.kind == "bad_request" else REFUSED_IN_A_ROW


async def _ask(embeddings: Embeddings, texts: tuple[TextToEmbed, ...], outcome: _Outcome) -> None:
    answer = await embeddings.embed([text.text for text in texts], seconds=BATCH_SECONDS)
    sizes = sum(len(text.text) for text in texts)
    outcome.tokens += answer.tokens or sizes // CHARS_PER_TOKEN + 1
    for text, vector in zip(texts, answer.vectors, strict=True):
        outcome.done[text.digest] = as_literal(vector)


async def _settle(rpc: Rpc, embeddings: Embeddings, claimed: ToEmbed, outcome: _Outcome) -> int:
    assert claimed.site_id is not None
    kind = outcome.failure.kind if outcome.failure else "budget"
    failed = [
        {"digest": text.digest, "failure": kind, "retry_seconds": _retry_seconds(text, outcome.failure)}
        for text in outcome.failed
    ]
    return await store.settle_embeddings(
        rpc, site=claimed.site_id, model=embeddings.reference, done=outcome.done, failed=failed
    )


def _retry_seconds(text: TextToEmbed, failure: NotEmbedded | None) -> float:
    """Without a failure it is the budget, which the next day has anew. What is refused may be a model that is not there
    yet: it is tried again too, ever more rarely."""
    if failure is None:
        return BUDGET_SECONDS
    longest = 6 * 3600.0 if failure.kind == "bad_request" else LONGEST_PAUSE_SECONDS
    return max(min(float(2 << min(text.attempts, 16)), longest), failure.retry_after or 0.0)


async def _news(knowledge: SiteKnowledge, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await knowledge.news.wait()
    except TimeoutError:
        return
