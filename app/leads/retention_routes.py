"""What the staff does for people's privacy: withdraw for them, erase them, say for how long anybody is kept."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field

from app.leads import retention, retention_store
from app.staff.access import access_staff, staff_desk
from app.staff.actions import StaffDesk
from app.staff.types import StaffAccess

DESK = Annotated[StaffDesk, Depends(staff_desk)]
ANYONE = Annotated[StaffAccess, Depends(access_staff("seller", "marketing", "admin"))]
ADMIN = Annotated[StaffAccess, Depends(access_staff("admin"))]
Json = dict[str, Any]


class Retention(BaseModel):
    """`days` after the last message and visit; null keeps everything."""

    model_config = ConfigDict(extra="forbid")

    days: Annotated[int, Field(strict=True, ge=1, le=36_500)] | None


class Withdrawal(BaseModel):
    """What somebody wants no more."""

    model_config = ConfigDict(extra="forbid")

    purposes: Annotated[list[Literal["contact", "marketing"]], Field(min_length=1, max_length=2)]


async def withdraw(contact_id: UUID, body: Withdrawal, me: ANYONE, desk: DESK) -> Json:
    """For who says so by other means than the chat: it counts as if they had done it themselves."""
    return await retention_store.withdraw_consent(
        desk.wiring.rpc,
        site=me.site_id,
        staff=me.staff_id,
        contact=str(contact_id),
        purposes=list(body.purposes),
    )


async def erase_contact(contact_id: UUID, me: ADMIN, desk: DESK) -> None:
    """The person goes from everywhere: conversations, leads, queues; finished exports they may be in are void."""
    await retention.erase_contact(desk.wiring, me, str(contact_id))


async def get_retention(me: ADMIN, desk: DESK) -> Json:
    return await retention_store.get_retention(desk.wiring.rpc, site=me.site_id, staff=me.staff_id)


async def put_retention(body: Retention, me: ADMIN, desk: DESK) -> Json:
    """In force with the next run, within a quarter of an hour: what is older then cannot be brought back."""
    return await retention_store.set_retention(
        desk.wiring.rpc, site=me.site_id, staff=me.staff_id, days=body.days
    )


def privacy_router(route_class: type[APIRoute]) -> APIRouter:
    """`/api/v1/privacy`. docs/rights.md publishes who may."""
    router = APIRouter(prefix="/api/v1/privacy", tags=["privacy"], route_class=route_class)
    add = router.add_api_route
    add("/contacts/{contact_id}/withdrawal", withdraw, methods=["POST"])
    add("/contacts/{contact_id}", erase_contact, methods=["DELETE"], status_code=204)
    add("/retention", get_retention, methods=["GET"])
    add("/retention", put_retention, methods=["PUT"])
    return router
