"""The guided path: every message read by the rules alone, as a turn reads it, one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from app.leads.reading import Heard, LeadCase, LeadReading, Told, read_lead
from app.leads.rubric import in_force
from app.leads.types import Fact, Rubric, VisitorMessage
from evals.corpus import Case
from evals.outcome import Found, Outcome


class Lead:
    """What is stored of one conversation's lead, without a database: the same readings, one for each message."""

    def __init__(self, case: Case, rubric: Rubric) -> None:
        self._case = case
        self._rubric = rubric
        self._messages: tuple[VisitorMessage, ...] = ()
        self._reading: LeadReading | None = None
        self.facts: tuple[Fact, ...] = ()
        self.told = Told()

    def unread(self, message: VisitorMessage) -> LeadCase:
        """The lead as the turn that answers `message` gets it."""
        self._messages = (*self._messages, message)
        last = self._reading
        return LeadCase(
            messages=self._messages,
            now=message.at,
            version=last.version + 1 if last else 0,
            read_seq=last.read_seq if last else 0,
            upto_seq=message.seq,
            facts=self.facts,
            heard=last.heard if last else Heard(),
            email=self.told.email is not None,
            phone=self.told.phone is not None,
            visitor_messages=len(self._messages),
            quality=last.score.tier if last else None,
            score=last.score.score if last else None,
        )

    def read(self, message: VisitorMessage, noticed: Iterable[Fact] = ()) -> None:
        """Take in one message, with what a model noticed in it."""
        self._reading = read_lead(
            self.unread(message), self._rubric, region=self._case.region, noticed=noticed
        )
        told = self._reading.told
        self.facts = (*self.facts, *self._reading.facts)
        self.told = Told(
            name=told.name or self.told.name,
            email=told.email or self.told.email,
            phone=told.phone or self.told.phone,
        )

    def outcome(self) -> Outcome:
        """The lead as it stands. RuntimeError before the first message."""
        if self._reading is None:
            raise RuntimeError("nothing was read")
        texts = {message.id: message.text for message in self._messages}
        holding = in_force(self.facts, self._rubric)
        return Outcome(
            case=self._case,
            name=self.told.name,
            email=self.told.email,
            phone=self.told.phone,
            facts=tuple(
                Found(
                    f.criterion,
                    f.value,
                    f.quote,
                    texts.get(f.message_id) if f.message_id else None,
                    f in holding,
                )
                for f in self.facts
            ),
            tier=self._reading.score.tier,
            score=self._reading.score.score,
        )


def replay(case: Case, rubric: Rubric) -> Outcome:
    """The lead at the end of the conversation."""
    lead = Lead(case, rubric)
    for message in visitor_messages(case):
        lead.read(message)
    return lead.outcome()


def visitor_messages(case: Case) -> Iterator[VisitorMessage]:
    """The visitor's messages as they are stored, each with what had been asked before it."""
    asked = ""
    asked_at: datetime | None = None
    for seq, (at, line) in enumerate(case.timed(), start=1):
        if line.author == "assistant":
            asked, asked_at = line.text, at
        else:
            yield VisitorMessage(id=f"m{seq}", text=line.text, at=at, seq=seq, asked=asked, asked_at=asked_at)
