"""What the guided assistant answers from the site's knowledge: prices, availability, details, and its documents."""

from __future__ import annotations

from typing import Any

from app.knowledge.amounts import money
from app.knowledge.documents import plain
from app.knowledge.matching import Match, items_asked, passages_asked
from app.knowledge.types import Found, Item, Passage
from app.replies.guided.intents import Topic, fold
from app.replies.guided.voice import Voice

MAX_PASSAGE_CHARS = 600
_ITEM_TOPICS = frozenset(("price", "availability", "details"))


class Known:
    """Answers one reply's questions, each `answer` True when it said something. Gathers cards and sources."""

    def __init__(
        self,
        found: Found,
        *,
        question: str,
        current: str | None,
        shown: frozenset[str],
        voice: Voice,
    ) -> None:
        """`shown` are items whose card stands in the chat already."""
        self._found = found
        self._shown = shown
        self._voice = voice
        self._match: Match = items_asked(found, question, current)
        self._told: dict[str, Item] = {}
        self._quoted: list[Passage] = []
        self._listed = False

    @property
    def names_an_item(self) -> bool:
        return any(item.is_named for item in self._match.items)

    @property
    def cards(self) -> tuple[dict[str, Any], ...]:
        return tuple(item.card() for item in self._told.values() if item.id not in self._shown)

    @property
    def sources(self) -> list[dict[str, Any]]:
        items = [item.source() for item in self._told.values()]
        return items + [passage.source() for passage in self._quoted]

    def answer(self, topic: Topic) -> bool:
        """Say what is known about a topic, if anything."""
        if topic == "details" and self._quote(tuple(p for p in self._found.passages if p.headed)):
            # A warranty is asked about with the same words as an engine: the documents know it by its heading.
            return True
        if topic in _ITEM_TOPICS and self._answer_about_items(topic):
            return True
        nouns = tuple(
            word for word in fold(getattr(self._voice.texts.topics, topic)).split() if len(word) > 3
        )
        return self._quote(passages_asked(self._found, nouns))

    def answer_freely(self) -> bool:
        """A question of no topic: what it names, or the passage that has its words."""
        if self.names_an_item:
            return self._summary()
        return self._quote(passages_asked(self._found))

    def show(self) -> None:
        """What was named without a question, briefly."""
        self._summary()

    def _summary(self) -> bool:
        if len(self._match.items) > 1 or not self._match.exact:
            return self._list_items()
        item = self._match.items[0]
        said = self._price(item) | (item.availability in {"reserved", "sold"} and self._availability(item))
        if not said:
            self._say(item, "shown")
        return True

    def _answer_about_items(self, topic: Topic) -> bool:
        if not self._match.items:
            return False
        if len(self._match.items) > 1 or not self._match.exact:
            return self._list_items()
        item = self._match.items[0]
        if topic == "price":
            # Who asks for the price of what is gone must hear that first.
            gone = item.availability == "sold" and self._availability(item)
            return self._price(item) or gone
        if topic == "availability":
            return self._availability(item)
        return self._details(item)

    def _price(self, item: Item) -> bool:
        if item.price is None:
            return False
        self._say(item, "price", price=money(item.price, item.currency))
        return True

    def _availability(self, item: Item) -> bool:
        if item.availability is None:
            return False
        self._say(item, item.availability)
        return True

    def _details(self, item: Item) -> bool:
        if not item.facts:
            return False
        self._say(item, "details", facts=", ".join(item.facts))
        return True

    def _list_items(self) -> bool:
        if not self._listed:
            self._listed = True
            self._told |= {item.id: item for item in self._match.items}
            listed = self._voice.listed([_with_price(item) for item in self._match.items])
            self._voice.say("known", "options" if self._match.exact else "closest", items=listed)
        return True

    def _say(self, item: Item, key: str, **values: str) -> None:
        self._told[item.id] = item
        self._voice.say("known", key, item=item.title, **values)

    def _quote(self, passages: tuple[Passage, ...]) -> bool:
        if not passages:
            return False
        if passages[0] not in self._quoted:
            self._quoted.append(passages[0])
            self._voice.new_paragraph()
            self._voice.add(_short(plain(passages[0].body)))
            self._voice.new_paragraph()
        return True


def _with_price(item: Item) -> str:
    return item.title if item.price is None else f"{item.title} ({money(item.price, item.currency)})"


def _short(text: str) -> str:
    """Whole sentences, or lines, as far as a chat message reaches."""
    if len(text) <= MAX_PASSAGE_CHARS:
        return text
    cut = text[:MAX_PASSAGE_CHARS]
    end = max(cut.rfind(". ") + 1, cut.rfind("\n"))
    return cut[:end].rstrip() if end > 0 else f"{cut[: cut.rfind(' ')].rstrip()}…"
