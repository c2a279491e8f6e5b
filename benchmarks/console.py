"""What sixty live events cost an open inbox of 200 lines: `python -m benchmarks.console`.

A server and its database, a real Chromium with the console open on a conversation, and visitors who write in other
conversations of the list, twenty a second. Prints script and layout time in the page, requests for the list, and the
answers' bytes.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from playwright.async_api import CDPSession, async_playwright

from app.db.embedded import EmbeddedPostgres
from app.db.migrate import migrate
from app.settings import Settings
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.seller import BrowserSeller
from tests.rigs.http_visitor import HttpVisitor
from tests.rigs.server import TaliaServer
from tests.rigs.staff import Hired, HttpStaff

LINES = 200
EVENTS = 60
PER_SECOND = 20
AT_ONCE = 10
MILLISECONDS = 1000


async def measure(server: TaliaServer, database_url: str) -> None:
    hired = Hired(server, database_url)
    seller = hired("seller", "María Rodríguez")
    visitors = await _fill(server, seller)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = await browser.new_context(viewport={"width": 1440, "height": 900}, locale="es-DO")
        opened = await BrowserSeller.open(context, server.url, seller)
        await opened.view("Mías")
        await opened.rows.first.click()
        await _load_all(opened)
        devtools = await context.new_cdp_session(opened.page)
        await devtools.send("Performance.enable")
        bytes_before = 0

        def count(length: int) -> None:
            nonlocal bytes_before
            bytes_before += length

        devtools.on("Network.dataReceived", lambda data: count(int(data["dataLength"])))
        await devtools.send("Network.enable")
        await asyncio.sleep(1)
        lists, before = opened.lists, await _metrics(devtools)
        began = time.monotonic()
        for visitor in random.sample(visitors[:-1], EVENTS):
            saying = asyncio.ensure_future(visitor.say("¿Sigue disponible?"))
            await asyncio.sleep(1 / PER_SECOND)
            await saying
        await opened.list.get_by_text("¿Sigue disponible?").first.wait_for()
        await asyncio.sleep(1)
        after = await _metrics(devtools)
        print(f"{EVENTS} events in {time.monotonic() - began - 1:.1f} s, {LINES} lines")
        for name in ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration", "TaskDuration"):
            print(f"  {name:20} {(after[name] - before[name]) * MILLISECONDS:7.0f} ms")
        print(f"  requests for lists   {opened.lists - lists:7}")
        print(f"  bytes received       {bytes_before / 1024:7.0f} KiB")
        await browser.close()
    for visitor in visitors:
        await visitor.close()
    await seller.close()


async def _fill(server: TaliaServer, seller: HttpStaff) -> list[HttpVisitor]:
    """So many visitors whose conversations are all the seller's."""
    await seller.post("/staff/me", {"capacity": 0}, method="PATCH")
    visitors = [HttpVisitor(server.url) for _ in range(LINES)]
    places = asyncio.Semaphore(AT_ONCE)

    async def one(visitor: HttpVisitor, number: int) -> None:
        async with places:
            await visitor.open(item={"type": "vehicle", "title": f"Honda Civic {number}"})
            await visitor.say("Quiero hablar con una persona")
            uuid = (await visitor.history(limit=1))["conversation"]["uuid"]
            await seller.post(f"/chat/conversations/{uuid}/take-over")

    await asyncio.gather(*(one(visitor, number) for number, visitor in enumerate(visitors)))
    return visitors


async def _load_all(opened: BrowserSeller) -> None:
    """Scrolled down once, the list has all of its pages."""
    scroll = (
        "(top) => { const box = document.querySelector('ul[aria-label]').parentElement; "
        "box.scrollTop = top ? 0 : box.scrollHeight; "
        "return top || box.querySelector('li:last-child').getAttribute('aria-setsize') !== '-1' }"
    )
    await opened.page.wait_for_function(scroll, arg=False)
    await opened.page.evaluate(scroll, True)


async def _metrics(devtools: CDPSession) -> dict[str, float]:
    answer = await devtools.send("Performance.getMetrics")
    return {metric["name"]: metric["value"] for metric in answer["metrics"]}


def main() -> None:
    argparse.ArgumentParser(
        prog="python -m benchmarks.console", description=(__doc__ or "").split("\n")[0]
    ).parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="talia-bench-")))
        url = stack.enter_context(EmbeddedPostgres(folder / "data"))
        migrate(url)
        settings = Settings(
            _env_file=None,
            database_url=url,
            data_dir=folder,
            rate_limit_ip="",
            rate_limit_session="",
            log_level="warning",
            openai_api_key=None,
            openai_base_url=None,
        )
        server = stack.enter_context(TaliaServer(settings))
        asyncio.run(measure(server, url))


if __name__ == "__main__":
    main()
