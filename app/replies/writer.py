"""The visible side of a running reply: text goes out as deltas, as it comes. Whoever writes has gathered it before."""

from __future__ import annotations

import time
from collections.abc import Callable

from app.conversations.types import ClaimedTurn
from app.llm.port import Usage
from app.realtime.bus import Bus
from app.realtime.events import ReplyDelta, ReplyRestarted, ReplyStarted


class ReplyWriter:
    """Publishes one turn's text. Nothing here is stored: the reply becomes a message only when the turn completes."""

    def __init__(self, bus: Bus, turn: ClaimedTurn) -> None:
        self._bus = bus
        self._conversation = turn.conversation_id
        self._turn = turn.turn_id
        self.attempt = turn.attempt
        self._sent: list[str] = []
        self._offset = 0
        self._began = time.monotonic()
        self.first_text_ms: int | None = None
        self.on_first_text: Callable[[], None] | None = None
        self.model: str | None = None
        self.usage = Usage()
        """What the model has cost so far: it is billed whether or not the reply is ever finished."""

    @property
    def text(self) -> str:
        """Everything written in this attempt."""
        return "".join(self._sent)

    @property
    def visible(self) -> bool:
        """Whether a visitor may have seen text of this attempt."""
        return bool(self._sent)

    def begin(self) -> None:
        self._bus.publish(self._conversation, ReplyStarted(turn_id=self._turn, attempt=self.attempt))

    def write(self, text: str) -> None:
        if not text:
            return
        self._bus.publish(
            self._conversation,
            ReplyDelta(turn_id=self._turn, attempt=self.attempt, offset=self._offset, text=text),
        )
        self._sent.append(text)
        self._offset += len(text)
        if self.first_text_ms is None:
            self.first_text_ms = round((time.monotonic() - self._began) * 1000)
            if self.on_first_text is not None:
                self.on_first_text()

    def restart(self, attempt: int, reason: str) -> None:
        """Discard what was written: the text begins anew under the next attempt."""
        self._sent.clear()
        self._offset = 0
        self.attempt = attempt
        self._bus.publish(
            self._conversation, ReplyRestarted(turn_id=self._turn, attempt=attempt, reason=reason)
        )
