"""A running server for each test: guided, or with a fake model behind it."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg
import pytest
import structlog
from psycopg.rows import dict_row

from app.settings import Settings
from tests.fakes.upstream import FakeUpstream
from tests.realtime.redis_server import RedisServer
from tests.rigs.http_visitor import HttpVisitor
from tests.rigs.server import TaliaServer

StartTalia = Callable[..., TaliaServer]
MakeVisitor = Callable[..., HttpVisitor]
Look = Callable[..., list[dict[str, Any]]]


def quiet_settings(database_url: str | None, data_dir: Path, **changes: Any) -> Settings:
    """Settings of a test server: nothing from the environment or a `.env`, no rate limits unless asked for."""
    values: dict[str, Any] = {
        "database_url": database_url,
        "data_dir": data_dir,
        "rate_limit_ip": "",
        "rate_limit_session": "",
        "log_level": "warning",
        "openai_api_key": None,
        "openai_base_url": None,
    }
    return Settings(_env_file=None, **(values | changes))


def model_at(upstream: FakeUpstream, **changes: Any) -> dict[str, Any]:
    """The settings that put a fake model behind a server."""
    return {
        "openai_base_url": upstream.base_url,
        "openai_api_key": "sk-test",
        "openai_model": "fake-model",
    } | changes


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
    """`start_talia(**settings)` serves until the test ends."""
    with ExitStack() as running:

        def start(**changes: Any) -> TaliaServer:
            return running.enter_context(TaliaServer(quiet_settings(database_url, tmp_path, **changes)))

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
    return start_talia(**model_at(upstream))


@pytest.fixture
async def make_visitor() -> AsyncIterator[MakeVisitor]:
    made: list[HttpVisitor] = []

    def make(server: TaliaServer, **options: Any) -> HttpVisitor:
        made.append(HttpVisitor(server.url, **options))
        return made[-1]

    yield make
    for visitor in made:
        await visitor.close()


@pytest.fixture
def look(database_url: str) -> Iterator[Look]:
    """`look(sql, *values)` asks the database itself, past the product: the judge of what was really stored."""
    with psycopg.connect(database_url, autocommit=True, row_factory=dict_row) as connection:

        def ask(statement: str, *values: Any) -> list[dict[str, Any]]:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

        yield ask


@pytest.fixture
def redis_server() -> Iterator[RedisServer]:
    server = RedisServer()
    server.start()
    yield server
    server.destroy()
