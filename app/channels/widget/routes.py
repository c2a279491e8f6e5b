"""`/widget.js`, the panel's page, and the panel's files: built from widget/, committed, read once at start-up.

The loader may be embedded anywhere, so it holds nothing of a site but its looks. The panel's page says, by
`frame-ancestors`, which pages may embed it; everything that matters goes over the visitor API.
"""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Annotated

import orjson
import structlog
from fastapi import APIRouter, Depends, Query, Request, Response

from app.channels.assets import Asset
from app.channels.services import Services, get_services
from app.errors import NotFound
from app.sites.appearance import appearance_of, image_origins
from app.sites.types import Site, UnknownSite

log = structlog.get_logger(__name__)

STATIC = Path(__file__).parent / "static"
_MEDIA = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
_SITE_SLOT = "`__TALIA_SITE__`"
_KEY_SLOT = "{{site_key}}"

LOADER_SECONDS = 300
"""How long a page may use the loader it has: so long does a new release take to reach everybody."""
_KEPT = 500
_ANYWHERE = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.\-\[\]:*]+")


class Widget:
    """The built files. Raises FileNotFoundError when they are missing: then the installation is broken."""

    def __init__(self, static: Path = STATIC) -> None:
        self._loader = (static / "widget.js").read_text(encoding="utf-8")
        self._page = (static / "panel.html").read_text(encoding="utf-8")
        if self._loader.count(_SITE_SLOT) != 1 or self._page.count(_KEY_SLOT) != 1:
            raise ValueError("the widget's files are not what its build makes")
        self._loaders: dict[str, Asset] = {}
        self._pages: dict[str, Asset] = {}
        self.files = {
            path.name: Asset.of(path.read_bytes(), _MEDIA[path.suffix])
            for path in static.iterdir()
            if path.suffix in _MEDIA and path.name != "widget.js"
        }

    def loader(self, site: Site | None) -> Asset:
        """The loader with the site's looks in it, so that the launcher is right from the first paint, and its pages:
        on another one it shows nothing. They are no secret: the panel's policy names them to everybody."""
        if site is None:
            return self._loader_with("{}")
        looks = {**appearance_of(site).as_json(), "origins": sorted(site.allowed_origins)}
        return self._loader_with(orjson.dumps(looks).decode())

    def page(self, site: Site | None) -> Asset:
        return self._page_of(site.public_key if site else "")

    def _loader_with(self, looks: str) -> Asset:
        if looks not in self._loaders:
            # Inside a script: no `</`, no line separators, and a string literal of its own around the JSON.
            literal = orjson.dumps(looks).decode().replace("<", "\\u003c")
            literal = literal.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
            _make_room(self._loaders)
            self._loaders[looks] = Asset.of(self._loader.replace(_SITE_SLOT, literal).encode(), _MEDIA[".js"])
        return self._loaders[looks]

    def _page_of(self, key: str) -> Asset:
        if key not in self._pages:
            content = self._page.replace(_KEY_SLOT, html.escape(key, quote=True))
            _make_room(self._pages)
            self._pages[key] = Asset.of(content.encode(), "text/html; charset=utf-8")
        return self._pages[key]


def _make_room(kept: dict[str, Asset]) -> None:
    """Sites change their looks now and then; what was kept for the old ones need not stay for ever."""
    if len(kept) >= _KEPT:
        kept.clear()


def panel_headers(site: Site | None) -> dict[str, str]:
    """The page may run only our files, talk only to us, show pictures of the site, and be framed by its pages."""
    pictures = " ".join(o for o in (image_origins(site) if site else ()) if _ORIGIN.fullmatch(o))
    framers = " ".join(o for o in sorted(site.allowed_origins if site else ()) if _ORIGIN.fullmatch(o))
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        f"img-src 'self' {pictures}; base-uri 'none'; form-action 'none'; "
        f"frame-ancestors 'self' {framers}"
    )
    return {
        "Content-Security-Policy": re.sub(r" +(?=;|$)", "", policy),
        "Cache-Control": "no-cache",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    }


class Strangers:
    """Pages that try to show a site's chat and are none of its pages: each is told of once, so that whoever runs the
    site can see which origin to add."""

    def __init__(self) -> None:
        self._told: set[tuple[str, str]] = set()

    def look_at(self, request: Request, site: Site | None) -> None:
        origin = _ORIGIN.match(request.headers.get("referer", ""))
        if site is None or origin is None or origin[0] in site.allowed_origins:
            return
        stranger = (site.slug, origin[0][:200])
        if stranger in self._told or origin[0].partition("//")[2] == request.headers.get("host"):
            return
        if len(self._told) >= _KEPT:
            self._told.clear()
        self._told.add(stranger)
        log.warning("widget_on_unlisted_page", site=site.slug, origin=stranger[1])


SERVICES = Annotated[Services, Depends(get_services)]
NAME = Annotated[str, Query(max_length=200)]


def widget_router() -> APIRouter:
    router = APIRouter(include_in_schema=False)
    widget = Widget()
    strangers = Strangers()

    async def loader(request: Request, services: SERVICES, site: NAME = "") -> Response:
        found = await _named(services, site) if site else None
        strangers.look_at(request, found)
        asset = widget.loader(found)
        caching = f"public, max-age={LOADER_SECONDS}, stale-while-revalidate=86400"
        return asset.response(request, {**_ANYWHERE, "Cache-Control": caching})

    async def panel(request: Request, services: SERVICES, key: NAME = "") -> Response:
        site = await _named(services, key)
        strangers.look_at(request, site)
        return widget.page(site).response(request, panel_headers(site))

    async def file(request: Request, name: str) -> Response:
        asset = widget.files.get(name)
        if asset is None:
            raise NotFound(code="route.not_found")
        # Its name changes with its content.
        return asset.response(request, {"Cache-Control": "public, max-age=31536000, immutable"})

    router.add_api_route("/widget.js", loader, methods=["GET", "HEAD"])
    # Seed 003's name of the same script.
    router.add_api_route("/chat-widget.js", loader, methods=["GET", "HEAD"])
    router.add_api_route("/widget/panel", panel, methods=["GET", "HEAD"])
    router.add_api_route("/widget/{name}", file, methods=["GET", "HEAD"])
    return router


async def _named(services: Services, name: str) -> Site | None:
    """By public key, or by seed 003's tenant id. An unknown one gets a panel that says so, and no site's data."""
    try:
        return await services.sites.named(name)
    except UnknownSite:
        return None
