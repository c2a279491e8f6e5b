"""The position that a client hands back after a break: opaque to it, strictly read here."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CURSOR = re.compile(r"(0|[1-9][0-9]{0,17})(?::([A-Za-z0-9_-]{1,64}):([1-9][0-9]{0,8}):(0|[1-9][0-9]{0,8}))?")


@dataclass(frozen=True, slots=True)
class Cursor:
    """A position: `seq` of the last message, and how far into which attempt of the running reply."""

    seq: int
    turn_id: str | None = None
    attempt: int = 0
    offset: int = 0

    @classmethod
    def parse(cls, text: str | None) -> Cursor | None:
        """Read what `str()` made, None for anything else. It comes from the client and grants nothing."""
        match = _CURSOR.fullmatch(text or "")
        if match is None:
            return None
        seq, turn_id, attempt, offset = match.groups()
        return cls(int(seq), turn_id, int(attempt or 0), int(offset or 0))

    def __str__(self) -> str:
        if self.turn_id is None:
            return str(self.seq)
        return f"{self.seq}:{self.turn_id}:{self.attempt}:{self.offset}"
