"""The bus of several processes: at once within each, over Redis between them.

Redis only carries and wakes; what it loses, the database has. Publishing never waits for it. While it does not
answer, `healthy` is False and streams poll. Whenever something may have been missed, RESYNC says so: here after
each reconnection, elsewhere by naming the conversations whose events could not be sent.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from typing import Final

import orjson
import structlog
from pydantic import ValidationError
from redis.asyncio.client import Pipeline, PubSub
from redis.exceptions import RedisError

from app.realtime import redis_wire as wire
from app.realtime.events import Event, ReplyDelta, ReplyRestarted, ReplyStarted, Running
from app.realtime.memory_bus import MemoryBus
from app.realtime.redis_channels import Channels
from app.realtime.redis_client import open_redis
from app.realtime.redis_wire import Outage, Outgoing, Parcel, Urgency
from app.realtime.subscription import RESYNC, Subscription

COALESCE_SECONDS = 0.1
ASK_SECONDS = 0.05
"""For what a request waits for."""
PATIENCE_SECONDS = 0.25
"""For what nobody waits for: longer, so that a busy moment is not taken for an outage."""
HEAR_SECONDS = 5.0
BEAT_SECONDS = 0.5
_RETRY_SECONDS = (0.1, 0.2, 0.5, 1.0)
_RESYNC_SPACING_SECONDS = 0.0005
_CHANNELS_AT_ONCE = 100
_CHANNELS_PAUSE_SECONDS = 0.05
_UNREACHABLE: Final = (RedisError, OSError, TimeoutError)

log = structlog.get_logger(__name__)


class RedisBus:
    """`url` may hold a password: it is never logged. Raises ConfigurationError when it is no Redis URL."""

    def __init__(self, url: str) -> None:
        self._redis = open_redis(url, patience=PATIENCE_SECONDS)
        self._origin = wire.new_origin()
        self._me = wire.worker_name(self._origin)
        self._local = MemoryBus(joined=self._joined, left=self._left)
        self._channels = Channels()
        self._outgoing = Outgoing()
        self._mine: dict[str, tuple[str, int]] = {}
        self._outages: list[Outage] = []
        self._heard_outage: Callable[[str, float], None] = lambda _name, _seconds: None
        self._healthy = False
        self._down_since: float | None = None
        self._settled = asyncio.Event()
        self._echo = asyncio.Event()
        self._wake = asyncio.Event()
        self._asked = asyncio.Event()
        self._questions: dict[str, list[asyncio.Future[bytes | None]]] = {}
        self._due = False
        self._tick: asyncio.TimerHandle | None = None
        self._server: asyncio.Task[None] | None = None

    @property
    def healthy(self) -> bool:
        return self._healthy

    async def start(self) -> None:
        """Connect in the background. Returns once Redis answered or did not; without it all goes on."""
        self._server = asyncio.create_task(self._serve(), name="realtime.redis")
        await self._settled.wait()

    async def close(self) -> None:
        """Send what is held if Redis takes it, and end every subscription."""
        if self._server is not None:
            self._server.cancel()
            await asyncio.wait([self._server])
        if self._healthy:
            try:
                await self._send(self._outgoing.take(everything=True))
            except _UNREACHABLE as error:
                self._went_down(error)
        self._healthy = False
        if self._tick is not None:
            self._tick.cancel()
        await self._local.close()
        await self._redis.aclose()

    def publish(self, conversation_id: str, event: Event) -> None:
        self._local.publish(conversation_id, event)
        if isinstance(event, ReplyDelta | ReplyStarted | ReplyRestarted):
            self._mine[conversation_id] = (event.turn_id, event.attempt)
        if not self._healthy:
            self._outgoing.lose(conversation_id)
        elif self._outgoing.add(conversation_id, event) is Urgency.NOW:
            self._wake.set()
        elif self._tick is None:
            self._tick = asyncio.get_running_loop().call_later(COALESCE_SECONDS, self._on_tick)

    def farewell(self, make: Callable[[], Event]) -> None:
        self._local.farewell(make)

    def subscribe(self, conversation_id: str) -> Subscription:
        return self._local.subscribe(conversation_id)

    def tell_outage(self, name: str, seconds: float) -> None:
        if self._healthy:
            self._outages.append(Outage(name, seconds))
            self._wake.set()

    def hear_outages(self, heard: Callable[[str, float], None]) -> None:
        self._heard_outage = heard

    async def running(self, conversation_id: str) -> Running | None:
        here = self._local.running_here(conversation_id)
        if not self._healthy or self._knows(conversation_id, here):
            return here
        answer: asyncio.Future[bytes | None] = asyncio.get_running_loop().create_future()
        self._questions.setdefault(conversation_id, []).append(answer)
        self._asked.set()
        try:
            async with asyncio.timeout(ASK_SECONDS):
                stored = await answer
            return wire.RUNNING.validate_json(stored) if stored else None
        except (TimeoutError, ValidationError):
            # The heartbeat finds out and says so, once; whoever asks makes do with what was heard here.
            return here

    async def _serve(self) -> None:
        failures = 0
        while True:
            try:
                await self._session()
            except* _UNREACHABLE as group:
                failures = 0 if self._healthy else failures + 1
                self._went_down(group.exceptions[0])
            except* Exception as group:
                # The task's edge: whatever it is must not end the bus for good.
                failures = 0 if self._healthy else failures + 1
                log.exception("realtime.redis.broken")
                self._went_down(group.exceptions[0])
            await asyncio.sleep(_RETRY_SECONDS[min(failures, len(_RETRY_SECONDS) - 1)])

    async def _session(self) -> None:
        """From one connection to its loss. Raises what ended it."""
        self._channels.forget()
        pubsub = self._redis.pubsub()
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._redis.connection_pool.disconnect()
                await pubsub.subscribe(self._me, wire.EVERYONE)
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._hear(pubsub))
                tasks.create_task(self._beat())
                tasks.create_task(self._tune(pubsub))
                tasks.create_task(self._tell())
                tasks.create_task(self._ask())
        finally:
            await pubsub.aclose()  # type: ignore[no-untyped-call]

    async def _hear(self, pubsub: PubSub) -> None:
        while True:
            message = await pubsub.get_message(timeout=HEAR_SECONDS)
            if message is None:
                continue
            kind, conversation_id = message["type"], wire.conversation_of(message["channel"])
            if kind == "message":
                self._receive(conversation_id, message["data"])
            elif conversation_id is not None and kind == "unsubscribe":
                self._channels.left(conversation_id)
            elif conversation_id is not None and self._channels.joined(conversation_id):
                for subscription in self._local.subscriptions(conversation_id):
                    subscription.attach()

    def _receive(self, conversation_id: str | None, payload: bytes) -> None:
        if payload.startswith(self._origin):
            if conversation_id is None:
                self._echo.set()
            return
        if conversation_id is None:
            self._receive_for_everyone(payload)
            return
        try:
            events = wire.events_of(payload)
        except ValidationError as error:
            # Another version's process, as in a rolling deployment. The database says what this one can read.
            log.warning("realtime.redis.unknown_event", errors=error.error_count())
            events = []
        if not events:
            self._local.put(conversation_id, RESYNC)
        for event in events:
            self._local.publish(conversation_id, event)

    def _receive_for_everyone(self, payload: bytes) -> None:
        try:
            outage = wire.outage_of(payload)
        except ValidationError as error:
            log.warning("realtime.redis.unknown_notice", errors=error.error_count())
        else:
            if outage is None:
                self._resync(self._local.subscriptions())
            else:
                self._heard_outage(outage.name, outage.seconds)

    async def _beat(self) -> None:
        """Proves both ways every half second: Redis takes a write, and what is published comes back."""
        while True:
            self._echo.clear()
            async with asyncio.timeout(PATIENCE_SECONDS), self._redis.pipeline(transaction=False) as pipe:
                pipe.set(self._me, b"", px=wire.RUNNING_TTL_MS)
                pipe.publish(self._me, self._origin)
                await pipe.execute()
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._echo.wait()
            if not self._healthy:
                self._came_up()
            await asyncio.sleep(BEAT_SECONDS)

    async def _tune(self, pubsub: PubSub) -> None:
        """Listen to the channels of conversations that are streamed here, and to no others."""
        while True:
            join, leave = await self._channels.changes(_CHANNELS_AT_ONCE)
            if join:
                await pubsub.subscribe(*map(wire.channel_name, join))
            if leave:
                await pubsub.unsubscribe(*map(wire.channel_name, leave))
            # Each joined channel makes its streams fetch: not all of them at the same moment.
            await asyncio.sleep(_CHANNELS_PAUSE_SECONDS if len(join) == _CHANNELS_AT_ONCE else 0)

    async def _tell(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            everything, self._due = self._due, False
            parcels = self._outgoing.take(everything=everything)
            try:
                await self._send(parcels)
            except BaseException:
                for parcel in parcels:
                    self._outgoing.lose(parcel.conversation_id)
                raise

    async def _send(self, parcels: list[Parcel]) -> None:
        """The running text goes before the events, so that who hears them finds at least as much of it."""
        async with asyncio.timeout(PATIENCE_SECONDS), self._redis.pipeline(transaction=False) as pipe:
            if self._outgoing.take_all_lost():
                pipe.publish(wire.EVERYONE, self._origin)
            outages, self._outages = self._outages, []
            for outage in outages:
                pipe.publish(wire.EVERYONE, wire.outage_payload(self._origin, outage))
            for parcel in parcels:
                self._keep_running_text(pipe, parcel.conversation_id)
                payload = self._origin + parcel.events
                pipe.publish(wire.channel_name(parcel.conversation_id), payload)
            await pipe.execute()

    async def _ask(self) -> None:
        """Answers `running`, for all who ask at the same moment at once: after a RESYNC those are many."""
        while True:
            await self._asked.wait()
            self._asked.clear()
            questions, self._questions = self._questions, {}
            stored = await self._redis.mget(
                [wire.running_key(conversation_id) for conversation_id in questions]
            )
            for waiting, value in zip(questions.values(), stored, strict=True):
                for answer in waiting:
                    if not answer.done() and not isinstance(value, str):
                        answer.set_result(value)

    def _keep_running_text(self, pipe: Pipeline, conversation_id: str) -> None:
        mine = self._mine.get(conversation_id)
        if mine is None:
            return
        here, key = self._local.running_here(conversation_id), wire.running_key(conversation_id)
        if here is not None and (here.turn_id, here.attempt) == mine:
            pipe.set(key, orjson.dumps(here), px=wire.RUNNING_TTL_MS)
            return
        del self._mine[conversation_id]
        if here is None:
            pipe.delete(key)

    def _knows(self, conversation_id: str, here: Running | None) -> bool:
        """The reply is, or just was, written by this process: Redis can only be behind."""
        mine = self._mine.get(conversation_id)
        return mine is not None and (here is None or (here.turn_id, here.attempt) == mine)

    def _came_up(self) -> None:
        self._healthy = True
        for conversation_id in self._mine:
            # Redis may have come back empty: this puts the running text there again.
            self._outgoing.lose(conversation_id)
        self._wake.set()
        self._settled.set()
        if self._down_since is not None:
            log.info("realtime.redis.up", down_seconds=round(time.monotonic() - self._down_since, 1))
            self._down_since = None

    def _went_down(self, error: BaseException) -> None:
        self._outgoing.lose_all_held()
        for subscription in self._local.subscriptions():
            subscription.detach(hopeful=False)
        if self._healthy:
            self._resync(self._local.subscriptions())
        self._healthy = False
        self._settled.set()
        if self._down_since is None:
            self._down_since = time.monotonic()
            # The type alone: messages of the driver can quote the address.
            log.warning("realtime.redis.down", error=type(error).__name__)

    def _resync(self, subscriptions: Iterable[Subscription]) -> None:
        """A few at a time: every stream that gets it asks the database."""
        loop = asyncio.get_running_loop()
        for place, subscription in enumerate(subscriptions):
            loop.call_later(place * _RESYNC_SPACING_SECONDS, subscription.put, RESYNC)

    def _joined(self, subscription: Subscription) -> None:
        if not self._channels.want(subscription.conversation_id):
            subscription.detach(hopeful=self._healthy)

    def _left(self, subscription: Subscription) -> None:
        if not any(self._local.subscriptions(subscription.conversation_id)):
            self._channels.unwant(subscription.conversation_id)

    def _on_tick(self) -> None:
        self._tick, self._due = None, True
        self._wake.set()
