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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from app.leads import facts_learned
from app.leads.facts_judged import COLD_SIGNS, NOW_SIGNS
from app.leads.facts_learned import (
    KINDS,
    LABELS,
    PAD,
    SCALE,
    STEEP,
    WISHES,
    ZERO,
    asked_features,
    parse_weights,
    probabilities,
    sentences,
)
from app.leads.facts_text import fold
from evals.corpus import Case, load
from evals.examples import Example, draw, read_asked_lines, read_lines, read_slots
from evals.judges import fit_judges

WEIGHTS = Path(facts_learned.__file__).with_suffix(".txt")
VERSION = 2
SEED = 20261120
EPOCHS = 8
RUNS = 3
"""Of which the mean is kept: what one run learnt by chance, the others did not."""
RATE = 0.3
DROPPED = 0.5
"""Of a sentence's features at each look at it, so that no sentence is learnt by heart."""
LEAST = 4
"""Examples that must have a feature."""
FAINT = 8
"""A feature none of whose weights is this many steps from zero is left out of the file."""
FOLDS = 4
WORTH_LEARNING = 0.1
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
    always, others = load("tune"), (*load("tune2"), *load("tune3"), *load("tune4"))
    model = fitted((*always, *others), RUNS)
    none = (0.0,) * (COLD_SIGNS + 1), (0.0,) * (NOW_SIGNS + 1)
    WEIGHTS.write_text(written(model, *none), encoding="ascii", newline="\n")
    readers = []
    for part in range(FOLDS):
        seen = [case for number, case in enumerate(others) if number % FOLDS != part]
        readers.append(parse_weights(written(fitted((*always, *seen), 1), *none)))
    cold, now = fit_judges([(case, readers[number % FOLDS]) for number, case in enumerate(others)])
    WEIGHTS.write_text(written(model, cold, now), encoding="ascii", newline="\n")
    sys.stdout.write(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size:,} bytes\ncold {cold}\nnow {now}\n")
    return 0


def fitted(cases: Sequence[Case], runs: int) -> Model:
    """Trained on the lines and on these conversations; of cold ones on the sentence that a first model picks out."""
    chance = random.Random(SEED)  # noqa: S311 - reproducible is the point
    examples = [*draw(read_lines(), read_slots(), chance), *read_asked_lines(), *told(cases)]
    first = train(examples, chance, 1)
    return train([*examples, *taken_for(cases, first)], chance, runs)


def train(examples: Sequence[Example], chance: random.Random, runs: int = RUNS) -> Model:
    """The mean of several runs over the same examples."""
    first, *others = (_run(examples, chance) for _ in range(runs))
    for row, *rows in zip(first.weights, *(other.weights for other in others), strict=True):
        row[:] = [sum(column) / runs for column in zip(row, *rows, strict=True)]
    biases = zip(first.bias, *(other.bias for other in others), strict=True)
    first.bias[:] = [sum(column) / runs for column in biases]
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
        for row, example in rows:
            _learn(model, [i for i in row if chance.random() >= DROPPED], example)
    return model


def _learn(model: Model, row: Sequence[int], example: Example) -> None:
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


def _read(model: Model, row: Sequence[int]) -> tuple[list[float], list[float]]:
    columns = zip(*(model.weights[i] for i in row), strict=True)
    return probabilities(model.bias, [sum(c) for c in columns] or [0.0] * len(LABELS), len(row))


def told(cases: Sequence[Case]) -> list[Example]:
    """What people write who do want something, and what they are asked by then, whoever they are. Which sentence makes
    a visitor cold is no label's to say: see `taken_for`."""
    examples = []
    for case in cases:
        for asked, text in messages(case):
            if asked:
                examples.append(_of_a_question(case, asked, text))
            if case.tier != "cold":
                folded = fold(text)
                examples += [
                    _of_a_buyer(case, folded.text[start:end], names)
                    for start, end, names in sentences(folded.text)
                ]
    return examples


def taken_for(cases: Sequence[Case], model: Model) -> list[Example]:
    """Of every cold visitor the one sentence that `model` takes most surely for what the visitor is."""
    examples = []
    for case in cases:
        if case.tier != "cold":
            continue
        kind = kind_of(case)
        read = [
            (_read(model, [model.ids[n] for n in names if n in model.ids])[0][KINDS.index(kind)], names)
            for text in case.visitor_texts
            for _, _, names in sentences(fold(text).text)
        ]
        if read:
            best = max(read)
            if best[0] >= WORTH_LEARNING:
                examples.append(Example(tuple(best[1]), frozenset((kind,)), frozenset()))
    return examples


def kind_of(case: Case) -> str:
    """Which of `KINDS` the visitor is."""
    label = case.cold_class or "ordinary"
    return CLASSES.get(label, label)


def messages(case: Case) -> Iterator[tuple[str, str]]:
    """(what was asked before it, text) of each message of the visitor's."""
    asked = ""
    for line in case.turns:
        if line.author == "assistant":
            asked = line.text
        else:
            yield asked, line.text


def _of_a_question(case: Case, asked: str, answer: str) -> Example:
    labels, known = _wishes_of(case, fold(answer).text)
    return Example(tuple(asked_features(asked)), frozenset((kind_of(case), *labels)), frozenset(known))


def _of_a_buyer(case: Case, text: str, names: Sequence[str]) -> Example:
    labels, known = _wishes_of(case, text)
    return Example(tuple(names), frozenset(("ordinary", *labels)), frozenset(known))


def _wishes_of(case: Case, text: str) -> tuple[set[str], set[str]]:
    """Which of `WISHES` the labels say of a part of what was written, and of which they say whether it has them."""
    if case.tier == "cold":
        return set(), set(WISHES)
    said = {fact.criterion for fact in case.facts if fold(fact.quote).text in text}
    labels, known = set(), {"need"}
    reachable = bool(case.contact.email or case.contact.phone)
    if "need" in said:
        labels.add("need")
    if "timeline" in said and reachable:
        # Who can be reached and names a date is hot or warm by the date alone.
        labels.add("near" if case.tier == "hot" else "far")
        known |= {"near", "far"}
    elif "timeline" not in said:
        known |= {"near", "far"}
    if "request" in said:
        labels.add("asks")
        known.add("asks")
    elif reachable and case.tier == "warm":
        known.add("asks")
    return labels, known


def written(model: Model, cold: Sequence[float], now: Sequence[float]) -> str:
    """The text of the weights' file."""
    lines = [f"facts_learned {VERSION}", " ".join(LABELS)]
    lines += [" ".join(f"{value:.4f}" for value in values) for values in (model.bias, cold, now)]
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
