"""What is known of a conversation that is replayed, or that a case is made of."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import psycopg

from app.prompting import store
from tests.prompting.conftest import Desk
from tests.rigs.visitors import SqlVisitor

# The visitor writes twice in a row, then is answered: 120 turns, 360 messages.
LONG = """
insert into mensajes (site_id, conversacion_id, seq, direccion, author, texto)
select c.site_id, c.id, c.last_seq + n, case when n %% 3 = 0 then 'saliente' else 'entrante' end,
  case when n %% 3 = 0 then 'assistant' else 'visitor' end, 'Mensaje ' || n
from conversaciones c, generate_series(1, 360) n where c.id = %s
"""


async def test_of_a_long_conversation_the_newest_messages_are_replayed(
    desk: Desk, admin: psycopg.Connection[Any]
) -> None:
    visitor = SqlVisitor(desk.rpc, desk.me.site_id)
    conversation = (await visitor.say("Hola")).conversation_id
    admin.execute(
        "insert into mensajes (site_id, conversacion_id, seq, direccion, author, texto)"
        " select site_id, id, last_seq + 1, 'saliente', 'assistant', 'Buenas' from conversaciones where id = %s",
        [conversation],
    )
    admin.execute("update conversaciones set last_seq = last_seq + 1 where id = %s", [conversation])

    async def told() -> dict[str, Any]:
        row: dict[str, Any] = await store.call(
            desk.rpc, "conversation_for_replay", desk.me, conversation=conversation
        )
        return row

    short = await told()
    assert (short["turns_before"], [m["text"] for m in short["messages"]]) == (0, ["Hola", "Buenas"])
    admin.execute(LONG, [conversation])
    long = await told()
    assert [m["text"] for m in long["messages"]] == [f"Mensaje {n}" for n in range(161, 361)]
    assert all(one["seq"] < next_["seq"] for one, next_ in pairwise(long["messages"]))
    # "Hola" and the first 53; the turn whose second message is the first that is known is none of them.
    assert long["turns_before"] == 54
