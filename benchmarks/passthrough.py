"""The least that any Python server in the middle can do: bytes of the model's answer to the browser, unread.

python -m benchmarks.passthrough <upstream base URL> <port>
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route


def make_app(upstream: str) -> Starlette:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout()) as client:
            app.state.client = client
            yield

    async def pass_through(request: Request) -> StreamingResponse:
        client: aiohttp.ClientSession = request.app.state.client
        body = await request.body()
        headers = {"Content-Type": "application/json"}

        async def answer() -> AsyncIterator[bytes]:
            async with client.post(f"{upstream}/responses", data=body, headers=headers) as response:
                async for piece in response.content.iter_any():
                    yield piece

        return StreamingResponse(answer(), media_type="text/event-stream")

    return Starlette(routes=[Route("/v1/responses", pass_through, methods=["POST"])], lifespan=lifespan)


def main() -> None:
    upstream, port = sys.argv[1:]
    uvicorn.run(
        make_app(upstream),
        host="127.0.0.1",
        port=int(port),
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_level="info",
        backlog=2048,
    )


if __name__ == "__main__":
    main()
