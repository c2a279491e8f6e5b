"""Conversations kept at OpenAI: only new items travel, and each way of losing one has its kind."""

from __future__ import annotations

import asyncio

import pytest

from app.errors import ConfigurationError
from app.llm.build import build_model
from app.llm.port import Completed, Model, ModelFailure, Said, ToolCall, ToolResult
from tests.fakes.upstream import Call, FakeUpstream, Fault, Reply
from tests.fakes.upstream_threads import ThreadError
from tests.llm.asking import SAVE, ask, fail, play, settings_for, text_of
from tests.llm.conftest import MakeModel


@pytest.fixture
def model(make_model: MakeModel) -> Model:
    return make_model(openai_first_text_seconds=1.0, openai_stall_seconds=0.3)


async def test_only_new_items_are_sent_and_the_conversation_keeps_all(
    upstream: FakeUpstream, model: Model
) -> None:
    thread = await model.open_thread((Said("user", "hola"), Said("assistant", "¿En qué ayudo?")))
    events = await play(model, ask("precio", thread=thread))
    body = upstream.requests[0].body
    assert (body["conversation"], body["input"]) == (thread, [{"role": "user", "content": "precio"}])
    assert "store" not in body
    assert isinstance(events[-1], Completed)
    assert events[-1].items == ()
    kept = upstream.threads.get(thread).items
    assert [item["content"] for item in kept[:3]] == ["hola", "¿En qué ayudo?", "precio"]
    assert kept[3]["content"][0]["text"] == text_of(events)


@pytest.mark.parametrize("count", [0, 1, 20, 21, 45])
async def test_a_long_history_is_added_in_order_twenty_at_a_time(
    upstream: FakeUpstream, model: Model, count: int
) -> None:
    thread = await model.open_thread(tuple(Said("user", f"n{n}") for n in range(count)))
    assert [item["content"] for item in upstream.threads.get(thread).items] == [f"n{n}" for n in range(count)]


async def test_a_tool_round_in_a_thread(upstream: FakeUpstream, model: Model) -> None:
    thread = await model.open_thread(())
    upstream.script(Reply(tool_calls=(Call(name="save_contact", id="c1"),)))
    events = await play(model, ask(thread=thread, tools=(SAVE,)))
    assert events[0] == ToolCall("c1", "save_contact", "{}")
    upstream.script(Reply(text="Listo."))
    assert text_of(await play(model, ask(items=(ToolResult("c1", "{}"),), thread=thread))) == "Listo."


async def test_a_lock_that_ends_in_time_is_waited_out(upstream: FakeUpstream, model: Model) -> None:
    thread = await model.open_thread(())
    upstream.threads.lock(thread, times=2)
    await play(model, ask(thread=thread))
    assert len(upstream.requests) == 3


async def test_a_lock_that_stays(upstream: FakeUpstream, model: Model) -> None:
    thread = await model.open_thread(())
    upstream.threads.lock(thread, times=99)
    assert (await fail(model, ask(thread=thread))).kind == "thread_locked"
    assert len(upstream.requests) == 3


async def test_two_rounds_at_once_lock_each_other_out(upstream: FakeUpstream, make_model: MakeModel) -> None:
    model = make_model(openai_first_text_seconds=20)
    thread = await model.open_thread(())
    upstream.script(Reply(text="hola ", endless=True, tokens_per_second=100))
    first = asyncio.create_task(play(model, ask(thread=thread)))
    await upstream.wait_requests(1)
    assert (await fail(model, ask(thread=thread))).kind == "thread_locked"
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first


async def test_a_lost_conversation(upstream: FakeUpstream, model: Model) -> None:
    thread = await model.open_thread(())
    upstream.threads.lose(thread)
    assert (await fail(model, ask(thread=thread))).kind == "thread_lost"
    assert len(upstream.requests) == 1


async def test_a_model_that_is_not_there_does_not_mean_a_lost_thread(
    upstream: FakeUpstream, model: Model
) -> None:
    thread = await model.open_thread(())
    upstream.script(Reply(fault=Fault(kind="status", status=404, code="model_not_found")))
    assert (await fail(model, ask(thread=thread))).kind == "bad_request"


async def test_a_tool_call_orphaned_by_leaving(upstream: FakeUpstream, model: Model) -> None:
    thread = await model.open_thread(())
    upstream.script(Reply(tool_calls=(Call(name="save_contact", id="c1"),)))
    await play(model, ask(thread=thread, tools=(SAVE,)))
    assert (await fail(model, ask("¿sigue ahí?", thread=thread))).kind == "thread_lost"
    unknown = (ToolResult("c9", "{}"),)
    other = await model.open_thread(())
    assert (await fail(model, ask(items=unknown, thread=other))).kind == "thread_lost"


async def test_a_lost_connection_is_not_tried_again_in_a_thread(upstream: FakeUpstream, model: Model) -> None:
    thread = await model.open_thread(())
    upstream.script(Reply(fault=Fault(kind="close_before_headers")))
    assert (await fail(model, ask(thread=thread))).kind == "cut"
    assert len(upstream.requests) == 1, "its items may have been added"


async def test_forgetting_deletes_and_forgetting_again_is_fine(upstream: FakeUpstream, model: Model) -> None:
    thread = await model.open_thread((Said("user", "hola"),))
    await model.forget_thread(thread)
    await model.forget_thread(thread)
    assert (await fail(model, ask(thread=thread))).kind == "thread_lost"


async def test_a_conversation_that_cannot_be_filled_is_deleted_again(
    upstream: FakeUpstream, model: Model
) -> None:
    upstream.threads.capacity = 40
    with pytest.raises(ModelFailure) as caught:
        await model.open_thread(tuple(Said("user", f"n{n}") for n in range(41)))
    assert caught.value.kind == "bad_request"
    with pytest.raises(ThreadError, match="not found"):
        upstream.threads.get("conv_1")


async def test_a_server_without_conversations(make_model: MakeModel, upstream: FakeUpstream) -> None:
    model = make_model(at=upstream.base_url + "/elsewhere")
    with pytest.raises(ModelFailure) as caught:
        await model.open_thread(())
    assert caught.value.kind == "bad_request"


async def test_chat_completions_keeps_none(upstream: FakeUpstream, make_model: MakeModel) -> None:
    model = make_model("chat")
    assert (await fail(model, ask(thread="conv_1"))).kind == "bad_request"
    for call in (model.open_thread(()), model.forget_thread("conv_1")):
        with pytest.raises(ModelFailure) as caught:
            await call
        assert caught.value.kind == "bad_request"
    assert not upstream.requests
    with pytest.raises(ConfigurationError, match="TALIA_OPENAI_THREADS"):
        build_model(settings_for(upstream.base_url, openai_api="chat", openai_threads="openai"))
