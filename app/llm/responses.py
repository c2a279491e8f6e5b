"""The model over OpenAI's Responses API.

The SDK brings authentication, the shape of requests and errors; the stream is read as raw bytes, because the
SDK's own event parsing costs four to five times the CPU of everything else in a turn's reading.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager
from typing import Any

import openai

from app.llm.breaker import Outages
from app.llm.opening import OpeningPolicy
from app.llm.port import Item, ModelEvent, ModelRequest
from app.llm.responses_body import body_of, wire_item
from app.llm.responses_events import ResponsesDecoder
from app.llm.rounds import Deadlines, Rounds
from app.llm.threads import Threads


class ResponsesModel:
    """A Model (see port). `client` must not retry by itself; it is closed with the model."""

    def __init__(
        self,
        client: openai.AsyncOpenAI,
        deadlines: Deadlines,
        policy: OpeningPolicy | None = None,
        outages: Outages | None = None,
    ) -> None:
        policy = policy or OpeningPolicy()
        self._client = client
        self._rounds = Rounds(client, deadlines, policy, outages)
        self._threads = Threads(client, seconds=deadlines.first_text, policy=policy)
        # Touched now: the SDK imports a resource when it is first used, a wait for the first visitor.
        self._create = client.responses.with_streaming_response.create

    def stream(self, request: ModelRequest) -> AsyncGenerator[ModelEvent, None]:
        """As the port says. With `request.thread`, items and answer are added to that conversation."""
        in_thread = request.thread is not None
        decoder = ResponsesDecoder(in_thread=in_thread, max_output_tokens=request.max_output_tokens)

        def opener() -> AbstractAsyncContextManager[openai.AsyncAPIResponse[Any]]:
            headers = {"X-Client-Request-Id": request.request_id} if request.request_id else None
            # As extra_body, because the SDK walks every typed argument through its schema: 0.1 ms for each message.
            return self._create(stream=True, extra_body=body_of(request), extra_headers=headers)

        return self._rounds.play(request.model, opener, decoder, in_thread=in_thread)

    async def open_thread(self, items: tuple[Item, ...]) -> str:
        """As the port says."""
        return await self._threads.open([wire_item(item) for item in items])

    async def forget_thread(self, thread: str) -> None:
        """As the port says."""
        await self._threads.forget(thread)

    async def close(self) -> None:
        await self._client.close()
