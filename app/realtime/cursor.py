"""The position that a client hands back after a break: opaque to it, strictly read here."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = r"(0|[1-9][0-9]{0,17})"
_CURSOR = re.compile(
    rf"{_NUMBER}(?:~{_NUMBER})?(?::([A-Za-z0-9_-]{{1,64}}):([1-9][0-9]{{0,8}}):(0|[1-9][0-9]{{0,8}}))?"
)


@dataclass(frozen=True, slots=True)
class Cursor:
    """A position: `seq` of the last message, and how far into which attempt of the running reply.

    `change` is the number of the last change to earlier messages; None where it is not known.
    """

    seq: int
    turn_id: str | None = None
    attempt: int = 0
    offset: int = 0
    change: int | None = None

    @classmethod
    def parse(cls, text: str | None) -> Cursor | None:
        """Read what `str()` made, None for anything else. It comes from the client and grants nothing."""
        match = _CURSOR.fullmatch(text or "")
        if match is None:
            return None
        seq, change, turn_id, attempt, offset = match.groups()
        return cls(
            int(seq), turn_id, int(attempt or 0), int(offset or 0), None if change is None else int(change)
        )

    def __str__(self) -> str:
        place = str(self.seq) if self.change is None else f"{self.seq}~{self.change}"
        if self.turn_id is None:
            return place
        return f"{place}:{self.turn_id}:{self.attempt}:{self.offset}"
