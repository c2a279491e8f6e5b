"""Tokens of a site's day for what its admins try out: reserved before a piece of work and settled after it, as those of
visitors' turns are, so that a playground cannot leave visitors without a model."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Literal

import structlog

from app.db.rpc import Rpc
from app.errors import AppError, TooManyRequests
from app.llm.port import Completed, Item, Model, ModelEvent, ModelFailure, ModelRequest, TextDelta, Usage
from app.replies import store
from app.replies.generation import NEVER_BEGUN, estimate, size_of
from app.wiring import Wiring

log = structlog.get_logger(__name__)

KEEP_SECONDS = store.WORK_LEASE_SECONDS / 3
SWEEP_SECONDS = 20.0

Purpose = Literal["playground", "replay", "evaluation"]


class BudgetSpent(TooManyRequests):
    """`retry_after`: until the day is over, by UTC."""

    code = "budget.site_day"
    title = "Today's tokens of this site are spent; go on tomorrow (UTC), or have the budget raised."


@dataclass(slots=True)
class Metered:
    """A model that counts what it is asked for in `tokens`, answers that broke off or were given up included."""

    inner: Model
    tokens: int = 0

    async def stream(self, request: ModelRequest) -> AsyncGenerator[ModelEvent, None]:
        heard = 0
        cost: int | None = None
        try:
            async with aclosing(self.inner.stream(request)) as events:
                async for event in events:
                    if isinstance(event, TextDelta):
                        heard += len(event.text)
                    elif isinstance(event, Completed):
                        cost = _known(event.usage)
                    yield event
        except ModelFailure as failure:
            cost = _known(failure.usage)
            if cost is None and not heard and failure.kind in NEVER_BEGUN:
                cost = 0
            raise
        finally:
            if cost is None:
                # What broke off was billed all the same.
                cost = estimate(len(request.instructions) + size_of(request.items) + heard)
            self.tokens += cost

    async def open_thread(self, items: tuple[Item, ...]) -> str:
        return await self.inner.open_thread(items)

    async def forget_thread(self, thread: str) -> None:
        await self.inner.forget_thread(thread)

    async def close(self) -> None:
        """Whoever opened the model closes it."""


@asynccontextmanager
async def allowance(wiring: Wiring, site_id: str, purpose: Purpose) -> AsyncIterator[Model | None]:
    """The model to work with, its tokens counted; None without one, which costs nothing. Raises BudgetSpent."""
    if wiring.model is None:
        yield None
        return
    reservation = await store.reserve_work(
        wiring.rpc,
        site=site_id,
        tokens=wiring.settings.budget_message_tokens,
        budget=wiring.settings.budget_site_day_tokens,
    )
    if reservation is None:
        raise BudgetSpent(retry_after=_until_tomorrow(datetime.now(UTC)))
    meter = Metered(wiring.model)
    keeping = asyncio.ensure_future(_keep(wiring.rpc, site_id, reservation))
    try:
        yield meter
    finally:
        keeping.cancel()
        settled = store.settle_work(
            wiring.rpc, site=site_id, reservation=reservation, purpose=purpose, used=meter.tokens
        )
        # Also when whoever asked has gone: what was reserved would be missing until the lease ends.
        await asyncio.shield(settled)


async def give_back_forever(wiring: Wiring) -> None:
    """What a process that was killed had reserved goes back to its sites' days."""
    while True:
        try:
            full = await store.give_back_work(wiring.rpc) == store.SWEEP_WORK
        except AppError as error:
            full = False
            log.warning("work_sweep_failed", code=error.code)
        except Exception as error:
            # The edge of the task: the sweep must outlive any surprise.
            full = False
            log.exception("work_sweep_crashed", error=type(error).__name__)
        if not full:
            await asyncio.sleep(SWEEP_SECONDS * random.uniform(0.7, 1.3))  # noqa: S311 - only spreads the workers


async def _keep(rpc: Rpc, site_id: str, reservation: str) -> None:
    """For work that takes longer than its lease. What cannot be kept is only reserved no more."""
    while True:
        await asyncio.sleep(KEEP_SECONDS)
        try:
            await store.renew_work(rpc, site=site_id, reservation=reservation)
        except AppError as error:
            log.warning("work_not_kept", code=error.code)


def _known(usage: Usage) -> int | None:
    """Zeros mean that the server did not say."""
    return usage.input_tokens + usage.output_tokens if usage.input_tokens else None


def _until_tomorrow(now: datetime) -> float:
    tomorrow = datetime.combine(now.date() + timedelta(days=1), time.min, UTC)
    return (tomorrow - now).total_seconds()
