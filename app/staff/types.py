"""Staff: accounts, their role in a site, and the errors of signing in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from app.errors import Forbidden, Invalid, Unauthorized

Role = Literal["seller", "marketing", "admin"]


@dataclass(frozen=True, slots=True)
class StaffAccess:
    """Who is calling and what they are in this site, as the database says with this very request.

    `token_hash` is None for a caller with a token of Supabase Auth; `site` is the site as SQL renders it.
    """

    staff_id: str
    number: int
    name: str
    email: str
    avatar: str | None
    role: Role
    languages: tuple[str, ...]
    capacity: int
    away: bool
    site: dict[str, Any]
    token_hash: str | None = None

    @property
    def site_id(self) -> str:
        return str(self.site["id"])

    @classmethod
    def from_json(cls, row: dict[str, Any], token_hash: str | None) -> StaffAccess:
        return cls(
            staff_id=row["uuid"],
            number=row["number"],
            name=row["name"],
            email=row["email"],
            avatar=row["avatar"],
            role=row["role"],
            languages=tuple(row["languages"]),
            capacity=row["capacity"],
            away=row["away"],
            site=row["site"],
            token_hash=token_hash,
        )


class InvalidStaffToken(Unauthorized):
    """The same for a token that is missing, malformed, unknown, expired or revoked."""

    code = "staff.invalid_token"
    title = "Sign in: the staff token is missing or not valid (any more)."


class WrongCredentials(Unauthorized):
    """The same for an e-mail that nobody has, a wrong password and a disabled account."""

    code = "staff.wrong_credentials"
    title = "E-mail or password is not right."


class RoleNotAllowed(Forbidden):
    code = "staff.role"
    title = "Your role may not do this."


class StaffTokenInUrl(Invalid):
    code = "staff.token_in_url"
    title = "A staff token never goes into a URL; send it as Authorization: Bearer."
