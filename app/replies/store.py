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
WORK_LEASE_SECONDS = 60
"""Of tokens that are reserved for a piece of work: what a killed process had goes back after that."""
SWEEP_WORK = 100


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
    """{turn, reservation, spent}: what a turn would know, and the tokens that are reserved, as in `reserve_work`."""
    row: dict[str, Any] = await rpc.call(
        "assist_turn",
        site=me.site_id,
        staff=me.staff_id,
        conversation=conversation,
        purpose=purpose,
        history=HISTORY_MESSAGES,
        reserve=reserve,
        budget=budget,
        lease_seconds=WORK_LEASE_SECONDS,
    )
    return row


async def reserve_work(rpc: Rpc, *, site: str, tokens: int, budget: int) -> str | None:
    """What to settle afterwards, under a lease of WORK_LEASE_SECONDS; None: the day is spent. `budget` 0: there is
    none."""
    row = await rpc.call(
        "reserve_work", site=site, tokens=tokens, budget=budget, lease_seconds=WORK_LEASE_SECONDS
    )
    reservation: str | None = row["reservation"]
    return reservation


async def renew_work(rpc: Rpc, *, site: str, reservation: str) -> None:
    await rpc.call("renew_work", site=site, reservation=reservation, lease_seconds=WORK_LEASE_SECONDS)


async def settle_work(rpc: Rpc, *, site: str, reservation: str, purpose: str, used: int) -> None:
    """What a piece of work took. `purpose` is playground, replay, evaluation, suggestion or summary."""
    await rpc.call("settle_work", site=site, reservation=reservation, purpose=purpose, used=used)


async def give_back_work(rpc: Rpc) -> int:
    """Give back what work that never ended had reserved, of all sites: at most SWEEP_WORK pieces; how many."""
    row = await rpc.call("give_back_work", limit=SWEEP_WORK)
    return int(row["given_back"])


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
