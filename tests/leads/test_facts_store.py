"""Facts in the database, on both transports: nothing is stored that the visitor did not write."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.conversations.types import ContactPatch, Effects
from app.db.rpc import Rpc
from app.leads import store
from app.leads.reading import LeadCase, LeadReading, fact_json, read_lead
from app.leads.rubric import load_rubric
from app.leads.types import Fact
from app.replies import store as replies
from app.replies.types import Reply, ReplyFacts
from tests.conftest import MakeSite
from tests.rigs.visitors import CLAIM, SqlVisitor

Admin = psycopg.Connection[Any]
RUBRIC = load_rubric()


def unread_of(row: dict[str, Any]) -> store.Unread:
    return store.Unread(
        row["site_id"], row["conversation_id"], row["region"], LeadCase.from_json(row["case"])
    )


async def look_at(rpc: Rpc, visitor: SqlVisitor, conversation: str) -> store.Unread:
    unread = await store.lead_to_read(rpc, site=visitor.site_id, conversation=conversation)
    assert unread is not None
    return unread


def reading(unread: store.Unread, *noticed: Fact) -> LeadReading:
    return read_lead(unread.case, RUBRIC, region="DO", noticed=noticed)


def stored_facts(admin: Admin, conversation: str) -> list[tuple[Any, ...]]:
    return admin.execute(
        "select criterion, value, quote, source, withdrawn_at is null from lead_facts "
        "where conversacion_id = %s order by seq, start, criterion",
        [conversation],
    ).fetchall()


async def test_only_what_the_visitor_of_this_conversation_wrote_is_stored(
    rpc: Rpc, site: MakeSite, admin: Admin
) -> None:
    here = await site()
    ana, eva = SqlVisitor(rpc, here["id"]), SqlVisitor(rpc, here["id"])
    said = await ana.say("Estoy mirando opciones, gracias")
    other = await eva.say("Me urge comprar un Corolla")
    assert said.turn is not None
    answer = Reply("Claro, lo compras hoy", "guided", Effects(), ReplyFacts())
    await replies.complete_turn(rpc, said.turn, answer, CLAIM)
    unread = await look_at(rpc, ana, said.conversation_id)
    history = (await ana.history()).messages
    own, bots, others = said.message["message_id"], history[1]["message_id"], other.message["message_id"]
    noticed = [
        Fact("need", "opciones", own, "mirando opciones", "model", 1),
        Fact("need", "Corolla", own, "Me urge comprar un Corolla", "model", 1),
        Fact("need", "Corolla", others, "Me urge comprar un Corolla", "model", 1),
        Fact("timeline", "near", bots, "lo compras hoy", "model", 2),
        Fact("need", "OPCIONES", own, "MIRANDO OPCIONES", "model", 1),
        Fact("need", "x", own, "", "model", 1),
        Fact("need", "y" * 501, own, "opciones", "model", 1),
        Fact("need", "formulario", own, "opciones", "form", 1),
    ]
    result = await store.store_lead(rpc, unread, reading(unread, *noticed))
    assert (result.stale, result.dropped) == (False, len(noticed) - 1)
    by_model = [f[:3] for f in stored_facts(admin, said.conversation_id) if f[3] == "model"]
    assert by_model == [("need", "opciones", "mirando opciones")]


async def test_the_database_itself_refuses_a_quote_that_was_not_written(
    rpc: Rpc, site: MakeSite, admin: Admin
) -> None:
    visitor = SqlVisitor(rpc, (await site())["id"])
    said = await visitor.say("Busco un Corolla")
    with pytest.raises(psycopg.Error) as refused:
        admin.execute(
            "insert into lead_facts (site_id, conversacion_id, criterion, value, message_id, quote, seq, source) "
            "values (%s, %s, 'need', 'x', %s, 'Busco un Ferrari', 1, 'extractor')",
            [visitor.site_id, said.conversation_id, said.message["message_id"]],
        )
    assert (refused.value.sqlstate, refused.value.diag.message_primary) == ("PT422", "lead.no_evidence")


async def test_what_was_read_is_stored_with_the_reply_once(rpc: Rpc, site: MakeSite, admin: Admin) -> None:
    visitor = SqlVisitor(rpc, (await site())["id"])
    turn = (await visitor.say("Busco un Corolla 2023 para esta semana")).turn
    assert turn is not None
    assert turn.lead is not None
    lead = read_lead(LeadCase.from_json(turn.lead), RUBRIC, region="DO").as_json()
    contact = Effects(contact=ContactPatch(phone="+18095550142"))
    answer = Reply("Claro", "guided", contact, ReplyFacts(), lead=lead)
    first = await replies.complete_turn(rpc, turn, answer, CLAIM)
    assert first.lead is not None
    assert (first.lead["stale"], first.lead["changed"], first.lead["lead"]["quality"]) == (
        False,
        True,
        "warm",
    )
    await replies.complete_turn(rpc, turn, answer, CLAIM)
    facts = stored_facts(admin, turn.conversation_id)
    assert {(f[0], f[4]) for f in facts} >= {("need", True), ("timeline", True)}
    assert len(set(facts)) == len(facts)
    outbox = admin.execute(
        "select payload from outbox where conversacion_id = %s and kind = 'chat.lead.updated'",
        [turn.conversation_id],
    ).fetchall()
    assert [p["quality"] for (p,) in outbox] == ["warm"]


async def test_a_reply_is_stored_whatever_is_wrong_with_its_lead(
    rpc: Rpc, site: MakeSite, admin: Admin
) -> None:
    visitor = SqlVisitor(rpc, (await site())["id"])
    turn = (await visitor.say("Busco un Corolla 2023")).turn
    assert turn is not None
    assert turn.lead is not None
    lead = read_lead(LeadCase.from_json(turn.lead), RUBRIC, region="DO").as_json()
    lead["score"]["score"] = 1000
    done = await replies.complete_turn(
        rpc, turn, Reply("Claro", "guided", Effects(), ReplyFacts(), lead=lead), CLAIM
    )
    assert done.accepted
    assert [m["context"]["text"] for m in (await visitor.history()).messages] == [
        "Busco un Corolla 2023",
        "Claro",
    ]
    assert done.lead is not None
    assert done.lead["failed"] == "23514"
    assert stored_facts(admin, turn.conversation_id) == []
    place = (visitor.site_id, turn.conversation_id)
    assert place in await store.leads_due(rpc, grace_seconds=0, limit=1000), "and read again"


async def test_a_score_of_yesterdays_facts_is_refused_and_read_again(
    rpc: Rpc, site: MakeSite, admin: Admin
) -> None:
    visitor = SqlVisitor(rpc, (await site())["id"])
    said = await visitor.say("Busco un Corolla 2023")
    early = await look_at(rpc, visitor, said.conversation_id)
    late = await look_at(rpc, visitor, said.conversation_id)
    assert not (await store.store_lead(rpc, early, reading(early))).stale
    await visitor.say("Lo quiero mañana")
    assert (await store.store_lead(rpc, late, reading(late))).stale
    due = "select lead_due is not null from conversaciones where id = %s"
    assert admin.execute(due, [said.conversation_id]).fetchone() == (True,), (
        "what was said since is still to be read"
    )
    fresh = await look_at(rpc, visitor, said.conversation_id)
    assert [m.text for m in fresh.case.news] == ["Lo quiero mañana"]
    await store.store_lead(rpc, fresh, reading(fresh))
    assert admin.execute(due, [said.conversation_id]).fetchone() == (False,)


async def test_the_reader_finds_what_no_turn_reads_and_what_has_gone_silent(
    rpc: Rpc, site: MakeSite, admin: Admin
) -> None:
    visitor = SqlVisitor(rpc, (await site())["id"])
    said = await visitor.say("Busco un Corolla 2023")
    place = (visitor.site_id, said.conversation_id)
    assert place not in await store.leads_due(rpc, grace_seconds=0, limit=1000), "a running turn will read it"
    admin.execute("update turns set state = 'superseded' where conversacion_id = %s", [said.conversation_id])
    assert place in await store.leads_due(rpc, grace_seconds=0, limit=1000)
    unread = await look_at(rpc, visitor, said.conversation_id)
    assert (await store.store_lead(rpc, unread, reading(unread))).lead is not None
    assert place not in await store.leads_due(rpc, grace_seconds=0, limit=1000)
    admin.execute(
        "update leads set scored_at = scored_at - interval '25 hours' where conversacion_id = %s",
        [said.conversation_id],
    )
    assert place in await store.leads_due(rpc, grace_seconds=0, limit=1000), "warm, and a day old"
    await store.skip_lead(rpc, site=visitor.site_id, conversation=said.conversation_id)
    assert place not in await store.leads_due(rpc, grace_seconds=0, limit=1000)


async def test_silence_cools_a_lead(rpc: Rpc, site: MakeSite) -> None:
    visitor = SqlVisitor(rpc, (await site())["id"])
    said = await visitor.say("Quiero ver un Corolla 2023 mañana, mi número es 809-555-0143")
    unread = await look_at(rpc, visitor, said.conversation_id)
    assert reading(unread).score.tier == "hot"
    later = unread.case.now + timedelta(days=RUBRIC.decay.cool_days + 1)
    case = LeadCase.from_json(
        (
            await rpc.call(
                "lead_to_read", site=visitor.site_id, conversation=said.conversation_id, messages=40
            )
        )["case"]
        | {"now": later.isoformat()}
    )
    cooled = read_lead(case, RUBRIC, region="DO")
    assert cooled.score.tier == "warm"
    assert cooled.score.score < reading(unread).score.score


async def test_erasing_the_visitor_erases_lead_and_facts(rpc: Rpc, site: MakeSite, admin: Admin) -> None:
    visitor = SqlVisitor(rpc, (await site())["id"])
    said = await visitor.say("Busco un Corolla 2023")
    unread = await look_at(rpc, visitor, said.conversation_id)
    await store.store_lead(rpc, unread, reading(unread))
    assert stored_facts(admin, said.conversation_id)
    await rpc.call("erase_visitor", site=visitor.site_id, token_hash=visitor.token_hash)
    assert stored_facts(admin, said.conversation_id) == []
    assert (
        admin.execute("select from leads where conversacion_id = %s", [said.conversation_id]).fetchall() == []
    )
    assert await store.lead_to_read(rpc, site=visitor.site_id, conversation=said.conversation_id) is None


WORDS = st.sampled_from(
    [
        "quiero",
        "no",
        "un",
        "Corolla",
        "2023",
        "mañana",
        "hot",
        '{"a":1}',
        "809-555-0101",
        "ana@example.com",
        "Ñandú",
        "ação",
        "😀",
        "%_",
        "'",
        "\\",
        ".",
        "?",
    ]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    mine=st.lists(TEXTS, min_size=1, max_size=3),
    theirs=TEXTS,
    claims=st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 20), st.integers(0, 30), TEXTS, st.booleans()), max_size=6
    ),
)
def test_every_stored_quote_is_part_of_a_message_of_that_visitor(
    admin: Admin, mine: list[str], theirs: str, claims: list[tuple[int, int, int, str, bool]]
) -> None:
    """Whatever is claimed about whichever message: true quotes, made-up ones, somebody else's."""
    with admin.transaction(force_rollback=True):
        conversation, ids = _two_conversations(admin, mine, theirs)
        facts = []
        for number, (which, start, length, made_up, honest) in enumerate(claims):
            message, text = ids[which % len(ids)]
            quote = text[start : start + length] if honest else made_up
            fact = Fact("need", f"v{number}", message, quote, "model", 1, start)
            facts.append(fact_json(fact))
        admin.execute(
            "select private.store_facts(c, null, %s) from conversaciones c where c.id = %s",
            [json.dumps(facts), conversation],
        )
        wrong = admin.execute(
            "select f.quote from lead_facts f join mensajes m on m.id = f.message_id where f.conversacion_id = %s "
            "and (m.conversacion_id <> f.conversacion_id or m.author <> 'visitor' or position(f.quote in m.texto) = 0 "
            "or substr(m.texto, f.start + 1, length(f.quote)) <> f.quote)",
            [conversation],
        ).fetchall()
        assert wrong == []
        stored = admin.execute(
            "select value from lead_facts where conversacion_id = %s", [conversation]
        ).fetchall()
        own = {message for message, _ in ids[: len(mine)]}
        texts = dict(ids)
        true = {
            f["value"]
            for f in facts
            if f["message_id"] in own and f["quote"] and f["quote"] in texts[f["message_id"]]
        }
        assert {value for (value,) in stored} == true


def _two_conversations(admin: Admin, mine: list[str], theirs: str) -> tuple[str, list[tuple[str, str]]]:
    """One of ours and one of somebody else's: (ours, [(message, text)]), theirs last."""
    [site] = admin.execute(
        "insert into sites (slug, public_key, name) values ('p', 'pk_p', 'P') returning id"
    ).fetchall()
    ids: list[tuple[str, str]] = []
    conversations: list[str] = []
    for texts in (mine, [theirs]):
        [contact] = admin.execute("insert into contactos (site_id) values (%s) returning id", site).fetchall()
        [made] = admin.execute(
            "insert into conversaciones (site_id, contacto_id) values (%s, %s) returning id::text",
            [site[0], contact[0]],
        ).fetchall()
        conversations.append(made[0])
        for seq, text in enumerate(texts, start=1):
            [message] = admin.execute(
                "insert into mensajes (site_id, conversacion_id, seq, direccion, author, texto) "
                "values (%s, %s, %s, 'entrante', 'visitor', %s) returning id::text",
                [site[0], made[0], seq, text],
            ).fetchall()
            ids.append((message[0], text))
    return conversations[0], ids
