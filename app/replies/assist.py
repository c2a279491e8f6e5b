"""What a seller may ask a model for: a draft of the next message, a summary. Redacted and guarded as replies are.

Nothing here is ever sent to the visitor. Without a model there is no draft, and the summary is made by rules.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Annotated, Any, Literal, Protocol

import structlog
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from app.conversations.publishing import touch
from app.conversations.store import claimed_turn
from app.conversations.types import ClaimedTurn
from app.knowledge.types import Knowledge
from app.llm.port import Completed, ModelFailure, ModelRequest, Said, TextDelta, Usage
from app.prompt_files import parse_yaml, prompts_dir, read_prompt
from app.prompting.types import Locale
from app.prompting.variables import check_variables, fill
from app.replies import store
from app.replies.grounds import Grounds
from app.replies.guard import Guard, GuardTripped, new_canary
from app.replies.language import language_of
from app.replies.lookup import Lookup, as_data
from app.replies.redact import Redactor
from app.replies.summary import facts_summary, staff_locale
from app.sites.actions import SiteDirectory
from app.sites.types import Site
from app.staff.types import StaffAccess
from app.wiring import Wiring

PATIENCE_SECONDS = 20.0
MAX_OUTPUT_TOKENS = 400
MAX_CHARS = 1500
CHARS_PER_TOKEN = 3

Purpose = Literal["suggestion", "summary"]
NoDraft = Literal["no_model", "budget", "model_failed", "nothing_to_answer"]

log = structlog.get_logger(__name__)


class Services(Protocol):
    @property
    def wiring(self) -> Wiring: ...

    @property
    def sites(self) -> SiteDirectory: ...

    @property
    def knowledge(self) -> Knowledge: ...


@dataclass(frozen=True, slots=True)
class Draft:
    """`text` None: `reason` says why there is none."""

    text: str | None
    reason: NoDraft | None = None


def _knows_its_variables(text: str) -> str:
    check_variables(text, ("site_name", "language", "marker"))
    return text


_Instructions = Annotated[str, Field(min_length=100), AfterValidator(_knows_its_variables)]


class _Prompts(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    language: dict[Locale, str]
    summary: _Instructions
    suggestion: _Instructions


async def suggest(services: Services, me: StaffAccess, conversation: str) -> Draft:
    """A draft of the seller's next message. Raises NotFound and Forbidden as every look at a conversation does."""
    site = await services.sites.site(me.site_id)
    if services.wiring.model is None:
        # Asked all the same: whether they may see it is not the model's affair.
        await _turn(services.wiring, me, conversation, "suggestion")
        return Draft(None, "no_model")
    work = await _turn(services.wiring, me, conversation, "suggestion")
    if not any(m.author == "visitor" for m in work.turn.history):
        await work.give_back()
        return Draft(None, "nothing_to_answer")
    return await work.write(site, services.knowledge, language_of(work.turn.history, work.turn.locale))


async def summarise(services: Services, me: StaffAccess, conversation: str) -> dict[str, Any]:
    """Make the summary anew and keep it, over whatever is there: {text, by}; `by` is model or facts."""
    site = await services.sites.site(me.site_id)
    work = await _turn(services.wiring, me, conversation, "summary")
    draft = Draft(None, "no_model")
    if services.wiring.model is not None:
        draft = await work.write(site, services.knowledge, staff_locale(site))
    by: Literal["model", "facts"] = "model" if draft.text else "facts"
    text = draft.text or facts_summary(work.turn, site, (work.turn.lead or {}).get("facts", ()))
    await store.note_summary(
        services.wiring.rpc, site=me.site_id, conversation=conversation, text=text, by=by, always=True
    )
    touch(services.wiring.bus, me.site_id, conversation)
    return {"text": text, "by": by}


async def _turn(wiring: Wiring, me: StaffAccess, conversation: str, purpose: Purpose) -> _Work:
    reserve = wiring.settings.budget_message_tokens if wiring.model is not None else 0
    row = await store.assist_turn(
        wiring.rpc,
        me,
        conversation=conversation,
        purpose=purpose,
        reserve=reserve,
        budget=wiring.settings.budget_site_day_tokens,
    )
    return _Work(wiring, claimed_turn(row["turn"]), purpose, reserve, row["reservation"], spent=row["spent"])


@dataclass(slots=True)
class _Work:
    """One piece of writing, and the tokens that are reserved for it."""

    wiring: Wiring
    turn: ClaimedTurn
    purpose: Purpose
    reserved: int
    reservation: str | None
    spent: bool
    usage: Usage = field(default_factory=Usage)

    async def write(self, site: Site, knowledge: Knowledge, locale: Locale) -> Draft:
        if self.spent:
            return Draft(None, "budget")
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return Draft(await self._ask(site, knowledge, locale))
        except (ModelFailure, GuardTripped, TimeoutError) as failure:
            kind = getattr(failure, "kind", None) or getattr(failure, "reason", "timeout")
            log.warning("assist_failed", purpose=self.purpose, kind=kind)
            return Draft(None, "model_failed")
        finally:
            await asyncio.shield(self.give_back())

    async def give_back(self) -> None:
        if self.reservation is not None:
            used = self.usage.input_tokens + self.usage.output_tokens
            await store.settle_work(
                self.wiring.rpc,
                site=self.turn.site_id,
                reservation=self.reservation,
                purpose=self.purpose,
                used=used,
            )

    async def _ask(self, site: Site, knowledge: Knowledge, locale: Locale) -> str:
        lookup = Lookup(knowledge, self.turn, locale)
        redactor = Redactor(region=site.region, known=(self.turn.contact.email, self.turn.contact.phone))
        in_order = sorted((m for m in self.turn.history if m.text), key=lambda m: m.seq)
        items = tuple(
            Said("user" if m.author == "visitor" else "assistant", redactor.redact(m.text)) for m in in_order
        )
        question = redactor.redact(" ".join(lookup.asked)) if self.purpose == "suggestion" else None
        await lookup.look(meaning=question)
        searched = lookup.take_tokens()
        canary, system_text = new_canary(), getattr(_prompts(), self.purpose)
        instructions = fill(
            system_text,
            {"site_name": site.name, "language": _prompts().language[locale], "marker": canary},
        )
        grounds = Grounds.of_turn(self.turn, system_text)
        grounds.add(lookup.found)
        guard = Guard(canary=canary, system_text=system_text, max_chars=MAX_CHARS, grounds=grounds)
        data = json.dumps({"item": self.turn.item, **as_data(lookup.found)}, ensure_ascii=False)
        # A closing tag inside the data must not end it.
        inside = redactor.redact(data).replace("</", "<\\/")
        request = ModelRequest(
            model=str(self.wiring.settings.openai_model_name),
            instructions=f"{instructions}\n<data>\n{inside}\n</data>",
            items=self._fitting(items),
            max_output_tokens=MAX_OUTPUT_TOKENS,
            request_id=f"{self.turn.turn_id}-{self.purpose}",
            safety_identifier=hashlib.sha256(self.turn.contact.contact_id.encode()).hexdigest(),
        )
        try:
            text = await self._stream(request, guard)
        finally:
            self.usage = replace(self.usage, input_tokens=self.usage.input_tokens + searched)
        return redactor.restore(text).strip()

    def _fitting(self, items: tuple[Said, ...]) -> tuple[Said, ...]:
        """The newest of them, as far as the message's budget reaches."""
        room = (self.reserved - 2 * MAX_OUTPUT_TOKENS) * CHARS_PER_TOKEN // 2
        kept: list[Said] = []
        for item in reversed(items):
            room -= len(item.text)
            if room < 0 and kept:
                break
            kept.append(item)
        return tuple(reversed(kept))

    async def _stream(self, request: ModelRequest, guard: Guard) -> str:
        assert self.wiring.model is not None
        parts: list[str] = []
        heard = 0
        completed: Completed | None = None
        size = len(request.instructions) + sum(len(i.text) for i in request.items if isinstance(i, Said))
        self.usage = Usage(input_tokens=size // CHARS_PER_TOKEN + 1)
        try:
            async with aclosing(self.wiring.model.stream(request)) as events:
                async for event in events:
                    if isinstance(event, TextDelta):
                        heard += len(event.text)
                        parts.append(guard.feed(event.text))
                        if guard.truncated:
                            return "".join(parts)
                    elif isinstance(event, Completed):
                        completed = event
        finally:
            known = completed.usage if completed and completed.usage.input_tokens else None
            self.usage = known or Usage(self.usage.input_tokens, heard // CHARS_PER_TOKEN + 1)
        return "".join([*parts, guard.finish()])


@cache
def _prompts() -> _Prompts:
    """Raises ConfigurationError with file and line."""
    path = prompts_dir() / "handoff" / "assist.yaml"
    return parse_yaml(read_prompt(path), _Prompts, path=path)
