"""A visitor at the level of the SQL functions: what the routes would send, without HTTP."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from app.conversations import store
from app.db.rpc import Rpc

CLAIM = {
    "worker": "test",
    "lease_seconds": 15,
    "reserve_tokens": 1000,
    "session_budget": 0,
    "site_day_budget": 0,
    "history": 40,
}


class SqlVisitor:
    """One visitor of one site. The first message opens the session."""

    def __init__(self, rpc: Rpc, site_id: str) -> None:
        self.rpc = rpc
        self.site_id = site_id
        self.token_hash = secrets.token_hex(32)
        self.known = False

    async def say(self, content: str, *, message_id: str | None = None, **changes: Any) -> store.Registered:
        claim = CLAIM | changes.pop("claim", {})
        arguments: dict[str, Any] = {
            "site": self.site_id,
            "new_token_hash": self.token_hash,
            "token_hash": self.token_hash if self.known else None,
            "session_id": None,
            "client_message_id": message_id or secrets.token_hex(8),
            "body_hash": hashlib.sha256(content.encode()).hexdigest(),
            "content": content,
            "locale": "es",
            "metadata": {},
            "claim": claim,
        }
        registered = await store.register_message(self.rpc, **(arguments | changes))
        self.known = True
        return registered

    async def history(self, **arguments: Any) -> store.History:
        return await store.history(self.rpc, site=self.site_id, token_hash=self.token_hash, **arguments)
