"""What a turn reads does not grow with its conversation, counted by the database itself."""

from __future__ import annotations

from typing import Any

import psycopg

from app.conversations.types import ClaimedTurn, Effects
from app.db.postgres import PostgresRpc
from app.db.rpc import Rpc
from app.leads import store as leads
from app.leads.reading import LeadCase, read_lead
from app.leads.rubric import load_rubric
from app.replies import store as replies
from app.replies.types import Reply, ReplyFacts
from tests.conftest import MakeSite
from tests.rigs.visitors import CLAIM, SqlVisitor

Admin = psycopg.Connection[Any]
RUBRIC = load_rubric()

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
)
update conversaciones set last_seq = %(last)s, last_visitor_seq = %(last)s - 1, answered_seq = %(last)s - 1
where id = %(id)s
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


async def rows_read_by_a_turn(database: str, admin: Admin, visitor: SqlVisitor) -> int:
    before = read_so_far(admin)
    visitor.rpc = rpc = await PostgresRpc.open(database, 1)
    try:
        await answer(rpc, (await visitor.say("Busco un Corolla")).turn)
    finally:
        await rpc.close()
    # A connection that ends reports what it has read; it may take a moment to be gone.
    while admin.execute("select count(*) from pg_stat_activity where application_name = 'talia'").fetchone() != (0,):
        pass
    return read_so_far(admin) - before


def read_so_far(admin: Admin) -> int:
    admin.execute("select pg_stat_force_next_flush()")  # what this connection itself has read
    row = admin.execute(_READ).fetchone()
    assert row is not None
    return int(row[0])


async def test_a_turn_reads_no_more_after_thousands_of_messages(
    database: str, rpc: Rpc, site: MakeSite, admin: Admin
) -> None:
    visitor = SqlVisitor(rpc, (await site())["id"])
    first = await visitor.say("Busco un Corolla")
    await answer(rpc, first.turn)
    await rpc.close()
    read = []
    for last in (100, 4000):
        with admin.transaction():
            admin.execute("set local session_replication_role = replica")
            admin.execute(_YEARS, {"last": last, "id": first.conversation_id})
        read.append(await rows_read_by_a_turn(database, admin, visitor))
    assert read[1] < 1.2 * read[0], read


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
        ("Corolla", 1, "superseded", False),
        ("Yaris", 3, "superseded", False),
        ("Corolla", 5, "superseded", True),
        ("Corolla", 7, None, False),
    ]
