"""Visitors who do not give up: they repeat what was not acknowledged, resume what was cut, and keep a journal."""

from __future__ import annotations

import asyncio
import random
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.channels.screen import Screen
from tests.rigs.http_visitor import HttpVisitor, sse_events

PAUSE = 0.1
"""Seconds before a client tries again; real ones wait longer."""


@dataclass
class Sent:
    """One message of the journal. Times are of time.monotonic(); `seq` is known once it was acknowledged."""

    conversation: str
    client_message_id: str
    content: str
    seq: int | None = None
    tries: int = 0
    acked_at: float | None = None
    answered_at: float | None = None


@dataclass
class Journal:
    sent: list[Sent] = field(default_factory=list)
    acked: asyncio.Event = field(default_factory=asyncio.Event)
    refused: asyncio.Event = field(default_factory=asyncio.Event)
    refusals: list[float] = field(default_factory=list)
    """Seconds that each 503 took; nothing else may come instead of a 2xx. Who waits for a reply may hear it late."""
    streams: int = 0
    """How many event streams were opened."""

    def ack(self, sent: Sent, seq: int) -> None:
        if sent.seq is None:
            sent.seq, sent.acked_at = seq, time.monotonic()
            self.acked.set()
        assert sent.seq == seq, "a repeated message got another place"

    def refuse(self, response: httpx.Response, seconds: float | None) -> None:
        if seconds is not None:
            self.refusals.append(seconds)
            self.refused.set()
        assert response.status_code == 503, response.text
        assert int(response.headers["retry-after"]) >= 1

    def waits(self) -> list[float]:
        """Seconds from each acknowledgement to the answer, sorted."""
        return sorted(s.answered_at - s.acked_at for s in self.sent if s.answered_at and s.acked_at)


class Conversation:
    """One session, followed by a tab that stays open, as a widget's does."""

    def __init__(self, url: str, journal: Journal) -> None:
        self._visitor = HttpVisitor(url)
        self._journal = journal
        self._conversation = ""
        self._mine: list[Sent] = []
        self._screen = Screen("0")
        self._news = asyncio.Event()

    async def open(self) -> None:
        while True:
            response = await self._try("POST", "/sessions", json={})
            if response is not None:
                opened = response.json()
                self._visitor.session_id, self._visitor.token = opened["session_id"], opened["token"]
                self._conversation = opened["conversation_id"]
                return

    async def say(self, content: str, *, streaming: bool) -> Sent:
        """Send until it is acknowledged; with JSON that is when it is answered, too."""
        sent = Sent(self._conversation, uuid.uuid4().hex, content)
        self._journal.sent.append(sent)
        self._mine.append(sent)
        while sent.seq is None:
            sent.tries += 1
            await (self._post_stream(sent) if streaming else self._post_json(sent))
        return sent

    async def follow(self) -> None:
        """Keep a tab open, and resume it after every break, until it is cancelled."""
        while True:
            try:
                await self._follow_once()
            except httpx.TransportError:
                await asyncio.sleep(PAUSE)

    async def finish(self) -> None:
        """Wait until everything is answered and the tab shows just what is stored."""
        while not await self._is_finished():
            self._news.clear()
            try:
                async with asyncio.timeout(1):
                    await self._news.wait()
            except TimeoutError:
                continue

    async def close(self) -> None:
        await self._visitor.close()

    async def _is_finished(self) -> bool:
        response = await self._try("GET", f"/history/{self._visitor.session_id}", params={"limit": 500})
        if response is None:
            return False
        page: dict[str, Any] = response.json()
        answered = page["conversation"]["answered_seq"] if page["conversation"] else 0
        for sent in self._mine:
            if sent.seq is not None and sent.seq <= answered and sent.answered_at is None:
                sent.answered_at = time.monotonic()
        stored = [message["context"]["text"] for message in page["data"]]
        return all(sent.answered_at for sent in self._mine) and self._screen.texts == stored

    async def _post_stream(self, sent: Sent) -> None:
        headers = {**self._headers(), "Accept": "text/event-stream"}
        began = time.monotonic()
        try:
            async with self._visitor.http.stream(
                "POST", "/api/webchat/messages", headers=headers, json=self._body(sent)
            ) as response:
                if response.status_code != 200:
                    await response.aread()
                    self._journal.refuse(response, time.monotonic() - began)
                    await asyncio.sleep(PAUSE)
                    return
                async for event in sse_events(response):
                    if sent.seq is None:
                        assert event.data["message"]["client_message_id"] == sent.client_message_id
                        self._journal.ack(sent, event.data["message"]["seq"])
        except httpx.TransportError:
            await asyncio.sleep(PAUSE)

    async def _post_json(self, sent: Sent) -> None:
        response = await self._try("POST", "/messages", json=self._body(sent))
        if response is not None:
            body = response.json()
            assert body["reply"]
            self._journal.ack(sent, body["metadata"]["seq"])

    async def _follow_once(self) -> None:
        headers = {**self._headers(), "Last-Event-ID": self._screen.cursor or "0"}
        began = time.monotonic()
        async with self._visitor.http.stream("GET", "/api/webchat/events", headers=headers) as response:
            if response.status_code != 200:
                await response.aread()
                self._journal.refuse(response, time.monotonic() - began)
                await asyncio.sleep(PAUSE)
                return
            self._journal.streams += 1
            async for event in sse_events(response):
                self._screen.show(event)
                self._news.set()

    async def _try(self, method: str, path: str, **options: Any) -> httpx.Response | None:
        """The answer if it is a 2xx. Otherwise None, after a pause."""
        began = time.monotonic()
        try:
            response = await self._visitor.request(method, path, **options)
        except httpx.TransportError:
            await asyncio.sleep(PAUSE)
            return None
        if not response.is_success:
            self._journal.refuse(response, None if path == "/messages" else time.monotonic() - began)
            await asyncio.sleep(PAUSE)
            return None
        return response

    def _body(self, sent: Sent) -> dict[str, Any]:
        ids = {"session_id": self._visitor.session_id, "client_message_id": sent.client_message_id}
        return {**ids, "content": sent.content, "locale": "es"}

    def _headers(self) -> dict[str, str]:
        return {**self._visitor.headers, "Authorization": f"Bearer {self._visitor.token}"}


class Crowd:
    """`count` visitors at any time. Who waits too long for an answer leaves the tab open, and another one comes."""

    def __init__(self, url: str, chance: random.Random, count: int) -> None:
        self.journal = Journal()
        self._url = url
        self._chance = chance
        self._visiting = [asyncio.ensure_future(self._visit(number)) for number in range(count)]
        self._waiting: list[asyncio.Task[None]] = []
        self._closing = False
        self._asked = 0

    async def wait_ack(self) -> None:
        """Wait until something is acknowledged from now on, so that there is traffic at every fault."""
        self.journal.acked.clear()
        async with asyncio.timeout(30):
            while not self.journal.acked.is_set():
                self.raise_problems()
                try:
                    async with asyncio.timeout(1):
                        await self.journal.acked.wait()
                except TimeoutError:
                    continue

    def raise_problems(self) -> None:
        """What a visitor found to be wrong fails the test at once, not at its end."""
        for task in (*self._visiting, *self._waiting):
            if task.done():
                task.result()

    async def finish(self, seconds: float) -> None:
        """Nobody new comes; everybody gets an answer. Raises TimeoutError if somebody would wait for ever."""
        self._closing = True
        async with asyncio.timeout(seconds):
            await asyncio.gather(*self._visiting)
            await asyncio.gather(*self._waiting)

    async def _visit(self, number: int) -> None:
        while not self._closing:
            conversation = Conversation(self._url, self.journal)
            await conversation.open()
            following = asyncio.ensure_future(conversation.follow())
            talking = asyncio.ensure_future(self._talk(conversation, following))
            # Four seconds are a long wait for a reply of half a second: its server must have died.
            await asyncio.wait((talking,), timeout=4)
            self._waiting.append(talking)

    async def _talk(self, conversation: Conversation, following: asyncio.Task[None]) -> None:
        for _ in range(self._chance.randint(1, 3)):
            saying = [asyncio.ensure_future(self._say(conversation))]
            if self._chance.random() < 0.3:
                await asyncio.sleep(self._chance.uniform(0, 0.4))
                saying.append(asyncio.ensure_future(self._say(conversation)))
            await asyncio.gather(*saying)
            if self._closing:
                break
        await conversation.finish()
        following.cancel()
        await asyncio.wait((following,))
        await conversation.close()
        if not following.cancelled():
            following.result()

    async def _say(self, conversation: Conversation) -> None:
        self._asked += 1
        content = f"Pregunta {self._asked}: ¿tienen algo parecido, y a qué precio?"
        await conversation.say(content, streaming=self._chance.random() < 0.6)
