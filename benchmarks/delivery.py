"""A seller's message on its way to the visitor's screen: from sending it to its event in the visitor's open stream."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import psycopg

from benchmarks.figures import Spread
from benchmarks.world import KEY, Talia
from tests.rigs.staff import open_session

WARM_UP = 5
PATIENCE_SECONDS = 30.0


async def delivery(talia: Talia, rounds: int) -> Spread:
    """Seconds for each of so many messages, one after the other: commit, way there, and this client's own part."""
    session = talia.open_session()
    async with _client(talia, session.token) as visitor, _client(talia, _seller(talia)) as seller:
        said = {"session_id": session.session_id, "content": "Hola"}
        (await visitor.post("/api/webchat/messages", json=said)).raise_for_status()
        one = f"/api/v1/chat/conversations/{session.conversation_id}"
        (await seller.post(f"{one}/take-over", json={})).raise_for_status()
        async with visitor.stream("GET", "/api/webchat/events") as stream:
            chunks = stream.aiter_bytes()
            await anext(chunks)
            async with asyncio.timeout(PATIENCE_SECONDS + rounds):
                taken = [await _send(seller, one, chunks) for _ in range(WARM_UP + rounds)]
    return Spread.of(taken[WARM_UP:])


async def _send(seller: httpx.AsyncClient, one: str, chunks: AsyncIterator[bytes]) -> float:
    text = f"mensaje-{uuid.uuid4().hex}"
    began = time.perf_counter()
    sending = asyncio.ensure_future(seller.post(f"{one}/messages", json={"content": text}))
    heard = b""
    while text.encode() not in heard:
        heard += await anext(chunks)
    arrived = time.perf_counter()
    (await sending).raise_for_status()
    return arrived - began


@asynccontextmanager
async def _client(talia: Talia, token: str) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"X-PUBLIC-KEY": KEY, "Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{talia.port}", headers=headers, timeout=PATIENCE_SECONDS
    ) as client:
        yield client


def _seller(talia: Talia) -> str:
    """The token of a new account, made past the slow password."""
    with psycopg.connect(talia.database_url(), autocommit=True) as admin:
        row = admin.execute(
            "select public.add_staff(p_slug => 'default', p_email => %s, p_role => 'seller')",
            [f"{uuid.uuid4().hex}@example.com"],
        ).fetchone()
        assert row is not None
        return open_session(admin, row[0]["uuid"])
