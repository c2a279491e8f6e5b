"""What a turn reads does not grow with its conversation, counted by the database itself."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.conversations.types import ClaimedTurn, Effects
from app.db.postgres import PostgresRpc
from app.db.rpc import Rpc
from app.leads import store as leads
from app.leads.reading import LeadCase, read_lead
from app.leads.rubric import in_force, load_rubric
from app.leads.types import COLD, NONE, Fact, fact_order
from app.replies import store as replies
from app.replies.types import Reply, ReplyFacts
from tests.conftest import MakeSite
from tests.rigs.databases import Databases
from tests.rigs.visitors import CLAIM, SqlVisitor

Admin = psycopg.Connection[Any]
RUBRIC = load_rubric()
WINDOW = 40
"""As many messages of a visitor as a turn reads at most."""
TURNS = 7
"""From the sixth time on PostgreSQL may keep a plan."""

# As after years: every message repeats what was said, and had its turn.
_YEARS = """
with said as (
  insert into mensajes (site_id, conversacion_id, seq, direccion, author, texto, client_message_id, body_hash)
  select c.site_id, c.id, n, case when mod(n, 2) = 1 then 'entrante' else 'saliente' end,
    case when mod(n, 2) = 1 then 'visitor' else 'assistant' end, 'Busco un Corolla', 'm' || n, 'x'
  from conversaciones c cross join generate_series(c.last_seq + 1, %(last)s) n where c.id = %(id)s
  returning id, site_id, conversacion_id, seq, author
), facts as (
  insert into lead_facts (site_id, conversacion_id, criterion, value, message_id, quote, seq, start, source, repeated,
    withdrawn_at, withdrawn_by)
  select site_id, conversacion_id, 'need', 'un Corolla', id, 'Busco un Corolla', seq, 0, 'extractor', true, now(),
    'superseded'
  from said where author = 'visitor'
), done as (
  insert into turns (site_id, conversacion_id, webchat_session, state, upto_seq, owner_epoch, worker, lease_until)
  select m.site_id, m.conversacion_id, s.id, 'done', m.seq, 0, 'test', now()
  from said m join webchat_sessions s on s.conversacion_id = m.conversacion_id where m.author = 'visitor'
), known as (
  update leads set read_seq = %(last)s where conversacion_id = %(id)s
)
update conversaciones set last_seq = %(last)s, last_visitor_seq = %(last)s - 1, answered_seq = %(last)s - 1
where id = %(id)s
"""
_CROWD = """
with people as (
  insert into contactos (site_id) select c.site_id from conversaciones c cross join generate_series(1, %(last)s)
  where c.id = %(id)s returning id, site_id
), talks as (
  insert into conversaciones (site_id, contacto_id) select site_id, id from people returning id, site_id, contacto_id
), kept as (
  insert into leads (conversacion_id, site_id, contacto_id) select id, site_id, contacto_id from talks
)
insert into webchat_sessions (site_id, session_id, token_hash, conversacion_id, contacto_id)
select site_id, 'label', encode(sha256(id::text::bytea), 'hex'), id, contacto_id from talks
"""
_READ = """
select (select coalesce(sum(idx_tup_read), 0) from pg_stat_user_indexes where schemaname = 'public')
  + (select coalesce(sum(seq_tup_read), 0) from pg_stat_user_tables where schemaname = 'public')
"""


async def answer(rpc: Rpc, turn: ClaimedTurn | None) -> replies.Completion:
    assert turn is not None
    assert turn.lead is not None
    lead = read_lead(LeadCase.from_json(turn.lead), RUBRIC, region="DO").as_json()
    reply = Reply("Claro", "model", Effects(), ReplyFacts(), lead=lead)
    completion = await replies.complete_turn(rpc, turn, reply, CLAIM)
    assert completion.lead is not None
    assert completion.lead["lead"] is not None
    return completion


async def rows_read(
    database: str, admin: Admin, visitor: SqlVisitor, grow: str, at: dict[str, Any]
) -> list[int]:
    """By a few turns on one connection, whose plans are made for small tables; and then, by as many after `grow`."""
    read = [read_so_far(admin)]
    for grown in (False, True):
        visitor.rpc = rpc = await PostgresRpc.open(database, 1)
        for _ in range(TURNS):
            await answer(rpc, (await visitor.say("Busco un Corolla")).turn)
        if grown:
            with admin.transaction():
                admin.execute("set local session_replication_role = replica")
                admin.execute(grow, at)
            for _ in range(TURNS):
                await answer(rpc, (await visitor.say("Busco un Corolla")).turn)
        await rpc.close()
        # A connection that ends reports what it has read; it takes a moment to be gone.
        while admin.execute("select from pg_stat_activity where application_name = 'talia'").fetchall():
            pass
        read.append(read_so_far(admin))
    few, more = read[1] - read[0], read[2] - read[1]
    return [few, more - few]


def read_so_far(admin: Admin) -> int:
    admin.execute("select pg_stat_force_next_flush()")  # what this connection itself has read
    row = admin.execute(_READ).fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize("grow", [_YEARS, _CROWD], ids=["years", "crowd"])
async def test_a_turn_reads_no_more_in_what_has_grown(databases: Databases, grow: str) -> None:
    with databases.fresh() as database, psycopg.connect(database, autocommit=True) as admin:
        rpc = await PostgresRpc.open(database, 1)
        site = await rpc.call(
            "ensure_site", slug="one", name="One", public_key="pk_one", allowed_origins=[], settings={}
        )
        visitor = SqlVisitor(rpc, site["id"])
        for _ in range(WINDOW):
            said = await visitor.say("Busco un Corolla")
            await answer(rpc, said.turn)
        await rpc.close()
        few, grown = await rows_read(
            database, admin, visitor, grow, {"last": 4000, "id": said.conversation_id}
        )
    assert grown < 1.3 * few, (few, grown)


async def test_what_is_said_again_is_read_once_and_still_holds(
    rpc: Rpc, site: MakeSite, admin: Admin
) -> None:
    visitor = SqlVisitor(rpc, (await site())["id"])
    for text in ("Busco un Corolla", "Busco un Yaris", "Busco un Corolla", "Busco un Corolla"):
        said = await visitor.say(text)
        await answer(rpc, said.turn)
    unread = await leads.lead_to_read(rpc, site=visitor.site_id, conversation=said.conversation_id)
    assert unread is not None
    needs = [(f.value, f.seq) for f in unread.case.facts if f.criterion == "need"]
    assert needs == [("Yaris", 3), ("Corolla", 7)]
    stored = admin.execute(
        "select value, seq, withdrawn_by, repeated from lead_facts where conversacion_id = %s order by seq",
        [said.conversation_id],
    ).fetchall()
    assert stored == [
        ("Corolla", 1, "superseded", True),
        ("Yaris", 3, "superseded", False),
        ("Corolla", 5, "superseded", True),
        ("Corolla", 7, None, False),
    ]


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    criterion = draw(st.sampled_from([*RUBRIC.criteria, COLD]))
    known = RUBRIC.criteria[criterion].values if criterion in RUBRIC.criteria else RUBRIC.cold
    value = draw(st.sampled_from([*known, "a", NONE]))
    seq, source = draw(st.integers(1, 9)), draw(st.sampled_from(["model", "seller"]))
    return Fact(
        criterion, value, f"m{seq}" if source == "model" else None, "", source, seq, draw(st.integers(0, 2))
    )


@given(st.lists(facts(), max_size=30))
def test_of_what_was_said_again_the_last_time_is_enough_for_a_score(told: list[Fact]) -> None:
    last = {(f.criterion, f.value): f for f in sorted(told, key=fact_order)}
    assert in_force(last.values(), RUBRIC) == in_force(told, RUBRIC)
