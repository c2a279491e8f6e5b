"""Where a visitor writes from, by an outside provider. It never delays an acknowledgement and is never trusted."""

from __future__ import annotations

import asyncio
import ipaddress
from collections import OrderedDict
from typing import Any

import httpx
import orjson
import structlog

from app.conversations import store
from app.db.rpc import Rpc
from app.errors import AppError
from app.settings import Settings

log = structlog.get_logger(__name__)

TIMEOUT_SECONDS = 1.0
CACHE_SIZE = 10_000
MAX_ANSWER_BYTES = 16 * 1024
MAX_IN_FLIGHT = 32
_KEPT = ("country", "country_code", "region", "city", "timezone", "latitude", "longitude")


class Geolocation:
    """`TALIA_GEOLOCATION_API_URL` holds `{ip}`, or the address is put behind it as a path segment."""

    def __init__(self, settings: Settings, rpc: Rpc) -> None:
        self._url = settings.geolocation_api_url
        self._rpc = rpc
        token = settings.geolocation_api_token
        self._headers = {"Authorization": f"Bearer {token.get_secret_value()}"} if token else {}
        # Compressed, a few bytes could become any number before they are counted.
        self._headers["Accept-Encoding"] = "identity"
        self._http = httpx.AsyncClient(timeout=TIMEOUT_SECONDS, follow_redirects=False) if self._url else None
        self._known: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()

    def locate(self, *, site: str, session_id: str, conversation: str, ip: str) -> None:
        """Find out and store in a task of its own. Under load, or for a private address, nothing happens."""
        if self._http is None or len(self._tasks) >= MAX_IN_FLIGHT or not _is_public(ip):
            return
        task = asyncio.get_running_loop().create_task(self._store(site, session_id, conversation, ip))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._http is not None:
            await self._http.aclose()

    async def _store(self, site: str, session_id: str, conversation: str, ip: str) -> None:
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                location = await self._look_up(ip)
            if location:
                await store.set_location(
                    self._rpc, site=site, session_id=session_id, conversation=conversation, location=location
                )
        except (httpx.HTTPError, ValueError, TimeoutError, AppError) as error:
            log.warning("geolocation_failed", error=type(error).__name__)

    async def _look_up(self, ip: str) -> dict[str, Any]:
        if ip in self._known:
            self._known.move_to_end(ip)
            return self._known[ip]
        assert self._http is not None and self._url is not None  # noqa: PT018 - `locate` has looked
        url = self._url.replace("{ip}", ip) if "{ip}" in self._url else f"{self._url}/{ip}"
        async with self._http.stream("GET", url, headers=self._headers) as response:
            response.raise_for_status()
            body = bytearray()
            async for part in response.aiter_raw():
                body += part
                if len(body) > MAX_ANSWER_BYTES:
                    raise ValueError("answer too large")
        location = _kept(orjson.loads(body))
        self._known[ip] = location
        if len(self._known) > CACHE_SIZE:
            self._known.popitem(last=False)
        return location


def _kept(answer: Any) -> dict[str, Any]:
    """Only the fields we know, as short texts or numbers: the provider's answer is not ours to trust."""
    if not isinstance(answer, dict):
        raise ValueError("answer is not an object")  # noqa: TRY004 - one kind for whatever the provider gets wrong
    kept: dict[str, Any] = {}
    for name in _KEPT:
        value = answer.get(name)
        if isinstance(value, str):
            kept[name] = value.replace("\x00", "")[:100]
        elif isinstance(value, int | float) and not isinstance(value, bool):
            kept[name] = value
    return kept


def _is_public(ip: str) -> bool:
    try:
        return ipaddress.ip_address(ip).is_global
    except ValueError:
        return False
