"""The figures as text that a terminal shows and a document can hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evals.figures import TIERS, Figures, Tally, measure
from evals.outcome import CRITERIA, FIELDS, Outcome, wrong

LANGUAGES = ("es", "en", "pt")


def report(path: str, split: str, outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Markdown: what was found in one split by one path, in all and by language, and each conversation it got wrong."""
    groups = [measure(outcomes)]
    groups += [measure([o for o in outcomes if o.case.language == language]) for language in LANGUAGES]
    whole = groups[0]
    yield f"\n### {path}, {split} ({whole.cases} conversations)\n"
    yield "| precision / recall / F1 | all | " + " | ".join(LANGUAGES) + " |"
    yield "|---|---|---|---|---|"
    for field in FIELDS:
        yield _row(field, [_three(group.contact[field]) for group in groups])
    yield _row("contact, all fields", [_three(sum(g.contact.values(), Tally())) for g in groups])
    yield "\n| | all | " + " | ".join(LANGUAGES) + " |"
    yield "|---|---|---|---|---|"
    yield _row("tier agreement", [f"{group.agreement:.2f}" for group in groups])
    yield _row("evidence precision", [f"{g.evidence_precision:.2f} of {g.evidence[1]}" for g in groups])
    for criterion in CRITERIA:
        yield _row(f"recall of {criterion}", [_of(group.recall[criterion]) for group in groups])
    yield _row("others' contacts saved", [str(group.others_saved) for group in groups])
    yield from _confusion(whole)
    yield from _wrong(outcomes)


def _confusion(figures: Figures) -> Iterator[str]:
    yield "\n| is \\ was called | " + " | ".join(TIERS) + " |"
    yield "|---|---|---|---|"
    for right in TIERS:
        yield _row(right, [str(figures.tiers[right, called]) for called in TIERS])


def _wrong(outcomes: Sequence[Outcome]) -> Iterator[str]:
    cases = wrong(outcomes)
    yield f"\n{len(cases)} with a difference" + (":\n" if cases else "")
    for name, differences in cases:
        yield f"- {name}"
        yield from (f"  - {line}" for line in differences)


def _row(name: str, cells: Sequence[str]) -> str:
    return f"| {name} | " + " | ".join(cells) + " |"


def _three(tally: Tally) -> str:
    return f"{tally.precision:.2f} / {tally.recall:.2f} / {tally.f1:.2f}"


def _of(tally: Tally) -> str:
    return f"{tally.hits} of {tally.hits + tally.missed}"
