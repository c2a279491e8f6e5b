"""The measure itself: what is wrong lowers the figure that it belongs to, and is named."""

from dataclasses import replace

import pytest

from evals.corpus import Case
from evals.figures import measure
from evals.floors import broken
from evals.outcome import Found, Outcome
from evals.report import report

CASE = Case.model_validate(
    {
        "id": "es-warm-sample",
        "locale": "es-MX",
        "region": "MX",
        "trade": "cars",
        "at": "2026-09-14T19:05",
        "turns": [
            {"visitor": "Me interesa el Jetta, para enero"},
            {"assistant": "¿Cómo te llamas?"},
            {"visitor": "Ana, ana@example.com. Mi mamá: mama@example.com"},
        ],
        "contact": {"name": ["Ana", "Ana María"], "email": "ana@example.com"},
        "others": ["mama@example.com"],
        "facts": [{"need": "Jetta"}, {"timeline": "enero"}],
        "tier": "warm",
        "why": "In January.",
    }
)
COLD = CASE.model_copy(update={"tier": "cold"})


def found(criterion: str, quote: str, *, holds: bool = True) -> Found:
    return Found(criterion, "x", quote, CASE.turns[0].text, holds)


RIGHT = Outcome(
    case=CASE,
    name="ana",
    email="ana@example.com",
    phone=None,
    facts=(found("interest", "interesa el Jetta"), found("timeline", "para enero")),
    tier="warm",
    score=50,
)


def test_nothing_wrong_gives_full_marks() -> None:
    figures = measure([RIGHT])
    assert figures.contact_f1 == figures.evidence_precision == figures.fact_recall == figures.agreement == 1.0
    assert list(broken(figures)) == []
    assert list(RIGHT.differences()) == []
    assert measure([replace(RIGHT, name="Ana  María")]).contact["name"].f1 == 1.0


@pytest.mark.parametrize(
    ("wrong", "figure", "value", "says"),
    [
        ({"name": None}, "contact_f1", 2 / 3, "name None, should be 'Ana' or 'Ana María'"),
        ({"phone": "+525555120134"}, "contact_f1", 4 / 5, "phone '+525555120134', should be none"),
        ({"email": "mama@example.com"}, "others_saved", 1, "saved 'mama@example.com', which is not theirs"),
        ({"tier": "hot"}, "agreement", 0.0, "tier hot (50), should be warm: In January."),
        ({"tier": "hot", "case": COLD}, "cold_called_hot", 1, "tier hot (50), should be cold"),
        ({"facts": ()}, "fact_recall", 0.0, "no need from 'Jetta'"),
        (
            {"facts": (found("need", "Jetta", holds=False), found("timeline", "enero"))},
            "fact_recall",
            0.5,
            "no need from 'Jetta'",
        ),
        (
            {"facts": (found("budget", "300 mil"), found("need", "el Jetta"), found("timeline", "enero"))},
            "evidence_precision",
            2 / 3,
            "budget without evidence: '300 mil'",
        ),
        (
            {"facts": (Found("need", "x", "Jetta", None, True), found("timeline", "enero"))},
            "evidence_precision",
            0.5,
            "need without evidence: 'Jetta'",
        ),
    ],
)
def test_each_fault_lowers_its_figure_and_is_named(
    wrong: dict[str, object], figure: str, value: float, says: str
) -> None:
    outcome = replace(RIGHT, **wrong)  # type: ignore[arg-type]
    figures = measure([outcome])
    assert getattr(figures, figure) == pytest.approx(value)
    assert list(broken(figures))
    shown = "\n".join(report("guided", "tune", [outcome]))
    assert f"- {CASE.id}\n" in shown
    assert says in shown


def test_a_wrong_value_is_both_false_and_missed() -> None:
    tally = measure([replace(RIGHT, email="anna@example.com")]).contact["email"]
    assert (tally.hits, tally.false, tally.missed) == (0, 1, 1)


def test_the_report_tells_the_languages_apart() -> None:
    english = CASE.model_copy(update={"locale": "en-US"})
    lines = list(report("guided", "frozen", [RIGHT, replace(RIGHT, case=english, tier="cold")]))
    assert "\n### guided, frozen (2 conversations)\n" in lines
    assert "| tier agreement | 0.50 | 1.00 | 0.00 | 1.00 |" in lines
    assert "| warm | 0 | 1 | 1 |" in lines
