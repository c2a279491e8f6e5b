"""The SQL functions about sites."""

from __future__ import annotations

from typing import Any

from app.db.rpc import Rpc
from app.sites.types import Site


async def list_sites(rpc: Rpc) -> list[Site]:
    return [Site.from_json(row) for row in await rpc.call("list_sites")]


async def ensure_site(rpc: Rpc, *, slug: str, name: str, public_key: str, **values: Any) -> Site:
    """Make the site or bring it up to date. `values`: allowed_origins, settings, locale, region, time_zone."""
    row = await rpc.call("ensure_site", slug=slug, name=name, public_key=public_key, **values)
    return Site.from_json(row)
