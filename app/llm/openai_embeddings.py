"""Embeddings over OpenAI's API, or that of a compatible server. Import it late: see build.py."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Sequence

import msgspec
import openai

from app.llm.breaker import Breaker
from app.llm.embeddings import Embedded, NotEmbedded, Vector
from app.llm.failures import TRANSPORT_ERRORS, failure_of
from app.llm.openai_server import make_client
from app.llm.opening import retry_after_seconds
from app.llm.port import ModelFailure
from app.settings import Settings

MAX_DIMENSIONS = 16_000
"""What pgvector can keep."""


class _Row(msgspec.Struct):
    index: int
    embedding: list[float]


class _Usage(msgspec.Struct):
    total_tokens: int = 0


class _Answer(msgspec.Struct):
    data: list[_Row]
    usage: _Usage | None = None


class OpenAIEmbeddings:
    """See `embeddings.Embeddings`. `client` must not retry by itself; it is closed with this.

    `dimensions` 0: as many as the model gives, which is all that many compatible servers can do.
    """

    def __init__(self, client: openai.AsyncOpenAI, *, model: str, dimensions: int, reference: str) -> None:
        self._client = client
        self._model = model
        self._dimensions = dimensions
        self.reference = reference
        # Its own: who cannot embed may answer well, and the other way round.
        self._breaker = Breaker(f"embeddings {reference} at {client.base_url}")
        # Touched now: the SDK imports a resource when it is first used, a wait for the first visitor.
        self._create = client.embeddings.with_raw_response.create

    async def embed(self, texts: Sequence[str], *, seconds: float) -> Embedded:
        try:
            permit = self._breaker.admit()
        except ModelFailure as closed:
            raise NotEmbedded(closed.kind, closed.detail) from None
        try:
            async with asyncio.timeout(seconds):
                content = await self._ask(texts)
            embedded = _read(content, count=len(texts), dimensions=self._dimensions)
        except NotEmbedded as failure:
            permit.failed(failure.kind)
            raise
        except TRANSPORT_ERRORS as error:
            told = failure_of(error)
            permit.failed(told.kind)
            raise NotEmbedded(told.kind, told.detail, retry_after=retry_after_seconds(error)) from None
        finally:
            permit.release()
        permit.succeeded()
        return embedded

    async def _ask(self, texts: Sequence[str]) -> bytes:
        answer = await self._create(
            model=self._model,
            input=list(texts),
            # Said, because the SDK's own choice (base64) is one that compatible servers do not know.
            encoding_format="float",
            dimensions=self._dimensions or openai.omit,
        )
        return answer.content

    async def close(self) -> None:
        await self._client.close()


def make_embeddings(settings: Settings, base_url: str, reference: str) -> OpenAIEmbeddings:
    return OpenAIEmbeddings(
        make_client(settings, base_url),
        model=str(settings.openai_embeddings_model),
        dimensions=settings.openai_embeddings_dimensions,
        reference=reference,
    )


def _read(content: bytes, *, count: int, dimensions: int) -> Embedded:
    """Nothing of it is trusted: what is stored wrong would be found wrong for ever."""
    try:
        answer = msgspec.json.decode(content, type=_Answer)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise NotEmbedded("malformed", "the body does not fit the API") from None
    rows = sorted(answer.data, key=lambda row: row.index)
    if [row.index for row in rows] != list(range(count)):
        raise NotEmbedded("malformed", f"{len(rows)} vectors for {count} texts")
    wanted = dimensions or len(rows[0].embedding)
    if not 0 < wanted <= MAX_DIMENSIONS or any(len(row.embedding) != wanted for row in rows):
        raise NotEmbedded("malformed", f"vectors without {wanted} dimensions")
    vectors = tuple(tuple(row.embedding) for row in rows)
    if not all(map(_points_somewhere, vectors)):
        raise NotEmbedded("malformed", "a vector without a direction")
    return Embedded(vectors, answer.usage.total_tokens if answer.usage else 0)


def _points_somewhere(vector: Vector) -> bool:
    """As pgvector will see it, in single precision."""
    length = math.fsum(x * x for x in vector) if all(map(math.isfinite, vector)) else 0.0
    return 1e-12 < length < 1e12
