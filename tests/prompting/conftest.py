"""An admin at the desk where a site's assistant is written, at the level of the SQL functions."""

from __future__ import annotations

import time
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import psycopg
import pytest

from app.db.rpc import Rpc
from app.prompting import actions
from app.prompting.assistants import assistant_source, load_assistant
from app.prompting.directory import PromptDirectory
from app.staff import store as staff
from app.staff.types import StaffAccess
from tests.conftest import MakeSite
from tests.rigs.staff import sql_staff

SOURCE = assistant_source("talia")


def tone(text: str) -> str:
    return SOURCE.replace("friendly and calm", text)


class Desk:
    """One admin's work on one site's assistant."""

    def __init__(self, rpc: Rpc, me: StaffAccess) -> None:
        self.rpc, self.me = rpc, me
        self.prompts = PromptDirectory(rpc, load_assistant("talia"), SOURCE)

    async def save(self, text: str, **more: Any) -> dict[str, Any]:
        return await actions.save(
            self.rpc, self.prompts, self.me, content=text, **{"note": "", "base": None, **more}
        )

    async def publish(self, number: int, percent: int = 100, **more: Any) -> dict[str, Any]:
        given = {"at": None, "reason": None, "override": None, **more}
        return await actions.publish(self.rpc, self.prompts, self.me, number=number, percent=percent, **given)

    async def back(self) -> dict[str, Any]:
        return await actions.roll_back(self.rpc, self.prompts, self.me, None)

    async def ref(self, conversation: str | None = None) -> str:
        return (await self.prompts.assistant_for(self.me.site_id, conversation or new_id())).ref

    async def states(self) -> dict[int, str]:
        return {
            v["number"]: v["state"] for v in (await actions.listed(self.rpc, self.prompts, self.me))["data"]
        }


def new_id() -> str:
    """A conversation's id of now, as the database makes one."""
    return str(
        uuid.UUID(int=(int(time.time() * 1000) << 80) | (7 << 76) | (2 << 62) | (uuid.uuid4().int >> 68))
    )


MakeDesk = Callable[..., Awaitable[Desk]]


@pytest.fixture
async def make_desk(rpc: Rpc, site: MakeSite, admin: psycopg.Connection[Any]) -> MakeDesk:
    async def make(role: str = "admin", of: dict[str, Any] | None = None) -> Desk:
        where = of or await site()
        who = await sql_staff(rpc, admin, where["slug"], role)
        row = await staff.access(rpc, public_key=where["public_key"], token_hash=who.token_hash)
        return Desk(rpc, StaffAccess.from_json(row, who.token_hash))

    return make


@pytest.fixture
async def desk(make_desk: MakeDesk) -> Desk:
    return await make_desk()
