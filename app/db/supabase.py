"""The transport over PostgREST: supabase-py's `rpc`, our own HTTP client, deadlines, retries, errors."""

from __future__ import annotations

import re
from contextvars import ContextVar
from typing import TYPE_CHECKING, Self

import httpx
from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt, stop_after_delay
from tenacity.wait import wait_random_exponential

from app.db.arguments import check_call
from app.db.rpc import REPEATABLE, DatabaseUnavailable, Json
from app.db.sqlstate import Refusal, to_error, unavailable
from app.errors import ConfigurationError

if TYPE_CHECKING:
    from postgrest.exceptions import APIError

    from supabase import AsyncClient

# No HTTP/2: it costs a third more CPU per call, and its streams die together. `pool` is the wait for a free
# connection.
TIMEOUTS = httpx.Timeout(5.0, connect=2.0, pool=2.0)
LIMITS = httpx.Limits(max_connections=50, max_keepalive_connections=50, keepalive_expiry=15)
ATTEMPTS = 3
RETRY_WITHIN_SECONDS = 2.0
"""A failure that took longer is not tried again: somebody is waiting."""

_DATABASE_STATE = re.compile(r"[0-9A-Z]{5}|PGRST[0-9A-Z]{3}")


# supabase-py passes on neither the status nor the body as it came. Each call runs in one task, so a context
# variable brings the call the response that is its own.
_heard: ContextVar[httpx.Response] = ContextVar("heard")


async def _hear(response: httpx.Response) -> None:
    _heard.set(response)


class SupabaseRpc:
    """The Rpc port over a Supabase project, with its service-role (secret) key."""

    def __init__(self, client: AsyncClient, http: httpx.AsyncClient, refused: type[APIError]) -> None:
        self._client = client
        self._http = http
        self._refused = refused

    @classmethod
    async def open(cls, url: str, key: str) -> Self:
        """Make the client; nothing is sent yet. `url` is the project's, such as `https://<ref>.supabase.co`.

        Raises ConfigurationError when url or key cannot be ones.
        """
        # Here, because it takes 0.4 s, and most servers talk to Postgres directly.
        from postgrest.exceptions import APIError  # noqa: PLC0415

        from supabase import ASupabaseException, AsyncClientOptions, acreate_client  # noqa: PLC0415

        if not (key.isascii() and key.isprintable()):
            raise ConfigurationError("TALIA_SUPABASE_SERVICE_ROLE_KEY: this is not a key")
        http = httpx.AsyncClient(
            http2=False, timeout=TIMEOUTS, limits=LIMITS, event_hooks={"response": [_hear]}
        )
        options = AsyncClientOptions(
            httpx_client=http,
            persist_session=False,
            auto_refresh_token=False,
            postgrest_client_retry=False,
        )
        try:
            client = await acreate_client(url, key, options)
        except ASupabaseException as error:
            await http.aclose()
            raise ConfigurationError(f"TALIA_SUPABASE_URL: {error.message}") from None
        return cls(client, http, APIError)

    async def call(self, function: str, /, **args: Json) -> Json:
        """See `Rpc`. A REPEATABLE function is sent again when no answer came, or none could be made."""
        check_call(function, args)
        body = {f"p_{name}": value for name, value in args.items()}
        attempts = ATTEMPTS if function in REPEATABLE else 1
        async for attempt in AsyncRetrying(
            stop=stop_after_attempt(attempts) | stop_after_delay(RETRY_WITHIN_SECONDS),
            wait=wait_random_exponential(0.05, max=0.5),
            retry=retry_if_exception(_is_worth_a_retry),
            reraise=True,
        ):
            with attempt:
                return await self._send(function, body)
        raise AssertionError("tenacity returns or raises")

    async def close(self) -> None:
        await self._http.aclose()

    async def _send(self, function: str, body: dict[str, Json]) -> Json:
        if self._http.is_closed:
            raise unavailable(function, "the client is closed")
        try:
            answer = await self._client.rpc(function, body).execute()
        except self._refused as error:
            raise to_error(function, _refusal(error)) from None
        except (httpx.ConnectTimeout, httpx.ConnectError) as error:
            raise unavailable(function, f"no connection ({type(error).__name__})") from None
        except httpx.PoolTimeout:
            raise unavailable(function, "no connection became free in time", "database.busy") from None
        except httpx.TimeoutException as error:
            raise unavailable(
                function, f"no answer in time ({type(error).__name__})", "database.timeout"
            ) from None
        except httpx.RequestError as error:
            raise unavailable(function, f"the connection was lost ({type(error).__name__})") from None
        return _result(function, answer.data, _heard.get())


def _is_worth_a_retry(error: BaseException) -> bool:
    return isinstance(error, DatabaseUnavailable) and error.code == "database.unavailable"


def _result(function: str, data: Json, response: httpx.Response) -> Json:
    if response.status_code == 204:
        return None  # supabase-py makes an empty list of it
    # What is not JSON, such as a proxy's page, supabase-py hands on as text, and nothing at all as a list.
    if not response.content or (isinstance(data, str) and not response.content.startswith(b'"')):
        raise unavailable(function, f"HTTP {response.status_code} whose body is not JSON")
    return data


def _refusal(error: APIError) -> Refusal:
    # A gateway before PostgREST answers without a code, or with one of its own: then the HTTP status tells.
    state = (
        error.code if error.code and _DATABASE_STATE.fullmatch(error.code) else str(_heard.get().status_code)
    )
    detail = error.details if isinstance(error.details, str) else None
    return Refusal(state, error.message or "", detail, error.hint)
