"""The outermost ring: who is calling, under which request id, and one log line when it is over.

Plain ASGI: Starlette's BaseHTTPMiddleware would triple the cost of every streamed event.
"""

from __future__ import annotations

import ipaddress
import re
import time
import uuid

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.edge.problems import ProblemResponse
from app.errors import AppError
from app.settings import Network

log = structlog.get_logger("app.request")

# Too short for a token: whatever comes here is logged.
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,36}")
_UNLOGGED = frozenset({"/healthz", "/readyz", "/metrics"})


class RequestContext:
    """Sets `scope["client"]` to the real client, binds `request_id` to every log line, logs the outcome.

    An exception that nobody expected becomes a 500 problem here and is logged with its traceback.
    """

    def __init__(self, app: ASGIApp, trusted: tuple[Network, ...]) -> None:
        self._app = app
        self._trusted = trusted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        # Each proxy may have added a line of its own, the nearest one the last.
        forwarded = b",".join(value for name, value in scope["headers"] if name == b"x-forwarded-for")
        scope["client"] = (client_ip(scope, forwarded, self._trusted), 0)
        request_id = headers.get(b"x-request-id", b"").decode("latin-1")
        if not _REQUEST_ID.fullmatch(request_id):
            request_id = uuid.uuid4().hex
        began = time.perf_counter()
        status = 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [
                    *message["headers"],
                    (b"x-request-id", request_id.encode()),
                    (b"x-content-type-options", b"nosniff"),
                ]
                # Conversations, people, tokens: no browser and no proxy keeps a copy unless a route says so.
                if scope["path"].startswith("/api/") and not _says_how_long(message):
                    message["headers"].append((b"cache-control", b"no-store"))
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, send_with_id)
            except Exception as error:
                log.exception("request_crashed", path=_route(scope), error=type(error).__name__)
                if status:
                    raise
                await ProblemResponse(AppError())(scope, receive, send_with_id)
            finally:
                if scope["path"] not in _UNLOGGED:
                    log.info(
                        "request",
                        method=scope["method"],
                        path=_route(scope),
                        status=status,
                        ms=round((time.perf_counter() - began) * 1000, 1),
                    )


def client_ip(scope: Scope, forwarded: bytes, trusted: tuple[Network, ...]) -> str:
    """The nearest address that is not a trusted proxy. X-Forwarded-For counts only as far as trust reaches."""
    peer = scope["client"][0] if scope.get("client") else "0.0.0.0"  # noqa: S104 - a Unix socket has no peer
    if not trusted or not _is_trusted(peer, trusted):
        return str(peer)
    for part in reversed(forwarded.decode("latin-1").split(",")):
        address = part.strip()
        try:
            ipaddress.ip_address(address)
        except ValueError:
            return str(peer)
        peer = address
        if not _is_trusted(peer, trusted):
            return str(peer)
    return str(peer)


def _is_trusted(address: str, trusted: tuple[Network, ...]) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    # A server that listens on both families sees its IPv4 peers like this.
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return any(parsed in network for network in trusted)


def _says_how_long(message: Message) -> bool:
    return any(name == b"cache-control" for name, _ in message["headers"])


def _route(scope: Scope) -> str:
    """The route's own path. What a client put into its place, or behind a `?`, was never meant for a log."""
    return getattr(scope.get("route"), "path", "(no route)")
