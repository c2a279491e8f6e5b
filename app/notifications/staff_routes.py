"""What each of the staff wants to hear of, their browsers, and (admins) what could not be delivered."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fastapi import APIRouter, Depends, Request
from fastapi.routing import APIRoute
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from app.notifications import actions, store
from app.notifications.types import Event
from app.notifications.worker import Postman
from app.staff.access import access_staff, staff_desk
from app.staff.actions import StaffDesk
from app.staff.types import StaffAccess

ANSWERING = Annotated[StaffAccess, Depends(access_staff("seller", "admin"))]
ADMIN = Annotated[StaffAccess, Depends(access_staff("admin"))]
DESK = Annotated[StaffDesk, Depends(staff_desk)]


def postman_of(request: Request) -> Postman:
    return cast("Postman", request.app.state.postman)


POSTMAN = Annotated[Postman, Depends(postman_of)]


def _wall_time(value: str) -> str:
    time.fromisoformat(value)
    return value


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("must be a time zone such as America/Santo_Domingo") from None
    return value


def _once(events: list[Event]) -> list[Event]:
    return list(dict.fromkeys(events))


WallTime = Annotated[
    str, StringConstraints(strict=True, pattern=r"^([01]\d|2[0-3]):[0-5]\d$"), AfterValidator(_wall_time)
]
Zone = Annotated[
    str, StringConstraints(strict=True, max_length=60, pattern=r"^[\x20-\x7e]+$"), AfterValidator(_zone)
]
Events = Annotated[list[Event], Field(max_length=20), AfterValidator(_once)]
KeyText = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9_-]+={0,2}$", max_length=100)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Settings(_Body):
    """All of it at once. Quiet hours are wall-clock times (both or none) and may run past midnight."""

    push: Events
    email: Events
    quiet_from: WallTime | None = None
    quiet_to: WallTime | None = None
    time_zone: Zone | None = None

    @model_validator(mode="after")
    def _is_a_window(self) -> Settings:
        if (self.quiet_from is None) != (self.quiet_to is None):
            raise ValueError("give quiet_from and quiet_to, or neither")
        if self.quiet_from is not None and self.quiet_from == self.quiet_to:
            raise ValueError("quiet_from and quiet_to must differ; to be told of nothing, choose no events")
        return self


class Keys(_Body):
    p256dh: KeyText
    auth: KeyText


class Subscription(_Body):
    """A PushSubscription as the browser's `toJSON()` gives it, and a name for the list."""

    endpoint: Annotated[
        str, StringConstraints(strict=True, min_length=10, max_length=2000, pattern=r"^[!-~]+$")
    ]
    keys: Keys
    expirationTime: float | None = None  # noqa: N815 - the browser's own name
    label: Annotated[str, StringConstraints(strict=True, strip_whitespace=True, max_length=200)] | None = None


async def get_settings(me: ANSWERING, desk: DESK, postman: POSTMAN) -> dict[str, Any]:
    """What the caller hears of and when; `channels` are those that this server has."""
    return {**await store.settings(desk.wiring.rpc, me), "channels": list(postman.channels)}


async def put_settings(body: Settings, me: ANSWERING, desk: DESK, postman: POSTMAN) -> dict[str, Any]:
    """Events by channel (waiting, assigned, message), quiet hours, time zone (null: the site's)."""
    changed = await store.set_settings(desk.wiring.rpc, me, body.model_dump())
    return {**changed, "channels": list(postman.channels)}


async def push_key(_: ANSWERING, postman: POSTMAN) -> dict[str, str]:
    """The `applicationServerKey` to subscribe with."""
    return {"public_key": postman.pusher.vapid.public_key}


async def list_subscriptions(me: ANSWERING, desk: DESK) -> dict[str, Any]:
    """The caller's browsers, oldest first."""
    return {"data": await store.subscriptions(desk.wiring.rpc, me)}


async def add_subscription(body: Subscription, me: ANSWERING, desk: DESK, postman: POSTMAN) -> dict[str, Any]:
    """This browser is the caller's from now on. Again with the same endpoint: nothing new, its keys are renewed."""
    return await actions.subscribe(
        desk.wiring.rpc,
        postman.pusher,
        me,
        endpoint=body.endpoint,
        p256dh=body.keys.p256dh.rstrip("="),
        auth=body.keys.auth.rstrip("="),
        label=body.label,
    )


async def remove_subscription(subscription_id: UUID, me: ANSWERING, desk: DESK) -> None:
    """One of the caller's own browsers."""
    await store.unsubscribe(desk.wiring.rpc, me, str(subscription_id))


async def dead_letters(me: ADMIN, desk: DESK) -> dict[str, Any]:
    """What was tried and put aside, newest first: events that could not be read, deliveries that did not arrive."""
    return {"data": await store.dead_letters(desk.wiring.rpc, me)}


async def replay(letter_id: UUID, me: ADMIN, desk: DESK) -> None:
    """Try it again from the start."""
    await store.replay(desk.wiring.rpc, me, str(letter_id))


def notifications_router(route_class: type[APIRoute]) -> APIRouter:
    """`/api/v1/notifications`. docs/rights.md publishes who may call what."""
    router = APIRouter(prefix="/api/v1/notifications", tags=["notifications"], route_class=route_class)
    add = router.add_api_route
    add("/settings", get_settings, methods=["GET"])
    add("/settings", put_settings, methods=["PUT"])
    add("/push-key", push_key, methods=["GET"])
    add("/subscriptions", list_subscriptions, methods=["GET"])
    add("/subscriptions", add_subscription, methods=["POST"], status_code=201)
    add("/subscriptions/{subscription_id}", remove_subscription, methods=["DELETE"], status_code=204)
    add("/dead-letters", dead_letters, methods=["GET"])
    add("/dead-letters/{letter_id}/replay", replay, methods=["POST"], status_code=204)
    return router
