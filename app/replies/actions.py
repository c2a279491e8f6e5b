"""Turns: one reply each, by a task of the server that outlives the request it came from.

The lease makes a turn this worker's, the heartbeat keeps it, the fence and the owner epoch let the database refuse
a reply that comes too late. Whatever happens to the model, the visitor gets an answer: the guided assistant's.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any, Literal

import structlog

from app import metrics
from app.conversations.publishing import publish as publish_to
from app.conversations.store import Message
from app.conversations.tasks import PROMISE, promised, tell_of_promise
from app.conversations.types import ClaimedTurn
from app.errors import AppError, Conflict, NotFound, Unavailable
from app.realtime.bus import SubscriptionEnded
from app.realtime.events import (
    ConversationUpdated,
    HandoffRequested,
    MessageNew,
    ReplyDone,
    ReplyFailed,
    WireMessage,
)
from app.realtime.turns import TURNS_CHANNEL
from app.replies import store
from app.replies.ahead import Question
from app.replies.compose import Composer
from app.replies.qualify import announce_turn, qualified
from app.replies.summary import facts_summary, leave_summary
from app.replies.types import Reply, ReplyFacts
from app.replies.waiting import tell_who_is_there
from app.replies.writer import ReplyWriter
from app.sites.actions import SiteDirectory
from app.sites.types import Site
from app.wiring import Wiring

log = structlog.get_logger(__name__)

HEARTBEAT_SECONDS = 5.0
SWEEP_SECONDS = 2.0
STORE_PATIENCE_SECONDS = 30.0
STEPS_TO_THE_MODEL = 2
"""Turns of the event loop: the turn's task begins, and under its lease the task that composes the reply."""


LISTEN_AGAIN_SECONDS = 1.0

Ended = Literal["superseded", "erased"]


class LeaseLost(Exception):
    """Say nothing more: a seller took over (`superseded`), the visitor is gone (`erased`), or another worker has it."""

    def __init__(self, ended: Ended | None = None) -> None:
        super().__init__(ended or "taken over")
        self.ended: Ended | None = ended


class TurnRunner:
    """Owns the tasks of running turns in this process."""

    def __init__(self, wiring: Wiring, sites: SiteDirectory, composer: Composer) -> None:
        self._wiring = wiring
        self._sites = sites
        self._composer = composer
        self._tasks: set[asyncio.Task[None]] = set()
        self._stops: dict[str, asyncio.Future[None]] = {}
        self._checks: dict[str, asyncio.Event] = {}
        self.draining = False
        self.claim = store.claim(wiring.settings, wiring.worker, with_model=wiring.model is not None)

    @property
    def running(self) -> int:
        return len(self._tasks)

    def start(self, turn: ClaimedTurn) -> None:
        """Answer the turn in a task of its own, or leave it to the next process if this one is stopping."""
        self._spawn(self._give_back(turn) if self.draining else self._run(turn))

    async def start_first(self, turn: ClaimedTurn) -> None:
        """`start`, and let the turn go on until it waits for somebody: the model is asked before the caller goes on."""
        self.start(turn)
        for _ in range(STEPS_TO_THE_MODEL):
            await asyncio.sleep(0)

    def expect(self, question: Question) -> None:
        """A message is being stored: what its turn will need is begun meanwhile. `start` or `leave` follows."""
        self._composer.expect(question)

    def leave(self, session_id: str) -> None:
        """No turn of this process answers the message: a seller does, or a reply that is being written."""
        self._composer.leave(session_id)

    def stop(self, turn_id: str) -> None:
        """A seller took over: say nothing more. Another process hears of it over the bus (`listen_forever`)."""
        stop = self._stops.get(turn_id)
        if stop is not None and not stop.done():
            stop.set_result(None)

    async def listen_forever(self) -> None:
        """Look at once when somebody says that a conversation changed hands; the heartbeat finds what is not heard."""
        while True:
            try:
                with self._wiring.bus.subscribe(TURNS_CHANNEL) as hints:
                    await hints.ready()
                    while True:
                        hint = await hints.next(HEARTBEAT_SECONDS)
                        if isinstance(hint, ConversationUpdated):
                            self._look_at(str(hint.conversation["uuid"]))
            except SubscriptionEnded:
                await asyncio.sleep(LISTEN_AGAIN_SECONDS)

    def _look_at(self, conversation_id: str) -> None:
        check = self._checks.get(conversation_id)
        if check is not None:
            check.set()

    async def recover_forever(self) -> None:
        """Take over turns whose worker went away, from the start on and until this one leaves."""
        while not self.draining:
            # A full sweep means that more are waiting: a dead worker may leave hundreds.
            if await self._recover() < store.SWEEP_TURNS:
                await asyncio.sleep(SWEEP_SECONDS * random.uniform(0.7, 1.3))  # noqa: S311 - only spreads the workers

    async def drain(self, grace_seconds: float) -> None:
        """Let running turns finish; what does not finish in time is given back for the next process."""
        self.draining = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=grace_seconds)
        for task in tuple(self._tasks):
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=2)

    async def _give_back(self, turn: ClaimedTurn) -> None:
        """What cannot be given back is taken when its lease runs out."""
        try:
            await store.release_turn(self._wiring.rpc, turn)
        except AppError as error:
            log.warning("release_failed", turn_id=turn.turn_id, code=error.code)
        metrics.turns_finished.labels("released").inc()

    async def _recover(self) -> int:
        """One sweep: how many turns it took over."""
        try:
            turns = await store.claim_abandoned_turns(self._wiring.rpc, self._wiring.worker)
        except AppError as error:
            log.warning("sweep_failed", code=error.code)
            return 0
        except Exception as error:
            # The sweep must outlive any surprise: without it abandoned turns would wait for ever.
            log.exception("sweep_crashed", error=type(error).__name__)
            return 0
        for turn in turns:
            log.info("turn_recovered", turn_id=turn.turn_id, attempt=turn.attempt)
            metrics.turns_recovered.inc()
            self.start(turn)
        return len(turns)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, turn: ClaimedTurn) -> None:
        """One turn, and those that its completion leads to. The edge of the task: nothing escapes unlogged."""
        following: ClaimedTurn | None = turn
        metrics.turns_running.inc()
        try:
            while following is not None:
                turn = following
                with structlog.contextvars.bound_contextvars(turn_id=turn.turn_id):
                    following = await self._answer(turn)
                if following is not None and self.draining:
                    await self._give_back(following)
                    following = None
        except asyncio.CancelledError:
            await asyncio.shield(self._give_back(turn))
            raise
        except LeaseLost:
            metrics.turns_finished.labels("lease_lost").inc()
            log.info("turn_lost", turn_id=turn.turn_id)
        except Exception as error:
            # The lease runs out and the turn is tried again; after two tries the guided assistant takes it.
            metrics.turns_finished.labels("crashed").inc()
            log.exception("turn_crashed", turn_id=turn.turn_id, error=type(error).__name__)
        finally:
            metrics.turns_running.dec()

    async def _answer(self, turn: ClaimedTurn) -> ClaimedTurn | None:
        site = await self._sites.site(turn.site_id)
        writer = ReplyWriter(self._wiring.bus, turn)
        writer.begin()
        try:
            reply = await self._under_lease(turn, self._reply(turn, site, writer))
            reply = await qualified(turn, reply, site)
            completion = await self._complete(turn, reply)
        except LeaseLost as lost:
            # Another worker's attempt goes on under the same turn: it is not over for whoever reads.
            if lost.ended is not None:
                self._wiring.bus.publish(
                    turn.conversation_id, ReplyFailed(turn_id=turn.turn_id, reason=lost.ended)
                )
            if lost.ended == "superseded":
                await self._settle(turn, writer)
            raise
        self._publish(turn, writer.attempt, reply, completion)
        if not completion.accepted:
            await self._settle(turn, writer)
            return completion.next_turn
        if PROMISE in reply.effects.meta:
            await self._tell_of_promise(turn, completion)
        if any(m["context"]["text"] == "handoff.requested" for m in completion.messages[1:]):
            await self._summarise(turn, site, reply)
        return completion.next_turn

    async def _summarise(self, turn: ClaimedTurn, site: Site, reply: Reply) -> None:
        """For whoever takes it: the model's words where it led, else what is known."""
        said = reply.effects.handoff.summary if reply.effects.handoff and reply.source == "model" else ""
        facts = (reply.lead or turn.lead or {}).get("facts", ())
        await leave_summary(
            self._wiring,
            site=turn.site_id,
            conversation=turn.conversation_id,
            text=said or facts_summary(turn, site, facts),
            by="model" if said else "facts",
        )

    async def _tell_of_promise(self, turn: ClaimedTurn, completion: store.Completion) -> None:
        """The task is stored; that lists show it at once is all that can fail here."""
        try:
            await tell_of_promise(self._wiring, turn.site_id, completion.messages[0]["id"])
        except AppError as error:
            log.warning("task_not_told", turn_id=turn.turn_id, code=error.code)

    async def _reply(self, turn: ClaimedTurn, site: Site, writer: ReplyWriter) -> Reply:
        reply = await self._composer.compose(turn, site, writer)
        promise = promised(reply.text, site)
        if promise is not None:
            # Nobody of the team knows of it: with the reply a task is stored.
            meta = reply.effects.meta | {PROMISE: promise.as_json()}
            reply = replace(reply, effects=replace(reply.effects, meta=meta))
        return await tell_who_is_there(self._wiring, turn, site, writer, reply)

    async def _settle(self, turn: ClaimedTurn, writer: ReplyWriter) -> None:
        """The model's work on a reply that was cut off is billed: budgets must know of it."""
        if not writer.usage.input_tokens:
            return
        try:
            await store.settle_cut_turn(
                self._wiring.rpc, turn, ReplyFacts(model=writer.model, usage=writer.usage)
            )
        except AppError as error:
            log.warning("settle_failed", turn_id=turn.turn_id, code=error.code)

    async def _under_lease(self, turn: ClaimedTurn, work: Coroutine[Any, Any, Reply]) -> Reply:
        """Run the work while the heartbeat holds the turn. Raises LeaseLost as soon as it does not."""
        composing = asyncio.ensure_future(work)
        heartbeat = asyncio.ensure_future(self._beat(turn))
        stop = self._stops[turn.turn_id] = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait((composing, heartbeat, stop), return_when=asyncio.FIRST_COMPLETED)
            if stop.done():
                raise LeaseLost("superseded")
            if not composing.done():
                raise LeaseLost(heartbeat.result())
            return composing.result()
        finally:
            self._stops.pop(turn.turn_id, None)
            self._checks.pop(turn.conversation_id, None)
            for task in (composing, heartbeat):
                task.cancel()
            # The model's connection is closed inside the cancelled task: wait for that.
            await asyncio.gather(composing, heartbeat, return_exceptions=True)

    async def _beat(self, turn: ClaimedTurn) -> Ended | None:
        """Returns when the turn is lost, and how. A database that is away for a moment loses no turn."""
        check = self._checks[turn.conversation_id] = asyncio.Event()
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(HEARTBEAT_SECONDS):
                    await check.wait()
            check.clear()
            try:
                lease = await store.renew_turn(self._wiring.rpc, turn)
                if not lease.held:
                    return "superseded" if lease.superseded else "erased" if lease.gone else None
            except Unavailable:
                log.warning("heartbeat_missed", turn_id=turn.turn_id)

    async def _complete(self, turn: ClaimedTurn, reply: Reply) -> store.Completion:
        """Store the reply; a database that is away is waited for, since the text is already on the visitor's screen."""
        deadline = asyncio.get_running_loop().time() + STORE_PATIENCE_SECONDS
        pause = 0.1
        while True:
            try:
                return await store.complete_turn(self._wiring.rpc, turn, reply, self.claim)
            except NotFound as error:
                raise LeaseLost("erased") from error
            except Conflict as error:
                raise LeaseLost from error
            except Unavailable:
                if asyncio.get_running_loop().time() + pause > deadline:
                    raise
                await asyncio.sleep(pause)
                pause = min(pause * 2, 2.0)

    def _publish(self, turn: ClaimedTurn, attempt: int, reply: Reply, completion: store.Completion) -> None:
        publish = partial(publish_to, self._wiring.bus, turn.site_id)
        metrics.tokens.labels("input").inc(reply.facts.usage.input_tokens)
        metrics.tokens.labels("output").inc(reply.facts.usage.output_tokens)
        if not completion.accepted:
            metrics.turns_finished.labels("superseded").inc()
            publish(turn.conversation_id, ReplyFailed(turn_id=turn.turn_id, reason="superseded"))
            return
        metrics.turns_finished.labels(reply.source).inc()
        metrics.messages_sent.labels(reply.source).inc()
        if reply.facts.first_text_ms is not None:
            metrics.first_response_seconds.labels(reply.source).observe(reply.facts.first_text_ms / 1000)
        message, *others = completion.messages
        publish(
            turn.conversation_id,
            ReplyDone(
                turn_id=turn.turn_id,
                attempt=attempt,
                message=WireMessage.model_validate(message),
                metadata=reply_metadata(
                    turn.conversation_id, message, completion.handler, reply.facts.response_id
                )
                | {"upto_seq": turn.upto_seq, "awaiting_reply": completion.next_turn is not None},
            ),
        )
        for other in others:
            publish(turn.conversation_id, MessageNew(message=WireMessage.model_validate(other)))
            if other["context"]["text"] == "handoff.requested":
                reason = other["metadata"][0]["reason"]
                publish(
                    turn.conversation_id,
                    HandoffRequested(reason=reason, conversation_uuid=turn.conversation_id),
                )
        announce_turn(self._wiring.bus, turn, reply, completion.lead)
        log.info(
            "turn_done",
            turn_id=turn.turn_id,
            source=reply.source,
            failure=reply.facts.failure,
            first_text_ms=reply.facts.first_text_ms,
            output_tokens=reply.facts.usage.output_tokens,
        )


def reply_metadata(
    conversation_id: str, message: Message, handler: str, response_id: str | None
) -> dict[str, Any]:
    """Seed 002's metadata of a reply."""
    return {
        "conversation_id": conversation_id,
        "assistant_message_id": message["message_id"],
        "assistant_response_id": response_id,
        "handler": handler,
        "quick_replies": message["context"].get("quick_replies", []),
    }
