"""The rate limits' moving windows in this process's memory, for the event loop's thread alone."""

from __future__ import annotations

import time
from collections import OrderedDict, defaultdict, deque

from limits.storage import MemoryStorage

SCHEME = "window-memory"
"""As a storage URI: `window-memory://`."""
_SWEPT_PER_HIT = 2


class WindowMemory(MemoryStorage):
    """The library's own storage without its threads.

    That one starts a thread after every quiet 10 ms, which walks over all keys there are: at some thousand visitors
    it does little else. Here each hit forgets up to two keys whose window has passed, so that none stays for good.
    """

    STORAGE_SCHEME = [SCHEME]  # noqa: RUF012 - the library's declaration

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: str) -> None:
        super().__init__(uri, wrap_exceptions, **options)
        # By length of the window, then by key: the one that was hit longest ago comes first.
        self._windows: defaultdict[int, OrderedDict[str, deque[float]]] = defaultdict(OrderedDict)

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count `amount` hits if fewer than `limit` fell into the last `expiry` seconds."""
        now = time.time()
        windows = self._windows[expiry]
        hits = windows.setdefault(key, deque())
        while hits and hits[0] < now - expiry:
            hits.popleft()
        windows.move_to_end(key)
        if len(hits) + amount > limit:
            return False
        hits.extend([now] * amount)
        _sweep(windows, now - expiry)
        return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:  # noqa: ARG002
        """When the oldest hit that counts was made, and how many count."""
        now = time.time()
        counting = [hit for hit in self._windows[expiry].get(key, ()) if hit >= now - expiry]
        return (counting[0] if counting else now), len(counting)

    def clear(self, key: str) -> None:
        super().clear(key)
        for windows in self._windows.values():
            windows.pop(key, None)

    def reset(self) -> int | None:
        count = sum(map(len, self._windows.values()))
        self._windows.clear()
        super().reset()
        return count


def _sweep(windows: OrderedDict[str, deque[float]], since: float) -> None:
    """Never empties `windows`: the key just hit is its last and counts."""
    for _ in range(_SWEPT_PER_HIT):
        key, hits = next(iter(windows.items()))
        if hits and hits[-1] >= since:
            return
        del windows[key]
