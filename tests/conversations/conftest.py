"""A site with staff and visitors, at the level of the SQL functions."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest

from app.conversations import staff_store
from app.db.rpc import Rpc
from app.staff import store as staff
from app.staff.types import StaffAccess
from tests.conftest import MakeSite
from tests.rigs.staff import sql_staff
from tests.rigs.visitors import CLAIM, SqlVisitor


@dataclass
class Office:
    """One site. `hire` gives a caller as the routes have one; `act` and `call` are the staff's functions."""

    rpc: Rpc
    admin: psycopg.Connection[Any]
    site: dict[str, Any]

    async def hire(self, role: str = "seller", name: str | None = None) -> StaffAccess:
        who = await sql_staff(self.rpc, self.admin, self.site["slug"], role, name=name)
        row = await staff.access(self.rpc, public_key=self.site["public_key"], token_hash=who.token_hash)
        return StaffAccess.from_json(row, who.token_hash)

    def visitor(self) -> SqlVisitor:
        return SqlVisitor(self.rpc, self.site["id"])

    async def act(self, me: StaffAccess, function: str, conversation: str, **args: Any) -> staff_store.Owned:
        if function == "return_to_assistant":
            args = {"claim": CLAIM, **args}
        return await staff_store.act(self.rpc, function, me, conversation, **args)

    async def call(self, me: StaffAccess, function: str, **args: Any) -> dict[str, Any]:
        return await staff_store.call(self.rpc, function, me, **args)

    async def send(self, me: StaffAccess, conversation: str, text: str, **more: Any) -> dict[str, Any]:
        args = {"client_message_id": secrets.token_hex(8), "body_hash": text, "content": text, **more}
        return await self.call(me, "post_seller_message", conversation=conversation, **args)

    async def listed(self, me: StaffAccess, *, sort: str = "newest", **filter_: Any) -> list[str]:
        page = await staff_store.conversations(
            self.rpc, me, filter_=filter_, sort=sort, after=None, limit=200
        )
        return [line["uuid"] for line in page["data"]]

    def audited(self, me: StaffAccess) -> list[str]:
        rows = self.admin.execute(
            "select action from audit_log where actor = %s order by created_at, id", [me.staff_id]
        )
        return [action for (action,) in rows.fetchall()]


@pytest.fixture
async def office(rpc: Rpc, site: MakeSite, admin: psycopg.Connection[Any]) -> Office:
    return Office(rpc, admin, await site())


@pytest.fixture
async def elsewhere(rpc: Rpc, site: MakeSite, admin: psycopg.Connection[Any]) -> Office:
    return Office(rpc, admin, await site())
