"""The port to the database: one method, one SQL function, one commit.

Two transports implement it: `db.postgres` (psycopg, straight to Postgres) and `db.supabase`
(supabase-py, over PostgREST). The same store tests run on both.
"""

from __future__ import annotations

from typing import Any, Protocol

from app.errors import Unavailable

Json = Any
"""Whatever JSON can say: dict, list, str, int, float, bool, None."""

REPEATABLE = frozenset(
    {
        "registrar_mensaje_webchat",
        "complete_turn",
        "renew_turn",
        "release_turn",
        "open_webchat_session",
        "webchat_history",
        "list_sites",
        "ensure_site",
        "ping",
    }
)
"""Functions that may be sent again after a lost answer: their SQL gives the first result back."""


class Rpc(Protocol):
    """Calls one SQL function and commits it.

    Arguments are JSON values without their SQL prefix: `call("renew_turn", turn=…)` binds `p_turn`.
    Raises the AppError that the function's SQLSTATE maps to (`db.sqlstate`), or DatabaseUnavailable.
    """

    async def call(self, function: str, /, **args: Json) -> Json: ...

    async def close(self) -> None: ...


class DatabaseUnavailable(Unavailable):
    """The database could not be reached in time; nothing is known to be written."""

    code = "database.unavailable"
