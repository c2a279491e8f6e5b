"""Complete answers: text, tools, usage and what the next round hands back, on both wires."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import orjson
import pytest

from app.llm import chat_body
from app.llm.port import (
    Completed,
    Model,
    OpaqueItem,
    Said,
    TextDelta,
    ToolCall,
    ToolResult,
)
from tests.fakes.upstream import Call, FakeUpstream, Reply, Rule
from tests.llm.asking import SAVE, ask, play, text_of
from tests.llm.conftest import MakeModel

LONG = "Año nuevo, camión nuevo: ¿le interesa? 🚙 " * 40


async def test_the_text_arrives_whole_and_ends_in_one_completed(upstream: FakeUpstream, model: Model) -> None:
    events = await play(model, ask("¿Tienen la Hilux?"))
    assert text_of(events).startswith("Recibido: ¿Tienen la Hilux? Gracias")
    *deltas, completed = events
    assert all(isinstance(event, TextDelta) for event in deltas)
    assert isinstance(completed, Completed)
    assert completed.usage.input_tokens > 0
    assert completed.usage.output_tokens == 22
    assert completed.response_id
    assert await upstream.requests[0].wait_closed() == "finished"


@pytest.mark.parametrize("chop", [1, 7, 61, 1000])
@pytest.mark.parametrize("crlf", [False, True])
async def test_how_the_bytes_are_cut_makes_no_difference(
    upstream: FakeUpstream, model: Model, chop: int, *, crlf: bool
) -> None:
    text = LONG[:300]
    upstream.script(Reply(text=text, chop=chop, crlf=crlf))
    assert text_of(await play(model, ask())) == text


async def test_deltas_that_arrive_together_are_one(upstream: FakeUpstream, model: Model) -> None:
    upstream.script(Reply(text=LONG))
    events = await play(model, ask())
    assert text_of(events) == LONG
    assert len(events) < 40, "400 tokens in a few reads"


async def test_deltas_are_not_held_back(upstream: FakeUpstream, model: Model) -> None:
    upstream.script(Reply(text="uno dos tres", tokens_per_second=1))
    async with aclosing(model.stream(ask())) as events:
        first = await anext(events)
    assert first == TextDelta("uno ")
    assert await upstream.requests[0].wait_closed() == "client_closed"


async def test_the_body_says_what_the_request_says(upstream: FakeUpstream, make_model: MakeModel) -> None:
    request = ask(
        tools=(SAVE,),
        temperature=0.3,
        safety_identifier="s1",
        cache_key="talia@1",
        request_id="turn-1",
        max_output_tokens=77,
        items=(
            Said("user", "hola"),
            Said("assistant", "Un momento."),
            ToolCall("c1", "save_contact", "{}"),
            ToolCall("c2", "save_contact", '{"name":"Ana"}'),
            ToolResult("c1", '{"ok":false}'),
            ToolResult("c2", '{"ok":true}'),
        ),
    )
    await play(make_model("responses"), request)
    await play(make_model("chat"), request)
    responses, chat = (exchange.body for exchange in upstream.requests)
    parameters = SAVE.parameters
    assert responses == {
        "model": "fake-1",
        "instructions": "Eres Talia.",
        "input": [
            {"role": "user", "content": "hola"},
            {"role": "assistant", "content": "Un momento."},
            {"type": "function_call", "call_id": "c1", "name": "save_contact", "arguments": "{}"},
            {"type": "function_call", "call_id": "c2", "name": "save_contact", "arguments": '{"name":"Ana"}'},
            {"type": "function_call_output", "call_id": "c1", "output": '{"ok":false}'},
            {"type": "function_call_output", "call_id": "c2", "output": '{"ok":true}'},
        ],
        "tools": [
            {
                "type": "function",
                "name": "save_contact",
                "description": "Keep a contact",
                "parameters": parameters,
                "strict": True,
            }
        ],
        "temperature": 0.3,
        "safety_identifier": "s1",
        "prompt_cache_key": "talia@1",
        "max_output_tokens": 77,
        "store": False,
        "stream": True,
        "stream_options": {"include_obfuscation": False},
    }
    function = {
        "name": "save_contact",
        "description": "Keep a contact",
        "parameters": parameters,
        "strict": True,
    }
    assert chat == {
        "model": "fake-1",
        "messages": [
            {"role": "system", "content": "Eres Talia."},
            {"role": "user", "content": "hola"},
            {
                "role": "assistant",
                "content": "Un momento.",
                "tool_calls": [
                    {"id": "c1", "type": "function", "function": {"name": "save_contact", "arguments": "{}"}},
                    {
                        "id": "c2",
                        "type": "function",
                        "function": {"name": "save_contact", "arguments": '{"name":"Ana"}'},
                    },
                ],
            },
            {"role": "tool", "tool_call_id": "c1", "content": '{"ok":false}'},
            {"role": "tool", "tool_call_id": "c2", "content": '{"ok":true}'},
        ],
        "tools": [{"type": "function", "function": function}],
        "temperature": 0.3,
        "max_tokens": 77,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    assert {exchange.headers["x-client-request-id"] for exchange in upstream.requests} == {"turn-1"}


def test_openai_itself_is_told_more_and_by_its_newer_names() -> None:
    body = chat_body.body_of(
        ask(safety_identifier="s1", cache_key="talia@1", reasoning_effort="low", max_output_tokens=9),
        openai_dialect=True,
    )
    assert body["max_completion_tokens"] == 9
    assert "max_tokens" not in body
    assert (body["safety_identifier"], body["prompt_cache_key"]) == ("s1", "talia@1")
    assert body["stream_options"] == {"include_usage": True, "include_obfuscation": False}
    assert body["reasoning_effort"] == "low"


async def test_tool_calls_come_whole_and_the_next_round_answers_them(
    upstream: FakeUpstream, model: Model
) -> None:
    arguments = '{"name": "Ana María de los Ángeles"}'
    calls = (Call(name="save_contact", arguments=arguments, id="c1"), Call(name="no_such_tool", id="c2"))
    upstream.script(
        Rule(reply=Reply(text="Anotado, Ana."), has_tool_result=True),
        Reply(text="Un momento. ", tool_calls=calls),
    )
    first = ask("Soy Ana", tools=(SAVE,))
    events = await play(model, first)
    made = [event for event in events if isinstance(event, ToolCall)]
    assert made == [ToolCall("c1", "save_contact", arguments), ToolCall("c2", "no_such_tool", "{}")]
    completed = events[-1]
    assert isinstance(completed, Completed)
    results = tuple(ToolResult(call.call_id, '{"ok":true}') for call in made)
    second = ask(items=(*first.items, *completed.items, *results), tools=(SAVE,))
    assert text_of(await play(model, second)) == "Anotado, Ana."
    sent = orjson.dumps(upstream.requests[1].body).decode()
    assert "Un momento." in sent, "what was said before the call is part of the round"
    assert sent.index('"c1"') < sent.index('"c2"') < sent.rindex('"c1"')


async def test_arguments_that_are_not_json_are_passed_on_as_they_are(
    upstream: FakeUpstream, model: Model
) -> None:
    upstream.script(Reply(tool_calls=(Call(name="save_contact", arguments='{"name": "An', id="c1"),)))
    assert (await play(model, ask(tools=(SAVE,))))[0] == ToolCall("c1", "save_contact", '{"name": "An')


async def test_commentary_is_not_the_answer_but_is_handed_back(
    upstream: FakeUpstream, make_model: MakeModel
) -> None:
    upstream.script(Reply(commentary="Voy a buscar en el catálogo. ", text="Sí, hay dos."))
    events = await play(make_model(), ask())
    assert text_of(events) == "Sí, hay dos."
    assert isinstance(events[-1], Completed)
    assert events[-1].items == (
        OpaqueItem({"role": "assistant", "content": "Voy a buscar en el catálogo. ", "phase": "commentary"}),
        OpaqueItem({"role": "assistant", "content": "Sí, hay dos.", "phase": "final_answer"}),
    )


async def test_reasoning_is_asked_for_encrypted_and_handed_back_unchanged(
    upstream: FakeUpstream, make_model: MakeModel
) -> None:
    model = make_model()
    upstream.script(Reply(tool_calls=(Call(name="save_contact", id="c1"),)))
    events = await play(model, ask(tools=(SAVE,), reasoning_effort="low"))
    body = upstream.requests[0].body
    assert (body["reasoning"], body["include"]) == ({"effort": "low"}, ["reasoning.encrypted_content"])
    completed = events[-1]
    assert isinstance(completed, Completed)
    thought, call = completed.items
    assert isinstance(thought, OpaqueItem)
    assert thought.data["encrypted_content"] == "gAAAAAresp_1"
    await play(model, ask(items=(Said("user", "x"), thought, call, ToolResult("c1", "{}"))))
    assert upstream.requests[1].body["input"][1] == thought.data


async def test_without_an_effort_no_reasoning_is_mentioned(
    upstream: FakeUpstream, make_model: MakeModel
) -> None:
    await play(make_model(), ask())
    assert not {"reasoning", "include"} & upstream.requests[0].body.keys()


async def test_a_connection_serves_round_after_round(upstream: FakeUpstream, model: Model) -> None:
    for _ in range(4):
        await play(model, ask())
    assert upstream.connections == 1


@pytest.mark.parametrize("api", ["responses", "chat"])
async def test_many_rounds_run_side_by_side(upstream: FakeUpstream, make_model: MakeModel, api: str) -> None:
    # They need not come together quickly: that they are together is what counts.
    model = make_model(api, openai_first_text_seconds=60, openai_stall_seconds=60)
    upstream.script(Reply(text="uno dos tres", meets=101))
    texts = await asyncio.gather(*(play(model, ask(f"n{n}")) for n in range(120)))
    assert {text_of(events) for events in texts} == {"uno dos tres"}
    assert upstream.peak > 100


async def test_an_answer_without_the_usage_that_should_follow_is_an_answer(make_model: MakeModel) -> None:
    """A compatible server that stops after its finish_reason, and leaves the connection open."""
    chunk = b'data: {"choices":[{"index":0,"delta":{"content":"Hola"},"finish_reason":"stop"}]}\n\n'

    async def reply(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n" + chunk)
        await reader.read()
        writer.close()

    server = await asyncio.start_server(reply, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        events = await play(make_model("chat", at=f"http://127.0.0.1:{port}/v1"), ask())
    assert text_of(events) == "Hola"
    assert isinstance(events[-1], Completed)
