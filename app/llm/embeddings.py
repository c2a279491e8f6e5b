"""The port to a model that turns texts into vectors: texts of one meaning lie near each other, whatever their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from app.llm.build import base_url_of, check_server, model_is_configured
from app.llm.port import FailureKind, ModelFailure

if TYPE_CHECKING:
    from app.settings import Settings

Vector = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Embedded:
    """A vector for each text, in their order, and what they cost; 0 tokens: the server did not say."""

    vectors: tuple[Vector, ...]
    tokens: int


class NotEmbedded(ModelFailure):
    """`retry_after`: seconds that the server asked to wait."""

    def __init__(self, kind: FailureKind, detail: str = "", *, retry_after: float | None = None) -> None:
        super().__init__(kind, detail)
        self.retry_after = retry_after


class Embeddings(Protocol):
    """`reference` names what its vectors may be compared with: the model and its dimensions."""

    @property
    def reference(self) -> str: ...

    async def embed(self, texts: Sequence[str], *, seconds: float) -> Embedded:
        """One request, never repeated here. Raises NotEmbedded, at the latest after `seconds`, and nothing else."""
        ...

    async def close(self) -> None: ...


def reference_of(settings: Settings) -> str | None:
    """What this server's vectors are kept under; None without a model for them, or without a server to ask."""
    if settings.openai_embeddings_model is None or not model_is_configured(settings):
        return None
    return f"{settings.openai_embeddings_model}/{settings.openai_embeddings_dimensions or 'own'}"


def build_embeddings(settings: Settings) -> Embeddings | None:
    """The model that the settings name; None: knowledge is searched by words alone. Raises ConfigurationError."""
    reference = reference_of(settings)
    if reference is None:
        return None
    check_server(settings)
    # Here and not above, as in build.build_model: the SDK takes most of a second.
    from app.llm.openai_embeddings import make_embeddings  # noqa: PLC0415

    return make_embeddings(settings, base_url_of(settings), reference)
