"""The labelled conversations are what they claim to be: valid, balanced, all different."""

from collections import Counter
from pathlib import Path

import phonenumbers
import pytest
from email_validator import validate_email

from evals.corpus import Case, CorpusError, load, read

SPLITS = ("tune", "frozen")
LEAST = 60
WORDS_IN_A_ROW = 5


@pytest.fixture(scope="module")
def splits() -> dict[str, tuple[Case, ...]]:
    return {split: load(split) for split in SPLITS}


def shingles(case: Case) -> set[tuple[str, ...]]:
    """What tells two conversations apart: runs of five words of the visitor."""
    words = " ".join(case.visitor_texts).casefold().split()
    return {tuple(words[at : at + WORDS_IN_A_ROW]) for at in range(len(words) - WORDS_IN_A_ROW + 1)}


def spread(cases: tuple[Case, ...]) -> dict[tuple[str, str], float]:
    """The share of each language and tier."""
    counted = Counter((case.language, case.tier) for case in cases)
    return {cell: count / len(cases) for cell, count in counted.items()}


def test_both_splits_are_large_balanced_and_alike(splits: dict[str, tuple[Case, ...]]) -> None:
    for cases in splits.values():
        total = len(cases)
        assert total >= LEAST
        assert max(Counter(case.tier for case in cases).values()) <= total * 0.4
        languages = Counter(case.language for case in cases)
        assert 0.4 <= languages["es"] / total <= 0.6
        assert min(languages["en"], languages["pt"]) >= total * 0.2
        assert len({case.region for case in cases}) >= 10
        assert len({case.trade for case in cases}) >= 20
        assert len({case.cold_class for case in cases}) >= 10
        lengths = {len(case.visitor_texts) for case in cases}
        assert min(lengths) == 1
        assert max(lengths) >= 8
        cells = Counter((case.language, case.tier) for case in cases)
        assert len(cells) == 9
        assert min(cells.values()) >= 5
    tune, frozen = (spread(splits[split]) for split in SPLITS)
    assert all(abs(tune[cell] - frozen[cell]) <= 0.03 for cell in tune | frozen)


def test_no_conversation_is_there_twice(splits: dict[str, tuple[Case, ...]]) -> None:
    every = [case for cases in splits.values() for case in cases]
    assert [name for name, times in Counter(case.id for case in every).items() if times > 1] == []
    runs = [(case.id, shingles(case)) for case in every]
    alike = [
        (one, other)
        for at, (one, first) in enumerate(runs)
        for other, second in runs[at + 1 :]
        if len(first & second) > 0.2 * max(1, min(len(first), len(second)))
    ]
    assert alike == []


def test_expected_contacts_can_exist(splits: dict[str, tuple[Case, ...]]) -> None:
    for case in (case for cases in splits.values() for case in cases):
        values = [case.contact.email, case.contact.phone, *case.others]
        for value in filter(None, values):
            if value.startswith("+"):
                assert phonenumbers.is_valid_number(phonenumbers.parse(value)), case.id
            elif "@" in value:
                assert validate_email(value, check_deliverability=False).normalized == value, case.id


def test_every_reachable_hot_lead_and_no_other_has_a_contact_of_its_own(
    splits: dict[str, tuple[Case, ...]],
) -> None:
    hot = [case for cases in splits.values() for case in cases if case.tier == "hot"]
    assert [case.id for case in hot if not (case.contact.email or case.contact.phone)] == []
    assert [case.id for case in hot if "need" not in {fact.criterion for fact in case.facts}] == []


CASE = """
- id: es-warm-sample
  locale: es-MX
  region: MX
  trade: cars
  at: 2026-09-14T19:05
  turns:
    - visitor: "Me interesa el Jetta"
  contact: {name: "Ana"}
  facts:
    - need: "Jetta"
  tier: warm
  why: "No contact."
"""


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ('  why: "No contact."', '  why: "No contact."\n  mood: happy', "mood: Extra inputs"),
        ('- need: "Jetta"', '- need: "Tsuru"', "no message of the visitor has the quote 'Tsuru'"),
        ('- need: "Jetta"', '- colour: "Jetta"', "facts.0.criterion"),
        ("tier: warm", "tier: hot", "the id begins with another language or tier"),
        ("tier: warm", "tier: warm\n  cold_class: prank", "cold_class belongs to every cold"),
        ('{name: "Ana"}', '{phone: "55 1234"}', "contact.phone"),
        ('{name: "Ana"}', '{name: "Ana"}\n  others: ["Ana"]', "the visitor's and somebody else's"),
        ('- visitor: "Me', '- seller: "Me', "a turn has either visitor or assistant"),
        ("- id: es-warm-sample", "- id: [", "while parsing"),
    ],
)
def test_a_wrong_file_is_refused_by_name_and_reason(
    tmp_path: Path, right: str, wrong: str, says: str
) -> None:
    path = tmp_path / "sample.yaml"
    path.write_text(CASE, encoding="utf-8")
    assert [case.id for case in read(path)] == ["es-warm-sample"]
    assert CASE.count(right) == 1
    path.write_text(CASE.replace(right, wrong), encoding="utf-8")
    with pytest.raises(CorpusError, match=r"^sample\.yaml: ") as caught:
        read(path)
    assert says in str(caught.value)
