"""Seed 002's metadata of a message: address, user agent, device, page, item, and where the visitor came from."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

from ua_parser import parse

from app.channels.webchat.schemas import Item, Landing, Page

_CAMPAIGN = (
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "utm_term",
    "utm_content",
    "gclid",
    "fbclid",
    "msclkid",
)
_MOBILE_OS = frozenset({"iOS", "Android", "Windows Phone", "KaiOS"})


def request_metadata(*, ip: str, user_agent: str, page: Page | None, item: Item | None) -> dict[str, Any]:
    metadata: dict[str, Any] = {"ip": ip, "user_agent": user_agent, "device": device(user_agent)}
    if page is not None:
        metadata["page"] = page.model_dump(exclude_none=True, exclude={"landing"})
        metadata["touch"] = touch(page.landing or page)
    if item is not None:
        metadata["item"] = item.model_dump(exclude_none=True)
    return metadata


@lru_cache(maxsize=2048)
def device(user_agent: str) -> dict[str, Any]:
    """Seed 001's device. What the user agent does not say is null."""
    found = parse(user_agent)
    os, browser = found.os, found.user_agent
    family = os.family if os else None
    return {
        "type": "mobile" if family in _MOBILE_OS else "desktop" if family else "web",
        "os": family,
        "os_version": os.major if os else None,
        "app_version": None,
        "model": found.device.model if found.device else None,
        "browser": browser.family if browser else None,
        "browser_version": browser.major if browser else None,
    }


def touch(page: Landing) -> dict[str, Any]:
    """What brought the visitor here: landing page, referrer, campaign and click ids."""
    query = parse_qs(urlsplit(page.url or "").query)
    found: dict[str, Any] = {name: query[name][0][:200] for name in _CAMPAIGN if name in query}
    if page.url:
        found["landing_page"] = page.url
    if page.referrer:
        found["referrer"] = page.referrer
    return found
