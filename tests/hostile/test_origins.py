"""Which pages may use a site's key: exactly the listed ones, told so exactly, and never with credentials."""

from __future__ import annotations

import pytest

from tests.channels.conftest import Look, MakeVisitor, StartTalia
from tests.hostile.refusals import problem
from tests.hostile.test_sessions import ACTS, rows
from tests.rigs.server import TaliaServer

SHOP = "https://shop.example"
EVIL = [
    "https://evil.example",
    "https://shop.example.evil.example",
    "https://evilshop.example",
    "http://shop.example",
    "https://shop.example:8443",
    "https://shop.example/",
    "https://SHOP.example",
    "https://shop.example, https://evil.example",
    "null",
    "*",
    "file://",
    "chrome-extension://abcdef",
    "https://[",
    "x" * 5000,
]
PREFLIGHT = {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "x-public-key,authorization",
}


@pytest.fixture
def server(start_talia: StartTalia) -> TaliaServer:
    return start_talia(webchat_allowed_origins=SHOP, public_url="https://chat.example")


async def test_a_strange_page_is_refused_and_told_nothing(
    server: TaliaServer, make_visitor: MakeVisitor, look: Look
) -> None:
    visitor = make_visitor(server)
    await visitor.open()
    before = rows(look)
    for origin in EVIL:
        for method, path, body in ACTS:
            more = {"json": body} if body is not None else {}
            answer = await visitor.request(method, path, headers={"Origin": origin}, **more)
            problem(answer, 403, "site.origin_not_allowed")
            assert not [name for name in answer.headers if name.startswith("access-control-")]
            assert "Origin" in answer.headers["vary"]
    assert rows(look) == before


async def test_a_listed_page_is_allowed_by_name(server: TaliaServer, make_visitor: MakeVisitor) -> None:
    visitor = make_visitor(server, Origin=SHOP)
    await visitor.open()
    said = await visitor.say("Hola")
    refused = await visitor.request("POST", "/messages", json={})
    missing = await visitor.request("GET", "/nothing")
    large = await visitor.request("POST", "/messages", content=b"x" * 70_000)
    gzipped = await visitor.request("POST", "/messages", content=b"x", headers={"Content-Encoding": "gzip"})
    for answer in (said, refused, missing, large, gzipped):
        assert answer.headers["access-control-allow-origin"] == SHOP, answer.status_code
        assert "Origin" in answer.headers["vary"]
        assert "access-control-allow-credentials" not in answer.headers
    assert [a.status_code for a in (said, refused, missing, large, gzipped)] == [200, 422, 404, 413, 415]
    async with visitor.http.stream("GET", "/api/webchat/events", headers=visitor._headers(None)) as stream:
        assert stream.headers["access-control-allow-origin"] == SHOP
        assert "Origin" in stream.headers["vary"]


async def test_a_listed_page_can_read_the_token_of_a_stream_that_opened_its_session(
    server: TaliaServer, make_visitor: MakeVisitor
) -> None:
    visitor = make_visitor(server, Origin=SHOP, Accept="text/event-stream")
    answer = await visitor.say("Hola")
    readable = {name.strip().lower() for name in answer.headers["access-control-expose-headers"].split(",")}
    assert {"x-session-id", "x-session-token"} <= readable
    visitor.session_id, visitor.token = answer.headers["x-session-id"], answer.headers["x-session-token"]
    assert (await visitor.history())["data"][0]["context"]["text"] == "Hola"


async def test_the_servers_own_pages_and_programs_without_an_origin_need_no_list(
    server: TaliaServer, make_visitor: MakeVisitor
) -> None:
    for headers in ({}, {"Origin": server.url}, {"Origin": "https://chat.example"}):
        answer = await make_visitor(server, **headers).say("Hola")
        assert answer.status_code == 200
        assert "access-control-allow-origin" not in answer.headers


async def test_another_sites_page_is_not_ours(
    server: TaliaServer, make_visitor: MakeVisitor, look: Look
) -> None:
    look("select public.ensure_site('otra', 'Otra', 'pk_otra', '[\"https://otra.example\"]')")
    allowed = await make_visitor(server, key="pk_otra", Origin="https://otra.example").say("Hola")
    assert allowed.headers["access-control-allow-origin"] == "https://otra.example"
    for key, origin in (("pk_demo", "https://otra.example"), ("pk_otra", SHOP)):
        answer = await make_visitor(server, key=key, Origin=origin).say("Hola")
        problem(answer, 403, "site.origin_not_allowed")
        assert "access-control-allow-origin" not in answer.headers


async def test_a_preflight_answers_listed_origins_only(
    server: TaliaServer, make_visitor: MakeVisitor
) -> None:
    visitor = make_visitor(server, key=None)
    allowed = await visitor.request("OPTIONS", "/messages", headers=PREFLIGHT | {"Origin": SHOP})
    assert allowed.status_code == 204
    assert allowed.headers["access-control-allow-origin"] == SHOP
    wanted = {"authorization", "content-type", "last-event-id", "x-public-key"}
    assert wanted <= {
        name.strip().lower() for name in allowed.headers["access-control-allow-headers"].split(",")
    }
    assert {"GET", "POST", "DELETE"} <= {
        m.strip() for m in allowed.headers["access-control-allow-methods"].split(",")
    }
    assert "access-control-allow-credentials" not in allowed.headers
    assert "Origin" in allowed.headers["vary"]
    for origin in EVIL:
        refused = await visitor.request("OPTIONS", "/messages", headers=PREFLIGHT | {"Origin": origin})
        assert refused.status_code == 403
        assert not [name for name in refused.headers if name.startswith("access-control-")]


async def test_without_a_list_only_the_servers_own_pages_come_in(
    start_talia: StartTalia, make_visitor: MakeVisitor
) -> None:
    server = start_talia()
    problem(await make_visitor(server, Origin=SHOP).say("Hola"), 403, "site.origin_not_allowed")
    assert (await make_visitor(server, Origin=server.url).say("Hola")).status_code == 200
