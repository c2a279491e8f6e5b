"""Somebody of marketing in a site of their own, at the level of the SQL functions; servers as in tests/channels."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import psycopg
import pytest

from app.db.rpc import Rpc
from app.staff import store as staff
from app.staff.types import StaffAccess
from tests.channels.conftest import _logging_as_it_was, look, make_visitor, start_talia, upstream
from tests.conftest import MakeSite
from tests.rigs.staff import sql_staff

__all__ = ["_logging_as_it_was", "look", "make_visitor", "start_talia", "upstream"]

Hire = Callable[..., Awaitable[StaffAccess]]


@pytest.fixture
async def hire(rpc: Rpc, site: MakeSite, admin: psycopg.Connection[Any]) -> Hire:
    """`await hire("seller", of=me.site)`: without `of` in a new site."""

    async def work(role: str = "marketing", of: dict[str, Any] | None = None) -> StaffAccess:
        where = of or await site()
        who = await sql_staff(rpc, admin, where["slug"], role)
        row = await staff.access(rpc, public_key=where["public_key"], token_hash=who.token_hash)
        return StaffAccess.from_json(row, who.token_hash)

    return work


@pytest.fixture
async def me(hire: Hire) -> StaffAccess:
    return await hire()
