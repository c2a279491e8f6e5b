"""What answers outside of /api/v1 is a published list, and what asks for a token gets nowhere without one."""

from __future__ import annotations

import re
import uuid
from typing import Any

import httpx
import pytest

from tests.rigs.server import TaliaServer
from tests.rules.tree import ROOT

LINE = re.compile(r"^- `((?:[A-Z]+ )+)(/[^`]*)` · (.+)$", re.MULTILINE)


def published() -> dict[tuple[str, str], str]:
    text = (ROOT / "docs" / "rights.md").read_text(encoding="utf-8")
    return {(method, path): asks for methods, path, asks in LINE.findall(text) for method in methods.split()}


PUBLISHED = published()
WITH_TOKEN = [route for route, asks in PUBLISHED.items() if asks == "the visitor's token"]
WITH_KEY = [route for route, asks in PUBLISHED.items() if asks == "the site's public key"]


def served(routes: Any) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for route in routes:
        if hasattr(route, "path") and getattr(route, "methods", None):
            found |= {
                (method, route.path) for method in route.methods if not route.path.startswith("/api/v1")
            }
        elif inner := getattr(getattr(route, "original_router", route), "routes", None):
            found |= served(inner)
    return found


def test_what_is_open_is_published_and_nothing_else_is_open(server: TaliaServer) -> None:
    assert served(server.app.routes) == set(PUBLISHED)


@pytest.mark.parametrize("route", WITH_TOKEN, ids=" ".join)
async def test_nothing_of_a_visitors_opens_without_the_token(
    server: TaliaServer, route: tuple[str, str]
) -> None:
    method, path = route
    path = re.sub(r"\{\w+\}", str(uuid.uuid4()), path)
    async with httpx.AsyncClient(base_url=server.url, timeout=30) as client:
        for token in (None, "vt_" + "x" * 43, "st_" + "x" * 43, "null"):
            headers = {"X-PUBLIC-KEY": "pk_demo"} | ({"Authorization": f"Bearer {token}"} if token else {})
            answer = await client.request(method, path, headers=headers, json=BODIES.get(path.split("/")[3]))
            assert (answer.status_code, answer.json()["code"]) == (401, "session.invalid_token"), token


@pytest.mark.parametrize("route", WITH_KEY, ids=" ".join)
async def test_nothing_begins_without_a_sites_key(server: TaliaServer, route: tuple[str, str]) -> None:
    async with httpx.AsyncClient(base_url=server.url, timeout=30) as client:
        for headers in ({}, {"X-PUBLIC-KEY": "pk_nothing"}):
            answer = await client.request(route[0], route[1], headers=headers, json={})
            assert (answer.status_code, answer.json()["code"]) == (401, "site.unknown_key")


BODIES: dict[str, Any] = {
    "read": {"up_to_seq": 1},
    "messages": {"emoji": "👍"},
    "consent": {"purpose": "chat", "granted": False, "text_version": "1", "locale": "es"},
    "contact": {"name": "Ana"},
    "track": {"event": "viewed"},
    "rating": {"rating": 5},
    "typing": {},
    "handoff": {},
}
