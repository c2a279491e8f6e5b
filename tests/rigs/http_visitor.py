"""A visitor over HTTP, as a widget or a curl user is one."""

from __future__ import annotations

import json
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

KEY = "pk_demo"


@dataclass(frozen=True)
class SseEvent:
    id: str | None
    type: str
    data: dict[str, Any]


class HttpVisitor:
    """`open()` gets a token; everything else sends it."""

    def __init__(self, base_url: str, *, key: str | None = KEY, **headers: str) -> None:
        self.http = httpx.AsyncClient(base_url=base_url, timeout=httpx.Timeout(60, connect=5))
        self.headers = {**({"X-PUBLIC-KEY": key} if key else {}), **headers}
        self.session_id = "label"
        self.token: str | None = None

    async def close(self) -> None:
        await self.http.aclose()

    async def __aenter__(self) -> HttpVisitor:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def request(
        self, method: str, path: str, *, headers: dict[str, str] | None = None, **kw: Any
    ) -> httpx.Response:
        return await self.http.request(method, f"/api/webchat{path}", headers=self._headers(headers), **kw)

    async def open(self, **body: Any) -> dict[str, Any]:
        response = await self.request("POST", "/sessions", json=body)
        assert response.status_code == 201, response.text
        opened: dict[str, Any] = response.json()
        self.session_id, self.token = opened["session_id"], opened["token"] or self.token
        return opened

    def body(self, content: str, **more: Any) -> dict[str, Any]:
        return {
            "session_id": self.session_id,
            "content": content,
            "client_message_id": uuid.uuid4().hex,
        } | more

    async def say(self, content: str, **more: Any) -> httpx.Response:
        return await self.request("POST", "/messages", json=self.body(content, **more))

    @asynccontextmanager
    async def stream(self, content: str, **more: Any) -> AsyncIterator[AsyncIterator[SseEvent]]:
        headers = self._headers({"Accept": "text/event-stream"})
        body = self.body(content, **more)
        async with self.http.stream("POST", "/api/webchat/messages", headers=headers, json=body) as response:
            assert response.status_code == 200, (await response.aread()).decode()
            yield sse_events(response)

    @asynccontextmanager
    async def events(
        self, last: str | None = None, *, follow: str | None = None
    ) -> AsyncIterator[AsyncIterator[SseEvent]]:
        headers = self._headers({"Last-Event-ID": last} if last is not None else None)
        params = {"follow": follow} if follow else {}
        async with self.http.stream("GET", "/api/webchat/events", headers=headers, params=params) as response:
            assert response.status_code in {200, 204}, (await response.aread()).decode()
            yield sse_events(response)

    async def history(self, **params: Any) -> dict[str, Any]:
        response = await self.request("GET", f"/history/{self.session_id}", params=params)
        assert response.status_code == 200, response.text
        page: dict[str, Any] = response.json()
        return page

    def _headers(self, more: dict[str, str] | None) -> dict[str, str]:
        token = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return {**self.headers, **token, **(more or {})}


async def sse_events(response: httpx.Response) -> AsyncIterator[SseEvent]:
    """The events of a response, comments left out."""
    fields: dict[str, str] = {}
    async for line in _lines(response):
        if not line:
            if "data" in fields:
                yield SseEvent(fields.get("id"), fields["event"], json.loads(fields["data"]))
            fields = {}
            continue
        name, _, value = line.partition(":")
        if name:
            fields[name] = value.removeprefix(" ")


async def _lines(response: httpx.Response) -> AsyncIterator[str]:
    """Ended by LF only: httpx's own lines also end at U+2028 and the like, which may stand in an event's text."""
    rest = ""
    async for text in response.aiter_text():
        *lines, rest = (rest + text).split("\n")
        for line in lines:
            yield line


def text_of(events: list[SseEvent]) -> str:
    """What a client that appends deltas shows: restarted and started begin anew."""
    text = ""
    for event in events:
        if event.type in {"chat.reply.started", "chat.reply.restarted"}:
            text = ""
        elif event.type == "chat.reply.delta":
            text += event.data["text"]
    return text
