"""A run of evaluation cases as a table: cases by versions, what got worse first. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

Row = dict[str, Any]

_ORDER = ("regression", "failing", "flaky", "running", "fixed", "passing")


def grid(run: Row) -> Row:
    """A row for each case with a cell for each version that has played it, and what each version took in all.

    The first of the run's numbers is the one under test, the last what it is compared with. Times in milliseconds,
    costs in US dollars, None where no price is known. `revision` is the case's that was played; `edited`: it has
    another by now.
    """
    cells: dict[str, dict[int, list[Row]]] = defaultdict(lambda: defaultdict(list))
    about: dict[str, Row] = {}
    for result in run["results"]:
        cells[result["case_id"]][result["number"]].append(result)
        about[result["case_id"]] = {key: result[key] for key in ("case", "blocking", "revision", "edited")}
    rows = []
    for case_id, by_number in cells.items():
        versions = {number: _cell(results) for number, results in by_number.items()}
        rows.append(
            {"case_id": case_id, **about[case_id], "verdict": _verdict(run, versions), "versions": versions}
        )
    rows.sort(key=lambda row: (_ORDER.index(row["verdict"]), not row["blocking"]))
    totals = {
        number: _sums([r for r in run["results"] if r["number"] == number])
        for number in run["numbers"]
        if any(r["number"] == number for r in run["results"])
    }
    return {key: value for key, value in run.items() if key != "results"} | {"rows": rows, "totals": totals}


def _sums(results: list[Row]) -> Row:
    """`tokens` are the replies', `judge_tokens` those of the judge. `flaky`: passed, but not every time."""
    costs = [r["cost"] for r in results if r["cost"] is not None]
    passed = sum(r["passed"] for r in results)
    return {
        "passed": passed,
        "played": len(results),
        "ms": round(sum(r["ms"] for r in results) / len(results)),
        "tokens": sum(r["input_tokens"] + r["output_tokens"] for r in results),
        "judge_tokens": sum(r.get("judge_tokens", 0) for r in results),
        "cost": round(sum(costs), 6) if costs else None,
        "not_run": sum(_unchecked(r["checks"]) for r in results),
    }


def _cell(results: list[Row]) -> Row:
    sums = _sums(results)
    return {
        **sums,
        "flaky": 0 < sums["passed"] < sums["played"],
        "replies": [
            {key: r[key] for key in ("repeat", "passed", "checks", "text", "source", "failure", "ms")}
            for r in results
        ],
    }


def _unchecked(checks: Iterable[Row]) -> int:
    return sum(check["passed"] is None for check in checks)


def _verdict(run: Row, versions: dict[int, Row]) -> str:
    wanted = (run["numbers"][0], run["numbers"][-1])
    if run["state"] == "running" and any(
        n not in versions or versions[n]["played"] < run["repeats"] for n in wanted
    ):
        return "running"
    tested, compared = (versions.get(n) for n in wanted)
    if tested is None:
        return "running"
    before = compared is not None and compared["passed"] == compared["played"]
    if tested["passed"] == tested["played"]:
        return "passing" if before or compared is None else "fixed"
    if before and compared is not tested:
        return "regression"
    return "flaky" if tested["passed"] else "failing"
