"""One line for one address: contacts that gave the same e-mail (or, without one, phone) stand together in an export.

Only there: stored contacts stay apart, since whoever typed an address has not proved that it is theirs. The first visit
stays the first; of everything else the newest that is not empty counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.leads.export_types import Row

_FIRST = ("first_touch", "first_touch_at")
_KEEP = frozenset((*_FIRST, "merged", "conversations"))


class Merger:
    """Fed in the order of addresses; holds one line at a time, however many contacts share an address."""

    def __init__(self) -> None:
        self._open: Row | None = None
        self.merged = 0
        """Contacts that went into another one's line."""

    def feed(self, rows: Iterable[Row]) -> list[Row]:
        """The lines that are complete with these rows."""
        done: list[Row] = []
        for row in rows:
            if row["key"] is None:
                done.append(row)
            elif self._open is not None and self._open["key"] == row["key"]:
                self._open = merge(self._open, row)
                self.merged += 1
            else:
                done += self.rest()
                self._open = row
        return done

    def rest(self) -> list[Row]:
        """The last line, once everything was fed."""
        done = [self._open] if self._open is not None else []
        self._open = None
        return done


def merge(one: Row, other: Row) -> Row:
    older, newer = sorted((one, other), key=lambda row: (row["last_touch_at"], row["conversation_id"]))
    first = min(one, other, key=lambda row: (row["first_touch_at"], row["conversation_id"]))
    line: dict[str, Any] = {
        name: older[name] if _empty(value) else value for name, value in newer.items() if name not in _KEEP
    }
    for name in _FIRST:
        line[name] = first[name]
    line["merged"] = one.get("merged", 1) + other.get("merged", 1)
    line["conversations"] = one["conversations"] + other["conversations"]
    return line


def _empty(value: Any) -> bool:
    return value is None or value in ("", [], {})
