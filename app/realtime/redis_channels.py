"""Which channels a process listens to, and which it should: one request at a time for each, in order."""

from __future__ import annotations

import asyncio
from enum import Enum


class _State(Enum):
    JOINING = "joining"
    LIVE = "live"
    LEAVING = "leaving"


class Channels:
    """The wanted conversations against what Redis has confirmed.

    A channel is not asked for again before its last request is confirmed: otherwise a confirmation could not be
    told from that of an earlier request, and events would be missed in between.
    """

    def __init__(self) -> None:
        self._wanted: set[str] = set()
        self._states: dict[str, _State] = {}
        self._unsettled: dict[str, None] = {}
        self._changed = asyncio.Event()

    def want(self, conversation_id: str) -> bool:
        """True if it is heard already."""
        self._wanted.add(conversation_id)
        self._look_at(conversation_id)
        return self._states.get(conversation_id) is _State.LIVE

    def unwant(self, conversation_id: str) -> None:
        self._wanted.discard(conversation_id)
        if conversation_id in self._states:
            self._look_at(conversation_id)
        else:
            self._unsettled.pop(conversation_id, None)

    def joined(self, conversation_id: str) -> bool:
        """Redis confirms; True if it is heard from now on."""
        if self._states.get(conversation_id) is not _State.JOINING:
            return False
        self._states[conversation_id] = _State.LIVE
        self._look_at(conversation_id)
        return True

    def left(self, conversation_id: str) -> None:
        """Redis confirms."""
        self._states.pop(conversation_id, None)
        self._look_at(conversation_id)

    def forget(self) -> None:
        """The connection is new: nothing is listened to."""
        self._states.clear()
        self._unsettled = dict.fromkeys(self._wanted)
        self._changed.set()

    async def changes(self, limit: int) -> tuple[list[str], list[str]]:
        """Wait for something to do: at most `limit` conversations to join, and those to leave."""
        while True:
            await self._changed.wait()
            join: list[str] = []
            leave: list[str] = []
            for conversation_id in list(self._unsettled):
                if len(join) == limit:
                    break
                del self._unsettled[conversation_id]
                state, wanted = self._states.get(conversation_id), conversation_id in self._wanted
                if state is None and wanted:
                    self._states[conversation_id] = _State.JOINING
                    join.append(conversation_id)
                elif state is _State.LIVE and not wanted:
                    self._states[conversation_id] = _State.LEAVING
                    leave.append(conversation_id)
            if not self._unsettled:
                self._changed.clear()
            if join or leave:
                return join, leave

    def _look_at(self, conversation_id: str) -> None:
        self._unsettled[conversation_id] = None
        self._changed.set()
