"""The model over Chat Completions, for servers that speak no Responses API."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager

import aiohttp
import openai

from app.llm.breaker import Outages
from app.llm.chat_body import body_of
from app.llm.chat_events import ChatDecoder
from app.llm.opening import OpeningPolicy
from app.llm.port import Item, ModelEvent, ModelFailure, ModelRequest
from app.llm.posting import Posting
from app.llm.rounds import Deadlines, Rounds


class ChatCompletionsModel:
    """A Model (see port) without threads. `client` must not retry by itself; it is closed with the model.

    `openai_dialect` sends what OpenAI and Azure want and compatible servers often refuse or do not know.
    """

    def __init__(
        self,
        client: openai.AsyncOpenAI,
        deadlines: Deadlines,
        policy: OpeningPolicy | None = None,
        outages: Outages | None = None,
        *,
        openai_dialect: bool = False,
    ) -> None:
        self._client = client
        self._openai_dialect = openai_dialect
        self._posting = Posting(client)
        self._rounds = Rounds(str(client.base_url), deadlines, policy or OpeningPolicy(), outages)

    def stream(self, request: ModelRequest) -> AsyncGenerator[ModelEvent, None]:
        """As the port says; a request that names a thread fails as bad_request."""

        def opener() -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
            body = body_of(request, openai_dialect=self._openai_dialect)
            return self._posting.post("/chat/completions", body, request.request_id)

        decoder = ChatDecoder(request.max_output_tokens)
        return self._rounds.play(request.model, opener, decoder, in_thread=False)

    async def open_thread(self, items: tuple[Item, ...]) -> str:  # noqa: ARG002 - the port's signature
        """Chat Completions keeps no conversations: always ModelFailure("bad_request")."""
        raise ModelFailure("bad_request", "Chat Completions keeps no conversations")

    async def forget_thread(self, thread: str) -> None:  # noqa: ARG002 - the port's signature
        """As open_thread."""
        raise ModelFailure("bad_request", "Chat Completions keeps no conversations")

    async def close(self) -> None:
        await self._posting.close()
        await self._client.close()
