"""The SQL functions that erase people, take back their consent, and say for how long a site keeps them."""

from __future__ import annotations

from typing import Any

from app.db.rpc import Rpc

Json = dict[str, Any]


async def erase_contact(rpc: Rpc, *, site: str, staff: str, contact: str) -> Json:
    """{conversations, threads}. Forbidden `staff.role`, NotFound `contact.not_found`."""
    row: Json = await rpc.call("erase_contact", site=site, staff=staff, contact=contact)
    return row


async def withdraw_consent(rpc: Rpc, *, site: str, staff: str, contact: str, purposes: list[str]) -> Json:
    """{contact_id, contact, marketing}: what stands now. NotFound `contact.not_found`, Forbidden
    `conversation.not_participant`."""
    row: Json = await rpc.call("withdraw_consent", site=site, staff=staff, contact=contact, purposes=purposes)
    return row


async def set_retention(rpc: Rpc, *, site: str, staff: str, days: int | None) -> Json:
    row: Json = await rpc.call("set_retention", site=site, staff=staff, days=days)
    return row


async def get_retention(rpc: Rpc, *, site: str, staff: str) -> Json:
    row: Json = await rpc.call("get_retention", site=site, staff=staff)
    return row


async def begin(rpc: Rpc, *, worker: str, lease_seconds: int) -> list[str]:
    """The sites to go through; none for a worker that does not get the lease."""
    sites: list[str] = await rpc.call("begin_retention", worker=worker, lease_seconds=lease_seconds)
    return sites


async def erase_expired(rpc: Rpc, *, site: str, worker: str, lease_seconds: int, limit: int) -> Json:
    """{conversations, threads, sessions, more}. Conflict `retention.not_held`."""
    row: Json = await rpc.call(
        "erase_expired", site=site, worker=worker, lease_seconds=lease_seconds, limit=limit
    )
    return row
