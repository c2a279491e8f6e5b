"""What sixty live events cost an open inbox of 200 lines: the second part of `make bench`, a minute.

A server and its database, a real Chromium with the console open on a conversation, and visitors who write in other
conversations of the list, twenty a second: three times over. Prints script and layout time in the page, requests for
the list, and the answers' bytes, and keeps them in docs/performance.md. `--quick` is a rehearsal: a short list, nothing
kept.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playwright.async_api import CDPSession, async_playwright

from app.db.embedded import EmbeddedPostgres
from app.db.migrate import migrate
from app.settings import Settings
from benchmarks.report import keep_figures, table
from benchmarks.world import machine
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.seller import BrowserSeller
from tests.rigs.http_visitor import HttpVisitor
from tests.rigs.server import TaliaServer
from tests.rigs.staff import Hired, HttpStaff

PER_SECOND = 20
AT_ONCE = 10
MILLISECONDS = 1000


@dataclass(frozen=True)
class Effort:
    lines: int
    events: int
    rounds: int


FULL = Effort(lines=200, events=60, rounds=3)
QUICK = Effort(lines=30, events=20, rounds=1)


@dataclass(frozen=True)
class Round:
    """Times in ms, in the page's own process."""

    script: float
    layout: float
    style: float
    task: float
    lists: int
    kib: float


async def measure(server: TaliaServer, database_url: str, effort: Effort) -> list[Round]:
    seller = Hired(server, database_url)("seller", "María Rodríguez")
    visitors = await _fill(server, seller, effort.lines)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = await browser.new_context(viewport={"width": 1440, "height": 900}, locale="es-DO")
        opened = await BrowserSeller.open(context, server.url, seller)
        await opened.view("Mías")
        await opened.rows.first.click()
        await _load_all(opened)
        devtools = await context.new_cdp_session(opened.page)
        await devtools.send("Performance.enable")
        received: list[int] = []
        devtools.on("Network.dataReceived", lambda data: received.append(int(data["dataLength"])))
        await devtools.send("Network.enable")
        rounds = []
        for number in range(effort.rounds):
            # What the page still does from before is not the events' work.
            await asyncio.sleep(1)
            lists, before = opened.lists, await _metrics(devtools)
            received.clear()
            await _events(opened, random.sample(visitors[:-1], effort.events), f"¿Sigue disponible? {number}")
            after = await _metrics(devtools)
            took = {name: (after[name] - before[name]) * MILLISECONDS for name in after}
            rounds.append(
                Round(
                    script=took["ScriptDuration"],
                    layout=took["LayoutDuration"],
                    style=took["RecalcStyleDuration"],
                    task=took["TaskDuration"],
                    lists=opened.lists - lists,
                    kib=sum(received) / 1024,
                )
            )
        await browser.close()
    for visitor in visitors:
        await visitor.close()
    await seller.close()
    return rounds


async def _events(opened: BrowserSeller, visitors: list[HttpVisitor], text: str) -> None:
    for visitor in visitors:
        saying = asyncio.ensure_future(visitor.say(text))
        await asyncio.sleep(1 / PER_SECOND)
        await saying
    await opened.list.get_by_text(text).first.wait_for()
    # What the page does a moment after the last of them is.
    await asyncio.sleep(1)


async def _fill(server: TaliaServer, seller: HttpStaff, lines: int) -> list[HttpVisitor]:
    """So many visitors whose conversations are all the seller's."""
    await seller.post("/staff/me", {"capacity": 0}, method="PATCH")
    visitors = [HttpVisitor(server.url) for _ in range(lines)]
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


def render(rounds: list[Round], effort: Effort) -> str:
    def times(name: str) -> str:
        taken = [getattr(one, name) for one in rounds]
        return f"{statistics.median(taken):.0f} ({max(taken):.0f}) ms"

    rows = [
        ("script", times("script"), "800 ms"),
        ("layout", times("layout"), ""),
        ("recalculating styles", times("style"), ""),
        ("all of the page's work", times("task"), ""),
        ("requests for the list", str(max(one.lists for one in rounds)), "0"),
        ("received", f"{max(one.kib for one in rounds):.0f} KiB", ""),
    ]
    head = (f"{effort.events} events, {effort.lines} lines", "median (slowest)", "aim")
    when = datetime.now(UTC).date().isoformat()
    return (
        f"Measured on {when}, {PER_SECOND} events a second, browser and server on one machine: {machine()}.\n\n"
        f"{table(head, rows)}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.console", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--quick", action="store_true", help="a rehearsal: a short list, nothing kept")
    effort = QUICK if parser.parse_args().quick else FULL
    sys.stderr.write("measuring: the console\n")
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
        text = render(asyncio.run(measure(server, url, effort)), effort)
    sys.stdout.write(f"\n{text}\n")
    if effort is FULL:
        keep_figures("console", text)


if __name__ == "__main__":
    main()
