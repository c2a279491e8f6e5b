"""Signing in and out, invitations and passwords: the slow hash first, then one call that commits."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Any, Protocol

from app.db.rpc import Rpc
from app.settings import client_network
from app.staff import store
from app.staff.credentials import StaffToken, hash_beside, hash_now, meets, outdated
from app.staff.line import Line
from app.staff.supabase_tokens import SupabaseTokens
from app.staff.types import Role, StaffAccess, WrongCredentials
from app.wiring import Wiring, load_secret

FIRST_ADMIN_EMAIL = "admin@talia.example"


class Sealer(Protocol):
    """Encrypts a link's token on its way through the queue of mails."""

    def seal(self, token: str) -> str: ...


class StaffDesk:
    """What the staff's routes work with; one per process. With a `sealer` links are mailed, else shown."""

    def __init__(self, wiring: Wiring, sealer: Sealer | None = None) -> None:
        self.wiring = wiring
        self._sealer = sealer
        self.line = Line()
        self._secret = load_secret(wiring.settings)
        project = wiring.settings.supabase_url
        self.supabase = SupabaseTokens(f"{project}/auth/v1") if project else None

    async def close(self) -> None:
        if self.supabase is not None:
            await self.supabase.close()

    def sealed(self, token: str) -> str | None:
        """For the mail; None where the token is shown instead."""
        return self._sealer.seal(token) if self._sealer else None

    def address_hash(self, address: str) -> str:
        """Keyed: neither the table of attempts nor the line holds an address. An IPv6 client is its /64."""
        address = client_network(address)
        return hmac.new(self._secret, f"staff:{address}".encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class SignedIn:
    """`token` is shown once; `account` is the caller as GET /me gives it."""

    token: str
    expires_at: str
    account: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Link:
    """`token` is shown once: whoever has it may use it, once. None when it went out by mail, to its owner alone."""

    token: str | None
    email: str
    expires_at: str


async def sign_in(desk: StaffDesk, *, public_key: str, email: str, password: str, address: str) -> SignedIn:
    """Raises WrongCredentials, Unauthorized `site.unknown_key`, TooManyRequests `staff.throttled`, Busy."""
    rpc = desk.wiring.rpc
    address_hash = desk.address_hash(address)
    async with desk.line.turn(address_hash, email):
        begun = await store.begin_sign_in(rpc, public_key=public_key, email=email, address_hash=address_hash)
        known: str | None = begun["password_hash"]
        if not await meets(known, password) or known is None:
            raise WrongCredentials
        new_hash = await hash_beside(password) if outdated(known) else None
    fresh = StaffToken.mint()
    row = await store.finish_sign_in(
        rpc,
        site=begun["site_id"],
        staff=begun["staff_id"],
        password_hash=known,
        token_hash=fresh.sha256,
        new_hash=new_hash,
        address_hash=address_hash,
    )
    expires_at = row.pop("expires_at")
    return SignedIn(fresh.token, expires_at, account_json(StaffAccess.from_json(row, fresh.sha256)))


async def invite(desk: StaffDesk, me: StaffAccess, *, email: str, role: Role, name: str | None) -> Link:
    """Raises Conflict `staff.exists`."""
    fresh = StaffToken.mint("sl")
    sealed = desk.sealed(fresh.token)
    row = await store.invite(
        desk.wiring.rpc,
        site=me.site_id,
        actor=me.staff_id,
        email=email,
        role=role,
        token_hash=fresh.sha256,
        name=name,
        sealed=sealed,
    )
    return Link(None if sealed else fresh.token, row["email"], row["expires_at"])


async def make_reset_link(desk: StaffDesk, me: StaffAccess, staff_id: str) -> Link:
    """Raises NotFound `staff.not_found`, Forbidden `staff.shared_account`."""
    fresh = StaffToken.mint("sl")
    sealed = desk.sealed(fresh.token)
    row = await store.make_reset_link(
        desk.wiring.rpc,
        site=me.site_id,
        actor=me.staff_id,
        staff=staff_id,
        token_hash=fresh.sha256,
        sealed=sealed,
    )
    return Link(None if sealed else fresh.token, row["email"], row["expires_at"])


async def accept_link(
    desk: StaffDesk, *, token_hash: str, password: str, name: str | None, address: str
) -> str:
    """Use an invitation or a reset link; the account's e-mail. Then sign in.

    An account that exists already joins a further site with the password it has. Raises NotFound
    `staff.link_invalid`, WrongCredentials, TooManyRequests `staff.throttled`, Busy.
    """
    rpc = desk.wiring.rpc
    async with desk.line.turn(desk.address_hash(address), token_hash):
        link = await store.peek_link(rpc, token_hash=token_hash)
        known: str | None = link["password_hash"]
        if known is not None and not await meets(known, password):
            raise WrongCredentials
        password_hash = await hash_beside(password) if known is None else None
    used = await store.use_link(
        rpc, token_hash=token_hash, password_hash=password_hash, known_hash=known, name=name
    )
    return str(used["email"])


async def change_password(desk: StaffDesk, me: StaffAccess, *, old: str, new: str, address: str) -> None:
    """Ends every other session. Raises WrongCredentials, TooManyRequests `staff.throttled`, Busy."""
    rpc = desk.wiring.rpc
    async with desk.line.turn(desk.address_hash(address), me.email):
        known = await store.password_hash(rpc, site=me.site_id, staff=me.staff_id)
        if not await meets(known, old):
            raise WrongCredentials
        password_hash = await hash_beside(new)
    await store.change_password(
        rpc,
        site=me.site_id,
        staff=me.staff_id,
        known_hash=known,
        password_hash=password_hash,
        token_hash=me.token_hash,
    )


async def add_first_admin(rpc: Rpc, *, slug: str) -> tuple[str, str] | None:
    """An installation without staff gets one admin: (e-mail, password), to be shown once; else None."""
    if await store.has_staff(rpc):
        return None
    password = secrets.token_urlsafe(15)
    created = await store.add_first_admin(
        rpc, slug=slug, email=FIRST_ADMIN_EMAIL, name="Admin", password_hash=hash_now(password)
    )
    return (FIRST_ADMIN_EMAIL, password) if created else None


def account_json(me: StaffAccess) -> dict[str, Any]:
    """GET /me: the account, its role here, and what a console needs to know about the site."""
    return {
        "uuid": me.staff_id,
        "number": me.number,
        "name": me.name,
        "email": me.email,
        "avatar": me.avatar,
        "role": me.role,
        "languages": list(me.languages),
        "capacity": me.capacity,
        "away": me.away,
        "site": {
            k: me.site[k] for k in ("id", "slug", "name", "locale", "region", "time_zone", "public_key")
        },
    }
