"""Which database a command works on, and its migrations."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from pydantic import SecretStr

from app.db.embedded import EmbeddedPostgres
from app.db.rpc import Rpc
from app.errors import AppError, ConfigurationError
from app.settings import Settings, load_settings

T = TypeVar("T")
NOWHERE: Mapping[str, str] = {
    "site.not_found": "there is no such site (a server makes the default one when it first starts)"
}
"""What refusals are called where the command line names a site by its slug."""


@contextmanager
def database(
    settings: Settings, *, migrate_first: bool, meanwhile: Callable[[], object]
) -> Iterator[str | None]:
    """The libpq URL of an up-to-date database, or None when it is reached over Supabase's API.

    `meanwhile` runs while the embedded server starts, which is then migrated always: nobody else could.
    Raises ConfigurationError when migrations are missing elsewhere.
    """
    if not settings.embedded_database:
        url = settings.database_url.get_secret_value() if settings.database_url else None
        if url:
            _bring_up_to_date(settings, url, migrate_first=migrate_first)
        meanwhile()
        yield url
        return
    server = EmbeddedPostgres(settings.data_dir).start()
    try:
        meanwhile()
        url = server.wait()
        _bring_up_to_date(settings, url, migrate_first=True)
        server.watch()
        yield url
    finally:
        server.stop()


def on_database(job: Callable[[Rpc, Settings], Awaitable[T]], *, told: Mapping[str, str] = NOWHERE) -> T:
    """What `job` returns, done on the configured database.

    A refusal is raised as ConfigurationError, one line: `told` by its code, else its own words.
    """
    from app.wiring import open_rpc  # noqa: PLC0415 - what it builds takes 0.5 s to import

    async def work(settings: Settings) -> T:
        rpc = await open_rpc(settings)
        try:
            return await job(rpc, settings)
        finally:
            await rpc.close()

    settings = load_settings()
    with database(settings, migrate_first=False, meanwhile=lambda: None) as url:
        if url:
            settings = settings.model_copy(update={"database_url": SecretStr(url)})
        try:
            return asyncio.run(work(settings))
        except AppError as error:
            raise ConfigurationError(told.get(error.code, f"{error} ({error.code})")) from error


def migrate(settings: Settings) -> list[str]:
    """Apply what is missing; the versions applied. Raises ConfigurationError, one line."""
    from app.db.migrate import migrate as apply  # noqa: PLC0415 - the driver takes 0.1 s to import

    if settings.supabase_url:
        raise ConfigurationError(
            "TALIA_SUPABASE_URL is only the API: run `supabase db push`, or `talia migrate` with it left "
            "empty and TALIA_DATABASE_URL set to the project's direct connection"
        )
    if settings.database_url:
        url = settings.database_url.get_secret_value()
        applied = apply(url)
        _tell_of_vectors(make_room_for_vectors(settings, url))
        return applied
    with EmbeddedPostgres(settings.data_dir) as url:
        applied = apply(url)
        _tell_of_vectors(make_room_for_vectors(settings, url))
        return applied


def _tell_of_vectors(state: str | None) -> None:
    why = {
        "missing": "the server has no pgvector: install its package, and run this again",
        "forbidden": "this user may not create the extension vector: run this as one who may",
    }
    if state in why:
        sys.stderr.write(f"talia: knowledge is searched by words alone: {why[state]}\n")


def make_room_for_vectors(settings: Settings, url: str) -> str | None:
    """Where a model for embeddings is configured: ready, missing or forbidden; else None, and nothing is touched."""
    if settings.openai_embeddings_model is None:
        return None
    from app.db.migrate import enable_vectors  # noqa: PLC0415 - as above

    return enable_vectors(url)


def _bring_up_to_date(settings: Settings, url: str, *, migrate_first: bool) -> None:
    from app.db import migrate as migrations  # noqa: PLC0415 - the driver takes 0.1 s to import

    if migrate_first:
        migrations.migrate(url)
    elif missing := migrations.pending(url):
        raise ConfigurationError(
            f"the database lacks {len(missing)} migration(s), from {missing[0]} on: run `talia migrate`"
        )
    make_room_for_vectors(settings, url)
