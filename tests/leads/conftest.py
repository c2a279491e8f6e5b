"""A running server with two sites for each module, its staff, and visitors as many as a test needs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from tests.rigs.http_visitor import HttpVisitor
from tests.rigs.server import TaliaServer
from tests.staff.conftest import MakeStaff, make_staff, server

__all__ = ["Look", "MakeStaff", "NewVisitor", "make_staff", "server"]

NewVisitor = Callable[..., HttpVisitor]
Look = Callable[..., list[dict[str, Any]]]


@pytest.fixture
async def new_visitor(server: TaliaServer) -> AsyncIterator[NewVisitor]:
    made: list[HttpVisitor] = []

    def make(**options: Any) -> HttpVisitor:
        made.append(HttpVisitor(server.url, **options))
        return made[-1]

    yield make
    await asyncio.gather(*(visitor.close() for visitor in made))


@pytest.fixture
def look(admin: psycopg.Connection[Any]) -> Look:
    """`look(sql, *values)` asks the database itself, past the product: the judge of what was really stored."""

    def ask(statement: str, *values: Any) -> list[dict[str, Any]]:
        cursor = admin.cursor(row_factory=dict_row).execute(statement, values)
        return cursor.fetchall() if cursor.description else []

    return ask
