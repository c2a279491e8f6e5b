"""A reply by the model: history → redact → prompt → stream → guard → restore, with a bounded loop of tool rounds."""

from __future__ import annotations

import hashlib
import json
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from app.conversations.types import ClaimedTurn, TurnMessage
from app.leads.rubrics import rubric_of
from app.llm.port import (
    Completed,
    FailureKind,
    Item,
    ModelFailure,
    ModelRequest,
    Said,
    TextDelta,
    ToolCall,
    Usage,
)
from app.prompting.assistants import render
from app.prompting.types import Assistant, Consents
from app.replies.grounds import Grounds
from app.replies.guard import Guard, new_canary
from app.replies.lookup import Lookup, as_data
from app.replies.redact import Redactor
from app.replies.tools import Toolbox
from app.replies.types import Reply, ReplyFacts
from app.replies.writer import ReplyWriter
from app.sites.types import Site
from app.wiring import Wiring

MAX_ROUNDS = 4
MAX_REPLY_CHARS = 4000
CHARS_PER_TOKEN = 3
"""A low guess on purpose: an estimate must not come out under what is billed."""
NEVER_BEGUN: frozenset[FailureKind] = frozenset(
    {"unavailable", "rate_limited", "quota", "auth", "bad_request", "thread_lost", "thread_locked"}
)
"""Failures that cost nothing, if nothing was heard before: an outage must not use up the day's budget."""


class Generation:
    """One attempt at one turn. `usage` is right at any time, also after a failure."""

    def __init__(
        self,
        wiring: Wiring,
        assistant: Assistant,
        consents: Consents,
        *,
        turn: ClaimedTurn,
        site: Site,
        writer: ReplyWriter,
        lookup: Lookup,
    ) -> None:
        if wiring.model is None:
            raise RuntimeError("a generation needs a model")
        self._model = wiring.model
        self._settings = wiring.settings
        self._assistant = assistant
        self._turn = turn
        self._writer = writer
        self.model_name = assistant.model or str(wiring.settings.openai_model_name)
        self.usage = Usage()
        self._lookup = lookup
        self._grounds = Grounds.of_turn(turn, assistant.system_text)
        self._grounds.add(lookup.found)
        self._redactor = Redactor(region=site.region, known=(turn.contact.email, turn.contact.phone))
        # In their order and before all else: a thread keeps placeholders of earlier turns, which must mean the same.
        in_order = sorted(turn.history, key=lambda m: m.seq)
        self._redacted = {m.seq: self._redactor.redact(m.text) for m in in_order}
        self._tools = Toolbox(
            turn,
            self._redactor,
            assistant,
            consents,
            region=site.region,
            rubric=rubric_of(site),
            lookup=lookup,
            grounds=self._grounds,
            inert=self._inert,
        )
        self._canary = new_canary()
        self._instructions = self._render(site, self._canary)
        self._guard = self._new_guard()
        self._restorer = self._redactor.restorer()
        self._spoke = self._new_paragraph = False
        self._thread: str | None = None
        self._response_id: str | None = None

    async def run(self) -> Reply:
        """Raises ModelFailure or GuardTripped; what was written by then is in the writer."""
        new, everything = self._items()
        if self._settings.openai_threads == "openai":
            await self._run_in_thread(new, everything)
        else:
            await self._rounds(everything, thread=None)
        self._write(self._restorer.feed(self._guard.finish()))
        self._write(self._restorer.finish() + self._tools.appendix)
        if not self._writer.text.strip():
            raise ModelFailure("empty")
        return Reply(
            text=self._writer.text,
            source="model",
            effects=self._tools.effects(),
            facts=ReplyFacts(
                model=self.model_name,
                prompt_ref=self._assistant.ref,
                response_id=self._response_id,
                usage=self.usage,
                first_text_ms=self._writer.first_text_ms,
                thread=self._thread,
                forget_thread=self._turn.thread is not None and self._thread is None,
            ),
            noticed=self._tools.facts,
            calls=tuple(self._tools.trace),
        )

    async def _run_in_thread(self, new: tuple[Item, ...], everything: tuple[Item, ...]) -> None:
        """A conversation kept at OpenAI gets only what is new; one that is lost is rebuilt from the database, once."""
        # A second attempt means that a round broke off: what the conversation holds by now is anybody's guess.
        if self._turn.thread is not None and self._turn.attempt == 1:
            self._thread = self._turn.thread
            try:
                await self._rounds(new, thread=self._thread)
            except ModelFailure as failure:
                if failure.kind != "thread_lost" or self._writer.visible:
                    raise
            else:
                return
        asked = _trailing_questions(everything)
        self._thread = await self._model.open_thread(everything[: len(everything) - asked])
        await self._rounds(everything[len(everything) - asked :], thread=self._thread)

    async def _rounds(self, items: tuple[Item, ...], thread: str | None) -> None:
        for number in range(1, MAX_ROUNDS + 1):
            # In the last round there are no tools: the model has to say something now.
            tools = self._tools.specs() if number < MAX_ROUNDS else ()
            request = ModelRequest(
                model=self.model_name,
                instructions=self._instructions,
                items=items,
                tools=tools,
                max_output_tokens=self._assistant.max_output_tokens,
                thread=thread,
                request_id=f"{self._turn.turn_id}-{self._writer.attempt}-{number}",
                safety_identifier=hashlib.sha256(self._turn.contact.contact_id.encode()).hexdigest(),
                cache_key=self._assistant.ref,
                temperature=self._assistant.temperature,
                reasoning_effort=self._assistant.reasoning_effort,
            )
            calls, completed = await self._round(request)
            if not calls:
                return
            results = tuple([await self._tools.call(call) for call in calls])
            self._add(Usage(input_tokens=self._lookup.take_tokens()))
            items = results if thread else (*items, *completed.items, *results)
            if self._spent(items) > self._settings.budget_message_tokens:
                return
            self._new_paragraph = True

    async def _round(self, request: ModelRequest) -> tuple[list[ToolCall], Completed]:
        calls: list[ToolCall] = []
        heard = 0
        completed: Completed | None = None
        cost: Usage | None = None
        try:
            async with aclosing(self._model.stream(request)) as events:
                async for event in events:
                    if isinstance(event, TextDelta):
                        heard += len(event.text)
                        self._hear(event.text)
                        if self._guard.truncated:
                            # Leaving closes the connection, so that no more is billed than can be said.
                            self._thread = None
                            return [], Completed(None, Usage())
                    elif isinstance(event, ToolCall):
                        calls.append(event)
                    else:
                        completed = event
                        cost = _if_known(event.usage)
        except ModelFailure as failure:
            cost = _if_known(failure.usage)
            if cost is None and heard == 0 and failure.kind in NEVER_BEGUN:
                cost = Usage()
            raise
        finally:
            self._account(request, heard, cost)
        if completed is None:
            raise ModelFailure("cut", "no terminal event")
        self._response_id = completed.response_id
        return calls, completed

    def _account(self, request: ModelRequest, heard: int, cost: Usage | None) -> None:
        """A round that broke off was billed all the same: where the cost is not known, estimate it."""
        cost = cost or Usage(
            input_tokens=estimate(len(request.instructions) + size_of(request.items)),
            output_tokens=estimate(heard),
        )
        self._add(cost)

    def _add(self, cost: Usage) -> None:
        self.usage = Usage(
            input_tokens=self.usage.input_tokens + cost.input_tokens,
            output_tokens=self.usage.output_tokens + cost.output_tokens,
            cached_tokens=self.usage.cached_tokens + cost.cached_tokens,
        )
        self._writer.model, self._writer.usage = self.model_name, self.usage

    def _spent(self, items: tuple[Item, ...]) -> int:
        """What has been used, and the next round at its worst."""
        following = estimate(len(self._instructions) + size_of(items)) + self._assistant.max_output_tokens
        return self.usage.input_tokens + self.usage.output_tokens + following

    def _hear(self, text: str) -> None:
        """Text of another round is another paragraph; by way of the guard, which may still hold the end of the last."""
        if self._new_paragraph and self._spoke:
            text = f"\n\n{text.lstrip()}"
        self._new_paragraph = False
        self._spoke = self._spoke or not text.isspace()
        self._write(self._restorer.feed(self._guard.feed(text)))

    def _write(self, text: str) -> None:
        self._writer.write(text)

    def _new_guard(self) -> Guard:
        return Guard(
            canary=self._canary,
            system_text=self._assistant.own_words,
            max_chars=MAX_REPLY_CHARS,
            grounds=self._grounds,
        )

    def _inert(self, text: str) -> str:
        """Text of the model's that does not go by way of the stream. Raises GuardTripped."""
        guard = self._new_guard()
        return guard.feed(text) + guard.finish()

    def _items(self) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
        """What a thread does not hold yet, and the whole history as far as the message budget reaches."""
        history = [m for m in self._turn.history if m.text]
        room = self._settings.budget_message_tokens - self._assistant.max_output_tokens * 2
        room -= estimate(len(self._instructions))
        kept: list[TurnMessage] = []
        for message in reversed(history):
            room -= estimate(len(message.text)) + 8
            if room < 0 and kept:
                break
            kept.append(message)
        kept.reverse()
        new = tuple(self._said(m) for m in kept if self._is_new(m))
        return new, tuple(self._said(m) for m in kept)

    def _is_new(self, message: TurnMessage) -> bool:
        """The model's own replies are in the thread already; guided replies and sellers' messages are not."""
        return message.seq > self._turn.thread_seq and message.source != "model"

    def _said(self, message: TurnMessage) -> Said:
        return Said(
            role="user" if message.author == "visitor" else "assistant",
            text=self._redacted[message.seq],
        )

    def _render(self, site: Site, canary: str) -> str:
        turn = self._turn
        item = turn.item or {}
        page = turn.page or {}
        text = render(
            self._assistant,
            {
                "site_name": site.name,
                "today": datetime.now(UTC).date().isoformat(),
                "locale": self._lookup.locale,
                "contact_name": self._redactor.redact(turn.contact.name or ""),
                "item_title": self._redactor.redact(str(item.get("title", ""))),
                "page_title": self._redactor.redact(str(page.get("title", ""))),
            },
            canary=canary,
        )
        return f"{text}\n\n{self._data_block(item, page)}"

    def _consent(self) -> str:
        """Whether contact data may be used: what has just been answered counts before what is stored."""
        granted = self._tools.granted_now
        if granted is None and "contact" not in self._turn.contact.consents:
            return "not asked or not answered"
        return "refused" if granted is False else "given"

    def _data_block(self, item: dict[str, Any], page: dict[str, Any]) -> str:
        """What the server knows, as data: nothing in it is an instruction."""
        contact = self._turn.contact
        known = {
            "page": self._without_contacts(
                {"url": _address(str(page.get("url", ""))), "title": str(page.get("title", ""))}
            ),
            "item": self._without_contacts(item),
            "contact_known": [f for f in ("name", "email", "phone") if getattr(contact, f)],
            "contact_consent": self._consent(),
            "person_requested": self._turn.handler == "queue",
        }
        if self._lookup.found:
            known["knowledge"] = as_data(self._lookup.found)
        # A closing tag inside the data must not end it.
        return "<data>\n" + json.dumps(known, ensure_ascii=False).replace("</", "<\\/") + "\n</data>"

    def _without_contacts(self, value: Any) -> Any:
        """The JSON value with every text redacted: pages put visitors' own data into their titles and addresses."""
        if isinstance(value, str):
            return self._redactor.redact(value)
        if isinstance(value, dict):
            return {k: self._without_contacts(v) for k, v in value.items()}
        if isinstance(value, list):
            return [self._without_contacts(v) for v in value]
        return value


def _address(url: str) -> str:
    """Host and path, readable. What follows is for statistics, and is where sites put e-mail addresses, encoded."""
    parts = urlsplit(url)
    return f"{parts.hostname or ''}{unquote(parts.path)}"


def _trailing_questions(items: tuple[Item, ...]) -> int:
    """How many of the last items are the visitor's: what a new thread is asked, after the rest was put into it."""
    count = 0
    for item in reversed(items):
        if not (isinstance(item, Said) and item.role == "user"):
            break
        count += 1
    return count


def size_of(items: tuple[Item, ...]) -> int:
    """In characters."""
    return sum(
        len(getattr(i, "text", "") or getattr(i, "output", "") or getattr(i, "arguments", "")) for i in items
    )


def _if_known(usage: Usage) -> Usage | None:
    """Zeros mean that the server did not say."""
    return usage if usage.input_tokens else None


def estimate(characters: int) -> int:
    """In tokens."""
    return characters // CHARS_PER_TOKEN + 1
