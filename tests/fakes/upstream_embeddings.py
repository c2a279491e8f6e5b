"""The fake upstream's `/v1/embeddings`: vectors that mean something, made of a small table of concepts.

Each concept is a direction, and a text points where its words' concepts point; words that no concept has give the text
a faint direction of its own. So two texts of one concept are near each other in any language, and others are not.
"""

from __future__ import annotations

import hashlib
import math
from typing import Any

import msgspec

from tests.fakes.upstream_http import Connection
from tests.fakes.upstream_script import BEFORE_HEADERS, Fault

CONCEPTS: dict[str, tuple[str, ...]] = {
    "tyre": ("neumático", "auxilio", "rueda", "pinch", "goma", "flat", "tyre", "tire", "pneu", "estepe"),
    "money": ("cuota", "plazo", "financia", "loan", "instal", "mensual", "parcel"),
    "time": ("horario", "hora", "abren", "abrimos", "open", "sábado"),
    "family": ("espaciosa", "familia", "asientos", "kids", "hijos", "seats", "minivan"),
    "cheap": ("económico", "barato", "cheap", "ahorr", "poca plata"),
    "warranty": ("garantía", "avería", "warranty", "se rompe", "estraga"),
}
_NOISE = 0.2


class Embedding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How the next requests are answered: `times` of them, None for ever. `refuses`: texts with this word in them are
    too much for it (400); `wrong`: what it gets wrong in an answer that looks right."""

    fault: Fault | None = None
    times: int | None = None
    refuses: str = ""
    wrong: str = ""


class EmbeddingDesk:
    """Answers, and remembers which texts it was asked for: `asked` is one list for each request."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self._way = Embedding()
        self._left: int | None = None

    def behave(self, way: Embedding) -> None:
        self._way, self._left = way, way.times

    @property
    def texts(self) -> list[str]:
        return [text for texts in self.asked for text in texts]

    def answer(self, connection: Connection, body: dict[str, Any]) -> str:
        """How it ended: finished, refused or faulted."""
        texts = [body["input"]] if isinstance(body["input"], str) else body["input"]
        self.asked.append(texts)
        way = self._way if self._left != 0 else Embedding()
        if self._left:
            self._left -= 1
        if way.fault is not None:
            return _fail(connection, way.fault)
        if way.refuses and any(way.refuses in text for text in texts):
            connection.send_error(400, "context_length_exceeded", "too long")
            return "refused"
        size = int(body.get("dimensions") or 1536)
        if way.wrong == "dimensions":
            size += 1
        data: list[dict[str, Any]] = [
            {"object": "embedding", "index": n, "embedding": vector_of(text, size)}
            for n, text in enumerate(texts)
        ]
        if way.wrong == "count":
            data.pop()
        elif way.wrong == "zeros":
            data[0]["embedding"] = [0.0] * size
        elif way.wrong == "shape":
            data = [{"embedding": "AAAA", "index": 0}]
        # In any order: the index says which is whose.
        data.reverse()
        tokens = sum(len(text) // 4 + 1 for text in texts)
        usage = {"prompt_tokens": tokens, "total_tokens": tokens}
        connection.send_json(200, {"object": "list", "data": data, "model": body["model"], "usage": usage})
        return "finished"


def vector_of(text: str, size: int) -> list[float]:
    """Of length 1, the same for the same text."""
    low = text.lower()
    vector = [0.0] * size
    for place, words in enumerate(CONCEPTS.values()):
        if any(word in low for word in words):
            vector[place % size] = 1.0
    seed = hashlib.sha256(low.encode()).digest()
    for n in range(4):
        own = len(CONCEPTS) + int.from_bytes(seed[4 * n : 4 * n + 4], "big") % max(1, size - len(CONCEPTS))
        vector[own % size] += _NOISE
    length = math.sqrt(math.fsum(x * x for x in vector))
    return [x / length for x in vector]


def _fail(connection: Connection, fault: Fault) -> str:
    assert fault.kind in BEFORE_HEADERS, f"an answer without a stream cannot {fault.kind}"
    if fault.kind == "status":
        after = {"retry_after": fault.retry_after} if fault.retry_after else {}
        connection.send_error(fault.status, fault.code, fault.message, **after)
        return "refused"
    if fault.kind == "html":
        connection.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n<p/>")
    elif fault.kind == "close_before_headers":
        connection.close()
    elif fault.kind == "reset_before_headers":
        connection.reset()
    return "faulted"
