"""Whatever is sent twice, at once or out of order: one message, one turn, one call to the model, one reply."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.channels.conftest import Look, MakeVisitor, StartTalia, model_at
from tests.channels.crowd import crowd
from tests.channels.screen import Screen
from tests.fakes.upstream import FakeUpstream, Reply, overlap
from tests.realtime.redis_server import RedisServer
from tests.rigs.http_visitor import HttpVisitor
from tests.rigs.server import TaliaServer

SLOW = Reply(text="Sí, la tenemos en azul y en gris.", first_token_seconds=0.4, tokens_per_second=60)


def twin(visitor: HttpVisitor, other: HttpVisitor) -> HttpVisitor:
    """The same visitor, by way of another server."""
    other.session_id, other.token = visitor.session_id, visitor.token
    return other


async def stream_of(visitor: HttpVisitor, **message: Any) -> Screen:
    async with visitor.stream(**message) as events:
        return await Screen().follow(events)


async def all_at_once(
    visitors: list[HttpVisitor], count: int, message: dict[str, Any]
) -> set[tuple[str, str]]:
    """Send the message `count` times, half as JSON and half streaming. What they were told: (message, reply)."""
    jsons = [visitors[n % len(visitors)].say(**message) for n in range(count // 2)]
    streams = [stream_of(visitors[n % len(visitors)], **message) for n in range(count - count // 2)]
    answers, screens = await asyncio.gather(asyncio.gather(*jsons), asyncio.gather(*streams))
    assert {answer.status_code for answer in answers} == {200}
    assert [answer.json()["metadata"]["duplicate"] for answer in answers].count(False) <= 1
    told = {(a.json()["metadata"]["last_message_id"], a.json()["reply"]) for a in answers}
    return told | {(screen.messages[0]["message_id"], screen.texts[-1]) for screen in screens}


def stored(look: Look) -> tuple[int, int, int]:
    """How many visitor messages, replies and turns there are."""
    [row] = look(
        "select (select count(*) from mensajes where author = 'visitor') as asked,"
        " (select count(*) from mensajes where author = 'assistant') as answered, (select count(*) from turns) as turns"
    )
    return row["asked"], row["answered"], row["turns"]


async def test_the_same_message_fifty_times_at_once_is_one(
    with_model: TaliaServer, upstream: FakeUpstream, make_visitor: MakeVisitor, look: Look
) -> None:
    upstream.script(SLOW)
    ana = make_visitor(with_model)
    await ana.open()
    told = await all_at_once([ana], 50, {"content": "¿La tienen?", "client_message_id": "m-1"})
    assert len(told) == 1
    assert stored(look) == (1, 1, 1)
    assert len(upstream.requests) == 1


async def test_the_same_message_fifty_times_at_once_over_two_servers_is_one(
    start_talia: StartTalia,
    upstream: FakeUpstream,
    make_visitor: MakeVisitor,
    look: Look,
    redis_server: RedisServer,
) -> None:
    upstream.script(SLOW)
    settings = model_at(upstream, redis_url=redis_server.url)
    ana = make_visitor(start_talia(**settings))
    await ana.open()
    there = twin(ana, make_visitor(start_talia(**settings)))
    told = await all_at_once([ana, there], 50, {"content": "¿La tienen?", "client_message_id": "m-1"})
    assert len(told) == 1
    assert stored(look) == (1, 1, 1)
    assert len(upstream.requests) == 1


async def test_a_first_message_with_a_token_is_one_even_before_the_conversation_exists(
    start_talia: StartTalia, make_visitor: MakeVisitor, look: Look
) -> None:
    ana = make_visitor(start_talia())
    await ana.open()
    answers = await asyncio.gather(*(ana.say("Hola", client_message_id="first") for _ in range(10)))
    assert {a.json()["metadata"]["seq"] for a in answers} == {1}
    assert len(look("select id from conversaciones")) == len(look("select id from contactos")) == 1


async def test_another_content_under_the_same_id_is_refused(
    guided: TaliaServer, make_visitor: MakeVisitor, look: Look
) -> None:
    ana = make_visitor(guided)
    await ana.open()
    await ana.say("Hola", client_message_id="m-1")
    refused = await ana.say("Adiós", client_message_id="m-1")
    assert (refused.status_code, refused.json()["code"]) == (409, "message.id_reused")
    headers = ana.headers | {"Authorization": f"Bearer {ana.token}", "Accept": "text/event-stream"}
    body = ana.body("Adiós", client_message_id="m-1")
    streamed = await ana.http.post("/api/webchat/messages", headers=headers, json=body)
    assert (streamed.status_code, streamed.headers["content-type"]) == (409, "application/problem+json")
    assert [row["texto"] for row in look("select texto from mensajes where author = 'visitor'")] == ["Hola"]


async def test_many_contents_under_one_id_at_once_store_one(
    guided: TaliaServer, make_visitor: MakeVisitor, look: Look
) -> None:
    ana = make_visitor(guided)
    await ana.open()
    answers = await asyncio.gather(*(ana.say(f"Hola {n}", client_message_id="m-1") for n in range(10)))
    assert sorted(a.status_code for a in answers) == [200] + [409] * 9
    assert stored(look) == (1, 1, 1)


async def test_ids_of_two_visitors_have_nothing_to_do_with_each_other(
    guided: TaliaServer, make_visitor: MakeVisitor
) -> None:
    ana, eva = make_visitor(guided), make_visitor(guided)
    await ana.open()
    await eva.open()
    await ana.say("Hola", client_message_id="m-1")
    answer = await eva.say("Otra cosa", client_message_id="m-1")
    assert (answer.status_code, answer.json()["metadata"]["duplicate"]) == (200, False)


async def test_a_retry_after_a_restart_gives_the_first_result(
    start_talia: StartTalia, database_url: str, upstream: FakeUpstream, make_visitor: MakeVisitor, look: Look
) -> None:
    upstream.script(SLOW)
    ana = make_visitor(start_talia(**model_at(upstream)))
    await ana.open()
    first = (await ana.say("¿La tienen?", client_message_id="m-1")).json()
    again = twin(ana, make_visitor(start_talia(**model_at(upstream))))
    retried = (await again.say("¿La tienen?", client_message_id="m-1")).json()
    assert retried["metadata"].pop("duplicate") is True
    assert first["metadata"].pop("duplicate") is False
    assert retried == first
    screen = await stream_of(again, content="¿La tienen?", client_message_id="m-1")
    assert screen.texts == ["¿La tienen?", first["reply"]]
    assert len(upstream.requests) == 1
    assert stored(look) == (1, 1, 1)


async def test_twenty_messages_at_once_in_one_session(
    with_model: TaliaServer, upstream: FakeUpstream, make_visitor: MakeVisitor, look: Look
) -> None:
    upstream.script(Reply(text="Entendido.", first_token_seconds=0.1))
    ana = make_visitor(with_model)
    await ana.open()
    answers = await asyncio.gather(*(ana.say(f"Pregunta {n}") for n in range(20)))
    assert all(answer.status_code == 200 and answer.json()["reply"] == "Entendido." for answer in answers)
    asked = look("select seq, texto from mensajes where author = 'visitor' order by seq")
    assert {row["texto"] for row in asked} == {f"Pregunta {n}" for n in range(20)}
    every = [row["seq"] for row in look("select seq from mensajes order by seq")]
    assert every == list(range(1, len(every) + 1)), "holes in the order"
    assert overlap(upstream.requests) == 1, "two replies were being written at once"
    assert _answered_once(look) == 20
    assert len(upstream.requests) == len(every) - 20 <= 6, "a burst is answered as one"


def _answered_once(look: Look) -> int:
    """How many messages are covered; each turn begins where the one before it ended."""
    turns = look("select upto_seq, state, answer_message_id from turns order by created_at")
    assert all(turn["state"] == "done" and turn["answer_message_id"] for turn in turns)
    reached = [turn["upto_seq"] for turn in turns]
    assert reached == sorted(set(reached))
    [row] = look("select count(*) as n from mensajes where author = 'visitor' and seq <= %s", reached[-1])
    return int(row["n"])


async def test_two_hundred_sessions_are_answered_side_by_side(
    start_talia: StartTalia, upstream: FakeUpstream, look: Look
) -> None:
    upstream.script(Reply(text="Entendido.", meets=101))
    # They need not come together quickly: that they are together is what counts.
    patient = start_talia(**model_at(upstream, openai_first_text_seconds=60))
    answers = await crowd(patient, 200)
    assert {answer["reply"] for answer in answers} == {"Entendido."}
    assert upstream.peak > 100
    assert stored(look) == (200, 200, 200)
