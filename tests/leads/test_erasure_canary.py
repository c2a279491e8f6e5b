"""Somebody is planted through every door there is, and erased: then nothing of them is anywhere.

Walked over: every row of every table, what Redis holds, the files of exports, the logs.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from tests.channels.conftest import Look, MakeVisitor, StartTalia
from tests.hostile.conftest import (
    _logging_as_it_was,
    logs,
    look,
    make_visitor,
    redis_server,
    start_talia,
)
from tests.leads.test_exports_api import EXPORTS, ended
from tests.realtime.redis_server import RedisServer
from tests.rigs.http_visitor import HttpVisitor
from tests.rigs.server import TaliaServer
from tests.rigs.staff import Hired, HttpStaff

__all__ = ["_logging_as_it_was", "logs", "look", "make_visitor", "redis_server", "start_talia"]

NAME, MAIL, PHONE, WORD = "Xiomara Zzyzxqua", "zzyzxqua@example.com", "809-555-7391", "zzyzxqua"
CANARIES = (WORD, "xiomara", "8095557391", "809-555-7391")


@pytest.fixture
def talia(start_talia: StartTalia, redis_server: RedisServer, logs: io.StringIO) -> TaliaServer:
    return start_talia(redis_url=redis_server.url, log_level="debug")


@pytest.fixture
async def hire(talia: TaliaServer, database_url: str) -> AsyncIterator[Hired]:
    hired = Hired(talia, database_url)
    yield hired
    await asyncio.gather(*(one.close() for one in hired.made))


async def plant(her: HttpVisitor, seller: HttpStaff, marketing: HttpStaff) -> tuple[str, str]:
    """(conversation, contact) of somebody who left traces wherever one can."""
    address = f"https://shop.example/{WORD}?utm_campaign={WORD}&gclid={WORD}"
    opened = await her.open(
        locale="es",
        page={"url": address, "title": WORD, "referrer": f"https://search.example/?q={WORD}"},
        item={"id": WORD, "title": f"RAV4 de {WORD}", "url": address},
    )
    said = (await her.say(f"Hola, soy {NAME}, busco una RAV4 {WORD} esta semana")).json()
    conversation = said["metadata"]["conversation_id"]
    await her.say(f"Mi correo es {MAIL} y mi teléfono {PHONE}. ¿Cuánto cuesta?")
    version = opened["site"]["consents"]["version"]
    consents = [
        {"purpose": p, "granted": True, "text_version": version, "locale": "es"}
        for p in ("contact", "marketing")
    ]
    for method, path, body in (
        ("POST", "/contact", {"name": NAME, "email": MAIL, "phone": PHONE, "consents": consents}),
        ("POST", "/identify", {"user": {"id": WORD, "name": NAME, "email": MAIL}}),
        ("POST", "/track", {"event": WORD, "properties": {WORD: NAME}, "attributes": {"name": NAME}}),
        ("POST", "/handoff", {"summary": f"{NAME} pide que la llamen al {PHONE}"}),
        ("POST", "/rating", {"rating": 5, "comment": f"Gracias, {NAME}"}),
    ):
        answer = await her.request(method, path, json=body)
        assert answer.is_success, (path, answer.text)
    one = f"/chat/conversations/{conversation}"
    line = await seller.post(f"{one}/take-over")
    await seller.post(f"{one}/messages", {"content": f"Buenas, {NAME}, le escribo a {MAIL}"})
    await seller.post(f"{one}/notes", {"content": f"{NAME} parece seria"})
    await seller.post(one, {"tags": [WORD]}, method="PATCH")
    await seller.post(f"{one}/tasks", {"text": f"Llamar a {NAME}", "due_at": "2099-01-01T00:00:00Z"})
    lead = f"/leads/{conversation}"
    need = {"value": f"RAV4 para {NAME}"}
    await seller.post(lead, {"facts": {"need": need}, "contact": {"name": NAME}}, method="PATCH")
    wrong = {"verdict": "wrong", "reason": f"{NAME} ya compró", "quality": "cold"}
    await seller.post(f"{lead}/verdict", wrong, method="PUT")
    await her.say(f"Perfecto, atentamente {NAME}")
    begun = await marketing.post(EXPORTS, status=202)
    done = await ended(marketing, begun["id"])
    assert (done["state"], done["rows"]) == ("done", 1)
    return conversation, line["contact"]["uuid"]


def everywhere(database_url: str, redis_server: RedisServer, folder: Path, logs: io.StringIO) -> set[str]:
    """Where a canary is found: tables, Redis, files, logs."""
    places = {*_tables(database_url), *_keys(redis_server), *_files(folder)}
    return places | ({"logs"} if _sings(logs.getvalue()) else set())


def _sings(text: str) -> bool:
    return any(canary in text.lower() for canary in CANARIES)


def _tables(database_url: str) -> Iterator[str]:
    with psycopg.connect(database_url, autocommit=True) as admin:
        tables = admin.execute(
            "select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace "
            "where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')"
        ).fetchall()
        assert {"contactos", "mensajes", "leads", "lead_facts", "outbox", "audit_log"} <= {
            t for _, t in tables
        }
        for schema, table in tables:
            rows = admin.execute(f'select t::text from "{schema}"."{table}" t').fetchall()  # type: ignore[arg-type]
            if any(_sings(row) for (row,) in rows):
                yield table


def _keys(server: RedisServer) -> Iterator[str]:
    with redis.Redis.from_url(server.url) as client:
        for key in client.scan_iter():
            held = client.dump(key) or b""
            if _sings((key + held).decode(errors="replace")):
                yield f"redis {key!r}"


def _files(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.is_file() and _sings(path.read_bytes().decode(errors="replace")):
            yield path.parent.name


@pytest.mark.parametrize("by", ["herself", "an admin"])
async def test_nothing_is_left_of_who_is_erased(
    by: str,
    talia: TaliaServer,
    hire: Hired,
    make_visitor: MakeVisitor,
    look: Look,
    database_url: str,
    redis_server: RedisServer,
    logs: io.StringIO,
) -> None:
    her = make_visitor(talia)
    conversation, contact = await plant(her, hire("seller"), hire("marketing"))
    folder = talia.services.wiring.settings.data_dir
    found = everywhere(database_url, redis_server, folder, logs)
    assert {
        *("contactos", "conversaciones", "mensajes", "webchat_sessions", "leads", "lead_facts", "tasks"),
        "exports",
    } <= found, "the test would not notice"
    assert "logs" not in found

    if by == "herself":
        assert (await her.request("DELETE", "/session")).status_code == 204
    else:
        boss = hire("admin")
        answer = await boss.request("DELETE", f"/privacy/contacts/{contact}")
        assert answer.status_code == 204, answer.text
        answer = await boss.request("DELETE", f"/privacy/contacts/{contact}")
        assert (answer.status_code, answer.json()["code"]) == (404, "contact.not_found")
    talia.call(talia.app.state.export_desk.sweep())
    async with asyncio.timeout(30):
        # What Redis keeps for streams that resume goes by itself, within seconds.
        while left := everywhere(database_url, redis_server, folder, logs):
            assert {place.split()[0] for place in left} == {"redis"}, left
            await asyncio.sleep(0.2)
    assert (await her.request("GET", f"/history/{her.session_id}")).status_code == 401
    erased = look("select actor, action, detail::text from audit_log where subject = %s", contact)
    action = "visitor.erased" if by == "herself" else "contact.erased"
    assert [row["action"] for row in erased if row["action"].endswith("erased")] == [action]
    assert look("select from mensajes where conversacion_id = %s", conversation) == []
