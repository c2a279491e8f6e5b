"""Who is in an export and who is not, on both transports: consent, withdrawal, addresses that stand twice, filters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest

from app.db.rpc import Rpc
from app.errors import Conflict, Forbidden
from app.leads import export_actions, export_store, retention_store
from app.leads.export_types import ExportRequest
from tests.conftest import MakeSite
from tests.leads.people import OPERATOR, exported, person
from tests.rigs.staff import sql_staff

Admin = psycopg.Connection[Any]


@pytest.fixture
async def place(site: MakeSite) -> dict[str, Any]:
    return await site()


async def emails(rpc: Rpc, place: dict[str, Any], folder: Path, **request: Any) -> list[str]:
    label = {"mailchimp": "Email Address", "hubspot": "Email", "salesforce": "Email"}
    lines, _ = await exported(rpc, place, folder, **request)
    return [line[label.get(request.get("profile", ""), "email")] for line in lines]


async def test_only_who_agreed_and_did_not_withdraw(rpc: Rpc, place: dict[str, Any], tmp_path: Path) -> None:
    await person(rpc, place, email="nobody@example.com")
    ana = await person(rpc, place, "contact", name="Ana Pérez", email="ana@example.com")
    await person(rpc, place, "contact", "marketing", email="bea@example.com", phone="+18095551234")
    await person(rpc, place, "marketing", email="carla@example.com")
    assert await emails(rpc, place, tmp_path) == ["ana@example.com", "bea@example.com"]
    assert await emails(rpc, place, tmp_path, profile="mailchimp") == [
        "bea@example.com",
        "carla@example.com",
    ]
    await ana.withdraw("contact")
    lines, manifest = await exported(rpc, place, tmp_path)
    assert [line["email"] for line in lines] == ["bea@example.com"]
    assert (manifest["rows"], manifest["consent"], manifest["actor"]) == (1, "contact", OPERATOR)
    assert lines[0]["phone"] == "'+18095551234"
    assert lines[0]["consent_text_version"] == "2026-11"
    await ana.agree("contact")
    assert await emails(rpc, place, tmp_path) == ["ana@example.com", "bea@example.com"]


async def test_withdrawing_from_marketing_ends_the_marketing_only(
    rpc: Rpc, place: dict[str, Any], tmp_path: Path
) -> None:
    ana = await person(rpc, place, "contact", "marketing", email="ana@example.com")
    await ana.withdraw("marketing")
    assert await emails(rpc, place, tmp_path, profile="mailchimp") == []
    [line], _ = await exported(rpc, place, tmp_path)
    assert (line["contact_consent"], line["marketing_consent"]) == ("true", "false")
    assert line["opted_out_at"]
    [line], _ = await exported(rpc, place, tmp_path, profile="salesforce")
    assert line["Email Opt Out"] == "1"


async def test_a_stranger_who_types_the_address_does_not_undo_a_withdrawal(
    rpc: Rpc, place: dict[str, Any], tmp_path: Path
) -> None:
    ana = await person(rpc, place, "contact", email="ana@example.com")
    await ana.withdraw("contact")
    await person(rpc, place, "contact", "marketing", email="Ana@Example.com")
    assert await emails(rpc, place, tmp_path) == []
    assert await emails(rpc, place, tmp_path, unit="conversation") == []
    assert await emails(rpc, place, tmp_path, profile="mailchimp") == []


async def test_one_address_is_one_lead_and_two_conversations(
    rpc: Rpc, place: dict[str, Any], tmp_path: Path, admin: Admin
) -> None:
    first = await person(
        rpc, place, "contact", name="Ana", email="ana@example.com", metadata=_from("otoño", "Corolla")
    )
    again = await person(
        rpc,
        place,
        "contact",
        email="ANA@example.com",
        phone="+18095551234",
        metadata=_from("invierno", "RAV4"),
    )
    await person(rpc, place, email="ana@example.com", phone="+18095550000")
    await person(rpc, place, "contact", phone="+18095551234")
    lines, manifest = await exported(rpc, place, tmp_path)
    assert [(line["email"], line["phone"]) for line in lines] == [
        ("", "'+18095551234"),
        ("ANA@example.com", "'+18095551234"),
    ]
    assert (manifest["rows"], manifest["merged"]) == (2, 1)
    line = lines[1]
    assert (line["name"], line["utm_campaign"], line["last_utm_campaign"]) == ("Ana", "otoño", "invierno")
    assert (line["item"], line["conversation_id"]) == ("RAV4", again.conversation)
    assert (line["conversations"], line["merged_contacts"]) == ("2", "2")
    stored = admin.execute("select count(*) from contactos where site_id = %s", [place["id"]]).fetchone()
    assert stored == (4,), "stored contacts stay apart"
    lines, manifest = await exported(rpc, place, tmp_path, unit="conversation")
    assert {line["conversation_id"] for line in lines} >= {first.conversation, again.conversation}
    assert (manifest["rows"], manifest["merged"]) == (3, 0)


def _from(campaign: str, item: str) -> dict[str, Any]:
    return {
        "page": {"url": "https://shop.example/"},
        "touch": {"utm_campaign": campaign, "landing_page": f"https://shop.example/?utm_campaign={campaign}"},
        "item": {"type": "Vehicle", "id": item.lower(), "title": item},
    }


async def test_without_consent_a_conversation_has_nobody_in_it(
    rpc: Rpc, place: dict[str, Any], tmp_path: Path, admin: Admin
) -> None:
    secret = await person(
        rpc, place, name="Nadie", email="nobody@example.com", metadata=_from("otoño", "RAV4")
    )
    admin.execute("update conversaciones set tags = '{esposa de Juan}' where id = %s", [secret.conversation])
    await person(rpc, place, "contact", email="ana@example.com")
    lines, manifest = await exported(rpc, place, tmp_path, unit="conversation", consent="any")
    nobody, ana = sorted(lines, key=lambda line: line["email"])
    assert ana["email"] == "ana@example.com"
    assert (nobody["item"], nobody["utm_campaign"], nobody["contact_consent"]) == ("RAV4", "otoño", "")
    personal = ("name", "email", "phone", "tags", "landing_page", "referrer", "gclid", "facts")
    assert not [field for field in personal if nobody[field]]
    assert manifest["consent"] == "any"


async def test_filters(rpc: Rpc, place: dict[str, Any], tmp_path: Path, admin: Admin) -> None:
    hot = await person(rpc, place, "contact", email="hot@example.com", metadata=_from("otoño", "RAV4"))
    cold = await person(
        rpc, place, "contact", email="cold@example.com", metadata=_from("invierno", "Corolla")
    )
    for who, quality, outcome, at in (
        (hot, "hot", "purchased", "2026-03-08T03:30:00Z"),
        (cold, "cold", None, "2026-03-08T04:30:00Z"),
    ):
        admin.execute(
            "update conversaciones set lead_quality = %s, outcome = %s, created_at = %s where id = %s",
            [quality, outcome, at, who.conversation],
        )
    for filter_, found in (
        ({"quality": ["hot"]}, ["hot"]),
        ({"quality": ["hot", "cold"]}, ["cold", "hot"]),
        ({"quality": ["warm"]}, []),
        ({"outcome": ["purchased"]}, ["hot"]),
        ({"outcome": ["pending"]}, ["cold"]),
        ({"campaign": "Otoño"}, ["hot"]),
        ({"item": "rav4"}, ["hot"]),
        ({"item": "coro"}, ["cold"]),
        # In Santo Domingo the 8th begins at 04:00 UTC.
        ({"from": "2026-03-08"}, ["cold"]),
        ({"to": "2026-03-07"}, ["hot"]),
        ({"from": "2026-03-07", "to": "2026-03-08"}, ["cold", "hot"]),
        ({"quality": ["hot"], "campaign": "invierno"}, []),
    ):
        for unit in ("lead", "conversation"):
            got = await emails(rpc, place, tmp_path, filter=filter_, unit=unit)
            assert sorted(got) == [f"{name}@example.com" for name in found], (filter_, unit)
    [line], manifest = await exported(rpc, place, tmp_path, filter={"quality": ["cold"]})
    assert line["day (America/Santo_Domingo)"] == "2026-03-08"
    assert line["conversation_at"] == "2026-03-08T04:30:00Z"
    assert manifest["time_zone"] == "America/Santo_Domingo"
    assert "America-Santo_Domingo" in manifest["file"]["name"]
    [line], _ = await exported(rpc, place, tmp_path, filter={"quality": ["hot"]}, time_zone="UTC")
    assert line["day (UTC)"] == "2026-03-08"


async def test_every_page_goes_on_where_the_last_one_ended(
    rpc: Rpc, place: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(5):
        await person(rpc, place, "contact", email=f"p{n // 2}@example.com")
    monkeypatch.setattr(export_actions, "PAGE", 2)
    lines, manifest = await exported(rpc, place, tmp_path)
    assert [line["email"] for line in lines] == [f"p{n}@example.com" for n in range(3)]
    assert manifest["merged"] == 2
    lines, _ = await exported(rpc, place, tmp_path, unit="conversation")
    assert len(lines) == 5


async def test_the_importers_get_what_they_ask_for(rpc: Rpc, place: dict[str, Any], tmp_path: Path) -> None:
    await person(
        rpc,
        place,
        *("contact", "marketing"),
        name="Ana María Pérez Gómez",
        email="ana@example.com",
        phone="+18095551234",
        metadata=_from("otoño, 2026", "=RAV4"),
    )
    await person(rpc, place, "contact", "marketing", email="niño@example.com")
    await person(rpc, place, "contact", "marketing", phone="+18095550000")

    lines, manifest = await exported(rpc, place, tmp_path, profile="mailchimp")
    assert manifest["skipped"] == {"no_email": 1, "accent_before_at": 1}
    assert list(lines[0].values()) == [
        *("ana@example.com", "Ana María", "Pérez Gómez", "+18095551234"),
        "TalIA, =RAV4, otoño 2026",
    ]
    lines, manifest = await exported(rpc, place, tmp_path, profile="hubspot")
    ana = next(line for line in lines if line["Email"] == "ana@example.com")
    assert list(ana.items())[:6] == [
        ("First Name", "Ana María"),
        ("Last Name", "Pérez Gómez"),
        ("Email", "ana@example.com"),
        ("Phone Number", "+18095551234"),
        ("Lifecycle Stage", "Lead"),
        ("Lead Status", "New"),
    ]
    assert (ana["item"], ana["marketing_consent"]) == ("'=RAV4", "true")
    assert manifest["notices"]
    lines, _ = await exported(rpc, place, tmp_path, profile="salesforce", missing="(sin datos)")
    ana = next(line for line in lines if line["Email"] == "ana@example.com")
    other = next(line for line in lines if line["Phone"] == "+18095550000")
    assert (ana["Last Name"], ana["Company"], ana["Email Opt Out"]) == ("Pérez Gómez", "(sin datos)", "0")
    assert (other["First Name"], other["Last Name"]) == ("", "(sin datos)")
    assert ana["Description"].startswith("Interested in: =RAV4\n")
    assert ana["Lead Status"] == "Open - Not Contacted"


async def test_another_site_is_another_world(
    rpc: Rpc, place: dict[str, Any], site: MakeSite, tmp_path: Path
) -> None:
    other = await site()
    ana = await person(rpc, other, "contact", email="ana@example.com")
    await ana.withdraw("contact")
    await person(rpc, place, "contact", email="ana@example.com")
    assert await emails(rpc, place, tmp_path) == ["ana@example.com"]
    assert await emails(rpc, other, tmp_path) == []


async def test_what_is_queued_about_a_lead_is_taken_back_with_the_consent(
    rpc: Rpc, place: dict[str, Any], admin: Admin
) -> None:
    def waiting() -> list[tuple[str]]:
        return admin.execute(
            "select kind from outbox where site_id = %s and done_at is null and cancelled_at is null",
            [place["id"]],
        ).fetchall()

    ana = await person(rpc, place, "contact", email="ana@example.com")
    admin.execute(
        "insert into outbox (site_id, kind, contacto_id) select site_id, 'chat.lead.updated', id from contactos "
        "where site_id = %s",
        [place["id"]],
    )
    assert ("lead_captured",) in waiting()
    await ana.withdraw("contact")
    assert not {"lead_captured", "chat.lead.updated"} & {kind for (kind,) in waiting()}


async def begun(rpc: Rpc, place: dict[str, Any]) -> export_actions.Job:
    return await export_actions.begin(
        rpc, ExportRequest(), site=place, worker="w", actor=OPERATOR, base_url="x"
    )


@pytest.mark.parametrize("how", ["withdrawn", "erased", "erased by age"])
async def test_a_file_with_somebody_who_left_is_void(
    rpc: Rpc, place: dict[str, Any], admin: Admin, how: str
) -> None:
    ana = await person(rpc, place, "contact", email="ana@example.com")
    stranger = await person(rpc, place)
    job = await begun(rpc, place)
    done = {"site": place["id"], "export": job.id, "worker": "w", "state": "done", "rows": 1}
    await rpc.call("erase_visitor", site=place["id"], token_hash=stranger.token_hash)
    assert (await export_store.finish(rpc, **done))["state"] == "done", "the stranger was not in it"
    assert await export_store.to_keep(rpc, [job.id]) == {job.id}
    if how == "withdrawn":
        await ana.withdraw("contact")
    elif how == "erased":
        await rpc.call("erase_visitor", site=place["id"], token_hash=ana.token_hash)
    else:
        admin.execute(
            "update sites set settings = settings || '{\"retention_days\": 30}' where id = %s", [place["id"]]
        )
        _age(admin, ana.conversation, days=31)
        assert place["id"] in await retention_store.begin(rpc, worker="w", lease_seconds=0)
        await retention_store.erase_expired(rpc, site=place["id"], worker="w", lease_seconds=0, limit=10)
    assert await export_store.to_keep(rpc, [job.id]) == set()
    state = admin.execute("select state from lead_exports where id = %s", [job.id]).fetchone()
    assert state == ("outdated",)


def _age(admin: Admin, conversation: str, *, days: int) -> None:
    for statement in (
        (
            "update conversaciones set created_at = created_at - make_interval(days => %s), "
            "last_message_at = last_message_at - make_interval(days => %s) where id = %s"
        ),
        (
            "update webchat_sessions set created_at = created_at - make_interval(days => %s), "
            "last_activity = last_activity - make_interval(days => %s) where conversacion_id = %s"
        ),
    ):
        admin.execute(statement, [days, days, conversation])


async def test_who_left_while_it_was_made_makes_it_void(rpc: Rpc, place: dict[str, Any]) -> None:
    ana = await person(rpc, place, "contact", email="ana@example.com")
    job = await begun(rpc, place)
    await ana.withdraw("contact")
    row = await export_store.finish(
        rpc, site=place["id"], export=job.id, worker="w", state="done", rows=1, manifest={}
    )
    assert row["state"] == "outdated"


async def test_only_its_maker_goes_on_with_it(rpc: Rpc, place: dict[str, Any], admin: Admin) -> None:
    job = await begun(rpc, place)
    page = {
        "site": place["id"],
        "export": job.id,
        "lease_seconds": 9,
        "after": None,
        "written": 0,
        "limit": 1,
    }
    with pytest.raises(Conflict) as refused:
        await export_store.page(rpc, **page, worker="another")
    assert refused.value.code == "export.not_running"
    assert (await export_store.page(rpc, **page, worker="w"))["rows"] == []
    admin.execute("update lead_exports set lease_until = now() - interval '1 second' where id = %s", [job.id])
    assert await export_store.to_keep(rpc, [job.id]) == set()
    audited = admin.execute(
        "select actor, detail ->> 'state', detail ->> 'rows' from audit_log where subject = %s", [job.id]
    ).fetchall()
    assert audited == [("operator", "interrupted", "0")]


async def test_who_is_no_marketing_any_more_gets_no_further_page(
    rpc: Rpc, place: dict[str, Any], admin: Admin
) -> None:
    marta = await sql_staff(rpc, admin, place["slug"], "marketing")
    job = await export_actions.begin(
        rpc, ExportRequest(), site=place, worker="w", actor={"type": "staff", "id": marta.id}, base_url="x"
    )
    page = {"site": place["id"], "export": job.id, "worker": "w", "lease_seconds": 9}
    turn = {"after": None, "written": 0, "limit": 1}
    assert (await export_store.page(rpc, **page, **turn))["next"] is None
    admin.execute("update staff_sites set role = 'seller' where staff_id = %s", [marta.id])
    with pytest.raises(Forbidden) as refused:
        await export_store.page(rpc, **page, **turn)
    assert refused.value.code == "staff.role"
    with pytest.raises(Forbidden):
        await export_store.get(rpc, site=place["id"], staff=marta.id, export=job.id)


async def test_two_at_a_time(rpc: Rpc, place: dict[str, Any]) -> None:
    await begun(rpc, place)
    await begun(rpc, place)
    with pytest.raises(Conflict) as refused:
        await begun(rpc, place)
    assert refused.value.code == "export.too_many"
