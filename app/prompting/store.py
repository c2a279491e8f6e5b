"""The SQL functions about prompt versions. Those of the staff ask for the caller's rights again."""

from __future__ import annotations

from typing import Any

from app.db.rpc import Rpc
from app.staff.types import StaffAccess

Row = dict[str, Any]


async def in_force(rpc: Rpc) -> dict[str, Row]:
    """By site: {live, since, canary, scheduled}. A site that has released nothing is not in it."""
    rows: dict[str, Row] = await rpc.call("prompts_in_force")
    return rows


async def content(rpc: Rpc, *, site: str, number: int) -> str:
    """Raises NotFound `prompt.not_found`."""
    row = await rpc.call("prompt_content", site=site, number=number)
    return str(row["content"])


async def call(rpc: Rpc, function: str, me: StaffAccess, **args: Any) -> Any:
    """list_prompts, get_prompt and archive_prompt (number), save_prompt (content, sha256, note, base), release_prompt
    (number, percent, at, reason, override), rollback_prompt (reason), cancel_release (release),
    replies_of_conversation and conversation_for_replay (conversation), and those about evaluation cases and runs."""
    return await rpc.call(function, site=me.site_id, staff=me.staff_id, **args)


async def pull(rpc: Rpc, *, slug: str, number: int | None) -> Row:
    """{number, content}, the operator's way; content is None for number 0, the shipped assistant."""
    row: Row = await rpc.call("pull_prompt", slug=slug, number=number)
    return row


async def push(rpc: Rpc, *, slug: str, content: str, sha256: str, note: str) -> Row:
    row: Row = await rpc.call("push_prompt", slug=slug, content=content, sha256=sha256, note=note)
    return row
