"""What the staff sets and undoes, and the visitors' way out: checks that SQL cannot make, then one call."""

from __future__ import annotations

from typing import Any

from app.db.rpc import Rpc
from app.errors import NotFound
from app.notifications import store
from app.notifications.sealing import OptOut
from app.notifications.webpush import Pusher, check_keys
from app.staff.types import StaffAccess


class UnknownLink(NotFound):
    """The same for a link that we did not make and one that was cut short."""

    code = "mail.unknown_link"
    title = "This link is not whole. Please open it from the e-mail again."


async def subscribe(
    rpc: Rpc, pusher: Pusher, me: StaffAccess, *, endpoint: str, p256dh: str, auth: str, label: str | None
) -> dict[str, Any]:
    """Raises EndpointNotAllowed, Invalid for keys that are none."""
    pusher.check_endpoint(endpoint)
    check_keys(p256dh, auth)
    return await store.subscribe(rpc, me, endpoint=endpoint, p256dh=p256dh, auth=auth, label=label)


async def mail_standing(rpc: Rpc, token: str, secret: bytes, *, leave: bool) -> dict[str, Any]:
    """{site_name, locale} of a link in a mail; with `leave` nobody gets mail by it any more. Raises UnknownLink."""
    link = OptOut.parse(token, secret)
    act = store.opt_out if leave else store.mail_standing
    row = await act(rpc, site=link.site_id, contact=link.contact_id) if link else None
    if row is None:
        raise UnknownLink
    return row
