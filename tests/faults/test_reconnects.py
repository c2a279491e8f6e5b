"""Every inbox of a large team comes back at the same moment, after its server was killed: all are live again, soon."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import secrets
import uuid

import psycopg
import pytest

from app.cli.listening import allow_many_files
from tests.faults.conftest import Serve
from tests.rigs.http_visitor import HttpVisitor

pytestmark = pytest.mark.faults

STREAMS = int(os.environ.get("TALIA_TEST_STREAMS") or 500)
"""`TALIA_TEST_STREAMS=2000` is the whole promise, and half a minute."""
SELLERS = 40
STEADY_SECONDS = 60
KEY = "pk_demo"


def hire(database_url: str) -> list[str]:
    """The tokens of so many sellers of the default site."""
    tokens = [f"st_{secrets.token_urlsafe(32)}" for _ in range(SELLERS)]
    with psycopg.connect(database_url, autocommit=True) as admin:
        for token in tokens:
            row = admin.execute(
                "select public.add_staff(p_slug => 'default', p_email => %s, p_role => 'seller')",
                [f"{uuid.uuid4().hex}@example.com"],
            ).fetchone()
            assert row is not None
            admin.execute(
                "insert into staff_sessions (staff_id, token_hash) values (%s, %s)",
                [row[0]["uuid"], hashlib.sha256(token.encode()).hexdigest()],
            )
    return tokens


class Inbox:
    """One open inbox, over a bare socket: two thousand clients in this process must cost little."""

    def __init__(self, port: int, token: str) -> None:
        self.port, self.token = port, token
        self.statuses: list[int] = []
        self.refused = 0
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def connect(self) -> None:
        """Until it is let in. Who is told that the server is busy, or finds nobody yet, comes again a little later."""
        while True:
            try:
                self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port)
                self._writer.write(
                    f"GET /api/v1/chat/events HTTP/1.1\r\nHost: 127.0.0.1\r\nX-PUBLIC-KEY: {KEY}\r\n"
                    f"Authorization: Bearer {self.token}\r\n"
                    f"Last-Event-ID: 2100-01-01T00:00:00+00:00\r\n\r\n".encode()
                )
                status = int((await self._reader.readline()).split()[1])
            except (OSError, IndexError):
                self.refused += 1
            else:
                self.statuses.append(status)
                if status == 200:
                    return
            await self.leave()
            await asyncio.sleep(0.2 + secrets.randbelow(800) / 1000)

    async def hears(self, text: bytes) -> None:
        assert self._reader is not None
        while text not in await self._reader.readline():
            if self._reader.at_eof():
                raise AssertionError("the stream ended")

    async def cut_off(self) -> None:
        """Until the stream is dead."""
        assert self._reader is not None
        with contextlib.suppress(ConnectionError):
            while await self._reader.read(65_536):
                pass
        await self.leave()

    async def leave(self) -> None:
        if self._writer is not None:
            self._writer.close()
            with contextlib.suppress(ConnectionError):
                await self._writer.wait_closed()
            self._writer = None


@pytest.mark.timeout(300)
async def test_a_burst_of_reconnects_ends_steady(serve: Serve, database_url: str) -> None:
    allow_many_files()
    talia = serve(database_url).start()
    tokens = hire(database_url)
    inboxes = [Inbox(talia.port, tokens[n % SELLERS]) for n in range(STREAMS)]
    async with asyncio.timeout(120):
        await asyncio.gather(*(inbox.connect() for inbox in inboxes))
    talia.process.kill()
    await asyncio.gather(*(inbox.cut_off() for inbox in inboxes))
    for inbox in inboxes:
        inbox.statuses.clear()
    # All of them are at the door before anybody opens it.
    coming = asyncio.gather(*(inbox.connect() for inbox in inboxes))
    await asyncio.to_thread(talia.start)
    async with asyncio.timeout(STEADY_SECONDS):
        await coming
        async with HttpVisitor(talia.url) as visitor:
            await visitor.open()
            said = await visitor.say("¿Hay alguien?")
            assert said.status_code == 200
            conversation = said.json()["metadata"]["conversation_id"]
            await asyncio.gather(*(inbox.hears(conversation.encode()) for inbox in inboxes))
    assert {status for inbox in inboxes for status in inbox.statuses} <= {200, 503}
    await asyncio.gather(*(inbox.leave() for inbox in inboxes))
