"""The API's documentation: whole, and without anything of another host's on the origin of the console."""

from __future__ import annotations

import re

import httpx

from tests.rigs.server import TaliaServer


async def test_every_route_is_in_it_and_nothing_is_fetched_from_elsewhere(guided: TaliaServer) -> None:
    async with httpx.AsyncClient(base_url=guided.url, timeout=30) as client:
        page = await client.get("/docs")
        schema = (await client.get("/openapi.json")).json()
    assert page.headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert "<script" not in page.text
    assert not re.findall(r'(?:src|href)="(?![/#])', page.text)
    for path, item in schema["paths"].items():
        assert f"<code>{path}</code>" in page.text
        for operation in item.values():
            assert operation["tags"]
    for name in schema["components"]["schemas"]:
        assert f'id="shape-{name}"' in page.text
