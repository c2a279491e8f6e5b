"""Conversations kept at OpenAI: opened from our history, and deleted again."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import Any, TypeVar

import openai
import structlog

from app.llm.breaker import Breaker
from app.llm.failures import TRANSPORT_ERRORS, failure_of
from app.llm.opening import OpeningPolicy, open_with_retries
from app.llm.port import ModelFailure

log = structlog.get_logger(__name__)

T = TypeVar("T")

ITEMS_PER_CALL = 20
"""OpenAI's limit for adding items to a conversation."""

_CLEANUP_SECONDS = 1.0
"""Deleting a half-filled conversation must not keep the visitor from the guided assistant."""


class Threads:
    """`seconds` bounds each operation as a whole, retries included."""

    def __init__(self, client: openai.AsyncOpenAI, *, seconds: float, policy: OpeningPolicy) -> None:
        self._client = client
        self._conversations = client.conversations
        self._seconds = seconds
        self._policy = policy
        self._breaker = Breaker(f"conversations at {client.base_url}")

    async def open(self, items: list[dict[str, Any]]) -> str:
        """Create a conversation that holds `items`; return its id. One that cannot be filled is deleted."""
        made: list[str] = []
        try:
            await self._guarded(self._fill(items, made), self._seconds, known=False)
        except ModelFailure:
            for thread in made:
                await self._try_to_forget(thread)
            raise
        return made[0]

    async def forget(self, thread: str) -> None:
        """Delete the conversation; one that is gone already is fine."""
        await self._forget(thread, self._seconds)

    async def _fill(self, items: list[dict[str, Any]], made: list[str]) -> None:
        first: Any = items[:ITEMS_PER_CALL]
        conversation = await self._call(lambda: self._conversations.create(items=first))
        made.append(conversation.id)
        for start in range(ITEMS_PER_CALL, len(items), ITEMS_PER_CALL):
            more: Any = items[start : start + ITEMS_PER_CALL]
            await self._call(partial(self._conversations.items.create, conversation.id, items=more))

    async def _forget(self, thread: str, seconds: float) -> None:
        try:
            await self._guarded(self._call(partial(self._conversations.delete, thread)), seconds, known=True)
        except ModelFailure as failure:
            if failure.kind != "thread_lost":
                raise

    async def _try_to_forget(self, thread: str) -> None:
        try:
            await self._forget(thread, _CLEANUP_SECONDS)
        except ModelFailure as failure:
            # The id is all that an operator needs to delete it by hand.
            log.warning("model.thread_left_behind", thread=thread, kind=failure.kind)

    async def _call(self, call: Callable[[], Awaitable[T]]) -> T:
        # in_thread: a call that may have been read must not be sent again, or its items would be added twice.
        return await open_with_retries(call, in_thread=True, policy=self._policy)

    async def _guarded(self, operation: Coroutine[Any, Any, T], seconds: float, *, known: bool) -> T:
        """Run behind the breaker and the deadline. `known`: a 404 is about a conversation that we had."""
        with contextlib.closing(operation):
            if self._client.is_closed():
                raise ModelFailure("unavailable", "this process is stopping")
            permit = self._breaker.admit()
            try:
                async with asyncio.timeout(seconds):
                    result = await operation
            except (*TRANSPORT_ERRORS, ValueError) as error:
                failure = _failure(error, known=known)
                permit.failed(failure.kind)
                raise failure from None
            finally:
                permit.release()
            permit.succeeded()
            return result


def _failure(error: Exception, *, known: bool) -> ModelFailure:
    if isinstance(error, TimeoutError):
        return ModelFailure("timeout", "no answer in time")
    if isinstance(error, ValueError) and not isinstance(error, TRANSPORT_ERRORS):
        return ModelFailure("malformed", type(error).__name__)
    return failure_of(error, in_thread=known)
