"""The bus of one process: events go to whoever listens to the conversation, at once and in order."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from app.realtime.events import (
    Event,
    MessageNew,
    ReplyDelta,
    ReplyDone,
    ReplyFailed,
    ReplyRestarted,
    ReplyStarted,
    Running,
)
from app.realtime.subscription import Item, Subscription

SILENCE_SECONDS = 120.0
"""A reply that said nothing for so long has lost its writer; its text is dropped."""
_SWEEP_SECONDS = 30.0


def _nobody(_: Subscription) -> None:
    """Nobody else wants to know."""


class MemoryBus:
    """Fan-out and the running texts, in this process's memory. All of it belongs to the event loop's thread.

    `joined` and `left` are told of every subscription that begins and ends; `clock` counts seconds.
    """

    def __init__(
        self,
        *,
        joined: Callable[[Subscription], None] = _nobody,
        left: Callable[[Subscription], None] = _nobody,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._joined, self._left = joined, left
        self._subscriptions: dict[str, list[Subscription]] = {}
        self._texts = _RunningTexts(clock)

    @property
    def healthy(self) -> bool:
        """Whether every event of every process arrives here."""
        return True

    async def start(self) -> None:
        """Nothing to connect to."""

    async def close(self) -> None:
        """End every subscription."""
        for subscription in list(self.subscriptions()):
            subscription.end()

    def publish(self, conversation_id: str, event: Event) -> None:
        """Hand `event` to all who listen. Never blocks; what cannot be JSON fails here, at its source."""
        _ = event.rendered
        self._texts.follow(conversation_id, event)
        self.put(conversation_id, event)

    def put(self, conversation_id: str, item: Item) -> None:
        """Queue `item` for all who listen, and nothing else."""
        for subscription in self._subscriptions.get(conversation_id, ()):
            subscription.put(item)

    def farewell(self, make: Callable[[], Event]) -> None:
        """Put an event, made anew for each, into every subscription."""
        for subscription in list(self.subscriptions()):
            subscription.put(make())

    def tell_outage(self, name: str, seconds: float) -> None:
        """Nobody to tell: there is no other process."""

    def hear_outages(self, heard: Callable[[str, float], None]) -> None:
        """Nobody to hear."""

    def subscribe(self, conversation_id: str) -> Subscription:
        """A context manager: it listens while it is entered."""
        return Subscription(conversation_id, self._join, self._leave)

    async def running(self, conversation_id: str) -> Running | None:
        """The unfinished reply of the conversation, if one is being written."""
        return self.running_here(conversation_id)

    def running_here(self, conversation_id: str) -> Running | None:
        """As `running`, without asking anybody else."""
        return self._texts.get(conversation_id)

    def subscriptions(self, conversation_id: str | None = None) -> Iterator[Subscription]:
        """Who listens, to one conversation or to any."""
        if conversation_id is not None:
            yield from self._subscriptions.get(conversation_id, ())
            return
        for listeners in self._subscriptions.values():
            yield from listeners

    def _join(self, subscription: Subscription) -> None:
        self._subscriptions.setdefault(subscription.conversation_id, []).append(subscription)
        self._joined(subscription)

    def _leave(self, subscription: Subscription) -> None:
        listeners = self._subscriptions[subscription.conversation_id]
        listeners.remove(subscription)
        if not listeners:
            del self._subscriptions[subscription.conversation_id]
        self._left(subscription)


class _Text:
    """A reply as it grows. Pieces are joined when somebody asks."""

    __slots__ = ("attempt", "heard_at", "length", "pieces", "turn_id")

    def __init__(self, turn_id: str, attempt: int, heard_at: float) -> None:
        self.turn_id = turn_id
        self.attempt = attempt
        self.heard_at = heard_at
        self.pieces: list[str] = []
        self.length = 0


class _RunningTexts:
    """The running reply of each conversation, told from its events. A text with a hole is not kept at all."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._texts: dict[str, _Text] = {}
        self._swept_at = clock()

    def get(self, conversation_id: str) -> Running | None:
        text = self._texts.get(conversation_id)
        if text is None:
            return None
        if self._clock() - text.heard_at > SILENCE_SECONDS:
            del self._texts[conversation_id]
            return None
        text.pieces = ["".join(text.pieces)]
        return Running(text.turn_id, text.attempt, text.pieces[0])

    def follow(self, conversation_id: str, event: Event) -> None:
        match event:
            case ReplyDelta():
                self._grow(conversation_id, event)
            case ReplyStarted() | ReplyRestarted():
                self._begin(conversation_id, event.turn_id, event.attempt)
            case ReplyDone() | ReplyFailed():
                self._end(conversation_id, event.turn_id)
            case MessageNew():
                self._end(conversation_id, event.message.turn_id)

    def _grow(self, conversation_id: str, event: ReplyDelta) -> None:
        if event.offset == 0:
            self._begin(conversation_id, event.turn_id, event.attempt)
        text = self._texts.get(conversation_id)
        if text is None or text.turn_id != event.turn_id or text.attempt > event.attempt:
            return
        if text.attempt < event.attempt or text.length < event.offset:
            del self._texts[conversation_id]
            return
        piece = event.text[text.length - event.offset :]
        text.pieces.append(piece)
        text.length += len(piece)
        text.heard_at = self._clock()

    def _end(self, conversation_id: str, turn_id: str | None) -> None:
        text = self._texts.get(conversation_id)
        if text is not None and text.turn_id == turn_id:
            del self._texts[conversation_id]

    def _begin(self, conversation_id: str, turn_id: str, attempt: int) -> None:
        text, now = self._texts.get(conversation_id), self._clock()
        if text is None or text.turn_id != turn_id or text.attempt < attempt:
            self._texts[conversation_id] = _Text(turn_id, attempt, now)
        if now - self._swept_at > _SWEEP_SECONDS:
            self._swept_at = now
            self._texts = {k: t for k, t in self._texts.items() if now - t.heard_at <= SILENCE_SECONDS}
