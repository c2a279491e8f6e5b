"""Real Chromium on the real server: nothing inside a page is faked."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg
import pytest
import structlog
from playwright.async_api import Browser, BrowserContext, BrowserType, async_playwright, expect

from app.settings import Settings
from tests.browser.host_site import HostSite
from tests.browser.visitor import BrowserVisitor
from tests.fakes.upstream import FakeUpstream
from tests.faults.served import Model, Served
from tests.rigs.server import TaliaServer

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = (
    os.environ.get("CHROMIUM")
    or shutil.which("chromium")
    or shutil.which("chromium-browser")
    or shutil.which("google-chrome")
)

StartTalia = Callable[..., TaliaServer]
MakeContext = Callable[..., Awaitable[BrowserContext]]
Visit = Callable[..., Awaitable[BrowserVisitor]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


# What must happen happens; a busy machine only takes longer to show it.
expect.set_options(timeout=20_000)

# Tests may run as root, in a container with a small /dev/shm.
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]


@pytest.fixture
async def chromium() -> AsyncIterator[BrowserType]:
    async with async_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture
async def browser(chromium: BrowserType) -> AsyncIterator[Browser]:
    assert CHROMIUM, "no Chromium or Chrome: on Debian, apt-get install chromium (or name one in CHROMIUM)"
    running = await chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield running
    await running.close()


@pytest.fixture
async def make_context(browser: Browser) -> MakeContext:
    """`await make_context(width=…, height=…, **options)`: a visitor's whole browser, with storage of its own."""

    async def make(width: int = 1280, height: int = 800, **options: Any) -> BrowserContext:
        context = await browser.new_context(
            viewport={"width": width, "height": height}, locale=options.pop("locale", "es-DO"), **options
        )
        context.set_default_timeout(15_000)
        return context

    return make


@pytest.fixture
async def visit(make_context: MakeContext) -> Visit:
    """`await visit(url, *other_allowed_origins, **context_options)`: a new visitor's first tab."""

    async def go(url: str, *allowed: str, **options: Any) -> BrowserVisitor:
        return await BrowserVisitor.open(await make_context(**options), url, *allowed)

    return go


@pytest.fixture
def _logging_as_it_was() -> Iterator[None]:
    """A server sets up the whole process's logs, on a stream that pytest closes after the test."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
def start_talia(database_url: str, tmp_path: Path, _logging_as_it_was: None) -> Iterator[StartTalia]:
    """`start_talia(**settings)` serves until the test ends: guided, unless a model is among the settings."""
    with ExitStack() as running:

        def start(**changes: Any) -> TaliaServer:
            values: dict[str, Any] = {
                "database_url": database_url,
                "data_dir": tmp_path,
                "rate_limit_ip": "",
                "rate_limit_session": "",
                "log_level": "warning",
                "openai_api_key": None,
                "openai_base_url": None,
            }
            settings = Settings(_env_file=None, **(values | changes))
            return running.enter_context(TaliaServer(settings))

        yield start


@pytest.fixture
def guided(start_talia: StartTalia) -> TaliaServer:
    return start_talia()


@pytest.fixture
async def upstream() -> AsyncIterator[FakeUpstream]:
    async with FakeUpstream() as fake:
        yield fake


@pytest.fixture
def with_model(start_talia: StartTalia, upstream: FakeUpstream) -> TaliaServer:
    return start_talia(openai_base_url=upstream.base_url, openai_api_key="sk-test", openai_model="fake-model")


@pytest.fixture
def served(tmp_path: Path, database_url: str) -> Iterator[tuple[Served, Model]]:
    """The server as a process of its own, to be killed and started again, and the fake model behind it."""
    with Model(tmp_path) as model, Served(tmp_path, model, database_url) as server:
        yield server.start(), model


@pytest.fixture
def shop() -> Iterator[HostSite]:
    with HostSite() as site:
        yield site


@pytest.fixture
def database(database_url: str) -> Iterator[psycopg.Connection[Any]]:
    """Past the product: to set up what no route offers, and to judge what was stored."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, pinned by widget/package-lock.json."""
    subprocess.run([ROOT / "scripts" / "widget", "install"], check=True, capture_output=True)
    return (ROOT / "widget" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
