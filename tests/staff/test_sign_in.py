"""Signing in, over HTTP: real passwords, real hashes."""

from __future__ import annotations

import asyncio
import re
import statistics
import time
from collections import Counter
from typing import Any

import psycopg
import pytest

from app.staff.credentials import _HASHER, _NOBODY
from tests.rigs.server import TaliaServer
from tests.rigs.staff import HttpStaff
from tests.staff.conftest import MakeStaff

PASSWORD = "correct horse battery"


async def join(boss: HttpStaff, nobody: HttpStaff, email: str, role: str = "seller") -> None:
    link = await boss.post("/staff/invitations", {"email": email, "role": role})
    await nobody.post("/staff/accept", {"token": link["token"], "password": PASSWORD, "name": "Eva"})


async def sign_in(nobody: HttpStaff, email: str, password: str = PASSWORD) -> Any:
    return await nobody.request("POST", "/staff/sign-in", json={"email": email, "password": password})


async def test_from_the_invitation_to_the_session_and_out(
    server: TaliaServer, make_staff: MakeStaff, nobody: HttpStaff
) -> None:
    await join(make_staff("admin"), nobody, "Eva@Example.com")
    answer = await sign_in(nobody, "eva@example.com")
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    body = answer.json()
    assert re.fullmatch(r"st_[A-Za-z0-9_-]{43}", body["token"])
    assert (body["user"]["name"], body["user"]["role"], body["user"]["site"]["slug"]) == (
        "Eva",
        "seller",
        "default",
    )
    async with HttpStaff(server.url, body["token"]) as eva:
        assert await eva.get("/staff/me") == body["user"]
        await eva.post("/staff/sign-out", status=204)
        assert (await eva.request("GET", "/staff/me")).json()["code"] == "staff.invalid_token"


async def test_wrong_and_unknown_look_the_same_and_take_as_long(
    make_staff: MakeStaff, nobody: HttpStaff, admin: psycopg.Connection[Any]
) -> None:
    await join(make_staff("admin"), nobody, "known@example.com")
    answers, times = {}, {}
    for email in ("known@example.com", "unknown@example.com"):
        took = []
        for _ in range(5):
            began = time.perf_counter()
            answer = await sign_in(nobody, email, "wrong password")
            took.append(time.perf_counter() - began)
        answers[email] = (answer.status_code, answer.json())
        times[email] = statistics.median(took)
    assert answers["known@example.com"] == answers["unknown@example.com"]
    assert answers["known@example.com"][0] == 401
    # Without the work for nobody the ratio is above five: the hash is all that an attempt costs.
    assert 0.4 < times["known@example.com"] / times["unknown@example.com"] < 2.5
    stored = admin.execute(
        "select email, password_hash from staff where email = 'known@example.com'"
    ).fetchone()
    assert stored is not None
    assert stored[1].startswith("$argon2id$")


async def test_too_many_tries_are_told_to_wait(nobody: HttpStaff) -> None:
    for _ in range(8):
        assert (await sign_in(nobody, "target@example.com", "x")).status_code == 401
    refused = await sign_in(nobody, "target@example.com", "x")
    assert (refused.status_code, refused.json()["code"]) == (429, "staff.throttled")
    assert int(refused.headers["retry-after"]) > 60


async def test_a_crowd_at_the_door_is_turned_away_before_it_costs_a_hash(
    nobody: HttpStaff, admin: psycopg.Connection[Any]
) -> None:
    admin.execute("delete from staff_throttle")
    answers = await asyncio.gather(*(sign_in(nobody, f"crowd-{n}@example.com") for n in range(40)))
    codes = Counter(answer.json()["code"] for answer in answers)
    assert set(codes) == {"staff.busy", "staff.wrong_credentials"}
    # A hash takes a tenth of a second: forty cannot trickle in so slowly that most of them find a place.
    assert codes["staff.busy"] > 20
    refused = next(a for a in answers if a.json()["code"] == "staff.busy")
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) <= 5
    # Turned away is not tried.
    tried = admin.execute("select sum(attempts) from staff_throttle where key ~ '^email:'").fetchone()
    assert tried == (codes["staff.wrong_credentials"],)


@pytest.mark.parametrize("token", [None, "", 0, True, [], "null", "sl_short"])
async def test_links_are_strict(nobody: HttpStaff, token: Any) -> None:
    answer = await nobody.request("POST", "/staff/accept", json={"token": token, "password": PASSWORD})
    assert answer.status_code == 422


async def test_a_reset_link_sets_a_password_once(make_staff: MakeStaff, nobody: HttpStaff) -> None:
    boss = make_staff("admin")
    await join(boss, nobody, "lost@example.com")
    everybody = (await boss.get("/staff"))["data"]
    lost = next(s["uuid"] for s in everybody if s["email"] == "lost@example.com")
    link = await boss.post(f"/staff/{lost}/reset-link")
    accept = {"token": link["token"], "password": "another password"}
    await nobody.post("/staff/accept", accept)
    assert (await nobody.request("POST", "/staff/accept", json=accept)).json()["code"] == "staff.link_invalid"
    assert (await sign_in(nobody, "lost@example.com", "another password")).status_code == 200
    assert (await sign_in(nobody, "lost@example.com")).status_code == 401


async def test_one_changes_ones_own_password(
    server: TaliaServer, make_staff: MakeStaff, nobody: HttpStaff
) -> None:
    await join(make_staff("admin"), nobody, "mine@example.com")
    async with HttpStaff(server.url, (await sign_in(nobody, "mine@example.com")).json()["token"]) as me:
        bad = await me.request(
            "POST", "/staff/me/password", json={"old_password": "x", "new_password": "y" * 10}
        )
        assert bad.json()["code"] == "staff.wrong_credentials"
        await me.post("/staff/me/password", {"old_password": PASSWORD, "new_password": "y" * 10}, status=204)
        assert (await me.get("/staff/me"))["email"] == "mine@example.com"


async def test_a_token_in_the_address_is_refused(make_staff: MakeStaff) -> None:
    seller = make_staff()
    token = seller.headers["Authorization"].split()[1]
    answer = await seller.request("GET", f"/staff/me?access_token={token}")
    assert (answer.status_code, answer.json()["code"]) == (422, "staff.token_in_url")


async def test_profile(make_staff: MakeStaff) -> None:
    seller = make_staff()
    body = {"name": "Ana", "languages": ["es", "pt"], "capacity": 2, "away": True}
    changed = await seller.post("/staff/me", body, method="PATCH")
    assert {k: changed[k] for k in body} == body
    assert (await seller.post("/staff/me", {"avatar": "https://x.example/a.png"}, method="PATCH"))[
        "name"
    ] == "Ana"
    assert (await seller.request("PATCH", "/staff/me", json={"avatar": "javascript:1"})).status_code == 422
    assert (await seller.request("PATCH", "/staff/me", json={"role": "admin"})).status_code == 422


async def test_another_sites_staff_does_not_exist_here(make_staff: MakeStaff) -> None:
    boss, foreign = make_staff("admin"), make_staff("admin", site="other")
    for method, path, body in (
        ("PATCH", f"/staff/{foreign.id}", {"role": "seller"}),
        ("POST", f"/staff/{foreign.id}/reset-link", {}),
    ):
        answer = await boss.request(method, path, json=body)
        assert (answer.status_code, answer.json()["code"]) == (404, "staff.not_found")
    assert foreign.id not in {s["uuid"] for s in (await boss.get("/staff"))["data"]}


def test_nobodys_hash_costs_what_everybodys_does() -> None:
    assert not _HASHER.check_needs_rehash(_NOBODY)


def test_a_subscriber_of_ipv6_has_one_address_here(server: TaliaServer) -> None:
    desk = server.app.state.staff_desk
    one, neighbour, mapped, plain = map(
        desk.address_hash, ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "::ffff:192.0.2.7", "192.0.2.7")
    )
    assert (one, mapped) == (neighbour, plain)
    assert desk.address_hash("2001:db8:1:3::1") != one != plain
