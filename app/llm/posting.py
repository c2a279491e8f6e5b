"""The call that a streamed answer comes from: one POST over aiohttp, as the SDK would send it.

The SDK says how to authenticate, where, and what an error is. Its own call goes through four layers of two libraries
before the socket, which was an eighth of the way to the first token: see docs/decisions/0023.
"""

from __future__ import annotations

import urllib.request
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import httpx2
import msgspec
import openai

from app.llm.port import ModelFailure

_ERROR_BYTES = 64 * 1024
CONNECT_SECONDS = 2.0
POOL_SECONDS = 3.0

# Far above what one process serves: a full pool would queue visitors silently. Kept open for a minute, because a new
# TLS connection is a good part of the time to the first token.
MOST_CONNECTIONS = 10_000
KEPT_SECONDS = 60.0


class Posting:
    """POSTs to the server that `client` talks to. Reading has no timeout here: rounds.py holds tighter ones."""

    def __init__(self, client: openai.AsyncOpenAI) -> None:
        self._base_url = str(client.base_url).rstrip("/")
        self._headers = _headers_of(client)
        self._session: aiohttp.ClientSession | None = None
        self._closed = False

    @asynccontextmanager
    async def post(
        self, path: str, body: Mapping[str, Any], request_id: str
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """The answer, its body unread; leaving closes the connection unless all was read.

        Raises openai.APIStatusError for any status but 2xx, aiohttp.ClientError and OSError for what breaks, ValueError
        for a body that is no JSON, ModelFailure after `close`.
        """
        url = f"{self._base_url}{path}"
        headers = self._headers | {"X-Client-Request-Id": request_id} if request_id else self._headers
        response = await self._open_session().post(url, data=msgspec.json.encode(body), headers=headers)
        try:
            if not 200 <= response.status < 300:
                raise await _status_error(response)
            yield response
        finally:
            response.close()

    async def close(self) -> None:
        self._closed = True
        if self._session is not None:
            await self._session.close()

    def _open_session(self) -> aiohttp.ClientSession:
        if self._closed:
            raise ModelFailure("unavailable", "this process is stopping")
        if self._session is None:
            # Not before the first call: it belongs to the loop that it is made in.
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=MOST_CONNECTIONS, keepalive_timeout=KEPT_SECONDS),
                timeout=aiohttp.ClientTimeout(total=None, connect=POOL_SECONDS, sock_connect=CONNECT_SECONDS),
                cookie_jar=aiohttp.DummyCookieJar(),
                proxy=_proxy_for(self._base_url),
            )
        return self._session


def _headers_of(client: openai.AsyncOpenAI) -> dict[str, str]:
    """The SDK's own. Compressed, a stream would come in lumps."""
    headers = {**client.default_headers, **client.auth_headers}
    return {name: value for name, value in headers.items() if isinstance(value, str)} | {
        "Accept-Encoding": "identity"
    }


def _proxy_for(url: str) -> str | None:
    """What HTTPS_PROXY, HTTP_PROXY and NO_PROXY say, once: asked for each call it would cost as much as the call."""
    parts = urlsplit(url)
    if urllib.request.proxy_bypass(parts.netloc):
        return None
    return urllib.request.getproxies().get(parts.scheme)


async def _status_error(response: aiohttp.ClientResponse) -> openai.APIStatusError:
    """As the SDK makes it: `code` and `request_id` are its own reading of the body and the headers."""
    raw = b""
    while len(raw) < _ERROR_BYTES and (more := await response.content.read(_ERROR_BYTES)):
        raw += more
    try:
        said = msgspec.json.decode(raw)
    except msgspec.DecodeError:
        said = None
    body = said.get("error", said) if isinstance(said, dict) else None
    return openai.APIStatusError(
        f"Error code: {response.status} - {said}",
        response=httpx2.Response(
            response.status,
            headers=list(response.headers.items()),
            request=httpx2.Request("POST", str(response.url)),
        ),
        body=body,
    )
