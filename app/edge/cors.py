"""Cross-origin access, by the list of the site whose key the request carries.

Never `*`, never credentials. A preflight carries no key, so it is answered for an origin that any site allows;
the request itself is then held to its own site's list (`sites.actions.access_origin`).
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import AppError
from app.sites.actions import SiteDirectory

_ALLOWED = {
    "Access-Control-Allow-Methods": "GET, POST, PUT, PATCH, DELETE",
    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type, Last-Event-ID, X-PUBLIC-KEY, X-Request-Id",
    "Access-Control-Max-Age": "600",
}


class Cors:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"]) if scope["type"] == "http" else {}
        origin = headers.get(b"origin", b"").decode("latin-1")
        if not origin or not scope["path"].startswith("/api/"):
            await self._app(scope, receive, send)
            return
        directory: SiteDirectory = scope["app"].state.services.sites
        if scope["method"] == "OPTIONS" and b"access-control-request-method" in headers:
            await (await _preflight(directory, origin))(scope, receive, send)
            return
        allowed = await _is_listed(directory, headers.get(b"x-public-key", b"").decode("latin-1"), origin)

        async def send_with_cors(message: Message) -> None:
            if message["type"] == "http.response.start":
                response = MutableHeaders(scope=message)
                response.add_vary_header("Origin")
                if allowed:
                    response["Access-Control-Allow-Origin"] = origin
                    response["Access-Control-Expose-Headers"] = (
                        "Retry-After, X-Request-Id, X-Session-Id, X-Session-Token"
                    )
            await send(message)

        await self._app(scope, receive, send_with_cors)


async def _preflight(directory: SiteDirectory, origin: str) -> Response:
    try:
        allowed = await directory.allows_somewhere(origin)
    except AppError:
        allowed = False
    if not allowed:
        return Response(status_code=403, headers={"Vary": "Origin"})
    return Response(
        status_code=204, headers={**_ALLOWED, "Access-Control-Allow-Origin": origin, "Vary": "Origin"}
    )


async def _is_listed(directory: SiteDirectory, key: str, origin: str) -> bool:
    try:
        site = await directory.access_site(key)
    except AppError:
        return False
    return origin in site.allowed_origins
