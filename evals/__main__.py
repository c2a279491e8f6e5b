"""`make eval`: how well leads are read, against the labelled conversations of tests/evals/leads.

Ends with 1 when a figure of the tune split, by the rules, is below its floor (`evals/floors.py`).
"""

from __future__ import annotations

import argparse
import sys
from typing import get_args

from app.leads.rubric import load_rubric
from evals.corpus import Split, load
from evals.figures import measure
from evals.floors import broken
from evals.guided import replay
from evals.report import report


def main() -> int:
    parser = argparse.ArgumentParser(prog="make eval", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--split", choices=get_args(Split), help="one split only")
    options = parser.parse_args()
    splits: tuple[Split, ...] = (options.split,) if options.split else get_args(Split)
    rubric = load_rubric()
    below: list[str] = []
    for split in splits:
        outcomes = [replay(case, rubric) for case in load(split)]
        say(*report("guided", split, outcomes))
        if split == "tune":
            below = list(broken(measure(outcomes)))
    say(*(f"\nBelow its floor: {line}" for line in below))
    return 1 if below else 0


def say(*lines: str) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
