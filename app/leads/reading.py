"""From a conversation to its lead: what the visitor says about themselves, the facts, the signals, the score.

One pure function for all who need it: a turn, a message that no turn answers, a rescoring, an evaluation. What has been
read once is not read again: facts and contact data are taken from new messages only, signals from all that are given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from statistics import median
from typing import Any

from app.leads.asked_contact import AskedContact, asked_contact
from app.leads.corrections import mended_email, mended_phone, mends
from app.leads.extraction import Extracted, extract
from app.leads.facts import fact_order, find_facts
from app.leads.facts_learned import load_weights
from app.leads.facts_text import compile_phrases
from app.leads.questions import specific_questions
from app.leads.rubric import explain, in_force, score
from app.leads.types import COLD, LOCALES, Fact, Rubric, Score, Signals, Tier, VisitorMessage

_SECONDS_A_DAY = 86400.0


@dataclass(frozen=True, slots=True)
class Told:
    """The visitor's own name, e-mail (lower case) and phone (E.164), the newest of each that these messages tell."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None

    def __bool__(self) -> bool:
        return bool(self.name or self.email or self.phone)

    def as_json(self) -> dict[str, str]:
        return {key: value for key, value in asdict(self).items() if value is not None}


@dataclass(frozen=True, slots=True)
class Heard:
    """That contact data was heard, and never what it was. `email`, `phone`: ids of the messages that the visitor's own
    came in. `unsure`: an address that is probably a slip. `invalid`: half an address or number. `others`: somebody
    else's."""

    email: tuple[str, ...] = ()
    phone: tuple[str, ...] = ()
    unsure: bool = False
    invalid: bool = False
    others: bool = False

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Heard:
        return cls(
            email=tuple(row.get("email", ())),
            phone=tuple(row.get("phone", ())),
            unsure=bool(row.get("unsure")),
            invalid=bool(row.get("invalid")),
            others=bool(row.get("others")),
        )

    def as_json(self) -> dict[str, Any]:
        """What is not so is left out: SQL asks whether a key is there."""
        return {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in asdict(self).items()
            if value
        }

    def with_message(self, message_id: str, found: Extracted) -> Heard:
        email, phone = (
            (message_id,) if found.email else self.email,
            (message_id,) if found.phone else self.phone,
        )
        unsure = found.meant_email is not None if found.email else self.unsure
        return Heard(
            email=email,
            phone=phone,
            unsure=unsure,
            invalid=not (email or phone) and (self.invalid or bool(found.bad_email or found.bad_phone)),
            others=self.others or bool(found.others),
        )


@dataclass(frozen=True, slots=True)
class LeadCase:
    """What is known of a lead, and the visitor's words to read it from, oldest first.

    `version` names the state that this was; `messages` after `read_seq` are new. `email`, `phone`: whether the contact
    has one stored. `consent` to be contacted: None = not answered. `visits`: sessions of this contact.
    """

    messages: tuple[VisitorMessage, ...]
    now: datetime
    version: int = 0
    read_seq: int = 0
    upto_seq: int = 0
    facts: tuple[Fact, ...] = ()
    heard: Heard = field(default_factory=Heard)
    email: bool = False
    phone: bool = False
    consent: bool | None = None
    visits: int = 1
    visitor_messages: int = 0
    quality: Tier | None = None
    score: int | None = None

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> LeadCase:
        """As `private.lead_case` renders it."""
        return cls(
            messages=tuple(_message(m) for m in row["messages"]),
            now=_moment(row["now"]),
            version=row["version"],
            read_seq=row["read_seq"],
            upto_seq=row["upto_seq"],
            facts=tuple(Fact(**f) for f in row["facts"]),
            heard=Heard.from_json(row["heard"]),
            email=row["email"],
            phone=row["phone"],
            consent=row["consent"],
            visits=row["visits"],
            visitor_messages=row["visitor_messages"],
            quality=row["quality"],
            score=row["score"],
        )

    @property
    def unsaved(self) -> bool:
        """Contact data was heard before it might be kept, and now it may: it has to be heard again."""
        told = (self.heard.email and not self.email) or (self.heard.phone and not self.phone)
        return self.consent is True and bool(told)

    @property
    def news(self) -> tuple[VisitorMessage, ...]:
        return tuple(m for m in self.messages if m.seq > self.read_seq)


@dataclass(frozen=True, slots=True)
class LeadReading:
    """What a case amounts to. `facts`: the new ones only; `holding`: those of all that count; `told`: contact data in
    the new messages; `reasons`: the score's in words, by locale."""

    version: int
    read_seq: int
    facts: tuple[Fact, ...]
    holding: tuple[Fact, ...]
    heard: Heard
    told: Told
    score: Score
    reasons: tuple[Mapping[str, str], ...]

    def as_json(self) -> dict[str, Any]:
        """`p_lead` of `private.apply_lead`. Contact data is not in it."""
        return {
            "version": self.version,
            "read_seq": self.read_seq,
            "heard": self.heard.as_json(),
            "facts": [fact_json(fact) for fact in self.facts],
            "holding": [_key_json(fact) for fact in self.holding],
            "score": {
                "quality": self.score.tier,
                "score": self.score.score,
                "reasons": [
                    {
                        "key": reason.key,
                        "params": dict(reason.params),
                        "points": reason.points,
                        "evidence": list(reason.evidence),
                        "text": dict(text),
                    }
                    for reason, text in zip(self.score.reasons, self.reasons, strict=True)
                ],
                "rubric": self.score.rubric,
            },
        }


def prepare_reading() -> None:
    """What reading needs and loads when it is first needed, half a second in all."""
    compile_phrases()
    load_weights()


def read_lead(
    case: LeadCase, rubric: Rubric, *, region: str, other_region: str = "", noticed: Iterable[Fact] = ()
) -> LeadReading:
    """Read what is new and score the whole. Deterministic: the same case gives the same reading.

    `region` and `other_region` (ISO 3166-1 alpha-2) make phone numbers readable; `noticed` are facts that the model
    found, each with its evidence checked.
    """
    told, heard = hear_contact(
        case.messages if case.unsaved else case.news,
        region=region,
        other_region=other_region,
        heard=case.heard,
        earlier=() if case.unsaved else tuple(m for m in case.messages if m.seq <= case.read_seq),
    )
    known = {(f.message_id, f.criterion, f.value) for f in case.facts}
    noticed = tuple(noticed)
    by_others = {f.criterion for f in (*case.facts, *noticed) if f.source != "extractor"}
    found = [*noticed, *(f for f in find_facts(case.messages, by_others) if f.seq > case.read_seq)]
    new: dict[tuple[str | None, str, str], Fact] = {}
    for fact in found:
        key = (fact.message_id, fact.criterion, fact.value)
        if (fact.criterion == COLD or fact.criterion in rubric.criteria) and key not in known:
            new.setdefault(key, fact)
    facts = tuple(sorted(new.values(), key=fact_order))
    everything = (*case.facts, *facts)
    result = score(everything, signals_of(replace(case, heard=heard)), rubric)
    return LeadReading(
        version=case.version,
        read_seq=max(case.upto_seq, case.read_seq),
        facts=facts,
        holding=in_force(everything, rubric),
        heard=heard,
        told=told,
        score=result,
        reasons=tuple({locale: explain(r, rubric, locale) for locale in LOCALES} for r in result.reasons),
    )


def hear_contact(
    messages: Iterable[VisitorMessage],
    *,
    region: str,
    other_region: str = "",
    heard: Heard | None = None,
    earlier: Sequence[VisitorMessage] = (),
) -> tuple[Told, Heard]:
    """The visitor's own contact data in these messages, the last word of each; somebody else's is never among it.

    `earlier`: what they wrote before, oldest first, for what a new message only corrects ("0124 at the end").
    """
    told, heard = Told(), heard or Heard()
    before = list(earlier)
    for message in messages:
        known = bool(heard.email or heard.phone)
        found = heard_in(message, region=region, other_region=other_region, known=known)
        if known and not (found.email or found.phone or found.others):
            found = _corrected(found, message, before, (region, other_region))
        before.append(message)
        heard = heard.with_message(message.id, found)
        told = Told(
            name=found.name or told.name,
            # An address that is probably a slip waits for a better one.
            email=(found.email if not found.meant_email else None) or told.email,
            phone=found.phone or told.phone,
        )
    return told, heard


def _corrected(
    found: Extracted, message: VisitorMessage, before: Sequence[VisitorMessage], regions: tuple[str, str]
) -> Extracted:
    """With the address or number of a message before, where this one mends the end of it."""
    if not mends(message.text):
        return found
    for one in reversed(before):
        was = heard_in(one, region=regions[0], other_region=regions[1], known=True)
        if was.email or was.phone:
            email = mended_email(was.email, message.text) if was.email else None
            phone = mended_phone(was.phone, message.text) if was.phone else None
            return replace(found, email=email, phone=phone)
    return found


def heard_in(
    message: VisitorMessage, *, region: str, other_region: str = "", known: bool = False
) -> Extracted:
    """The contact data of one message, in the light of what had been asked. `known`: they gave some before."""
    asked = asked_contact(message.asked) if message.asked else AskedContact()
    return extract(
        message.text,
        region=region,
        other_region=other_region,
        name_asked=asked.name,
        contact_asked=asked.contact,
        theirs_asked=asked.theirs,
        known=known,
    )


def signals_of(case: LeadCase) -> Signals:
    """How the visitor behaves, from the messages at hand and what is stored."""
    questions = specific_questions(case.messages)
    last = max((m.at for m in case.messages), default=case.now)
    return Signals(
        email=case.email or bool(case.heard.email and not case.heard.unsure),
        phone=case.phone or bool(case.heard.phone),
        contact_evidence=tuple(dict.fromkeys((*case.heard.phone, *case.heard.email))),
        consent=case.consent,
        visitor_messages=max(case.visitor_messages, len(case.messages)),
        reply_seconds=_reply_seconds(case.messages),
        specific_questions=len(questions),
        question_evidence=tuple(dict.fromkeys(questions.values())),
        visits=max(case.visits, 1),
        silent_days=max((case.now - last).total_seconds() / _SECONDS_A_DAY, 0.0),
    )


def fact_json(fact: Fact) -> dict[str, Any]:
    return {
        "criterion": fact.criterion,
        "value": fact.value,
        "data": dict(fact.data),
        "message_id": fact.message_id,
        "quote": fact.quote,
        "source": fact.source,
        "seq": fact.seq,
        "start": fact.start,
    }


def _key_json(fact: Fact) -> dict[str, Any]:
    """What SQL knows a stored fact by."""
    keys = ("criterion", "value", "message_id", "seq", "source")
    return {key: getattr(fact, key) for key in keys}


def _reply_seconds(messages: Iterable[VisitorMessage]) -> float | None:
    """The median from a message of ours to the first of the visitor's after it."""
    first: dict[datetime, datetime] = {}
    for message in sorted(messages, key=lambda m: m.seq):
        if message.asked_at is not None:
            first.setdefault(message.asked_at, message.at)
    waits = [(at - asked_at).total_seconds() for asked_at, at in first.items()]
    return median(waits) if waits else None


def _message(row: Mapping[str, Any]) -> VisitorMessage:
    asked_at = row["asked_at"]
    return VisitorMessage(
        id=row["id"],
        text=row["text"],
        at=_moment(row["at"]),
        seq=row["seq"],
        asked=row["asked"],
        asked_at=_moment(asked_at) if asked_at else None,
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
