"""What was read in a text, kept for the next turn: each turn brings its whole history, and most of it was read before.

Only what was read is kept, under a digest of the text: no word of a visitor's stays in memory because of it. So `read`
must give nothing personal either: positions, scores, amounts.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

KEPT = 20_000
"""The last few thousand conversations' worth, in a few megabytes."""


class Remembered(Generic[P, T]):
    """`read` as a function of its arguments alone (texts, numbers, dates), which must be pure. The oldest half goes
    when KEPT is reached."""

    __slots__ = ("_known", "_read")

    def __init__(self, read: Callable[P, T]) -> None:
        self._read = read
        self._known: dict[bytes, T] = {}

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        asked = repr((args, kwargs)) if kwargs or len(args) != 1 else str(args[0])
        key = blake2b(asked.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        known = self._known
        value = known.get(key)
        if value is None:
            if len(known) >= KEPT:
                for oldest in list(known)[: KEPT // 2]:
                    del known[oldest]
            value = known[key] = self._read(*args, **kwargs)
        return value
