"""`make eval`: how well leads are read, against the labelled conversations of tests/evals/leads, and whether the
shipped assistant passes its own cases (prompts/evals).

By the rules, and by the model as well where TALIA_OPENAI_API_KEY or TALIA_OPENAI_BASE_URL is set: that asks it at least
once for every turn. Ends with 1 when a figure of the tune split, by the rules, is below its floor (`evals/floors.py`)
or the guided assistant or a scripted model fails a case or has its inventions let through, with 2 when nothing could be
measured.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Iterable
from typing import get_args

from app.errors import ConfigurationError
from app.leads.rubric import load_rubric
from app.leads.types import Rubric
from app.llm.build import model_is_configured
from app.logs import configure_logging
from app.settings import Settings, load_settings
from evals.corpus import CorpusError, Split, load
from evals.figures import measure
from evals.floors import broken
from evals.guided import replay
from evals.report import report


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    splits: tuple[Split, ...] = (options.split,) if options.split else get_args(Split)
    try:
        rubric = load_rubric(options.rubric)
        below = _by_rules(splits, rubric)
        settings = load_settings()
        with_model = model_is_configured(settings) and not options.rules_only
        if with_model:
            _by_model(splits, rubric, settings)
        below += _assistant(settings, with_model=with_model)
    except (ConfigurationError, CorpusError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    _say(f"\nBelow its floor: {line}" for line in below)
    return 1 if below else 0


def _by_rules(splits: Iterable[Split], rubric: Rubric) -> list[str]:
    """Reports every split; what of the tune split is below its floor."""
    below: list[str] = []
    for split in splits:
        outcomes = [replay(case, rubric) for case in load(split)]
        _say(report("guided", split, outcomes))
        if split == "tune":
            below = list(broken(measure(outcomes)))
    return below


def _by_model(splits: Iterable[Split], rubric: Rubric, settings: Settings) -> None:
    from evals.model import replay_all  # noqa: PLC0415 - the SDK takes a second that the rules alone need not pay

    for split in splits:
        outcomes, effort = asyncio.run(replay_all(load(split), rubric, settings))
        _say(report(f"model {settings.openai_model_name}", split, outcomes))
        spent = f"{effort.usage.input_tokens:,} tokens in and {effort.usage.output_tokens:,} out"
        _say([f"\nThe model answered {effort.answered} of {effort.turns} turns, with {spent}."])


def _assistant(settings: Settings, *, with_model: bool) -> list[str]:
    """Reports the shipped cases; those that the guided assistant or a scripted model fails."""
    from evals.assistant import play_shipped, told  # noqa: PLC0415 - see above
    from evals.scripted import by_model, play_bad, play_good, stopped, told_of_bad  # noqa: PLC0415 - see above

    by_rules = asyncio.run(play_shipped(settings, with_model=False))
    _say(told("guided", by_rules))
    good, bad = asyncio.run(play_good(settings)), asyncio.run(play_bad(settings))
    _say(told("a scripted model", good))
    _say(told_of_bad(bad))
    if with_model:
        _say(told(str(settings.openai_model_name), asyncio.run(play_shipped(settings, with_model=True))))
    below = [f"the guided assistant on {one.case.name!r}" for one in by_rules if not one.passed]
    below += [f"the scripted model on {one.case.name!r}" for one in good if not by_model(one)]
    return below + [f"the guard on {one.case.name!r}" for one in bad if not stopped(one)]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="make eval", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--split", choices=get_args(Split), help="only this one")
    parser.add_argument("--rubric", default="default", help="a rubric of prompts/rubrics")
    parser.add_argument("--rules-only", action="store_true", help="ask no model")
    return parser


def _say(lines: Iterable[str]) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)


if __name__ == "__main__":
    # What the product would log of hundreds of turns is not what was asked for here.
    configure_logging("console", "error")
    sys.exit(main())
