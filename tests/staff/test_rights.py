"""docs/rights.md is the whole surface of /api/v1, and what it says holds for everybody who tries."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from fastapi.routing import APIRoute

from tests.rigs.server import TaliaServer
from tests.rigs.staff import HttpStaff
from tests.rules.tree import ROOT
from tests.staff.conftest import MakeStaff

ROLES = ("seller", "marketing", "admin")
ROW = re.compile(r"^\| (GET|POST|PUT|PATCH|DELETE) \| `([^`]+)` \| ([^|]+) \|$", re.MULTILINE)
Right = tuple[str, str, frozenset[str]]


def published() -> list[Right]:
    text = (ROOT / "docs" / "rights.md").read_text(encoding="utf-8")
    return [(m, path, frozenset(who.strip().split(", "))) for m, path, who in ROW.findall(text)]


RIGHTS = published()
SECURED = [right for right in RIGHTS if "public" not in right[2]]
WITH_ID = [right for right in SECURED if "{" in right[1]]


def name(right: Right) -> str:
    return f"{right[0]} {right[1]}"


def filled(path: str, ids: dict[str, str] | None = None) -> str:
    """A path with the ids that are given, and made-up ones for the rest."""
    return re.sub(r"\{(\w+)\}", lambda m: (ids or {}).get(m[1]) or made_up(m[1]), path)


def made_up(name: str) -> str:
    return "987654" if name == "number" else str(uuid.uuid4())


async def attempt(who: HttpStaff, right: Right, path: str | None = None) -> tuple[int, str]:
    """What the route answers to a body that says nothing: whoever is let in gets past the rights."""
    method = right[0]
    async with who.http.stream(
        method,
        f"/api/v1{path or filled(right[1])}",
        headers=who.headers,
        json=None if method == "GET" else {},
    ) as answer:
        if "event-stream" in answer.headers.get("content-type", ""):
            return answer.status_code, ""
        await answer.aread()
        problem: dict[str, Any] = answer.json() if answer.content else {}
        return answer.status_code, problem.get("code", "") if isinstance(problem, dict) else ""


def test_every_route_is_published_and_nothing_else(server: TaliaServer) -> None:
    served = {
        (method, route.path.removeprefix("/api/v1"))
        for route in _routes(server.app.routes)
        if route.path.startswith("/api/v1")
        for method in route.methods or ()
    }
    assert served == {(method, path) for method, path, _ in RIGHTS}


def _routes(routes: Any) -> list[APIRoute]:
    found: list[APIRoute] = []
    for route in routes:
        if isinstance(route, APIRoute):
            found.append(route)
        elif inner := getattr(getattr(route, "original_router", route), "routes", None):
            found += _routes(inner)
    return found


@pytest.mark.parametrize("right", SECURED, ids=name)
async def test_nobody_is_let_in(
    server: TaliaServer, nobody: HttpStaff, make_staff: MakeStaff, right: Right
) -> None:
    assert await attempt(nobody, right) == (401, "staff.invalid_token")
    forged = HttpStaff(server.url, "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.")
    assert await attempt(forged, right) == (401, "staff.invalid_token")
    await forged.close()
    seller = make_staff(right_role(right), key="pk_nothing")
    assert await attempt(seller, right) == (401, "site.unknown_key")


@pytest.mark.parametrize("right", SECURED, ids=name)
async def test_roles_that_are_not_named_are_refused(make_staff: MakeStaff, right: Right) -> None:
    for role in ROLES:
        status, code = await attempt(make_staff(role), right)
        if role in right[2]:
            assert code not in {"staff.role", "staff.not_of_site", "staff.invalid_token"}, role
            assert status != 500
        else:
            assert (status, code) == (403, "staff.role"), role


@pytest.mark.parametrize("right", SECURED, ids=name)
async def test_staff_of_another_site_is_refused(make_staff: MakeStaff, right: Right) -> None:
    foreign = make_staff(right_role(right), site="other", key="pk_demo")
    assert await attempt(foreign, right) == (403, "staff.not_of_site")


def right_role(right: Right) -> str:
    return min(right[2])
