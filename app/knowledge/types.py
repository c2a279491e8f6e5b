"""What the assistant may state as fact: items, passages of documents, and what a search found of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, Protocol

from app.errors import Invalid

Availability = Literal["available", "reserved", "sold", "on_order"]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing the site offers. `price` is in units of `currency` (ISO 4217); None means that it is not known.

    `named` are the words of the question that stand in the title, as the search stems them.
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

    `headed` are the words of the question found in document title and heading, `matched` how many were found at all.
    """

    document: str
    title: str
    locale: str
    heading: str
    body: str
    headed: tuple[str, ...] = ()
    matched: int = 0

    def source(self) -> dict[str, Any]:
        return {"kind": "document", "id": self.document, "title": self.heading or self.title}


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brought, best first. `words` is what was looked for, stemmed."""

    items: tuple[Item, ...] = ()
    passages: tuple[Passage, ...] = ()
    words: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.items or self.passages)


NOTHING_FOUND = Found()


class Knowledge(Protocol):
    """Where facts are looked up: a site's own, or those of an evaluation case."""

    async def search(
        self, site_id: str, query: str, *, locale: str, item_id: str | None = None, limit: int = 5
    ) -> Found:
        """`item_id` is what is being talked about: it comes first, whatever the words. Never raises; a database that
        is away knows nothing."""
        ...

    async def knows_anything(self, site_id: str) -> bool: ...


class BadCatalogue(Invalid):
    code = "knowledge.bad_catalogue"
    title = "The catalogue cannot be read; nothing was changed."


class BadDocument(Invalid):
    code = "knowledge.bad_document"
    title = "The document cannot be saved."
