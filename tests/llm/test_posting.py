"""What goes over the wire when a stream is opened: the SDK's headers, and a proxy where the environment names one."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.fakes.upstream import FakeUpstream
from tests.llm.asking import ask, fail
from tests.llm.conftest import MakeModel


class Listener:
    """Keeps the head of each request and refuses it."""

    def __init__(self) -> None:
        self.heads: list[str] = []

    async def __aenter__(self) -> Listener:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *exc: object) -> None:
        self._server.close()
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
        writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()


@pytest.fixture
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return monkeypatch


@pytest.mark.usefixtures("no_proxies")
async def test_it_says_who_is_asking_and_for_what(make_model: MakeModel) -> None:
    async with Listener() as server:
        model: Any = make_model(at=f"http://127.0.0.1:{server.port}/v1", openai_api_key="sk-mine")
        failure = await fail(model, ask(request_id="turn-1"))
    (head,) = server.heads
    assert failure.kind == "auth"
    assert head.startswith("POST /v1/responses HTTP/1.1\r\n")
    for line in (
        "Authorization: Bearer sk-mine",
        "X-Client-Request-Id: turn-1",
        "Content-Type: application/json",
        "Accept-Encoding: identity",
        "User-Agent: AsyncOpenAI/Python",
    ):
        assert f"\r\n{line}" in head


async def test_a_proxy_of_the_environment_is_asked(
    upstream: FakeUpstream, make_model: MakeModel, no_proxies: pytest.MonkeyPatch
) -> None:
    async with Listener() as proxy:
        no_proxies.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
        await fail(make_model(), ask())
    assert proxy.heads[0].startswith(f"POST {upstream.base_url}/responses HTTP/1.1\r\n")
    assert upstream.requests == []


async def test_a_host_that_is_to_go_without_does(
    upstream: FakeUpstream, make_model: MakeModel, no_proxies: pytest.MonkeyPatch
) -> None:
    async with Listener() as proxy:
        no_proxies.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
        no_proxies.setenv("no_proxy", "127.0.0.1")
        async for _ in make_model().stream(ask()):
            pass
    assert (len(proxy.heads), len(upstream.requests)) == (0, 1)
