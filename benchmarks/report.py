"""The figures as a table: on the terminal, and between two marks of docs/performance.md."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from benchmarks.figures import Level, TurnCost
from benchmarks.world import machine
from tests.rigs.processes import REPOSITORY

if TYPE_CHECKING:
    from benchmarks.__main__ import Results

DOCUMENT = REPOSITORY / "docs" / "performance.md"
MARKS = {
    "server": ("<!-- figures: written by make bench -->", "<!-- end of figures -->"),
    "console": ("<!-- console: written by make bench -->", "<!-- end of console -->"),
}
"""Each part is measured by itself, and leaves the other's figures as they are."""


def write(results: Results, *, keep: bool) -> None:
    text = render(results)
    sys.stdout.write(f"\n{text}\n")
    if keep:
        keep_figures("server", text)


def keep_figures(part: Literal["server", "console"], text: str) -> None:
    """Put the text between the part's marks. Raises ValueError when the document has lost them."""
    begin, end = MARKS[part]
    before, found, rest = DOCUMENT.read_text(encoding="utf-8").partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"{DOCUMENT} has no place for the {part}'s figures: {begin} … {end}")
    DOCUMENT.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", encoding="utf-8")


def render(results: Results) -> str:
    when = datetime.now(UTC).date().isoformat()
    parts = (
        f"Measured on {when}, client and all on one machine: {machine()}; {results.seconds / 60:.0f} minutes.",
        _comparison(results),
        _turns(results),
        _business(results),
    )
    return "\n\n".join(parts)


def _comparison(results: Results) -> str:
    direct, passing, talia = (results.latency[name] for name in ("direct", "pass-through", "TalIA"))
    cpu_passing, cpu_talia = results.cpu["pass-through"], results.cpu["TalIA"]
    most = {name: _most(levels) for name, levels in results.levels.items()}
    rows = [
        (
            "first token, median (p95)",
            _ms(direct.first.median, direct.first.p95),
            _ms(passing.first.median, passing.first.p95),
            _ms(talia.first.median, talia.first.p95),
            "",
        ),
        (
            "first token added, median",
            "",
            f"+{(passing.first.median - direct.first.median) * 1000:.1f} ms",
            f"+{(talia.first.median - direct.first.median) * 1000:.1f} ms",
            "+4 ms",
        ),
        (
            "whole reply of 20 tokens added, median",
            "",
            f"+{(passing.total.median - direct.total.median) * 1000:.1f} ms",
            f"+{(talia.total.median - direct.total.median) * 1000:.1f} ms",
            "",
        ),
        (
            "CPU-seconds per 1,000 replies of 100 tokens, 20 streams",
            "",
            f"{cpu_passing.server:.1f}",
            f"{cpu_talia.server:.1f} = {cpu_talia.server / cpu_passing.server:.1f} ×",
            "1.3 ×",
        ),
        ("… and of PostgreSQL", "", "", f"{cpu_talia.database:.1f}", ""),
        (
            "replies at once, 50 tokens/s, 99 % of tokens within 100 ms",
            most["direct"],
            most["pass-through"],
            most["TalIA"],
            "800",
        ),
        ("memory of 1,000 idle event streams", "", "", f"{results.stream_bytes * 1000 / 2**20:.0f} MiB", ""),
        (
            "a seller's message until it is on the visitor's screen, median (p95)",
            "",
            "",
            _ms(results.delivery.median, results.delivery.p95),
            "20 ms",
        ),
        (
            "start to ready, database made before: median (slowest)",
            "",
            "",
            f"{results.start.median:.2f} s ({results.start.p95:.2f} s)",
            "2 s",
        ),
    ]
    return table(("", "direct", "pass-through", "TalIA", "aim"), rows)


def _turns(results: Results) -> str:
    rows = [(f"{length:,}", "few", *_cost(cost)) for length, cost in results.turns.items()]
    rows.append((f"{min(results.turns):,}", f"{results.stored:,}", *_cost(results.turn_in_full_database)))
    head = (
        "messages in the conversation",
        "in the database",
        "first token, median (p95)",
        "CPU of the server",
        "CPU of PostgreSQL",
    )
    return f"A turn by what is stored already:\n\n{table(head, rows)}"


def _cost(cost: TurnCost) -> tuple[str, str, str]:
    first = f"{cost.first_ms.median:.1f} ({cost.first_ms.p95:.1f}) ms"
    return first, f"{cost.server_cpu_ms:.1f} ms", f"{cost.database_cpu_ms:.1f} ms"


def _business(results: Results) -> str:
    """Who was busy meanwhile: a client or a model at 1.0 would have been the one that was measured."""
    rows = [
        (f"replies at once, {name}: {level.replies}", *_cores(level), f"{level.p99 * 1000:.0f} ms")
        for name, levels in results.levels.items()
        for level in levels
    ]
    head = ("", "client", "model", "server", "PostgreSQL", "others", "99 % within")
    return f"Cores in use meanwhile:\n\n{table(head, rows)}"


def _cores(level: Level) -> Iterable[str]:
    for name in ("client", "model", "server", "database", "others"):
        yield f"{level.cores[name]:.2f}" if name in level.cores else ""


def _most(levels: Sequence[Level]) -> str:
    good = [level.replies for level in levels if level.good]
    if not good:
        return f"< {levels[0].replies:,}"
    return f"{good[-1]:,}" if len(good) < len(levels) else f"≥ {good[-1]:,}"


def _ms(median: float, p95: float) -> str:
    return f"{median * 1000:.1f} ({p95 * 1000:.1f}) ms"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
