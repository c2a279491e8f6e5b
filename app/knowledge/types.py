"""What the assistant may state as fact: items, passages of documents, and what a search found of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from app.errors import Invalid

Availability = Literal["available", "reserved", "sold", "on_order"]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing the site offers. `price` is in units of `currency` (ISO 4217); None means that it is not known.

    `named` are the words of the question that stand in the title, as the search stems them. `near` is how much it means
    what was asked (cosine similarity), None where only words were compared.
    """

    id: str
    title: str
    price: float | None = None
    currency: str | None = None
    image: str | None = None
    url: str | None = None
    facts: tuple[str, ...] = ()
    availability: Availability | None = None
    named: tuple[str, ...] = ()
    near: float | None = field(default=None, compare=False)

    @property
    def is_named(self) -> bool:
        """Whether the question calls it by more than a number: a year alone names nothing."""
        return any(not word.isdigit() for word in self.named)

    def card(self) -> dict[str, Any]:
        """Seed 000's vehicle, as the widget shows it; what is not known is left out."""
        card: dict[str, Any] = {
            "type": "Item",
            "id": self.id,
            "title": self.title,
            "price": self.price,
            "currency": self.currency,
            "image": self.image,
            "url": self.url,
            "facts": list(self.facts),
        }
        return {key: value for key, value in card.items() if value not in (None, [])}

    def source(self) -> dict[str, Any]:
        return {"kind": "item", "id": self.id, "title": self.title}


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading of a document with what stands under it.

    `headed` are the words of the question found in document title and heading, `matched` how many were found at all,
    `near` as an item's.
    """

    document: str
    title: str
    locale: str
    heading: str
    body: str
    headed: tuple[str, ...] = ()
    matched: int = 0
    near: float | None = field(default=None, compare=False)

    def source(self) -> dict[str, Any]:
        return {"kind": "document", "id": self.document, "title": self.heading or self.title}


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brought, best first. `words` is what was looked for, stemmed; `tokens` what it cost a model."""

    items: tuple[Item, ...] = ()
    passages: tuple[Passage, ...] = ()
    words: tuple[str, ...] = ()
    tokens: int = 0

    def __bool__(self) -> bool:
        return bool(self.items or self.passages)


NOTHING_FOUND = Found()


@dataclass(frozen=True, slots=True)
class TextToEmbed:
    """An item or a passage as a model gets it. `attempts` counts this one."""

    digest: str
    text: str
    attempts: int


@dataclass(frozen=True, slots=True)
class ToEmbed:
    """What was claimed, all of one site; nothing if `texts` is empty. `queued` texts were found to be new meanwhile."""

    site_id: str | None
    texts: tuple[TextToEmbed, ...]
    queued: int


class Knowledge(Protocol):
    """Where facts are looked up: a site's own, or those of an evaluation case."""

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
        """`item_id` is what is being talked about: it comes first, whatever the words.

        With `meaning`, the query without personal data, also what means the same is found, where the site can be
        searched so: that asks a model, and may take it a second. Never raises; a database that is away knows nothing,
        and without the model words have to do.
        """
        ...

    async def knows_anything(self, site_id: str) -> bool: ...


class BadCatalogue(Invalid):
    code = "knowledge.bad_catalogue"
    title = "The catalogue cannot be read; nothing was changed."


class BadDocument(Invalid):
    code = "knowledge.bad_document"
    title = "The document cannot be saved."
