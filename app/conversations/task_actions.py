"""What somebody has to do for a visitor: added, changed, done. Streams hear of each."""

from __future__ import annotations

from typing import Any

from app.conversations import staff_store as store
from app.conversations.staff_actions import Services
from app.conversations.tasks import tell_of_task
from app.staff.types import StaffAccess


async def add(
    services: Services, me: StaffAccess, conversation: str, values: dict[str, Any]
) -> dict[str, Any]:
    """`values`: kind, text, due_at, assignee (left out: mine). Raises NotFound `staff.not_found`."""
    task = await store.call(services.wiring.rpc, "add_task", me, conversation=conversation, **values)
    return tell_of_task(services.wiring, me.site_id, task)


async def change(services: Services, me: StaffAccess, task_id: str, patch: dict[str, Any]) -> dict[str, Any]:
    """`patch`: assignee (null: nobody's), due_at, text. Raises NotFound `task.not_found`, `staff.not_found`, Conflict
    `task.done`, Forbidden `conversation.not_participant`."""
    task = await store.call(services.wiring.rpc, "change_task", me, task=task_id, patch=patch)
    return tell_of_task(services.wiring, me.site_id, task)


async def complete(services: Services, me: StaffAccess, task_id: str) -> dict[str, Any]:
    """Done twice is done once. Raises as `change` does."""
    task = await store.call(services.wiring.rpc, "complete_task", me, task=task_id)
    return tell_of_task(services.wiring, me.site_id, task)
