"""The SQL functions about staff. What they refuse comes as the AppError of its code (`db.sqlstate`)."""

from __future__ import annotations

from typing import Any

from app.db.rpc import Rpc

Row = dict[str, Any]


async def access(
    rpc: Rpc, *, public_key: str, token_hash: str | None = None, subject: str | None = None
) -> Row:
    """The caller with role and site. Unauthorized `site.unknown_key`, `staff.invalid_token`; Forbidden
    `staff.not_of_site`."""
    row: Row = await rpc.call("access_staff", public_key=public_key, token_hash=token_hash, subject=subject)
    return row


async def begin_sign_in(rpc: Rpc, *, public_key: str, email: str, address_hash: str) -> Row:
    """{site_id, staff_id, password_hash}, the last two None for nobody. TooManyRequests `staff.throttled`."""
    row: Row = await rpc.call(
        "begin_staff_sign_in", public_key=public_key, email=email, address_hash=address_hash
    )
    return row


async def finish_sign_in(
    rpc: Rpc,
    *,
    site: str,
    staff: str,
    password_hash: str,
    token_hash: str,
    new_hash: str | None,
    address_hash: str | None = None,
) -> Row:
    """`address_hash`: from now on this account is known there, and guesses made elsewhere do not shut it out."""
    row: Row = await rpc.call(
        "finish_staff_sign_in",
        site=site,
        staff=staff,
        password_hash=password_hash,
        token_hash=token_hash,
        new_hash=new_hash,
        address_hash=address_hash,
    )
    return row


async def sign_out(rpc: Rpc, *, site: str, staff: str, token_hash: str | None) -> None:
    """This session, or without `token_hash` all of the account's."""
    await rpc.call("sign_out_staff", site=site, staff=staff, token_hash=token_hash)


async def standing(rpc: Rpc, callers: list[Row]) -> list[str | None]:
    """Per caller `{site, staff, token_hash}`: the role, or None for one who may not go on."""
    roles: list[str | None] = await rpc.call("staff_standing", callers=callers)
    return roles


async def list_staff(rpc: Rpc, *, site: str) -> list[Row]:
    rows: list[Row] = await rpc.call("list_staff", site=site)
    return rows


async def invite(
    rpc: Rpc,
    *,
    site: str,
    actor: str,
    email: str,
    role: str,
    token_hash: str,
    name: str | None,
    sealed: str | None = None,
) -> Row:
    """`sealed`: the token for the mail that is sent then, encrypted for the server alone."""
    row: Row = await rpc.call(
        "invite_staff",
        site=site,
        actor=actor,
        email=email,
        role=role,
        token_hash=token_hash,
        name=name,
        sealed=sealed,
    )
    return row


async def invitations(rpc: Rpc, *, site: str, staff: str) -> list[Row]:
    """Those that nobody has used: id, email, name, role, created_at, expires_at, expired, invited_by (a name)."""
    rows: list[Row] = await rpc.call("list_invitations", site=site, staff=staff)
    return rows


async def withdraw_invitation(rpc: Rpc, *, site: str, staff: str, invitation: str) -> None:
    """NotFound `staff.invitation_not_found` when it was used or withdrawn."""
    await rpc.call("withdraw_invitation", site=site, staff=staff, invitation=invitation)


async def make_reset_link(
    rpc: Rpc, *, site: str, actor: str, staff: str, token_hash: str, sealed: str | None = None
) -> Row:
    """`sealed`: as for `invite`."""
    row: Row = await rpc.call(
        "make_reset_link", site=site, actor=actor, staff=staff, token_hash=token_hash, sealed=sealed
    )
    return row


async def peek_link(rpc: Rpc, *, token_hash: str) -> Row:
    """{purpose, email, name, password_hash}. NotFound `staff.link_invalid`."""
    row: Row = await rpc.call("peek_staff_link", token_hash=token_hash)
    return row


async def use_link(
    rpc: Rpc, *, token_hash: str, password_hash: str | None, known_hash: str | None, name: str | None
) -> Row:
    row: Row = await rpc.call(
        "use_staff_link",
        token_hash=token_hash,
        password_hash=password_hash,
        known_hash=known_hash,
        name=name,
    )
    return row


async def change_staff(
    rpc: Rpc,
    *,
    site: str,
    actor: str,
    staff: str,
    role: str | None,
    disabled: bool | None,
    capacity: int | None = None,
) -> Row:
    """Conflict `staff.last_admin` when the site would be left without one."""
    row: Row = await rpc.call(
        "change_staff",
        site=site,
        actor=actor,
        staff=staff,
        role=role,
        disabled=disabled,
        capacity=capacity,
    )
    return row


async def update_profile(rpc: Rpc, *, site: str, staff: str, patch: Row) -> Row:
    row: Row = await rpc.call("update_staff_profile", site=site, staff=staff, patch=patch)
    return row


async def password_hash(rpc: Rpc, *, site: str, staff: str) -> str | None:
    """For checking a password; never answered to anybody."""
    known: str | None = (await rpc.call("staff_password", site=site, staff=staff))["password_hash"]
    return known


async def change_password(
    rpc: Rpc, *, site: str, staff: str, known_hash: str | None, password_hash: str, token_hash: str | None
) -> None:
    await rpc.call(
        "change_staff_password",
        site=site,
        staff=staff,
        known_hash=known_hash,
        password_hash=password_hash,
        token_hash=token_hash,
    )


async def add_staff(rpc: Rpc, *, slug: str, email: str, role: str, **values: Any) -> Row:
    """The operator's way. `values`: name, password_hash, supabase_user, token_hash (of a link)."""
    row: Row = await rpc.call("add_staff", slug=slug, email=email, role=role, **values)
    return row


async def has_staff(rpc: Rpc) -> bool:
    return bool((await rpc.call("has_staff"))["any"])


async def add_first_admin(rpc: Rpc, *, slug: str, email: str, name: str, password_hash: str) -> bool:
    """False when there is staff already."""
    row = await rpc.call("add_first_admin", slug=slug, email=email, name=name, password_hash=password_hash)
    return bool(row["created"])
