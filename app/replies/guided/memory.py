"""What the guided assistant knows at the start of a turn: its own notes, and what the visitor has told so far.

The notes travel in the `meta` of its messages. Contact data is never copied into them: it is read again from the texts,
so that erasing a message erases what it said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.conversations.types import ClaimedTurn, TurnMessage
from app.leads.extraction import Extracted, extract
from app.prompting.types import Locale
from app.replies.guided.intents import NOTHING, Meaning, Topic, understand

Asked = Literal["help", "name", "consent", "contact", "second", "typo", "when", "offer", "more"]

META_KEY = "guided"
_INTRODUCES = re.compile(r"\b(?:soy|sou|i\s*['’]?m|i\s+am)\b", re.IGNORECASE)
_EXPECTS_CONTACT = frozenset(("contact", "second", "typo"))
_EXPECTS_DATA = _EXPECTS_CONTACT | {"name"}
_NO_NAME = frozenset(
    ("insult", "injection", "refuse", "withdraw", "erase", "bot", "complaint", "privacy", "person", "unsure")
)
"""A message that means one of these is no bare answer to "what is your name?"."""


class ShownConsent(BaseModel):
    """The consent text that stood on the screen when the visitor answered."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    version: str
    sha256: str
    locale: Locale


class Notes(BaseModel):
    """What one guided message writes down for the next: counts of questions and of sentences used, and decisions."""

    model_config = ConfigDict(extra="ignore")

    v: Literal[1] = 1
    asked: Asked | None = None
    questions: dict[str, int] = Field(default_factory=dict)
    used: dict[str, int] = Field(default_factory=dict)
    topics: list[Topic | Literal["complaint"]] = Field(default_factory=list)
    shown: ShownConsent | None = None
    consent: bool | None = None
    collecting: bool = False
    stopped: bool = False
    completed: bool = False
    took_over: bool = False
    no_email: bool = False
    no_phone: bool = False

    def as_meta(self) -> dict[str, Any]:
        return {META_KEY: self.model_dump(exclude_defaults=True, mode="json") | {"v": self.v}}


@dataclass(slots=True)
class Told:
    """Contact data of the visitor's own, the newest of each kind. `meant_email` waits for a yes or a no."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    meant_email: str | None = None

    def hear(self, found: Extracted, asked: Asked | None, meaning: Meaning) -> None:
        if asked == "typo" and self.meant_email and found.email is None:
            if meaning.says_yes:
                self.email = self.meant_email
            if meaning.says_yes or meaning.says_no:
                self.meant_email = None
        if found.email:
            self.email, self.meant_email = found.email, found.meant_email
        self.name = found.name or self.name
        self.phone = found.phone or self.phone


@dataclass(frozen=True, slots=True)
class Heard:
    """One new message of the visitor's, understood. `asked` is the question that was on the screen when it was sent."""

    message: TurnMessage
    asked: Asked | None
    meaning: Meaning
    found: Extracted


@dataclass(frozen=True, slots=True)
class Recollection:
    """`before`: told in earlier turns; `now`: with this turn's messages. `first`: nobody has answered yet."""

    notes: Notes
    before: Told
    now: Told
    heard: tuple[Heard, ...]
    first: bool
    taking_over: bool


def recollect(turn: ClaimedTurn, locale: Locale, region: str) -> Recollection:
    """Read the history once, in the order of `seq`: what was asked counts only for what was sent after it."""
    notes = Notes()
    asked: Asked | None = None
    told, before = Told(), Told()
    heard: list[Heard] = []
    answers = 0
    guided = True
    for message in sorted(turn.history, key=lambda m: m.seq):
        if message.author != "visitor":
            own = _notes(message)
            notes, asked = own or notes, own.asked if own else None
            # A model's message may carry notes too: it can ask for the consent.
            guided = message.source == "guided"
            answers += 1
            continue
        new = message.seq > turn.answered_seq
        # Reading for meaning is the costly part; of old messages it matters only where a bare answer was expected.
        meaning = understand(message.text, locale) if new or asked in _EXPECTS_DATA else NOTHING
        name_open = told.name is None and "name" in notes.questions
        found = _extract(message, asked, meaning, (region, _region_of(turn.locale)), name_open=name_open)
        if new:
            if not heard:
                before = Told(told.name, told.email, told.phone, told.meant_email)
            heard.append(Heard(message, asked, meaning, found))
        told.hear(found, asked, meaning)
    return Recollection(
        notes, before, told, tuple(heard), first=answers == 0, taking_over=answers > 0 and not guided
    )


def _extract(
    message: TurnMessage, asked: Asked | None, meaning: Meaning, regions: tuple[str, str], *, name_open: bool
) -> Extracted:
    # "ok, soy ana" may come a message late.
    expected = asked == "name" or (name_open and bool(_INTRODUCES.search(message.text)))
    return extract(
        message.text,
        region=regions[0],
        other_region=regions[1],
        name_asked=expected and not meaning.intents & _NO_NAME,
        contact_asked=asked in _EXPECTS_CONTACT and not meaning.says_no,
    )


def _region_of(locale: str) -> str:
    """`BR` of `pt-BR`: a visitor from there writes numbers as at home."""
    match = re.search(r"[-_]([A-Za-z]{2})\b", locale)
    return match[1].upper() if match else ""


def _notes(message: TurnMessage) -> Notes | None:
    data = message.meta.get(META_KEY)
    if data is None:
        return None
    try:
        return Notes.model_validate(data)
    except ValidationError:
        # Written by another version of this code: start afresh rather than not answer.
        return None
