"""`/api/v1/chat/tasks`: what sellers have to do, and by when. docs/rights.md publishes who may."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.routing import APIRoute

from app.conversations import staff_store as store
from app.conversations import task_actions as actions
from app.conversations.cursors import decoded, encoded
from app.conversations.staff_routes import ME, ON, Json
from app.conversations.task_schemas import TaskBody, TaskPatch, TaskView


async def list_tasks(
    me: ME,
    on: ON,
    *,
    view: TaskView = "mine",
    conversation: UUID | None = None,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Json:
    """Soonest first (`done`: newest first). `open` and `overdue` are everybody's that the caller may see."""
    page = await store.call(
        on.wiring.rpc,
        "list_tasks",
        me,
        view=view,
        conversation=str(conversation) if conversation else None,
        after=decoded(cursor, "id"),
        limit=limit,
    )
    return {"data": page["data"], "next_cursor": encoded(page["next"])}


async def add_task(uuid: UUID, body: TaskBody, me: ME, on: ON) -> Json:
    return await actions.add(on, me, str(uuid), body.values())


async def change_task(task_id: UUID, body: TaskPatch, me: ME, on: ON) -> Json:
    """Another date, another text, somebody else's."""
    return await actions.change(on, me, str(task_id), body.patch())


async def complete_task(task_id: UUID, me: ME, on: ON) -> Json:
    return await actions.complete(on, me, str(task_id))


def tasks_router(route_class: type[APIRoute]) -> APIRouter:
    router = APIRouter(prefix="/api/v1/chat", tags=["tasks"], route_class=route_class)
    add = router.add_api_route
    add("/tasks", list_tasks, methods=["GET"])
    add("/tasks/{task_id}", change_task, methods=["PATCH"])
    add("/tasks/{task_id}/complete", complete_task, methods=["POST"])
    add("/conversations/{uuid}/tasks", add_task, methods=["POST"], status_code=201)
    return router
