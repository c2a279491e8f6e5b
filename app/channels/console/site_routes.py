"""What a site's admins see and change of it: where the widget may be, how it looks, its keys, the consent texts.

It stands with the console because it joins what siblings below may not: the site, its staff's rights, and the texts.
"""

from __future__ import annotations

import secrets
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fastapi import APIRouter, Depends, Path, Response
from fastapi.routing import APIRoute
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from app.channels.services import Services, get_services
from app.errors import Conflict
from app.prompting.types import Consents
from app.sites import store
from app.sites.actions import DEFAULT_SLUG
from app.sites.appearance import Appearance
from app.staff.access import access_staff
from app.staff.types import StaffAccess

ADMIN = Annotated[StaffAccess, Depends(access_staff("admin"))]
SERVICES = Annotated[Services, Depends(get_services)]
Json = dict[str, Any]

_SECRET_BYTES = 48
_KEY_BYTES = 18


class KeyIsASetting(Conflict):
    code = "site.key_is_a_setting"
    title = "This site's public key is the server's setting TALIA_WEBCHAT_PUBLIC_TOKEN; change it there."


def _printable(value: str) -> str:
    if not value.isprintable():
        raise ValueError("must be printable")
    return value


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("must be a time zone such as America/Santo_Domingo") from None
    return value


def _once(origins: list[str]) -> list[str]:
    return sorted(set(origins))


Origin = Annotated[
    str,
    StringConstraints(
        strict=True,
        strip_whitespace=True,
        to_lower=True,
        max_length=200,
        pattern=r"^[hH][tT][tT][pP][sS]?://[A-Za-z0-9.\-]+(:[0-9]{1,5})?$",
    ),
]
"""Scheme, host and port, as browsers send it: no slash at the end."""
Origins = Annotated[list[Origin], Field(max_length=50), AfterValidator(_once)]
Name = Annotated[
    str,
    StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_printable),
]
Zone = Annotated[
    str, StringConstraints(strict=True, max_length=60, pattern=r"^[\x20-\x7e]+$"), AfterValidator(_zone)
]
FormerKey = Annotated[str, Path(max_length=200, pattern=r"^[\x21-\x7e]+$")]
Region = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Z]{2}$")]


class SiteChange(BaseModel):
    """What is left out, or null, stays as it is; `appearance` is replaced as a whole."""

    model_config = ConfigDict(extra="forbid")

    name: Name | None = None
    locale: Literal["es", "en", "pt"] | None = None
    region: Region | None = None
    time_zone: Zone | None = None
    allowed_origins: Origins | None = None
    image_origins: Origins | None = None
    appearance: Appearance | None = None

    @model_validator(mode="after")
    def _something_changes(self) -> SiteChange:
        if not self.patch():
            raise ValueError("give at least one field to change")
        return self

    def patch(self) -> Json:
        given = self.model_dump(mode="json", exclude={"appearance"}, exclude_none=True)
        return given if self.appearance is None else {**given, "appearance": self.appearance.as_json()}


class NewKey(BaseModel):
    """`keep_days`: for so long the old key goes on; 0 ends it at once."""

    model_config = ConfigDict(extra="forbid")

    keep_days: Annotated[int, Field(strict=True, ge=0, le=90)] = 0


async def get_site(me: ADMIN, on: SERVICES) -> Json:
    """The site, its consent texts by purpose and language, and whether its public key can be changed here."""
    return _shown(on, await store.get_site(on.wiring.rpc, site=me.site_id, staff=me.staff_id))


async def patch_site(body: SiteChange, me: ADMIN, on: SERVICES) -> Json:
    """In force within seconds; in browsers that have the widget already, within five minutes."""
    changed = await store.change_site(on.wiring.rpc, site=me.site_id, staff=me.staff_id, patch=body.patch())
    on.sites.changed()
    return _shown(on, changed)


async def rotate_identity_secret(me: ADMIN, on: SERVICES, response: Response) -> Json:
    """A new secret for signing who visitors are. Shown this once; what was signed with the old one ends."""
    response.headers["Cache-Control"] = "no-store"
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    changed = await store.rotate_identity_secret(
        on.wiring.rpc, site=me.site_id, staff=me.staff_id, secret=secret
    )
    return {"secret": secret, "identity_secret_at": changed["identity_secret_at"]}


async def rotate_public_key(me: ADMIN, on: SERVICES, body: NewKey | None = None) -> Json:
    """A new public key. Pages with the old one go on for `keep_days`, then they have no chat until they name the new
    one. Conflict `site.key_is_a_setting`."""
    if _key_is_a_setting(on, me.site["slug"]):
        raise KeyIsASetting
    changed = await store.rotate_public_key(
        on.wiring.rpc,
        site=me.site_id,
        staff=me.staff_id,
        public_key="pk_" + secrets.token_urlsafe(_KEY_BYTES),
        keep_days=body.keep_days if body else 0,
    )
    on.sites.changed()
    return _shown(on, changed)


async def retire_public_key(public_key: FormerKey, me: ADMIN, on: SERVICES) -> Json:
    """End a former key before its time."""
    changed = await store.retire_public_key(
        on.wiring.rpc, site=me.site_id, staff=me.staff_id, public_key=public_key
    )
    on.sites.changed()
    return _shown(on, changed)


def site_router(route_class: type[APIRoute]) -> APIRouter:
    """`/api/v1/site`. docs/rights.md publishes who may."""
    router = APIRouter(prefix="/api/v1/site", tags=["site"], route_class=route_class)
    add = router.add_api_route
    add("", get_site, methods=["GET"])
    add("", patch_site, methods=["PATCH"])
    add("/identity-secret", rotate_identity_secret, methods=["POST"], status_code=201)
    add("/public-key", rotate_public_key, methods=["POST"], status_code=201)
    add("/former-keys/{public_key}", retire_public_key, methods=["DELETE"])
    return router


def _key_is_a_setting(on: Services, slug: str) -> bool:
    return slug == DEFAULT_SLUG and on.wiring.settings.public_token_is_set


def _shown(on: Services, site: Json) -> Json:
    return {
        **site,
        "key_is_a_setting": _key_is_a_setting(on, site["slug"]),
        "consents": _consents_json(on.consents),
    }


def _consents_json(consents: Consents) -> Json:
    """`texts`: what is in force, in the order purpose, language; the hash is what every yes is stored with."""
    return {
        "version": consents.version,
        "texts": [
            {"purpose": purpose, "locale": locale, "text": text.text, "sha256": text.sha256}
            for (purpose, locale), text in consents.texts.items()
        ],
    }
