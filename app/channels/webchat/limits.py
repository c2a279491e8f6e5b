"""Rate limits per address and per session (slowapi, as decorators; its middleware would cut streams).

Keys are keyed hashes: the limiter's storage and logs hold no address and no token.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from typing import Any

from slowapi import Limiter
from starlette.requests import Request

from app.channels.webchat.windows import SCHEME
from app.settings import Settings, client_network

Endpoint = Callable[..., Any]
REDIS_TIMEOUT_SECONDS = 0.05


class RateLimits:
    """With Redis the limits are shared; while it is away each worker counts by itself, never more loosely."""

    def __init__(self, settings: Settings, secret: bytes) -> None:
        self._secret = secret
        self._ip = settings.rate_limit_ip
        self._session = settings.rate_limit_session
        redis = settings.redis_url.get_secret_value() if settings.redis_url else None
        self._limiter = Limiter(
            key_func=self._by_ip,
            storage_uri=_storage_uri(redis) if redis else f"{SCHEME}://",
            storage_options=_redis_options() if redis else {},
            in_memory_fallback_enabled=redis is not None,
            strategy="moving-window",
            key_prefix="talia",
        )

    def per_ip(self, endpoint: Endpoint) -> Endpoint:
        """All limited routes together, per client address (an IPv6 client is its /64)."""
        if not self._ip:
            return endpoint
        limited: Endpoint = self._limiter.shared_limit(self._ip, scope="ip", key_func=self._by_ip)(endpoint)
        return limited

    def per_session(self, endpoint: Endpoint) -> Endpoint:
        """Messages, per visitor token; without a token, per address."""
        if self._session:
            endpoint = self._limiter.shared_limit(self._session, scope="session", key_func=self._by_session)(
                endpoint
            )
        return endpoint

    def _by_ip(self, request: Request) -> str:
        return self._hash("ip", client_network(request.client.host if request.client else ""))

    def _by_session(self, request: Request) -> str:
        authorization = request.headers.get("authorization")
        return self._hash("session", authorization) if authorization else self._by_ip(request)

    def _hash(self, kind: str, value: str) -> str:
        return hmac.new(self._secret, f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()[:32]


def _storage_uri(redis_url: str) -> str:
    """redis-py calls a socket `unix://`, the limiter calls it `redis+unix://`."""
    return f"redis+{redis_url}" if redis_url.startswith("unix://") else redis_url


def _redis_options() -> dict[str, Any]:
    # slowapi talks to Redis on the event loop: a slow Redis may cost this much, once, before it is left alone.
    return {"socket_timeout": REDIS_TIMEOUT_SECONDS, "socket_connect_timeout": REDIS_TIMEOUT_SECONDS}
