"""Builds the three technologies once: database, model and bus. Everything above receives them."""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from app.db.rpc import Rpc
from app.errors import ConfigurationError
from app.llm.build import build_model
from app.llm.embeddings import Embeddings, build_embeddings
from app.llm.port import Model
from app.realtime.bus import Bus, build_bus
from app.settings import Settings


@dataclass(frozen=True, slots=True)
class Wiring:
    """`worker` names this process in the leases of its turns. `model` is None in guided mode, `embeddings` where
    knowledge is searched by words alone."""

    settings: Settings
    rpc: Rpc
    bus: Bus
    model: Model | None
    worker: str
    embeddings: Embeddings | None = None

    async def close(self) -> None:
        if self.model is not None:
            await self.model.close()
        if self.embeddings is not None:
            await self.embeddings.close()
        await self.bus.close()
        await self.rpc.close()


async def open_wiring(settings: Settings) -> Wiring:
    """Connect. Raises ConfigurationError when a setting cannot work."""
    bus = build_bus(settings)
    await bus.start()
    return Wiring(
        settings=settings,
        rpc=await open_rpc(settings),
        bus=bus,
        model=build_model(settings, outages=bus),
        embeddings=build_embeddings(settings),
        worker=f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}",
    )


def load_secret(settings: Settings) -> bytes:
    """The key of hashes that must agree between processes and restarts; made in the data directory if none is set."""
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value().encode()
    return keep_secret(settings, "secret_key", lambda: secrets.token_hex(32))


def keep_secret(settings: Settings, name: str, make: Callable[[], str]) -> bytes:
    """The data directory's secret of this name, made with the first use. Raises ConfigurationError."""
    path = settings.data_dir / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            # Whole or not at all, and the first worker's: another may read it at any moment.
            draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
            draft.touch(mode=0o600)
            draft.write_text(make())
            with contextlib.suppress(FileExistsError):
                path.hardlink_to(draft)
            draft.unlink()
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            f"TALIA_DATA_DIR: cannot keep a key in {settings.data_dir}: {error.strerror}"
        ) from error


async def open_rpc(settings: Settings) -> Rpc:
    """The transport that the settings name. The command line puts the embedded server's URL into `database_url`."""
    if settings.supabase_url:
        from app.db.supabase import SupabaseRpc  # noqa: PLC0415 - takes 0.6 s to import, and only some need it

        key = settings.supabase_service_role_key
        return await SupabaseRpc.open(settings.supabase_url, key.get_secret_value() if key else "")
    from app.db.postgres import PostgresRpc  # noqa: PLC0415

    if settings.database_url is None:
        raise RuntimeError("no database: start through `talia serve`, which brings one")
    return await PostgresRpc.open(settings.database_url.get_secret_value(), settings.database_pool)
