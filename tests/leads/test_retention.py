"""What is older than a site keeps it goes by itself, on both transports; nothing else does."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest

from app.db.rpc import Rpc
from app.errors import Conflict
from app.leads import retention, retention_store
from app.realtime.events import Bye
from app.realtime.memory_bus import MemoryBus
from app.wiring import Wiring
from tests.channels.conftest import (
    MakeVisitor,
    StartTalia,
    _logging_as_it_was,
    make_visitor,
    quiet_settings,
    start_talia,
)
from tests.conftest import MakeSite
from tests.leads.people import Person, person
from tests.rigs.staff import Hired
from tests.staff.conftest import MakeStaff

__all__ = ["_logging_as_it_was", "make_visitor", "start_talia"]

Admin = psycopg.Connection[Any]


@dataclass
class Place:
    """A site that keeps data for `days`, and a clock that can be put forward: for it alone."""

    rpc: Rpc
    admin: Admin
    site: dict[str, Any]
    wiring: Wiring

    def keep(self, days: int) -> None:
        self.admin.execute(
            "update sites set settings = settings || jsonb_build_object('retention_days', %s::int) where id = %s",
            [days, self.site["id"]],
        )

    def days_pass(self, days: int) -> None:
        """Everything of the site is that much older, which is what an advanced clock is."""
        for table, columns in (
            ("contactos", ("creado_en", "actualizado_en")),
            ("conversaciones", ("created_at", "updated_at", "last_message_at")),
            ("webchat_sessions", ("created_at", "last_activity", "expires_at")),
            ("mensajes", ("creado_en",)),
        ):
            moved = ", ".join(f"{column} = {column} - make_interval(days => %s)" for column in columns)
            self.admin.execute(
                f"update {table} set {moved} where site_id = %s",  # type: ignore[arg-type]
                [*([days] * len(columns)), self.site["id"]],
            )

    def count(self, table: str) -> int:
        row = self.admin.execute(
            f"select count(*) from {table} where site_id = %s",  # type: ignore[arg-type]
            [self.site["id"]],
        ).fetchone()
        assert row is not None
        return int(row[0])

    def audited(self) -> list[tuple[str, str]]:
        return self.admin.execute(
            "select action, subject from audit_log where site_id = %s and actor = 'retention' order by subject",
            [self.site["id"]],
        ).fetchall()

    async def person(self, *purposes: str, **contact: str) -> Person:
        return await person(self.rpc, self.site, *purposes, **contact)

    async def run(self) -> int:
        return await retention.erase_expired(self.wiring)


@pytest.fixture
async def place(rpc: Rpc, site: MakeSite, admin: Admin, tmp_path: Any) -> Place:
    # Sites of the other tests would be swept along.
    admin.execute("update sites set settings = settings - 'retention_days'")
    admin.execute("delete from job_leases")
    wiring = Wiring(quiet_settings(None, tmp_path), rpc, MemoryBus(), None, "w1")
    return Place(rpc, admin, await site(), wiring)


async def test_it_is_off_until_somebody_sets_it(place: Place) -> None:
    await place.person("contact", email="ana@example.com")
    place.days_pass(10_000)
    assert await place.run() == 0
    assert place.count("contactos") == 1


async def test_what_is_too_old_goes_and_the_rest_stays(place: Place) -> None:
    place.keep(30)
    await place.person("contact", name="Ana", email="ana@example.com")
    await place.person()
    place.days_pass(20)
    await place.person("contact", email="bea@example.com")
    assert await place.run() == 0
    place.days_pass(11)
    assert await place.run() == 2
    for table in ("contactos", "conversaciones", "webchat_sessions", "mensajes", "turns"):
        assert place.count(table) == 1, table
    assert [action for action, _ in place.audited()] == ["contact.erased"] * 2
    assert place.count("consents") == 2, "the proof of a consent outlives the person"
    place.days_pass(20)
    assert await place.run() == 1
    assert place.count("contactos") == place.count("outbox") == place.count("webchat_sessions") == 0


async def test_a_visit_keeps_what_a_silent_one_does_not(place: Place) -> None:
    place.keep(30)
    ana = await place.person("contact", email="ana@example.com")
    place.days_pass(31)
    place.admin.execute(
        "update webchat_sessions set last_activity = now() where site_id = %s", [place.site["id"]]
    )
    assert await place.run() == 0
    place.days_pass(31)
    assert await place.run() == 1
    assert ana.conversation


async def test_a_contact_outlives_an_old_conversation(place: Place) -> None:
    place.keep(30)
    ana = await place.person("contact", email="ana@example.com")
    place.days_pass(31)
    new = await place.person()
    place.admin.execute(
        "update conversaciones c set contacto_id = o.contacto_id from conversaciones o where c.id = %s and o.id = %s",
        [new.conversation, ana.conversation],
    )
    assert await place.run() == 1
    kept = place.admin.execute(
        "select k.email from conversaciones c join contactos k on k.id = c.contacto_id where c.site_id = %s",
        [place.site["id"]],
    ).fetchall()
    assert kept == [("ana@example.com",)]
    assert [action for action, _ in place.audited()] == ["conversation.erased"]


async def test_a_widget_that_was_opened_and_never_used_goes_too(place: Place) -> None:
    place.keep(30)
    await place.rpc.call(
        "open_webchat_session",
        site=place.site["id"],
        new_token_hash="a" * 64,
        metadata={"ip": "192.0.2.7", "page": {"url": "https://shop.example/"}},
    )
    place.days_pass(31)
    await place.run()
    assert place.count("webchat_sessions") == 0


async def test_many_go_in_batches(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    place.keep(1)
    for _ in range(5):
        await place.person()
    place.days_pass(2)
    assert await place.run() == 5
    assert place.count("conversaciones") == 0


async def test_one_worker_at_a_time(place: Place) -> None:
    place.keep(1)
    await place.person()
    place.days_pass(2)
    assert await retention_store.begin(place.rpc, worker="w2", lease_seconds=60) == [place.site["id"]]
    assert await place.run() == 0, "another one is at it"
    with pytest.raises(Conflict) as refused:
        await retention_store.erase_expired(
            place.rpc, site=place.site["id"], worker="w1", lease_seconds=60, limit=1
        )
    assert refused.value.code == "retention.not_held"
    place.admin.execute("update job_leases set held_until = now() - interval '1 second'")
    assert await place.run() == 1, "that one died"


async def test_who_is_watching_is_told(place: Place) -> None:
    place.keep(1)
    ana = await place.person()
    place.days_pass(2)
    with place.wiring.bus.subscribe(ana.conversation) as subscription:
        await subscription.ready()
        assert await place.run() == 1
        assert isinstance((await subscription.next(5)), Bye)


async def test_an_admin_sets_it(make_staff: MakeStaff, admin: Admin) -> None:
    boss = make_staff("admin")
    assert await boss.get("/privacy/retention") == {"days": None}
    assert await boss.post("/privacy/retention", {"days": 365}, method="PUT") == {"days": 365}
    assert await boss.get("/privacy/retention") == {"days": 365}
    for days in (0, -1, 1.5, "30", True, 10**9):
        answer = await boss.request("PUT", "/privacy/retention", json={"days": days})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "days"), days
    assert (await boss.request("PUT", "/privacy/retention", json={})).status_code == 422
    assert await boss.post("/privacy/retention", {"days": None}, method="PUT") == {"days": None}
    audited = admin.execute(
        "select detail ->> 'days' from audit_log where actor = %s and action = 'site.retention_set' order by id",
        [boss.id],
    ).fetchall()
    assert sorted(audited, key=str) == [("365",), (None,)]


async def test_a_server_looks_by_itself(
    start_talia: StartTalia,
    make_visitor: MakeVisitor,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(retention, "EVERY_SECONDS", 0.05)
    talia = start_talia()
    ana = make_visitor(talia)
    await ana.open()
    await ana.say("Hola")
    async with Hired(talia, database_url)("admin") as boss:
        await boss.post("/privacy/retention", {"days": 30}, method="PUT")
    with psycopg.connect(database_url, autocommit=True) as admin:
        admin.execute(
            "update conversaciones set created_at = created_at - interval '31 days', "
            "last_message_at = last_message_at - interval '31 days'"
        )
        admin.execute("update webchat_sessions set last_activity = last_activity - interval '31 days'")
        async with asyncio.timeout(60):
            # A look with her token would count as a visit.
            while admin.execute("select from contactos").fetchone() is not None:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
    assert (await ana.request("GET", f"/history/{ana.session_id}")).status_code == 401
