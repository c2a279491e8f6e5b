"""What a model does for the staff: `/api/v1/chat/conversations/{uuid}/suggestion` and `/summary`."""

from __future__ import annotations

from typing import Annotated, cast
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.routing import APIRoute
from pydantic import AfterValidator, StringConstraints

from app.conversations import staff_store
from app.conversations.publishing import touch
from app.conversations.staff_routes import ME, Json
from app.conversations.staff_schemas import Body, no_control
from app.replies import assist
from app.replies.assist import Services


async def assist_services(request: Request) -> Services:
    return cast("Services", request.app.state.services)


ON = Annotated[Services, Depends(assist_services)]
Summary = Annotated[
    str,
    StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=2000),
    AfterValidator(no_control),
]


class SummaryBody(Body):
    """Null removes it."""

    text: Summary | None


async def suggest(uuid: UUID, me: ME, on: ON) -> Json:
    """A draft of the next message, marked as AI; sending it is the seller's. Null, with the reason, without one."""
    draft = await assist.suggest(on, me, str(uuid))
    return {"text": draft.text, "reason": draft.reason, "ai": draft.text is not None}


async def summarise(uuid: UUID, me: ME, on: ON) -> Json:
    """Make the handoff's summary anew: by the model, or by rules from what is known."""
    return await assist.summarise(on, me, str(uuid))


async def put_summary(uuid: UUID, body: SummaryBody, me: ME, on: ON) -> Json:
    """What somebody of the staff wrote is not overwritten by itself any more."""
    line = await staff_store.call(on.wiring.rpc, "set_summary", me, conversation=str(uuid), text=body.text)
    touch(on.wiring.bus, me.site_id, str(uuid))
    return line


def assist_router(route_class: type[APIRoute]) -> APIRouter:
    router = APIRouter(prefix="/api/v1/chat/conversations", tags=["conversations"], route_class=route_class)
    add = router.add_api_route
    add("/{uuid}/suggestion", suggest, methods=["POST"])
    add("/{uuid}/summary", summarise, methods=["POST"])
    add("/{uuid}/summary", put_summary, methods=["PUT"])
    return router
