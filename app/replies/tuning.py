"""Trying an assistant out before visitors meet it: beside the live one, over a real conversation, against the cases."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

import structlog

from app.errors import AppError, ConfigurationError, FieldError, Invalid, NotFound
from app.prompting import store
from app.prompting.actions import checked as checked_prompt
from app.prompting.actions import normalized
from app.prompting.cases import CaseBody
from app.prompting.directory import PromptDirectory
from app.prompting.types import Assistant
from app.replies.checks import Check, all_passed, checked, judged
from app.replies.masking import Mask
from app.replies.rehearsal import CaseFacts, OnText, Rehearsal, Scene, Stage, visitor_bursts
from app.sites.actions import SiteDirectory
from app.sites.types import Site
from app.staff.types import StaffAccess
from app.wiring import Wiring

log = structlog.get_logger(__name__)

AT_ONCE = 2
"""Rehearsals of one run at a time: visitors' turns come first."""
MAX_REPLAYED = 30
"""Turns of a conversation that are replayed, the newest."""
MAX_PLAYS = 3000
"""Cases times versions times repeats of one run."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Side:
    """One of those compared: a stored version by its number, or a text that is not saved yet."""

    name: str
    assistant: Assistant


@dataclass(frozen=True, slots=True)
class _Play:
    case: Row
    number: int
    repeat: int


class TuningDesk:
    """Rehearsals, and the runs of evaluation cases of this process."""

    def __init__(self, wiring: Wiring, sites: SiteDirectory, prompts: PromptDirectory, stage: Stage) -> None:
        self._wiring = wiring
        self._rpc = wiring.rpc
        self._sites = sites
        self.prompts = prompts
        self.stage = stage
        self._runs: set[asyncio.Task[None]] = set()

    async def close(self) -> None:
        """Runs that are under way end as interrupted."""
        for task in tuple(self._runs):
            task.cancel()
        await asyncio.gather(*self._runs, return_exceptions=True)

    async def side(self, me: StaffAccess, *, number: int | None, content: str | None) -> Side:
        """Raises BadPrompt, NotFound `prompt.not_found`."""
        if content is not None:
            name = self.prompts.shipped.name
            return Side("draft", checked_prompt(normalized(content), name, f"{name}@draft"))
        if number is None:
            number = (await store.call(self._rpc, "list_prompts", me))["live"]
        return Side(f"v{number}", await self._version(me.site_id, number))

    async def play(self, sides: list[Side], scene: Scene) -> AsyncGenerator[Row, None]:
        """Every side's reply as it is written: {event: delta | restarted | done | failed, side, …}."""
        heard: asyncio.Queue[Row | None] = asyncio.Queue()

        async def one(place: int, side: Side) -> None:
            def on_text(text: str | None) -> None:
                what = {"event": "restarted"} if text is None else {"event": "delta", "text": text}
                heard.put_nowait({**what, "side": place})

            heard.put_nowait(await self._answer(place, side, scene, on_text))

        async def everybody() -> None:
            await asyncio.gather(*(one(place, side) for place, side in enumerate(sides)))
            heard.put_nowait(None)

        playing = asyncio.ensure_future(everybody())
        try:
            while (event := await heard.get()) is not None:
                yield event
        finally:
            playing.cancel()
            await asyncio.gather(playing, return_exceptions=True)

    async def _answer(self, place: int, side: Side, scene: Scene, on_text: OnText | None = None) -> Row:
        """{event: done, …}, or {event: failed}: a fault of one side must not take the others with it."""
        try:
            given = await self.stage.play(side.assistant, scene, on_text=on_text)
        except Exception as error:
            # Nor may it end the stream in silence.
            log.exception("rehearsal_crashed", error=type(error).__name__)
            return {"event": "failed", "side": place, "name": side.name}
        return {"event": "done", "side": place, "name": side.name, **given.as_json()}

    async def masked(self, me: StaffAccess, conversation: str) -> tuple[Row, list[tuple[str, str]]]:
        """A conversation with nobody's data in it, and {locale, item, seqs} of it. Raises NotFound."""
        row = await store.call(self._rpc, "conversation_for_replay", me, conversation=conversation)
        site = await self._sites.site(me.site_id)
        mask = Mask(region=site.region, known=(row["name"], row["email"], row["phone"]))
        told = mask.conversation((m["author"], m["text"]) for m in row["messages"])
        seqs = [m["seq"] for m in row["messages"]]
        return {"locale": row["locale"], "item": row["item"], "seqs": seqs}, told

    async def replay(
        self, me: StaffAccess, conversation: str, sides: list[Side]
    ) -> AsyncGenerator[Row, None]:
        """Turn by turn: {event: turn, turn, asked, original, original_by, original_seq}, then of each side a `reply`,
        or `failed`. `original` is what was said then, null where nobody answered."""
        about, told = await self.masked(me, conversation)
        messages: Any = tuple(told)
        ends = visitor_bursts(messages)
        skipped = len(ends[:-MAX_REPLAYED])
        yield {"event": "begin", "turns": len(ends) - skipped, "skipped": skipped}
        for turn, end in enumerate(ends[skipped:], 1):
            scene = await self.scene(me.site_id, about["locale"], messages[:end], about["item"])
            yield {"event": "turn", "turn": turn, **_then(messages, about["seqs"], end)}
            for place, side in enumerate(sides):
                given = await self._answer(place, side, scene)
                yield {**given, "event": "reply" if given["event"] == "done" else "failed", "turn": turn}

    async def scene(self, site_id: str, locale: str, messages: Any, item: Row | None) -> Scene:
        site = await self._sites.site(site_id)
        spoken: Any = locale if locale in {"es", "en", "pt"} else "es"
        return Scene(site, spoken, tuple(messages), item)

    async def start_run(
        self, me: StaffAccess, numbers: list[int], repeats: int, cases: list[str] | None
    ) -> Row:
        """Begin a run in the background. Raises NotFound, Invalid `eval.no_cases`, Conflict `eval.busy`."""
        known: list[Row] = await store.call(self._rpc, "list_eval_cases", me)
        chosen = [case for case in known if cases is None or case["id"] in cases]
        if cases is not None and len(chosen) < len(set(cases)):
            raise NotFound(code="eval.case_not_found")
        if not chosen:
            raise Invalid("there are no cases to run", code="eval.no_cases")
        plays = [_Play(c, n, r) for c in chosen for n in numbers for r in range(1, repeats + 1)]
        if len(plays) > MAX_PLAYS:
            field = FieldError("repeats", "too_many", f"at most {MAX_PLAYS} replies in one run")
            raise Invalid(field.message, code="eval.too_many", fields=(field,))
        sides = {n: await self._version(me.site_id, n) for n in numbers}
        site = await self._sites.site(me.site_id)
        run: Row = await store.call(
            self._rpc, "begin_eval_run", me, numbers=numbers, repeats=repeats, total=len(plays)
        )
        task = asyncio.get_running_loop().create_task(self._run(site, run["id"], sides, plays))
        self._runs.add(task)
        task.add_done_callback(self._runs.discard)
        return run

    async def _run(self, site: Site, run: str, sides: dict[int, Assistant], plays: list[_Play]) -> None:
        """The edge of a run's task: nothing escapes unlogged."""
        left = iter(plays)
        stopped = False

        async def some() -> None:
            nonlocal stopped
            for play in left:
                if stopped or not await self._judge(site, run, sides[play.number], play):
                    stopped = True
                    return

        try:
            await asyncio.gather(*(some() for _ in range(AT_ONCE)))
            await self._finish(site, run, "done")
        except asyncio.CancelledError:
            await asyncio.shield(self._finish(site, run, "failed", "the server stopped"))
            raise
        except Exception as error:
            # A run that broke must say so to whoever waits for it.
            log.exception("eval_run_crashed", run=run, error=type(error).__name__)
            await self._finish(site, run, "failed", "an error of the server; its log has it")

    async def _finish(self, site: Site, run: str, state: str, error: str | None = None) -> None:
        try:
            await self._rpc.call("finish_eval_run", site=site.id, run=run, state=state, error=error)
        except AppError as problem:
            log.warning("eval_run_not_finished", run=run, code=problem.code)

    async def _judge(self, site: Site, run: str, assistant: Assistant, play: _Play) -> bool:
        """Whether to go on."""
        row = play.case
        case = CaseBody.model_validate({k: v for k, v in row.items() if k not in _STORED})
        given, checks = await evaluate(self.stage, assistant, site, case)
        outcome = {"checks": checks, **_kept(given)}
        done = await self._rpc.call(
            "store_eval_result",
            site=site.id,
            run=run,
            case=row["id"],
            revision=row["revision"],
            number=play.number,
            repeat=play.repeat,
            passed=all_passed(checks),
            outcome=outcome,
        )
        return bool(done["go_on"])

    async def _version(self, site_id: str, number: int) -> Assistant:
        try:
            return await self.prompts.version(site_id, number)
        except ConfigurationError as error:
            raise Invalid(
                f"version {number} cannot be read by this server: {error}", code="prompt.invalid"
            ) from error


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


async def evaluate(
    stage: Stage, assistant: Assistant, site: Site, case: CaseBody
) -> tuple[Rehearsal, list[Check]]:
    """One case played and checked."""
    item = case.item.model_dump(mode="json", exclude_none=True) if case.item else None
    scene = Scene(site, case.locale, tuple((m.author, m.text) for m in case.messages), item)
    knowledge = CaseFacts(case.knowledge) if case.knowledge is not None else None
    given = await stage.play(assistant, scene, knowledge=knowledge)
    checks = checked(case.expect, scene, given)
    if case.expect.judge is not None:
        name = assistant.model or str(stage.wiring.settings.openai_model_name)
        checks.append(await judged(stage.wiring.model, name, case.expect.judge, scene, given))
    return given, checks


def grid(run: Row) -> Row:
    """A run as a table: a row for each case, a cell for each version; what got worse comes first.

    The first of the run's numbers is the one under test, the last what it is compared with.
    """
    cells: dict[str, dict[int, list[Row]]] = defaultdict(lambda: defaultdict(list))
    about: dict[str, Row] = {}
    for result in run["results"]:
        cells[result["case_id"]][result["number"]].append(result)
        about[result["case_id"]] = {"case": result["case"], "blocking": result["blocking"]}
    rows = []
    for case_id, by_number in cells.items():
        versions = {number: _cell(results) for number, results in by_number.items()}
        rows.append(
            {"case_id": case_id, **about[case_id], "verdict": _verdict(run, versions), "versions": versions}
        )
    rows.sort(key=lambda row: (_ORDER.index(row["verdict"]), not row["blocking"]))
    return {key: value for key, value in run.items() if key != "results"} | {"rows": rows}


_ORDER = ("regression", "failing", "flaky", "running", "fixed", "passing")
_STORED = frozenset(("id", "revision", "updated_at"))


def _cell(results: list[Row]) -> Row:
    costs = [r["cost"] for r in results if r["cost"] is not None]
    return {
        "passed": sum(r["passed"] for r in results),
        "played": len(results),
        "ms": round(sum(r["ms"] for r in results) / len(results)),
        "tokens": sum(r["input_tokens"] + r["output_tokens"] for r in results),
        "cost": round(sum(costs), 6) if costs else None,
        "replies": [
            {key: r[key] for key in ("repeat", "passed", "checks", "text", "source", "failure")}
            for r in results
        ],
    }


def _verdict(run: Row, versions: dict[int, Row]) -> str:
    tested, compared = versions.get(run["numbers"][0]), versions.get(run["numbers"][-1])
    if tested is None:
        return "running"
    good = tested["passed"] == tested["played"]
    before = compared is not None and compared["passed"] == compared["played"]
    if good:
        return "passing" if before else "fixed"
    if before and compared is not tested:
        return "regression"
    return "flaky" if tested["passed"] else "failing"


def _kept(given: Rehearsal) -> Row:
    kept = ("text", "source", "failure", "prompt_ref", "model", "input_tokens", "output_tokens", "cost", "ms")
    row = given.as_json()
    return {key: row[key] for key in (*kept, "tier", "score", "handoff", "tool_calls")}
