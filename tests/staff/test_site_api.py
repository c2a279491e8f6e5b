"""A site as its admins run it: changed over HTTP, in force at once, audited, and nobody else's to touch."""

from __future__ import annotations

import secrets
from typing import Any

import psycopg
import pytest

from app.db.rpc import Rpc
from app.errors import Conflict, Forbidden, NotFound, Unauthorized
from app.sites import store
from app.staff import store as staff_store
from tests.conftest import MakeSite
from tests.rigs.http_visitor import HttpVisitor
from tests.rigs.server import TaliaServer
from tests.rigs.staff import sql_staff
from tests.staff.conftest import MakeStaff

Admin = psycopg.Connection[Any]


async def test_only_admins_of_the_site_see_and_change_it(rpc: Rpc, site: MakeSite, admin: Admin) -> None:
    here, elsewhere = await site(), await site()
    boss = await sql_staff(rpc, admin, here["slug"], "admin")
    seller = await sql_staff(rpc, admin, here["slug"])
    patch = {"name": "Otra", "allowed_origins": ["https://b.example", "https://a.example"]}
    for who, where in ((seller, here), (boss, elsewhere)):
        with pytest.raises(Forbidden):
            await store.get_site(rpc, site=where["id"], staff=who.id)
        with pytest.raises(Forbidden):
            await store.change_site(rpc, site=where["id"], staff=who.id, patch=patch)
        with pytest.raises(Forbidden):
            await store.rotate_identity_secret(rpc, site=where["id"], staff=who.id, secret="s" * 64)
        with pytest.raises(Forbidden):
            await store.rotate_public_key(
                rpc, site=where["id"], staff=who.id, public_key="pk_mine", keep_days=1
            )
        with pytest.raises(Forbidden):
            await store.retire_public_key(rpc, site=where["id"], staff=who.id, public_key=where["public_key"])
    changed = await store.change_site(rpc, site=here["id"], staff=boss.id, patch=patch)
    assert (changed["name"], changed["allowed_origins"]) == (
        "Otra",
        ["https://a.example", "https://b.example"],
    )
    again = await store.change_site(
        rpc, site=here["id"], staff=boss.id, patch={"image_origins": ["https://i.example"]}
    )
    assert (again["name"], again["image_origins"]) == ("Otra", ["https://i.example"])
    acts = admin.execute(
        "select detail -> 'fields' from audit_log where site_id = %s and action = 'site.changed' order by id",
        [here["id"]],
    ).fetchall()
    assert sorted(str(a[0]) for a in acts) == ["['allowed_origins', 'name']", "['image_origins']"]


async def test_keys_are_replaced_and_the_secret_is_never_shown_again(
    rpc: Rpc, site: MakeSite, admin: Admin
) -> None:
    here = await site()
    boss = await sql_staff(rpc, admin, here["slug"], "admin")
    assert (await store.get_site(rpc, site=here["id"], staff=boss.id))["identity_secret_at"] is None
    secret = secrets.token_urlsafe(48)
    after = await store.rotate_identity_secret(rpc, site=here["id"], staff=boss.id, secret=secret)
    assert after["identity_secret_at"]
    assert secret not in str(after)
    assert await store.site_secret(rpc, site=here["id"], purpose="identity") == secret
    key = "pk_" + secrets.token_urlsafe(18)
    rotated = await store.rotate_public_key(rpc, site=here["id"], staff=boss.id, public_key=key, keep_days=0)
    assert (rotated["public_key"], rotated["former_keys"]) == (key, [])
    with pytest.raises(Unauthorized):
        await staff_store.access(rpc, public_key=here["public_key"], token_hash=boss.token_hash)
    assert (await staff_store.access(rpc, public_key=key, token_hash=boss.token_hash))["role"] == "admin"


async def test_a_former_key_names_the_site_until_its_time_is_over(
    rpc: Rpc, site: MakeSite, admin: Admin
) -> None:
    here, other = await site(), await site()
    boss = await sql_staff(rpc, admin, here["slug"], "admin")
    old, keys = here["public_key"], [f"pk_{secrets.token_hex(6)}" for _ in range(2)]
    for key in keys:
        await store.rotate_public_key(rpc, site=here["id"], staff=boss.id, public_key=key, keep_days=7)
    (listed,) = [s for s in await store.list_sites(rpc) if s.id == here["id"]]
    assert (listed.public_key, set(listed.former_keys)) == (keys[1], {old, keys[0]})
    for key in (old, *keys):
        caller = await staff_store.access(rpc, public_key=key, token_hash=boss.token_hash)
        assert caller["site"]["public_key"] == keys[1]
    await store.retire_public_key(rpc, site=here["id"], staff=boss.id, public_key=keys[0])
    admin.execute("update site_former_keys set valid_until = now() where public_key = %s", [old])
    for key in (old, keys[0]):
        with pytest.raises(Unauthorized):
            await staff_store.access(rpc, public_key=key, token_hash=boss.token_hash)
        with pytest.raises(NotFound):
            await store.retire_public_key(rpc, site=here["id"], staff=boss.id, public_key=key)
    # A key of its own outranks one that was somebody else's.
    await store.rotate_public_key(
        rpc, site=here["id"], staff=boss.id, public_key=f"pk_{secrets.token_hex(6)}", keep_days=7
    )
    await rpc.call("ensure_site", slug=other["slug"], name="Other", public_key=keys[1])
    with pytest.raises(Forbidden):
        await staff_store.access(rpc, public_key=keys[1], token_hash=boss.token_hash)


async def test_how_much_somebody_takes_is_the_admins_to_say(rpc: Rpc, site: MakeSite, admin: Admin) -> None:
    here = await site()
    boss = await sql_staff(rpc, admin, here["slug"], "admin")
    seller = await sql_staff(rpc, admin, here["slug"])
    only: dict[str, Any] = {"role": None, "disabled": None, "capacity": 2}
    row = await staff_store.change_staff(rpc, site=here["id"], actor=boss.id, staff=seller.id, **only)
    assert (row["capacity"], row["role"], row["disabled"]) == (2, "seller", False)
    with pytest.raises(Forbidden):
        await staff_store.change_staff(rpc, site=here["id"], actor=seller.id, staff=seller.id, **only)
    with pytest.raises(Conflict):
        await staff_store.change_staff(
            rpc, site=here["id"], actor=boss.id, staff=boss.id, role="seller", disabled=None, capacity=2
        )


async def test_a_change_is_in_force_at_once(make_staff: MakeStaff) -> None:
    boss = make_staff("admin", site="other")
    seen = await boss.get("/site")
    assert (seen["slug"], seen["key_is_a_setting"]) == ("other", False)
    assert {(t["purpose"], t["locale"]) for t in seen["consents"]["texts"]} >= {
        ("contact", "es"),
        ("marketing", "pt"),
    }
    await boss.post(
        "/site",
        {
            "allowed_origins": ["HTTPS://Shop.example", "https://shop.example"],
            "appearance": {"accent": "#0F766E", "title": "Tienda"},
        },
        method="PATCH",
        status=200,
    )
    assert (await boss.get("/site"))["allowed_origins"] == ["https://shop.example"]
    loader = await boss.http.get("/widget.js", params={"site": "pk_other"})
    assert "#0f766e" in loader.text
    panel = await boss.http.get("/widget/panel", params={"key": "pk_other"})
    assert "frame-ancestors 'self' https://shop.example" in panel.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, None),
        ({"allowed_origins": ["https://shop.example/"]}, "allowed_origins"),
        ({"allowed_origins": ["javascript:alert(1)"]}, "allowed_origins"),
        ({"allowed_origins": ["https://shop.example; script-src *"]}, "allowed_origins"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"appearance": {"accent": "#777", "accentText": "#888"}}, "appearance"),
        ({"name": "a\u0000b"}, "name"),
        ({"public_key": "pk_x"}, "public_key"),
    ],
)
async def test_what_is_not_valid_is_named(
    make_staff: MakeStaff, body: dict[str, Any], field: str | None
) -> None:
    answer = await make_staff("admin").request("PATCH", "/site", json=body)
    assert answer.status_code == 422, answer.text
    if field:
        assert field in answer.text


async def test_the_default_sites_key_is_the_servers_setting(make_staff: MakeStaff) -> None:
    boss = make_staff("admin")
    answer = await boss.request("POST", "/site/public-key", json={})
    assert (answer.status_code, answer.json()["code"]) == (409, "site.key_is_a_setting")
    made = await boss.post("/site/identity-secret", status=201)
    assert len(made["secret"]) == 64
    assert made["identity_secret_at"] == (await boss.get("/site"))["identity_secret_at"]


async def test_pages_with_the_old_key_go_on_as_long_as_was_chosen(
    server: TaliaServer, make_staff: MakeStaff
) -> None:
    server.call(
        server.services.wiring.rpc.call("ensure_site", slug="third", name="Third", public_key="pk_third")
    )
    boss = make_staff("admin", site="third", key="pk_third")
    changed = await boss.post("/site/public-key", {"keep_days": 7}, status=201)
    (former,) = changed["former_keys"]
    assert former["public_key"] == "pk_third"
    assert (await boss.get("/staff/me"))["site"]["public_key"] == changed["public_key"]
    panel = await boss.http.get("/widget/panel", params={"key": "pk_third"})
    assert changed["public_key"] in panel.text
    async with HttpVisitor(server.url, key="pk_third") as ana:
        await ana.open()
        assert (await ana.say("Hola")).status_code == 200
        await boss.post("/site/former-keys/pk_third", method="DELETE", status=200)
        refused = await ana.say("¿Hola?")
        assert (refused.status_code, refused.json()["code"]) == (401, "site.unknown_key")
    boss.headers["X-PUBLIC-KEY"] = changed["public_key"]
    assert (await boss.get("/site"))["former_keys"] == []
    refused = await boss.request("POST", "/site/public-key", json={"keep_days": 91})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "keep_days")
    # The body may be left out: then the old key ends at once.
    at_once = await boss.request("POST", "/site/public-key")
    assert (at_once.status_code, at_once.json()["former_keys"]) == (201, [])
    # One that is needed may not.
    assert (await boss.request("PATCH", "/site")).status_code == 415
