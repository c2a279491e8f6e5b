"""A wiring without a database, for what must not need one."""

from __future__ import annotations

from typing import Any

from app.realtime.memory_bus import MemoryBus
from app.settings import Settings
from app.wiring import Wiring


class NoDatabase:
    async def call(self, function: str, /, **args: Any) -> Any:
        raise AssertionError(f"{function} was called")

    async def close(self) -> None: ...


def no_database(settings: Settings) -> Wiring:
    return Wiring(settings=settings, rpc=NoDatabase(), bus=MemoryBus(), model=None, worker="test")
