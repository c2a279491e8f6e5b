"""The guided assistant: answers without a model, by rules and written sentences, in the three languages.

A pure function of the turn and of what the site knows about it. It says what it is, never invents, asks one thing at a
time and nothing that it knows, asks the same question at most twice, and offers a person.
Order of a reply: opening, what was learnt, answers, one question.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from app.conversations.types import ClaimedTurn, Effects
from app.knowledge.types import NOTHING_FOUND, Found
from app.prompting.types import Assistant, Consents, Locale
from app.replies.guided.intents import TOPICS, Topic, understand
from app.replies.guided.known import Known
from app.replies.guided.learning import Learning
from app.replies.guided.memory import Heard, recollect
from app.replies.guided.questions import Questions
from app.replies.guided.texts import guided_texts
from app.replies.guided.voice import Voice
from app.replies.language import language_of
from app.replies.types import SOURCES

_CHAT = frozenset(("greeting", "thanks", "goodbye", "yes", "no", "unsure", "negated", "interest"))
"""Beside one of these a question may stand that they do not answer."""

Reason = Literal["default", "failure", "budget", "recovery"]


@dataclass(frozen=True, slots=True)
class GuidedReply:
    """`intent` is what the visitor was understood to want, for the metrics."""

    text: str
    effects: Effects
    intent: str


def answer(
    turn: ClaimedTurn,
    assistant: Assistant,
    consents: Consents,
    *,
    site_name: str,
    region: str,
    reason: Reason,
    found: Found = NOTHING_FOUND,
    talked_of: str | None = None,
) -> GuidedReply:
    """Answer the turn. `region` is ISO 3166-1 alpha-2; `reason` says why there is no model this time; `found` is
    what the site knows about the question, and `talked_of` the item that it may be about without naming it."""
    locale = language_of(turn.history, turn.locale)
    memory = recollect(turn, locale, region)
    notes = memory.notes.model_copy(deep=True)
    voice = Voice(
        locale, assistant=assistant.display_name, site_name=site_name, item=turn.item, used=notes.used
    )
    learning = Learning(turn, memory, notes, voice, consents.text("contact", locale))
    topics = _topics(memory.heard)
    questions = Questions(
        turn=turn,
        assistant=assistant,
        consents=consents,
        locale=locale,
        notes=notes,
        voice=voice,
        learning=learning,
    )
    question = " ".join(heard.message.text for heard in memory.heard)
    known = Known(found, question=question, current=talked_of, shown=_shown(turn), voice=voice)
    talk = _Talk(voice, learning, questions, topics, known)
    voice.name = learning.known_name
    talk.open(reason, first=memory.first, taking_over=memory.taking_over)
    if voice.name or not learning.known_name:
        voice.name = learning.name
    learning.acknowledge()
    intent = talk.respond()
    notes.topics = list(dict.fromkeys((*notes.topics, *topics)))
    talk.questions.ask_next()
    if voice.silent:
        voice.say("say", "still_here")
    effects = Effects(
        contact=learning.patch or None,
        consents=tuple(learning.consents),
        handoff=talk.questions.handoff(reason),
        quick_replies=talk.questions.quick_replies(),
        cards=known.cards,
        meta=notes.as_meta() | ({SOURCES: known.sources} if known.sources else {}),
    )
    return GuidedReply(text=voice.text(), effects=effects, intent=intent)


def topic_words(asked: Iterable[str], locale: Locale) -> str:
    """The topics that these messages are understood to be about, as words to search for."""
    nouns = guided_texts()[locale].topics
    topics = dict.fromkeys(topic for text in asked for topic in understand(text, locale).topics)
    return " ".join(getattr(nouns, topic) for topic in topics)


def _shown(turn: ClaimedTurn) -> frozenset[str]:
    """Items that earlier replies were about."""
    sources = (s for m in turn.history if m.author == "assistant" for s in m.meta.get(SOURCES) or ())
    return frozenset(str(s.get("id")) for s in sources if s.get("kind") == "item")


def _topics(heard: tuple[Heard, ...]) -> tuple[Topic, ...]:
    return tuple(topic for topic in TOPICS if any(topic in h.meaning.intents for h in heard))


class _Talk:
    """What is said about what the visitor wants, before the question."""

    def __init__(
        self,
        voice: Voice,
        learning: Learning,
        questions: Questions,
        topics: tuple[Topic, ...],
        known: Known,
    ) -> None:
        self._known = known
        self._voice = voice
        self._learning = learning
        self.questions = questions
        self._topics = topics
        self._notes = learning.notes
        self._intents = learning.intents

    def open(self, reason: Reason, *, first: bool, taking_over: bool) -> None:
        if first:
            self._voice.say("opening", "hello")
            if self._voice.item and not self._topics:
                self._voice.say("opening", "see_item", item=self._voice.item)
        elif taking_over and not self._notes.took_over:
            self._voice.say("opening", "back" if reason == "default" else reason)
            self._notes.took_over = True

    def respond(self) -> str:
        """Say what there is to say, to every part of the message; returns what it was mainly about."""
        special = self._special()
        person = self._person()
        topic = self._answer_topics()
        unknown = self._answer_unknown()
        found = special or person or topic or self._learning.event or unknown
        if found is None:
            return self._named_item() or self._small_talk() or self._not_understood()
        if self._learning.stopped_now and special is None:
            self.questions.rest()
        return found

    def _special(self) -> str | None:
        """Messages that are no business: handled politely, and without asking for data in return."""
        for intent, line, then in (
            ("erase", "erase", self.questions.offer_only),
            ("complaint", "sorry", self.questions.offer_only),
            ("injection", "not_possible", self.questions.help_only),
            ("insult", "calm", self.questions.offer_only),
        ):
            if intent in self._intents:
                self._voice.say("say", line)
                then()
                if intent == "complaint":
                    self._notes.topics.append("complaint")
                return intent
        for intent, line in (("bot", "about_me"), ("privacy", "why_data")):
            if intent in self._intents:
                self._voice.say("say", line)
                self.questions.keep_open()
                return intent
        return None

    def _person(self) -> str | None:
        asked = "person" in self._intents
        if not asked and not self._learning.offer_accepted:
            return None
        self.questions.call_person(asked=asked)
        return "person"

    def _answer_topics(self) -> str | None:
        if not self._topics:
            return None
        self._notes.collecting = True
        facts = [topic for topic in self._topics if topic != "visit" and not self._known.answer(topic)]
        if len(facts) == 1:
            self._voice.say("answers", facts[0])
        elif facts:
            nouns = [getattr(self._voice.texts.topics, topic) for topic in facts]
            self._voice.say("answers", "many", topics=self._voice.listed(nouns))
        if "visit" in self._topics:
            self._voice.say("answers", "visit")
        return self._topics[0]

    def _small_talk(self) -> str | None:
        intents = self._intents
        if "interest" in intents:
            self._voice.say("say", "interest")
            self._notes.collecting = True
            return "interest"
        for intent, line in (
            ("goodbye", "bye_with_contact" if self._learning.reachable else "bye"),
            ("thanks", "welcome"),
            ("yes", "go_on"),
            ("no", "done"),
        ):
            if intent not in intents:
                continue
            if intent == "yes" and self._learning.awaited:
                # A yes to a question that wants more than a yes: it is asked again.
                return intent
            self._voice.say("say", line)
            self.questions.rest()
            if intent == "thanks":
                self.questions.keep_open()
            return intent
        if "unsure" in intents and self._learning.optional:
            self._voice.say("say", "no_rush")
            self.questions.keep_open()
            return "unsure"
        if "greeting" in intents:
            if not self._learning.first:
                self._voice.say("say", "hi_again")
            return "greeting"
        return None

    def _answer_unknown(self) -> str | None:
        """A question about something that no phrase knows."""
        open_ones = [h for h in self._learning.heard if _asks_something_else(h)]
        if not open_ones:
            return None
        # "and now?", "how long?": while a person is on the way that is what they ask about.
        waiting = self.questions.waiting and all(h.meaning.words <= 5 for h in open_ones)
        if not waiting and self._known.answer_freely():
            self._notes.collecting = True
            return "known"
        self._voice.say("say", "person_waiting" if waiting else "unknown_question")
        self._notes.collecting = True
        return "unknown"

    def _named_item(self) -> str | None:
        """Something of the catalogue, named without a question."""
        if not self._known.names_an_item:
            return None
        if "interest" in self._intents:
            self._voice.say("say", "interest")
        self._known.show()
        self._notes.collecting = True
        return "interest" if "interest" in self._intents else "item"

    def _not_understood(self) -> str:
        if not self._learning.heard:
            return "greeting"
        if any(h.meaning.words >= 3 for h in self._learning.heard):
            self._voice.say("say", "noted")
            return "statement"
        self._voice.say("say", "not_understood")
        self.questions.confused()
        return "unclear"


def _asks_something_else(heard: Heard) -> bool:
    meaning = heard.meaning
    if meaning.intents - _CHAT:
        return False
    return meaning.asks > 1 or (meaning.asks == 1 and not meaning.intents and not heard.found.name)
