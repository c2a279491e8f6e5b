"""What the model notices about the visitor's wishes: noted only with evidence, in the visitor's own words.

The model finds facts, and code decides what they are worth; a fact without a quote that the visitor wrote is nothing.
SQL checks the quote once more when it stores it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from app.conversations.types import TurnMessage
from app.leads.facts_text import fold
from app.leads.types import COLD, NONE, Fact, Rubric
from app.llm.port import ToolSpec
from app.replies.tool_schema import Arguments, strict_schema

MAX_FACTS = 10
MAX_QUOTE = 300
MAX_VALUE = 200


class RecordFact(Arguments):
    """Note one thing the visitor said about what they want. `quote` is their own words, copied exactly from one of
    their messages: without them nothing is noted. What they take back is noted with the value "none"."""

    criterion: str
    value: str
    quote: str


class Noticed:
    """The facts that the model has noted in one turn. `written` are the visitor's messages."""

    def __init__(self, rubric: Rubric, written: Sequence[TurnMessage]) -> None:
        self._rubric = rubric
        self._written = written
        self._facts: dict[tuple[str, str, str], Fact] = {}

    @property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(self._facts.values())

    def spec(self) -> ToolSpec:
        return _spec(self._rubric)

    def note(self, criterion: str, value: str, quote: str) -> str | None:
        """What is wrong with it, in words for the model; None: noted."""
        if problem := self._problem(criterion, value, quote):
            return problem
        message = next((m for m in reversed(self._written) if quote in m.text), None)
        if message is None:
            return "quote: the visitor has not written this; copy their words exactly, from one message"
        start = _spoken(message.text, quote)
        if start is None:
            return "quote: this is no statement of the visitor's about what they want"
        key = (message.message_id, criterion, value)
        fact = Fact(criterion, value, message.message_id, quote, "model", message.seq, start)
        self._facts.setdefault(key, fact)
        return None

    def _problem(self, criterion: str, value: str, quote: str) -> str | None:
        known = _values(self._rubric)
        allowed = known.get(criterion)
        if allowed is None:
            return f"criterion: there are {', '.join(known)}"
        if allowed and value not in (*allowed, NONE):
            return f"value: for {criterion} give one of {', '.join((*allowed, NONE))}"
        if not 1 <= len(value) <= MAX_VALUE:
            return f"value: needs 1 to {MAX_VALUE} characters"
        if not 2 <= len(quote) <= MAX_QUOTE:
            return f"quote: needs 2 to {MAX_QUOTE} characters"
        if len(self._facts) >= MAX_FACTS:
            return "enough has been noted in this turn"
        return None


def _values(rubric: Rubric) -> dict[str, tuple[str, ...]]:
    """Criterion → the values it may have; none: free text."""
    values = {name: tuple(c.values) for name, c in rubric.criteria.items()}
    return values | {COLD: tuple(rubric.cold)}


@lru_cache(maxsize=16)
def _spec_of(lines: tuple[str, ...], criteria: tuple[str, ...]) -> ToolSpec:
    schema = strict_schema(RecordFact)
    schema["properties"]["criterion"] = {"type": "string", "enum": list(criteria)}
    about = " ".join((RecordFact.__doc__ or "").split())
    return ToolSpec("record_fact", "\n".join([f"{about} Criteria:", *lines]), schema)


def _spec(rubric: Rubric) -> ToolSpec:
    """As for any tool, and which criteria there are: they are the rubric's, not ours."""
    values = _values(rubric)
    asks = {name: c.ask for name, c in rubric.criteria.items()}
    asks[COLD] = "Set when the visitor is no buyer, whatever else they say."
    lines = tuple(
        f"- {name}: {asks[name]}" + (f" One of: {', '.join(allowed)}." if allowed else " In their words.")
        for name, allowed in values.items()
    )
    return _spec_of(lines, tuple(values))


def _spoken(text: str, quote: str) -> int | None:
    """Where the quote begins, if it was said to us: what poses as data, or orders us about, is not read at all."""
    folded = fold(text)
    start = text.index(quote)
    readable = {at for char, at in zip(folded.text, folded.at, strict=True) if char.isalnum()}
    letters = [i for i in range(start, start + len(quote)) if text[i].isalnum()]
    return start if letters and all(i in readable for i in letters) else None
