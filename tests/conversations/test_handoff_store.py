"""What a handoff asks of the database, over both transports: cut turns, notices, summaries, drafts, changes."""

from __future__ import annotations

import secrets
from typing import Any

import pytest

from app.conversations import staff_store, store
from app.errors import Conflict, Forbidden, NotFound
from app.llm.port import Usage
from app.replies import store as replies
from app.replies.types import ReplyFacts
from tests.conversations.conftest import Office
from tests.rigs.visitors import CLAIM

FACTS = ReplyFacts(model="m1", usage=Usage(100, 20))


def tokens(office: Office) -> Any:
    return office.admin.execute(
        "select s.tokens_used, s.tokens_reserved, u.used, u.reserved from webchat_sessions s "
        "join site_usage u on u.site_id = s.site_id where s.site_id = %s",
        [office.site["id"]],
    ).fetchone()


async def test_what_a_cut_reply_had_cost_counts_once(office: Office) -> None:
    ana = await office.hire()
    said = await office.visitor().say("Hola")
    assert said.turn is not None
    await replies.settle_cut_turn(office.rpc, said.turn, FACTS)
    assert tokens(office) == (0, CLAIM["reserve_tokens"], 0, CLAIM["reserve_tokens"]), "it is still running"
    await office.act(ana, "take_over", said.conversation_id)
    for _ in range(2):
        await replies.settle_cut_turn(office.rpc, said.turn, FACTS)
    assert tokens(office) == (120, 0, 120, 0)


async def test_a_heartbeat_tells_a_takeover_from_an_erasure(office: Office) -> None:
    ana, visitor = await office.hire(), office.visitor()
    said = await visitor.say("Hola")
    assert said.turn is not None
    assert await replies.renew_turn(office.rpc, said.turn) == replies.Lease(held=True, superseded=False)
    await office.act(ana, "take_over", said.conversation_id)
    assert await replies.renew_turn(office.rpc, said.turn) == replies.Lease(held=False, superseded=True)
    await store.erase_visitor(office.rpc, site=office.site["id"], token_hash=visitor.token_hash)
    assert await replies.renew_turn(office.rpc, said.turn) == replies.Lease(
        held=False, superseded=False, gone=True
    )


async def test_a_notice_is_for_whoever_waits_and_keeps_the_assistants_notes(office: Office) -> None:
    ana, visitor, site = await office.hire(), office.visitor(), office.site["id"]
    conversation = (await visitor.say("Hola")).conversation_id

    async def notice() -> dict[str, Any] | None:
        return await replies.post_notice(office.rpc, site=site, conversation=conversation, text="Ya avisé")

    assert await notice() is None
    office.admin.execute(
        "insert into mensajes (site_id, conversacion_id, seq, direccion, author, texto, datos) "
        "values (%s, %s, 50, 'saliente', 'assistant', '¿Nombre?', %s)",
        [site, conversation, '{"meta": {"guided": {"v": 1, "asked": "name"}, "sources": [1]}}'],
    )
    office.admin.execute("update conversaciones set last_seq = 50 where id = %s", [conversation])
    await store.request_handoff(office.rpc, site=site, token_hash=visitor.token_hash, summary=None)
    posted = await notice()
    assert posted is not None
    assert (posted["author"], posted["turn_id"], posted["seq"]) == ("assistant", None, 52)
    turn = store.claimed_turn(
        await replies.visitor_turn(office.rpc, site=site, token_hash=visitor.token_hash)
    )
    assert turn.history[0].text == "¿Nombre?"
    assert [m.meta for m in turn.history if m.text == "Ya avisé"] == [{"guided": {"v": 1, "asked": "name"}}]
    await office.act(ana, "take_over", conversation)
    assert await notice() is None
    with pytest.raises(NotFound):
        await replies.post_notice(
            office.rpc,
            site=(
                await office.rpc.call(
                    "ensure_site", slug=secrets.token_hex(6), name="x", public_key=secrets.token_hex(6)
                )
            )["id"],
            conversation=conversation,
            text="x",
        )


async def test_drafts_are_paid_from_the_sites_day(office: Office, elsewhere: Office) -> None:
    ana, stranger = await office.hire(), await elsewhere.hire()
    marketing = await office.hire("marketing")
    conversation = (await office.visitor().say("Hola", claim={"reserve_tokens": 0})).conversation_id
    terms: dict[str, Any] = {"conversation": conversation, "purpose": "suggestion", "budget": 150}
    first = await replies.assist_turn(office.rpc, ana, reserve=100, **terms)
    assert first["turn"]["conversation_id"] == conversation
    spent = await replies.assist_turn(office.rpc, ana, reserve=100, **terms)
    assert (spent["reservation"], spent["spent"]) == (None, True)
    done = {"reservation": first["reservation"], "purpose": "suggestion", "used": 30}
    await replies.settle_work(office.rpc, site=office.site["id"], **done)
    again = await replies.assist_turn(office.rpc, ana, reserve=100, **terms)
    assert again["reservation"] is not None
    assert office.audited(ana) == ["assist.suggestion"] * 3
    for who, refused in ((stranger, NotFound), (marketing, Forbidden)):
        with pytest.raises(refused):
            await replies.assist_turn(office.rpc, who, reserve=0, **terms)


async def test_what_somebody_wrote_stays_until_it_is_asked_for_anew(office: Office) -> None:
    ana, visitor, site = await office.hire(), office.visitor(), office.site["id"]
    conversation = (await visitor.say("Hola")).conversation_id

    async def note(text: str, **more: Any) -> bool:
        return await replies.note_summary(
            office.rpc, site=site, conversation=conversation, text=text, by="facts", **more
        )

    assert not await note("con el asistente")
    assert await note("pedido", always=True)
    await store.request_handoff(office.rpc, site=site, token_hash=visitor.token_hash, summary=None)
    assert await note("hechos")
    written = await office.call(ana, "set_summary", conversation=conversation, text="mío")
    assert (written["handoff_summary"], written["handoff_summary_by"]) == ("mío", "staff")
    assert not await note("hechos")
    assert await note("pedido", always=True)
    assert "conversation.summarised" in office.audited(ana)


async def test_changes_are_numbered_and_told_from_a_number_on(office: Office) -> None:
    ana, visitor, site = await office.hire(), office.visitor(), office.site["id"]
    conversation = (await visitor.say("Hola")).conversation_id
    await office.act(ana, "take_over", conversation)
    sent = (await office.send(ana, conversation, "uno"))["message"]["id"]
    note = (await office.send(ana, conversation, "nota", private=True))["message"]["id"]

    async def react(*, on: bool = True) -> dict[str, Any]:
        return await store.react(
            office.rpc, site=site, token_hash=visitor.token_hash, message=sent, emoji="👍", on=on
        )

    assert (await react())["change"] == 1
    assert (await react())["change"] == 1, "it is there already"
    assert (await office.call(ana, "edit_seller_message", message=note, content="otra"))["message"][
        "change"
    ] == 2
    assert (await react(on=False))["change"] == 3
    seen = await visitor.history(changed=1)
    assert ([m["id"] for m in seen.changed], seen.changes) == ([sent], 3)
    page = await staff_store.messages(office.rpc, ana, conversation, changed=1)
    assert ([m["id"] for m in page["changed"]], page["changes"]) == ([note, sent], 3)
    begun = await visitor.history()
    assert (begun.changed, begun.reads, begun.cursor.partition("~")[2]) == ([], [], "3")
    await office.call(ana, "edit_seller_message", message=sent, content=None)
    with pytest.raises(Conflict):
        await react()
