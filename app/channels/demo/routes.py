"""The demonstration site at `/`: a small car dealer that embeds the widget as any site would, and two odd pages.

`/estricta` has a policy that allows next to nothing. `/demo/plain` is a chat without the widget: the API's own
reference client, for reading its source.
"""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from starlette.responses import FileResponse

from app.channels.demo.pages import LANGUAGES, Dealer, Language
from app.errors import NotFound

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

LANG = Annotated[str, Query(max_length=10)]


def demo_router(public_key: str) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    dealer = Dealer(_STATIC, public_key)
    plain_page = (_STATIC / "plain.html").read_text(encoding="utf-8").replace("{{public_key}}", public_key)

    def page(content: str, headers: dict[str, str]) -> Response:
        return Response(content, media_type="text/html", headers=headers)

    @router.get("/")
    async def home(lang: LANG = "es") -> Response:
        return page(dealer.home(_language(lang)), _DEALER)

    @router.get("/vehiculos/{slug}")
    async def vehicle(request: Request, slug: str, lang: LANG = "es") -> Response:
        _known(slug, dealer.slugs)
        address = str(request.base_url).rstrip("/")
        return page(dealer.vehicle(slug, _language(lang), address), _DEALER)

    @router.get("/estricta")
    async def strict(lang: LANG = "es") -> Response:
        return page(dealer.strict(_language(lang)), _STRICT)

    @router.get("/demo/plain")
    async def plain() -> Response:
        return page(plain_page, _PLAIN)

    @router.get("/demo/cars/{name}.svg")
    async def picture(name: str) -> Response:
        _known(name, dealer.pictures)
        return Response(dealer.pictures[name], media_type="image/svg+xml", headers=_COMMON)

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
