"""Evaluation cases played by versions of the assistant, in the background."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import structlog

from app.errors import AppError, ConfigurationError, FieldError, Invalid, NotFound
from app.llm.port import Model
from app.prompting import store
from app.prompting.cases import CaseBody
from app.prompting.directory import PromptDirectory
from app.prompting.types import Assistant, KnowledgeUse
from app.replies.checks import Check, all_passed, checked, judged
from app.replies.patterns import matching
from app.replies.rehearsal import CaseFacts, Rehearsal, Scene, Stage
from app.replies.spending import BudgetSpent, Metered, allowance
from app.sites.actions import SiteDirectory
from app.sites.types import Site
from app.staff.types import StaffAccess

log = structlog.get_logger(__name__)

AT_ONCE = 2
"""Rehearsals of one run at a time: visitors' turns come first."""
MAX_PLAYS = 3000
"""Cases times versions times repeats of one run."""

RUN_LEASE_SECONDS = 30
"""A run that nobody has heard of for that long reads `interrupted`."""
HEARTBEAT_SECONDS = 8.0

Row = dict[str, Any]

_NOT_BODY = frozenset(("id", "revision", "updated_at", "archived_at"))
"""What is stored beside a case, and is no part of it."""


@dataclass(frozen=True, slots=True)
class _Play:
    case: Row
    number: int
    repeat: int

    @property
    def key(self) -> tuple[str, int, int]:
        return self.case["id"], self.number, self.repeat


@dataclass(frozen=True, slots=True)
class _Run:
    """What is under way: under `fence`, by which the database knows who goes on with it."""

    id: str
    fence: int
    site: Site
    sides: Mapping[int, Assistant]


@dataclass(frozen=True, slots=True)
class Judged:
    """A case played: what was answered, what of its expectations held, and what the judge took."""

    given: Rehearsal
    checks: list[Check]
    judge_tokens: int = 0

    def as_row(self) -> Row:
        kept = (
            "text",
            "source",
            "failure",
            "prompt_ref",
            "model",
            "input_tokens",
            "output_tokens",
            "cost",
            "ms",
        )
        row = self.given.as_json()
        answer = {key: row[key] for key in (*kept, "tier", "score", "handoff", "tool_calls")}
        return {"checks": self.checks, "judge_tokens": self.judge_tokens, **answer}


class EvalRuns:
    """The runs of this process."""

    def __init__(self, stage: Stage, sites: SiteDirectory, prompts: PromptDirectory) -> None:
        self._stage = stage
        self._rpc = stage.wiring.rpc
        self._sites = sites
        self._prompts = prompts
        self._tasks: set[asyncio.Task[None]] = set()

    async def close(self) -> None:
        """What is under way ends as stopped."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def start(self, me: StaffAccess, numbers: list[int], repeats: int, cases: list[str] | None) -> Row:
        """Begin a run; `cases` None: all of them. Raises NotFound, Invalid `eval.no_cases` and `eval.too_many`,
        Conflict `eval.busy`, BudgetSpent."""
        known: list[Row] = await store.call(self._rpc, "list_eval_cases", me)
        chosen = [case for case in known if cases is None or case["id"] in cases]
        if cases is not None and len(chosen) < len(set(cases)):
            raise NotFound(code="eval.case_not_found")
        if not chosen:
            raise Invalid("there are no cases to run", code="eval.no_cases")
        plays = _plays(chosen, numbers, repeats)
        if len(plays) > MAX_PLAYS:
            field = FieldError("repeats", "too_many", f"at most {MAX_PLAYS} replies in one run")
            raise Invalid(field.message, code="eval.too_many", fields=(field,))
        played = [{"id": case["id"], "revision": case["revision"]} for case in chosen]
        wanted = {"numbers": numbers, "repeats": repeats, "cases": played}
        return await self._begin(me, numbers, "begin_eval_run", wanted, plays)

    async def resume(self, me: StaffAccess, run: str) -> Row:
        """Go on with what did not come to its end, with the cases as they were. Raises NotFound, Conflict `eval.busy`
        and `eval.not_stopped`, BudgetSpent."""
        known: Row = await store.call(self._rpc, "get_eval_run", me, run=run)
        return await self._begin(me, known["numbers"], "continue_eval_run", {"run": run})

    async def _begin(
        self, me: StaffAccess, numbers: list[int], function: str, args: Row, plays: list[_Play] | None = None
    ) -> Row:
        """Play `plays`, or else what the run says is missing."""
        sides = {n: await version_of(self._prompts, me.site_id, n) for n in numbers}
        site = await self._sites.site(me.site_id)
        async with allowance(self._stage.wiring, me.site_id, "evaluation"):
            # Refused here, not after the first case, when nothing is left of the day.
            begun: Row = await store.call(self._rpc, function, me, **args, lease_seconds=RUN_LEASE_SECONDS)
        fence, missing, played = begun.pop("fence"), begun.pop("plays", []), begun.pop("played", [])
        if plays is None:
            done = {(case, number, repeat) for case, number, repeat in played}
            plays = [p for p in _plays(missing, numbers, begun["repeats"]) if p.key not in done]
        task = asyncio.get_running_loop().create_task(self._run(_Run(begun["id"], fence, site, sides), plays))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return begun

    async def _run(self, run: _Run, plays: list[_Play]) -> None:
        """The edge of a run's task: nothing escapes unlogged."""
        playing = asyncio.ensure_future(self._play_all(run, plays))
        keeping = asyncio.ensure_future(self._keep(run, playing))
        try:
            error = await playing
            await self._finish(run, "failed" if error else "done", error)
        except asyncio.CancelledError:
            playing.cancel()
            await asyncio.gather(playing, return_exceptions=True)
            # Of a run that is not this worker's any more the database takes no word.
            await asyncio.shield(self._finish(run, "failed", "stopped"))
            raise
        except Exception as problem:
            # A run that broke must say so to whoever waits for it.
            log.exception("eval_run_crashed", run=run.id, error=type(problem).__name__)
            await self._finish(run, "failed", "crashed")
        finally:
            keeping.cancel()

    async def _keep(self, run: _Run, playing: asyncio.Future[str | None]) -> None:
        """The heartbeat; ends what was cancelled, or goes on elsewhere, in the middle of a reply."""
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            try:
                kept = await self._rpc.call(
                    "renew_eval_run",
                    site=run.site.id,
                    run=run.id,
                    fence=run.fence,
                    lease_seconds=RUN_LEASE_SECONDS,
                )
            except AppError as problem:
                log.warning("eval_run_not_kept", run=run.id, code=problem.code)
                continue
            if not kept["go_on"]:
                playing.cancel()
                return

    async def _play_all(self, run: _Run, plays: list[_Play]) -> str | None:
        """`budget` when the day's tokens did not reach to the end."""
        left = iter(plays)
        error: str | None = None
        over = False

        async def some() -> None:
            nonlocal error, over
            for play in left:
                try:
                    over = over or not await self._judge(run, play)
                except BudgetSpent:
                    error, over = "budget", True
                if over:
                    return

        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(some())
        return error

    async def _finish(self, run: _Run, state: str, error: str | None) -> None:
        """`error` is stopped, crashed or budget."""
        try:
            await self._rpc.call(
                "finish_eval_run", site=run.site.id, run=run.id, fence=run.fence, state=state, error=error
            )
        except AppError as problem:
            log.warning("eval_run_not_finished", run=run.id, code=problem.code)

    async def _judge(self, run: _Run, play: _Play) -> bool:
        """Whether to go on. Raises BudgetSpent."""
        row = play.case
        case = CaseBody.model_validate({k: v for k, v in row.items() if k not in _NOT_BODY})
        async with allowance(self._stage.wiring, run.site.id, "evaluation") as model:
            judged_case = await evaluate(self._stage, run.sides[play.number], run.site, case, model=model)
        done = await self._rpc.call(
            "store_eval_result",
            site=run.site.id,
            run=run.id,
            fence=run.fence,
            case=row["id"],
            revision=row["revision"],
            number=play.number,
            repeat=play.repeat,
            passed=all_passed(judged_case.checks),
            outcome=judged_case.as_row(),
        )
        return bool(done["go_on"])


def _plays(cases: list[Row], numbers: list[int], repeats: int) -> list[_Play]:
    return [_Play(c, n, r) for c in cases for n in numbers for r in range(1, repeats + 1)]


async def evaluate(
    stage: Stage, assistant: Assistant, site: Site, case: CaseBody, *, model: Model | None = None
) -> Judged:
    """One case played and checked; `model` instead of the stage's own."""
    item = case.item.model_dump(mode="json", exclude_none=True) if case.item else None
    scene = Scene(site, case.locale, tuple((m.author, m.text) for m in case.messages), item)
    knowledge = None
    if case.knowledge is not None:
        knowledge = CaseFacts(case.knowledge)
        # Documents are chosen by the site's own names, which those of a case do not have.
        assistant = replace(assistant, knowledge=KnowledgeUse(items=assistant.knowledge.items))
    given = await stage.play(assistant, scene, knowledge=knowledge, model=model)
    checks = checked(case.expect, scene, given, await matching(case.expect.regex, given.text))
    if case.expect.judge is None:
        return Judged(given, checks)
    name = assistant.model or str(stage.wiring.settings.openai_model_name)
    asked = model or stage.wiring.model
    meter = Metered(asked) if asked is not None else None
    checks.append(await judged(meter, name, case.expect.judge, scene, given))
    return Judged(given, checks, meter.tokens if meter is not None else 0)


async def version_of(prompts: PromptDirectory, site_id: str, number: int) -> Assistant:
    """Raises NotFound `prompt.not_found`, Invalid `prompt.invalid`."""
    try:
        return await prompts.version(site_id, number)
    except ConfigurationError as error:
        raise Invalid(
            f"version {number} cannot be read by this server: {error}", code="prompt.invalid"
        ) from error
