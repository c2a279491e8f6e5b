"""A site vouches for its own visitor: a short JWT, HS256, signed with a secret that only the site and we know."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import jwt

from app.db.rpc import Rpc
from app.errors import Conflict, Forbidden
from app.sites import store
from app.sites.types import Site

LONGEST_SECONDS = 3600
LEEWAY_SECONDS = 60
"""Clocks differ."""


class InvalidIdentity(Forbidden):
    code = "identity.token_invalid"
    title = "The identity token is not valid."


class IdentityNotConfigured(Conflict):
    code = "identity.not_configured"
    title = "This site has no identity secret: make one with `talia sites identity-secret`."


@dataclass(frozen=True, slots=True)
class Subject:
    """A verified person: `subject` is the site's own id of them; the rest is what the token says, if it does."""

    subject: str
    name: str | None = None
    email: str | None = None
    phone: str | None = None


async def verified_subject(rpc: Rpc, site: Site, token: str) -> Subject:
    """Raises InvalidIdentity (and says why), IdentityNotConfigured."""
    secret = await store.site_secret(rpc, site=site.id, purpose="identity")
    if secret is None:
        raise IdentityNotConfigured
    try:
        claims = jwt.decode(
            token,
            secret,
            algorithms=["HS256"],
            leeway=LEEWAY_SECONDS,
            options={"require": ["sub", "exp"], "verify_aud": False},
        )
    except jwt.PyJWTError as error:
        # The kind of error only: its text may quote the token.
        raise InvalidIdentity(_reason(error)) from error
    # The library takes "1790000000" for a number as well.
    if int(claims["exp"]) > time.time() + LONGEST_SECONDS + LEEWAY_SECONDS:
        raise InvalidIdentity("exp is more than an hour away")
    subject = claims["sub"]
    if not subject or len(subject) > 200 or not subject.isprintable():
        raise InvalidIdentity("sub must be 1 to 200 printable characters")
    return Subject(subject, *(_text(claims.get(name)) for name in ("name", "email", "phone")))


def _reason(error: jwt.PyJWTError) -> str:
    if isinstance(error, jwt.ExpiredSignatureError):
        return "it has expired"
    if isinstance(error, jwt.MissingRequiredClaimError):
        return "sub and exp are required"
    if isinstance(error, jwt.InvalidSignatureError):
        return "the signature does not match the site's secret"
    return "it is not an HS256 token of ours"


def _text(value: Any) -> str | None:
    """On one line, and only what can be stored: a page that cuts a name may leave half of an emoji at its end."""
    if not isinstance(value, str):
        return None
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())[:200] or None
