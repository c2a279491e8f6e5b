"""Evaluation cases: a conversation up to a visitor's message, and what a good reply to it does. Strict data."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from app.prompt_files import parse_yaml, prompts_dir, read_prompt
from app.prompting.types import LeadField, Locale

_NESTED = re.compile(r"\([^()]*[+*}][^()]*\)\s*[+*{]")
_FLAGS = re.compile(r"\(\?[a-zA-Z-]+[:)]")
MAX_PATTERN = 200
MAX_TEXT = 4000
MAX_FACTS = 20
MAX_TAGS = 10


def _no_nul(value: str) -> str:
    if "\x00" in value:
        raise ValueError("must not contain NUL")
    return value


def _safe_pattern(value: str) -> str:
    """A repetition inside a repetition can take for ever on a text that does not match; the plainest are refused here,
    and what is tried is given only so much time. With flags of its own even reading a pattern can take seconds."""
    if _NESTED.search(value):
        raise ValueError("must not repeat a group that has a repetition in it")
    if _FLAGS.search(value):
        raise ValueError("must not set flags: the letters' case never counts")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(value)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"is no regular expression: {error}") from error
    return value


def _text(most: int) -> Any:
    return StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=most)


Words = Annotated[str, _text(300), AfterValidator(_no_nul)]
Pattern = Annotated[str, _text(MAX_PATTERN), AfterValidator(_no_nul), AfterValidator(_safe_pattern)]
Tag = Annotated[str, _text(40), AfterValidator(_no_nul)]
Several = Annotated[list[Words], Field(max_length=MAX_FACTS)]


def _once(tags: list[str]) -> list[str]:
    return list(dict.fromkeys(tags))


Tags = Annotated[list[Tag], Field(max_length=MAX_TAGS), AfterValidator(_once)]
"""By which cases are found and chosen for a run."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class CaseMessage(_Strict):
    author: Literal["visitor", "assistant", "seller"]
    text: Annotated[str, _text(MAX_TEXT), AfterValidator(_no_nul)]


class CaseItem(_Strict):
    """An item of the catalogue, or of the page; as the catalogue has it."""

    id: Words
    title: Words
    price: Annotated[float, Field(ge=0, le=1e14, allow_inf_nan=False)] | None = None
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None
    facts: Several = []
    availability: Literal["available", "reserved", "sold", "on_order"] | None = None


class CaseDocument(_Strict):
    title: Words
    body: Annotated[str, _text(20_000), AfterValidator(_no_nul)]


class CaseKnowledge(_Strict):
    """What is known in the case, instead of what the site knows."""

    items: Annotated[list[CaseItem], Field(max_length=50)] = []
    documents: Annotated[list[CaseDocument], Field(max_length=10)] = []


class Expect(_Strict):
    """What the reply must be. Letters' case does not count in `contains` and `not`."""

    contains: Several = []
    lacks: Several = Field([], alias="not")
    regex: Annotated[list[Pattern], Field(max_length=10)] = []
    language: Locale | None = None
    asks_for_consent: bool | None = None
    captures: Annotated[list[LeadField], Field(max_length=3)] = []
    hands_off: bool | None = None
    shows_card: Words | None = None
    max_words: Annotated[int, Field(ge=1, le=2000)] | None = None
    no_invented_price: bool = True
    tier: Literal["hot", "warm", "cold"] | None = None
    judge: Annotated[str, _text(1000), AfterValidator(_no_nul)] | None = None


class CaseBody(_Strict):
    """`messages` end with what is to be answered."""

    name: Annotated[str, _text(200), AfterValidator(_no_nul)]
    locale: Locale = "es"
    blocking: bool = True
    tags: Tags = []
    messages: Annotated[list[CaseMessage], Field(min_length=1, max_length=100)]
    item: CaseItem | None = None
    knowledge: CaseKnowledge | None = None
    expect: Expect

    @model_validator(mode="after")
    def _ends_with_a_question(self) -> Self:
        if self.messages[-1].author != "visitor":
            raise ValueError("the last message must be the visitor's")
        return self

    def as_row(self) -> dict[str, Any]:
        """The case as it is stored; name, blocking and tags stand beside it."""
        return self.model_dump(
            mode="json", by_alias=True, exclude={"name", "blocking", "tags"}, exclude_defaults=True
        )


class _CaseFile(_Strict):
    cases: Annotated[list[CaseBody], Field(min_length=1)]


def load_cases(folder: Path | None = None) -> list[CaseBody]:
    """Every case of `prompts/evals/*.yaml` (or `folder`), by file and place.

    Raises ConfigurationError as `file:line: what is wrong`.
    """
    folder = folder or prompts_dir() / "evals"
    files = sorted(folder.glob("*.yaml"))
    read = (parse_yaml(read_prompt(path), _CaseFile, path=path, references=True) for path in files)
    return [case for file in read for case in file.cases]
