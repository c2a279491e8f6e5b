"""Accounts: signing in and out, oneself, and (admins) everybody else of the site."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.routing import APIRoute
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, HttpUrl, StringConstraints, model_validator

from app.staff import actions, store
from app.staff.access import access_staff, staff_desk
from app.staff.actions import StaffDesk
from app.staff.credentials import StaffToken
from app.staff.types import Role, StaffAccess

DESK = Annotated[StaffDesk, Depends(staff_desk)]
ANYONE = Annotated[StaffAccess, Depends(access_staff("seller", "marketing", "admin"))]
ADMIN = Annotated[StaffAccess, Depends(access_staff("admin"))]
KEY = Annotated[str, Header(alias="X-PUBLIC-KEY", max_length=200)]

Email = Annotated[
    str,
    StringConstraints(
        strict=True,
        strip_whitespace=True,
        to_lower=True,
        max_length=254,
        pattern=r"^[^@\s\x00]+@[^@\s\x00]+\.[^@\s\x00]+$",
    ),
]


def _printable(value: str) -> str:
    if not value.isprintable():
        raise ValueError("must be printable")
    return value


Password = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=200)]
NewPassword = Annotated[str, StringConstraints(strict=True, min_length=10, max_length=200)]
Name = Annotated[
    str,
    StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_printable),
]
LinkToken = Annotated[str, StringConstraints(strict=True, pattern=r"^sl_[A-Za-z0-9_-]{43}$")]
Language = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z]{2}$")]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SignIn(_Body):
    email: Email
    password: Password


class Accept(_Body):
    token: LinkToken
    password: NewPassword
    name: Name | None = None


class Invite(_Body):
    email: Email
    role: Role
    name: Name | None = None


class Change(_Body):
    role: Role | None = None
    disabled: Annotated[bool, Field(strict=True)] | None = None
    capacity: Annotated[int, Field(strict=True, ge=0, le=100)] | None = None

    @model_validator(mode="after")
    def _something_changes(self) -> Change:
        if self.role is None and self.disabled is None and self.capacity is None:
            raise ValueError("give role, disabled or capacity")
        return self


class Profile(_Body):
    """What is left out stays as it is."""

    name: Name = ""
    avatar: HttpUrl | None = None
    languages: Annotated[list[Language], Field(max_length=20)] = []
    capacity: Annotated[int, Field(strict=True, ge=0, le=100)] = 0
    away: Annotated[bool, Field(strict=True)] = False


class ChangePassword(_Body):
    old_password: Password
    new_password: NewPassword


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


async def sign_in(
    request: Request, body: SignIn, response: Response, desk: DESK, public_key: KEY = ""
) -> Any:
    """A session of twelve hours, which slides while it is used. The token is shown once."""
    response.headers["Cache-Control"] = "no-store"
    done = await actions.sign_in(
        desk,
        public_key=public_key,
        email=body.email,
        password=body.password,
        address=_address(request),
    )
    return {"token": done.token, "token_type": "Bearer", "expires_at": done.expires_at, "user": done.account}


async def sign_out(me: ANYONE, desk: DESK) -> None:
    """End this session. One of Supabase Auth is ended there."""
    if me.token_hash is not None:
        await store.sign_out(desk.wiring.rpc, site=me.site_id, staff=me.staff_id, token_hash=me.token_hash)


async def get_me(me: ANYONE) -> dict[str, Any]:
    return actions.account_json(me)


async def patch_me(body: Profile, me: ANYONE, desk: DESK) -> dict[str, Any]:
    """Name, avatar, languages, capacity, away."""
    patch = body.model_dump(mode="json", include=body.model_fields_set)
    return await store.update_profile(desk.wiring.rpc, site=me.site_id, staff=me.staff_id, patch=patch)


async def post_password(request: Request, body: ChangePassword, me: ANYONE, desk: DESK) -> None:
    """Change one's password; every other session ends."""
    await actions.change_password(
        desk, me, old=body.old_password, new=body.new_password, address=_address(request)
    )


async def accept(request: Request, body: Accept, desk: DESK) -> dict[str, Any]:
    """Use an invitation or a reset link, once; then sign in with the e-mail it answers."""
    email = await actions.accept_link(
        desk,
        token_hash=StaffToken.of(body.token).sha256,
        password=body.password,
        name=body.name,
        address=_address(request),
    )
    return {"email": email}


async def list_staff(me: ANYONE, desk: DESK) -> dict[str, Any]:
    """Everybody of this site."""
    return {"data": await store.list_staff(desk.wiring.rpc, site=me.site_id)}


async def invite(body: Invite, response: Response, me: ADMIN, desk: DESK) -> dict[str, Any]:
    """An invitation, good for seven days and one use. Mailed where the server can; else its token is shown once."""
    response.headers["Cache-Control"] = "no-store"
    link = await actions.invite(desk, me, email=body.email, role=body.role, name=body.name)
    return _link_json(link)


async def list_invitations(me: ADMIN, desk: DESK) -> dict[str, Any]:
    """Who was asked and has not joined yet, the newest first; for a month also those that expired."""
    return {"data": await store.invitations(desk.wiring.rpc, site=me.site_id, staff=me.staff_id)}


async def withdraw_invitation(invitation_id: UUID, me: ADMIN, desk: DESK) -> None:
    """Its link opens nothing any more. To send one again, invite the same e-mail: the newest invitation counts."""
    await store.withdraw_invitation(
        desk.wiring.rpc, site=me.site_id, staff=me.staff_id, invitation=str(invitation_id)
    )


async def change(staff_id: UUID, body: Change, me: ADMIN, desk: DESK) -> dict[str, Any]:
    """Another role; out of the site (their open streams end within seconds), or in again; conversations at once."""
    return await store.change_staff(
        desk.wiring.rpc,
        site=me.site_id,
        actor=me.staff_id,
        staff=str(staff_id),
        role=body.role,
        disabled=body.disabled,
        capacity=body.capacity,
    )


async def reset_link(staff_id: UUID, response: Response, me: ADMIN, desk: DESK) -> dict[str, Any]:
    """A link that sets a new password, good for two hours and one use. Mailed where the server can; else shown."""
    response.headers["Cache-Control"] = "no-store"
    link = await actions.make_reset_link(desk, me, str(staff_id))
    return _link_json(link)


def _link_json(link: actions.Link) -> dict[str, Any]:
    return {
        "token": link.token,
        "email": link.email,
        "expires_at": link.expires_at,
        "emailed": link.token is None,
    }


def staff_router(route_class: type[APIRoute]) -> APIRouter:
    """`/api/v1/staff`. docs/rights.md publishes who may call what."""
    router = APIRouter(prefix="/api/v1/staff", tags=["staff"], route_class=route_class)
    add = router.add_api_route
    add("/sign-in", sign_in, methods=["POST"])
    add("/sign-out", sign_out, methods=["POST"], status_code=204)
    add("/accept", accept, methods=["POST"])
    add("/me", get_me, methods=["GET"])
    add("/me", patch_me, methods=["PATCH"])
    add("/me/password", post_password, methods=["POST"], status_code=204)
    add("", list_staff, methods=["GET"])
    add("/invitations", invite, methods=["POST"], status_code=201)
    add("/invitations", list_invitations, methods=["GET"])
    add("/invitations/{invitation_id}", withdraw_invitation, methods=["DELETE"], status_code=204)
    add("/{staff_id}", change, methods=["PATCH"])
    add("/{staff_id}/reset-link", reset_link, methods=["POST"], status_code=201)
    return router
