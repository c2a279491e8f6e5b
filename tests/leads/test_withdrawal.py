"""Who tells the staff that they want no more of it has withdrawn, on both transports and through the console's door."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest

from app.db.rpc import Rpc
from app.errors import Forbidden, NotFound
from app.leads import retention_store as store
from tests.conftest import MakeSite
from tests.leads.people import Person, exported, person
from tests.rigs.staff import SqlStaff, sql_staff
from tests.staff.conftest import MakeStaff

Admin = psycopg.Connection[Any]


def contact_of(admin: Admin, someone: Person) -> str:
    row = admin.execute(
        "select contacto_id::text from conversaciones where id = %s", [someone.conversation]
    ).fetchone()
    assert row is not None
    return str(row[0])


async def withdraw(rpc: Rpc, place: dict[str, Any], who: SqlStaff, contact: str, *purposes: str) -> Any:
    return await store.withdraw_consent(
        rpc, site=place["id"], staff=who.id, contact=contact, purposes=list(purposes)
    )


async def test_it_counts_as_if_they_had_done_it_themselves(
    rpc: Rpc, site: MakeSite, admin: Admin, tmp_path: Path
) -> None:
    place = await site()
    boss = await sql_staff(rpc, admin, place["slug"], "marketing")
    ana = await person(rpc, place, "contact", "marketing", email="ana@example.com")
    contact = contact_of(admin, ana)
    assert await withdraw(rpc, place, boss, contact, "marketing") == {
        "contact_id": contact,
        "contact": True,
        "marketing": False,
    }
    assert (await exported(rpc, place, tmp_path, profile="mailchimp"))[0] == []
    assert len((await exported(rpc, place, tmp_path))[0]) == 1
    for _ in range(2):
        stands = await withdraw(rpc, place, boss, contact, "contact", "marketing", "contact")
        assert (stands["contact"], stands["marketing"]) == (False, False)
    assert (await exported(rpc, place, tmp_path))[0] == []
    ledger = admin.execute(
        "select purpose, text_version, source from consents where contacto_id = %s and not granted order by purpose",
        [contact],
    ).fetchall()
    assert ledger == [("contact", "2026-11", "api"), ("marketing", "2026-11", "api")]
    audited = admin.execute(
        "select actor, detail -> 'purposes' from audit_log where subject = %s and action = 'contact.withdrew' "
        "order by created_at",
        [contact],
    ).fetchall()
    assert audited == [(boss.id, ["marketing"]), (boss.id, ["contact"])]
    waiting = admin.execute(
        "select from outbox where contacto_id = %s and kind = 'lead_captured' and done_at is null "
        "and cancelled_at is null",
        [contact],
    ).fetchall()
    assert waiting == []


async def test_who_never_agreed_can_say_no(rpc: Rpc, site: MakeSite, admin: Admin, tmp_path: Path) -> None:
    place = await site()
    boss = await sql_staff(rpc, admin, place["slug"], "admin")
    ana = await person(rpc, place, email="ana@example.com")
    assert (await withdraw(rpc, place, boss, contact_of(admin, ana), "contact"))["contact"] is False
    await person(rpc, place, "contact", email="ana@example.com")
    assert (await exported(rpc, place, tmp_path))[0] == []


async def test_sellers_may_for_whom_they_talk_with(rpc: Rpc, site: MakeSite, admin: Admin) -> None:
    place = await site()
    seller, colleague = [await sql_staff(rpc, admin, place["slug"]) for _ in range(2)]
    ana = await person(rpc, place, "contact", email="ana@example.com")
    contact = contact_of(admin, ana)
    await rpc.call("take_over", site=place["id"], staff=colleague.id, conversation=ana.conversation)
    with pytest.raises(Forbidden) as refused:
        await withdraw(rpc, place, seller, contact, "contact")
    assert refused.value.code == "conversation.not_participant"
    assert (await withdraw(rpc, place, colleague, contact, "contact"))["contact"] is False
    other = await site()
    stranger = await sql_staff(rpc, admin, other["slug"], "admin")
    with pytest.raises(NotFound):
        await withdraw(rpc, other, stranger, contact, "contact")


@pytest.mark.parametrize(
    "body", [{}, {"purposes": []}, {"purposes": ["chat"]}, {"purposes": "contact"}, {"purposes": [1]}]
)
async def test_what_is_not_a_purpose_is_refused(make_staff: MakeStaff, body: dict[str, Any]) -> None:
    path = "/privacy/contacts/0193aaaa-0000-7000-8000-000000000000/withdrawal"
    answer = await make_staff("admin").request("POST", path, json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "validation")
    assert answer.json()["errors"][0]["field"].startswith("purposes")
