"""Rate limits count the one who really calls, whatever the headers claim, with Redis and without."""

from __future__ import annotations

import asyncio
import ipaddress
import re
import time
from collections import Counter
from typing import Any

import pytest

from app.edge.context import client_ip
from tests.channels.conftest import MakeVisitor, StartTalia
from tests.hostile.refusals import problem
from tests.realtime.redis_server import RedisServer
from tests.rigs.http_visitor import HttpVisitor
from tests.rigs.server import TaliaServer

ONE_PROXY = {"trusted_proxies": "127.0.0.1"}


async def knock(visitor: HttpVisitor, times: int, **headers: Any) -> Counter[int]:
    """Statuses of so many requests that cost little."""
    answers = [await visitor.request("POST", "/sessions", json={}, headers=headers) for _ in range(times)]
    return Counter(answer.status_code for answer in answers)


async def test_over_the_limit_is_said_with_a_time_to_wait(
    start_talia: StartTalia, make_visitor: MakeVisitor
) -> None:
    visitor = make_visitor(start_talia(rate_limit_ip="3/minute"))
    assert await knock(visitor, 3) == {201: 3}
    refused = await visitor.request("POST", "/sessions", json={})
    problem(refused, 429, "rate_limited")
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    for path in ("/history/x", "/events"):
        await visitor.request("GET", path, headers={"Authorization": f"Bearer vt_{'A' * 43}"})
    problem(
        await visitor.request("GET", "/history/x", headers={"Authorization": f"Bearer vt_{'A' * 43}"}),
        429,
        "rate_limited",
    )


async def test_a_session_is_limited_in_its_messages_and_not_in_the_rest(
    start_talia: StartTalia, make_visitor: MakeVisitor
) -> None:
    server = start_talia(rate_limit_session="2/minute")
    ana, eva = make_visitor(server), make_visitor(server)
    await ana.open()
    await eva.open()
    assert [(await ana.say(text)).status_code for text in ("uno", "dos", "tres")] == [200, 200, 429]
    assert (await ana.request("GET", f"/history/{ana.session_id}")).status_code == 200
    assert (await ana.request("POST", "/typing", json={})).status_code == 204
    assert (await eva.say("Hola")).status_code == 200
    assert len((await ana.history())["data"]) == 4


async def test_a_thousand_forged_addresses_are_one_caller(
    start_talia: StartTalia, make_visitor: MakeVisitor
) -> None:
    server = start_talia(rate_limit_ip="10/minute")
    requests = []
    for n in range(1000):
        address = f"10.{n // 256}.{n % 256}.1"
        claims = f"X-Forwarded-For: {address}\r\nX-Real-IP: {address}\r\nForwarded: for={address}\r\n"
        requests.append(
            f"POST /api/webchat/sessions HTTP/1.1\r\nHost: x\r\nX-PUBLIC-KEY: pk_demo\r\n{claims}"
            "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
        )
    assert await statuses_of(server, requests) == {"201": 10, "429": 990}


async def statuses_of(server: TaliaServer, requests: list[str]) -> Counter[str]:
    """Send them all over one connection, one behind the other."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write("".join(requests).encode())
    answers = b""
    while answers.count(b"HTTP/1.1 ") < len(requests):
        data = await reader.read(65536)
        assert data, "the server hung up"
        answers += data
    writer.close()
    await writer.wait_closed()
    return Counter(status.decode() for status in re.findall(rb"HTTP/1.1 (\d+)", answers))


async def test_a_trusted_proxy_is_believed_as_far_as_it_goes(
    start_talia: StartTalia, make_visitor: MakeVisitor
) -> None:
    visitor = make_visitor(start_talia(rate_limit_ip="2/minute", **ONE_PROXY))
    for client in ("203.0.113.1", "203.0.113.2", "203.0.113.3"):
        assert await knock(visitor, 3, **{"X-Forwarded-For": client}) == {201: 2, 429: 1}
    assert await knock(visitor, 5, **{"X-Forwarded-For": "198.51.100.9, 203.0.113.4"}) == {201: 2, 429: 3}
    assert await knock(visitor, 1, **{"X-Forwarded-For": "198.51.100.8, 203.0.113.4"}) == {429: 1}, (
        "a client's own claim"
    )


async def test_what_no_proxy_writes_is_not_believed(
    start_talia: StartTalia, make_visitor: MakeVisitor
) -> None:
    visitor = make_visitor(start_talia(rate_limit_ip="2/minute", **ONE_PROXY))
    strange = [
        "",
        "unknown",
        "203.0.113.1:99999x",
        "999.1.1.1",
        "' or 1=1",
        "203.0.113.1, garbage",
        ",",
        "127.0.0.1",
    ]
    statuses: Counter[int] = Counter()
    for claim in strange:
        statuses += await knock(visitor, 1, **{"X-Forwarded-For": claim})
    assert statuses == {201: 2, 429: len(strange) - 2}


async def test_proxies_that_add_a_header_of_their_own_are_read_alike(
    start_talia: StartTalia, make_visitor: MakeVisitor
) -> None:
    visitor = make_visitor(start_talia(rate_limit_ip="2/minute", trusted_proxies="127.0.0.1, 10.0.0.0/8"))
    statuses: Counter[int] = Counter()
    for client in ("203.0.113.1", "203.0.113.2"):
        lines = [("X-PUBLIC-KEY", "pk_demo"), ("X-Forwarded-For", client), ("X-Forwarded-For", "10.0.0.7")]
        for _ in range(3):
            answer = await visitor.http.post("/api/webchat/sessions", headers=lines, json={})
            statuses[answer.status_code] += 1
    assert statuses == {201: 4, 429: 2}


@pytest.mark.parametrize("peer", ["10.0.0.1", "::ffff:10.0.0.1"])
def test_a_proxy_is_known_on_a_socket_of_both_families(peer: str) -> None:
    trusted = (ipaddress.ip_network("10.0.0.0/8"),)
    assert client_ip({"client": (peer, 1)}, b"203.0.113.1", trusted) == "203.0.113.1"
    assert client_ip({"client": ("192.0.2.1", 1)}, b"203.0.113.1", trusted) == "192.0.2.1"


async def test_one_subscriber_has_one_ipv6_network(
    start_talia: StartTalia, make_visitor: MakeVisitor
) -> None:
    visitor = make_visitor(start_talia(rate_limit_ip="2/minute", **ONE_PROXY))
    same = [
        "2001:db8:1:2::1",
        "2001:db8:1:2:ffff:ffff:ffff:ffff",
        "2001:0db8:0001:0002::3",
        "2001:db8:1:2::4",
    ]
    statuses = [(await knock(visitor, 1, **{"X-Forwarded-For": a})).popitem()[0] for a in same]
    assert statuses == [201, 201, 429, 429]
    assert await knock(visitor, 1, **{"X-Forwarded-For": "2001:db8:1:3::1"}) == {201: 1}
    mapped = ["::ffff:203.0.113.9", "203.0.113.9", "::ffff:cb00:7109"]
    statuses = [(await knock(visitor, 1, **{"X-Forwarded-For": a})).popitem()[0] for a in mapped]
    assert statuses == [201, 201, 429]


async def test_a_hundred_at_once_do_not_get_past(start_talia: StartTalia, make_visitor: MakeVisitor) -> None:
    visitor = make_visitor(start_talia(rate_limit_ip="10/minute"))
    answers = await asyncio.gather(*(visitor.request("POST", "/sessions", json={}) for _ in range(100)))
    assert Counter(answer.status_code for answer in answers) == {201: 10, 429: 90}


async def test_with_redis_two_servers_count_together(
    start_talia: StartTalia, make_visitor: MakeVisitor, redis_server: RedisServer
) -> None:
    settings = {"rate_limit_ip": "6/minute", "redis_url": redis_server.url}
    visitors = [make_visitor(start_talia(**settings)), make_visitor(start_talia(**settings))]
    statuses: Counter[int] = Counter()
    for _ in range(6):
        for visitor in visitors:
            statuses += await knock(visitor, 1)
    assert statuses == {201: 6, 429: 6}
    with redis_server.client() as redis:
        kept = b" ".join(redis.keys("*"))
    assert b"127.0.0.1" not in kept


@pytest.mark.parametrize("fault", ["kill", "freeze"])
async def test_with_redis_gone_each_server_counts_strictly_by_itself(
    start_talia: StartTalia, make_visitor: MakeVisitor, redis_server: RedisServer, fault: str
) -> None:
    visitor = make_visitor(start_talia(rate_limit_ip="5/minute", redis_url=redis_server.url))
    assert await knock(visitor, 2) == {201: 2}
    getattr(redis_server, fault)()
    began = time.monotonic()
    assert await knock(visitor, 20) == {201: 5, 429: 15}
    assert time.monotonic() - began < 4, "every request waited for Redis"
    if fault == "freeze":
        redis_server.thaw()


async def test_limits_can_be_switched_off(guided: TaliaServer) -> None:
    head = "GET /api/webchat/events HTTP/1.1\r\nHost: x\r\nX-PUBLIC-KEY: pk_demo\r\n"
    request = f"{head}Authorization: Bearer vt_{'A' * 43}\r\n\r\n"
    assert await statuses_of(guided, [request] * 200) == {"401": 200}
