"""The shipped evaluation cases (`prompts/evals`), answered by the guided assistant or by a model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.llm.build import build_model
from app.prompting.assistants import load_assistant
from app.prompting.cases import CaseBody, CaseKnowledge, load_cases
from app.prompting.consents import load_consents
from app.realtime.memory_bus import MemoryBus
from app.replies.checks import all_passed
from app.replies.evaluating import Judged, evaluate
from app.replies.rehearsal import CaseFacts, Stage
from app.settings import Settings
from app.sites.types import Site
from app.wiring import Wiring
from evals.model import NoDatabase

SITE = Site("evals", "evals", "pk_evals", "AutoCaribe", frozenset(), "es", "DO", "America/Santo_Domingo", {})


@dataclass(frozen=True, slots=True)
class Played:
    """One case, and what came of it."""

    case: CaseBody
    done: Judged

    @property
    def passed(self) -> bool:
        return all_passed(self.done.checks)


async def play_shipped(settings: Settings, *, with_model: bool) -> list[Played]:
    """Every shipped case, one after the other. Raises ConfigurationError for a file that cannot be read."""
    return await play(settings, load_cases(), with_model=with_model)


async def play(settings: Settings, cases: Iterable[CaseBody], *, with_model: bool) -> list[Played]:
    model = build_model(settings) if with_model else None
    wiring = Wiring(settings=settings, rpc=NoDatabase(), bus=MemoryBus(), model=model, worker="evals")
    stage = Stage(wiring, CaseFacts(CaseKnowledge()), load_consents())
    assistant = load_assistant(settings.openai_assistant_id)
    try:
        return [Played(case, await evaluate(stage, assistant, SITE, case)) for case in cases]
    finally:
        await wiring.close()


def told(by: str, played: list[Played]) -> Iterator[str]:
    """The lines of a report: how many passed, and of the others what was said and what was wrong with it."""
    good = sum(one.passed for one in played)
    tokens = sum(one.done.given.input_tokens + one.done.given.output_tokens for one in played)
    open_checks = sum(c["passed"] is None for one in played for c in one.done.checks)
    not_run = f", {open_checks} checks not run: no model" if open_checks else ""
    yield f"\nThe shipped assistant, {by}: {good} of {len(played)} cases pass ({tokens:,} tokens{not_run})"
    for one in played:
        wrong = [f"{c['check']} ({c['detail']})" for c in one.done.checks if c["passed"] is False]
        if wrong:
            yield f"  {one.case.name}: {', '.join(wrong)}\n    {one.done.given.text!r}"
