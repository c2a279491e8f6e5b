"""`talia knowledge …`: what sites know, embedded at once instead of in the background."""

# ruff: noqa: PLC0415 - what a command needs is imported inside it, as everywhere in the command line

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from app.errors import ConfigurationError

if TYPE_CHECKING:
    from app.db.rpc import Rpc
    from app.settings import Settings

app = typer.Typer(help="Knowledge: prepare it for search by meaning.", no_args_is_help=True)


@app.callback()
def knowledge() -> None:
    """Knowledge: prepare it for search by meaning."""


@app.command()
def embed() -> None:
    """Embed every item and passage that the configured model has not embedded yet, of all sites.

    A running server does the same in the background; both at once share the work. Exit code 2 if the model fails.
    """
    from app.cli.database import on_database

    typer.echo(f"{on_database(_embed)} text(s) embedded")


async def _embed(rpc: Rpc, settings: Settings) -> int:
    from app.knowledge.embedding import embed_batch
    from app.llm.embeddings import build_embeddings

    embeddings = build_embeddings(settings)
    if embeddings is None:
        raise ConfigurationError(
            "no model: set TALIA_OPENAI_EMBEDDINGS_MODEL, and TALIA_OPENAI_API_KEY or TALIA_OPENAI_BASE_URL"
        )
    stored = 0
    try:
        while True:
            batch = await embed_batch(rpc, embeddings, budget=settings.budget_site_day_tokens, look=True)
            stored += batch.stored
            if batch.state == "no_vectors":
                raise ConfigurationError(
                    "the database keeps no vectors: install pgvector on the server, then `talia migrate`"
                )
            if batch.state == "failed":
                raise ConfigurationError(
                    f"{embeddings.reference} fails ({batch.failure}); {stored} text(s) were embedded before"
                )
            if batch.state == "done" and not batch.queued:
                return stored
    finally:
        await embeddings.close()
