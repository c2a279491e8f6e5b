"""The task that sends: it claims what is due, sends it, and says how that went.

At least once: what was claimed and not settled is claimed again when its lease ends, under the same id, which is
the mail's Message-ID and stands in the push message. Every process runs one such task; each delivery goes to one.
"""

from __future__ import annotations

import asyncio
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
PLACES: dict[Channel, int] = {"push": 8, "email": 4}
"""How many are sent at once, by channel, in one process."""
SEND_SECONDS = 30.0
LEASE_SECONDS = 60
"""Well above SEND_SECONDS: nothing is sent again while it is being sent."""
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


class Round:
    """What one process is sending. Each channel has places of its own, so that what hangs takes only its own."""

    def __init__(self, wiring: Wiring, postman: Postman) -> None:
        self._wiring = wiring
        self._postman = postman
        self._running: dict[Channel, set[asyncio.Task[None]]] = {c: set() for c in postman.channels}

    async def claim(self) -> int:
        """Takes what is due, as far as there is a free place, and begins to send it; how many there were."""
        free = {c: PLACES[c] - len(running) for c, running in self._running.items()}
        claimed = await store.claim(
            self._wiring.rpc,
            worker=self._wiring.worker,
            channels=self._postman.channels,
            lease_seconds=LEASE_SECONDS,
            free=free,
        )
        for delivery in claimed:
            task = asyncio.ensure_future(_deliver_one(self._wiring, self._postman, delivery))
            self._running[delivery.channel].add(task)
            task.add_done_callback(self._running[delivery.channel].discard)
        return len(claimed)

    async def sweep(self) -> None:
        """Claims until nothing is due, or until all places are taken for a while."""
        try:
            while await self.claim():
                await asyncio.wait(self._tasks, timeout=SWEEP_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        except AppError as error:
            log.warning("deliveries_failed", code=error.code)
        except Exception as error:
            # The task must outlive any surprise: without it nobody is told of anything.
            log.exception("deliveries_crashed", error=type(error).__name__)

    async def finish(self, seconds: float | None = None) -> None:
        """Wait for what is being sent; what is not done by then is given up, and sent again after its lease."""
        if tasks := self._tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    @property
    def _tasks(self) -> list[asyncio.Task[None]]:
        return [task for running in self._running.values() for task in running]


async def deliver_forever(wiring: Wiring, postman: Postman) -> None:
    """For as long as the server lives. What is being sent when it ends gets a moment to arrive."""
    purged_at = time.monotonic()
    round_ = Round(wiring, postman)
    try:
        while True:
            await asyncio.sleep(SWEEP_SECONDS * random.uniform(0.7, 1.3))  # noqa: S311 - only spreads the workers
            await round_.sweep()
            if time.monotonic() - purged_at > PURGE_SECONDS:
                purged_at = time.monotonic()
                await _purge(wiring)
    finally:
        await round_.finish(FAREWELL_SECONDS)


async def deliver(wiring: Wiring, postman: Postman) -> int:
    """One claim, sent and settled; how many there were."""
    round_ = Round(wiring, postman)
    claimed = await round_.claim()
    await round_.finish()
    return claimed


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
