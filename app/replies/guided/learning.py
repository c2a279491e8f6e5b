"""What this turn taught: names and contact data, a consent given or refused, and how the last question was answered."""

from __future__ import annotations

from app.conversations.types import ClaimedTurn, ConsentGiven, ContactPatch
from app.leads.finding import readable_phone
from app.prompting.types import ConsentText
from app.replies.guided.memory import Heard, Notes, Recollection, ShownConsent
from app.replies.guided.voice import Voice


class Learning:
    """Facts first, all of them computed once; `acknowledge` says them. `event` names what happened, if anything did."""

    def __init__(
        self, turn: ClaimedTurn, memory: Recollection, notes: Notes, voice: Voice, consent: ConsentText
    ) -> None:
        self.heard: tuple[Heard, ...] = memory.heard
        self.first = memory.first
        self.notes = notes
        self.intents = frozenset(intent for h in memory.heard for intent in h.meaning.intents)
        self.consents: list[ConsentGiven] = []
        self.event: str | None = None
        self.stopped_now = False
        self._contact = turn.contact
        self._before = memory.before
        self._told = memory.now
        self._voice = voice
        self._consent = consent
        self._granted_before = "contact" in turn.contact.consents or notes.consent is True
        self._granted_now = False
        self._denied_now = False
        self._withdrawn_now = False
        # Asked about once; whoever does not answer meant what they wrote.
        self.meant_email = None if notes.questions.get("typo") else memory.now.meant_email
        self._judge_consent()

    # What is known now.

    @property
    def name(self) -> str | None:
        return self._told.name or self._contact.name

    @property
    def known_name(self) -> str | None:
        """The name as it was before this turn."""
        return self._before.name or self._contact.name

    @property
    def email(self) -> str | None:
        return self._told.email or self._contact.email

    @property
    def phone(self) -> str | None:
        return self._told.phone or self._contact.phone

    @property
    def granted(self) -> bool:
        """Whether contact data may be used."""
        return (
            (self._granted_before or self._granted_now) and not self._withdrawn_now and not self._denied_now
        )

    @property
    def refused(self) -> bool:
        """A no that still stands: only new data, given unasked, reopens the question."""
        return self.notes.consent is False and not self.gave_contact

    @property
    def gave_contact(self) -> bool:
        return any(h.found.email or h.found.phone for h in self.heard)

    @property
    def reachable(self) -> bool:
        return self.granted and bool(self.email or self.phone)

    @property
    def awaited(self) -> bool:
        """Whether a question that a yes could answer was on the screen."""
        return any(h.asked in {"name", "contact", "second", "when"} for h in self.heard)

    @property
    def optional(self) -> bool:
        """Whether they were asked for something that they may well keep to themselves."""
        return any(h.asked in {"name", "consent", "contact", "second", "offer"} for h in self.heard)

    @property
    def offer_accepted(self) -> bool:
        return any(h.asked == "offer" and h.meaning.says_yes for h in self.heard)

    @property
    def patch(self) -> ContactPatch:
        """The name at once; address and number once they may be used."""
        return ContactPatch(
            name=self._told.name if self._told.name != self._contact.name else None,
            email=self._fresh_email if self.granted else None,
            phone=self._fresh_phone if self.granted else None,
        )

    @property
    def told_contact(self) -> bool:
        """Whether an address or a number was given in this conversation, and not only once before."""
        return bool(self._told.email or self._told.phone)

    @property
    def unsaved(self) -> bool:
        """Told, and waiting for the permission."""
        return not self.granted and bool(self.email or self.phone)

    @property
    def bad_email(self) -> str | None:
        return next((h.found.bad_email for h in reversed(self.heard) if h.found.bad_email), None)

    @property
    def bad_phone(self) -> str | None:
        return next((h.found.bad_phone for h in reversed(self.heard) if h.found.bad_phone), None)

    @property
    def _fresh_email(self) -> str | None:
        told = self._told.email
        return told if told != self._contact.email and not self.meant_email else None

    @property
    def _fresh_phone(self) -> str | None:
        return self._told.phone if self._told.phone != self._contact.phone else None

    def acknowledge(self) -> None:
        """Say what was learnt, and set `event`."""
        self._say_withdrawn()
        self._say_name()
        self._say_consent()
        self._say_contact()
        self._say_refusals()
        self._say_when()
        self._say_offer()

    def _judge_consent(self) -> None:
        unwanted = [h for h in self.heard if h.meaning.intents & {"withdraw", "erase"}]
        if unwanted and self._granted_before:
            self._withdrawn_now = True
            self._record(unwanted[-1], granted=False)
            return
        for heard in self.heard:
            # What was sent before the text was on the screen, in the same burst, is no answer to it.
            if heard.asked != "consent" or self.notes.shown is None:
                continue
            if heard.meaning.says_yes:
                self._granted_now, self._denied_now = True, False
            elif heard.meaning.says_no and not _gives_data(heard):
                self._granted_now, self._denied_now = False, True
            else:
                continue
            self.consents.clear()
            self._record(heard, granted=self._granted_now)

    def _record(self, heard: Heard, *, granted: bool) -> None:
        self.notes.consent = granted
        # A permission given by a form may be withdrawn here, where its text was never shown: then today's names it.
        shown = self.notes.shown or ShownConsent(
            version=self._consent.version, sha256=self._consent.sha256, locale=self._consent.locale
        )
        self.consents.append(_consent(shown, heard, granted=granted))

    def _say_withdrawn(self) -> None:
        if self._withdrawn_now:
            self._voice.say("say", "withdrawn")
            self._stop("withdraw")

    def _say_name(self) -> None:
        name = self._told.name
        if name is None or name in {self._before.name, self._contact.name}:
            return
        self._voice.say("say", "name_fixed" if self.known_name else "nice_to_meet")
        self._happened("name")

    def _say_consent(self) -> None:
        if self._denied_now:
            self._voice.say("say", "consent_no")
            self._stop("consent_no")
        elif self._granted_now:
            if not (self._fresh_email or self._fresh_phone):
                self._voice.say("say", "consent_yes")
            self._happened("consent_yes")

    def _say_contact(self) -> None:
        if any(h.found.others for h in self.heard) and not self.gave_contact:
            self._voice.say("say", "not_yours")
            self._happened("contact")
        saved = [self._fresh_email, readable_phone(self._fresh_phone) if self._fresh_phone else None]
        contact = self._voice.listed([value for value in saved if value])
        if contact and self.granted:
            self._voice.say("say", "saved", contact=contact)
            self._happened("contact")
        elif self.gave_contact:
            if not self.granted and not self.meant_email:
                self._voice.say("say", "thanks_for_data")
            self._happened("contact")
        elif self.bad_email or self.bad_phone:
            self._happened("contact")

    def _say_refusals(self) -> None:
        for heard in self.heard:
            if _gives_data(heard) or self._denied_now or self._withdrawn_now:
                continue
            if self._lacks(heard):
                self._voice.say("say", "fine_without")
                self._happened("no_channel")
            elif heard.asked == "second" and heard.meaning.says_no:
                self._voice.say("say", "fine_without")
                self._happened("refuse")
            elif heard.meaning.intents & {"refuse", "withdraw"} or (
                heard.asked in {"name", "contact"} and heard.meaning.says_no
            ):
                self._voice.say("say", "refused")
                self._stop("refuse")
                return

    def _lacks(self, heard: Heard) -> bool:
        """`no tengo correo`: that one is not asked for any more, the other may be."""
        self.notes.no_email |= "no_email" in heard.meaning.intents
        self.notes.no_phone |= "no_phone" in heard.meaning.intents
        return bool(heard.meaning.intents & {"no_email", "no_phone"})

    def _say_when(self) -> None:
        for heard in self.heard if not self.stopped_now else ():
            if heard.asked != "when" or heard.meaning.topics or heard.meaning.asks > 1:
                continue
            if heard.meaning.intents & {"person", "bot", "complaint", "insult", "injection", "privacy"}:
                continue
            if heard.meaning.intents & {"unsure", "no", "refuse"}:
                self._voice.say("say", "fine_without")
            else:
                self._voice.say("say", "noted_when")
            self._happened("when")
            return

    def _say_offer(self) -> None:
        if any(h.asked == "offer" and h.meaning.says_no for h in self.heard) and not self.offer_accepted:
            self._voice.say("say", "offer_declined")
            self.stopped_now = True
            self._happened("offer_no")

    def _stop(self, event: str) -> None:
        self.notes.stopped = True
        self.stopped_now = True
        self._happened(event)

    def _happened(self, event: str) -> None:
        self.event = self.event or event
        if event in {"name", "consent_yes", "contact", "when", "no_channel"}:
            self.notes.collecting = True


def _gives_data(heard: Heard) -> bool:
    found = heard.found
    return bool(found.name or found.email or found.phone or found.bad_email or found.bad_phone)


def _consent(shown: ShownConsent, heard: Heard, *, granted: bool) -> ConsentGiven:
    return ConsentGiven(
        purpose="contact",
        granted=granted,
        text_version=shown.version,
        text_sha256=shown.sha256,
        locale=shown.locale,
        source="chat",
        message_id=heard.message.message_id,
    )
