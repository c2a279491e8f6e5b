"""What was read in a text, kept for the next turn: each turn brings its whole history, and most of it was read before.

Only what was read is kept, under a digest of the text: no word of a visitor's stays in memory because of it. So `read`
must give nothing personal either: positions, scores, amounts.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Generic, TypeVar

T = TypeVar("T")

KEPT = 20_000
"""The last few thousand conversations' worth, in a few megabytes."""


class Remembered(Generic[T]):
    """`read` as a function of the text alone, which must be pure. The oldest half goes when KEPT is reached."""

    __slots__ = ("_known", "_read")

    def __init__(self, read: Callable[[str], T]) -> None:
        self._read = read
        self._known: dict[bytes, T] = {}

    def __call__(self, text: str) -> T:
        key = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        known = self._known
        value = known.get(key)
        if value is None:
            if len(known) >= KEPT:
                for oldest in list(known)[: KEPT // 2]:
                    del known[oldest]
            value = known[key] = self._read(text)
        return value
