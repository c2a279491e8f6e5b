"""`/console`: the staff's application, built from console/, committed, read once at start-up.

Beside it: the worker that shows push messages, and a page with the widget for the preview of a site's looks.

Every path below it is the same page: the application itself knows its screens. The page may run only our files, talk
only to us and be framed by nobody. It holds no data: whoever has not signed in gets nothing but the sign-in form.
"""

from __future__ import annotations

import html
import secrets
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.responses import RedirectResponse

from app.channels.assets import Asset
from app.channels.services import Services, get_services
from app.errors import NotFound
from app.sites.actions import DEFAULT_SLUG
from app.sites.types import UnknownSite

STATIC = Path(__file__).parent / "static"
_MEDIA = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
_KEY_SLOT, _NONCE_SLOT = "{{site_key}}", "{{nonce}}"
_NONCE_BYTES = 18

_WORKER_HEADERS = {
    # It fetches nothing and runs nothing but itself.
    "Content-Security-Policy": "default-src 'none'",
    # Its own folder would leave out `/console` without a slash.
    "Service-Worker-Allowed": "/console",
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
}
_PREVIEW_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; frame-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'self'"
    ),
    "Cache-Control": "no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

SERVICES = Annotated[Services, Depends(get_services)]
SITE = Annotated[str, Query(max_length=200)]


class Console:
    """The built files. Raises FileNotFoundError when they are missing: then the installation is broken."""

    def __init__(self, static: Path = STATIC) -> None:
        self._page = (static / "index.html").read_text(encoding="utf-8")
        if self._page.count(_KEY_SLOT) != 1 or self._page.count(_NONCE_SLOT) != 1:
            raise ValueError("the console's files are not what its build makes")
        self.files = {
            path.name: Asset.of(path.read_bytes(), _MEDIA[path.suffix])
            for path in (static / "assets").iterdir()
            if path.suffix in _MEDIA
        }
        self.worker = Asset.of((static / "sw.js").read_bytes(), _MEDIA[".js"])
        self.preview = Asset.of((static / "preview.html").read_bytes(), _MEDIA[".html"])

    def page(self, site_key: str) -> Response:
        """For one answer only: its nonce lets the component library's own style elements in, and no others."""
        nonce = secrets.token_urlsafe(_NONCE_BYTES)
        content = self._page.replace(_KEY_SLOT, html.escape(site_key, quote=True)).replace(_NONCE_SLOT, nonce)
        return Response(content, media_type="text/html; charset=utf-8", headers=page_headers(nonce))


def page_headers(nonce: str) -> dict[str, str]:
    policy = (
        f"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; connect-src 'self'; "
        "img-src 'self' data:; worker-src 'self'; manifest-src 'self'; frame-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        # A page that is kept would meet the policy of another answer, with another nonce.
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def console_router() -> APIRouter:
    """`/console` is for the default site, unless `?site=` names another."""
    router = APIRouter(include_in_schema=False)
    console = Console()

    async def page(services: SERVICES, site: SITE = "") -> Response:
        return console.page(await _key_of(services, site or DEFAULT_SLUG))

    async def file(request: Request, name: str) -> Response:
        asset = console.files.get(name)
        if asset is None:
            raise NotFound(code="route.not_found")
        # Its name changes with its content.
        return asset.response(
            request,
            {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"},
        )

    async def worker(request: Request) -> Response:
        return console.worker.response(request, _WORKER_HEADERS)

    async def preview(request: Request) -> Response:
        """Holds nothing: what it shows, the console that frames it says."""
        return console.preview.response(request, _PREVIEW_HEADERS)

    async def messages(conversation: str = "") -> Response:
        """Seed 000's addresses of the inbox."""
        return RedirectResponse(f"/console/messages/{quote(conversation, safe='')}".rstrip("/"), 307)

    router.add_api_route("/console/assets/{name:path}", file, methods=["GET", "HEAD"])
    router.add_api_route("/console/sw.js", worker, methods=["GET", "HEAD"])
    router.add_api_route("/console/preview", preview, methods=["GET", "HEAD"])
    router.add_api_route("/console", page, methods=["GET", "HEAD"])
    router.add_api_route("/console/{screen:path}", page, methods=["GET", "HEAD"])
    router.add_api_route("/messages", messages, methods=["GET", "HEAD"])
    router.add_api_route("/messages/{conversation}", messages, methods=["GET", "HEAD"])
    return router


async def _key_of(services: Services, name: str) -> str:
    """By public key, or by slug. Of an unknown site nothing is told but that nobody can sign in to it."""
    try:
        return (await services.sites.named(name)).public_key
    except UnknownSite:
        return ""
