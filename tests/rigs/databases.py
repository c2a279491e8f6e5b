"""Databases of a test server: one that is migrated once, and copies of it, each made in some 30 ms."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager

from app.db.migrate import migrate
from tests.rigs.postgres import PostgresServer

_TEMPLATE = "talia_template"


class Databases:
    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self._numbers = itertools.count(1)
        self._migrated = False

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """The URL of a migrated database that nobody else uses; dropped afterwards."""
        if not self._migrated:
            with self.empty(_TEMPLATE, keep=True) as template:
                migrate(template)
            self._migrated = True
        with self.empty(template=_TEMPLATE) as url:
            yield url

    @contextmanager
    def empty(
        self, name: str | None = None, *, template: str = "template0", keep: bool = False
    ) -> Iterator[str]:
        """The URL of a database with nothing in it."""
        name = name or f"test_{next(self._numbers)}"
        self._run(f'create database "{name}" template "{template}"')
        yield self._server.url(name)
        if not keep:
            self._run(f'drop database "{name}" with (force)')

    def _run(self, statement: str) -> None:
        with self._server.connect() as connection:
            connection.execute(statement)
