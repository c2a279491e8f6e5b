"""POST /identify and /track over HTTP: what the site vouches for, what a page merely says, and what is refused."""

from __future__ import annotations

import time
from typing import Any

import jwt

from tests.channels.conftest import Look, MakeVisitor
from tests.rigs.server import TaliaServer

SECRET = "0123456789abcdef0123456789abcdef"


def signed(subject: str, **claims: Any) -> str:
    return jwt.encode({"sub": subject, "exp": int(time.time()) + 600, **claims}, SECRET)


async def test_a_signed_visitor_and_their_second_device(
    guided: TaliaServer, make_visitor: MakeVisitor, look: Look
) -> None:
    look("select set_site_secret('default', 'identity', %s)", SECRET)
    phone, laptop = make_visitor(guided), make_visitor(guided)
    await phone.open()
    first = await phone.request(
        "POST", "/identify", json={"token": signed("u-1", email="ANA@example.com", phone="nope")}
    )
    assert first.status_code == 200
    assert first.json()["identity"] == "verified"
    assert first.json()["token"] is None
    await phone.say("Hola")
    # Without any session, too.
    second = await laptop.request("POST", "/identify", json={"token": signed("u-1")})
    laptop.session_id, laptop.token = second.json()["session_id"], second.json()["token"]
    assert (await laptop.history())["data"][0]["context"]["text"] == "Hola"
    assert look("select email, telefono, subject from contactos") == [
        {"email": "ana@example.com", "telefono": None, "subject": "u-1"}
    ]


async def test_what_stands_beside_a_signed_token_is_not_believed(
    guided: TaliaServer, make_visitor: MakeVisitor, look: Look
) -> None:
    look("select set_site_secret('default', 'identity', %s)", SECRET)
    visitor = make_visitor(guided)
    await visitor.open()
    body = {"token": signed("u-1", name="Ana"), "user": {"name": "Mallory", "email": "mallory@example.com"}}
    assert (await visitor.request("POST", "/identify", json=body)).status_code == 200
    assert look("select nombre_completo, email from contactos") == [{"nombre_completo": "Ana", "email": None}]


async def test_refusals_say_why_and_write_nothing(
    guided: TaliaServer, make_visitor: MakeVisitor, look: Look
) -> None:
    visitor = make_visitor(guided)
    unset = await visitor.request("POST", "/identify", json={"token": signed("u-1")})
    assert (unset.status_code, unset.json()["code"]) == (409, "identity.not_configured")
    look("select set_site_secret('default', 'identity', %s)", SECRET)
    forged = jwt.encode({"sub": "u-1", "exp": int(time.time()) + 600}, "x" * 32)
    refused = await visitor.request("POST", "/identify", json={"token": forged})
    assert (refused.status_code, refused.json()["code"]) == (403, "identity.token_invalid")
    assert forged not in refused.text
    for body in ({"token": 7}, {"token": ""}, {"user": {"is_admin": True}}, {"user": []}):
        assert (await visitor.request("POST", "/identify", json=body)).status_code == 422
    assert look("select count(*) as n from contactos") == [{"n": 0}]


async def test_the_visit_is_noted_within_limits(
    guided: TaliaServer, make_visitor: MakeVisitor, look: Look
) -> None:
    visitor = make_visitor(guided)
    assert (await visitor.request("POST", "/track", json={"event": "x"})).status_code == 401
    await visitor.open()
    for body in (
        {},
        {"event": "a b"},
        {"event": "x", "properties": {"deep": {"er": 1}}},
        {"attributes": {"x" * 200: 1}},
    ):
        assert (await visitor.request("POST", "/track", json=body)).status_code == 422
    assert (
        await visitor.request("POST", "/track", json={"event": "viewed", "properties": {"n": 1}})
    ).status_code == 204
    assert (await visitor.request("POST", "/track", json={"attributes": {"plan": "oro"}})).status_code == 204
    (kept,) = look("select datos -> 'attributes' as a, datos -> 'events' as e from webchat_sessions")
    assert kept["a"] == {"plan": "oro"}
    assert [(e["name"], e["properties"]) for e in kept["e"]] == [("viewed", {"n": 1})]


async def test_the_first_touch_stays_and_the_last_one_follows(
    guided: TaliaServer, make_visitor: MakeVisitor, look: Look
) -> None:
    visitor = make_visitor(guided)
    landing = {"url": "https://shop.example/?utm_source=uno", "referrer": "https://search.example/"}
    await visitor.open(page={"url": "https://shop.example/deep", "title": "Deep", "landing": landing})
    await visitor.say("Hola")
    await visitor.open(page={"url": "https://shop.example/again?utm_source=dos"})
    (row,) = look("select first_touch, last_touch from contactos")
    assert row["first_touch"]["utm_source"] == "uno"
    assert row["first_touch"]["referrer"] == "https://search.example/"
    assert row["last_touch"]["utm_source"] == "dos"


async def test_a_returning_visitor_is_told_what_is_known_so_that_nothing_is_asked_twice(
    guided: TaliaServer, make_visitor: MakeVisitor
) -> None:
    visitor = make_visitor(guided)
    opened = await visitor.open()
    assert opened["contact"] is None
    version = opened["site"]["consents"]["version"]
    consent = {"purpose": "contact", "granted": True, "text_version": version, "locale": "es"}
    body = {"name": "Ana", "email": "ana@example.com", "consents": [consent]}
    assert (await visitor.request("POST", "/contact", json=body)).status_code == 200
    assert (await visitor.open())["contact"] == {
        "name": "Ana", "email": "ana@example.com", "phone": None, "identity": "claimed", "consents": ["contact"],
    }  # fmt: skip


async def test_what_a_page_tells_about_a_visit_has_an_end(
    guided: TaliaServer, make_visitor: MakeVisitor
) -> None:
    visitor = make_visitor(guided)
    await visitor.open()

    async def told(**body: Any) -> Any:
        answer = await visitor.request("POST", "/track", json=body)
        return answer.json()["code"] if answer.content else None

    some, more = ({f"{which}{n}": "x" for n in range(25)} for which in "ab")
    assert await told(attributes=some) is None
    assert await told(attributes=more) is None
    assert await told(attributes={"c": "x"}) == "visit.too_many_attributes"
    assert await told(attributes={"c": "x", "a0": None}) is None
    assert await told(event="e", properties={f"p{n}": "x" * 500 for n in range(8)}) == "validation"
