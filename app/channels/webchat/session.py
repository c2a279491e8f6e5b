"""Who is calling: the site by its public key, the visitor by a token that only the server mints."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request
from starlette.datastructures import Headers

from app.channels.services import Services, get_services
from app.errors import Invalid, Unauthorized
from app.sites.actions import access_origin
from app.sites.types import Site

_TOKEN = re.compile(r"vt_[A-Za-z0-9_-]{43}")


class TokenInUrl(Invalid):
    code = "session.token_in_url"
    title = "A visitor token never goes into a URL; send it as Authorization: Bearer."


class InvalidToken(Unauthorized):
    """The same for a token that is malformed, unknown, expired or revoked."""

    code = "session.invalid_token"
    title = "The visitor token is not valid (any more)."


@dataclass(frozen=True, slots=True)
class VisitorToken:
    """256 random bits. Only the SHA-256 is ever stored; the token itself is shown once."""

    token: str
    sha256: str

    @classmethod
    def mint(cls) -> VisitorToken:
        return cls.of("vt_" + secrets.token_urlsafe(32))

    @classmethod
    def of(cls, token: str) -> VisitorToken:
        return cls(token, hashlib.sha256(token.encode()).hexdigest())


@dataclass(frozen=True, slots=True)
class Caller:
    """`token_hash` is None for a request that has no session yet. `ip` is the real client's, proxies considered."""

    site: Site
    token_hash: str | None
    ip: str
    user_agent: str


@dataclass(frozen=True, slots=True)
class Visitor:
    """A caller with a token. Whether it is a good one, the SQL function decides that acts on it."""

    site: Site
    token_hash: str


async def access_caller(request: Request, services: Annotated[Services, Depends(get_services)]) -> Caller:
    """Raises UnknownSite, OriginNotAllowed, TokenInUrl, InvalidToken."""
    site = await services.sites.access_site(request.headers.get("x-public-key"))
    return caller_of(request, services, site)


def caller_of(request: Request, services: Services, site: Site) -> Caller:
    """Who is calling this site. Raises OriginNotAllowed, TokenInUrl, InvalidToken."""
    if b"vt_" in request.scope["query_string"]:
        raise TokenInUrl
    access_origin(site, request.headers.get("origin"), _own_origins(request, services))
    return Caller(
        site=site,
        token_hash=_bearer(request.headers),
        ip=request.client.host if request.client else "",
        user_agent=request.headers.get("user-agent", "")[:400],
    )


async def access_visitor(caller: Annotated[Caller, Depends(access_caller)]) -> Visitor:
    """Like `access_caller`, for what needs a session. Raises InvalidToken without a token."""
    if caller.token_hash is None:
        raise InvalidToken
    return Visitor(caller.site, caller.token_hash)


def _bearer(headers: Headers) -> str | None:
    authorization = headers.get("authorization")
    if authorization is None:
        return None
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not _TOKEN.fullmatch(token.strip()):
        raise InvalidToken
    return VisitorToken.of(token.strip()).sha256


def _own_origins(request: Request, services: Services) -> frozenset[str]:
    """A page that this server serves may use any site's key: it is our demo, or our own panel."""
    host = request.headers.get("host", "")
    own = {f"http://{host}", f"https://{host}"}
    if services.wiring.settings.public_url:
        parts = urlsplit(services.wiring.settings.public_url)
        own.add(f"{parts.scheme}://{parts.netloc}")
    return frozenset(own)
