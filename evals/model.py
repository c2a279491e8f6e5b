"""The model's path: every turn answered by the model that the settings name, with the product's own prompt and tools.

The conversation goes on with the lines of the corpus, whatever the model says; what counts is what it saves and notes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn

from app.conversations.types import ClaimedTurn, ContactPatch, KnownContact, TurnMessage
from app.errors import ConfigurationError
from app.knowledge.types import NOTHING_FOUND, Found
from app.leads.types import Rubric, VisitorMessage
from app.llm.build import build_model
from app.llm.port import Usage
from app.prompting.assistants import load_assistant
from app.prompting.consents import load_consents
from app.prompting.types import Assistant, OnePrompt
from app.realtime.bus import MemoryBus
from app.replies.compose import Composer
from app.replies.writer import ReplyWriter
from app.settings import Settings
from app.sites.types import Site
from app.wiring import Wiring
from evals.corpus import Case
from evals.guided import Lead, visitor_messages
from evals.outcome import Outcome

AT_ONCE = 6
"""Conversations: more would only meet the provider's limits."""


@dataclass(slots=True)
class Effort:
    """What asking cost. `answered`: turns that the model answered; the guided assistant took the others."""

    turns: int = 0
    answered: int = 0
    usage: Usage = field(default_factory=Usage)


class NoDatabase:
    """Nothing of an evaluation is stored."""

    async def call(self, function: str, /, **_args: object) -> NoReturn:
        raise RuntimeError(f"an evaluation has no database to call {function} in")

    async def close(self) -> None:
        """There is nothing to close."""


class NoKnowledge:
    """The sites of the corpus have neither catalogue nor documents."""

    async def search(self, *_what: Any, **_how: Any) -> Found:
        return NOTHING_FOUND

    async def knows_anything(self, _site_id: str) -> bool:
        return False


async def replay_all(
    cases: Iterable[Case], rubric: Rubric, settings: Settings
) -> tuple[list[Outcome], Effort]:
    """Each conversation's lead at its end, in their order. Raises ConfigurationError: no model answered."""
    # A conversation kept at OpenAI for each of hundreds of turns would only be litter there.
    settings = settings.model_copy(update={"openai_threads": "local"})
    wiring = Wiring(
        settings=settings, rpc=NoDatabase(), bus=MemoryBus(), model=build_model(settings), worker="evals"
    )
    assistant = load_assistant(settings.openai_assistant_id)
    effort = Effort()
    free = asyncio.Semaphore(AT_ONCE)

    async def one(case: Case) -> Outcome:
        async with free:
            return await _replay(case, rubric, wiring, assistant, effort)

    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one(case)) for case in cases]
    finally:
        await wiring.close()
    if not effort.answered:
        raise ConfigurationError(
            f"the model answered none of {effort.turns} turns; `talia doctor` may say why"
        )
    return [task.result() for task in tasks], effort


async def _replay(
    case: Case, rubric: Rubric, wiring: Wiring, assistant: Assistant, effort: Effort
) -> Outcome:
    composer = Composer(
        wiring, OnePrompt(_on_its_day(assistant, case)), NoKnowledge(), load_consents(), _next_attempt
    )
    site = _site(case)
    lead = Lead(case, rubric)
    contact = KnownContact(contact_id=case.id)
    for news in _turns(case):
        turn = _turn(case, news, contact)
        reply = await composer.compose(turn, site, ReplyWriter(wiring.bus, turn))
        by_model = reply.source == "model"
        lead.read(news, reply.noticed, reply.effects.contact if by_model else None)
        contact = _known(contact, reply.effects.contact)
        effort.turns += 1
        effort.answered += by_model
        effort.usage = _sum(effort.usage, reply.facts.usage)
    return lead.outcome()


def _turns(case: Case) -> Iterator[list[VisitorMessage]]:
    """The visitor's messages that one turn answers: those between two lines of the assistant's."""
    news: list[VisitorMessage] = []
    for message in visitor_messages(case):
        if news and message.asked_at != news[-1].asked_at:
            yield news
            news = []
        news.append(message)
    yield news


def _turn(case: Case, news: list[VisitorMessage], contact: KnownContact) -> ClaimedTurn:
    last = news[-1].seq
    return ClaimedTurn(
        turn_id=f"{case.id}-{last}",
        site_id="evals",
        conversation_id=case.id,
        session_id=case.id,
        fence=1,
        attempt=1,
        owner_epoch=0,
        upto_seq=last,
        answered_seq=news[0].seq - 1,
        locale=case.locale,
        handler="assistant",
        contact=contact,
        history=tuple(
            TurnMessage(message_id=f"m{seq}", seq=seq, author=line.author, text=line.text)
            for seq, line in enumerate(case.turns[:last], start=1)
        ),
    )


def _known(contact: KnownContact, patch: ContactPatch | None) -> KnownContact:
    if patch is None:
        return contact
    return replace(
        contact,
        name=patch.name or contact.name,
        email=patch.email or contact.email,
        phone=patch.phone or contact.phone,
    )


def _on_its_day(assistant: Assistant, case: Case) -> Assistant:
    """The prompt as it read on the day of the conversation: "this month" is that one's."""
    today = case.at.date().isoformat()
    return replace(assistant, system_text=assistant.system_text.replace("{{today}}", today))


def _site(case: Case) -> Site:
    return Site(
        id="evals",
        slug="evals",
        public_key="pk_evals",
        name=case.trade.title(),
        allowed_origins=frozenset(),
        locale=case.language,
        region=case.region,
        time_zone="UTC",
        settings={},
    )


async def _next_attempt(turn: ClaimedTurn) -> int:
    return turn.attempt + 1


def _sum(one: Usage, other: Usage) -> Usage:
    return Usage(
        one.input_tokens + other.input_tokens,
        one.output_tokens + other.output_tokens,
        one.cached_tokens + other.cached_tokens,
    )
