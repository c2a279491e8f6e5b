"""What a reply will need of a question, begun while the database still stores it.

A visitor waits for the commit, and then for the search in the site's knowledge; the one does not need the other. So the
search begins with the message, as the turn is likely to ask for it: in the language and about the item of the reply
before. A guess that was wrong costs a search, and the turn makes its own.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import Any

from app.conversations.types import ClaimedTurn
from app.knowledge.types import Found, Knowledge
from app.prompting.types import Locale
from app.replies.grounds import Grounds
from app.replies.guided import topic_words
from app.replies.language import as_locale, follow
from app.replies.lookup import Lookup, page_item, query_of, sourced_item
from app.replies.redact import Redactor
from app.replies.types import SOURCES, Reply
from app.sites.types import Site

KEPT_SECONDS = 3.0
"""A search that no turn has asked for by then was a wrong guess."""
MOST_SESSIONS = 10_000

Asked = tuple[str, str, str, str | None, int]
"""Site, query, locale, item, limit: all that a search depends on."""


@dataclass(frozen=True, slots=True)
class Question:
    """A visitor's message as it arrives. `locale` is the tag that came with it, `item` the page's."""

    site: Site
    text: str
    session_id: str
    locale: str | None
    item: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class _Talk:
    """How a session's last reply was made; `answered` is whether its messages are the assistant's to answer."""

    locale: Locale
    sourced: str | None = None
    page: str | None = None
    answered: bool = True


class Ahead:
    """A site's knowledge (see `knowledge.types`) whose searches may have begun before their turn."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._begun: dict[Asked, asyncio.Task[Found]] = {}
        self._talks: dict[str, _Talk] = {}
        self._limits: dict[str, int] = {}

    async def knows_anything(self, site_id: str) -> bool:
        return await self._knowledge.knows_anything(site_id)

    async def search(
        self,
        site_id: str,
        query: str,
        *,
        locale: str,
        item_id: str | None = None,
        limit: int = 5,
        meaning: str | None = None,
    ) -> Found:
        if meaning is None:
            self._limits[site_id] = limit
            begun = self._begun.pop((site_id, query, locale, item_id, limit), None)
            if begun is not None:
                return await begun
        return await self._knowledge.search(
            site_id, query, locale=locale, item_id=item_id, limit=limit, meaning=meaning
        )

    def expect(self, question: Question) -> None:
        """Begin as soon as the caller waits for something: its own call to the database goes first."""
        talk = self._talks.get(question.session_id)
        if talk is None or talk.answered:
            asyncio.get_running_loop().call_soon(self._begin, question, talk)

    def leave(self, session_id: str) -> None:
        """Somebody else answers this session's messages, until a reply is noted again."""
        self._keep(session_id, replace(self._talks.get(session_id, _Talk("es")), answered=False))

    def note(self, turn: ClaimedTurn, lookup: Lookup, reply: Reply) -> None:
        """The reply is made: what the session's next question will be searched with."""
        shown = sourced_item(reply.effects.meta.get(SOURCES), before=lookup.sourced)
        self._keep(turn.session_id, _Talk(lookup.locale, shown, lookup.page))

    def _keep(self, session_id: str, talk: _Talk) -> None:
        self._talks.pop(session_id, None)
        if len(self._talks) >= MOST_SESSIONS:
            del self._talks[next(iter(self._talks))]
        self._talks[session_id] = talk

    def _begin(self, question: Question, talk: _Talk | None) -> None:
        loop = asyncio.get_running_loop()
        site_id = question.site.id
        settled = talk is not None
        talk = talk or _Talk(as_locale(question.locale or ""))
        locale = follow(question.text, talk.locale, settled=settled)
        item = talk.sourced or (page_item(question.item) if question.item else talk.page)
        query = query_of((question.text,), topic_words((question.text,), locale))
        limit = self._limits.get(site_id, 5)
        asked = (site_id, query, locale, item, limit)
        if asked not in self._begun:
            search = self._knowledge.search(site_id, query, locale=locale, item_id=item, limit=limit)
            self._begun[asked] = loop.create_task(search)
            loop.call_later(KEPT_SECONDS, self._begun.pop, asked, None)
            # After the search was sent: what these read is remembered, so that the turn need not read it.
            loop.call_soon(_read, question)


def _read(question: Question) -> None:
    Redactor(region=question.site.region).redact(question.text)
    Grounds(visitors=(question.text,))
