"""registrar_mensaje_webchat and the functions that read and act on what it stored, on both transports."""

from __future__ import annotations

import asyncio
import secrets
from typing import Any

import psycopg
import pytest

from app.conversations import store
from app.db.rpc import Rpc
from app.errors import AppError, Conflict, Forbidden, NotFound, Unauthorized
from tests.conftest import MakeSite
from tests.rigs.visitors import SqlVisitor


async def test_the_first_message_makes_everything_in_one_call(rpc: Rpc, site: MakeSite) -> None:
    visitor = SqlVisitor(rpc, (await site())["id"])
    said = await visitor.say(
        "Hola", metadata={"ip": "192.0.2.1", "item": {"type": "Vehicle", "title": "Corolla"}}
    )

    assert said.session_created
    assert said.message["seq"] == 1
    assert said.message["author"] == "visitor"
    assert said.message["context"] == {"type": "text", "text": "Hola"}
    assert said.turn is not None
    assert [m.text for m in said.turn.history] == ["Hola"]
    assert said.turn.item == {"type": "Vehicle", "title": "Corolla"}
    assert said.turn.contact.consents == frozenset()
    page = await visitor.history()
    assert page.conversation is not None
    assert page.conversation["last_message_text"] == "Hola"
    assert page.conversation["taggable_info"]["title"] == "Corolla"
    assert page.conversation["awaiting_reply"]


async def test_the_rows_have_the_names_that_were_asked_for(
    rpc: Rpc, site: MakeSite, admin: psycopg.Connection[Any]
) -> None:
    visitor = SqlVisitor(rpc, (await site())["id"])
    said = await visitor.say("Hola", metadata={"ip": "192.0.2.1", "user_agent": "Firefox"})
    row = admin.execute(
        "select direccion, tipo_contenido, texto, datos, estado, creado_en from mensajes where id = %s",
        [said.message["message_id"]],
    ).fetchone()
    assert row is not None
    assert row[:3] == ("entrante", "text", "Hola")
    assert row[3]["session_id"] == said.session["session_id"]
    assert row[3]["author"] == "visitor"
    assert (row[3]["locale"], row[3]["ip"], row[3]["user_agent"]) == ("es", "192.0.2.1", "Firefox")
    contact = admin.execute(
        "select origen, contacto_datos ->> 'session_id' from contactos where id = %s",
        [said.session["contact_id"]],
    ).fetchone()
    assert contact == ("webchat", said.session["session_id"])


async def test_the_same_message_again_gives_the_first_result(rpc: Rpc, site: MakeSite) -> None:
    visitor = SqlVisitor(rpc, (await site())["id"])
    first = await visitor.say("Hola", message_id="m1")
    again = await visitor.say("Hola", message_id="m1")
    assert again.duplicate
    assert again.message == first.message
    assert again.turn is None
    assert again.awaiting_reply


async def test_the_first_call_repeated_whole_makes_one_session(rpc: Rpc, site: MakeSite) -> None:
    visitor = SqlVisitor(rpc, (await site())["id"])
    first = await visitor.say("Hola", message_id="m1", token_hash=None)
    again = await visitor.say("Hola", message_id="m1", token_hash=None)
    assert again.message["message_id"] == first.message["message_id"]


async def test_the_same_id_with_another_text_is_refused(rpc: Rpc, site: MakeSite) -> None:
    visitor = SqlVisitor(rpc, (await site())["id"])
    await visitor.say("Hola", message_id="m1")
    with pytest.raises(Conflict) as refused:
        await visitor.say("Adiós", message_id="m1")
    assert refused.value.code == "message.id_reused"
    assert (await visitor.history()).last_seq == 1


async def test_fifty_times_at_once_is_one_message_and_one_turn(
    rpc: Rpc, site: MakeSite, admin: psycopg.Connection[Any]
) -> None:
    visitor = SqlVisitor(rpc, (await site())["id"])
    await visitor.say("Hola")
    results = await asyncio.gather(*(visitor.say("¿Precio?", message_id="dup") for _ in range(50)))
    assert len({r.message["message_id"] for r in results}) == 1
    assert sum(not r.duplicate for r in results) == 1
    assert admin.execute("select count(*) from turns where site_id = %s", [visitor.site_id]).fetchone() == (
        1,
    )


async def test_the_very_first_message_at_once_is_one_too(rpc: Rpc, site: MakeSite) -> None:
    """There is no conversation yet whose lock could put them in a row."""
    here = (await site())["id"]
    for _ in range(15):
        visitor = SqlVisitor(rpc, here)
        await store.open_session(rpc, site=here, new_token_hash=visitor.token_hash)
        visitor.known = True
        results = await asyncio.gather(*(visitor.say("Hola", message_id="m1") for _ in range(10)))
        assert {r.message["seq"] for r in results} == {1}
        assert sum(not r.duplicate for r in results) == 1


async def test_concurrent_messages_are_numbered_without_holes(rpc: Rpc, site: MakeSite) -> None:
    visitor = SqlVisitor(rpc, (await site())["id"])
    await visitor.say("0")
    results = await asyncio.gather(*(visitor.say(str(n)) for n in range(1, 40)))
    assert sorted(r.message["seq"] for r in results) == list(range(2, 41))
    assert [m["seq"] for m in (await visitor.history()).messages] == list(range(1, 41))


@pytest.mark.parametrize("token_hash", ["0" * 64, "5e" * 32])
async def test_an_unknown_token_opens_nothing(rpc: Rpc, site: MakeSite, token_hash: str) -> None:
    made = await site()
    await SqlVisitor(rpc, made["id"]).say("Hola")
    with pytest.raises(Unauthorized) as refused:
        await store.history(rpc, site=made["id"], token_hash=token_hash)
    assert refused.value.code == "session.invalid_token"


async def test_a_token_of_another_site_opens_nothing(rpc: Rpc, site: MakeSite) -> None:
    mine, other = SqlVisitor(rpc, (await site())["id"]), await site()
    await mine.say("Hola")
    mine.site_id = other["id"]
    for act in (
        mine.history(),
        mine.say("¿Y aquí?"),
        store.mark_read(rpc, site=other["id"], token_hash=mine.token_hash, up_to_seq=1),
        store.erase_visitor(rpc, site=other["id"], token_hash=mine.token_hash),
        store.request_handoff(rpc, site=other["id"], token_hash=mine.token_hash, summary=None),
        store.rate(rpc, site=other["id"], token_hash=mine.token_hash, rating=5, comment=None),
        store.visitor_session(rpc, site=other["id"], token_hash=mine.token_hash),
        store.save_contact(
            rpc, site=other["id"], token_hash=mine.token_hash, contact={"name": "x"}, consents=[]
        ),
    ):
        with pytest.raises(Unauthorized):
            await act


async def test_somebody_elses_label_is_the_same_404_as_none(rpc: Rpc, site: MakeSite) -> None:
    made = await site()
    a, b = SqlVisitor(rpc, made["id"]), SqlVisitor(rpc, made["id"])
    label = (await a.say("secreto de A")).session["session_id"]
    await b.say("hola")
    errors = []
    for name in (label, "no-such-label"):
        with pytest.raises(NotFound) as refused:
            await b.history(session_id=name)
        errors.append(refused.value.problem())
    assert errors[0] == errors[1]


async def test_without_a_token_a_label_always_gets_a_session_of_its_own(rpc: Rpc, site: MakeSite) -> None:
    made = await site()
    a, b = SqlVisitor(rpc, made["id"]), SqlVisitor(rpc, made["id"])
    first = await a.say("secreto de A", session_id="shared")
    second = await b.say("hola", session_id="shared")
    assert first.conversation_id != second.conversation_id
    assert [m["context"]["text"] for m in (await b.history(session_id="shared")).messages] == ["hola"]


async def test_an_expired_session_is_closed_to_its_token(
    rpc: Rpc, site: MakeSite, admin: psycopg.Connection[Any]
) -> None:
    visitor = SqlVisitor(rpc, (await site())["id"])
    await visitor.say("Hola")
    admin.execute(
        "update webchat_sessions set expires_at = now() - interval '1 s' where token_hash = %s",
        [visitor.token_hash],
    )
    with pytest.raises(Unauthorized):
        await visitor.say("¿Sigo aquí?")


async def test_a_blocked_conversation_takes_no_messages(
    rpc: Rpc, site: MakeSite, admin: psycopg.Connection[Any]
) -> None:
    visitor = SqlVisitor(rpc, (await site())["id"])
    said = await visitor.say("Hola")
    admin.execute("update conversaciones set status = 'blocked' where id = %s", [said.conversation_id])
    with pytest.raises(Forbidden) as refused:
        await visitor.say("¿Hola?")
    assert refused.value.code == "conversation.blocked"


async def test_history_pages_both_ways(rpc: Rpc, site: MakeSite) -> None:
    visitor = SqlVisitor(rpc, (await site())["id"])
    for n in range(7):
        await visitor.say(str(n))
    forward = await visitor.history(after=2, limit=3)
    assert ([m["seq"] for m in forward.messages], forward.has_more) == ([3, 4, 5], True)
    rest = await visitor.history(after=5, limit=3)
    assert ([m["seq"] for m in rest.messages], rest.has_more) == ([6, 7], False)
    back = await visitor.history(before=5, limit=3)
    assert ([m["seq"] for m in back.messages], back.has_more) == ([2, 3, 4], True)
    start = await visitor.history(before=2, limit=3)
    assert ([m["seq"] for m in start.messages], start.has_more) == ([1], False)


async def test_private_notes_never_leave(rpc: Rpc, site: MakeSite, admin: psycopg.Connection[Any]) -> None:
    visitor = SqlVisitor(rpc, (await site())["id"])
    said = await visitor.say("Hola")
    admin.execute(
        "insert into mensajes (site_id, conversacion_id, seq, direccion, author, texto, private) "
        "values (%s, %s, 2, 'saliente', 'seller', 'nota interna', true)",
        [visitor.site_id, said.conversation_id],
    )
    admin.execute("update conversaciones set last_seq = 2 where id = %s", [said.conversation_id])
    page = await visitor.history()
    assert [m["seq"] for m in page.messages] == [1]
    assert page.last_seq == 2


async def test_consent_decides_whether_contact_data_is_a_lead(
    rpc: Rpc, site: MakeSite, admin: psycopg.Connection[Any]
) -> None:
    visitor = SqlVisitor(rpc, (await site())["id"])
    await visitor.say("Hola")

    async def save(contact: dict[str, str] | None, *consents: dict[str, Any]) -> None:
        await store.save_contact(
            rpc, site=visitor.site_id, token_hash=visitor.token_hash, contact=contact, consents=list(consents)
        )

    def leads() -> list[tuple[Any, ...]]:
        return admin.execute(
            "select done_at, cancelled_at is not null from outbox where site_id = %s and kind = 'lead_captured'",
            [visitor.site_id],
        ).fetchall()

    consent = {
        "purpose": "contact",
        "granted": True,
        "text_version": "1",
        "text_sha256": "a" * 64,
        "locale": "es",
        "source": "form",
    }
    await save({"name": "Ana", "email": "ana@example.com"})
    assert leads() == []
    await save(None, consent)
    assert leads() == [(None, False)]
    await save({"phone": "+18095551234"}, consent)
    assert len(leads()) == 1
    await save(None, consent | {"granted": False})
    assert leads() == [(None, True)]


async def test_a_handoff_is_asked_for_once(rpc: Rpc, site: MakeSite) -> None:
    visitor = SqlVisitor(rpc, (await site())["id"])
    await visitor.say("Hola")
    first = await store.request_handoff(
        rpc, site=visitor.site_id, token_hash=visitor.token_hash, summary="quiere precio"
    )
    assert (first["handler"], first["requested"]) == ("queue", True)
    assert first["message"]["author"] == "system"
    assert first["message"]["metadata"] == [{"event": "handoff.requested", "reason": "visitor_request"}]
    again = await store.request_handoff(
        rpc, site=visitor.site_id, token_hash=visitor.token_hash, summary=None
    )
    assert (again["handler"], again["requested"], again["message"]) == ("queue", False, None)


async def test_erasure_leaves_nobody(rpc: Rpc, site: MakeSite, admin: psycopg.Connection[Any]) -> None:
    visitor = SqlVisitor(rpc, (await site())["id"])
    canary = f"canary{secrets.token_hex(6)}"
    await visitor.say(f"soy {canary}", metadata={"user_agent": canary, "touch": {"referrer": canary}})
    await store.save_contact(
        rpc,
        site=visitor.site_id,
        token_hash=visitor.token_hash,
        contact={"name": canary, "email": f"{canary}@example.com"},
        consents=[],
    )
    await store.erase_visitor(rpc, site=visitor.site_id, token_hash=visitor.token_hash)
    tables = admin.execute(
        "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'"
    ).fetchall()
    for (table,) in tables:
        found = admin.execute(
            f'select count(*) from "{table}" t where t::text like %s', [f"%{canary}%"]
        ).fetchone()
        assert found == (0,), table
    with pytest.raises(Unauthorized):
        await visitor.history()
    logged = admin.execute("select action from audit_log where site_id = %s", [visitor.site_id]).fetchall()
    assert logged == [("visitor.erased",)]


async def test_ratings_stay_in_range(rpc: Rpc, site: MakeSite) -> None:
    visitor = SqlVisitor(rpc, (await site())["id"])
    await visitor.say("Hola")
    await store.rate(rpc, site=visitor.site_id, token_hash=visitor.token_hash, rating=5, comment="bien")
    with pytest.raises(AppError) as refused:
        await store.rate(rpc, site=visitor.site_id, token_hash=visitor.token_hash, rating=6, comment=None)
    assert refused.value.status == 422
