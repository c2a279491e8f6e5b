"""The SQL functions of a turn's life: claimed (with the message), renewed, completed, released, recovered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from app.conversations.store import Message, claimed_turn
from app.conversations.types import ClaimedTurn, Handler
from app.db.rpc import Rpc
from app.replies.types import Reply, ReplyFacts, effects_json
from app.settings import Settings
from app.staff.types import StaffAccess

LEASE_SECONDS = 15
HISTORY_MESSAGES = 40
SWEEP_TURNS = 20


@dataclass(frozen=True, slots=True)
class Completion:
    """`accepted` False: a seller took over and nothing was said. `messages` starts with the reply."""

    accepted: bool
    handler: Handler
    messages: list[Message]
    next_turn: ClaimedTurn | None
    lead: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Lease:
    """Not `held`: the turn is another worker's, or over; `superseded`: a seller has the conversation; `gone`: the
    visitor erased themselves."""

    held: bool
    superseded: bool
    gone: bool = False


def claim(settings: Settings, worker: str, *, with_model: bool) -> dict[str, Any]:
    """`p_claim`: on what terms this worker takes a turn. Without a model there is nothing to reserve."""
    return {
        "worker": worker,
        "lease_seconds": LEASE_SECONDS,
        "reserve_tokens": settings.budget_message_tokens if with_model else 0,
        "session_budget": settings.budget_session_tokens,
        "site_day_budget": settings.budget_site_day_tokens,
        "history": HISTORY_MESSAGES,
    }


async def complete_turn(rpc: Rpc, turn: ClaimedTurn, reply: Reply, claim: dict[str, Any]) -> Completion:
    """Store the reply and its effects. Raises Conflict `turn.fenced` when another worker holds the turn."""
    row = await rpc.call(
        "complete_turn",
        site=turn.site_id,
        turn=turn.turn_id,
        fence=turn.fence,
        text=reply.text,
        source=reply.source,
        facts=reply.facts.as_json(),
        effects=effects_json(reply.effects) | ({"lead": reply.lead} if reply.lead else {}),
        claim=claim,
    )
    following = row["next_turn"]
    return Completion(**{**row, "next_turn": claimed_turn(following) if following else None})


async def renew_turn(rpc: Rpc, turn: ClaimedTurn) -> Lease:
    """The heartbeat: how the turn stands."""
    row = await rpc.call(
        "renew_turn", site=turn.site_id, turn=turn.turn_id, fence=turn.fence, lease_seconds=LEASE_SECONDS
    )
    return Lease(held=row["held"], superseded=row["superseded"], gone=row["gone"])


async def settle_cut_turn(rpc: Rpc, turn: ClaimedTurn, facts: ReplyFacts) -> None:
    """What a reply that a seller cut off had cost by then; said twice, it counts once."""
    await rpc.call(
        "settle_cut_turn", site=turn.site_id, turn=turn.turn_id, fence=turn.fence, facts=facts.as_json()
    )


async def restart_turn(rpc: Rpc, turn: ClaimedTurn) -> int | None:
    """Begin the text anew: the number of the new attempt, or None when the turn is no longer ours."""
    row = await rpc.call(
        "renew_turn",
        site=turn.site_id,
        turn=turn.turn_id,
        fence=turn.fence,
        lease_seconds=LEASE_SECONDS,
        restart=True,
    )
    attempt: int | None = row["attempt"]
    return attempt


async def release_turn(rpc: Rpc, turn: ClaimedTurn) -> None:
    await rpc.call("release_turn", site=turn.site_id, turn=turn.turn_id, fence=turn.fence)


async def visitor_turn(rpc: Rpc, *, site: str, token_hash: str) -> dict[str, Any]:
    """What a turn of this visitor's would know, without claiming one. Raises Conflict `conversation.not_started`."""
    row: dict[str, Any] = await rpc.call(
        "visitor_turn", site=site, token_hash=token_hash, history=HISTORY_MESSAGES
    )
    return row


async def handoff_turn(rpc: Rpc, *, site: str, conversation: str) -> dict[str, Any] | None:
    """The same of a conversation that waits for a person; None when it does not."""
    row: dict[str, Any] | None = await rpc.call(
        "handoff_turn", site=site, conversation=conversation, history=HISTORY_MESSAGES
    )
    return row


async def post_notice(rpc: Rpc, *, site: str, conversation: str, text: str) -> Message | None:
    """A message in the assistant's name that no turn made; None when nobody waits in the queue any more."""
    row = await rpc.call("post_notice", site=site, conversation=conversation, text=text)
    message: Message | None = row["message"]
    return message


async def note_summary(
    rpc: Rpc, *, site: str, conversation: str, text: str, by: Literal["model", "facts"], always: bool = False
) -> bool:
    """Keep a summary that was made by itself. Without `always` only while the conversation is with people, and never
    over what somebody of the staff wrote."""
    row = await rpc.call(
        "note_summary", site=site, conversation=conversation, text=text, by=by, always=always
    )
    return bool(row["noted"])


async def assist_turn(
    rpc: Rpc, me: StaffAccess, *, conversation: str, purpose: str, reserve: int, budget: int
) -> dict[str, Any]:
    """{turn, reserved_on}: what a turn would know, and the day whose tokens are reserved; None: they are spent."""
    row: dict[str, Any] = await rpc.call(
        "assist_turn",
        site=me.site_id,
        staff=me.staff_id,
        conversation=conversation,
        purpose=purpose,
        history=HISTORY_MESSAGES,
        reserve=reserve,
        budget=budget,
    )
    return row


async def reserve_work(rpc: Rpc, *, site: str, tokens: int, budget: int) -> str | None:
    """The day whose tokens are reserved; None: they are spent. `budget` 0: there is none."""
    row = await rpc.call("reserve_work", site=site, tokens=tokens, budget=budget)
    day: str | None = row["reserved_on"]
    return day


async def settle_work(rpc: Rpc, *, site: str, day: str, purpose: str, reserved: int, used: int) -> None:
    """What a piece of work took. `purpose` is playground, replay, evaluation, suggestion or summary."""
    await rpc.call("settle_work", site=site, day=day, purpose=purpose, reserved=reserved, used=used)


async def claim_abandoned_turns(rpc: Rpc, worker: str) -> list[ClaimedTurn]:
    """At most SWEEP_TURNS of them, so that several workers share what one has left."""
    rows = await rpc.call(
        "claim_abandoned_turns",
        worker=worker,
        lease_seconds=LEASE_SECONDS,
        history=HISTORY_MESSAGES,
        limit=SWEEP_TURNS,
    )
    return [claimed_turn(row) for row in rows]
