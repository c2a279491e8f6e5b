"""Trying an assistant out before visitors meet it: beside the live one, over a real conversation, against the cases."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

import structlog
from pydantic import ValidationError

from app.errors import Invalid
from app.llm.port import Model
from app.prompting import store
from app.prompting.actions import checked as checked_prompt
from app.prompting.actions import normalized
from app.prompting.cases import MAX_FACTS, MAX_TEXT, CaseBody, CaseItem, CaseMessage, Expect
from app.prompting.directory import PromptDirectory
from app.prompting.types import Assistant
from app.replies.evaluating import EvalRuns, version_of
from app.replies.masking import Mask
from app.replies.rehearsal import OnText, Scene, Stage, visitor_bursts
from app.replies.spending import BudgetSpent, allowance
from app.sites.actions import SiteDirectory
from app.staff.types import StaffAccess
from app.wiring import Wiring

log = structlog.get_logger(__name__)

MAX_REPLAYED = 30
"""Turns of a conversation that are replayed, the newest."""

MAX_CASE_MESSAGES = 100

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Side:
    """One of those compared: a stored version by its number, or a text that is not saved yet."""

    name: str
    assistant: Assistant


class TuningDesk:
    """Where an admin tries out; `runs` are those of evaluation cases in this process."""

    def __init__(self, wiring: Wiring, sites: SiteDirectory, prompts: PromptDirectory, stage: Stage) -> None:
        self._wiring = wiring
        self._rpc = wiring.rpc
        self._sites = sites
        self.prompts = prompts
        self.stage = stage
        self.runs = EvalRuns(stage, sites, prompts)

    async def close(self) -> None:
        await self.runs.close()

    async def side(self, me: StaffAccess, *, number: int | None, content: str | None) -> Side:
        """Raises BadPrompt, NotFound `prompt.not_found`."""
        if content is not None:
            name = self.prompts.shipped.name
            return Side("draft", checked_prompt(normalized(content), name, f"{name}@draft"))
        if number is None:
            number = (await store.call(self._rpc, "list_prompts", me))["live"]
        return Side(f"v{number}", await version_of(self.prompts, me.site_id, number))

    async def play(self, sides: list[Side], scene: Scene) -> AsyncGenerator[Row, None]:
        """Every side's reply as it is written: {event: delta | restarted | done | failed, side, …}. Raises BudgetSpent
        before the first."""
        heard: asyncio.Queue[Row | None] = asyncio.Queue()

        async def one(place: int, side: Side, model: Model | None) -> None:
            def on_text(text: str | None) -> None:
                what = {"event": "restarted"} if text is None else {"event": "delta", "text": text}
                heard.put_nowait({**what, "side": place})

            heard.put_nowait(await self._answer(place, side, scene, model, on_text))

        async def everybody(models: list[Model | None]) -> None:
            await asyncio.gather(
                *(one(n, side, model) for n, (side, model) in enumerate(zip(sides, models, strict=True)))
            )
            heard.put_nowait(None)

        async with AsyncExitStack() as spending:
            taken = [allowance(self._wiring, scene.site.id, "playground") for _ in sides]
            playing = asyncio.ensure_future(
                everybody([await spending.enter_async_context(one) for one in taken])
            )
            try:
                while (event := await heard.get()) is not None:
                    yield event
            finally:
                playing.cancel()
                await asyncio.gather(playing, return_exceptions=True)

    async def _answer(
        self, place: int, side: Side, scene: Scene, model: Model | None, on_text: OnText | None = None
    ) -> Row:
        """{event: done, …}, or {event: failed, code}: a fault of one side must not take the others with it."""
        try:
            given = await self.stage.play(side.assistant, scene, on_text=on_text, model=model)
        except Exception as error:
            # Nor may it end the stream in silence.
            log.exception("rehearsal_crashed", error=type(error).__name__)
            return {"event": "failed", "side": place, "name": side.name, "code": "internal"}
        return {"event": "done", "side": place, "name": side.name, **given.as_json()}

    async def masked(self, me: StaffAccess, conversation: str) -> tuple[Row, list[tuple[str, str]]]:
        """The newest 200 messages of a conversation with nobody's data in them, and {locale, item, seqs, before} of it;
        `before` are the visitor's turns that ended before those messages. Raises NotFound."""
        row = await store.call(self._rpc, "conversation_for_replay", me, conversation=conversation)
        site = await self._sites.site(me.site_id)
        mask = Mask(region=site.region, known=(row["name"], row["email"], row["phone"]))
        told = mask.conversation((m["author"], m["text"]) for m in row["messages"])
        seqs = [m["seq"] for m in row["messages"]]
        about = {"locale": row["locale"], "item": row["item"], "seqs": seqs, "before": row["turns_before"]}
        return about, told

    async def replay(
        self, me: StaffAccess, conversation: str, sides: list[Side]
    ) -> AsyncGenerator[Row, None]:
        """Turn by turn: {event: turn, turn, asked, original, original_by, original_seq}, then of each side a `reply`,
        or `failed` with a code; after that of a budget nothing more comes. `original` is what was said then, null where
        nobody answered. Raises BudgetSpent before the first event."""
        async with allowance(self._wiring, me.site_id, "replay"):
            about, told = await self.masked(me, conversation)
        messages: Any = tuple(told)
        ends = visitor_bursts(messages)
        skipped = len(ends[:-MAX_REPLAYED])
        yield {"event": "begin", "turns": len(ends) - skipped, "skipped": about["before"] + skipped}
        for turn, end in enumerate(ends[skipped:], 1):
            scene = await self.scene(me.site_id, about["locale"], messages[:end], about["item"])
            yield {"event": "turn", "turn": turn, **_then(messages, about["seqs"], end)}
            for place, side in enumerate(sides):
                try:
                    async with allowance(self._wiring, me.site_id, "replay") as model:
                        given = await self._answer(place, side, scene, model)
                except BudgetSpent as spent:
                    yield {
                        "event": "failed",
                        "turn": turn,
                        "side": place,
                        "name": side.name,
                        "code": spent.code,
                    }
                    return
                yield {**given, "event": "reply" if given["event"] == "done" else "failed", "turn": turn}

    async def case_of(
        self,
        me: StaffAccess,
        conversation: str,
        upto: int | None,
        *,
        name: str,
        blocking: bool,
        tags: list[str],
        expect: Expect,
    ) -> CaseBody:
        """A case made of a conversation up to (and with) the visitor's turn of that number, counted from its beginning;
        None: all. With nobody's data in it. Raises NotFound, Invalid `eval.no_such_turn`."""
        about, told = await self.masked(me, conversation)
        messages: Any = tuple(told)
        ends = visitor_bursts(messages)
        before = about["before"]
        place = len(ends) if upto is None else upto - before
        if not 1 <= place <= len(ends):
            known = f"turns {before + 1} to {before + len(ends)}" if ends else "no turn"
            raise Invalid(f"a case can be made of {known} of the visitor's", code="eval.no_such_turn")
        return CaseBody(
            name=name,
            locale=about["locale"],
            blocking=blocking,
            tags=tags,
            messages=[
                # A stand-in may be longer than what it stands for.
                CaseMessage(author=author, text=text[:MAX_TEXT])
                for author, text in messages[: ends[place - 1]][-MAX_CASE_MESSAGES:]
            ],
            item=_case_item(about["item"]) if about["item"] else None,
            expect=expect,
        )

    async def scene(self, site_id: str, locale: str, messages: Any, item: Row | None) -> Scene:
        site = await self._sites.site(site_id)
        spoken: Any = locale if locale in {"es", "en", "pt"} else "es"
        return Scene(site, spoken, tuple(messages), item)


def _case_item(item: Row) -> CaseItem:
    """Of a page's item, what a case can hold: pages say stranger things than catalogues do."""
    named = {"id": "item", "title": "?"}
    kept = {key: item[key] for key in ("id", "title", "price", "currency") if item.get(key) is not None}
    kept["facts"] = [fact for fact in item.get("facts", []) if fact.strip()][:MAX_FACTS]
    try:
        return CaseItem.model_validate(named | kept)
    except ValidationError as error:
        wrong = {problem["loc"][0] for problem in error.errors()}
        return CaseItem.model_validate(named | {key: kept[key] for key in kept.keys() - wrong})


def _then(messages: tuple[tuple[str, str], ...], seqs: list[int], end: int) -> Row:
    """The visitor's messages in a row that end there, and what was answered to them."""
    asked = [text for _, text in takewhile(lambda m: m[0] == "visitor", reversed(messages[:end]))]
    answers = list(takewhile(lambda m: m[0] != "visitor", messages[end:]))
    return {
        "asked": "\n".join(reversed(asked)),
        "original": "\n".join(text for _, text in answers) or None,
        "original_by": answers[0][0] if answers else None,
        "original_seq": seqs[end] if answers else None,
    }
