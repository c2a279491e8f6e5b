"""Whoever asked for a person is told honestly whether one is there, or when one will be, and how to be reached.

The sentences are written, not generated: a model would guess. They stand under the reply that called for the person,
or, where the visitor pressed the button, in a message of their own.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import structlog

from app.conversations.publishing import publish_message, touch
from app.conversations.routing import team_at
from app.conversations.store import claimed_turn
from app.conversations.types import ClaimedTurn
from app.errors import AppError
from app.prompting.variables import fill
from app.replies import store
from app.replies.guided.memory import META_KEY
from app.replies.language import language_of
from app.replies.summary import facts_summary
from app.replies.types import Reply
from app.replies.waiting_texts import waiting_texts
from app.replies.writer import ReplyWriter
from app.sites.hours import schedule_of
from app.sites.types import Site
from app.wiring import Wiring

SAID_WAITING = "say.person_waiting"
"""As the guided assistant's notes count it."""

log = structlog.get_logger(__name__)


async def tell_who_is_there(
    wiring: Wiring, turn: ClaimedTurn, site: Site, writer: ReplyWriter, reply: Reply
) -> Reply:
    """The reply as it is; where it calls for a person, or says that one was called, with what to expect under it."""
    if reply.effects.handoff is None and not _says_that_one_was_called(turn, reply):
        return reply
    try:
        team = await team_at(wiring, site)
    except AppError as error:
        # Rather the reply without it than none.
        log.warning("team_unknown", turn_id=turn.turn_id, code=error.code)
        return reply
    # The guided assistant asks for what is missing by itself, and so does a model that shows the consent text.
    given = reply.effects.contact
    reached = given is not None and bool(given.email or given.phone)
    asks = reply.source == "model" and META_KEY not in reply.effects.meta and not reached
    text = f"\n\n{_expectation(turn, site, team, asks=asks, first=turn.handler == 'assistant')}"
    writer.write(text)
    return replace(reply, text=reply.text + text)


async def answer_the_button(
    wiring: Wiring, site: Site, *, token_hash: str, team: dict[str, Any], summary: str | None = None
) -> None:
    """A message of its own, unless a seller was faster. `summary` is what the visitor wrote; else rules make one."""
    row = await store.visitor_turn(wiring.rpc, site=site.id, token_hash=token_hash)
    turn = claimed_turn(row)
    message = await store.post_notice(
        wiring.rpc,
        site=site.id,
        conversation=turn.conversation_id,
        text=_expectation(turn, site, team, asks=True, first=True),
    )
    if message is not None:
        publish_message(wiring.bus, site.id, message)
    if not summary:
        facts = (turn.lead or {}).get("facts", ())
        text = facts_summary(turn, site, facts)
        await store.note_summary(
            wiring.rpc, site=site.id, conversation=turn.conversation_id, text=text, by="facts"
        )
        touch(wiring.bus, site.id, turn.conversation_id)


def _expectation(turn: ClaimedTurn, site: Site, team: dict[str, Any], *, asks: bool, first: bool) -> str:
    texts = waiting_texts()[language_of(turn.history, turn.locale)]
    if team["online"]:
        return texts.online
    now = datetime.now(UTC)
    moment = team["reply_by"] if team["open"] else team["back_at"]
    if moment is None:
        told = texts.away
    elif team["open"] and not first:
        # Whoever waits already was told a time before, or none: counted from now, it would move with every question.
        told = texts.still
    else:
        when = texts.moments.say(datetime.fromisoformat(moment), now=now, zone=schedule_of(site).zone)
        told = fill(texts.open if team["open"] else texts.closed, {"when": when})
    return f"{told} {texts.contact}" if asks and _may_be_asked(turn) else told


def _says_that_one_was_called(turn: ClaimedTurn, reply: Reply) -> bool:
    """The guided assistant's first answer to whoever asks for a person while one was called, by a hot lead perhaps."""
    noted = [m.meta[META_KEY] for m in turn.history if isinstance(m.meta.get(META_KEY), dict)]
    before = noted[-1].get("used", {}) if noted else {}
    after = reply.effects.meta.get(META_KEY, {}).get("used", {})
    return SAID_WAITING in after and SAID_WAITING not in before


def _may_be_asked(turn: ClaimedTurn) -> bool:
    """Nobody can be reached yet, and the visitor did not refuse to be."""
    if turn.contact.email or turn.contact.phone:
        return False
    noted = [m.meta[META_KEY] for m in turn.history if isinstance(m.meta.get(META_KEY), dict)]
    return not (noted and noted[-1].get("stopped"))
