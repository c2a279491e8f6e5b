"""A reply as it would be, with nothing stored and nobody told: for the playground, replays and evaluation cases.

The same composer, guard and tools as in a real turn. What tools would do is reported instead of done.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from app.conversations.types import ClaimedTurn, KnownContact, TurnMessage
from app.knowledge.documents import passages_of
from app.knowledge.matching import NO_WORDS, words_of
from app.knowledge.types import NOTHING_FOUND, Found, Item, Knowledge, Passage
from app.leads.reading import LeadCase, LeadReading, read_lead
from app.leads.rubrics import rubric_of
from app.leads.types import VisitorMessage
from app.llm.port import Model
from app.prompting.cases import CaseKnowledge
from app.prompting.types import Assistant, Consents, Locale, OnePrompt
from app.realtime.events import Event, ReplyDelta, ReplyRestarted
from app.realtime.memory_bus import MemoryBus
from app.replies.compose import Composer
from app.replies.lookup import as_data
from app.replies.types import SOURCES, Reply
from app.replies.writer import ReplyWriter
from app.sites.types import Site
from app.wiring import Wiring

Author = Literal["visitor", "assistant", "seller"]
OnText = Callable[[str | None], None]
"""Called with each piece of text; None: forget what came so far, it begins anew."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What is to be answered: a conversation that ends with the visitor, on a site."""

    site: Site
    locale: Locale
    messages: tuple[tuple[Author, str], ...]
    item: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The reply and all that an admin wants to know of it. Times in milliseconds, `cost` in US dollars."""

    text: str
    source: Literal["model", "guided"]
    prompt_ref: str
    model: str | None
    failure: str | None
    input_tokens: int
    output_tokens: int
    cost: float | None
    ms: int
    first_text_ms: int | None
    quick_replies: list[str]
    cards: list[dict[str, Any]]
    contact: dict[str, str]
    asks_for_consent: bool
    handoff: str | None
    tool_calls: list[dict[str, str]]
    knowledge: dict[str, Any]
    sources: list[dict[str, Any]]
    facts: list[dict[str, Any]]
    tier: str
    score: int

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(slots=True)
class _Overheard:
    """Knowledge that remembers what was found."""

    inner: Knowledge
    items: dict[str, Item] = field(default_factory=dict)
    passages: list[Passage] = field(default_factory=list)

    async def knows_anything(self, site_id: str) -> bool:
        return await self.inner.knows_anything(site_id)

    async def search(
        self,
        site_id: str,
        query: str,
        *,
        locale: str,
        item_id: str | None = None,
        limit: int = 5,
        meaning: str | None = None,
    ) -> Found:
        found = await self.inner.search(
            site_id, query, locale=locale, item_id=item_id, limit=limit, meaning=meaning
        )
        self.items |= {item.id: item for item in found.items}
        self.passages += [p for p in found.passages if p not in self.passages]
        return found


class CaseFacts:
    """The knowledge that an evaluation case brings along, searched by plain words."""

    def __init__(self, known: CaseKnowledge) -> None:
        self._items = [
            Item(i.id, i.title, i.price, i.currency, facts=tuple(i.facts), availability=i.availability)
            for i in known.items
        ]
        self._passages = [
            Passage(d.title, d.title, "", piece["heading"], piece["body"])
            for d in known.documents
            for piece in passages_of(d.body)
        ]

    async def knows_anything(self, _site_id: str) -> bool:
        return bool(self._items or self._passages)

    async def search(
        self,
        _site_id: str,
        query: str,
        *,
        locale: str,
        item_id: str | None = None,
        limit: int = 5,
        meaning: str | None = None,  # noqa: ARG002 - a case holds for every server, also for one without a model
    ) -> Found:
        words = words_of(query) - NO_WORDS
        items = [replace(i, named=tuple(sorted(words & words_of(i.title)))) for i in self._items]
        items = [i for i in items if i.named or i.id == item_id]
        passages = [
            replace(
                p,
                locale=locale,
                headed=tuple(sorted(words & words_of(p.heading or p.title))),
                matched=len(words & words_of(f"{p.heading} {p.body}")),
            )
            for p in self._passages
        ]
        passages = [p for p in passages if p.matched]
        items.sort(key=lambda i: (i.id != item_id, -len(i.named)))
        passages.sort(key=lambda p: (-len(p.headed), -p.matched))
        return Found(tuple(items[:limit]), tuple(passages[:limit]), tuple(sorted(words))) or NOTHING_FOUND


class _Quiet(MemoryBus):
    """Tells one listener, and nobody else."""

    def __init__(self, on_text: OnText | None) -> None:
        super().__init__()
        self._on_text = on_text

    def publish(self, _conversation_id: str, event: Event) -> None:
        if self._on_text is None:
            return
        if isinstance(event, ReplyDelta):
            self._on_text(event.text)
        elif isinstance(event, ReplyRestarted):
            self._on_text(None)


class Stage:
    """Where replies are rehearsed; holds what is the same for all."""

    def __init__(self, wiring: Wiring, knowledge: Knowledge, consents: Consents) -> None:
        # A thread at OpenAI would remember what never happened.
        settings = wiring.settings.model_copy(update={"openai_threads": "local"})
        self.wiring = replace(wiring, settings=settings)
        self.knowledge = knowledge
        self._consents = consents

    async def play(
        self,
        assistant: Assistant,
        scene: Scene,
        *,
        knowledge: Knowledge | None = None,
        on_text: OnText | None = None,
        model: Model | None = None,
    ) -> Rehearsal:
        """Answer the scene, by `model` instead of the stage's own. Without any the earlier replies are the guided
        assistant's own, not those given: it goes by its notes, which only its own replies have."""
        overheard = _Overheard(knowledge or self.knowledge)
        wiring = self.wiring if model is None else replace(self.wiring, model=model)
        composer = Composer(
            wiring, OnePrompt(assistant), overheard, self._consents, _next_attempt, paced=False
        )
        began = time.monotonic()
        turn = self._first_turn(scene)
        if wiring.model is None:
            turn = await self._played(composer, scene, turn)
            began = time.monotonic()
        writer = ReplyWriter(_Quiet(on_text), turn)
        reply = await composer.compose(turn, scene.site, writer)
        ms = round((time.monotonic() - began) * 1000)
        return _report(assistant, scene, turn, reply, heard=overheard, ms=ms)

    def _first_turn(self, scene: Scene) -> ClaimedTurn:
        history = tuple(
            TurnMessage(
                str(uuid.UUID(int=seq)), seq, author, text, {}, "model" if author == "assistant" else None
            )
            for seq, (author, text) in enumerate(scene.messages, 1)
        )
        answered = max((m.seq for m in history if m.author != "visitor"), default=0)
        return _turn(scene, history, answered)

    async def _played(self, composer: Composer, scene: Scene, turn: ClaimedTurn) -> ClaimedTurn:
        """The same turn after guided replies to everything before it."""
        history: list[TurnMessage] = []
        answered, called = 0, False
        for message in turn.history:
            if message.author == "visitor":
                history.append(message)
                continue
            if history and history[-1].author == "visitor":
                so_far = _turn(scene, tuple(history), answered, called=called)
                reply = await composer.compose(so_far, scene.site, ReplyWriter(_Quiet(None), so_far))
                said = replace(
                    message, text=reply.text, meta=reply.effects.meta, author="assistant", source="guided"
                )
                history.append(said)
                called = called or reply.effects.handoff is not None
                answered = said.seq
        return _turn(scene, tuple(history), answered, called=called)


def _turn(
    scene: Scene, history: tuple[TurnMessage, ...], answered: int, *, called: bool = False
) -> ClaimedTurn:
    """`called`: a person has been asked for already."""
    return ClaimedTurn(
        turn_id=str(uuid.uuid4()),
        site_id=scene.site.id,
        conversation_id=str(uuid.uuid4()),
        session_id="rehearsal",
        fence=1,
        attempt=1,
        owner_epoch=0,
        upto_seq=history[-1].seq if history else 0,
        answered_seq=answered,
        locale=scene.locale,
        handler="queue" if called else "assistant",
        contact=KnownContact(contact_id=str(uuid.uuid4())),
        history=history,
        item=scene.item,
    )


async def _next_attempt(turn: ClaimedTurn) -> int | None:
    return turn.attempt + 1


def _report(
    assistant: Assistant, scene: Scene, turn: ClaimedTurn, reply: Reply, *, heard: _Overheard, ms: int
) -> Rehearsal:
    effects, facts = reply.effects, reply.facts
    reading = _reading(scene, turn, reply)
    used = facts.usage
    contact = {k: v for k, v in asdict(effects.contact).items() if v} if effects.contact else {}
    return Rehearsal(
        text=reply.text,
        source=reply.source,
        prompt_ref=assistant.ref,
        model=facts.model,
        failure=facts.failure,
        input_tokens=used.input_tokens,
        output_tokens=used.output_tokens,
        cost=assistant.price.of(used.input_tokens, used.output_tokens) if assistant.price else None,
        ms=ms,
        first_text_ms=facts.first_text_ms,
        quick_replies=[q.label for q in effects.quick_replies],
        cards=list(effects.cards),
        contact=contact,
        asks_for_consent=effects.meta.get("guided", {}).get("asked") == "consent",
        handoff=effects.handoff.reason if effects.handoff else None,
        tool_calls=[
            {"name": call.name, "arguments": call.arguments, "output": result.output}
            for call, result in reply.calls
        ],
        knowledge=as_data(Found(tuple(heard.items.values()), tuple(heard.passages))),
        sources=effects.meta.get(SOURCES, []),
        facts=[{"criterion": f.criterion, "value": f.value, "quote": f.quote} for f in reading.holding],
        tier=reading.score.tier,
        score=reading.score.score,
    )


def _reading(scene: Scene, turn: ClaimedTurn, reply: Reply) -> LeadReading:
    """The lead as it would stand after the reply."""
    now = datetime.now(UTC)
    first = now - timedelta(seconds=20 * len(turn.history))
    messages: list[VisitorMessage] = []
    asked = ""
    for place, message in enumerate(sorted(turn.history, key=lambda m: m.seq)):
        if message.author != "visitor":
            asked = message.text
            continue
        at = first + timedelta(seconds=20 * place)
        messages.append(VisitorMessage(message.message_id, message.text, at, message.seq, asked))
    granted = [c.granted for c in reply.effects.consents if c.purpose == "contact"]
    contact = reply.effects.contact
    case = LeadCase(
        messages=tuple(messages),
        now=now,
        upto_seq=turn.upto_seq,
        email=bool(contact and contact.email),
        phone=bool(contact and contact.phone),
        consent=granted[-1] if granted else None,
        visitor_messages=len(messages),
    )
    site = scene.site
    return read_lead(case, rubric_of(site), region=site.region, noticed=reply.noticed)


def visitor_bursts(messages: tuple[tuple[Author, str], ...]) -> list[int]:
    """Where each turn of a conversation ends: the places after the last of the visitor's messages in a row."""
    return [
        place + 1
        for place, (author, _) in enumerate(messages)
        if author == "visitor" and (place + 1 == len(messages) or messages[place + 1][0] != "visitor")
    ]
