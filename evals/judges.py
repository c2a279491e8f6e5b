"""The weights of `app/leads/facts_judged.py`: how much each sign of a conversation speaks for cold, and for now.

Fitted on conversations as a model reads them that has not been trained on them, so that nothing is trusted more than it
deserves with strangers.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, sqrt

from app.leads.facts_judged import Mood, signs_of
from app.leads.facts_learned import Weights, read_asked_by, read_sentences_by
from app.leads.facts_message import find_by_rules
from app.leads.facts_text import fold
from evals.corpus import Case
from evals.guided import visitor_messages

EARLY = 0.5
"""What all the messages before the last weigh together; by the last, everything has been said."""
CALM = 3.0
"""How strongly weights are drawn to 0, in examples."""
STEPS = 30


def moods(case: Case, weights: Weights) -> list[Mood]:
    """After each message of the visitor's."""
    mood, found = Mood(), []
    for message in visitor_messages(case):
        read = read_sentences_by(weights, fold(message.text).text)
        asked = read_asked_by(weights, message.asked) if message.asked else None
        mood = mood.after(signs_of(read, asked), find_by_rules(message))
        found.append(mood)
    return found


def fit_judges(read: Sequence[tuple[Case, Weights]]) -> tuple[list[float], list[float]]:
    """The weights for cold and for now, each with its constant first. Every case comes with weights that were trained
    without it."""
    cold: list[tuple[Sequence[float], bool, float]] = []
    now: list[tuple[Sequence[float], bool, float]] = []
    for case, weights in read:
        *early, last = moods(case, weights)
        cold += [(mood.cold_signs(), case.tier == "cold", EARLY / len(early)) for mood in early]
        cold.append((last.cold_signs(), case.tier == "cold", 1.0))
        if case.tier != "cold" and (case.contact.email or case.contact.phone):
            # Who can be reached is hot or warm by this alone.
            now.append((last.now_signs(), case.tier == "hot", 1.0))
    return fit(cold), fit(now)


def fit(examples: Sequence[tuple[Sequence[float], bool, float]]) -> list[float]:
    """Logistic regression by Newton's method over signs made comparable: `(signs, is so, how much it counts)`."""
    count = len(examples)
    columns = list(zip(*(signs for signs, _, _ in examples), strict=True))
    means = [sum(column) / count for column in columns]
    spreads = [
        sqrt(sum((v - m) ** 2 for v in column) / count) or 1.0
        for column, m in zip(columns, means, strict=True)
    ]
    rows = [
        ([1.0, *((v - m) / s for v, m, s in zip(signs, means, spreads, strict=True))], float(so), counts)
        for signs, so, counts in examples
    ]
    size = len(means) + 1
    weights = [0.0] * size
    for _ in range(STEPS):
        slope = [CALM * w if n else 0.0 for n, w in enumerate(weights)]
        bend = [[(CALM if n else 1e-6) if n == k else 0.0 for k in range(size)] for n in range(size)]
        for row, so, counts in rows:
            p = 1 / (1 + exp(-max(-30.0, min(30.0, sum(w * v for w, v in zip(weights, row, strict=True))))))
            off, curve = counts * (p - so), counts * p * (1 - p)
            for n, v in enumerate(row):
                slope[n] += off * v
                for k in range(n + 1):
                    bend[n][k] += curve * v * row[k]
        for n in range(size):
            for k in range(n):
                bend[k][n] = bend[n][k]
        weights = [w - step for w, step in zip(weights, _solved(bend, slope), strict=True)]
    plain = [w / s for w, s in zip(weights[1:], spreads, strict=True)]
    return [weights[0] - sum(w * m for w, m in zip(plain, means, strict=True)), *plain]


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """By elimination; the matrix is symmetric and positive."""
    size = len(right)
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for n in range(size):
        for below in range(n + 1, size):
            factor = rows[below][n] / rows[n][n]
            rows[below] = [b - factor * a for a, b in zip(rows[n], rows[below], strict=True)]
    found = [0.0] * size
    for n in reversed(range(size)):
        found[n] = (rows[n][size] - sum(rows[n][k] * found[k] for k in range(n + 1, size))) / rows[n][n]
    return found
