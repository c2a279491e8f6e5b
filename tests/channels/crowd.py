"""Many visitors at one moment."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx

from tests.rigs.http_visitor import KEY
from tests.rigs.server import TaliaServer

TRIES = 5


async def crowd(server: TaliaServer, count: int, content: str = "Hola, ¿qué tienen?") -> list[dict[str, Any]]:
    """So many say something at once, each in a new session. What they were answered.

    Who is told that the server is too busy (a 503 says when) tries again, as every client should.
    """
    limits = httpx.Limits(max_connections=count)
    async with httpx.AsyncClient(base_url=server.url, timeout=60, limits=limits) as http:

        async def one(number: int) -> dict[str, Any]:
            body = {"session_id": f"crowd-{number}", "content": content}
            for _ in range(TRIES):
                answer = await http.post("/api/webchat/messages", headers={"X-PUBLIC-KEY": KEY}, json=body)
                if answer.status_code != 503:
                    break
                await asyncio.sleep(float(answer.headers["retry-after"]))
            assert answer.status_code == 200, answer.text
            told: dict[str, Any] = answer.json()
            return told

        return list(await asyncio.gather(*(one(number) for number in range(count))))
