"""`talia doctor`: looks at the configuration and at everything it names, and says what to do about it.

Each check yields findings; none of them prints a secret. An error of ours is a finding, never a traceback.
"""

from __future__ import annotations

import asyncio
import ipaddress
import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import typer
from pydantic import SecretStr

from app.cli.listening import OPEN_FILES, allow_many_files, listen
from app.db.embedded import EmbeddedPostgres
from app.errors import AppError, ConfigurationError
from app.settings import Settings, load_settings, unknown_variables

if TYPE_CHECKING:
    from app.db.rpc import Rpc

FREE_BYTES = 1_000_000_000
REDIS_SECONDS = 3.0
FEW_FILES = 4096
EMBEDDING_SECONDS = 10.0

Level = Literal["ok", "warn", "fail"]
COLOURS = {"ok": typer.colors.GREEN, "warn": typer.colors.YELLOW, "fail": typer.colors.RED}


@dataclass(frozen=True, slots=True)
class Finding:
    """One line for the operator."""

    level: Level
    subject: str
    text: str


Check = Callable[[Settings], AsyncIterator[Finding]]


def examine() -> int:
    """Print all findings; the exit code: 1 if something fails, else 0."""
    return asyncio.run(_examine())


async def _examine() -> int:
    try:
        settings = load_settings()
    except ConfigurationError as error:
        _print(Finding("fail", "settings", str(error)))
        return 1
    failed = False
    for check in CHECKS:
        async for finding in check(settings):
            _print(finding)
            failed |= finding.level == "fail"
    return int(failed)


def _print(finding: Finding) -> None:
    label = typer.style(f"{finding.level:<5}", fg=COLOURS[finding.level])
    typer.echo(f"{label} {finding.subject:<9} {' '.join(finding.text.split())}")


async def _variables(_: Settings) -> AsyncIterator[Finding]:
    strange = unknown_variables()
    for name, meant in strange.items():
        hint = f"; did you mean {meant}?" if meant else ""
        yield Finding("warn", "settings", f"{name} is not a setting and changes nothing{hint}")
    if not strange:
        yield Finding("ok", "settings", "every TALIA_ variable is known and valid")


async def _data_dir(settings: Settings) -> AsyncIterator[Finding]:
    if settings.embedded_database and settings.data_dir.exists():
        free = shutil.disk_usage(settings.data_dir).free
        if free < FREE_BYTES:
            yield Finding("warn", "data dir", f"only {free // 1_000_000} MB are free in {settings.data_dir}")
    if not settings.embedded_database and settings.secret_key is None:
        yield Finding(
            "warn",
            "data dir",
            f"the key of hashes is kept in {settings.data_dir}: with several machines set one TALIA_SECRET_KEY",
        )


async def _database(settings: Settings) -> AsyncIterator[Finding]:
    server = None
    try:
        if settings.embedded_database:
            server = EmbeddedPostgres(settings.data_dir)
            url = await asyncio.to_thread(lambda: server.start().wait())
            yield Finding("ok", "database", f"the embedded PostgreSQL runs in {settings.data_dir}")
            settings = settings.model_copy(update={"database_url": SecretStr(url)})
        async for finding in _database_answers(settings, embedded=server is not None):
            yield finding
    except (ConfigurationError, AppError) as error:
        yield Finding("fail", "database", str(error))
    finally:
        if server is not None:
            await asyncio.to_thread(server.stop)


async def _database_answers(settings: Settings, *, embedded: bool) -> AsyncIterator[Finding]:
    if settings.database_url is not None:
        from app.db.migrate import pending  # noqa: PLC0415 - one transport's driver only

        missing = await asyncio.to_thread(pending, settings.database_url.get_secret_value())
        if missing and embedded:
            yield Finding("ok", "database", f"{len(missing)} migration(s) will be applied by `talia serve`")
            return
        if missing:
            text = f"{len(missing)} migration(s) are missing, from {missing[0]} on: run `talia migrate`"
            yield Finding("fail", "database", text)
            return
    from app.wiring import open_rpc  # noqa: PLC0415 - as above

    rpc = await open_rpc(settings)
    try:
        await rpc.call("ping")
        sites = await rpc.call("list_sites")
    except AppError as error:
        advice = ""
        if settings.supabase_url:
            advice = (
                ": is the schema public exposed, are the migrations pushed, is this the service_role key?"
            )
        yield Finding("fail", "database", f"its functions cannot be called ({error.code}){advice}")
    else:
        way = "Supabase's API" if settings.supabase_url else "the connection"
        yield Finding("ok", "database", f"migrated; its functions answer over {way}; {len(sites)} site(s)")
        async for finding in _vectors(rpc, settings):
            yield finding
    finally:
        await rpc.close()


async def _redis(settings: Settings) -> AsyncIterator[Finding]:
    if settings.redis_url is None:
        yield Finding("ok", "redis", "not set: one process only (talia serve without --workers)")
        return
    from redis.asyncio import Redis  # noqa: PLC0415 - only those who have one pay for it
    from redis.exceptions import RedisError  # noqa: PLC0415

    try:
        client = Redis.from_url(
            settings.redis_url.get_secret_value(),
            socket_connect_timeout=REDIS_SECONDS,
            socket_timeout=REDIS_SECONDS,
        )
    except ValueError:
        yield Finding("fail", "redis", "TALIA_REDIS_URL: write redis://:password@host:6379/0")
        return
    try:
        await client.ping()
        yield Finding("ok", "redis", "answers")
    except (RedisError, OSError) as error:
        yield Finding(
            "fail",
            "redis",
            f"{type(error).__name__}: it does not answer at TALIA_REDIS_URL; streams would fall back to polling",
        )
    finally:
        await client.aclose()


async def _model(settings: Settings) -> AsyncIterator[Finding]:
    from app.llm.build import check_model  # noqa: PLC0415 - the SDK takes 0.5 s to import

    levels: dict[str, Level] = {"ok": "ok", "warning": "warn", "error": "fail"}
    for found in await check_model(settings):
        yield Finding(levels[found.level], "model", found.text)


async def _embeddings(settings: Settings) -> AsyncIterator[Finding]:
    if settings.openai_embeddings_model is None:
        return
    from app.llm.embeddings import NotEmbedded, build_embeddings  # noqa: PLC0415 - as above

    try:
        embeddings = build_embeddings(settings)
    except ConfigurationError as error:
        yield Finding("fail", "meaning", str(error))
        return
    if embeddings is None:
        text = "TALIA_OPENAI_EMBEDDINGS_MODEL changes nothing without TALIA_OPENAI_API_KEY or TALIA_OPENAI_BASE_URL"
        yield Finding("warn", "meaning", text)
        return
    try:
        await embeddings.embed(["talia"], seconds=EMBEDDING_SECONDS)
        yield Finding("ok", "meaning", f"{settings.openai_embeddings_model!r} embeds")
    except NotEmbedded as failure:
        text = (
            f"TALIA_OPENAI_EMBEDDINGS_MODEL: {settings.openai_embeddings_model!r} does not embed ({failure})"
        )
        yield Finding("fail", "meaning", text)
    finally:
        await embeddings.close()


async def _vectors(rpc: Rpc, settings: Settings) -> AsyncIterator[Finding]:
    """Whether the database, migrated and answering, can keep what the model for embeddings gives."""
    if settings.openai_embeddings_model is None:
        return
    state = await rpc.call("vector_state")
    if state["vectors"]:
        yield Finding("ok", "database", "keeps vectors: knowledge is searched by meaning too")
    elif state["available"]:
        text = (
            "pgvector is there, but not set up: run `talia migrate` as a user who may create extensions "
            "(over Supabase's API: `select private.enable_vectors()` in the SQL editor)"
        )
        yield Finding("warn", "database", text)
    else:
        text = "no pgvector: knowledge is searched by words alone; install it on the server, then `talia migrate`"
        yield Finding("warn", "database", text)


async def _notifications(settings: Settings) -> AsyncIterator[Finding]:
    from app.notifications.smtp import Mailer  # noqa: PLC0415 - as above
    from app.notifications.types import NotSent  # noqa: PLC0415
    from app.notifications.webpush import NOBODY, Vapid, push_contact  # noqa: PLC0415

    try:
        mailer = Mailer.of(settings)
        if settings.vapid_private_key is not None:
            Vapid(settings)
    except ConfigurationError as error:
        yield Finding("fail", "notices", str(error))
        return
    if mailer is None:
        text = "no TALIA_SMTP_URL: no mail is sent; invitations and password links are shown instead"
        yield Finding("ok", "notices", text)
    else:
        try:
            await mailer.try_out()
            yield Finding("ok", "notices", f"mails are handed in at {mailer.host}:{mailer.port}")
        except NotSent as error:
            yield Finding("fail", "notices", f"{mailer.host}:{mailer.port} takes no mail ({error.failure})")
    if push_contact(settings) == NOBODY:
        text = "push services are told of nobody to write to, and some want to know: see TALIA_VAPID_SUBJECT"
        yield Finding("ok", "notices", text)


async def _port(settings: Settings) -> AsyncIterator[Finding]:
    try:
        with listen(settings.host, settings.port):
            yield Finding("ok", "port", f"{settings.port} is free on {settings.host}")
    except ConfigurationError as error:
        running = " (no harm if that is this server)" if "is taken" in str(error) else ""
        yield Finding("warn" if running else "fail", "port", f"{error}{running}")
    files = allow_many_files()
    if files < FEW_FILES:
        text = f"only {files} files may be open, and every event stream is one: raise `ulimit -n` to {OPEN_FILES}"
        yield Finding("warn", "port", text)


async def _proxies(settings: Settings) -> AsyncIterator[Finding]:
    if any(network.prefixlen == 0 for network in settings.trusted_networks):
        text = (
            "TALIA_TRUSTED_PROXIES believes everybody: any visitor can forge an address and escape the limits"
        )
        yield Finding("warn", "proxies", text)
    elif settings.trusted_networks:
        yield Finding(
            "ok", "proxies", f"{len(settings.trusted_networks)} network(s) may name the visitor's address"
        )
    elif settings.public_url and _is_loopback(settings.host):
        text = (
            "there is a PUBLIC_URL but no TALIA_TRUSTED_PROXIES: behind a proxy all visitors share one limit"
        )
        yield Finding("warn", "proxies", text)
    else:
        yield Finding("ok", "proxies", "none: the visitor's address is the connection's")
    if settings.public_url and settings.public_url.startswith("http://"):
        yield Finding(
            "warn", "proxies", "TALIA_PUBLIC_URL is not https: tokens would cross the network in the clear"
        )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


CHECKS: tuple[Check, ...] = (
    _variables,
    _data_dir,
    _database,
    _redis,
    _model,
    _embeddings,
    _notifications,
    _port,
    _proxies,
)
