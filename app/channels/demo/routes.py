"""The demonstration site at `/`: a small car dealer that embeds the widget as any site would, and two odd pages.

`/estricta` has a policy that allows next to nothing. `/demo/plain` is a chat without the widget: the API's own
reference client, for reading its source.
"""

from __future__ import annotations

import html
from collections.abc import Container
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.responses import FileResponse

from app.channels.demo.pages import LANGUAGES, Dealer, Language
from app.channels.services import Services, get_services
from app.errors import NotFound
from app.sites.actions import DEFAULT_SLUG

_STATIC = Path(__file__).parent / "static"
_FILES = {
    "dealer.css": "text/css",
    "plain.css": "text/css",
    "plain.js": "text/javascript",
    "stream.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
_COMMON = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-cache"}
_NOTHING_ELSE = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def _policy(directives: str) -> dict[str, str]:
    return {**_COMMON, "Content-Security-Policy": f"default-src 'none'; {directives}; {_NOTHING_ELSE}"}


_DEALER = _policy("script-src 'self'; frame-src 'self'; style-src 'self'; img-src 'self'")
_STRICT = _policy("script-src 'self'; frame-src 'self'")
_PLAIN = _policy("script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'")

SERVICES = Annotated[Services, Depends(get_services)]
LANG = Annotated[str, Query(max_length=10)]


def demo_router() -> APIRouter:
    router = APIRouter(include_in_schema=False)
    everything = Dealer(_STATIC)
    plain_page = (_STATIC / "plain.html").read_text(encoding="utf-8")

    async def default_key(services: SERVICES) -> str:
        """An admin may have replaced it since the start."""
        return (await services.sites.named(DEFAULT_SLUG)).public_key

    key_of_site = Depends(default_key)

    def page(content: str, headers: dict[str, str]) -> Response:
        return Response(content, media_type="text/html", headers=headers)

    @router.get("/")
    async def home(lang: LANG = "es", key: str = key_of_site) -> Response:
        return page(everything.naming(key).home(_language(lang)), _DEALER)

    @router.get("/vehiculos/{slug}")
    async def vehicle(request: Request, slug: str, lang: LANG = "es", key: str = key_of_site) -> Response:
        _known(slug, everything.slugs)
        address = str(request.base_url).rstrip("/")
        return page(everything.naming(key).vehicle(slug, _language(lang), address), _DEALER)

    @router.get("/estricta")
    async def strict(lang: LANG = "es", key: str = key_of_site) -> Response:
        return page(everything.naming(key).strict(_language(lang)), _STRICT)

    @router.get("/demo/plain")
    async def plain(key: str = key_of_site) -> Response:
        return page(plain_page.replace("{{public_key}}", html.escape(key, quote=True)), _PLAIN)

    @router.get("/demo/cars/{name}.svg")
    async def picture(name: str) -> Response:
        _known(name, everything.pictures)
        return Response(everything.pictures[name], media_type="image/svg+xml", headers=_COMMON)

    @router.get("/demo/{name}")
    async def asset(name: str) -> Response:
        _known(name, _FILES)
        return FileResponse(_STATIC / name, media_type=_FILES[name], headers=_PLAIN)

    return router


def _known(name: str, names: Container[str]) -> None:
    if name not in names:
        raise NotFound(code="route.not_found")


def _language(wanted: str) -> Language:
    return next((code for code in LANGUAGES if code == wanted), "es")
