"""Evaluation cases as data, and what the shipped ones say of the shipped assistant without any model."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from app.errors import ConfigurationError
from app.prompt_files import prompts_dir
from app.prompting.assistants import assistant_source, load_assistant, parse_assistant
from app.prompting.cases import CaseBody, CaseDocument, CaseItem, CaseKnowledge, Expect, load_cases
from app.prompting.consents import load_consents
from app.prompting.forms import changed
from app.replies.allowed import knowledge_of
from app.replies.checks import all_passed
from app.replies.evaluating import evaluate
from app.replies.grids import grid
from app.replies.masking import Mask
from app.replies.patterns import matching
from app.replies.rehearsal import CaseFacts, Stage
from app.sites.types import Site
from tests.channels.conftest import quiet_settings
from tests.rigs.wiring import no_database

SITE = Site("s", "shop", "pk_shop", "AutoCaribe", frozenset(), "es", "DO", "America/Santo_Domingo", {})


@pytest.mark.parametrize("case", load_cases(), ids=lambda case: case.name)
async def test_the_guided_assistant_passes_the_shipped_cases(case: CaseBody, tmp_path: Path) -> None:
    stage = Stage(no_database(quiet_settings(None, tmp_path)), CaseFacts(CaseKnowledge()), load_consents())
    done = await evaluate(stage, load_assistant("talia"), SITE, case)
    assert all_passed(done.checks), (done.given.text, [c for c in done.checks if c["passed"] is False])


async def test_an_assistant_knows_what_its_file_lets_it_know() -> None:
    body = "## Horario\n\nAbrimos a las 8:30."
    facts = CaseFacts(
        CaseKnowledge(
            items=[CaseItem(id="c", title="Corolla", price=5)],
            documents=[CaseDocument(title=slug, body=body) for slug in ("faq", "other")],
        )
    )
    for use, items, documents in (
        ({"items": False}, 0, {"faq", "other"}),
        ({"documents": ["faq"]}, 1, {"faq"}),
        ({"items": False, "documents": []}, 0, set()),
        (None, 1, {"faq", "other"}),
    ):
        text = changed(assistant_source("talia"), {"knowledge": use})
        known = knowledge_of(parse_assistant(text, path=Path("x"), name="x"), facts)
        found = await known.search("s", "horario del Corolla", locale="es")
        assert (len(found.items), {p.document for p in found.passages}) == (items, documents)
        assert await known.knows_anything("s") == bool(found)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("hands_off: true", "hands_of: true", "cases.6.expect.hands_of"),
        ('author: visitor, text: "¿Cuál', 'author: bot, text: "¿Cuál', "cases.5.messages.0.author"),
        ("max_words: 80", "max_words: 0", "cases.0.expect.max_words"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, old: str, new: str, where: str) -> None:
    text = (prompts_dir() / "evals" / "assistant.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "bad.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"bad\.yaml:\d+: ") as refused:
        load_cases(tmp_path)
    assert where in str(refused.value)


def test_a_pattern_that_could_take_for_ever_is_refused() -> None:
    for pattern in ("(a+)+$", "(a*)*b", "(a{1,9}){9}", "(", "(?s)a", "(?i:a)", "a{99999999999999999999}"):
        with pytest.raises(ValidationError):
            Expect(regex=[pattern])
    assert Expect(regex=["(?:cita|visita) el \\d+"]).regex


async def test_a_pattern_that_takes_for_ever_is_given_up_and_what_came_before_it_counts() -> None:
    text = "Con gusto: " + "a" * 4000
    # Passes the check of its form, and has 2^4000 ways of not matching.
    patterns = ["con GUSTO", "vendid[oa]", "(?:a|aa)*z$", "gusto"]
    assert await matching(patterns, text, patience=1) == [True, False, None, None]
    assert await matching([], text) == []


def test_masking_leaves_nobody_in_it_and_stays_readable() -> None:
    told = [
        ("visitor", "hola soy Gertrudis Almonte, mi correo es gertrudis.almonte@correo.example"),
        ("assistant", "Mucho gusto, Gertrudis. ¿Y un teléfono?"),
        ("visitor", "809 555 7788, y el de mi esposo 829-555-9911"),
        ("assistant", "Anoté 809 555 7788 y gertrudis.almonte@correo.example."),
    ]
    masked = Mask(region="DO", known=("Gertrudis Almonte", None, "+18095557788")).conversation(told)
    text = " ".join(t for _, t in masked).casefold()
    for part in ("gertrudis", "almonte", "7788", "9911", "correo.example"):
        assert part not in text
    assert masked[1][1] == "Mucho gusto, Alex. ¿Y un teléfono?"
    assert masked[3][1] == "Anoté +1 809 555 0101 y persona1@example.com."


def result(case: str, number: int, passed: bool, blocking: bool = True, **more: object) -> dict[str, object]:
    extra = {"ms": 10, "input_tokens": 1, "output_tokens": 2, "cost": 0.5, "text": "", "source": "model"}
    return {
        "case_id": case,
        "case": case,
        "blocking": blocking,
        "revision": 1,
        "edited": False,
        "number": number,
        "repeat": 1,
        "passed": passed,
        "checks": [],
        "failure": None,
        **extra,
        **more,
    }


def test_the_table_begins_with_what_got_worse_and_ends_with_what_it_took() -> None:
    results = [
        *(result("fine", n, True) for n in (2, 1)),
        *(result("fixed", n, n == 2) for n in (2, 1)),
        *(result("worse", n, n == 1) for n in (2, 1)),
        *(result("minor", n, n == 1, blocking=False) for n in (2, 1)),
        result("shaky", 2, True, ms=40, judge_tokens=7),
        result("shaky", 2, False, checks=[{"check": "judge", "passed": None}]),
        result("shaky", 1, False),
    ]
    table = grid({"numbers": [2, 1], "repeats": 1, "state": "done", "results": results})
    assert [(r["case"], r["verdict"]) for r in table["rows"]] == [
        ("worse", "regression"),
        ("minor", "regression"),
        ("shaky", "flaky"),
        ("fixed", "fixed"),
        ("fine", "passing"),
    ]
    shaky = {"passed": 1, "played": 2, "ms": 25, "tokens": 6, "judge_tokens": 7, "cost": 1.0, "not_run": 1}
    cell = table["rows"][2]["versions"][2]
    assert {key: cell[key] for key in shaky} == shaky
    assert cell["flaky"]
    assert table["totals"][1] == {
        "passed": 3,
        "played": 5,
        "ms": 10,
        "tokens": 15,
        "judge_tokens": 0,
        "cost": 2.5,
        "not_run": 0,
    }


def test_while_a_run_goes_on_nothing_is_called_a_regression_too_early() -> None:
    run = {"numbers": [2, 1], "repeats": 2, "state": "running"}
    half = [result("a", 2, True), result("a", 2, False), result("a", 1, True)]
    assert [row["verdict"] for row in grid({**run, "results": half})["rows"]] == ["running"]
    whole = [*half, result("a", 1, True, repeat=2)]
    assert [row["verdict"] for row in grid({**run, "results": whole})["rows"]] == ["regression"]
