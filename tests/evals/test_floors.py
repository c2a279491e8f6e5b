"""The rules keep what they reached on the conversations they were tuned on; the frozen ones are nobody's target."""

import pytest

from evals.__main__ import main
from evals.floors import COLD_CALLED_HOT, CONTACT_F1, EVIDENCE_PRECISION, OTHERS_SAVED, TIER_AGREEMENT


def test_the_rules_hold_their_figures(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--split", "tune", "--rules-only"])
    printed = capsys.readouterr().out
    assert code == 0, printed[printed.find("\nBelow its floor") :]
    assert "### guided, tune (" in printed
    assert "guided, frozen" not in printed


def test_the_floors_are_not_under_what_was_promised() -> None:
    assert CONTACT_F1 >= 0.97
    assert EVIDENCE_PRECISION == 1.0
    assert TIER_AGREEMENT >= 0.85
    assert OTHERS_SAVED == COLD_CALLED_HOT == 0


def test_what_cannot_be_measured_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--rubric", "nowhere", "--rules-only"]) == 2
    assert "nowhere.yaml" in capsys.readouterr().err
