"""Server-sent events, read from raw bytes: only the `data` of each event, because that is all a model sends.

Written by hand because it runs for every token: a general parser costs more than the rest of the reading.
"""

from __future__ import annotations

MAX_EVENT_BYTES = 2 * 1024 * 1024
"""The terminal event repeats the whole answer and the tools; nothing honest comes near this."""


class EventTooLong(Exception):
    """An event passed MAX_EVENT_BYTES without ending."""


class SseReader:
    """Turns chunks of a stream into event payloads; how the stream is cut into chunks makes no difference.

    LF, CRLF and CR line ends are understood, comments and other fields skipped, `data` lines joined by LF.
    Events without data are dropped, and so is an unfinished one at the end, as the standard says.
    """

    __slots__ = ("_held", "_held_bytes", "_pending_cr")

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self._held_bytes = 0
        self._pending_cr = False

    def feed(self, data: bytes) -> list[bytes]:
        """Return the payloads that `data` completes, in order. Raises EventTooLong."""
        if self._pending_cr or b"\r" in data:
            data = self._with_lf(data)
        if self._held:
            if b"\n\n" not in self._held[-1][-1:] + data:
                self._hold(data)
                return []
            data = b"".join(self._held) + data
            self._held.clear()
            self._held_bytes = 0
        *blocks, rest = data.split(b"\n\n")
        if rest:
            self._hold(rest)
        return [payload for block in blocks if (payload := _payload(block))]

    def _hold(self, data: bytes) -> None:
        if data:
            self._held.append(data)
            self._held_bytes += len(data)
            if self._held_bytes > MAX_EVENT_BYTES:
                raise EventTooLong

    def _with_lf(self, data: bytes) -> bytes:
        if self._pending_cr:
            data = b"\r" + data
        # A CR at the very end may be half of a CRLF: it waits for the next chunk.
        self._pending_cr = data.endswith(b"\r")
        if self._pending_cr:
            data = data[:-1]
        return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _payload(block: bytes) -> bytes:
    start = block.find(b"data:")
    only_data = start == 0
    event_then_data = start > 0 and block.startswith(b"event:") and block.find(b"\n") == start - 1
    if (only_data or event_then_data) and block.find(b"\n", start) < 0:
        return block[start + 6 :] if block[start + 5 : start + 6] == b" " else block[start + 5 :]
    return _payload_of_lines(block)


def _payload_of_lines(block: bytes) -> bytes:
    values = []
    for line in block.split(b"\n"):
        name, _, value = line.partition(b":")
        if name == b"data":
            values.append(value.removeprefix(b" "))
    return b"\n".join(values)
