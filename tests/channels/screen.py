"""What a client shows that does nothing but follow the events, and the stream's promises, checked one by one."""

from __future__ import annotations

import copy
from collections.abc import AsyncIterator, Iterable
from typing import Any, Self

from tests.rigs.http_visitor import HttpVisitor, SseEvent


class Screen:
    """`show` each event as it comes. Whatever a stream may not do, such as repeat or leave out text, fails there."""

    def __init__(self, cursor: str | None = None) -> None:
        self.cursor = cursor
        self.messages: list[dict[str, Any]] = []
        self.running: tuple[str, int] | None = None
        self.text = ""
        self.types: list[str] = []

    @classmethod
    def after(cls, events: Iterable[SseEvent], cursor: str | None = None) -> Self:
        """The screen of a client that got these events and was then cut off."""
        screen = cls(cursor)
        for event in events:
            screen.show(event)
        return screen

    def copy(self) -> Self:
        return copy.deepcopy(self)

    def show(self, event: SseEvent) -> None:
        assert event.type == event.data["type"]
        getattr(self, f"_{event.type.removeprefix('chat.').replace('.', '_')}")(event.data)
        self.types.append(event.type)
        if event.id is not None:
            self.cursor = event.id

    async def follow(self, events: AsyncIterator[SseEvent]) -> Self:
        """Show all that comes, until the stream ends."""
        async for event in events:
            self.show(event)
        return self

    async def resume(self, visitor: HttpVisitor) -> Self:
        """Connect again with the last cursor, until the reply is over."""
        async with visitor.events(self.cursor, follow="reply") as events:
            return await self.follow(events)

    @property
    def texts(self) -> list[str]:
        return [message["context"]["text"] for message in self.messages]

    def _message_new(self, data: dict[str, Any]) -> None:
        self._add(data["message"])

    def _reply_started(self, data: dict[str, Any]) -> None:
        assert self.running is None, "a reply began while another one was running"
        self._begin(data)

    def _reply_restarted(self, data: dict[str, Any]) -> None:
        assert self.running is not None, "nothing was running that could be restarted"
        turn_id, attempt = self.running
        assert data["turn_id"] == turn_id
        assert data["attempt"] > attempt or data["reason"] == "text_changed"
        self._begin(data)

    def _reply_delta(self, data: dict[str, Any]) -> None:
        assert (data["turn_id"], data["attempt"]) == self.running
        assert data["offset"] == len(self.text), "text was left out or repeated"
        assert data["text"]
        self.text += data["text"]

    def _reply_done(self, data: dict[str, Any]) -> None:
        assert (data["turn_id"], data["attempt"]) == self.running
        assert data["message"]["context"]["text"] == self.text
        self.running = None
        self._add(data["message"])

    def _reply_failed(self, data: dict[str, Any]) -> None:
        self.running = None

    def _handoff_requested(self, data: dict[str, Any]) -> None:
        """Nothing to show."""

    def _message_read(self, data: dict[str, Any]) -> None:
        """Nothing to show."""

    def _message_updated(self, data: dict[str, Any]) -> None:
        for place, message in enumerate(self.messages):
            if message["id"] == data["message"]["id"]:
                self.messages[place] = data["message"]

    def _typing(self, data: dict[str, Any]) -> None:
        """Nothing to show."""

    def _begin(self, data: dict[str, Any]) -> None:
        self.running = (data["turn_id"], data["attempt"])
        self.text = ""

    def _add(self, message: dict[str, Any]) -> None:
        assert not self.messages or message["seq"] > self.messages[-1]["seq"], "out of order, or shown twice"
        self.messages.append(message)
