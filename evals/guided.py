"""The guided path: every message read by the rules alone, as a turn reads it, one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from app.conversations.types import ContactPatch
from app.leads.reading import Heard, LeadCase, LeadReading, Told, read_lead
from app.leads.rubric import in_force
from app.leads.types import Fact, Rubric, VisitorMessage
from evals.corpus import Case
from evals.outcome import Found, Outcome


class Lead:
    """What is stored of one conversation's lead, without a database: the same readings, one for each turn."""

    def __init__(self, case: Case, rubric: Rubric) -> None:
        self._case = case
        self._rubric = rubric
        self._messages: tuple[VisitorMessage, ...] = ()
        self._reading: LeadReading | None = None
        self._facts: tuple[Fact, ...] = ()
        self._told = Told()

    def read(
        self,
        news: Sequence[VisitorMessage],
        noticed: Iterable[Fact] = (),
        contact: ContactPatch | None = None,
    ) -> None:
        """Take in what one turn answers, with the facts that a model noticed and the contact that its reply saves."""
        self._messages = (*self._messages, *news)
        last = self._reading
        case = LeadCase(
            messages=self._messages,
            now=news[-1].at,
            version=last.version + 1 if last else 0,
            read_seq=last.read_seq if last else 0,
            upto_seq=news[-1].seq,
            facts=self._facts,
            heard=last.heard if last else Heard(),
            email=bool(self._told.email or (contact and contact.email)),
            phone=bool(self._told.phone or (contact and contact.phone)),
            visitor_messages=len(self._messages),
            quality=last.score.tier if last else None,
            score=last.score.score if last else None,
        )
        self._reading = reading = read_lead(
            case,
            self._rubric,
            region=self._case.region,
            other_region=self._case.locale[3:],
            noticed=noticed,
        )
        self._facts = (*self._facts, *reading.facts)
        saved = contact or reading.told
        self._told = Told(
            name=saved.name or self._told.name,
            email=saved.email or self._told.email,
            phone=saved.phone or self._told.phone,
        )

    def outcome(self) -> Outcome:
        """The lead as it stands. RuntimeError before the first message."""
        if self._reading is None:
            raise RuntimeError("nothing was read")
        texts = {message.id: message.text for message in self._messages}
        holding = in_force(self._facts, self._rubric)
        return Outcome(
            case=self._case,
            name=self._told.name,
            email=self._told.email,
            phone=self._told.phone,
            facts=tuple(
                Found(
                    f.criterion,
                    f.value,
                    f.quote,
                    texts.get(f.message_id) if f.message_id else None,
                    f in holding,
                )
                for f in self._facts
            ),
            tier=self._reading.score.tier,
            score=self._reading.score.score,
        )


def replay(case: Case, rubric: Rubric) -> Outcome:
    """The lead at the end of the conversation."""
    lead = Lead(case, rubric)
    for message in visitor_messages(case):
        lead.read([message])
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
