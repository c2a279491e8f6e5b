"""A fast fake of OpenAI on a real socket: Responses, Chat Completions, Conversations, Embeddings and Models.

In process:   async with FakeUpstream() as up: up.script(Reply(text="hola")); … up.requests[0].body
As a process: python -m tests.fakes.upstream --port 0 --control
              prints "upstream ready on http://127.0.0.1:<port>/v1"; then, under the same port,
              PUT /control/script [rules], GET /control/journal, GET /control/stats,
              POST /control/threads/<id> {"lock": 2} | {"lose": true}, POST /control/reset.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
from collections import deque
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec
import orjson
import uvloop

from tests.fakes.upstream_chat import ChatWire
from tests.fakes.upstream_embeddings import Embedding, EmbeddingDesk
from tests.fakes.upstream_http import Connection
from tests.fakes.upstream_journal import PATIENCE, Exchange, overlap
from tests.fakes.upstream_play import Player
from tests.fakes.upstream_responses import ResponsesWire
from tests.fakes.upstream_script import (
    Api,
    Asked,
    Call,
    Chooser,
    Fault,
    Reply,
    Rule,
    Script,
    read_request,
    reply_text,
)
from tests.fakes.upstream_threads import Thread, ThreadError, Threads

__all__ = ["Asked", "Call", "Embedding", "Exchange", "FakeUpstream", "Fault", "Reply", "Rule", "overlap"]

_COMPLETIONS: dict[str, Api] = {"/v1/responses": "responses", "/v1/chat/completions": "chat"}


class FakeUpstream:
    """`current` and `peak` count completions being answered, `connections` all that were ever made.

    `api_key`, if set, is the only one let in.
    """

    def __init__(self, *, port: int = 0, control: bool = False, journal: int = 10_000) -> None:
        self._port = port
        self._control = control
        self._script = Script()
        self._server: asyncio.Server | None = None
        self._connections: set[Connection] = set()
        self._arrived = asyncio.Event()
        self._held: list[Player] = []
        self.exchanges: deque[Exchange] = deque(maxlen=journal)
        self.threads = Threads()
        self.embeddings = EmbeddingDesk()
        self.models: dict[str, dict[str, Any]] = {}
        self.only_lists_models = False
        self.api_key: str | None = None
        self.total = self.current = self.peak = self.connections = 0

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._connect, "127.0.0.1", self._port, backlog=2048)
        self._port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        for connection in list(self._connections):
            connection.abort()
        # One turn of the loop for the transports to say that they are gone.
        await asyncio.sleep(0)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._port}/v1"

    @property
    def requests(self) -> list[Exchange]:
        """The completions asked for, in order of arrival."""
        return [exchange for exchange in self.exchanges if exchange.api is not None]

    def script(self, *steps: Rule | Reply | Chooser) -> None:
        """Replace the script: the first rule that applies or function that returns a reply decides."""
        self._script = Script(*steps)

    async def wait_requests(self, count: int) -> list[Exchange]:
        """Wait until `count` completions have been asked for."""
        async with asyncio.timeout(PATIENCE):
            while self.total < count:
                self._arrived.clear()
                await self._arrived.wait()
        return self.requests

    def _connect(self) -> Connection:
        connection = Connection(self._handle)
        self._connections.add(connection)
        self.connections += 1
        if len(self._connections) % 256 == 0:
            self._connections = {c for c in self._connections if c is connection or c.transport is not None}
        return connection

    def _handle(
        self, connection: Connection, method: str, path: str, headers: dict[str, str], raw: bytes
    ) -> None:
        path = path.partition("?")[0]
        if self._control and path.startswith("/control/"):
            try:
                self._serve_control(connection, method, path.removeprefix("/control/"), raw)
            except (ValueError, KeyError, ThreadError) as error:
                connection.send_error(400, None, str(error))
            return
        body = orjson.loads(raw) if raw else {}
        exchange = Exchange(len(self.exchanges) + 1, method, path, headers, body)
        self.exchanges.append(exchange)
        if self.api_key is not None and headers.get("authorization") != f"Bearer {self.api_key}":
            connection.send_error(401, "invalid_api_key", "Incorrect API key provided.")
            exchange.close("refused")
        elif method == "POST" and path in _COMPLETIONS:
            self._complete(connection, exchange, _COMPLETIONS[path], len(raw))
        else:
            self._serve_rest(connection, exchange)

    def _complete(self, connection: Connection, exchange: Exchange, api: Api, size: int) -> None:
        self.total += 1
        asked = read_request(self.total, api, exchange.body, size)
        exchange.api, exchange.number, exchange.last_user_text = api, asked.number, asked.last_user_text
        self._arrived.set()
        reply = self._script.choose(asked)
        try:
            thread = self._begin_thread(exchange.body, reply)
        except ThreadError as error:
            connection.send_error(error.status, error.code, str(error))
            exchange.close("refused")
            return
        make = ResponsesWire if api == "responses" else ChatWire
        kind = "resp" if api == "responses" else "chatcmpl"
        wire = make(asked, reply, reply_text(reply, asked), f"{kind}_{self.total}")
        self.current += 1
        self.peak = max(self.peak, self.current)

        def finished(outcome: str) -> None:
            self.current -= 1
            exchange.tokens_sent = wire.sent_tokens
            if thread is not None:
                self.threads.end(thread, wire.done_items)
            exchange.close(outcome)

        if exchange.body.get("stream") or reply.fault is not None:
            self._play(Player(connection, wire, reply, finished), reply)
        else:
            connection.send_json(200, wire.whole())
            finished("finished")

    def _play(self, player: Player, reply: Reply) -> None:
        waits = self.peak < reply.meets
        player.start(held=waits)
        if waits:
            self._held.append(player)
        elif reply.meets:
            held, self._held = self._held, []
            for other in held:
                other.release()

    def _begin_thread(self, body: dict[str, Any], reply: Reply) -> Thread | None:
        thread_id = body.get("conversation")
        if not thread_id or (reply.fault is not None and reply.fault.kind == "status"):
            return None
        return self.threads.begin(thread_id, body.get("input") or [])

    def _serve_rest(self, connection: Connection, exchange: Exchange) -> None:
        parts = exchange.path.removeprefix("/v1/").split("/")
        outcome = "finished"
        try:
            if parts[0] == "conversations":
                connection.send_json(200, self._conversations(exchange.method, parts[1:], exchange.body))
            elif parts == ["embeddings"] and exchange.method == "POST":
                outcome = self.embeddings.answer(connection, exchange.body)
            elif parts[0] == "models":
                connection.send_json(200, self._models(parts[1:]))
            else:
                raise ThreadError(404, None, f"Invalid URL ({exchange.method} {exchange.path})")
        except ThreadError as error:
            connection.send_error(error.status, error.code, str(error))
            outcome = "refused"
        exchange.close(outcome)

    def _conversations(self, method: str, parts: list[str], body: dict[str, Any]) -> dict[str, Any]:
        if not parts:
            thread = self.threads.create(body.get("items") or [])
            return _conversation(thread)
        thread = self.threads.get(parts[0])
        if parts[1:] == ["items"]:
            if method == "POST":
                self.threads.extend(thread, body["items"])
            return {"object": "list", "data": thread.items, "has_more": False, "first_id": "", "last_id": ""}
        if method == "DELETE":
            self.threads.lose(thread.id)
            return {"id": thread.id, "object": "conversation.deleted", "deleted": True}
        return _conversation(thread)

    def _models(self, parts: list[str]) -> dict[str, Any]:
        if not parts:
            return {"object": "list", "data": list(self.models.values())}
        model = None if self.only_lists_models else self.models.get(parts[0])
        if model is None:
            raise ThreadError(404, "model_not_found", f"The model '{parts[0]}' does not exist")
        return model

    def add_model(self, name: str, shutdown_date: str | None = None) -> None:
        """Make `GET /models/<name>` succeed; `shutdown_date` is ISO 8601."""
        self.models[name] = {
            "id": name,
            "object": "model",
            "created": 1_790_000_000,
            "owned_by": "fake",
            "shutdown_date": shutdown_date,
        }

    def _serve_control(self, connection: Connection, method: str, path: str, raw: bytes) -> None:
        body = orjson.loads(raw) if raw else {}
        answer: Any = {"ok": True}
        if path == "script" and method == "PUT":
            self.script(*msgspec.convert(body, list[Rule]))
        elif path == "journal":
            answer = [exchange.as_json() for exchange in self.exchanges]
        elif path == "stats":
            answer = {"total": self.total, "current": self.current, "peak": self.peak}
        elif path == "models":
            self.add_model(body["id"], body.get("shutdown_date"))
        elif path.startswith("threads/"):
            self._control_thread(path.removeprefix("threads/"), body)
        elif path == "reset":
            self.script()
            self.exchanges.clear()
            self.total, self.peak = 0, self.current
        else:
            connection.send_error(404, None, "no such control")
            return
        connection.send_json(200, answer)

    def _control_thread(self, thread_id: str, body: dict[str, Any]) -> None:
        if body.get("lose"):
            self.threads.lose(thread_id)
        else:
            self.threads.lock(thread_id, int(body["lock"]))


def _conversation(thread: Thread) -> dict[str, Any]:
    return {"id": thread.id, "object": "conversation", "created_at": 1_790_000_000, "metadata": {}}


async def _serve(port: int, *, control: bool, journal: int, rules: list[Rule]) -> None:
    async with FakeUpstream(port=port, control=control, journal=journal) as upstream:
        upstream.script(*rules)
        sys.stdout.write(f"upstream ready on {upstream.base_url}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> None:
    """Serve until interrupted. `--journal 0` keeps no requests, for benchmarks."""
    parser = argparse.ArgumentParser(description="A fake of OpenAI's API on the loopback.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--control", action="store_true", help="serve /control/ as well")
    parser.add_argument("--journal", type=int, default=10_000, help="how many requests to remember")
    parser.add_argument("--script", type=Path, help="a JSON file with a list of rules")
    options = parser.parse_args()
    rules = msgspec.json.decode(options.script.read_bytes(), type=list[Rule]) if options.script else []
    with contextlib.suppress(KeyboardInterrupt):
        uvloop.run(_serve(options.port, control=options.control, journal=options.journal, rules=rules))


if __name__ == "__main__":
    main()
