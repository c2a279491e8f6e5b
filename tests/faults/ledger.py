"""What the database says afterwards, held against the journal of those who wrote."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

import psycopg
from psycopg.rows import dict_row

from tests.fakes.upstream_script import Asked, Reply, reply_text
from tests.faults.crowd import Journal


class Ledger:
    """All messages and turns of a database, read once. `complete` is how the model's whole reply reads."""

    def __init__(self, database_url: str) -> None:
        with psycopg.connect(database_url, row_factory=dict_row) as connection:
            self.messages = connection.execute(
                "select *, datos ->> 'source' as source from public.mensajes order by conversacion_id, seq"
            ).fetchall()
            self.turns = connection.execute("select * from public.turns").fetchall()
            self.conversations = connection.execute("select * from public.conversaciones").fetchall()

    def check(self, journal: Journal) -> None:
        """Nothing lost, nothing twice, every turn one whole reply, nobody left unanswered."""
        self._nothing_lost_or_twice(journal)
        self.check_replies()

    def check_replies(self) -> None:
        """As `check`, but for what a journal knows."""
        self._no_holes()
        self._one_reply_each()
        self._nobody_unanswered()
        self._nothing_partial()

    def sources(self) -> Counter[str]:
        """How many turns were answered by whom."""
        return Counter(turn["source"] for turn in self.turns)

    def _nothing_lost_or_twice(self, journal: Journal) -> None:
        stored = Counter(
            (str(m["conversacion_id"]), m["client_message_id"], m["texto"], m["seq"])
            for m in self.messages
            if m["author"] == "visitor"
        )
        acknowledged = Counter((s.conversation, s.client_message_id, s.content, s.seq) for s in journal.sent)
        assert all(sent.seq for sent in journal.sent), "somebody was never acknowledged"
        assert acknowledged - stored == Counter(), "acknowledged and lost"
        assert stored - acknowledged == Counter(), "stored twice, or by nobody"

    def _no_holes(self) -> None:
        places: dict[Any, list[int]] = {}
        for message in self.messages:
            places.setdefault(message["conversacion_id"], []).append(message["seq"])
        for conversation, seqs in places.items():
            assert seqs == list(range(1, len(seqs) + 1)), (conversation, seqs)

    def _one_reply_each(self) -> None:
        replies = Counter(m["turn_id"] for m in self.messages if m["author"] == "assistant")
        assert replies == Counter(turn["id"] for turn in self.turns), "a turn without its one reply"
        by_id = {m["id"]: m for m in self.messages}
        for turn in self.turns:
            assert turn["state"] == "done", turn
            reply = by_id[turn["answer_message_id"]]
            assert reply["turn_id"] == turn["id"]
            assert reply["source"] == turn["source"]
            assert turn["source"] in {"model", "guided"}

    def _nobody_unanswered(self) -> None:
        for conversation in self.conversations:
            assert conversation["answered_seq"] == conversation["last_visitor_seq"], conversation

    def _nothing_partial(self) -> None:
        asked = {(m["conversacion_id"], m["seq"]): m["texto"] for m in self.messages}
        replies = {m["turn_id"]: m["texto"] for m in self.messages if m["author"] == "assistant"}
        for turn in self.turns:
            question = asked[turn["conversacion_id"], turn["upto_seq"]]
            whole = whole_reply(question)
            if turn["source"] == "model":
                assert replies[turn["id"]] == whole
            else:
                assert replies[turn["id"]][:12] not in whole, "a guided reply must not begin with the model's"


async def wait_finished(database_url: str, seconds: float) -> Ledger:
    """The ledger, once every turn is over."""
    async with asyncio.timeout(seconds):
        while True:
            ledger = Ledger(database_url)
            if all(turn["state"] == "done" for turn in ledger.turns):
                return ledger
            await asyncio.sleep(0.1)


def whole_reply(question: str) -> str:
    """What the fake model answers when nobody scripts another text."""
    asked = Asked(
        number=1,
        api="responses",
        body={},
        size=0,
        instructions="",
        last_user_text=question,
        has_tool_result=False,
    )
    return reply_text(Reply(), asked)
