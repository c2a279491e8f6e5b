"""kill -9 in the middle of an evaluation: it reads as interrupted, keeps no tokens from visitors, and is continued."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from app.db.postgres import PostgresRpc
from tests.faults.conftest import Serve
from tests.faults.served import Model
from tests.rigs.staff import HttpStaff, sql_staff

pytestmark = pytest.mark.faults

Look = Callable[[], Awaitable[dict[str, Any]]]
CASE = {
    "name": "Hola",
    "messages": [{"author": "visitor", "text": "Hola"}],
    "expect": {"contains": ["con gusto"]},
}
REPEATS = 8


async def until(look: Look, is_so: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    async with asyncio.timeout(60):
        while not is_so(found := await look()):  # noqa: ASYNC110 - another process's doing
            await asyncio.sleep(0.05)
    return found


async def test_a_killed_evaluation_gives_back_and_goes_on(
    serve: Serve, model: Model, database_url: str
) -> None:
    model.script(text="Con gusto te ayudo.", first_token_seconds=0.3)
    talia = serve(database_url).start()
    rpc = await PostgresRpc.open(database_url, 1)
    with psycopg.connect(database_url, autocommit=True, row_factory=dict_row) as database:
        boss = HttpStaff(talia.url, (await sql_staff(rpc, database, "default", "admin")).token)
        await rpc.close()

        async def today() -> dict[str, Any]:
            return database.execute("select used, reserved from site_usage").fetchone() or {}

        await boss.post("/evals/cases", CASE)
        run = await boss.post("/evals/runs", {"numbers": [0], "repeats": REPEATS}, status=202)
        path = f"/evals/runs/{run['id']}"
        await until(lambda: boss.get(path), lambda found: found["done"] >= 2)
        talia.process.kill()
        assert (await today())["reserved"] > 0
        # Both leases lapse.
        database.execute("update eval_runs set lease_until = now() - interval '1 second'")
        database.execute("update work_reservations set lease_until = now() - interval '1 second'")
        talia.start()
        dead = await boss.get(path)
        assert (dead["state"], dead["can_continue"]) == ("interrupted", True)
        assert 2 <= dead["done"] < REPEATS
        before = await until(today, lambda day: day["reserved"] == 0)

        assert (await boss.post(f"{path}/continue", status=202))["state"] == "running"
        whole = await until(lambda: boss.get(path), lambda found: found["state"] != "running")
        assert (whole["state"], whole["done"], whole["passed"]) == ("done", REPEATS, REPEATS)
        after = await until(today, lambda day: day["reserved"] == 0)
        assert after["used"] > before["used"]
        await boss.close()
