"""Which assistant answers in which conversation: what is published, read anew every two seconds by every worker."""

from __future__ import annotations

import asyncio
import hashlib
import time
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog

from app.db.rpc import Rpc
from app.errors import AppError, ConfigurationError
from app.prompting import store
from app.prompting.assistants import parse_assistant
from app.prompting.types import Assistant

log = structlog.get_logger(__name__)

TTL_SECONDS = 2.0
PATIENCE_SECONDS = 0.5
"""What looking may cost a reply; then the assistant that was in force a moment ago still is."""
SHIPPED = 0
"""The number of the assistant that came with the server."""


class PromptDirectory:
    """Every site's published assistants. `shipped` answers where nothing else is published."""

    def __init__(self, rpc: Rpc, shipped: Assistant, source: str | None = None) -> None:
        """`source` is the text of the shipped assistant's file, for comparing with it."""
        self._rpc = rpc
        self.shipped = shipped
        self.shipped_source = source or ""
        self._states: dict[str, dict[str, Any]] = {}
        self._parsed: dict[tuple[str, int], Assistant] = {}
        self._read_at = float("-inf")
        self._reading = asyncio.Lock()

    async def assistant_for(self, site_id: str, conversation_id: str) -> Assistant:
        """Never raises: who cannot be found is answered for by the last known one, at worst the shipped one."""
        await self._refresh()
        state = self._states.get(site_id)
        if state is None:
            return self.shipped
        number = state["live"]
        canary = state["canary"]
        if canary is not None and in_canary(conversation_id, canary["stages"]):
            number = canary["number"]
        try:
            return await self.version(site_id, number)
        except (AppError, ConfigurationError, TimeoutError) as error:
            log.error("prompt_not_loaded", site_id=site_id, number=number, error=type(error).__name__)  # noqa: TRY400
            return self.shipped

    async def version(self, site_id: str, number: int) -> Assistant:
        """A version by its number. Raises NotFound `prompt.not_found`, ConfigurationError."""
        if number == SHIPPED:
            return self.shipped
        known = self._parsed.get((site_id, number))
        if known is None:
            text = await store.content(self._rpc, site=site_id, number=number)
            # Versions never change: what was parsed once stays.
            known = self._parsed[site_id, number] = numbered(text, self.shipped.name, number)
        return known

    def changed(self) -> None:
        """In this process a release counts at once."""
        self._read_at = float("-inf")

    async def _refresh(self) -> None:
        if time.monotonic() - self._read_at < TTL_SECONDS:
            return
        async with self._reading:
            if time.monotonic() - self._read_at < TTL_SECONDS:
                return
            try:
                async with asyncio.timeout(PATIENCE_SECONDS):
                    self._states = await store.in_force(self._rpc)
            except (AppError, TimeoutError) as error:
                log.warning("prompts_not_read", error=type(error).__name__)
            self._read_at = time.monotonic()


def numbered(text: str, name: str, number: int) -> Assistant:
    """A stored version as an assistant. Raises ConfigurationError."""
    return parse_assistant(text, path=Path(f"{name}@v{number}"), name=name, ref=f"{name}@v{number}")


def in_canary(conversation_id: str, stages: list[dict[str, Any]]) -> bool:
    """Whether a conversation belongs to a trial: decided by its id alone, so that it never changes sides.

    An id carries the time of its making (UUIDv7): what began before the trial stays out of it. `stages` are
    {since_ms, percent}, oldest first; the one that was in force at the beginning counts.
    """
    made_ms = UUID(conversation_id).int >> 80
    begun = [stage["percent"] for stage in stages if stage["since_ms"] <= made_ms]
    bucket = int.from_bytes(hashlib.sha256(conversation_id.encode()).digest()[:4]) % 100
    return bool(begun) and bucket < begun[-1]
