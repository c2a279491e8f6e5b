"""A site whose mails and push messages really leave: to a mail server and a push service on loopback.

Time is moved instead of waited for: `later` makes everything that is stored as much older.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from app.conversations.types import ConsentGiven
from app.db.rpc import Rpc
from app.leads.finding import find_emails, find_phones
from app.notifications import store
from app.notifications.texts import load_texts
from app.notifications.types import Delivery
from app.notifications.worker import Postman, deliver
from app.realtime.bus import build_bus
from app.settings import Settings
from app.staff.types import StaffAccess
from app.wiring import Wiring
from tests.channels.conftest import quiet_settings
from tests.conftest import MakeSite
from tests.conversations.conftest import Office
from tests.fakes.push import FakePush
from tests.fakes.smtp import FakeSmtp
from tests.rigs.visitors import SqlVisitor

CONSENT = ConsentGiven("contact", True, "1", "b" * 64, "es", "form", None)
MOVED = {
    "outbox": ("created_at", "available_at"),
    "deliveries": ("created_at", "available_at", "lease_until", "finished_at"),
    "mensajes": ("creado_en", "read_at"),
    "webchat_sessions": ("last_activity",),
    "staff_sites": ("last_seen_at",),
    "conversation_participants": ("last_read_at",),
    "consents": ("created_at",),
    "contactos": ("mail_opt_out_at",),
    "staff_links": ("expires_at",),
}


def hide(text: str, region: str) -> str:
    for found in sorted([*find_emails(text), *find_phones(text, region)], key=lambda f: -f.start):
        text = f"{text[: found.start]}[…]{text[found.end :]}"
    return text


@dataclass
class PostOffice(Office):
    """An `Office` with the worker's one step (`deliver`) and what it needs."""

    wiring: Wiring
    postman: Postman
    smtp: FakeSmtp
    push: FakePush

    async def deliver(self) -> int:
        """All that is due now; how many there were."""
        sent = 0
        while one := await deliver(self.wiring, self.postman):
            sent += one
        return sent

    async def claim(self, worker: str = "other") -> list[Delivery]:
        return await store.claim(
            self.rpc,
            worker=worker,
            channels=("email", "push"),
            lease_seconds=60,
            free={"email": 8, "push": 8},
        )

    def later(self, **span: float) -> None:
        by = timedelta(**span)
        for table, columns in MOVED.items():
            changes = ", ".join(f"{c} = {c} - %(by)s" for c in columns)
            self.admin.execute(f"update {table} set {changes}".encode(), {"by": by})
        self.admin.execute(
            "update deliveries set payload = jsonb_set(payload, '{items}', (select jsonb_agg(jsonb_set(i, '{at}',"
            " to_jsonb(((i ->> 'at')::timestamptz - %(by)s)::text))) from jsonb_array_elements(payload -> 'items') i))"
            " where payload ? 'items'",
            {"by": by},
        )

    async def be_there(self, *staff: StaffAccess) -> None:
        callers = [{"site": s.site_id, "staff": s.staff_id, "token_hash": s.token_hash} for s in staff]
        await self.rpc.call("staff_beat", callers=callers)

    async def leave(self, staff: StaffAccess) -> None:
        await self.rpc.call("staff_gone", site=staff.site_id, staff=staff.staff_id)

    async def subscribe(self, staff: StaffAccess, browser: str) -> dict[str, Any]:
        made = self.push.browser(browser)
        return await store.subscribe(
            self.rpc, staff, endpoint=made["endpoint"], **made["keys"], label="Chromium"
        )

    async def visit(self, text: str = "Hola", *, item: str | None = None, **contact: str) -> SqlVisitor:
        visitor = self.visitor()
        await visitor.say(text, metadata={"item": {"type": "Vehicle", "title": item}} if item else {})
        if contact:
            await self.leave_contact(visitor, **contact)
        return visitor

    async def leave_contact(self, visitor: SqlVisitor, *, granted: bool = True, **contact: Any) -> None:
        await self.rpc.call(
            "save_visitor_contact",
            site=self.site["id"],
            token_hash=visitor.token_hash,
            contact=contact or None,
            consents=[
                {
                    "purpose": "contact",
                    "granted": granted,
                    "text_version": "1",
                    "text_sha256": "b" * 64,
                    "locale": "es",
                    "source": "form",
                    "message_id": None,
                }
            ],
        )

    async def ask_for_a_person(self, visitor: SqlVisitor) -> str:
        row = await self.rpc.call(
            "request_visitor_handoff", site=self.site["id"], token_hash=visitor.token_hash, summary=None
        )
        return str(row["conversation_id"])

    async def taken(self, seller: StaffAccess, visitor: SqlVisitor) -> str:
        """The visitor's conversation, with the seller."""
        conversation = await self.ask_for_a_person(visitor)
        await self.act(seller, "take_over", conversation)
        return conversation

    def states(self, channel: str = "email") -> list[tuple[str, str | None]]:
        rows = self.admin.execute(
            "select state, failure from deliveries where channel = %s order by created_at, id", [channel]
        )
        return [(state, failure) for state, failure in rows.fetchall()]


@pytest.fixture(scope="module")
def smtp() -> Iterator[FakeSmtp]:
    with FakeSmtp() as server:
        yield server


@pytest.fixture(scope="module")
def push() -> Iterator[FakePush]:
    with FakePush() as service:
        yield service


def posting(smtp: FakeSmtp, **changes: Any) -> dict[str, Any]:
    """The settings that let a server mail and push to the fakes."""
    return {
        "smtp_url": smtp.url,
        "mail_from": "TalIA Motors <chat@talia.example>",
        "push_services": "127.0.0.1",
        "public_url": "https://chat.example.com",
    } | changes


@pytest.fixture
async def post(
    rpc: Rpc, site: MakeSite, admin: psycopg.Connection[Any], tmp_path: Path, smtp: FakeSmtp, push: FakePush
) -> AsyncIterator[PostOffice]:
    admin.execute("delete from outbox")
    admin.execute("delete from deliveries")
    for kept in (smtp.mails, push.pushed):
        while not kept.empty():
            kept.get()
    smtp.answers.clear()
    push.answers.clear()
    settings: Settings = quiet_settings(None, tmp_path, **posting(smtp))
    bus = build_bus(settings)
    wiring = Wiring(settings, rpc, bus, None, f"worker-{secrets.token_hex(3)}")
    postman = Postman(settings, load_texts(), hide)
    made = await site(name="TalIA Motors", allowed_origins=["https://www.example.com"])
    yield PostOffice(rpc, admin, made, wiring, postman, smtp, push)
    await postman.close()
    await bus.close()
