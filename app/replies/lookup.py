"""What a turn looks up in the site's knowledge: the question as it was asked, and whatever the model asks for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from app.conversations.types import ClaimedTurn
from app.knowledge.matching import passages_asked
from app.knowledge.types import NOTHING_FOUND, Found, Item, Knowledge, Passage
from app.prompting.types import Locale
from app.replies.types import SOURCES

MAX_SOURCES = 10


class Lookup:
    """The searches of one turn and what they brought; `found` is that of the question itself."""

    def __init__(self, knowledge: Knowledge, turn: ClaimedTurn, locale: Locale) -> None:
        self._knowledge = knowledge
        self._site = turn.site_id
        self.locale = locale
        self.sourced = _sourced(turn)
        self.page = page_item(turn.item)
        self.current = self.sourced or self.page
        self.asked = tuple(
            m.text for m in turn.history if m.author == "visitor" and m.seq > turn.answered_seq
        )
        self.found: Found = NOTHING_FOUND
        self.items: dict[str, Item] = {}
        self.passages: list[Passage] = []
        self._tokens = 0

    async def look(self, more_words: Callable[[], str] = str, *, meaning: str | None = None) -> Found:
        """Search for the visitor's question, if there is anything to find; `more_words` say how it was understood.

        `meaning` is the question without personal data. Only who can wait for a model gives it: not a visitor's turn,
        whose model asks for what it lacks.
        """
        if await self._knowledge.knows_anything(self._site):
            self.found = await self._search(query_of(self.asked, more_words()), meaning)
        return self.found

    async def search(self, query: str, *, meaning: str) -> Found:
        """Search for what the model wants to know; `meaning` is that without personal data."""
        found = await self._search(query, meaning)
        self.passages += [p for p in found.passages if p not in self.passages]
        return found

    def take_tokens(self) -> int:
        """What the searches have cost since this was last asked."""
        tokens, self._tokens = self._tokens, 0
        return tokens

    async def _search(self, query: str, meaning: str | None) -> Found:
        found = await self._knowledge.search(
            self._site, query, locale=self.locale, item_id=self.current, meaning=meaning
        )
        self._tokens += found.tokens
        self.items |= {item.id: item for item in found.items}
        return found

    def sources(self, text: str, cards: tuple[dict[str, Any], ...] = ()) -> list[dict[str, Any]]:
        """What a reply of this text rests on: the items it names or shows, and the passages that were asked for."""
        shown = {card.get("id") for card in cards}
        items = [
            item
            for item in self.items.values()
            if item.id in shown or _is_named(item, self.items.values(), text)
        ]
        passages = list(dict.fromkeys((*passages_asked(self.found), *self.passages)))
        rests_on = [item.source() for item in items] + [passage.source() for passage in passages]
        return rests_on[:MAX_SOURCES]


def as_data(found: Found) -> dict[str, Any]:
    """The things found as the model gets them: data between delimiters, without what only a page needs."""
    return {
        "items": [
            {
                key: value
                for key, value in {
                    "id": item.id,
                    "title": item.title,
                    "price": item.price,
                    "currency": item.currency,
                    "availability": item.availability,
                    "facts": list(item.facts),
                    "url": item.url,
                }.items()
                if value not in (None, [])
            }
            for item in found.items
        ],
        "documents": [{"heading": p.heading or p.title, "text": p.body} for p in found.passages],
    }


def as_tool_output(found: Found) -> str:
    return json.dumps(
        {"ok": True, **as_data(found)} if found else {"ok": True, "found": "nothing"}, ensure_ascii=False
    )


def _is_named(item: Item, others: Iterable[Item], said: str) -> bool:
    """Whether a word of its title is said that none of the others has."""
    shared = {word for other in others if other is not item for word in _words(other.title)}
    return bool((_words(item.title) - shared) & _words(said))


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w{3,}", text.casefold()) if not word.isdigit()}


def query_of(asked: tuple[str, ...], more_words: str) -> str:
    """What is searched for when these messages wait for an answer; `more_words` say how they were understood."""
    return f"{' '.join(asked)} {more_words}".strip()


def page_item(item: dict[str, Any] | None) -> str | None:
    """Of the item that a page shows."""
    found = (item or {}).get("id")
    return None if found is None else str(found)


def sourced_item(sources: Any, *, before: str | None) -> str | None:
    """The one item that a reply with these sources was about: `before` where it names none, None where several."""
    items = [s["id"] for s in sources or () if isinstance(s, dict) and s.get("kind") == "item"]
    if not items:
        return before
    return str(items[0]) if len(items) == 1 else None


def _sourced(turn: ClaimedTurn) -> str | None:
    """The item that the last replies were about."""
    item: str | None = None
    for message in sorted(turn.history, key=lambda m: m.seq):
        if message.author == "assistant":
            item = sourced_item(message.meta.get(SOURCES), before=item)
    return item
