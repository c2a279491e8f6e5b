"""The model over OpenAI's Responses API.

The SDK brings authentication, errors and conversations; the stream is opened and read past it (`posting`, `sse`),
because its own call and event parsing cost several times the CPU of everything else in a turn's reading.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager

import aiohttp
import openai

from app.llm.breaker import Outages
from app.llm.opening import OpeningPolicy
from app.llm.port import Item, ModelEvent, ModelRequest
from app.llm.posting import Posting
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
        self._posting = Posting(client)
        self._rounds = Rounds(str(client.base_url), deadlines, policy, outages)
        self._threads = Threads(client, seconds=deadlines.first_text, policy=policy)

    def stream(self, request: ModelRequest) -> AsyncGenerator[ModelEvent, None]:
        """As the port says. With `request.thread`, items and answer are added to that conversation."""
        in_thread = request.thread is not None
        decoder = ResponsesDecoder(in_thread=in_thread, max_output_tokens=request.max_output_tokens)

        def opener() -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
            return self._posting.post("/responses", body_of(request), request.request_id)

        return self._rounds.play(request.model, opener, decoder, in_thread=in_thread)

    async def open_thread(self, items: tuple[Item, ...]) -> str:
        """As the port says."""
        return await self._threads.open([wire_item(item) for item in items])

    async def forget_thread(self, thread: str) -> None:
        """As the port says."""
        await self._threads.forget(thread)

    async def close(self) -> None:
        await self._posting.close()
        await self._client.close()
