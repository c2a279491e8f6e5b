"""The one question that a guided reply ends with, its buttons, and the call for a person."""

from __future__ import annotations

from typing import Literal

from app.conversations.promises import names_a_day
from app.conversations.types import ClaimedTurn, HandoffReason, HandoffRequest, QuickReply
from app.prompting.types import Assistant, Consents, Locale
from app.replies.guided.learning import Learning
from app.replies.guided.memory import Asked, Notes, ShownConsent
from app.replies.guided.voice import Voice

TWICE = 2
"""How often the same question may be asked; then a person is offered instead."""

Mode = Literal["any", "offer", "help", "none"]


class Questions:
    """Decides what to ask next. `ask_next` says it and writes down that it was asked."""

    def __init__(
        self,
        *,
        turn: ClaimedTurn,
        assistant: Assistant,
        consents: Consents,
        locale: Locale,
        notes: Notes,
        voice: Voice,
        learning: Learning,
    ) -> None:
        self._turn = turn
        self._assistant = assistant
        self._consents = consents
        self._locale = locale
        self._notes = notes
        self._voice = voice
        self._learning = learning
        self._mode: Mode = "any"
        self._called: Literal["asked", "accepted"] | None = None
        self._help = "help"
        self._asked_last = notes.asked
        notes.asked = None

    # What the reply's other parts decide.

    @property
    def waiting(self) -> bool:
        """A person has been asked for already, and has not come yet."""
        return self._turn.handler == "queue"

    def rest(self) -> None:
        """No question this time."""
        self._mode = "none"

    def keep_open(self) -> None:
        """The question on the screen stays the one to answer; it is not said again."""
        if self._asked_last not in {None, "help", "more"}:
            self._notes.asked = self._asked_last
            self._mode = "none"

    def offer_only(self) -> None:
        self._mode = "offer"

    def help_only(self) -> None:
        self._mode = "help"

    def confused(self) -> None:
        """Not understood again: rather a person than a third try."""
        times = self._notes.questions.get("unclear", 0) + 1
        self._notes.questions["unclear"] = times
        self._mode = "help" if times < TWICE else "offer"
        self._help = "rephrase"
        if times < TWICE:
            self.keep_open()

    def call_person(self, *, asked: bool) -> None:
        if self.waiting:
            self._voice.say("say", "person_waiting")
        else:
            self._voice.say("say", "person_called")
            self._called = "asked" if asked else "accepted"
        self._notes.collecting = True

    def handoff(self, reason: str) -> HandoffRequest | None:
        """The request for the seller's queue. Its summary holds no contact data: it goes out before any consent."""
        if self._called is None:
            return None
        why: HandoffReason = "visitor_request"
        if self._called == "accepted":
            if reason == "budget":
                why = "budget"
            elif reason in {"failure", "recovery"}:
                why = "failure"
            elif set(self._notes.topics) - {"complaint"} or self._notes.used.get("say.unknown_question"):
                why = "missing_knowledge"
        nouns = [getattr(self._voice.texts.topics, topic) for topic in self._notes.topics]
        parts = (self._learning.name, self._voice.item, self._voice.listed(nouns))
        return HandoffRequest(why, " · ".join(part for part in parts if part))

    def ask_next(self) -> None:
        if self._mode == "none":
            return
        if self._mode == "any" and (self._ask_about_data() or (self._collecting and self._ask_for_data())):
            return
        if self._mode == "help" or (self._mode == "any" and not self._collecting and not self._notes.stopped):
            if not self._ask("help", key=self._help):
                self._ask("offer")
            return
        self._finish()

    def quick_replies(self) -> tuple[QuickReply, ...]:
        buttons = self._voice.texts.buttons
        person = [] if self.waiting or self._called else [buttons.person]
        labels: list[str]
        match self._notes.asked:
            case "help":
                labels = list(self._assistant.quick_replies[self._locale])
            case "consent":
                labels = [buttons.consent_yes, buttons.consent_no]
            case "typo":
                labels = [buttons.typo_yes, buttons.typo_no]
            case "offer":
                labels = [buttons.offer_yes, buttons.offer_no]
            case "contact" | "second":
                labels = [buttons.skip, *person]
            case "when":
                labels = [*buttons.when, *person]
            case _:
                labels = person
        return tuple(QuickReply(label, label) for label in labels)

    # The questions, in their order.

    def _ask_about_data(self) -> bool:
        """What the visitor has just given comes before anything else, even after they stopped the asking."""
        learning = self._learning
        if learning.meant_email and self._ask("typo", email=learning.meant_email):
            return True
        if learning.bad_email or learning.bad_phone:
            return self._ask_again()
        if learning.gave_contact and learning.unsaved:
            return self._ask_consent("consent_for_given")
        return False

    def _ask_again(self) -> bool:
        if not self._may("fix"):
            return self._give_up()
        key, written = (
            ("bad_email", self._learning.bad_email)
            if self._learning.bad_email
            else (
                "bad_phone",
                self._learning.bad_phone,
            )
        )
        self._asked("fix", as_="contact")
        self._voice.say("ask", key, written=(written or "")[:60])
        return True

    def _ask_for_data(self) -> bool:
        learning = self._learning
        if "visit" in self._notes.topics and not self._said_when() and self._ask("when", times=1):
            return True
        if "name" in self._assistant.lead_fields and not learning.name:
            return self._ask("name") or self._give_up()
        channels = self._channels()
        if learning.unsaved and not learning.refused:
            return self._ask_consent("consent_for_given") or self._give_up()
        if channels and not (learning.email or learning.phone):
            if not learning.granted:
                return self._ask_consent("consent") or self._give_up()
            return (
                self._ask("contact", key="contact" if len(channels) > 1 else channels[0]) or self._give_up()
            )
        return self._ask_second(channels)

    def _said_when(self) -> bool:
        """Whoever asks to come on Saturday is not asked for a day, now or later."""
        wishes = [h.message.text for h in self._learning.heard if "visit" in h.meaning.topics]
        if not any(names_a_day(text) for text in wishes):
            return False
        self._notes.questions["when"] = 1
        return True

    def _ask_second(self, channels: list[str]) -> bool:
        """The other channel, once, as an option."""
        if not (self._learning.granted and self._learning.told_contact):
            return False
        if "phone" in channels and not self._learning.phone:
            return self._ask("second", key="phone_too", times=1)
        if "email" in channels and not self._learning.email:
            return self._ask("second", key="email_too", times=1)
        return False

    def _ask_consent(self, key: str) -> bool:
        if not self._may("consent"):
            return False
        again = self._asked_last == "consent"
        self._asked("consent")
        if again:
            # The text stands right above: it is not repeated.
            self._voice.say("ask", "consent_again")
            return True
        text = self._consents.text("contact", self._locale)
        self._notes.shown = ShownConsent(version=text.version, sha256=text.sha256, locale=text.locale)
        self._voice.new_paragraph()
        self._voice.say("ask", key)
        self._voice.add(text.text)
        return True

    def _finish(self) -> None:
        """Nothing left to ask for: say that it is enough, offer a person, then further help, each twice at most."""
        learning = self._learning
        if self._mode == "any" and learning.reachable and learning.told_contact and not self._notes.completed:
            self._notes.completed = True
            self._voice.say("say", "complete")
        # An offer that was just passed over is not made again in the next breath.
        if not (self._mode == "any" and self._asked_last == "offer") and self._ask("offer"):
            return
        if self._mode == "any" and not self._notes.stopped:
            self._ask("more")

    def _channels(self) -> list[str]:
        lacking = {"email": self._notes.no_email, "phone": self._notes.no_phone}
        return [field for field in self._assistant.lead_fields if field in lacking and not lacking[field]]

    def _ask(self, question: Asked, *, key: str | None = None, times: int = TWICE, **values: str) -> bool:
        if question == "offer" and (self.waiting or self._called):
            return False
        if not self._may(question, times):
            return False
        self._asked(question)
        self._voice.say("ask", key or question, **values)
        return True

    def _may(self, question: str, times: int = TWICE) -> bool:
        return self._notes.questions.get(question, 0) < times

    def _asked(self, question: str, *, as_: Asked | None = None) -> None:
        self._notes.questions[question] = self._notes.questions.get(question, 0) + 1
        self._notes.asked = as_ or question  # type: ignore[assignment]

    def _give_up(self) -> bool:
        """The question was asked twice: no more asking; `_finish` offers a person."""
        self._notes.stopped = True
        return False

    @property
    def _collecting(self) -> bool:
        return self._notes.collecting and not self._notes.stopped
