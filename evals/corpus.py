"""The labelled conversations of tests/evals/leads, read strictly. Its README says what each label means."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "evals" / "leads"
SECONDS_BETWEEN_LINES = 30

Split = Literal["tune", "frozen", "tune2", "unseen", "tune3", "tune4"]
Tier = Literal["hot", "warm", "cold"]
Criterion = Literal[
    "need", "budget", "timeline", "request", "authority", "financing", "trade_in", "objection"
]
ColdClass = Literal[
    "curiosity",
    "no_need",
    "support",
    "complaint",
    "supplier",
    "competitor",
    "job_seeker",
    "homework",
    "prank",
    "bought_elsewhere",
    "not_interested",
]

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Phone = Annotated[str, StringConstraints(pattern=r"^\+[1-9]\d{6,14}$")]


class CorpusError(Exception):
    """A file of the corpus breaks the schema; the message names file, conversation, field and reason."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Line(_Strict):
    """What one side wrote. `after` is the time since the line before, in seconds."""

    author: Literal["visitor", "assistant"]
    text: Text
    after: Annotated[int, Field(ge=0)] = SECONDS_BETWEEN_LINES


class Label(_Strict):
    """A fact that a careful reader finds, and words that its evidence must contain."""

    criterion: Criterion
    quote: Text


class Contact(_Strict):
    """The visitor's own contact data. `name` lists every form that is right, the best one first."""

    name: Annotated[tuple[Text, ...], BeforeValidator(lambda v: (v,) if isinstance(v, str) else v)] = ()
    email: Text | None = None
    phone: Phone | None = None


def _line(value: object) -> object:
    """`{visitor: text, after: 60}` → the fields of a Line."""
    if not isinstance(value, dict) or len(value.keys() & {"visitor", "assistant"}) != 1:
        raise ValueError("a turn has either visitor or assistant")
    author = "visitor" if "visitor" in value else "assistant"
    return {"author": author, "text": value[author], **{k: v for k, v in value.items() if k != author}}


def _label(value: object) -> object:
    """`{need: quote}` → the fields of a Label."""
    if not isinstance(value, dict) or len(value) != 1:
        raise ValueError("a fact is one `criterion: quote`")
    ((criterion, quote),) = value.items()
    return {"criterion": criterion, "quote": quote}


class Case(_Strict):
    """One labelled conversation. `at` is when it begins; times of day are those of UTC."""

    id: Annotated[str, StringConstraints(pattern=r"^(es|en|pt)-(hot|warm|cold)-[a-z0-9-]+$")]
    locale: Annotated[str, StringConstraints(pattern=r"^(es|en|pt)-[A-Z]{2}$")]
    region: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    trade: Text
    at: datetime
    turns: Annotated[tuple[Annotated[Line, BeforeValidator(_line)], ...], Field(min_length=1)]
    contact: Contact
    others: tuple[Text, ...] = ()
    facts: tuple[Annotated[Label, BeforeValidator(_label)], ...] = ()
    tier: Tier
    cold_class: ColdClass | None = None
    why: Text

    @property
    def language(self) -> str:
        return self.locale[:2]

    @property
    def visitor_texts(self) -> tuple[str, ...]:
        return tuple(line.text for line in self.turns if line.author == "visitor")

    def timed(self) -> tuple[tuple[datetime, Line], ...]:
        """Every line with the moment it was written."""
        moment, found = self.at.replace(tzinfo=UTC), []
        for number, line in enumerate(self.turns):
            moment += timedelta(seconds=line.after if number else 0)
            found.append((moment, line))
        return tuple(found)

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if not self.id.startswith(f"{self.language}-{self.tier}-"):
            raise ValueError("the id begins with another language or tier than the conversation has")
        if (self.cold_class is None) is (self.tier == "cold"):
            raise ValueError("cold_class belongs to every cold conversation, and to no other")
        if not 1 <= len(self.visitor_texts) <= 12:
            raise ValueError("a conversation has 1 to 12 messages of the visitor")
        for label in self.facts:
            if not any(label.quote in text for text in self.visitor_texts):
                raise ValueError(f"no message of the visitor has the quote {label.quote!r}")
        if set(self.others) & {*self.contact.name, self.contact.email, self.contact.phone}:
            raise ValueError("the same value is the visitor's and somebody else's")
        return self


def load(split: Split) -> tuple[Case, ...]:
    """All conversations of a split, by file and place. CorpusError names the first one that is wrong."""
    return tuple(case for path in sorted((FOLDER / split).glob("*.yaml")) for case in read(path))


def read(path: Path) -> tuple[Case, ...]:
    """The conversations of one file."""
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise CorpusError(f"{path.name}: {error}") from error
    if not isinstance(entries, list):
        raise CorpusError(f"{path.name}: a file is a list of conversations")
    return tuple(_case(path, number, entry) for number, entry in enumerate(entries, start=1))


def _case(path: Path, number: int, entry: object) -> Case:
    try:
        return Case.model_validate(entry)
    except ValidationError as error:
        name = entry.get("id", f"number {number}") if isinstance(entry, dict) else f"number {number}"
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "the whole"
        raise CorpusError(f"{path.name}: {name}: {field}: {first['msg']}") from error
