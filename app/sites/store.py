"""The SQL functions about sites."""

from __future__ import annotations

from typing import Any

from app.db.rpc import Rpc
from app.sites.types import Site


async def list_sites(rpc: Rpc) -> list[Site]:
    return [Site.from_json(row) for row in await rpc.call("list_sites")]


async def ensure_site(rpc: Rpc, *, slug: str, name: str, public_key: str, **values: Any) -> Site:
    """Make the site or bring it up to date, but for its name. `values`: allowed_origins, settings, locale, region,
    time_zone."""
    row = await rpc.call("ensure_site", slug=slug, name=name, public_key=public_key, **values)
    return Site.from_json(row)


async def rename_site(rpc: Rpc, *, slug: str, name: str) -> Site:
    """`name`: 1 to 200 characters. Not found: `site.not_found`."""
    return Site.from_json(await rpc.call("rename_site", slug=slug, name=name))


async def site_secret(rpc: Rpc, *, site: str, purpose: str) -> str | None:
    """For checking a signature; never answered to anybody."""
    secret: str | None = (await rpc.call("site_secret", site=site, purpose=purpose))["secret"]
    return secret


async def set_site_secret(rpc: Rpc, *, slug: str, purpose: str, secret: str) -> Site:
    return Site.from_json(await rpc.call("set_site_secret", slug=slug, purpose=purpose, secret=secret))


async def patch_settings(rpc: Rpc, *, slug: str, settings: dict[str, Any]) -> Site:
    """Merge into the site's settings, by top-level key."""
    return Site.from_json(await rpc.call("patch_site_settings", slug=slug, settings=settings))


async def get_site(rpc: Rpc, *, site: str, staff: str) -> dict[str, Any]:
    """The site as its admins see it. Forbidden `staff.role`."""
    row: dict[str, Any] = await rpc.call("get_site", site=site, staff=staff)
    return row


async def change_site(rpc: Rpc, *, site: str, staff: str, patch: dict[str, Any]) -> dict[str, Any]:
    """`patch`: any of name, locale, region, time_zone, allowed_origins, image_origins, appearance."""
    row: dict[str, Any] = await rpc.call("change_site", site=site, staff=staff, patch=patch)
    return row


async def rotate_identity_secret(rpc: Rpc, *, site: str, staff: str, secret: str) -> dict[str, Any]:
    row: dict[str, Any] = await rpc.call("rotate_identity_secret", site=site, staff=staff, secret=secret)
    return row


async def rotate_public_key(
    rpc: Rpc, *, site: str, staff: str, public_key: str, keep_days: int
) -> dict[str, Any]:
    """The old key goes on naming the site for `keep_days`; 0 ends it now."""
    row: dict[str, Any] = await rpc.call(
        "rotate_public_key", site=site, staff=staff, public_key=public_key, keep_days=keep_days
    )
    return row


async def retire_public_key(rpc: Rpc, *, site: str, staff: str, public_key: str) -> dict[str, Any]:
    """NotFound `site.key_not_found` when it is none of the site's former keys."""
    row: dict[str, Any] = await rpc.call("retire_public_key", site=site, staff=staff, public_key=public_key)
    return row
