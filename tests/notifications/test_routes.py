"""Notifications over HTTP, in a running server: settings, browsers, mailed links, dead letters, the way out."""

from __future__ import annotations

import asyncio
import re
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from typer.testing import CliRunner

from app.cli import app
from app.notifications.sealing import OptOut
from tests.channels.conftest import quiet_settings
from tests.fakes.push import FakePush
from tests.fakes.smtp import FakeSmtp
from tests.notifications.conftest import posting
from tests.rigs.http_visitor import HttpVisitor
from tests.rigs.server import TaliaServer
from tests.rigs.staff import Hired, HttpStaff

Admin = psycopg.Connection[Any]
Hire = Callable[..., HttpStaff]


@pytest.fixture(scope="module")
def server(
    database: str, tmp_path_factory: pytest.TempPathFactory, smtp: FakeSmtp, push: FakePush
) -> Iterator[TaliaServer]:
    settings = quiet_settings(database, tmp_path_factory.mktemp("talia"), **posting(smtp))
    with TaliaServer(settings) as running:
        yield running


@pytest.fixture
async def hire(server: TaliaServer, database: str) -> AsyncIterator[Hired]:
    hired = Hired(server, database)
    yield hired
    await asyncio.gather(*(one.close() for one in hired.made))


def settings_body(**changes: Any) -> dict[str, Any]:
    return {"push": ["waiting"], "email": [], "quiet_from": "22:00", "quiet_to": "07:30"} | changes


async def test_settings_are_everybodys_own(hire: Hire) -> None:
    eva, luis = hire(), hire("admin")
    before = await eva.get("/notifications/settings")
    assert before == {
        "push": ["waiting", "assigned", "message"],
        "email": ["waiting", "assigned", "message"],
        "quiet_from": None,
        "quiet_to": None,
        "time_zone": "America/Santo_Domingo",
        "channels": ["email", "push"],
    }
    body = settings_body(time_zone="Europe/Madrid")
    changed = await eva.post("/notifications/settings", body, method="PUT")
    assert changed == {**body, "channels": ["email", "push"]}
    assert await eva.get("/notifications/settings") == changed
    assert await luis.get("/notifications/settings") == before


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"push": ["birthday"]}, "push.0"),
        ({"quiet_from": "25:00"}, "quiet_from"),
        ({"quiet_from": None}, "body"),
        ({"quiet_from": "07:30"}, "body"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"time_zone": "../etc/passwd"}, "time_zone"),
        ({"time_zone": "\u0000"}, "time_zone"),
        ({"email": None}, "email"),
        ({"volume": 11}, "volume"),
    ],
)
async def test_settings_that_make_no_sense_are_refused(hire: Hire, wrong: dict[str, Any], field: str) -> None:
    answer = await hire().request("PUT", "/notifications/settings", json=settings_body(**wrong))
    assert answer.status_code == 422, answer.text
    assert [e["field"] for e in answer.json()["errors"]] == [field]


async def test_a_browser_is_subscribed_and_taken_back(hire: Hire, push: FakePush, admin: Admin) -> None:
    eva, luis = hire(), hire()
    assert re.fullmatch(r"B[A-Za-z0-9_-]{86}", (await eva.get("/notifications/push-key"))["public_key"])
    browser = push.browser("http-one")
    made = await eva.post("/notifications/subscriptions", browser | {"label": "Chromium"}, status=201)
    again = await eva.post("/notifications/subscriptions", browser, status=201)
    assert (made["label"], again["id"]) == ("Chromium", made["id"])
    listed = await eva.get("/notifications/subscriptions")
    assert listed == {"data": [made]}
    assert browser["endpoint"] not in str(listed)
    theirs = await luis.request("DELETE", f"/notifications/subscriptions/{made['id']}")
    nobodys = await luis.request("DELETE", f"/notifications/subscriptions/{uuid.uuid4()}")
    assert (theirs.status_code, theirs.json()) == (404, nobodys.json())
    # Another person signs in with the same browser: it is theirs now.
    other = await luis.post("/notifications/subscriptions", browser, status=201)
    assert await eva.get("/notifications/subscriptions") == {"data": []}
    await luis.post(f"/notifications/subscriptions/{other['id']}", method="DELETE", status=204)
    assert await luis.get("/notifications/subscriptions") == {"data": []}
    acts = admin.execute("select action from audit_log where actor = %s order by id", [luis.id]).fetchall()
    assert [a for (a,) in acts] == ["push.subscribed", "push.unsubscribed"]


async def test_ten_browsers_each(hire: Hire, push: FakePush) -> None:
    eva = hire()
    made = [
        await eva.post("/notifications/subscriptions", push.browser(f"many-{n}"), status=201)
        for n in range(12)
    ]
    listed = (await eva.get("/notifications/subscriptions"))["data"]
    assert [one["id"] for one in listed] == [one["id"] for one in made[2:]]


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://evil.example/send/x",
        "http://169.254.169.254/latest/meta-data",
        "https://127.0.0.1.evil.example/x",
        "https://127.0.0.1@evil.example/x",
        "https://evil.example#127.0.0.1",
        "ftp://127.0.0.1/x",
        "https://127.0.0.1:99999/x",
        "https://[::1/x",
        "https://user:pw@127.0.0.1/x",
        "//127.0.0.1/xxxxx",
    ],
)
async def test_only_listed_push_services_are_spoken_to(hire: Hire, push: FakePush, endpoint: str) -> None:
    body = push.browser("nowhere") | {"endpoint": endpoint}
    answer = await hire().request("POST", "/notifications/subscriptions", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "push.endpoint_not_allowed")


@pytest.mark.parametrize(
    ("key", "value"),
    [("p256dh", "AAAA"), ("p256dh", "B" * 87), ("auth", "AAAA"), ("auth", "ñ"), ("p256dh", "A")],
)
async def test_keys_that_nothing_could_be_encrypted_with(
    hire: Hire, push: FakePush, key: str, value: str
) -> None:
    body = push.browser("broken")
    answer = await hire().request(
        "POST", "/notifications/subscriptions", json=body | {"keys": {**body["keys"], key: value}}
    )
    assert answer.status_code == 422, answer.text
    assert [e["field"] for e in answer.json()["errors"]] == [f"keys.{key}"]


async def test_from_the_visitors_wish_to_the_sellers_phone(
    hire: Hire, server: TaliaServer, push: FakePush
) -> None:
    eva = hire(name="Eva")
    await eva.post("/notifications/subscriptions", push.browser("phone"), status=201)
    key = (await eva.get("/notifications/push-key"))["public_key"]
    async with HttpVisitor(server.url) as visitor:
        await visitor.open()
        await visitor.say("Hola, soy Ana y quiero una persona: ana@example.com")
        await visitor.request("POST", "/handoff", json={})
        while (pushed := await asyncio.to_thread(push.next)).browser != "phone":
            pass
    assert pushed.claims(key)["aud"] == push.url
    assert pushed.payload["event"] == "waiting"
    assert "ana@example.com" not in str(pushed.payload)


async def test_invitations_and_password_links_go_out_by_mail(
    hire: Hire, server: TaliaServer, smtp: FakeSmtp, admin: Admin
) -> None:
    boss = hire("admin")
    email = f"{uuid.uuid4().hex}@example.com"
    made = await boss.post("/staff/invitations", {"email": email, "role": "seller", "name": "Luz Mar"})
    assert (made["token"], made["email"], made["emailed"]) == (None, email, True)
    mail = await _mail_to(smtp, email)
    assert mail.message["subject"] == "Te invitaron al chat de TalIA Motors"
    assert "Hola, Luz:" in mail.text
    token = _token(mail.text)
    stored = admin.execute("select string_agg(d::text, ' ') from deliveries d").fetchone()
    assert stored is not None
    assert token not in stored[0]
    async with httpx.AsyncClient(base_url=server.url, timeout=30) as nobody:
        body = {"token": token, "password": "a good password"}
        accepted = await nobody.post("/api/v1/staff/accept", json=body)
        assert accepted.json() == {"email": email}
    (staff,) = [s for s in (await boss.get("/staff"))["data"] if s["email"] == email]
    assert (await boss.post(f"/staff/{staff['uuid']}/reset-link", status=201))["token"] is None
    reset = await _mail_to(smtp, email)
    assert reset.message["subject"] == "Nueva contraseña para el chat de TalIA Motors"
    assert _token(reset.text) != token
    assert _token(reset.text) in reset.html


async def _mail_to(smtp: FakeSmtp, email: str) -> Any:
    while (mail := await asyncio.to_thread(smtp.next)).recipients != [email]:
        pass
    return mail


def _token(text: str) -> str:
    (token,) = re.findall(r"https://chat\.example\.com/console/accept#(sl_[\w-]{43})$", text, re.MULTILINE)
    return str(token)


async def test_dead_letters_are_an_admins_and_of_one_site(
    hire: Hire, server: TaliaServer, admin: Admin
) -> None:
    boss = hire("admin")
    server.call(
        server.services.wiring.rpc.call("ensure_site", slug="else", name="Else", public_key="pk_else")
    )
    rows = admin.execute(
        "insert into deliveries (site_id, channel, kind, lane, state, failure, attempts)"
        " select id, 'email', 'inbox', slug, 'dead', 'smtp.550', 1 from sites where slug in ('default', 'else')"
        " returning lane, id::text"
    ).fetchall()
    ids = dict(rows)
    listed = (await boss.get("/notifications/dead-letters"))["data"]
    assert ids["default"] in {letter["id"] for letter in listed}
    assert ids["else"] not in {letter["id"] for letter in listed}
    foreign = await boss.request("POST", f"/notifications/dead-letters/{ids['else']}/replay")
    unknown = await boss.request("POST", f"/notifications/dead-letters/{uuid.uuid4()}/replay")
    assert (foreign.status_code, foreign.json()) == (404, unknown.json())
    await boss.post(f"/notifications/dead-letters/{ids['default']}/replay", status=204)
    again = await boss.request("POST", f"/notifications/dead-letters/{ids['default']}/replay")
    assert again.status_code == 404, "it is dead no more"


async def test_looking_at_the_way_out_changes_nothing(server: TaliaServer, admin: Admin) -> None:
    async with HttpVisitor(server.url) as visitor:
        version = (await visitor.open())["site"]["consents"]["version"]
        consent = {"purpose": "contact", "granted": True, "text_version": version, "locale": "es"}
        form = {"name": "Ana", "email": "ana@example.com", "consents": [consent]}
        left = await visitor.request("POST", "/contact", json=form)
        assert left.is_success, left.text
    contact, site_id = admin.execute(
        "select id, site_id from contactos where email = 'ana@example.com' order by creado_en desc limit 1"
    ).fetchall()[0]
    link = OptOut(str(site_id), str(contact)).token(server.app.state.postman.secret)

    def out() -> bool:
        row = admin.execute(
            "select mail_opt_out_at is not null from contactos where id = %s", [contact]
        ).fetchone()
        assert row is not None
        return bool(row[0])

    async with httpx.AsyncClient(base_url=server.url, timeout=30) as browser:
        page = await browser.get(f"/mail/opt-out/{link}")
        assert page.status_code == 200
        assert '<form method="post">' in page.text
        assert page.headers["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
        assert not out()
        one_click = {"List-Unsubscribe": "One-Click"}
        done = await browser.post(f"/mail/opt-out/{link}", data=one_click)
        assert done.status_code == 200, done.text
        assert "No te escribiremos más" in done.text
        assert out()
        assert (await browser.post(f"/mail/opt-out/{link}")).status_code == 200
        for wrong in (link[:-1], "mo_" + "A" * 64, "x"):
            assert (await browser.post(f"/mail/opt-out/{wrong}")).json()["code"] == "mail.unknown_link"
    acts = admin.execute("select action from audit_log where subject = %s", [str(contact)]).fetchall()
    assert acts == [("mail.opted_out",)]


def test_the_operators_view(
    server: TaliaServer, database: str, admin: Admin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TALIA_DATABASE_URL", database)
    monkeypatch.setenv("TALIA_DATA_DIR", str(tmp_path))
    admin.execute("delete from deliveries")
    (letter,) = admin.execute(
        "insert into deliveries (site_id, channel, kind, lane, state, failure, attempts)"
        " select id, 'email', 'inbox', 'cli', 'dead', 'smtp.550', 1 from sites where slug = 'default' returning id"
    ).fetchall()[0]
    runner = CliRunner()
    listed = runner.invoke(app, ["outbox", "list"])
    assert f"{letter}\t" in listed.output, listed.output
    assert "email/inbox\t1 attempts\tsmtp.550" in listed.output
    for wrong in (
        ["outbox", "replay", "x"],
        ["outbox", "replay", str(uuid.uuid4())],
        ["outbox", "list", "--site", "no"],
    ):
        assert type(runner.invoke(app, wrong).exception).__name__ == "ConfigurationError"
    assert "1 will be tried again" in runner.invoke(app, ["outbox", "replay", str(letter)]).output
    key = runner.invoke(app, ["vapid"]).output
    assert re.fullmatch(r"B[A-Za-z0-9_-]{86}\n", key)
    assert runner.invoke(app, ["vapid"]).output == key
    private = runner.invoke(app, ["vapid", "--new"]).output.strip()
    monkeypatch.setenv("TALIA_VAPID_PRIVATE_KEY", private)
    assert runner.invoke(app, ["vapid"]).output not in (key, private)
