"""The demo page at `/`: a plain chat over the public API, for a first look and for reading its source."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Response
from starlette.responses import FileResponse

from app.errors import NotFound

_STATIC = Path(__file__).parent / "static"
_FILES = {
    "demo.css": "text/css",
    "demo.js": "text/javascript",
    "stream.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


def demo_router(public_key: str) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    page = (_STATIC / "demo.html").read_text(encoding="utf-8").replace("{{public_key}}", public_key)

    @router.get("/")
    async def demo() -> Response:
        return Response(page, media_type="text/html", headers=_HEADERS)

    @router.get("/demo/{name}")
    async def asset(name: str) -> Response:
        if name not in _FILES:
            raise NotFound(code="route.not_found")
        return FileResponse(_STATIC / name, media_type=_FILES[name], headers=_HEADERS)

    return router
