"""A running server, and staff of its default site and of another one."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg
import pytest

from app.staff import store
from tests.channels.conftest import quiet_settings
from tests.rigs.http_visitor import HttpVisitor
from tests.rigs.server import TaliaServer
from tests.rigs.staff import HttpStaff, open_session

OTHER_KEY = "pk_other"
MakeStaff = Callable[..., HttpStaff]


@pytest.fixture(scope="module")
def server(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TaliaServer]:
    """One server for the module, with a second site beside the default one, whose key is a setting."""
    with ExitStack() as running:
        folder: Path = tmp_path_factory.mktemp("talia")
        started = running.enter_context(
            TaliaServer(quiet_settings(database, folder, webchat_public_token="pk_demo"))
        )
        started.call(
            started.services.wiring.rpc.call("ensure_site", slug="other", name="Other", public_key=OTHER_KEY)
        )
        yield started


@pytest.fixture
async def make_staff(server: TaliaServer, admin: psycopg.Connection[Any]) -> AsyncIterator[MakeStaff]:
    """`make_staff("seller", site="other")` is somebody with a session; `.id` is the account's."""
    made: list[HttpStaff] = []

    def make(
        role: str = "seller", *, site: str = "default", key: str | None = None, **values: Any
    ) -> HttpStaff:
        email = f"{role}-{uuid.uuid4().hex}@example.com"
        row = server.call(
            store.add_staff(server.services.wiring.rpc, slug=site, **{"email": email, "role": role, **values})
        )
        keys = {"default": "pk_demo", "other": OTHER_KEY}
        made.append(HttpStaff(server.url, open_session(admin, row["uuid"]), key=key or keys[site]))
        made[-1].account = row
        return made[-1]

    yield make
    await asyncio.gather(*(staff.close() for staff in made))


@pytest.fixture
async def nobody(server: TaliaServer) -> AsyncIterator[HttpStaff]:
    async with HttpStaff(server.url, None) as client:
        yield client


@pytest.fixture
async def visitor(server: TaliaServer) -> AsyncIterator[HttpVisitor]:
    async with HttpVisitor(server.url) as client:
        yield client
