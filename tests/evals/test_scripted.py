"""What `make eval` says of the shipped cases with a scripted model: all that stands around a model holds."""

from __future__ import annotations

from pathlib import Path

from app.prompting.cases import load_cases
from evals import scripted
from evals.assistant import told
from tests.channels.conftest import quiet_settings


async def test_a_good_model_passes_every_shipped_case(tmp_path: Path) -> None:
    played = await scripted.play_good(quiet_settings(None, tmp_path))
    assert [one.case.name for one in played] == [case.name for case in load_cases()]
    wrong = [
        (one.case.name, one.done.given.failure, one.done.checks)
        for one in played
        if not scripted.by_model(one)
    ]
    assert wrong == []
    judged = [check for one in played for check in one.done.checks if check["check"] == "judge"]
    assert [check["passed"] for check in judged] == [True]
    [head] = told("scripted", played)
    assert head.startswith(f"\nThe shipped assistant, scripted: {len(played)} of {len(played)} cases pass")


async def test_nothing_that_a_bad_model_makes_up_reaches_the_visitor(tmp_path: Path) -> None:
    played = await scripted.play_bad(quiet_settings(None, tmp_path))
    assert [one.case.name for one in played if not scripted.stopped(one)] == []
    assert {one.done.given.failure for one in played} == {
        "guard_invented_price",
        "guard_invented_availability",
    }
    assert all(not one.passed for one in played), "a case that asks for no invention counts it as one"
