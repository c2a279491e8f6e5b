"""`/api/v1/knowledge`: what the assistant states facts from. docs/rights.md has who may."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, Literal, Protocol, cast

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.routing import APIRoute
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from app.errors import UnsupportedMedia
from app.knowledge import actions, store
from app.knowledge.actions import SiteKnowledge
from app.knowledge.catalogue import ItemBody, read_csv, read_json
from app.llm.embeddings import reference_of
from app.staff.access import access_staff
from app.staff.types import StaffAccess
from app.wiring import Wiring

Json = dict[str, Any]
Locale = Literal["es", "en", "pt"]

BODY_LIMITS = {"/api/v1/knowledge/items/import": 4 * 1024 * 1024, "/api/v1/knowledge/documents": 1024 * 1024}
"""Bytes by path, where a body may be larger than elsewhere."""


class Services(Protocol):
    @property
    def wiring(self) -> Wiring: ...

    @property
    def knowledge(self) -> SiteKnowledge: ...


async def knowledge_services(request: Request) -> Services:
    return cast("Services", request.app.state.services)


ON = Annotated[Services, Depends(knowledge_services)]
ME = Annotated[StaffAccess, Depends(access_staff("marketing", "admin"))]
Slug = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9-]{0,99}$")]
Short = Annotated[str, Query(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
Question = Annotated[str, Query(max_length=500, pattern=r"^[^\x00]*$")]
ItemId = Annotated[str, Path(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]+$")]


def _no_nul(value: str) -> str:
    if "\x00" in value:
        raise ValueError("must not contain NUL")
    return value


class DocumentBody(BaseModel):
    """Markdown; its headings are what a question is compared with first."""

    model_config = ConfigDict(extra="forbid")

    slug: Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z0-9][a-z0-9-]{0,99}$")]
    locale: Locale
    title: Annotated[
        str,
        StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=200),
        AfterValidator(_no_nul),
    ]
    body: Annotated[
        str,
        StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=200_000),
        AfterValidator(_no_nul),
    ]


async def list_items(
    me: ME,
    on: ON,
    *,
    q: Short | None = None,
    after: Short | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Json:
    """By id; `after` is the last page's `next`. `q` is looked for in title and id."""
    row: Json = await store.call(on.wiring.rpc, "list_items", me, text=q, after=after, limit=limit)
    return row


async def import_items(
    request: Request, me: ME, on: ON, mode: Annotated[Literal["merge", "replace"], Query()] = "merge"
) -> Json:
    """A catalogue as CSV (`text/csv`) or JSON. `merge` adds and changes; `replace` also removes what is not in it.

    One mistake and nothing changes: the answer names each by line and field.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    content = await request.body()
    # In a thread: twenty thousand items take half a second, and streams go on meanwhile.
    if kind == "text/csv":
        items = await asyncio.to_thread(read_csv, content)
    elif kind == "application/json":
        items = await asyncio.to_thread(read_json, content)
    else:
        raise UnsupportedMedia("send the catalogue as text/csv or application/json")
    done = await store.import_items(on.wiring.rpc, me, items, replace=mode == "replace")
    on.knowledge.changed()
    return done


async def put_items(body: ItemBody, me: ME, on: ON) -> Json:
    """Add one item, or replace the one of the same id: complete, what is left out is not known."""
    done = await store.import_items(on.wiring.rpc, me, [body.as_row()], replace=False)
    on.knowledge.changed()
    return done


async def delete_item(item_id: ItemId, me: ME, on: ON) -> Json:
    row: Json = await store.call(on.wiring.rpc, "delete_item", me, item=item_id)
    return row


async def list_documents(me: ME, on: ON) -> Json:
    return {"data": await store.call(on.wiring.rpc, "list_documents", me)}


async def get_document(slug: Slug, me: ME, on: ON, locale: Annotated[Locale, Query()] = "es") -> Json:
    row: Json = await store.call(on.wiring.rpc, "get_document", me, slug=slug, locale=locale)
    return row


async def save_document(body: DocumentBody, me: ME, on: ON) -> Json:
    """Add it, or replace the one of the same slug and language."""
    row = await actions.save_document(
        on.wiring.rpc, me, slug=body.slug, locale=body.locale, title=body.title, body=body.body
    )
    on.knowledge.changed()
    return row


async def delete_document(slug: Slug, me: ME, on: ON, locale: Annotated[Locale, Query()] = "es") -> Json:
    row: Json = await store.call(on.wiring.rpc, "delete_document", me, slug=slug, locale=locale)
    return row


async def search(me: ME, on: ON, q: Question = "", locale: Annotated[Locale, Query()] = "es") -> Json:
    """What the assistant would find for a question. `near`: how much it means what was asked (0 to 1), null where only
    words were compared."""
    found = await actions.try_search(on.wiring, on.knowledge, site=me.site_id, query=q, locale=locale)
    return {
        "items": [
            i.card() | {"availability": i.availability, "named": i.named, "near": i.near} for i in found.items
        ],
        "passages": [
            {"document": p.document, "locale": p.locale, "heading": p.heading, "body": p.body, "near": p.near}
            for p in found.passages
        ],
    }


async def get_meaning(me: ME, on: ON) -> Json:
    """Whether knowledge is also searched by what it means, and how far: {model, vectors, total, embedded, failed,
    failure}. `model` null: none is configured; `vectors` false: the database has no pgvector. The rest counts texts."""
    model = reference_of(on.wiring.settings)
    row: Json = await store.call(on.wiring.rpc, "embedding_progress", me, model=model)
    return {"model": model, **row}


def knowledge_router(route_class: type[APIRoute]) -> APIRouter:
    router = APIRouter(prefix="/api/v1/knowledge", tags=["knowledge"], route_class=route_class)
    add = router.add_api_route
    add("/items", list_items, methods=["GET"])
    add("/items", put_items, methods=["PUT"])
    add("/items/import", import_items, methods=["POST"])
    add("/items/{item_id}", delete_item, methods=["DELETE"])
    add("/documents", list_documents, methods=["GET"])
    add("/documents", save_document, methods=["POST"])
    add("/documents/{slug}", get_document, methods=["GET"])
    add("/documents/{slug}", delete_document, methods=["DELETE"])
    add("/search", search, methods=["GET"])
    add("/meaning", get_meaning, methods=["GET"])
    return router
