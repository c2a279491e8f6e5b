"""Who sees which conversation, lists with their filters, pages, reading. Both transports."""

from __future__ import annotations

from typing import Any

import pytest

from app.conversations import staff_store
from app.conversations.types import Effects
from app.errors import Forbidden, NotFound
from app.replies import store as replies
from app.replies.types import Reply, ReplyFacts
from tests.conversations.conftest import Office
from tests.rigs.visitors import CLAIM


async def talk(office: Office, *texts: str) -> str:
    visitor = office.visitor()
    said = [await visitor.say(text) for text in texts or ("Hola",)]
    return said[0].conversation_id


async def test_a_seller_sees_what_is_free_and_what_is_theirs(office: Office) -> None:
    ana, luis, boss = await office.hire(), await office.hire(), await office.hire("admin")
    free, taken = await talk(office), await talk(office)
    await office.act(ana, "take_over", taken)
    assert await office.listed(ana) == [taken]
    assert await office.listed(ana, view="all") == [taken, free]
    assert await office.listed(luis, view="all") == [free]
    assert await office.listed(boss, view="all") == [taken, free]
    assert await office.listed(luis) == []
    with pytest.raises(Forbidden) as refused:
        await office.call(luis, "staff_conversation", conversation=taken)
    assert refused.value.code == "conversation.not_participant"
    await office.act(ana, "close_conversation", taken, outcome="purchased")
    assert await office.listed(luis, view="all") == [free]
    assert await office.listed(ana, view="all", state="closed") == [taken]


@pytest.mark.parametrize("function", ["staff_conversation", "staff_messages", "staff_sees", "staff_read"])
async def test_another_sites_conversation_does_not_exist(
    office: Office, elsewhere: Office, function: str
) -> None:
    boss = await office.hire("admin")
    theirs = await talk(elsewhere)
    for conversation in (theirs, "00000000-0000-7000-8000-000000000000"):
        with pytest.raises(NotFound) as refused:
            await office.call(boss, function, conversation=conversation)
        assert refused.value.code == "conversation.not_found"


async def test_marketing_and_the_disabled_see_nothing(office: Office) -> None:
    marketing = await office.hire("marketing")
    conversation = await talk(office)
    with pytest.raises(Forbidden):
        await office.call(marketing, "staff_conversation", conversation=conversation)
    assert await office.listed(marketing, view="all") == []
    gone = await office.hire()
    office.admin.execute("update staff_sites set disabled_at = now() where staff_id = %s", [gone.staff_id])
    with pytest.raises(Forbidden):
        await office.listed(gone, view="all")


async def test_filters(office: Office) -> None:
    ana = await office.hire()
    visitor = office.visitor()
    item = {"type": "Vehicle", "title": "Corolla 2023"}
    conversation = (await visitor.say("¿Precio del coche?", metadata={"item": item})).conversation_id
    other = await talk(office, "100% otra cosa")
    await office.rpc.call(
        "save_visitor_contact",
        site=office.site["id"],
        token_hash=visitor.token_hash,
        contact={"name": "Ana Ñandú", "email": "nandu@example.com", "phone": "+18095551234"},
        consents=[],
    )
    patch = {"lead_quality": "hot", "outcome": "appointment_scheduled", "tags": ["vip", "coche"]}
    await office.act(ana, "label_conversation", conversation, patch=patch)
    for found in (
        {"text": "precio DEL"},
        {"text": "ñandú"},
        {"text": "nandu@"},
        {"text": "5551234"},
        {"text": "corolla"},
        {"quality": "hot"},
        {"outcome": "appointment_scheduled"},
        {"tag": "vip"},
    ):
        assert await office.listed(ana, view="all", **found) == [conversation], found
    for missed in ({"text": "nada"}, {"quality": "cold"}, {"tag": "v"}, {"state": "open"}, {"view": "mine"}):
        assert await office.listed(ana, **{"view": "all", **missed}) == [], missed
    assert await office.listed(ana, view="all", text="%") == [other]
    assert await office.listed(ana, view="bot") == [other, conversation]
    assert (
        await office.listed(ana, view="all", **{"from": "2020-01-01T00:00:00Z", "to": "2021-01-01T00:00:00Z"})
        == []
    )


async def test_those_who_wait_longest_come_first_and_pages_go_on(office: Office) -> None:
    ana = await office.hire()
    queued = []
    for _ in range(5):
        visitor = office.visitor()
        said = await visitor.say("quiero una persona")
        await office.rpc.call(
            "request_visitor_handoff", site=office.site["id"], token_hash=visitor.token_hash, summary=None
        )
        queued.append(said.conversation_id)
    await talk(office)
    assert await office.listed(ana, sort="waiting", view="unassigned") == queued
    for sort, expected in (("waiting", queued), ("newest", queued[::-1])):
        seen: list[str] = []
        after: dict[str, Any] | None = None
        while True:
            page = await staff_store.conversations(
                office.rpc, ana, filter_={"view": "unassigned"}, sort=sort, after=after, limit=2
            )
            seen += [line["uuid"] for line in page["data"]]
            after = page["next"]
            if after is None:
                break
        assert seen == expected
    counts = await office.call(ana, "staff_counts")
    assert counts == {"mine": 0, "unassigned": 5, "bot": 1, "all": 6, "overdue": 0}


async def test_messages_in_pages_both_ways(office: Office) -> None:
    ana = await office.hire()
    conversation = await talk(office, *(str(n) for n in range(7)))

    async def page(**position: int) -> tuple[list[str], bool]:
        row = await staff_store.messages(office.rpc, ana, conversation, limit=3, **position)
        return [m["context"]["text"] for m in row["data"]], row["has_more"]

    assert await page() == (["4", "5", "6"], True)
    assert await page(before=5) == (["1", "2", "3"], True)
    assert await page(before=2) == (["0"], False)
    assert await page(after=0) == (["0", "1", "2"], True)
    assert await page(after=4) == (["4", "5", "6"], False)


async def test_unread_is_each_sellers_own_and_reading_ticks_for_the_visitor(office: Office) -> None:
    ana, boss = await office.hire(), await office.hire("admin")
    visitor = office.visitor()
    conversation = (await visitor.say("uno")).conversation_id
    await office.act(ana, "take_over", conversation)
    await visitor.say("dos")
    await visitor.say("tres")
    assert await office.call(ana, "staff_unread") == {"unread_count": 2, "conversations": 1}
    looked = await office.call(boss, "staff_read", conversation=conversation)
    assert looked["up_to_seq"] is None
    assert not any(
        m["status"]["is_read"] for m in (await visitor.history()).messages if m["author"] == "visitor"
    )
    read = await office.call(ana, "staff_read", conversation=conversation, up_to_seq=3)
    assert (read["up_to_seq"], read["unread_count"]) == (3, 1)
    read = await office.call(ana, "staff_read", conversation=conversation)
    assert (read["up_to_seq"], read["unread_count"]) == (4, 0)
    line = await office.call(ana, "staff_conversation", conversation=conversation)
    me = next(p for p in line["participants"] if p["uuid"] == ana.staff_id)
    assert me["pivot"]["unread_count"] == 0
    assert [p["type"] for p in line["participants"]] == ["visitor", "staff"]


async def test_every_look_at_a_person_is_written_down(office: Office) -> None:
    ana = await office.hire()
    conversation = await talk(office)
    await office.call(ana, "staff_conversation", conversation=conversation)
    await staff_store.messages(office.rpc, ana, conversation)
    await staff_store.messages(office.rpc, ana, conversation, after=0)
    await office.listed(ana)
    assert office.audited(ana) == ["conversation.viewed", "conversation.viewed", "conversations.listed"]


async def test_open_inboxes_learn_who_may_see_what(office: Office, elsewhere: Office) -> None:
    ana, luis, boss = await office.hire(), await office.hire(), await office.hire("admin")
    stranger = await elsewhere.hire("admin")
    free, taken, theirs = await talk(office), await talk(office), await talk(elsewhere)
    await office.act(ana, "take_over", taken)
    everybody = [m.staff_id for m in (ana, luis, boss, stranger)]
    rows = await staff_store.inbox_lines(
        office.rpc, site=office.site["id"], conversations=[free, taken, theirs], staff=everybody
    )
    seen = {row["conversation"]["uuid"]: set(row["seen_by"]) for row in rows}
    assert seen == {
        free: {ana.staff_id, luis.staff_id, boss.staff_id},
        taken: {ana.staff_id, boss.staff_id},
    }


async def test_the_model_learns_where_the_human_stretch_ended(office: Office) -> None:
    ana = await office.hire(name="Ana Ruiz")
    visitor = office.visitor()
    said = await visitor.say("Hola")
    assert said.turn is not None
    await replies.complete_turn(
        office.rpc, said.turn, Reply("¿En qué ayudo?", "guided", Effects(), ReplyFacts()), CLAIM
    )
    conversation = said.conversation_id
    await office.act(ana, "take_over", conversation)
    await office.send(ana, conversation, "Soy Ana, le doy cita el lunes")
    await office.send(ana, conversation, "ojo: regatea", private=True)
    await visitor.say("gracias, ¿y el horario?")
    back = await office.act(ana, "return_to_assistant", conversation, note="Cita el lunes a las 10")
    assert back.turn is not None
    texts = [m.text for m in back.turn.history]
    marker = (
        "[Ana Ruiz, of the human team, handed the conversation back to the assistant here. "
        "Note from Ana Ruiz: Cita el lunes a las 10]"
    )
    assert texts == [
        "Hola",
        "¿En qué ayudo?",
        "Soy Ana, le doy cita el lunes",
        marker,
        "gracias, ¿y el horario?",
    ]
    assert "regatea" not in str(back.turn)
    assert back.conversation["handler"] == "assistant"
    shown = (await visitor.history()).messages
    assert "Cita el lunes a las 10" not in str([m for m in shown if m["author"] != "system"])
