"""The SQL functions about notifications. What they refuse comes as the AppError of its code (`db.sqlstate`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.db.rpc import Rpc
from app.notifications.types import Channel, Delivery, NotSent
from app.staff.types import StaffAccess

Row = dict[str, Any]


async def claim(
    rpc: Rpc, *, worker: str, channels: tuple[Channel, ...], lease_seconds: int, free: Mapping[Channel, int]
) -> list[Delivery]:
    """What is due, for this worker alone until the lease ends: of each channel as many as it has `free`."""
    rows = await rpc.call(
        "claim_deliveries",
        worker=worker,
        channels=list(channels),
        lease_seconds=lease_seconds,
        free={**free},
    )
    return [Delivery.from_json(row) for row in rows]


async def settle(rpc: Rpc, delivery: Delivery, failed: NotSent | None = None) -> str | None:
    """The delivery's state now (sent, pending, dead, gone); None when it is no longer this worker's."""
    row: Row = await rpc.call(
        "settle_delivery",
        site=delivery.site_id,
        delivery=delivery.id,
        fence=delivery.fence,
        outcome=failed.outcome if failed else "sent",
        failure=failed.failure if failed else None,
        retry_seconds=failed.retry_after if failed else None,
    )
    state: str | None = row["state"]
    return state


async def purge(rpc: Rpc, *, days: int) -> int:
    return int((await rpc.call("purge_deliveries", days=days))["deleted"])


async def settings(rpc: Rpc, me: StaffAccess) -> Row:
    """{push, email, quiet_from, quiet_to, time_zone}."""
    row: Row = await rpc.call("staff_notifications", site=me.site_id, staff=me.staff_id)
    return row


async def set_settings(rpc: Rpc, me: StaffAccess, values: Row) -> Row:
    """Invalid `notification.time_zone`."""
    row: Row = await rpc.call("set_staff_notifications", site=me.site_id, staff=me.staff_id, settings=values)
    return row


async def subscriptions(rpc: Rpc, me: StaffAccess) -> list[Row]:
    rows: list[Row] = await rpc.call("list_push_subscriptions", site=me.site_id, staff=me.staff_id)
    return rows


async def subscribe(
    rpc: Rpc, me: StaffAccess, *, endpoint: str, p256dh: str, auth: str, label: str | None
) -> Row:
    row: Row = await rpc.call(
        "add_push_subscription",
        site=me.site_id,
        staff=me.staff_id,
        endpoint=endpoint,
        p256dh=p256dh,
        auth=auth,
        label=label,
    )
    return row


async def unsubscribe(rpc: Rpc, me: StaffAccess, subscription: str) -> None:
    """NotFound `push.subscription_not_found`, also for a colleague's."""
    await rpc.call("remove_push_subscription", site=me.site_id, staff=me.staff_id, subscription=subscription)


async def dead_letters(rpc: Rpc, me: StaffAccess) -> list[Row]:
    rows: list[Row] = await rpc.call("list_dead_letters", site=me.site_id, staff=me.staff_id)
    return rows


async def replay(rpc: Rpc, me: StaffAccess, letter: str) -> None:
    """NotFound `notification.not_found`."""
    await rpc.call("replay_dead_letter", site=me.site_id, staff=me.staff_id, id=letter)


async def mail_standing(rpc: Rpc, *, site: str, contact: str) -> Row | None:
    """{site_name, locale}; None for a site that is gone."""
    row: Row | None = await rpc.call("mail_standing", site=site, contact=contact)
    return row


async def opt_out(rpc: Rpc, *, site: str, contact: str) -> Row | None:
    row: Row | None = await rpc.call("opt_out_of_mail", site=site, contact=contact)
    return row


async def outbox_state(rpc: Rpc, *, slug: str, replay: bool = False, letter: str | None = None) -> Row:
    """The operator's view: {events, deliveries, replayed, dead}. NotFound `site.not_found`."""
    row: Row = await rpc.call("outbox_state", slug=slug, replay=replay, id=letter)
    return row
