"""The rubric: what the tiers mean, that reasons explain them, and that broken files are refused with their line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import ConfigurationError
from app.leads.rubric import explain, in_force, load_rubric, parse_rubric, score
from app.leads.types import COLD, LOCALES, NONE, Fact, Signals, Tier
from app.prompt_files import prompts_dir

RUBRIC = load_rubric()
DEFAULT = prompts_dir() / "rubrics" / "default.yaml"
TEXT = DEFAULT.read_text(encoding="utf-8")
PHONE = Signals(phone=True, contact_evidence=("m9",), visitor_messages=3)
NOBODY = Signals(visitor_messages=3)


def fact(criterion: str, value: str, seq: int = 1, *, source: str = "extractor") -> Fact:
    return Fact(criterion, value, f"m{seq}", value, source, seq)  # type: ignore[arg-type]


NEED = fact("need", "Corolla 2020")
NEAR = fact("timeline", "near", 2)
VISIT = fact("request", "visit", 3)


@pytest.mark.parametrize(
    ("facts", "signals", "tier"),
    [
        ((NEED, NEAR), PHONE, "hot"),
        ((NEED, VISIT), PHONE, "hot"),
        ((NEED, fact("request", "offer")), Signals(email=True), "hot"),
        ((NEED, NEAR, VISIT), NOBODY, "warm"),
        ((NEED, NEAR, fact("contact", "withheld", 3)), NOBODY, "warm"),
        ((NEED, NEAR, fact("contact", "revoked", 3)), PHONE, "warm"),
        ((NEED, NEAR, fact("contact", "revoked", 3), fact("contact", "given", 4)), PHONE, "hot"),
        ((NEED,), PHONE, "warm"),
        ((NEED, fact("timeline", "far", 2)), PHONE, "warm"),
        ((NEED, NEAR, fact("timeline", "far", 3)), PHONE, "warm"),
        ((NEED, VISIT, fact("request", NONE, 4)), PHONE, "warm"),
        ((NEED, fact("need", NONE, 2)), PHONE, "cold"),
        ((fact("interest", "blanqueamiento"),), NOBODY, "cold"),
        ((fact("interest", "blanqueamiento"),), PHONE, "warm"),
        ((), PHONE, "cold"),
        ((NEAR,), PHONE, "cold"),
        ((), NOBODY, "cold"),
    ],
)
def test_the_tiers_mean_what_they_say(facts: tuple[Fact, ...], signals: Signals, tier: Tier) -> None:
    assert score(facts, signals, RUBRIC).tier == tier


@pytest.mark.parametrize("name", sorted(RUBRIC.cold))
def test_a_cold_class_trumps_full_contact_and_every_wish(name: str) -> None:
    result = score((NEED, NEAR, VISIT, fact(COLD, name, 4)), PHONE, RUBRIC)
    assert result.tier == "cold"
    assert (result.reasons[0].key, result.reasons[0].evidence) == (COLD, ("m4",))


@pytest.mark.parametrize(
    ("name", "tier"),
    [
        ("curious", "hot"), ("not_interested", "hot"), ("bought_elsewhere", "hot"),
        ("support", "cold"), ("supplier", "cold"), ("job_seeker", "cold"), ("prank", "cold"),
    ],
)  # fmt: skip
def test_the_last_word_wins_where_it_may(name: str, tier: Tier) -> None:
    later = (fact("need", "CRV", 5), fact("timeline", "near", 5))
    assert score((fact(COLD, name, 4), *later), PHONE, RUBRIC).tier == tier
    assert score((fact(COLD, name, 4), fact(COLD, NONE, 5), *later), PHONE, RUBRIC).tier == "hot"


def test_many_questions_do_not_warm() -> None:
    asked = replace(NOBODY, specific_questions=9, question_evidence=("m1",), reply_seconds=5, visits=4)
    assert score((fact(COLD, "curious"),), asked, RUBRIC).tier == "cold"
    assert score((), asked, RUBRIC).tier == "cold"


def test_silence_costs_points_and_then_the_heat() -> None:
    fresh, late, gone = (
        score((NEED, NEAR), replace(PHONE, silent_days=days), RUBRIC) for days in (0.0, 10.0, 40.0)
    )
    assert (fresh.tier, late.tier, gone.tier) == ("hot", "hot", "warm")
    assert fresh.score >= late.score > gone.score
    assert gone.reasons[0].key == "cooled"


def test_a_sellers_word_stands_until_the_visitor_says_otherwise() -> None:
    corrected = fact("timeline", "far", 3, source="seller")
    assert score((NEED, NEAR, fact("timeline", "near", 3), corrected), PHONE, RUBRIC).tier == "warm"
    assert score((NEED, corrected, fact("timeline", "near", 4)), PHONE, RUBRIC).tier == "hot"


def test_what_the_rubric_does_not_know_does_not_count() -> None:
    strange = (fact("mood", "hot"), fact("timeline", "yesterday"), fact(COLD, "ugly"), fact("request", "HOT"))
    assert score(strange, PHONE, RUBRIC) == score((), PHONE, RUBRIC)


def test_reasons_read_well_in_every_language_and_point_to_their_messages() -> None:
    busy = replace(
        PHONE, reply_seconds=20, specific_questions=3, question_evidence=("m4",), visits=2, silent_days=6
    )
    result = score((NEED, NEAR, fact("authority", "shared", 6)), busy, RUBRIC)
    texts = {locale: [explain(reason, RUBRIC, locale) for reason in result.reasons] for locale in LOCALES}
    assert "Qué quiere: Corolla 2020" in texts["es"]
    assert "Cuándo: este mes o antes" in texts["es"]
    assert "Can be reached: phone" in texts["en"]
    assert "Asks specific questions (3)" in texts["en"]
    assert "Responde rápido (20 s)" in texts["pt"]
    assert "Sem escrever há 6 dias" in texts["pt"]
    assert all("{" not in text for readable in texts.values() for text in readable)
    evidence = {reason.key: reason.evidence for reason in result.reasons if reason.key != "fact"}
    assert evidence["reachable"] == ("m9",)
    assert evidence["specific_questions"] == ("m4",)
    assert {e for r in result.reasons if r.key == "fact" for e in r.evidence} == {"m1", "m2", "m6"}


def test_what_is_missing_is_named() -> None:
    lacking = {
        explain(score(facts, signals, RUBRIC).reasons[0], RUBRIC, "en")
        for facts, signals in (((NEED, NEAR), NOBODY), ((NEED,), PHONE), ((), PHONE))
    }
    assert lacking == {
        "Missing: their own phone or e-mail",
        "Missing: When: this month or sooner",
        "Missing: What they want",
    }


values = {
    name: [*criterion.values, NONE] if criterion.values else ["Corolla", NONE]
    for name, criterion in RUBRIC.criteria.items()
}
some_fact = st.builds(
    lambda pair, seq, start, source: Fact(pair[0], pair[1], f"m{seq}", pair[1], source, seq, start),
    st.sampled_from([(name, value) for name, known in values.items() for value in known]),
    st.integers(1, 6),
    st.integers(0, 3),
    st.sampled_from(["extractor", "model", "seller", "form"]),
)
facts_lists = st.lists(some_fact, max_size=10)
some_signals = st.builds(
    Signals,
    email=st.booleans(),
    phone=st.booleans(),
    reply_seconds=st.none() | st.floats(0, 1e6),
    specific_questions=st.integers(0, 9),
    visits=st.integers(1, 9),
    silent_days=st.floats(0, 400),
)


@given(facts_lists, some_signals, st.randoms())
@settings(deadline=None)
def test_the_same_facts_in_any_order_give_the_same_score(
    facts: list[Fact], signals: Signals, random: object
) -> None:
    shuffled = [*facts, *facts[:2]]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    result = score(facts, signals, RUBRIC)
    assert score(shuffled, signals, RUBRIC) == result
    low, high = RUBRIC.bands[result.tier]
    assert low <= result.score <= high
    assert result.rubric == RUBRIC.ref
    for reason in result.reasons:
        assert explain(reason, RUBRIC, "es")


@given(facts_lists, some_signals)
@settings(deadline=None)
def test_hot_is_never_without_contact_nor_with_a_cold_class(facts: list[Fact], signals: Signals) -> None:
    result = score(facts, signals, RUBRIC)
    if result.tier == "hot":
        assert signals.reachable
        assert not any(f.criterion == COLD for f in in_force(facts, RUBRIC))


@given(facts_lists, some_signals)
@settings(deadline=None)
def test_becoming_reachable_never_cools_and_never_costs_points(facts: list[Fact], signals: Signals) -> None:
    without = score(facts, replace(signals, email=False, phone=False), RUBRIC)
    reachable = score(facts, replace(signals, phone=True), RUBRIC)
    assert reachable.score >= without.score
    assert LADDER.index(reachable.tier) >= LADDER.index(without.tier)


@given(
    facts_lists,
    some_signals,
    st.sampled_from([("need", "Corolla"), ("timeline", "near"), ("request", "visit")]),
)
@settings(deadline=None)
def test_one_more_good_word_at_the_end_never_cools(
    facts: list[Fact], signals: Signals, said: tuple[str, str]
) -> None:
    more = [*facts, Fact(*said, "m9", said[1], "extractor", 9)]
    assert LADDER.index(score(more, signals, RUBRIC).tier) >= LADDER.index(score(facts, signals, RUBRIC).tier)


LADDER = ("cold", "warm", "hot")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('version: "4"', "version: 3", "version"),
        ("  need:\n", "  Need:\n", "criteria.Need"),
        ("points: 22}\n", "points: 220}\n", "points"),
        (
            "[reachable, need, timeline=near, not contact=revoked]",
            "[reachable, kneed]",
            "'kneed' names no criterion",
        ),
        (
            "timeline=near, not contact=revoked]",
            "timeline=soon]",
            "'timeline=soon' names no value of timeline",
        ),
        ("hot: [70, 100]", "hot: [60, 100]", "without overlap"),
        ("warm: [35, 69]", "warm: [35, 60]", "without a gap"),
        ("lifted_by: [need, request]", "lifted_by: [wish]", "'wish' is no criterion"),
        ("decay:\n", "decay:\n  speed: 3\n", "decay.speed"),
        ("  max_points: 30", "  max_points: thirty", "decay.max_points"),
        ("Falta: {condition}", "Falta: {thing}", "{thing}"),
        ("  silence:", "  quiet:", "silence"),
        (
            'label: {es: "Cuándo", en: "When", pt: "Quando"}',
            'label: {es: "Cuándo", en: "When"}',
            "is missing in pt",
        ),
        ("criteria:\n", "criteria:\n  need:\n", "stands here twice"),
        ("bands:\n", "bands: [\n", ""),
    ],
)
def test_a_broken_rubric_is_refused_with_its_line(old: str, new: str, complaint: str) -> None:
    broken = TEXT.replace(old, new, 1)
    assert broken != TEXT
    line = 1 + next(
        i for i, (a, b) in enumerate(zip(TEXT.splitlines(), broken.splitlines(), strict=False)) if a != b
    )
    with pytest.raises(ConfigurationError) as error:
        parse_rubric(broken, Path("draft.yaml"))
    message = str(error.value)
    assert message.startswith("draft.yaml:")
    assert complaint in message
    assert abs(int(message.split(":")[1]) - line) <= 3


def test_the_ref_names_the_very_text() -> None:
    assert RUBRIC.ref.startswith("default@")
    assert parse_rubric(TEXT + "\n# a remark\n", DEFAULT).ref != RUBRIC.ref
