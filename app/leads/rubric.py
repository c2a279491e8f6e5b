"""Facts and signals to a score, a tier and reasons: pure, deterministic, the same whatever order the facts come in.

A model may find facts; only this decides what they are worth, so that a tier can be explained, replayed and trusted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.leads.rubric_schema import NOT, REACHABLE, load_rubric, parse_rubric, read_rubric
from app.leads.types import COLD, NONE, Fact, Locale, Reason, Rubric, Score, Signals, Tier, fact_order

__all__ = ["explain", "in_force", "load_rubric", "parse_rubric", "read_rubric", "score"]


def score(facts: Iterable[Fact], signals: Signals, rubric: Rubric) -> Score:
    """What the facts of one conversation are worth. Facts under unknown criteria or with unknown values"
    " do not count."""
    holding = in_force(facts, rubric)
    cold = [fact for fact in holding if fact.criterion == COLD]
    said = _by_criterion(holding)
    tier, deciding = _tier(cold, said, signals, rubric)
    reasons = [*_fact_reasons(holding, rubric), *_signal_reasons(signals, rubric)]
    total = sum(reason.points for reason in (*reasons, *(r for r in deciding if r.key == COLD)))
    low, high = rubric.bands[tier]
    first = sorted(reasons, key=lambda r: (-abs(r.points), r.key, sorted(r.params.items())))
    return Score(max(low, min(high, total)), tier, (*deciding, *first), rubric.ref)


def in_force(facts: Iterable[Fact], rubric: Rubric) -> tuple[Fact, ...]:
    """The facts that hold at the end: of each criterion the last word, nothing that was taken back, and the cold
    classes that nothing said later has lifted. In the order they were said."""
    ordered = sorted({fact for fact in facts if _counts(fact, rubric)}, key=fact_order)
    last: dict[str, Fact] = {}
    cold: dict[str, Fact] = {}
    for fact in ordered:
        if fact.criterion == COLD:
            cold = {} if fact.value == NONE else {**cold, fact.value: fact}
            continue
        if fact.value == NONE:
            last.pop(fact.criterion, None)
            continue
        last[fact.criterion] = fact
        cold = {name: f for name, f in cold.items() if fact.criterion not in rubric.cold[name].lifted_by}
    return tuple(sorted((*last.values(), *cold.values()), key=fact_order))


def explain(reason: Reason, rubric: Rubric, locale: Locale) -> str:
    """A reason as a seller reads it."""
    params = {
        key: _in_words(key, value, reason.params, rubric, locale) for key, value in reason.params.items()
    }
    text = rubric.reasons[reason.key][locale]
    for key, value in params.items():
        text = text.replace(f"{{{key}}}", value)
    return text


def _counts(fact: Fact, rubric: Rubric) -> bool:
    criterion = rubric.criteria.get(fact.criterion)
    if criterion is None:
        return False
    return fact.value == NONE or not criterion.values or fact.value in criterion.values


def _by_criterion(facts: Iterable[Fact]) -> dict[str, Fact]:
    return {fact.criterion: fact for fact in facts if fact.criterion != COLD}


def _tier(
    cold: Sequence[Fact], said: Mapping[str, Fact], signals: Signals, rubric: Rubric
) -> tuple[Tier, list[Reason]]:
    """The tier, and why not a better one."""
    if cold:
        return "cold", [
            Reason(COLD, {"value": fact.value}, rubric.cold[fact.value].points, _evidence(fact))
            for fact in sorted(cold, key=lambda f: (rubric.cold[f.value].points, fact_order(f)))
        ]
    if any(_unmet(line, said, signals) == [] for line in rubric.gates["hot"]):
        if signals.silent_days < rubric.decay.cool_days:
            return "hot", []
        return "warm", [Reason("cooled", {"count": f"{signals.silent_days:.0f}"}, 0)]
    tier: Tier = "cold"
    if any(_unmet(line, said, signals) == [] for line in rubric.gates["warm"]):
        tier = "warm"
    nearest = min(
        (_unmet(line, said, signals) for line in rubric.gates["hot" if tier == "warm" else "warm"]), key=len
    )
    return tier, [_lacking(condition, said) for condition in nearest]


def _unmet(line: Sequence[str], said: Mapping[str, Fact], signals: Signals) -> list[str]:
    return [condition for condition in line if not _holds(condition, said, signals)]


def _holds(condition: str, said: Mapping[str, Fact], signals: Signals) -> bool:
    if condition.startswith(NOT):
        return not _holds(condition.removeprefix(NOT), said, signals)
    if condition == REACHABLE:
        return signals.reachable
    criterion, _, value = condition.partition("=")
    fact = said.get(criterion)
    return fact is not None and (not value or fact.value == value)


def _lacking(condition: str, said: Mapping[str, Fact]) -> Reason:
    if condition.startswith(NOT):
        bare = condition.removeprefix(NOT)
        fact = said.get(bare.partition("=")[0])
        return Reason("against", {"condition": bare}, 0, _evidence(fact) if fact else ())
    return Reason("missing", {"condition": condition}, 0)


def _fact_reasons(holding: Iterable[Fact], rubric: Rubric) -> list[Reason]:
    reasons = []
    for fact in holding:
        if fact.criterion == COLD:
            continue
        criterion = rubric.criteria[fact.criterion]
        points = criterion.values[fact.value].points if criterion.values else criterion.points
        reasons.append(
            Reason("fact", {"criterion": fact.criterion, "value": fact.value}, points, _evidence(fact))
        )
    return reasons


def _signal_reasons(signals: Signals, rubric: Rubric) -> list[Reason]:
    reasons = []
    rules = rubric.signals
    if signals.reachable and (rule := rules.get(REACHABLE)):
        kinds = ", ".join(kind for kind in ("phone", "email") if getattr(signals, kind))
        reasons.append(Reason(REACHABLE, {"value": kinds}, rule.points, signals.contact_evidence))
    if (
        (rule := rules.get("reply_seconds"))
        and signals.reply_seconds is not None
        and signals.reply_seconds <= rule.limit
    ):
        reasons.append(Reason("reply_seconds", {"count": f"{signals.reply_seconds:.0f}"}, rule.points))
    if (rule := rules.get("specific_questions")) and signals.specific_questions >= rule.limit:
        count = {"count": str(signals.specific_questions)}
        reasons.append(Reason("specific_questions", count, rule.points, signals.question_evidence))
    if (rule := rules.get("visits")) and signals.visits >= rule.limit:
        reasons.append(Reason("visits", {"count": str(signals.visits)}, rule.points))
    late = signals.silent_days - rubric.decay.after_days
    if late > 0 and (lost := min(rubric.decay.max_points, round(late * rubric.decay.points_per_day))):
        reasons.append(Reason("silence", {"count": f"{signals.silent_days:.0f}"}, -lost))
    return reasons


def _evidence(fact: Fact) -> tuple[str, ...]:
    return (fact.message_id,) if fact.message_id else ()


def _in_words(key: str, value: str, params: Mapping[str, str], rubric: Rubric, locale: Locale) -> str:
    if key == "criterion":
        return rubric.criteria[value].label[locale] if value in rubric.criteria else value
    if key == "condition":
        name, _, wanted = value.partition("=")
        if name in rubric.words:
            return rubric.words[name][locale]
        asked = rubric.criteria[name]
        return (
            f"{asked.label[locale]}: {asked.values[wanted].label[locale]}" if wanted else asked.label[locale]
        )
    if key == "value":
        criterion = rubric.criteria.get(params.get("criterion", COLD))
        if criterion and value in criterion.values:
            return criterion.values[value].label[locale]
        if "criterion" not in params:
            return ", ".join(rubric.words[w][locale] if w in rubric.words else w for w in value.split(", "))
    return value
