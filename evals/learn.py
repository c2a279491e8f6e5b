"""`python -m evals.learn`: trains the weights of `app/leads/facts_learned.py` and writes them beside it.

The examples are the lines of `evals/reading`, filled in from its slots and written worse than they are (dropped
letters, short forms, a greeting before), and the sentences of the conversations that rules may be tuned on. Everything
random comes from one seed, so that the same data gives the same file. `--check` trains without every fifth line and
without a fifth of the things that lines are about instead, and says how well those are read.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log, sqrt
from pathlib import Path

from app.leads import facts_learned
from app.leads.facts_learned import KINDS, LABELS, PAD, SCALE, STEEP, WISHES, ZERO, probabilities, sentences
from app.leads.facts_text import Folded, fold
from evals.corpus import Case, load
from evals.examples import Example, draw, read_lines, read_slots

WEIGHTS = Path(facts_learned.__file__).with_suffix(".txt")
VERSION = 1
SEED = 20261120
EPOCHS = 8
RUNS = 4
"""Of which the mean is kept: what one run learnt by chance, the others did not."""
RATE = 0.3
DROPPED = 0.5
"""Of a sentence's features at each look at it, so that no sentence is learnt by heart."""
LEAST = 3
"""Examples that must have a feature."""
FAINT = 6
"""A feature none of whose weights is this many steps from zero is left out of the file."""
FOLDS = 5
SURE = (0.5, 0.8, 0.9, 0.95)
CLASSES = {
    "curiosity": "curious",
    "complaint": "support",
    "no_need": "other_matter",
}
"""The labels of the conversations that have another name here."""


@dataclass(slots=True)
class Model:
    """A weight and a sum of squared slopes per feature and label. `ids`: the features' rows."""

    ids: dict[str, int]
    weights: list[list[float]]
    slopes: list[list[float]]
    bias: list[float]
    bias_slopes: list[float]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.learn", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say how unseen lines are read")
    if parser.parse_args(arguments).check:
        _check()
        return 0
    lines, slots = read_lines(), read_slots()
    chance = random.Random(SEED)  # noqa: S311 - reproducible is the point
    examples = [*draw(lines, slots, chance), *_told((*load("tune"), *load("tune2")))]
    model = train(examples, chance)
    WEIGHTS.write_text(_written(model), encoding="ascii", newline="\n")
    size = WEIGHTS.stat().st_size
    sys.stdout.write(f"{len(examples)} examples, {WEIGHTS.name}: {size:,} bytes\n")
    return 0


def train(examples: Sequence[Example], chance: random.Random) -> Model:
    """The mean of several runs over the same examples."""
    first, *others = (_run(examples, chance) for _ in range(RUNS))
    for row, *rows in zip(first.weights, *(other.weights for other in others), strict=True):
        row[:] = [sum(column) / RUNS for column in zip(row, *rows, strict=True)]
    biases = zip(first.bias, *(other.bias for other in others), strict=True)
    first.bias[:] = [sum(column) / RUNS for column in biases]
    return first


def _run(examples: Sequence[Example], chance: random.Random) -> Model:
    """Logistic regression by AdaGrad: one softmax over the kinds, and a yes or no for each wish."""
    counted = Counter(name for example in examples for name in example.features)
    ids = {name: n for n, name in enumerate(name for name, times in counted.items() if times >= LEAST)}
    model = Model(
        ids,
        weights=[[0.0] * len(LABELS) for _ in ids],
        slopes=[[0.1] * len(LABELS) for _ in ids],
        bias=[0.0] * len(LABELS),
        bias_slopes=[1.0] * len(LABELS),
    )
    rows = [([ids[n] for n in e.features if n in ids], e) for e in examples]
    for _ in range(EPOCHS):
        chance.shuffle(rows)
        lost = sum(
            _learn(model, [i for i in row if chance.random() >= DROPPED], example) for row, example in rows
        )
        sys.stdout.write(f"loss {lost / len(rows):.4f}\n")
    return model


def _learn(model: Model, row: Sequence[int], example: Example) -> float:
    kinds, wishes = _read(model, row)
    factor = STEEP / sqrt(len(row) + PAD)
    for label, said in enumerate((*kinds, *wishes)):
        off = said - (LABELS[label] in example.labels)
        if abs(off) < 0.01 or (label >= len(KINDS) and LABELS[label] not in example.known):
            continue
        model.bias_slopes[label] += off * off
        model.bias[label] -= RATE * off / sqrt(model.bias_slopes[label])
        step = off * factor
        for i in row:
            slopes = model.slopes[i]
            slopes[label] += step * step
            model.weights[i][label] -= RATE * step / sqrt(slopes[label])
    return -log(max(sum(p for kind, p in zip(KINDS, kinds, strict=True) if kind in example.labels), 1e-9))


def _read(model: Model, row: Sequence[int]) -> tuple[list[float], list[float]]:
    columns = zip(*(model.weights[i] for i in row), strict=True)
    return probabilities(model.bias, [sum(c) for c in columns] or [0.0] * len(LABELS), len(row))


def _told(cases: Iterable[Case]) -> list[Example]:
    """What people write who do want something. Which sentence makes a visitor cold is no label's to say."""
    return [
        _of_a_buyer(case, fold(text), start, end, names)
        for case in cases
        if case.tier != "cold"
        for text in case.visitor_texts
        for start, end, names in sentences(fold(text).text)
    ]


def _of_a_buyer(case: Case, folded: Folded, start: int, end: int, names: Sequence[str]) -> Example:
    said = {fact.criterion for fact in case.facts if fold(fact.quote).text in folded.text[start:end]}
    labels, known = {"ordinary"}, {"need"}
    if "need" in said:
        labels.add("need")
    if "timeline" in said and (case.contact.email or case.contact.phone):
        # Who can be reached and names a date is hot or warm by the date alone.
        labels.add("near" if case.tier == "hot" else "far")
        known |= {"near", "far"}
    elif "timeline" not in said:
        known |= {"near", "far"}
    return Example(tuple(names), frozenset(labels), frozenset(known))


def _written(model: Model) -> str:
    lines = [f"facts_learned {VERSION}", " ".join(LABELS), " ".join(f"{b:.4f}" for b in model.bias)]
    for name, number in sorted(model.ids.items()):
        steps = [max(-46, min(46, round(w * SCALE))) for w in model.weights[number]]
        if max(map(abs, steps)) >= FAINT:
            lines.append(f"{name}\t{bytes(ZERO + step for step in steps).decode()}")
    return "\n".join(lines) + "\n"


def _check() -> None:
    """Every fifth line held back, with a fifth of the words that fill them."""
    lines, slots = read_lines(), read_slots()
    order = random.Random(SEED)  # noqa: S311 - reproducible is the point
    order.shuffle(lines)
    seen, unseen = slots.parted(FOLDS)
    known = [line for n, line in enumerate(lines) if n % FOLDS]
    asked = draw(lines[::FOLDS], unseen, order, as_written=True)
    model = train(draw(known, seen, order), order)
    read = [(e, *_read(model, [model.ids[n] for n in e.features if n in model.ids])) for e in asked]
    cold = [(e, kinds) for e, kinds, _ in read if "ordinary" not in e.labels]
    others = [(e, kinds) for e, kinds, _ in read if "ordinary" in e.labels]
    for sure in SURE:
        found = [(e, kinds) for e, kinds in cold if 1 - kinds[-1] >= sure]
        right = sum(
            KINDS[max(range(len(KINDS) - 1), key=kinds.__getitem__)] in e.labels for e, kinds in found
        )
        false = sum(1 - kinds[-1] >= sure for _, kinds in others)
        sys.stdout.write(
            f"cold at {sure}: found {len(found)} of {len(cold)}, {right} of them as the right kind;"
            f" {false} of {len(others)} others taken for cold\n"
        )
    for number, wish in enumerate(WISHES):
        said = [(wish in e.labels, wishes[number] >= SURE[0]) for e, _, wishes in read]
        hits, false = (
            sum(right and is_so for right, is_so in said),
            sum(is_so > right for right, is_so in said),
        )
        sys.stdout.write(f"{wish}: {hits} of {sum(right for right, _ in said)}, {false} false\n")


if __name__ == "__main__":
    sys.exit(main())
