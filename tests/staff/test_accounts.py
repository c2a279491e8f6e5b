"""Accounts, roles, links and throttling in SQL, on both transports."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from typing import Any

import psycopg
import pytest

from app.db.postgres import PostgresRpc
from app.db.rpc import Rpc
from app.errors import AppError, Conflict, Forbidden, NotFound, TooManyRequests, Unauthorized
from app.staff import store
from tests.conftest import MakeSite
from tests.rigs.staff import SqlStaff, sql_staff

Admin = psycopg.Connection[Any]


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def fresh() -> str:
    return secrets.token_hex(32)


async def access(rpc: Rpc, site: dict[str, Any], who: SqlStaff) -> dict[str, Any]:
    return await store.access(rpc, public_key=site["public_key"], token_hash=who.token_hash)


async def begin(rpc: Rpc, site: dict[str, Any], email: str, address: str | None = None) -> dict[str, Any]:
    return await store.begin_sign_in(
        rpc, public_key=site["public_key"], email=email, address_hash=address or fresh()
    )


async def test_a_session_opens_its_sites_and_no_other(rpc: Rpc, site: MakeSite, admin: Admin) -> None:
    here, elsewhere = await site(), await site()
    seller = await sql_staff(rpc, admin, here["slug"])
    row = await access(rpc, here, seller)
    assert (row["uuid"], row["role"], row["site"]["id"]) == (seller.id, "seller", here["id"])
    with pytest.raises(Forbidden) as refused:
        await access(rpc, elsewhere, seller)
    assert refused.value.code == "staff.not_of_site"
    with pytest.raises(Unauthorized) as unknown:
        await store.access(rpc, public_key="pk_nothing", token_hash=seller.token_hash)
    assert unknown.value.code == "site.unknown_key"


@pytest.mark.parametrize("change", ["revoked_at = now()", "expires_at = now() - interval '1 s'"])
async def test_a_dead_session_is_refused(rpc: Rpc, site: MakeSite, admin: Admin, change: str) -> None:
    here = await site()
    seller = await sql_staff(rpc, admin, here["slug"])
    admin.execute(f"update staff_sessions set {change} where staff_id = %s".encode(), [seller.id])
    with pytest.raises(Unauthorized) as refused:
        await access(rpc, here, seller)
    assert refused.value.code == "staff.invalid_token"


@pytest.mark.parametrize("token_hash", [None, "", "null", "0" * 64])
async def test_no_token_opens_nothing(rpc: Rpc, site: MakeSite, admin: Admin, token_hash: str | None) -> None:
    here = await site()
    await sql_staff(rpc, admin, here["slug"])
    with pytest.raises(Unauthorized):
        await store.access(rpc, public_key=here["public_key"], token_hash=token_hash)


async def test_a_session_slides_while_it_is_used(rpc: Rpc, site: MakeSite, admin: Admin) -> None:
    here = await site()
    seller = await sql_staff(rpc, admin, here["slug"])
    admin.execute(
        "update staff_sessions set last_used_at = now() - interval '1 h', expires_at = now() + interval '11 h' "
        "where staff_id = %s",
        [seller.id],
    )
    await access(rpc, here, seller)
    row = admin.execute(
        "select expires_at > now() + interval '11 h 59 min' from staff_sessions where staff_id = %s",
        [seller.id],
    ).fetchone()
    assert row == (True,)


async def test_a_supabase_user_is_known_by_id_alone(rpc: Rpc, site: MakeSite, admin: Admin) -> None:
    here = await site()
    user = "7f1c3b52-1111-4111-8111-" + secrets.token_hex(6)
    seller = await sql_staff(rpc, admin, here["slug"], supabase_user=user)
    row = await store.access(rpc, public_key=here["public_key"], subject=user)
    assert row["uuid"] == seller.id
    with pytest.raises(Unauthorized):
        await store.access(rpc, public_key=here["public_key"], subject="7f1c3b52-2222-4222-8222-222222222222")


async def test_signing_in_tells_nobody_who_exists(rpc: Rpc, site: MakeSite, admin: Admin) -> None:
    here, elsewhere = await site(), await site()
    seller = await sql_staff(rpc, admin, here["slug"], password_hash="h1")
    known = await begin(rpc, here, seller.email.upper())
    assert (known["staff_id"], known["password_hash"]) == (seller.id, "h1")
    nobody = {"site_id": here["id"], "staff_id": None, "password_hash": None}
    assert await begin(rpc, here, "nobody@example.com") == nobody
    assert await begin(rpc, elsewhere, seller.email) == nobody | {"site_id": elsewhere["id"]}
    admin.execute("update staff_sites set disabled_at = now() where staff_id = %s", [seller.id])
    assert await begin(rpc, here, seller.email) == nobody


async def test_guesses_are_counted_per_e_mail_even_at_once(rpc: Rpc, site: MakeSite, admin: Admin) -> None:
    here = await site()
    email = f"{secrets.token_hex(4)}@example.com"
    tries = await asyncio.gather(*(begin(rpc, here, email) for _ in range(30)), return_exceptions=True)
    refused = [t for t in tries if isinstance(t, TooManyRequests)]
    assert len(tries) - len(refused) == 8
    assert all(r.code == "staff.throttled" and (r.retry_after or 0) > 60 for r in refused)
    admin.execute("update staff_throttle set window_ends = now() where key = %s", [f"email:{sha(email)}"])
    await begin(rpc, here, email)


async def test_guesses_are_counted_per_address(rpc: Rpc, site: MakeSite) -> None:
    here, address = await site(), fresh()
    for n in range(60):
        await begin(rpc, here, f"{n}-{address[:8]}@example.com", address)
    with pytest.raises(TooManyRequests):
        await begin(rpc, here, f"more-{address[:8]}@example.com", address)


async def test_strangers_guesses_do_not_shut_out_whoever_is_known_at_their_address(
    rpc: Rpc, site: MakeSite, admin: Admin
) -> None:
    here, home = await site(), fresh()
    seller = await sql_staff(rpc, admin, here["slug"], password_hash="h1")
    signed_in = {"site": here["id"], "staff": seller.id, "password_hash": "h1", "new_hash": None}
    await begin(rpc, here, seller.email, home)
    await store.finish_sign_in(rpc, **signed_in, token_hash=fresh(), address_hash=home)
    tries = await asyncio.gather(*(begin(rpc, here, seller.email) for _ in range(20)), return_exceptions=True)
    assert sum(isinstance(t, TooManyRequests) for t in tries) == 12
    assert (await begin(rpc, here, seller.email, home))["staff_id"] == seller.id
    await store.finish_sign_in(rpc, **signed_in, token_hash=fresh(), address_hash=home)
    with pytest.raises(TooManyRequests):
        await begin(rpc, here, seller.email)
    # Known is not free: what is tried at home is counted there.
    at_home = await asyncio.gather(
        *(begin(rpc, here, seller.email, home) for _ in range(10)), return_exceptions=True
    )
    assert sum(isinstance(t, TooManyRequests) for t in at_home) == 2


async def test_a_right_password_forgives_the_wrong_ones(rpc: Rpc, site: MakeSite, admin: Admin) -> None:
    here = await site()
    seller = await sql_staff(rpc, admin, here["slug"], password_hash="h1")
    for _ in range(3):
        for _ in range(7):
            await begin(rpc, here, seller.email)
        done = await store.finish_sign_in(
            rpc, site=here["id"], staff=seller.id, password_hash="h1", token_hash=fresh(), new_hash=None
        )
        assert done["role"] == "seller"


async def test_a_password_that_changed_meanwhile_opens_no_session(
    rpc: Rpc, site: MakeSite, admin: Admin
) -> None:
    here = await site()
    seller = await sql_staff(rpc, admin, here["slug"], password_hash="h2")
    with pytest.raises(Unauthorized) as refused:
        await store.finish_sign_in(
            rpc, site=here["id"], staff=seller.id, password_hash="h1", token_hash=fresh(), new_hash=None
        )
    assert refused.value.code == "staff.wrong_credentials"


async def invited(rpc: Rpc, site_id: str, actor: SqlStaff, email: str, role: str = "seller") -> str:
    token = fresh()
    await store.invite(rpc, site=site_id, actor=actor.id, email=email, role=role, token_hash=token, name=None)
    return token


async def use(
    rpc: Rpc, token: str, password_hash: str | None = "h", known: str | None = None
) -> dict[str, Any]:
    return await store.use_link(
        rpc, token_hash=token, password_hash=password_hash, known_hash=known, name="Eva"
    )


async def test_of_twenty_who_use_an_invitation_one_gets_through(
    rpc: Rpc, site: MakeSite, admin: Admin
) -> None:
    here = await site()
    boss = await sql_staff(rpc, admin, here["slug"], "admin")
    email = f"{secrets.token_hex(4)}@example.com"
    token = await invited(rpc, here["id"], boss, email)
    tries = await asyncio.gather(*(use(rpc, token) for _ in range(20)), return_exceptions=True)
    assert [t for t in tries if isinstance(t, dict)] == [{"email": email}]
    assert {t.code for t in tries if isinstance(t, AppError)} == {"staff.link_invalid"}
    assert [s["role"] for s in await store.list_staff(rpc, site=here["id"]) if s["email"] == email] == [
        "seller"
    ]


@pytest.mark.parametrize("token", ["", "null", "x", "0" * 64])
async def test_a_made_up_link_opens_nothing(rpc: Rpc, site: MakeSite, admin: Admin, token: str) -> None:
    here = await site()
    boss = await sql_staff(rpc, admin, here["slug"], "admin")
    await invited(rpc, here["id"], boss, f"{secrets.token_hex(4)}@example.com")
    for work in (use(rpc, token), store.peek_link(rpc, token_hash=token)):
        with pytest.raises(NotFound):
            await work


async def test_links_end(rpc: Rpc, site: MakeSite, admin: Admin) -> None:
    here = await site()
    boss = await sql_staff(rpc, admin, here["slug"], "admin")
    email = f"{secrets.token_hex(4)}@example.com"
    first = await invited(rpc, here["id"], boss, email)
    second = await invited(rpc, here["id"], boss, email)
    with pytest.raises(NotFound):
        await use(rpc, first)
    admin.execute("update staff_links set expires_at = now() where token_hash = %s", [second])
    with pytest.raises(NotFound):
        await use(rpc, second)


async def test_an_account_of_another_site_joins_with_the_password_it_has(
    rpc: Rpc, site: MakeSite, admin: Admin
) -> None:
    here, elsewhere = await site(), await site()
    boss = await sql_staff(rpc, admin, here["slug"], "admin")
    known = await sql_staff(rpc, admin, elsewhere["slug"], "admin", password_hash="theirs")
    token = await invited(rpc, here["id"], boss, known.email)
    assert (await store.peek_link(rpc, token_hash=token))["password_hash"] == "theirs"
    with pytest.raises(Unauthorized):
        await use(rpc, token, "mine", known="guess")
    await use(rpc, token, None, known="theirs")
    assert (await access(rpc, here, known))["role"] == "seller"
    assert (await access(rpc, elsewhere, known))["role"] == "admin"
    assert admin.execute("select password_hash from staff where id = %s", [known.id]).fetchone() == (
        "theirs",
    )


async def test_who_was_asked_is_listed_until_they_join_or_are_not_wanted_any_more(
    rpc: Rpc, site: MakeSite, admin: Admin
) -> None:
    here, elsewhere = await site(), await site()
    boss = await sql_staff(rpc, admin, here["slug"], "admin", name="Ana")
    other = await sql_staff(rpc, admin, elsewhere["slug"], "admin")
    ana, eva, ivo = (f"{name}-{secrets.token_hex(4)}@example.com" for name in ("ana", "eva", "ivo"))
    token = await invited(rpc, here["id"], boss, ana)
    for email, role in ((eva, "seller"), (eva, "marketing"), (ivo, "seller")):
        token_of_last = await invited(rpc, here["id"], boss, email, role)

    async def listed() -> dict[str, dict[str, Any]]:
        found = await store.invitations(rpc, site=here["id"], staff=boss.id)
        return {one["email"]: one for one in found}

    pending = await listed()
    assert set(pending) == {ana, eva, ivo}
    assert (pending[eva]["role"], pending[eva]["invited_by"], pending[eva]["expired"]) == (
        "marketing",
        "Ana",
        False,
    )
    await store.use_link(rpc, token_hash=token, password_hash="h", known_hash=None, name=None)
    admin.execute("update staff_links set expires_at = now() where email = %s and used_at is null", [eva])
    withdrawn = pending[ivo]["id"]
    for who, where in ((other, here), (other, elsewhere)):
        with pytest.raises((Forbidden, NotFound)):
            await store.withdraw_invitation(rpc, site=where["id"], staff=who.id, invitation=withdrawn)
    with pytest.raises(Forbidden):
        await store.invitations(rpc, site=here["id"], staff=other.id)
    await store.withdraw_invitation(rpc, site=here["id"], staff=boss.id, invitation=withdrawn)
    assert {email: one["expired"] for email, one in (await listed()).items()} == {eva: True}
    with pytest.raises(NotFound):
        await store.peek_link(rpc, token_hash=token_of_last)
    with pytest.raises(NotFound) as gone:
        await store.withdraw_invitation(rpc, site=here["id"], staff=boss.id, invitation=withdrawn)
    assert gone.value.code == "staff.invitation_not_found"


async def test_an_invitation_is_no_way_to_guess_a_password(rpc: Rpc, site: MakeSite, admin: Admin) -> None:
    here, elsewhere = await site(), await site()
    boss = await sql_staff(rpc, admin, here["slug"], "admin")
    known = await sql_staff(rpc, admin, elsewhere["slug"], password_hash="theirs")
    token = await invited(rpc, here["id"], boss, known.email)
    for _ in range(8):
        await store.peek_link(rpc, token_hash=token)
    with pytest.raises(TooManyRequests):
        await store.peek_link(rpc, token_hash=token)


async def test_a_reset_ends_every_session(rpc: Rpc, site: MakeSite, admin: Admin) -> None:
    here = await site()
    boss = await sql_staff(rpc, admin, here["slug"], "admin")
    seller = await sql_staff(rpc, admin, here["slug"], password_hash="old")
    token = fresh()
    await store.make_reset_link(rpc, site=here["id"], actor=boss.id, staff=seller.id, token_hash=token)
    assert await use(rpc, token, "new") == {"email": seller.email}
    with pytest.raises(Unauthorized):
        await access(rpc, here, seller)
    with pytest.raises(NotFound):
        await use(rpc, token, "again")


async def test_an_admin_cannot_reset_an_account_that_other_sites_know(
    rpc: Rpc, site: MakeSite, admin: Admin
) -> None:
    here, elsewhere = await site(), await site()
    boss = await sql_staff(rpc, admin, here["slug"], "admin")
    shared = await sql_staff(rpc, admin, here["slug"])
    await store.add_staff(rpc, slug=elsewhere["slug"], email=shared.email, role="admin")
    foreign = await sql_staff(rpc, admin, elsewhere["slug"])
    with pytest.raises(Forbidden) as refused:
        await store.make_reset_link(rpc, site=here["id"], actor=boss.id, staff=shared.id, token_hash=fresh())
    assert refused.value.code == "staff.shared_account"
    with pytest.raises(NotFound):
        await store.make_reset_link(rpc, site=here["id"], actor=boss.id, staff=foreign.id, token_hash=fresh())


@pytest.mark.parametrize("role", ["seller", "marketing"])
async def test_only_admins_manage_staff(rpc: Rpc, site: MakeSite, admin: Admin, role: str) -> None:
    here = await site()
    boss = await sql_staff(rpc, admin, here["slug"], "admin")
    other = await sql_staff(rpc, admin, here["slug"], role)
    for work in (
        store.invite(
            rpc,
            site=here["id"],
            actor=other.id,
            email="a@b.example",
            role="admin",
            token_hash=fresh(),
            name=None,
        ),
        store.change_staff(rpc, site=here["id"], actor=other.id, staff=other.id, role="admin", disabled=None),
        store.make_reset_link(rpc, site=here["id"], actor=other.id, staff=boss.id, token_hash=fresh()),
    ):
        with pytest.raises(Forbidden) as refused:
            await work
        assert refused.value.code == "staff.role"


async def test_roles_and_disabling_are_audited_and_stay_in_the_site(
    rpc: Rpc, site: MakeSite, admin: Admin
) -> None:
    here, elsewhere = await site(), await site()
    boss = await sql_staff(rpc, admin, here["slug"], "admin")
    seller = await sql_staff(rpc, admin, here["slug"])
    await store.add_staff(rpc, slug=elsewhere["slug"], email=seller.email, role="seller")
    change: dict[str, Any] = {"site": here["id"], "actor": boss.id, "staff": seller.id}
    assert (await store.change_staff(rpc, **change, role="marketing", disabled=None))["role"] == "marketing"
    assert (await store.change_staff(rpc, **change, role=None, disabled=True))["disabled"]
    with pytest.raises(Forbidden):
        await access(rpc, here, seller)
    assert (await access(rpc, elsewhere, seller))["role"] == "seller"
    with pytest.raises(NotFound):
        await store.change_staff(
            rpc,
            **{**change, "staff": (await sql_staff(rpc, admin, elsewhere["slug"])).id},
            role="seller",
            disabled=None,
        )
    logged = admin.execute(
        "select action, detail from audit_log where site_id = %s and actor = %s order by created_at, id",
        [here["id"], boss.id],
    ).fetchall()
    assert logged == [("staff.role_changed", {"from": "seller", "to": "marketing"}), ("staff.disabled", {})]


async def test_a_site_keeps_an_admin_even_when_two_demote_each_other(
    rpc: Rpc, site: MakeSite, admin: Admin
) -> None:
    here = await site()
    a, b = [await sql_staff(rpc, admin, here["slug"], "admin") for _ in range(2)]
    tries = await asyncio.gather(
        *(
            store.change_staff(rpc, site=here["id"], actor=x.id, staff=y.id, role="seller", disabled=None)
            for x, y in ((a, b), (b, a))
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(t, AppError) for t in tries) == 1
    roles = sorted(s["role"] for s in await store.list_staff(rpc, site=here["id"]))
    assert roles == ["admin", "seller"]
    last = a if (await access(rpc, here, a))["role"] == "admin" else b
    with pytest.raises(Conflict) as refused:
        await store.change_staff(rpc, site=here["id"], actor=last.id, staff=last.id, role=None, disabled=True)
    assert refused.value.code == "staff.last_admin"


async def test_a_new_password_ends_the_other_sessions(rpc: Rpc, site: MakeSite, admin: Admin) -> None:
    here = await site()
    seller = await sql_staff(rpc, admin, here["slug"], password_hash="old")
    other = fresh()
    admin.execute("insert into staff_sessions (staff_id, token_hash) values (%s, %s)", [seller.id, other])
    await store.change_password(
        rpc,
        site=here["id"],
        staff=seller.id,
        known_hash="old",
        password_hash="new",
        token_hash=seller.token_hash,
    )
    await access(rpc, here, seller)
    with pytest.raises(Unauthorized):
        await store.access(rpc, public_key=here["public_key"], token_hash=other)
    with pytest.raises(Unauthorized):
        await store.change_password(
            rpc, site=here["id"], staff=seller.id, known_hash="old", password_hash="x", token_hash=None
        )


async def test_standing_is_told_per_caller(rpc: Rpc, site: MakeSite, admin: Admin) -> None:
    here, elsewhere = await site(), await site()
    boss = await sql_staff(rpc, admin, here["slug"], "admin")
    gone = await sql_staff(rpc, admin, here["slug"])
    shut = await sql_staff(rpc, admin, here["slug"])
    await store.sign_out(rpc, site=here["id"], staff=gone.id, token_hash=gone.token_hash)
    await store.change_staff(rpc, site=here["id"], actor=boss.id, staff=shut.id, role=None, disabled=True)
    callers = [
        {"site": s["id"], "staff": who.id, "token_hash": token}
        for s, who, token in (
            (here, boss, boss.token_hash),
            (elsewhere, boss, boss.token_hash),
            (here, gone, gone.token_hash),
            (here, shut, shut.token_hash),
            (here, boss, None),
            (here, boss, gone.token_hash),
        )
    ]
    assert await store.standing(rpc, callers) == ["admin", None, None, None, "admin", None]
    assert await store.standing(rpc, []) == []


async def test_one_first_admin_however_many_try(databases: Any) -> None:
    with databases.fresh() as url:
        rpc = await PostgresRpc.open(url, 5)
        await rpc.call("ensure_site", slug="default", name="x", public_key="pk_x")
        made = await asyncio.gather(
            *(
                store.add_first_admin(
                    rpc, slug="default", email=f"a{n}@x.example", name="A", password_hash="h"
                )
                for n in range(5)
            )
        )
        assert made.count(True) == 1
        assert await store.has_staff(rpc)
        await rpc.close()
