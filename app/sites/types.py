"""A site: one tenant, named by its public key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.errors import Forbidden, Unauthorized


@dataclass(frozen=True, slots=True)
class Site:
    """`allowed_origins` are exact (`https://shop.example`); `region` is ISO 3166-1 alpha-2, for phone numbers.

    `former_keys` name it as well, for a while after its key was replaced.
    """

    id: str
    slug: str
    public_key: str
    name: str
    allowed_origins: frozenset[str]
    locale: str
    region: str
    time_zone: str
    settings: dict[str, Any]
    former_keys: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Site:
        return cls(
            **{
                **data,
                "allowed_origins": frozenset(data["allowed_origins"]),
                "former_keys": tuple(data["former_keys"]),
            }
        )


class UnknownSite(Unauthorized):
    """The same answer for a missing key and for one that no site has."""

    code = "site.unknown_key"
    title = "X-PUBLIC-KEY is missing or names no site."


class OriginNotAllowed(Forbidden):
    code = "site.origin_not_allowed"
    title = "This site's key may not be used from this origin."
