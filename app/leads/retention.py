"""Erasing people: on an admin's word, and by itself once a site's time for keeping their data is over."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import structlog

from app.errors import AppError
from app.leads import retention_store as store
from app.llm.port import ModelFailure
from app.realtime.turns import tell_erased
from app.staff.types import StaffAccess
from app.wiring import Wiring

LEASE_SECONDS = 60
EVERY_SECONDS = 900.0
BATCH = 100

log = structlog.get_logger(__name__)


async def erase_contact(wiring: Wiring, me: StaffAccess, contact: str) -> None:
    """The person goes from everywhere, and their open streams end. Raises NotFound `contact.not_found`."""
    erased = await store.erase_contact(wiring.rpc, site=me.site_id, staff=me.staff_id, contact=contact)
    await _tell(wiring, erased)


async def erase_expired(wiring: Wiring) -> int:
    """One run over all sites that limit how long they keep data; conversations erased. Nothing while another worker
    is at it."""
    erased = 0
    for site in await store.begin(wiring.rpc, worker=wiring.worker, lease_seconds=LEASE_SECONDS):
        erased += await _erase_expired_of(wiring, site)
    return erased


class RetentionJob:
    """Looks every quarter of an hour for what is older than its site keeps it. Made on a running loop."""

    def __init__(self, wiring: Wiring) -> None:
        self._task = asyncio.get_running_loop().create_task(_erase_forever(wiring))

    async def close(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


async def _erase_forever(wiring: Wiring) -> None:
    while True:
        await asyncio.sleep(EVERY_SECONDS * random.uniform(0.7, 1.3))  # noqa: S311 - only spreads the workers
        try:
            await erase_expired(wiring)
        except AppError as error:
            log.warning("retention_failed", code=error.code)
        except Exception as error:
            # The job must outlive any surprise: without it people's data would stay for ever.
            log.exception("retention_crashed", error=type(error).__name__)


async def _erase_expired_of(wiring: Wiring, site: str) -> int:
    conversations = sessions = 0
    while True:
        batch = await store.erase_expired(
            wiring.rpc, site=site, worker=wiring.worker, lease_seconds=LEASE_SECONDS, limit=BATCH
        )
        await _tell(wiring, batch)
        conversations += len(batch["conversations"])
        sessions += batch["sessions"]
        if not batch["more"]:
            break
    if conversations or sessions:
        log.info("retention_erased", site=site, conversations=conversations, sessions=sessions)
    return conversations


async def _tell(wiring: Wiring, erased: dict[str, Any]) -> None:
    for conversation in erased["conversations"]:
        await tell_erased(wiring.bus, conversation)
    if wiring.model is None:
        return
    for thread in erased["threads"]:
        try:
            await wiring.model.forget_thread(thread)
        except ModelFailure as failure:
            # The operator has to delete it by hand: the id is all that is left to find it by.
            log.warning("thread_not_erased", thread=thread, kind=failure.kind)
