"""A provider of locations may be slow, rude or hostile: no visitor ever notices, and nothing of it is trusted."""

from __future__ import annotations

import asyncio
import gzip
import io
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tests.channels.conftest import Look, MakeVisitor, StartTalia
from tests.rigs.http_visitor import HttpVisitor
from tests.rigs.server import TaliaServer

PLACE = {"country": "República Dominicana", "country_code": "DO", "city": "Santo Domingo", "latitude": 18.48}
CLIENT = "203.0.114.7"


class Provider:
    """Answers every request with `answer` (a whole HTTP response), or never if that is None."""

    def __init__(self, answer: bytes | None, *, drip: bool = False) -> None:
        self.answer = answer
        self.drip = drip
        self.asked: list[bytes] = []
        self.done = asyncio.Event()
        self.url = ""
        self._lines: set[asyncio.StreamWriter] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._lines.add(writer)
        try:
            self.asked.append(await reader.readuntil(b"\r\n\r\n"))
            if self.answer is None:
                await reader.read()
            for at in range(0, len(self.answer or b""), 1 if self.drip else 65536):
                writer.write((self.answer or b"")[at : at + (1 if self.drip else 65536)])
                await writer.drain()
                if self.drip:
                    await asyncio.sleep(0.05)
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()
            self.done.set()

    async def hang_up(self) -> None:
        for line in self._lines:
            line.close()
        await asyncio.gather(*(line.wait_closed() for line in self._lines), return_exceptions=True)


@asynccontextmanager
async def provider(answer: bytes | None, *, drip: bool = False) -> AsyncIterator[Provider]:
    made = Provider(answer, drip=drip)
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield made
    finally:
        server.close()
        await made.hang_up()


def http(body: bytes, *, status: str = "200 OK", headers: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{headers}\r\n".encode() + body


def server_with(start_talia: StartTalia, made: Provider, **more: Any) -> TaliaServer:
    settings = {
        "geolocation_api_url": made.url,
        "geolocation_api_token": "geo-secret",
        "trusted_proxies": "127.0.0.1",
    }
    return start_talia(**settings | more)


async def first_message(visitor: HttpVisitor) -> None:
    """Say something; returns with the acknowledgement."""
    async with visitor.stream("Hola") as events:
        assert (await anext(events)).type == "chat.message.new"


def location(look: Look) -> Any:
    return look("select datos -> 'location' as location from webchat_sessions")[0]["location"]


async def wait_for_location(server: TaliaServer, look: Look) -> Any:
    """Once the server's look-ups are over, what they have left."""

    async def over() -> None:
        await asyncio.gather(*server.services.geolocation._tasks, return_exceptions=True)

    server.call(over())
    return location(look)


async def test_a_good_answer_is_kept_and_asked_for_once(
    start_talia: StartTalia, make_visitor: MakeVisitor, look: Look
) -> None:
    async with provider(http(json.dumps(PLACE | {"isp": "x", "threat": {"a": 1}}).encode())) as made:
        server = server_with(start_talia, made)
        ana = make_visitor(server, **{"X-Forwarded-For": CLIENT})
        await ana.open()
        await made.done.wait()
        assert await wait_for_location(server, look) == PLACE
        again = make_visitor(server, **{"X-Forwarded-For": CLIENT})
        await again.open()
        assert await wait_for_location(server, look) == PLACE
        assert len(made.asked) == 1
        assert b"Bearer geo-secret" in made.asked[0]
        assert f"GET /{CLIENT} ".encode() in made.asked[0]


async def test_a_provider_that_never_answers_delays_nobody(
    start_talia: StartTalia, make_visitor: MakeVisitor, look: Look
) -> None:
    async with provider(None) as made:
        server = server_with(start_talia, made)
        await first_message(make_visitor(server, **{"X-Forwarded-For": CLIENT}))
        assert not made.done.is_set(), "the provider was waited for"
        await made.done.wait()
        assert await wait_for_location(server, look) is None


async def test_hostile_answers_are_dropped(
    logs: io.StringIO, start_talia: StartTalia, make_visitor: MakeVisitor, look: Look
) -> None:
    bomb = gzip.compress(b'{"city":"' + b"a" * 50_000_000 + b'"}')
    async with provider(http(b"{}")) as elsewhere:
        answers = {
            "redirect": http(b"", status="302 Found", headers=f"Location: {elsewhere.url}/\r\n"),
            "to a file": http(b"", status="301 Moved", headers="Location: file:///etc/passwd\r\n"),
            "500": http(b'{"city":"x"}', status="500 Internal Server Error"),
            "429": http(b"{}", status="429 Too Many Requests", headers="Retry-After: 3600\r\n"),
            "html": http(b"<html>sign in</html>"),
            "not an object": http(b"[1,2,3]"),
            "deep": http(b"[" * 16_000),
            "deep object": http(b'{"city":' * 2_000 + b"1" + b"}" * 2_000),
            "not UTF-8": http(b'{"city":"\xff\xfe"}'),
            "half a pair": http(b'{"city":"\\ud800"}'),
            "too large": http(b'{"city":"' + b"a" * 20_000 + b'"}'),
            "endless": b"HTTP/1.1 200 OK\r\n\r\n" + b" " * 5_000_000,
            "bomb": http(bomb, headers="Content-Encoding: gzip\r\n"),
            "cut": b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{",
            "not HTTP": b"SSH-2.0-OpenSSH\r\n",
            "nothing": b"",
            "numbers": http(b'{"latitude":1e999,"longitude":NaN}'),
        }
        async with provider(b"") as made:
            server = server_with(start_talia, made)
            for n, (name, answer) in enumerate(answers.items()):
                made.answer = answer
                made.done.clear()
                visitor = make_visitor(server, **{"X-Forwarded-For": f"203.0.114.{n + 1}"})
                await visitor.open()
                await made.done.wait()
                assert await wait_for_location(server, look) is None, name
                look("delete from webchat_sessions")
        assert elsewhere.asked == []
        logged = logs.getvalue()
        assert logged.count('"geolocation_failed"') == len(answers)
        assert "Traceback" not in logged
        assert "203.0.114" not in logged


async def test_what_is_kept_is_short_text_and_numbers(
    start_talia: StartTalia, make_visitor: MakeVisitor, look: Look
) -> None:
    odd = {
        "country": "x" * 5000,
        "country_code": {"$ne": 1},
        "city": "<script>\x00alert(1)</script>",
        "region": ["x"],
        "latitude": True,
        "longitude": 10**400,
        "timezone": None,
        "site_id": "otra",
    }
    async with provider(http(json.dumps(odd).encode())) as made:
        server = server_with(start_talia, made)
        await make_visitor(server, **{"X-Forwarded-For": CLIENT}).open()
        await made.done.wait()
        kept = await wait_for_location(server, look)
        assert kept is None or set(kept) <= {"country", "city"}
        assert kept is None or len(kept["country"]) == 100


async def test_a_slow_drip_ends_after_a_second(
    start_talia: StartTalia, make_visitor: MakeVisitor, look: Look
) -> None:
    async with provider(http(b" " * 200 + b"{}"), drip=True) as made:
        server = server_with(start_talia, made)
        began = time.monotonic()
        await make_visitor(server, **{"X-Forwarded-For": CLIENT}).open()
        assert await wait_for_location(server, look) is None
        assert time.monotonic() - began < 2


async def test_private_addresses_are_not_told_to_anybody(
    start_talia: StartTalia, make_visitor: MakeVisitor, look: Look
) -> None:
    async with provider(http(json.dumps(PLACE).encode())) as made:
        server = server_with(start_talia, made)
        for address in (
            "127.0.0.1",
            "10.1.2.3",
            "192.168.1.1",
            "169.254.169.254",
            "::1",
            "fe80::1",
            "fd00::1",
            "100.64.0.1",
        ):
            await make_visitor(server, **{"X-Forwarded-For": address}).open()
        await wait_for_location(server, look)
        assert made.asked == []


async def test_a_crowd_does_not_pile_up_behind_a_provider_that_hangs(
    start_talia: StartTalia, make_visitor: MakeVisitor
) -> None:
    async with provider(None) as made:
        server = server_with(start_talia, made)
        visitor = make_visitor(server)
        headers = [{"X-Forwarded-For": f"203.0.{114 + n // 200}.{n % 200 + 1}"} for n in range(100)]
        answers = await asyncio.gather(
            *(visitor.request("POST", "/sessions", json={}, headers=h) for h in headers)
        )
        assert {answer.status_code for answer in answers} == {201}
        assert len(made.asked) <= 32
