"""Which site is this, and may this origin speak for it?

Sites are few and read on every request, so each worker keeps them for a few seconds: a revoked key or origin
is refused at most `TTL_SECONDS` later.
"""

from __future__ import annotations

import asyncio
import re
import time

from app.db.rpc import Rpc
from app.errors import Unavailable
from app.sites import store
from app.sites.types import OriginNotAllowed, Site, UnknownSite

TTL_SECONDS = 5.0
PATIENCE_SECONDS = 0.25
"""What known sites may cost a request; its own call then has its full time to find out that the database is away."""
DEFAULT_SLUG = "default"

_ORIGIN = re.compile(r"https?://[A-Za-z0-9.:-]{1,200}", re.ASCII)


class SiteDirectory:
    """All sites, read again when older than `TTL_SECONDS`; one reader at a time."""

    def __init__(self, rpc: Rpc) -> None:
        self._rpc = rpc
        self._by_key: dict[str, Site] = {}
        self._by_id: dict[str, Site] = {}
        self._by_slug: dict[str, Site] = {}
        self._origins: frozenset[str] = frozenset()
        self._read_at = float("-inf")
        self._reading = asyncio.Lock()

    async def access_site(self, public_key: str | None) -> Site:
        """The site that this public key names. Raises UnknownSite."""
        await self._refresh()
        site = self._by_key.get(public_key or "")
        if site is None:
            raise UnknownSite
        return site

    async def named(self, name: str) -> Site:
        """The site with this public key, or with this slug (seed 003's tenant id). Raises UnknownSite."""
        await self._refresh()
        site = self._by_key.get(name) or self._by_slug.get(name)
        if site is None:
            raise UnknownSite
        return site

    async def site(self, site_id: str) -> Site:
        """The site with this id, for work that was accepted under it. Raises UnknownSite."""
        await self._refresh()
        site = self._by_id.get(site_id)
        if site is None:
            raise UnknownSite
        return site

    async def allows_somewhere(self, origin: str) -> bool:
        """Whether any site lists this origin: all a preflight can ask, since it carries no key."""
        await self._refresh()
        return origin in self._origins

    def changed(self) -> None:
        """In this process a change counts at once."""
        self._read_at = float("-inf")

    async def _refresh(self) -> None:
        if time.monotonic() - self._read_at < TTL_SECONDS:
            return
        async with self._reading:
            if time.monotonic() - self._read_at < TTL_SECONDS:
                return
            try:
                async with asyncio.timeout(PATIENCE_SECONDS if self._by_key else None):
                    sites = await store.list_sites(self._rpc)
            except (Unavailable, TimeoutError):
                if not self._by_key:
                    raise
                # Known sites stay known while the database is away; whatever needs it will say so itself.
                self._read_at = time.monotonic() - TTL_SECONDS + 1
                return
            former = {key: s for s in sites for key in s.former_keys}
            self._by_key = former | {s.public_key: s for s in sites}
            self._by_id = {s.id: s for s in sites}
            self._by_slug = {s.slug: s for s in sites}
            self._origins = frozenset(o for s in sites for o in s.allowed_origins)
            self._read_at = time.monotonic()


def access_origin(site: Site, origin: str | None, own_origins: frozenset[str]) -> None:
    """Raise OriginNotAllowed unless the origin is absent (not a browser), our own, or on the site's list.

    This keeps honest browsers honest; it is not authentication, which is the visitor token's work.
    """
    if origin is None or origin in own_origins or origin in site.allowed_origins:
        return
    raise OriginNotAllowed(f"{_shown(origin)} is not in the site's allowed origins")


async def ensure_default_site(
    rpc: Rpc, public_key: str, origins: tuple[str, ...], *, key_is_a_setting: bool
) -> Site:
    """The site of a fresh installation. Called at every start; keeps what people changed.

    Its key is `public_key` if the operator set that one; else only at first, since an admin may replace it.
    """
    values = {"allowed_origins": list(origins)} if origins else {}
    known = {} if key_is_a_setting else {s.slug: s.public_key for s in await store.list_sites(rpc)}
    key = known.get(DEFAULT_SLUG, public_key)
    return await store.ensure_site(rpc, slug=DEFAULT_SLUG, name="TalIA Motors", public_key=key, **values)


def _shown(origin: str) -> str:
    """For whoever set the site up. What only looks like an origin is not repeated."""
    return origin if _ORIGIN.fullmatch(origin) else "the origin"
