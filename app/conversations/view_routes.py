"""`/api/v1/chat/views`: lists of the inbox to come back to; one's own, or (an admin's to write) everybody's."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter
from fastapi.routing import APIRoute
from pydantic import AwareDatetime, ConfigDict, Field, StringConstraints

from app.conversations import staff_store as store
from app.conversations.staff_routes import ME, ON, Json
from app.conversations.staff_schemas import Body, Outcome, Quality, State, Tag, Text200, View

Name = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=80)]


class FilterBody(Body):
    """The parameters of GET /chat/conversations, by their names there."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    view: View = "all"
    state: State | None = None
    quality: Quality | None = None
    outcome: Outcome | None = None
    tag: Tag | None = None
    since: Annotated[AwareDatetime | None, Field(alias="from")] = None
    until: Annotated[AwareDatetime | None, Field(alias="to")] = None
    q: Text200 | None = None
    overdue: Annotated[bool, Field(strict=True)] | None = None
    sort: Literal["newest", "waiting"] = "newest"

    def as_json(self) -> dict[str, Any]:
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


class ViewBody(Body):
    name: Name
    filter: FilterBody
    shared: Annotated[bool, Field(strict=True)] = False


async def list_views(me: ME, on: ON) -> Json:
    return {"data": await on.wiring.rpc.call("list_views", site=me.site_id, staff=me.staff_id)}


async def add_view(body: ViewBody, me: ME, on: ON) -> Json:
    return await _save(body, me, on, None)


async def change_view(view_id: UUID, body: ViewBody, me: ME, on: ON) -> Json:
    return await _save(body, me, on, str(view_id))


async def delete_view(view_id: UUID, me: ME, on: ON) -> None:
    await store.call(on.wiring.rpc, "delete_view", me, id=str(view_id))


def views_router(route_class: type[APIRoute]) -> APIRouter:
    router = APIRouter(prefix="/api/v1/chat/views", tags=["conversations"], route_class=route_class)
    add = router.add_api_route
    add("", list_views, methods=["GET"])
    add("", add_view, methods=["POST"], status_code=201)
    add("/{view_id}", change_view, methods=["PUT"])
    add("/{view_id}", delete_view, methods=["DELETE"], status_code=204)
    return router


async def _save(body: ViewBody, me: ME, on: ON, id_: str | None) -> Json:
    return await store.call(
        on.wiring.rpc,
        "save_view",
        me,
        name=body.name,
        filter=body.filter.as_json(),
        shared=body.shared,
        id=id_,
    )
