"""The SQL functions by which staff reads and steers conversations. Each asks for the caller's rights again.

What they refuse: NotFound `conversation.not_found`, Forbidden `conversation.not_participant`, and the Conflicts that
the functions name. Conversations and messages stay JSON, as SQL renders them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.conversations.store import claimed_turn
from app.conversations.types import ClaimedTurn
from app.db.rpc import Rpc
from app.staff.types import StaffAccess

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Owned:
    """What an act of ownership did. `changed` False: it was so already. `agent` has it now; `superseded_turn` is the
    reply that was cut off; `turn` is one that this worker is to answer."""

    changed: bool
    conversation: Row
    messages: list[Row]
    agent: Row | None
    superseded_turn: str | None
    turn: ClaimedTurn | None = None


async def call(rpc: Rpc, function: str, me: StaffAccess, **args: Any) -> Row:
    """A function that begins with who is calling."""
    row: Row = await rpc.call(function, site=me.site_id, staff=me.staff_id, **args)
    return row


async def act(rpc: Rpc, function: str, me: StaffAccess, conversation: str, **args: Any) -> Owned:
    """take_over, assign_conversation (to), return_to_assistant (claim, note), close_conversation (outcome),
    reopen_conversation, snooze_conversation (until), block_conversation (blocked), label_conversation (patch)."""
    return _owned(await call(rpc, function, me, conversation=conversation, **args))


async def start(rpc: Rpc, me: StaffAccess, *, contact: str) -> Owned:
    return _owned(await call(rpc, "start_conversation", me, contact=contact))


async def conversations(
    rpc: Rpc, me: StaffAccess, *, filter_: Row, sort: str, after: Row | None, limit: int
) -> Row:
    """{data, next}: `next` is the {at, uuid} to go on after, None at the end."""
    return await call(rpc, "staff_conversations", me, filter=filter_, sort=sort, after=after, limit=limit)


async def messages(
    rpc: Rpc,
    me: StaffAccess,
    conversation: str,
    *,
    after: int | None = None,
    before: int | None = None,
    limit: int = 100,
    changed: int | None = None,
) -> Row:
    """{data, conversation, last_seq, has_more, changes}, oldest first; without a position the newest. Asked with
    `changed`: also {changed, reads}, what became of earlier messages since that change."""
    return await call(
        rpc,
        "staff_messages",
        me,
        conversation=conversation,
        after=after,
        before=before,
        limit=limit,
        changed=changed,
    )


async def inbox_lines(rpc: Rpc, *, site: str, conversations: list[str], staff: list[str]) -> list[Row]:
    """[{conversation, seen_by}] of those that exist; `seen_by` are those of `staff` who may see it."""
    rows: list[Row] = await rpc.call("inbox_lines", site=site, conversations=conversations, staff=staff)
    return rows


async def canned_replies(rpc: Rpc, me: StaffAccess) -> list[Row]:
    rows: list[Row] = await rpc.call("list_canned", site=me.site_id, staff=me.staff_id)
    return rows


def _owned(row: Row) -> Owned:
    turn = row.get("turn")
    return Owned(**{**row, "turn": claimed_turn(turn) if turn else None})
