"""A worker in a process of its own, which delivers until it is killed. Arguments: database, data folder, settings."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

from app.db.postgres import PostgresRpc
from app.notifications.texts import load_texts
from app.notifications.worker import Postman, deliver
from app.realtime.bus import build_bus
from app.wiring import Wiring
from tests.channels.conftest import quiet_settings


async def main(database: str, folder: str, changes: str) -> None:
    settings = quiet_settings(database, Path(folder), **json.loads(changes))
    rpc = await PostgresRpc.open(database, 2)
    wiring = Wiring(settings, rpc, build_bus(settings), None, "doomed")
    postman = Postman(settings, load_texts(), lambda text, region: text)
    while True:
        await deliver(wiring, postman)
        await asyncio.sleep(0.02)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
