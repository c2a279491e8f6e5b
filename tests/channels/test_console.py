"""The console's files: one page for every address, a policy that lets nothing else in, caching that cannot go wrong."""

from __future__ import annotations

import re

import httpx

from tests.channels.conftest import StartTalia
from tests.rigs.server import TaliaServer
from tests.rigs.staff import Hired


def get(server: TaliaServer, path: str, **headers: str) -> httpx.Response:
    return httpx.get(f"{server.url}{path}", headers={"accept-encoding": "identity", **headers})


def test_every_address_below_it_is_the_same_page(guided: TaliaServer) -> None:
    for path in ("/console", "/console/", "/console/messages", "/console/messages/0192", "/console/no/such"):
        found = get(guided, path)
        assert (found.status_code, found.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert '<meta name="talia-site-key" content="pk_demo"' in found.text
        # Another answer has another nonce: this one may not be kept.
        assert found.headers["cache-control"] == "no-store"


def test_seed_000s_addresses_lead_there(guided: TaliaServer) -> None:
    for path in ("/messages", "/messages/0192f0c1-7d3b"):
        found = get(guided, path)
        assert (found.status_code, found.headers["location"]) == (307, f"/console{path}")
    assert get(guided, "/messages/%2F%2Fevil.example").status_code == 404


def test_only_its_own_scripts_run_and_nobody_frames_it(guided: TaliaServer) -> None:
    pages = [get(guided, "/console") for _ in range(2)]
    nonces = []
    for page in pages:
        policy = dict(
            directive.split(" ", 1) for directive in page.headers["content-security-policy"].split("; ")
        )
        nonces.append(re.search(r'name="talia-nonce" content="([\w-]{24})"', page.text)[1])  # type: ignore[index]
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == "'self'"
        assert policy["style-src"] == f"'self' 'nonce-{nonces[-1]}'"
        assert policy["connect-src"] == "'self'"
        assert policy["frame-ancestors"] == "'none'"
        assert re.findall(r"<script(?![^>]*\ssrc=)", page.text) == []
        assert re.findall(r'(?:src|href)="(?!/console/assets/|/demo/icon\.svg)', page.text) == []
    assert nonces[0] != nonces[1]


def test_its_files_never_change_under_their_names(guided: TaliaServer) -> None:
    names = re.findall(r'"(/console/assets/[^"]+)"', get(guided, "/console").text)
    assert len(names) > 2
    for name in names:
        found = get(guided, name)
        assert found.status_code == 200
        assert "immutable" in found.headers["cache-control"]
        again = get(guided, name, **{"if-none-match": found.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    missing = get(guided, "/console/assets/nothing.js")
    assert (missing.status_code, missing.json()["code"]) == (404, "route.not_found")
    assert get(guided, "/console/assets/..%2f..%2froutes.py").status_code == 404


def test_it_is_for_the_site_that_was_named(start_talia: StartTalia) -> None:
    server = start_talia(webchat_public_token="pk_shop")
    for path in ("/console", "/console?site=default", "/console?site=pk_shop"):
        assert 'content="pk_shop"' in get(server, path).text
    for path in ("/console?site=nobody", '/console?site="><script>'):
        assert '<meta name="talia-site-key" content=""' in get(server, path).text


async def test_a_key_that_is_no_setting_is_replaced_by_an_admin_and_stays_so(
    start_talia: StartTalia, database_url: str
) -> None:
    server = start_talia()
    boss = Hired(server, database_url)("admin")
    key = (await boss.post("/site/public-key", {"keep_days": 1}, status=201))["public_key"]
    assert key != "pk_demo"
    for url in (server.url, start_talia().url):
        for path in ("/console", "/", "/vehiculos/bmw-x5-2021", "/estricta", "/demo/plain"):
            page = (await boss.http.get(f"{url}{path}")).text
            assert f'"{key}"' in page, path
            assert "pk_demo" not in page, path
    await boss.close()
