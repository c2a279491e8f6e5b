"""The task that sends: it claims what is due, sends it, and says how that went.

At least once: what was claimed and not settled is claimed again when its lease ends, under the same id, which is
the mail's Message-ID and stands in the push message. Every process runs one such task; each delivery goes to one.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import time

import structlog

from app import metrics
from app.errors import AppError
from app.notifications import store
from app.notifications.compose import Composer, Hide
from app.notifications.sealing import Sealer
from app.notifications.smtp import Mailer
from app.notifications.texts import Library
from app.notifications.types import Channel, Delivery, NotSent
from app.notifications.webpush import Pusher
from app.settings import Settings
from app.wiring import Wiring, load_secret

SWEEP_SECONDS = 1.0
AT_ONCE = 8
SEND_SECONDS = 30.0
LEASE_SECONDS = 60
"""Well above what a batch may take: nothing is sent again while it is being sent."""
FAREWELL_SECONDS = 3.0
KEPT_DAYS = 30
PURGE_SECONDS = 3600.0

log = structlog.get_logger(__name__)


class Postman:
    """What sending needs, made once: raises ConfigurationError for settings and texts that cannot work."""

    def __init__(self, settings: Settings, texts: Library, hide: Hide) -> None:
        self.texts = texts
        self.secret = load_secret(settings)
        self.mailer = Mailer.of(settings)
        self.pusher = Pusher(settings)
        self._composer = Composer(texts, address=settings.address, secret=self.secret, hide=hide)

    @property
    def channels(self) -> tuple[Channel, ...]:
        return ("email", "push") if self.mailer else ("push",)

    @property
    def sealer(self) -> Sealer | None:
        """For links that are to be mailed; None where no mail is sent."""
        return Sealer(self.secret) if self.mailer else None

    async def close(self) -> None:
        await self.pusher.close()

    async def send(self, delivery: Delivery) -> None:
        """Raises NotSent."""
        if delivery.channel == "push":
            await self.pusher.send(self._composer.push(delivery))
        elif self.mailer is None:
            raise NotSent("retry", "mail.not_configured")
        else:
            await self.mailer.send(self._composer.mail(delivery), delivery.id)


async def deliver_forever(wiring: Wiring, postman: Postman) -> None:
    """For as long as the server lives. What is being sent when it ends gets a moment to arrive."""
    purged_at = time.monotonic()
    while True:
        await asyncio.sleep(SWEEP_SECONDS * random.uniform(0.7, 1.3))  # noqa: S311 - only spreads the workers
        sweep = asyncio.ensure_future(_sweep(wiring, postman))
        try:
            await asyncio.shield(sweep)
        except asyncio.CancelledError:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(sweep, FAREWELL_SECONDS)
            raise
        if time.monotonic() - purged_at > PURGE_SECONDS:
            purged_at = time.monotonic()
            await _purge(wiring)


async def deliver(wiring: Wiring, postman: Postman) -> int:
    """One claim, sent and settled; how many there were."""
    claimed = await store.claim(
        wiring.rpc,
        worker=wiring.worker,
        channels=postman.channels,
        lease_seconds=LEASE_SECONDS,
        limit=AT_ONCE,
    )
    await asyncio.gather(*(_deliver_one(wiring, postman, delivery) for delivery in claimed))
    return len(claimed)


async def _sweep(wiring: Wiring, postman: Postman) -> None:
    """Claims until nothing is due."""
    try:
        while await deliver(wiring, postman):
            pass
    except AppError as error:
        log.warning("deliveries_failed", code=error.code)
    except Exception as error:
        # The task must outlive any surprise: without it nobody is told of anything.
        log.exception("deliveries_crashed", error=type(error).__name__)


async def _deliver_one(wiring: Wiring, postman: Postman, delivery: Delivery) -> None:
    failed: NotSent | None = None
    try:
        async with asyncio.timeout(SEND_SECONDS):
            await postman.send(delivery)
    except NotSent as error:
        failed = error
    except TimeoutError:
        failed = NotSent("retry", "send.timeout")
    except Exception as error:
        # One that nobody can send must not keep the others back: it is tried a few times and then put aside.
        log.exception(
            "delivery_crashed", delivery=delivery.id, kind=delivery.kind, error=type(error).__name__
        )
        failed = NotSent("retry", f"crashed.{type(error).__name__}")
    try:
        state = await store.settle(wiring.rpc, delivery, failed)
    except AppError as error:
        # Its lease ends, and it is sent once more: better than not at all.
        log.warning("delivery_not_settled", delivery=delivery.id, code=error.code)
        return
    metrics.deliveries.labels(delivery.channel, failed.outcome if failed else "sent").inc()
    if failed:
        log.warning(
            "delivery_failed",
            delivery=delivery.id,
            kind=delivery.kind,
            attempt=delivery.attempt,
            failure=failed.failure,
            state=state,
        )
    else:
        log.info("delivered", delivery=delivery.id, kind=delivery.kind, channel=delivery.channel)


async def _purge(wiring: Wiring) -> None:
    try:
        await store.purge(wiring.rpc, days=KEPT_DAYS)
    except AppError as error:
        log.warning("purge_failed", code=error.code)
