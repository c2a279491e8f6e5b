"""Who a visitor is said to be: a signed subject opens their conversation, a claim opens nothing and merges nothing."""

from __future__ import annotations

import asyncio
import secrets
from typing import Any

import psycopg

from app.db.rpc import Rpc
from tests.conftest import MakeSite


class Device:
    """One visitor token, and what can be done with it."""

    def __init__(self, rpc: Rpc, site: str) -> None:
        self.rpc, self.site, self.hash = rpc, site, secrets.token_hex(32)

    async def open(self) -> dict[str, Any]:
        opened: dict[str, Any] = await self.rpc.call(
            "open_webchat_session", site=self.site, new_token_hash=self.hash
        )
        return opened

    async def identify(self, subject: str | None, **profile: str) -> dict[str, Any]:
        """As the route does: where the answer is a new session, this device has its token from now on."""
        fresh = secrets.token_hex(32)
        found: dict[str, Any] = await self.rpc.call(
            "identify_visitor",
            site=self.site,
            new_token_hash=fresh,
            token_hash=self.hash,
            subject=subject,
            profile=profile,
        )
        if found["created"]:
            self.hash = fresh
        return found

    async def contact(self) -> dict[str, Any]:
        known: dict[str, Any] = await self.rpc.call("visitor_contact", site=self.site, token_hash=self.hash)
        return known


async def device(rpc: Rpc, site: str) -> Device:
    made = Device(rpc, site)
    await made.open()
    return made


async def test_the_first_login_keeps_what_was_said_before_it(rpc: Rpc, site: MakeSite) -> None:
    home = (await site())["id"]
    phone = await device(rpc, home)
    before = await phone.open()
    found = await phone.identify("u-1", name="Ana", email="ana@example.com")
    assert (found["created"], found["identity"]) == (False, "verified")
    assert found["conversation_id"] == before["conversation_id"]
    assert await phone.contact() == {
        "name": "Ana", "email": "ana@example.com", "phone": None, "identity": "verified", "consents": [],
    }  # fmt: skip


async def test_on_another_device_it_is_the_same_conversation_under_a_token_of_its_own(
    rpc: Rpc, site: MakeSite
) -> None:
    home = (await site())["id"]
    phone, laptop = await device(rpc, home), await device(rpc, home)
    there = await phone.identify("u-1")
    anonymous = laptop.hash
    here = await laptop.identify("u-1")
    assert here["created"]
    assert laptop.hash != anonymous
    assert here["conversation_id"] == there["conversation_id"]
    assert here["contact_id"] == there["contact_id"]
    # Again: nothing new.
    assert not (await laptop.identify("u-1"))["created"]


async def test_another_person_on_the_same_device_starts_apart(rpc: Rpc, site: MakeSite) -> None:
    home = (await site())["id"]
    shared = await device(rpc, home)
    ana = await shared.identify("ana")
    luis = await shared.identify("luis")
    assert luis["created"]
    assert luis["conversation_id"] != ana["conversation_id"]
    assert luis["contact_id"] != ana["contact_id"]
    assert (await shared.identify("ana"))["conversation_id"] == ana["conversation_id"]


async def test_subjects_of_two_sites_are_two_people(rpc: Rpc, site: MakeSite) -> None:
    one, two = await device(rpc, (await site())["id"]), await device(rpc, (await site())["id"])
    assert (await one.identify("u-1"))["contact_id"] != (await two.identify("u-1"))["contact_id"]


async def test_a_claim_opens_nothing_and_merges_nothing(rpc: Rpc, site: MakeSite) -> None:
    home = (await site())["id"]
    phone, laptop = await device(rpc, home), await device(rpc, home)
    mine = await phone.identify("u-1", email="ana@example.com")
    claimed = await laptop.identify(None, name="Ana", email="ana@example.com")
    assert (claimed["created"], claimed["identity"]) == (False, "claimed")
    assert claimed["contact_id"] != mine["contact_id"]
    # And what is verified is not overwritten by a claim.
    await phone.identify(None, name="Mallory", email="mallory@example.com")
    assert (await phone.contact())["email"] == "ana@example.com"
    assert (await phone.contact())["name"] is None


async def test_a_claim_does_not_replace_what_the_visitor_gave(rpc: Rpc, site: MakeSite) -> None:
    laptop = await device(rpc, (await site())["id"])
    await laptop.identify(None, name="Ana")
    await laptop.identify(None, name="Otra", phone="+18095550000")
    known = await laptop.contact()
    assert (known["name"], known["phone"]) == ("Ana", "+18095550000")


async def test_two_devices_bring_a_new_subject_at_once(rpc: Rpc, site: MakeSite) -> None:
    home = (await site())["id"]
    devices = [await device(rpc, home) for _ in range(4)]
    found = await asyncio.gather(*(d.identify("u-1") for d in devices))
    assert len({f["contact_id"] for f in found}) == 1
    assert len({f["conversation_id"] for f in found}) == 1


async def test_a_visit_is_noted_and_only_the_newest_events_are_kept(
    rpc: Rpc, site: MakeSite, admin: psycopg.Connection[Any]
) -> None:
    home = (await site())["id"]
    phone = await device(rpc, home)
    for number in range(53):
        await rpc.call("note_visit", site=home, token_hash=phone.hash, event={"name": f"e{number}"})
    await rpc.call("note_visit", site=home, token_hash=phone.hash, attributes={"plan": "oro", "old": "x"})
    await rpc.call("note_visit", site=home, token_hash=phone.hash, attributes={"old": None})
    row = admin.execute("select datos from webchat_sessions where token_hash = %s", (phone.hash,)).fetchone()
    assert row is not None
    assert [e["name"] for e in row[0]["events"]] == [f"e{n}" for n in range(3, 53)]
    assert row[0]["attributes"] == {"plan": "oro"}
