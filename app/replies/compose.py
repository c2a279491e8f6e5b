"""Who answers this turn: the model where it can, else the guided assistant. Always one reply, never none."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

import structlog

from app import metrics
from app.conversations.types import ClaimedTurn
from app.knowledge.types import Knowledge
from app.leads.rubrics import rubric_of
from app.llm.port import ModelFailure, Usage
from app.prompting.types import Assistant, Consents, Prompts
from app.replies import store
from app.replies.ahead import Ahead, Question
from app.replies.allowed import knowledge_of
from app.replies.generation import Generation
from app.replies.guard import GuardTripped
from app.replies.guided import answer, topic_words
from app.replies.language import language_of
from app.replies.lookup import Lookup
from app.replies.types import RUBRIC, SOURCES, Reply, ReplyFacts
from app.replies.writer import ReplyWriter
from app.sites.types import Site
from app.wiring import Wiring

log = structlog.get_logger(__name__)

MODEL_ATTEMPTS = 2
"""After two attempts with the model, by whichever workers, the guided assistant takes the turn."""
TURN_SECONDS = 90.0
HEAD_START_SECONDS = 0.2
"""The model's own deadline comes first where both are due: from it the breaker learns that the server is down."""
GUIDED_PIECE_WORDS = 3
GUIDED_PIECE_SECONDS = 0.04
GUIDED_PIECES = 15

GuidedReason = Literal["default", "failure", "budget", "recovery"]


Restart = Callable[[ClaimedTurn], Awaitable[int | None]]
"""Begins a turn's text anew: the number of the next attempt, or None when the turn is somebody else's by now."""


@dataclass(frozen=True, slots=True)
class _Task:
    """One reply to compose."""

    turn: ClaimedTurn
    site: Site
    writer: ReplyWriter
    assistant: Assistant
    lookup: Lookup


class Composer:
    """Composes replies; holds what is the same for every turn."""

    def __init__(
        self,
        wiring: Wiring,
        prompts: Prompts,
        knowledge: Knowledge,
        consents: Consents,
        restart: Restart | None = None,
        *,
        paced: bool = True,
    ) -> None:
        """`paced`: whether the guided assistant writes as a model does, a few words at a time."""
        self._wiring = wiring
        self._prompts = prompts
        self._ahead = Ahead(knowledge)
        self._consents = consents
        self._paced = paced
        self._restart = restart or partial(store.restart_turn, wiring.rpc)

    async def compose(self, turn: ClaimedTurn, site: Site, writer: ReplyWriter) -> Reply:
        assistant = await self._prompts.assistant_for(site.id, turn.conversation_id)
        lookup = Lookup(knowledge_of(assistant, self._ahead), turn, language_of(turn.history, turn.locale))
        task = _Task(turn, site, writer, assistant, lookup)
        await lookup.look(partial(topic_words, lookup.asked, lookup.locale))
        reply = await self._compose(task)
        reply = _with_origin(reply, lookup, site)
        self._ahead.note(turn, lookup, reply)
        return reply

    def expect(self, question: Question) -> None:
        """A message is on its way to the database: begin what its reply will need."""
        self._ahead.expect(question)

    def leave(self, session_id: str) -> None:
        """The message that was expected is not the assistant's to answer."""
        self._ahead.leave(session_id)

    async def _compose(self, task: _Task) -> Reply:
        turn, writer = task.turn, task.writer
        if self._wiring.model is None:
            return await self._guided(task, "default", ReplyFacts())
        if turn.over_budget is not None:
            return await self._guided(task, "budget", ReplyFacts(failure=f"budget_{turn.over_budget}"))
        if turn.attempt > MODEL_ATTEMPTS:
            return await self._guided(task, "recovery", ReplyFacts(failure="attempts"))

        generation: Generation | None = None
        kind, detail = "", ""
        try:
            generation = Generation(
                self._wiring,
                task.assistant,
                self._consents,
                turn=turn,
                site=task.site,
                writer=writer,
                lookup=task.lookup,
            )
            return await self._within_time(generation, writer)
        except ModelFailure as failure:
            kind, detail = failure.kind, failure.detail
        except GuardTripped as tripped:
            kind = f"guard_{tripped.reason}"
        except TimeoutError:
            kind, detail = "timeout", "turn"
        except Exception as error:
            # A fault of our own must not leave the visitor waiting for the lease to run out.
            kind, detail = "crashed", type(error).__name__
            log.exception("generation_crashed", turn_id=turn.turn_id, error=detail)
        metrics.model_failures.labels(kind).inc()
        log.warning("model_failed", turn_id=turn.turn_id, kind=kind, detail=detail[:200])
        if writer.visible:
            attempt = await self._restart(turn)
            if attempt is not None:
                writer.restart(attempt, "failure")
        facts = ReplyFacts(
            model=generation.model_name if generation else None,
            usage=generation.usage if generation else Usage(),
            failure=kind,
            forget_thread=turn.thread is not None,
        )
        return await self._guided(task, "failure", facts)

    async def _within_time(self, generation: Generation, writer: ReplyWriter) -> Reply:
        """The first visible text in the time the settings give, tools included; the whole turn in TURN_SECONDS."""
        first_text = self._wiring.settings.openai_first_text_seconds + HEAD_START_SECONDS
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(first_text) as deadline:
                writer.on_first_text = lambda: deadline.reschedule(loop.time() + TURN_SECONDS)
                return await generation.run()
        finally:
            # The deadline is over with the model: whoever writes next must not reschedule it.
            writer.on_first_text = None

    async def _guided(self, task: _Task, reason: GuidedReason, facts: ReplyFacts) -> Reply:
        site, writer = task.site, task.writer
        guided = answer(
            task.turn,
            task.assistant,
            self._consents,
            site_name=site.name,
            region=site.region,
            reason=reason,
            found=task.lookup.found,
            talked_of=task.lookup.current,
        )
        if self._paced:
            await _write_paced(writer, guided.text)
        else:
            writer.write(guided.text)
        return Reply(
            text=guided.text,
            source="guided",
            effects=guided.effects,
            facts=replace(facts, prompt_ref=task.assistant.ref, first_text_ms=writer.first_text_ms),
        )


def _with_origin(reply: Reply, lookup: Lookup, site: Site) -> Reply:
    """The reply with what it was made from, for the staff: sources, and the rubric that its lead is scored by."""
    sources = lookup.sources(reply.text, reply.effects.cards) if reply.source == "model" else []
    origin: dict[str, Any] = {RUBRIC: rubric_of(site).ref} | ({SOURCES: sources} if sources else {})
    return replace(reply, effects=replace(reply.effects, meta=reply.effects.meta | origin))


async def _write_paced(writer: ReplyWriter, text: str) -> None:
    """A few words at a time, as a model's text arrives, in no more than GUIDED_PIECES."""
    words = text.split(" ")
    size = max(GUIDED_PIECE_WORDS, math.ceil(len(words) / GUIDED_PIECES))
    for start in range(0, len(words), size):
        piece = " ".join(words[start : start + size])
        writer.write(f" {piece}" if start else piece)
        await asyncio.sleep(GUIDED_PIECE_SECONDS)
