"""The fake itself, checked by the SDK's own parsing, and as a process of its own."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import openai
import pytest

from tests.fakes.upstream import Call, FakeUpstream, Fault, Reply, overlap

RULES = [{"reply": {"text": "de otro proceso"}, "contains": "hola"}]


@pytest.fixture
async def sdk(upstream: FakeUpstream) -> AsyncIterator[openai.AsyncOpenAI]:
    async with openai.AsyncOpenAI(api_key="k", base_url=upstream.base_url, max_retries=0) as client:
        yield client


async def test_the_sdk_reads_its_responses_stream(upstream: FakeUpstream, sdk: openai.AsyncOpenAI) -> None:
    upstream.script(
        Reply(commentary="Miro. ", text="Hay dos.", tool_calls=(Call(name="f", arguments='{"a":1}'),))
    )
    async with sdk.responses.stream(model="m", input="hola", reasoning={"effort": "low"}) as stream:
        kinds = [event.type async for event in stream]
        final = await stream.get_final_response()
    assert kinds[0] == "response.created"
    assert kinds[-1] == "response.completed"
    assert [item.type for item in final.output] == ["reasoning", "message", "message", "function_call"]
    assert final.output_text == "Miro. Hay dos."
    assert final.usage is not None


async def test_the_sdk_reads_its_chat_stream(upstream: FakeUpstream, sdk: openai.AsyncOpenAI) -> None:
    upstream.script(Reply(text="Hay dos.", tool_calls=(Call(name="f", arguments='{"a":1}', id="c1"),)))
    messages: Any = [{"role": "user", "content": "hola"}]
    async with sdk.chat.completions.stream(
        model="m", messages=messages, stream_options={"include_usage": True}
    ) as stream:
        final = await stream.get_final_completion()
    message = final.choices[0].message
    assert message.content == "Hay dos."
    assert message.tool_calls is not None
    assert message.tool_calls[0].function.arguments == '{"a":1}'
    assert final.usage is not None


async def test_without_streaming(upstream: FakeUpstream, sdk: openai.AsyncOpenAI) -> None:
    upstream.script(Reply(text="Hay dos."))
    messages: Any = [{"role": "user", "content": "hola"}]
    response = await sdk.responses.create(model="m", input="hola")
    completion = await sdk.chat.completions.create(model="m", messages=messages)
    assert (response.output_text, completion.choices[0].message.content) == ("Hay dos.", "Hay dos.")


async def test_conversations_through_the_sdk(upstream: FakeUpstream, sdk: openai.AsyncOpenAI) -> None:
    items: Any = [{"role": "user", "content": f"n{n}"} for n in range(21)]
    with pytest.raises(openai.BadRequestError):
        await sdk.conversations.create(items=items)
    made = await sdk.conversations.create(items=items[:20])
    await sdk.conversations.items.create(made.id, items=items[20:])
    assert len((await sdk.conversations.items.list(made.id)).data) == 21
    assert (await sdk.conversations.retrieve(made.id)).id == made.id
    assert (await sdk.conversations.delete(made.id)).deleted
    with pytest.raises(openai.NotFoundError):
        await sdk.conversations.retrieve(made.id)


async def test_pacing_keeps_its_times(upstream: FakeUpstream, sdk: openai.AsyncOpenAI) -> None:
    upstream.script(Reply(text="uno dos tres cuatro cinco", first_token_seconds=0.2, tokens_per_second=20))
    began = time.monotonic()
    stream = await sdk.responses.create(model="m", input="hola", stream=True)
    times = [time.monotonic() - began async for e in stream if e.type == "response.output_text.delta"]
    # Never early: how late is the machine's affair.
    assert all(at >= due - 0.01 for at, due in zip(times, [0.2, 0.25, 0.3, 0.35, 0.4], strict=True)), times


async def test_the_system_prompt_can_be_echoed(upstream: FakeUpstream, sdk: openai.AsyncOpenAI) -> None:
    upstream.script(Reply(echo_instructions=True))
    assert (await sdk.responses.create(model="m", input="x", instructions="secreto")).output_text == "secreto"


async def test_the_journal_says_how_each_request_ended(
    upstream: FakeUpstream, sdk: openai.AsyncOpenAI
) -> None:
    await sdk.responses.create(model="m", input="uno")
    upstream.script(Reply(fault=Fault(kind="status", status=418)))
    with pytest.raises(openai.APIStatusError):
        await sdk.responses.create(model="m", input="dos")
    assert [(e.last_user_text, e.outcome) for e in upstream.requests] == [
        ("uno", "finished"),
        ("dos", "faulted"),
    ]
    assert (upstream.current, upstream.peak, overlap(upstream.requests)) == (0, 1, 1)


async def test_a_process_of_its_own_takes_orders() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.fakes.upstream", "--control", stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        base_url = (await process.stdout.readline()).decode().split()[-1]
        control = base_url.removesuffix("/v1") + "/control"
        async with (
            httpx.AsyncClient() as http,
            openai.AsyncOpenAI(api_key="k", base_url=base_url, max_retries=0) as sdk,
        ):
            assert (await http.put(f"{control}/script", json=RULES)).status_code == 200
            assert (await http.put(f"{control}/script", json=[{"reply": {"txt": 1}}, 3])).status_code == 400
            assert (await sdk.responses.create(model="m", input="hola")).output_text == "de otro proceso"
            made = await sdk.conversations.create()
            await http.post(f"{control}/threads/{made.id}", json={"lock": 1})
            with pytest.raises(openai.BadRequestError) as caught:
                await sdk.responses.create(model="m", input="x", conversation=made.id)
            assert caught.value.code == "conversation_locked"
            journal = (await http.get(f"{control}/journal")).json()
            completions = [(entry["last_user_text"], entry["outcome"]) for entry in journal if entry["api"]]
            assert completions == [("hola", "finished"), ("x", "refused")]
            assert (await http.get(f"{control}/stats")).json() == {"total": 2, "current": 0, "peak": 1}
            await http.post(f"{control}/reset")
            assert (await http.get(f"{control}/journal")).json() == []
    finally:
        process.terminate()
        await process.wait()
