"""The one dependency that lets staff in: who is calling, in which site, and does the role suffice.

A route states its roles: `ME = Annotated[StaffAccess, Depends(access_staff("seller", "admin"))]`. Without any it
cannot be written, so that nothing is open by oversight.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import cast

from fastapi import Request

from app.staff import store
from app.staff.actions import StaffDesk
from app.staff.credentials import StaffToken
from app.staff.types import InvalidStaffToken, Role, RoleNotAllowed, StaffAccess, StaffTokenInUrl

_TOKEN_IN_QUERY = re.compile(rb"\b(st|sl)_[A-Za-z0-9_-]{20}")


def staff_desk(request: Request) -> StaffDesk:
    return cast("StaffDesk", request.app.state.staff_desk)


def access_staff(*roles: Role) -> Callable[[Request], Awaitable[StaffAccess]]:
    """A dependency. Raises InvalidStaffToken, Unauthorized `site.unknown_key`, Forbidden `staff.not_of_site`,
    RoleNotAllowed, StaffTokenInUrl."""
    if not roles:
        raise ValueError("say which roles may")

    async def access(request: Request) -> StaffAccess:
        me = await _caller(request)
        if me.role not in roles:
            raise RoleNotAllowed(f"this needs: {' or '.join(roles)}")
        return me

    return access


async def _caller(request: Request) -> StaffAccess:
    if _TOKEN_IN_QUERY.search(request.scope["query_string"]):
        raise StaffTokenInUrl
    desk = staff_desk(request)
    scheme, _, text = request.headers.get("authorization", "").partition(" ")
    text = text.strip()
    if scheme.lower() != "bearer" or not text:
        raise InvalidStaffToken
    public_key = request.headers.get("x-public-key") or ""
    token = StaffToken.parse(text)
    if token is not None:
        row = await store.access(desk.wiring.rpc, public_key=public_key, token_hash=token.sha256)
        return StaffAccess.from_json(row, token.sha256)
    if desk.supabase is None or text.count(".") != 2:
        raise InvalidStaffToken
    subject = await desk.supabase.subject(text)
    return StaffAccess.from_json(
        await store.access(desk.wiring.rpc, public_key=public_key, subject=subject), None
    )
