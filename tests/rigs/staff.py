"""Staff for tests: at the level of the SQL functions, and over HTTP as a console is one."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import psycopg

from app.db.rpc import Rpc
from app.staff import store
from tests.rigs.http_visitor import SseEvent, sse_events
from tests.rigs.server import TaliaServer


@dataclass(frozen=True)
class SqlStaff:
    """An account in a site, with a session, made without any password."""

    id: str
    email: str
    role: str
    token: str

    @property
    def token_hash(self) -> str:
        return hashlib.sha256(self.token.encode()).hexdigest()


def open_session(admin: psycopg.Connection[Any], staff_id: str) -> str:
    """A session's token, past the (slow) password."""
    token = f"st_{secrets.token_urlsafe(32)}"
    admin.execute(
        "insert into staff_sessions (staff_id, token_hash) values (%s, %s)",
        [staff_id, hashlib.sha256(token.encode()).hexdigest()],
    )
    return token


async def sql_staff(
    rpc: Rpc, admin: psycopg.Connection[Any], slug: str, role: str = "seller", **values: Any
) -> SqlStaff:
    email = values.pop("email", None) or f"{role}-{secrets.token_hex(4)}@example.com"
    row = await store.add_staff(rpc, slug=slug, email=email, role=role, **values)
    return SqlStaff(row["uuid"], email, role, open_session(admin, row["uuid"]))


class HttpStaff:
    """Somebody of the staff over HTTP. `token` None: nobody."""

    def __init__(self, base_url: str, token: str | None, *, key: str | None = "pk_demo") -> None:
        self.http = httpx.AsyncClient(base_url=base_url, timeout=httpx.Timeout(30, connect=5))
        self.account: dict[str, Any] = {}
        self.headers = {
            **({"X-PUBLIC-KEY": key} if key else {}),
            **({"Authorization": f"Bearer {token}"} if token else {}),
        }

    @property
    def id(self) -> str:
        return str(self.account["uuid"])

    async def close(self) -> None:
        await self.http.aclose()

    async def __aenter__(self) -> HttpStaff:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def request(self, method: str, path: str, **kw: Any) -> httpx.Response:
        """`path` below /api/v1."""
        headers = {**self.headers, **kw.pop("headers", {})}
        return await self.http.request(method, f"/api/v1{path}", headers=headers, **kw)

    async def get(self, path: str, **kw: Any) -> Any:
        answer = await self.request("GET", path, **kw)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def post(
        self, path: str, body: Any = None, *, method: str = "POST", status: int | None = None
    ) -> Any:
        answer = await self.request(method, path, json=body if body is not None else {})
        assert answer.status_code == status or (status is None and answer.is_success), answer.text
        return answer.json() if answer.content else None

    @asynccontextmanager
    async def events(
        self, path: str = "/chat/events", last: str | None = None
    ) -> AsyncIterator[AsyncIterator[SseEvent]]:
        headers = {**self.headers, **({"Last-Event-ID": last} if last is not None else {})}
        async with self.http.stream("GET", f"/api/v1{path}", headers=headers) as answer:
            assert answer.status_code == 200, (await answer.aread()).decode()
            yield sse_events(answer)


class Hired:
    """`hire("admin")` makes somebody of a server's default site, signed in."""

    def __init__(self, server: TaliaServer, database_url: str) -> None:
        self.server, self.database_url = server, database_url
        self.made: list[HttpStaff] = []

    def __call__(self, role: str = "seller", name: str | None = None) -> HttpStaff:
        row = self.server.call(
            store.add_staff(
                self.server.services.wiring.rpc,
                slug="default",
                email=f"{uuid.uuid4().hex}@example.com",
                role=role,
                name=name,
            )
        )
        with psycopg.connect(self.database_url, autocommit=True) as admin:
            self.made.append(HttpStaff(self.server.url, open_session(admin, row["uuid"])))
        self.made[-1].account = row
        return self.made[-1]
