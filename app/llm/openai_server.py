"""Everything that is made with the OpenAI SDK from the settings. Import it late: see build.py."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import httpx2
import openai
from openai import AsyncOpenAI, DefaultAioHttpClient

from app.llm.breaker import Outages
from app.llm.build import Finding
from app.llm.chat_completions import ChatCompletionsModel
from app.llm.failures import TRANSPORT_ERRORS, failure_of
from app.llm.port import FailureKind, Model
from app.llm.posting import CONNECT_SECONDS, KEPT_SECONDS, MOST_CONNECTIONS, POOL_SECONDS
from app.llm.responses import ResponsesModel
from app.llm.rounds import Deadlines
from app.settings import Settings

_NO_KEY = "no-key"
"""Compatible servers on one's own machine need no key, but the SDK wants one."""

_CHECK_SECONDS = 10.0
_WARN_DAYS = 60

_ADVICE: dict[FailureKind, str] = {
    "auth": "refuses the key (TALIA_OPENAI_API_KEY)",
    "quota": "says that the account has no quota left",
    "rate_limited": "is limiting our requests right now",
    "timeout": f"did not answer within {_CHECK_SECONDS:.0f} s",
    "unavailable": "cannot be reached",
    "cut": "broke the connection",
}


def make_model(settings: Settings, base_url: str, outages: Outages | None) -> Model:
    """The adapter for `settings.openai_api`; the settings have been checked."""
    client = make_client(settings, base_url)
    deadlines = Deadlines(settings.openai_first_text_seconds, settings.openai_stall_seconds)
    if settings.openai_api == "chat":
        return ChatCompletionsModel(client, deadlines, outages=outages, openai_dialect=_is_openai(base_url))
    return ResponsesModel(client, deadlines, outages=outages)


async def ask_about_model(settings: Settings, base_url: str) -> tuple[Finding, ...]:
    """What `GET /models/…` says about the configured model, for the operator."""
    name = str(settings.openai_model_name)
    client = make_client(settings, base_url)
    try:
        async with asyncio.timeout(_CHECK_SECONDS):
            return await _ask(client, name)
    except (*TRANSPORT_ERRORS, ValueError) as error:
        failure = failure_of(error)
        advice = _ADVICE.get(failure.kind, f"does not answer as the API does ({failure.detail})")
        return (Finding("error", f"{base_url} {advice}"),)
    finally:
        await client.close()


async def _ask(client: AsyncOpenAI, name: str) -> tuple[Finding, ...]:
    try:
        model = await client.models.retrieve(name)
    except openai.NotFoundError:
        # Some compatible servers can only list.
        listed = {model.id: model async for model in client.models.list()}
        if name not in listed:
            return (Finding("error", f"TALIA_OPENAI_MODEL: {client.base_url} has no model {name!r}"),)
        model = listed[name]
    found = Finding("ok", f"model {name!r} at {client.base_url}")
    warning = _about_shutdown(name, model.shutdown_date)
    return (found, warning) if warning else (found,)


def _about_shutdown(name: str, shutdown_date: str | None) -> Finding | None:
    try:
        ends = date.fromisoformat((shutdown_date or "")[:10])
    except ValueError:
        return None
    days = (ends - datetime.now(UTC).date()).days
    if days > _WARN_DAYS:
        return None
    when = f"in {days} days" if days >= 0 else "already"
    return Finding("warning", f"model {name!r} ends {when}, on {ends}: set TALIA_OPENAI_MODEL to a newer one")


def make_client(settings: Settings, base_url: str) -> AsyncOpenAI:
    """For what is not streamed, and for what `posting` takes from it; over aiohttp, as that is."""
    # Reading has no timeout here because rounds.py holds tighter ones; a connection is quick or not there.
    timeout = httpx2.Timeout(None, connect=CONNECT_SECONDS, pool=POOL_SECONDS)
    limits = httpx2.Limits(
        max_connections=MOST_CONNECTIONS, max_keepalive_connections=1_000, keepalive_expiry=KEPT_SECONDS
    )
    key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else _NO_KEY
    return AsyncOpenAI(
        api_key=key,
        base_url=base_url,
        max_retries=0,
        timeout=timeout,
        http_client=DefaultAioHttpClient(timeout=timeout, limits=limits),
    )


def _is_openai(base_url: str) -> bool:
    host = urlsplit(base_url).hostname or ""
    return host.endswith((".openai.com", ".azure.com"))
