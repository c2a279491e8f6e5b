"""The API's documentation at `/docs`, written from its own schema: no script, and no other host is asked for one."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from functools import cache
from html import escape
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

_STYLE = """
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{max-width:60rem;margin:0 auto;padding:1rem}
nav ul{columns:16rem;padding-left:1.2rem}
h2{margin-top:2.5rem}
details{border-top:1px solid color-mix(in srgb,currentColor 25%,transparent);padding:.4rem 0}
summary{cursor:pointer;overflow-wrap:anywhere}
summary b{display:inline-block;min-width:4.5rem}
p,li{overflow-wrap:anywhere}
pre{overflow:auto;padding:.8rem;background:color-mix(in srgb,currentColor 8%,transparent);font-size:.875rem}
"""
_POLICY = (
    f"default-src 'none'; style-src 'sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_METHODS = ("get", "post", "put", "patch", "delete")


def reference_router() -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @cache
    def page(of: Any) -> str:
        return reference(of.openapi())

    @router.api_route("/docs", methods=["GET", "HEAD"])
    async def docs(request: Request) -> Response:
        headers = {"Content-Security-Policy": _POLICY, "X-Content-Type-Options": "nosniff"}
        return HTMLResponse(page(request.app), headers=headers)

    return router


def reference(schema: dict[str, Any]) -> str:
    """An OpenAPI schema as one page: routes by tag, then the shapes that they name."""
    tags: dict[str, list[str]] = {}
    for path, item in schema["paths"].items():
        for method in (name for name in _METHODS if name in item):
            tag = (item[method].get("tags") or ["other"])[0]
            tags.setdefault(tag, []).append("".join(_route(method, path, item[method])))
    shapes = schema.get("components", {}).get("schemas", {})
    links = "".join(f'<li><a href="#{escape(tag)}">{escape(tag)}</a></li>' for tag in (*tags, "shapes"))
    parts = [f'<h2 id="{escape(tag)}">{escape(tag)}</h2>{"".join(routes)}' for tag, routes in tags.items()]
    parts.append('<h2 id="shapes">shapes</h2>')
    parts += [
        f'<details id="shape-{escape(name)}"><summary>{escape(name)}</summary>{_json(shape)}</details>'
        for name, shape in sorted(shapes.items())
    ]
    title = escape(schema["info"]["title"])
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}: API</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head><body>'
        f"<h1>{title}: API</h1><p>{escape(schema['info'].get('summary', ''))} For tools: "
        f'<a href="/openapi.json">openapi.json</a>.</p><nav aria-label="Contents"><ul>{links}</ul></nav>'
        f"<main>{''.join(parts)}</main></body></html>"
    )


def _route(method: str, path: str, operation: dict[str, Any]) -> Iterator[str]:
    yield f"<details><summary><b>{method.upper()}</b> <code>{escape(path)}</code></summary>"
    if text := operation.get("description"):
        yield f"<p>{escape(text)}</p>"
    if parameters := operation.get("parameters"):
        rows = "".join(
            f"<li><code>{escape(one['name'])}</code> ({escape(one['in'])}"
            f"{', required' if one.get('required') else ''}) {escape(one.get('description', ''))}</li>"
            for one in parameters
        )
        yield f"<ul>{rows}</ul>"
    if body := operation.get("requestBody"):
        yield f"<p>Body:</p>{_json(body['content'])}"
    for status, answer in operation.get("responses", {}).items():
        yield f"<p>{escape(status)}: {escape(answer.get('description', ''))}</p>"
        if content := answer.get("content"):
            yield _json(content)
    yield "</details>"


def _json(value: Any) -> str:
    return f"<pre>{escape(json.dumps(value, indent=2, ensure_ascii=False))}</pre>"
