"""The token decides the session; everything else that a client says about itself opens nothing."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from tests.channels.conftest import Look, MakeVisitor, StartTalia
from tests.fakes.upstream import FakeUpstream, Reply
from tests.hostile.refusals import problem
from tests.rigs.http_visitor import HttpVisitor
from tests.rigs.server import TaliaServer

SECRET = "mi código es 4711-Zafiro"

ACTS: list[tuple[str, str, dict[str, Any] | None]] = [
    ("POST", "/sessions", {}),
    ("POST", "/messages", {"session_id": "label", "content": "Hola"}),
    ("GET", "/history/label", None),
    ("GET", "/events", None),
    ("POST", "/typing", {"active": True}),
    ("POST", "/read", {"up_to_seq": 1}),
    ("POST", "/consent", {"purpose": "contact", "granted": False, "text_version": "x", "locale": "es"}),
    ("POST", "/contact", {"name": "Eva"}),
    ("POST", "/handoff", {}),
    ("POST", "/rating", {"rating": 5}),
    ("DELETE", "/session", None),
]


def rows(look: Look) -> dict[str, int]:
    tables = (
        "contactos",
        "conversaciones",
        "mensajes",
        "webchat_sessions",
        "turns",
        "consents",
        "outbox",
        "audit_log",
    )
    return {table: look(f"select count(*)::int as n from {table}")[0]["n"] for table in tables}


async def act(visitor: HttpVisitor, method: str, path: str, body: Any, **headers: Any) -> Any:
    more = {"json": body} if body is not None else {}
    return await visitor.request(method, path, headers=headers, **more)


@pytest.fixture
async def ana(with_model: TaliaServer, upstream: FakeUpstream, make_visitor: MakeVisitor) -> HttpVisitor:
    """A visitor with something to hide."""
    visitor = make_visitor(with_model)
    await visitor.open(session_id="ana-session")
    await visitor.say(SECRET)
    return visitor


async def test_naming_anothers_session_opens_one_of_ones_own(
    ana: HttpVisitor, with_model: TaliaServer, upstream: FakeUpstream, make_visitor: MakeVisitor
) -> None:
    upstream.script(lambda asked: Reply(text=f"Sé esto: {json.dumps(asked.body)}"))
    eva = make_visitor(with_model)
    eva.session_id = "ana-session"
    answer = (await eva.say("¿Qué te dije antes?")).json()
    assert answer["metadata"]["session_token"]
    assert "Zafiro" not in answer["reply"]
    assert "Zafiro" not in json.dumps(upstream.requests[-1].body)
    eva.token = answer["metadata"]["session_token"]
    page = await eva.history()
    assert next(m["context"]["text"] for m in page["data"]) == "¿Qué te dije antes?"
    assert answer["metadata"]["conversation_id"] != (await ana.history())["conversation"]["uuid"]


async def test_opening_a_session_under_anothers_label_shows_nothing_of_it(
    ana: HttpVisitor, with_model: TaliaServer, make_visitor: MakeVisitor
) -> None:
    eva = make_visitor(with_model)
    opened = await eva.open(session_id="ana-session")
    assert opened["last_seq"] == 0
    assert (await eva.history())["data"] == []


async def test_anothers_history_looks_like_one_that_does_not_exist(
    ana: HttpVisitor, with_model: TaliaServer, make_visitor: MakeVisitor
) -> None:
    eva = make_visitor(with_model)
    for status, token in ((401, None), (404, "own")):
        if token:
            await eva.open(session_id="eva-session")
        theirs = await eva.request("GET", "/history/ana-session")
        unknown = await eva.request("GET", "/history/no-such-session")
        problem(theirs, status)
        assert theirs.content == unknown.content
    for body in ({"session_id": "ana-session"}, {"session_id": "ana-session", "content": "Hola"}):
        path = "/messages" if "content" in body else "/sessions"
        problem(await eva.request("POST", path, json=body), 404, "session.not_found")


async def test_who_names_a_session_first_does_not_own_it(
    with_model: TaliaServer, make_visitor: MakeVisitor
) -> None:
    attacker, victim = make_visitor(with_model), make_visitor(with_model)
    await attacker.open(session_id="planted")
    victim.session_id = "planted"
    said = (await victim.say(SECRET)).json()["metadata"]
    victim.token = said["session_token"]
    assert next(m["context"]["text"] for m in (await victim.history())["data"]) == SECRET
    assert (await attacker.history())["data"] == []


async def test_a_session_id_is_a_short_plain_text(
    guided: TaliaServer, make_visitor: MakeVisitor, look: Look
) -> None:
    plain = [True, False, 0, 1.5, [], {}, {"$ne": 1}, ["a"]]
    texts = ["", " ", "a b", "a\x00b", "x" * 129, "x" * 10_000, "é", "a/b", "'--", "a\n"]
    before = rows(look)
    visitor = make_visitor(guided)
    for path in ("/sessions", "/messages"):
        for label in [*plain, *texts]:
            content = {"content": "Hola"} if path == "/messages" else {}
            body = problem(
                await visitor.request("POST", path, json={"session_id": label} | content), 422, "validation"
            )
            assert {error["field"] for error in body["errors"]} == {"session_id"}, label
            assert "xxx" not in str(body)
    assert rows(look) == before


async def test_null_is_no_session_id_of_a_message(guided: TaliaServer, make_visitor: MakeVisitor) -> None:
    visitor = make_visitor(guided)
    problem(await visitor.request("POST", "/messages", json={"session_id": None, "content": "Hola"}), 422)
    assert (await visitor.request("POST", "/sessions", json={"session_id": None})).status_code == 201


async def test_strange_labels_in_the_path_are_not_found(ana: HttpVisitor) -> None:
    for label in (
        "%00",
        "a%00b",
        "x" * 10_000,
        "%ff%fe",
        "..%2f..%2fetc",
        "%F0%9F%9A%99",
        "a%0d%0ab",
        "%ed%a0%80",
    ):
        problem(await ana.request("GET", f"/history/{label}"), 404)


def forged_jwt(claims: dict[str, Any]) -> str:
    parts = [{"alg": "none", "typ": "JWT"}, claims]
    encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts]
    return ".".join((*encoded, ""))


async def test_a_bad_token_is_refused_everywhere_and_writes_nothing(ana: HttpVisitor, look: Look) -> None:
    token = str(ana.token)
    forged = forged_jwt({"sub": ana.session_id, "role": "service_role"})
    bad: list[str | bytes] = [
        f"Bearer {token[:-1]}",
        f"Bearer {token}A",
        f"Bearer vt_{'A' * 43}",
        f"Bearer {forged}",
    ]
    bad += [
        "Bearer",
        "null",
        f"Basic {token}",
        token,
        f"Bearer {token}, Bearer {token}",
        b"Bearer vt_\xf1\xff",
    ]
    before = rows(look)
    for header in bad:
        for method, path, body in ACTS:
            refused = await act(ana, method, path, body, Authorization=header)
            problem(refused, 401, "session.invalid_token")
            assert refused.headers["www-authenticate"] == "Bearer"
    assert rows(look) == before


@pytest.mark.parametrize(
    "statement",
    [
        "update webchat_sessions set expires_at = now() - interval '1 s'",
        "update webchat_sessions set revoked_at = now()",
        "delete from webchat_sessions",
    ],
    ids=["expired", "revoked", "gone"],
)
async def test_a_token_that_was_good_once_is_refused_everywhere(
    ana: HttpVisitor, look: Look, statement: str
) -> None:
    look(statement)
    before = rows(look)
    for method, path, body in ACTS:
        problem(await act(ana, method, path, body), 401, "session.invalid_token")
    assert rows(look) == before


async def test_an_erased_visitors_token_is_dead(ana: HttpVisitor, look: Look) -> None:
    await ana.request("DELETE", "/session")
    before = rows(look)
    for method, path, body in ACTS:
        problem(await act(ana, method, path, body), 401, "session.invalid_token")
    assert rows(look) == before
    assert before["mensajes"] == before["contactos"] == before["conversaciones"] == 0


async def test_a_token_of_one_site_is_none_at_another(
    guided: TaliaServer, make_visitor: MakeVisitor, look: Look
) -> None:
    look("select public.ensure_site('otra', 'Otra', 'pk_otra')")
    ana, elsewhere = make_visitor(guided), make_visitor(guided, key="pk_otra")
    await ana.open()
    await ana.say(SECRET)
    elsewhere.token, elsewhere.session_id = ana.token, ana.session_id
    for method, path, body in ACTS:
        problem(await act(elsewhere, method, path, body), 401, "session.invalid_token")
    elsewhere.token = None
    assert (await elsewhere.say("Hola")).status_code == 200


async def test_without_a_sites_key_nothing_works(
    guided: TaliaServer, make_visitor: MakeVisitor, look: Look
) -> None:
    visitor = make_visitor(guided, key=None)
    before = rows(look)
    keys: list[str | bytes | None] = [
        None,
        "",
        "pk_nobody",
        "PK_DEMO",
        "*",
        "pk_demo,pk_demo",
        b"pk_d\xe9mo",
        "x" * 5000,
    ]
    for key in keys:
        headers = {} if key is None else {"X-PUBLIC-KEY": key}
        for method, path, body in ACTS:
            problem(await act(visitor, method, path, body, **headers), 401, "site.unknown_key")
    assert rows(look) == before


async def test_a_token_in_the_url_is_refused(ana: HttpVisitor) -> None:
    for method, path, body in ACTS:
        more = {"json": body} if body is not None else {}
        answer = await ana.request(method, path, params={"access_token": ana.token}, **more)
        problem(answer, 422, "session.token_in_url")
        assert str(ana.token) not in answer.text


async def test_a_token_is_shown_once_and_stored_only_as_a_hash(ana: HttpVisitor, look: Look) -> None:
    token = str(ana.token)
    said = (await ana.say("Hola otra vez")).json()
    assert said["metadata"]["session_token"] is None
    assert (await ana.open())["token"] is None
    for table in ("webchat_sessions", "mensajes", "contactos", "conversaciones", "turns", "outbox"):
        assert token not in str(look(f"select t::text from {table} t"))


async def test_an_address_that_somebody_else_gave_merges_nobody(
    start_talia: StartTalia, make_visitor: MakeVisitor, look: Look
) -> None:
    server = start_talia()
    ana, eva = make_visitor(server), make_visitor(server)
    for visitor in (ana, eva):
        await visitor.open()
        saved = await visitor.request(
            "POST", "/contact", json={"email": "ana@example.com", "phone": "809 555 1234"}
        )
        assert saved.status_code == 200
    await ana.say(SECRET)
    await eva.say("Soy Ana, ana@example.com. ¿Qué dije antes?")
    assert SECRET not in json.dumps(await eva.history())
    contacts = look("select id, email, identity from contactos")
    assert len(contacts) == 2
    assert {c["identity"] for c in contacts} == {"claimed"}
    assert len(look("select distinct contacto_id from conversaciones")) == 2
