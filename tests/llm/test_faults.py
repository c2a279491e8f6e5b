"""Every way of going wrong, on both adapters, is exactly one kind of failure; and no other exception gets out."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import pytest

from app.llm.port import FailureKind, Model, ModelFailure
from tests.fakes.upstream import Call, FakeUpstream, Fault, Reply
from tests.llm.asking import SAVE, ask, fail, play, text_of
from tests.llm.conftest import MakeModel

OPENINGS = 3
TEXT = "Tenemos tres camionetas disponibles para usted hoy."

BEFORE_TEXT: list[tuple[Fault, FailureKind, int]] = [
    (Fault(kind="stall_headers"), "timeout", 1),
    (Fault(kind="stall"), "timeout", 1),
    (Fault(kind="close_before_headers"), "cut", OPENINGS),
    (Fault(kind="reset_before_headers"), "cut", OPENINGS),
    (Fault(kind="html"), "malformed", 1),
    (Fault(kind="end"), "cut", 1),
    (Fault(kind="status", status=500, retry_after="0"), "unavailable", OPENINGS),
    (Fault(kind="status", status=503, retry_after="0"), "unavailable", OPENINGS),
    (Fault(kind="status", status=408, retry_after="0"), "unavailable", OPENINGS),
    (Fault(kind="status", status=409, retry_after="0"), "unavailable", OPENINGS),
    (Fault(kind="status", status=429, retry_after="0"), "rate_limited", OPENINGS),
    (Fault(kind="status", status=429, code="insufficient_quota", retry_after="0"), "quota", 1),
    (Fault(kind="status", status=401, code="invalid_api_key"), "auth", 1),
    (Fault(kind="status", status=403), "auth", 1),
    (Fault(kind="status", status=400), "bad_request", 1),
    (Fault(kind="status", status=404, code="model_not_found"), "bad_request", 1),
    (Fault(kind="status", status=422), "bad_request", 1),
    (Fault(kind="status", status=400, code="content_filter"), "filtered", 1),
    (Fault(kind="status", status=400, message="No tool output found for function call c."), "bad_request", 1),
]

IN_STREAM: list[tuple[Fault, FailureKind]] = [
    (Fault(kind="stall", at=3), "timeout"),
    (Fault(kind="reset", at=3), "cut"),
    (Fault(kind="cut", at=3), "cut"),
    (Fault(kind="end", at=3), "cut"),
    (Fault(kind="bad_json", at=3), "malformed"),
    (Fault(kind="bad_utf8", at=3), "malformed"),
    (Fault(kind="error", at=3), "failed"),
    (Fault(kind="error_nested", at=3), "failed"),
    (Fault(kind="failed", at=3), "failed"),
    (Fault(kind="max_output_tokens"), "truncated"),
    (Fault(kind="content_filter"), "filtered"),
]


def name_of(value: Any) -> str:
    if isinstance(value, Fault):
        return f"{value.kind}-{value.code or (value.status if value.kind == 'status' else value.at)}"
    return str(value)


@pytest.mark.parametrize(("fault", "kind", "openings"), BEFORE_TEXT, ids=name_of)
async def test_before_any_text(
    upstream: FakeUpstream, model: Model, fault: Fault, kind: FailureKind, openings: int
) -> None:
    upstream.script(Reply(text=TEXT, fault=fault))
    failure = await fail(model, ask())
    assert (failure.kind, len(upstream.requests)) == (kind, openings)
    assert "scripted" not in str(failure), "the server's own sentence must stay out of what may be logged"


@pytest.mark.parametrize(("fault", "kind"), IN_STREAM, ids=name_of)
async def test_after_the_stream_began(
    upstream: FakeUpstream, model: Model, fault: Fault, kind: FailureKind
) -> None:
    upstream.script(Reply(text=TEXT, tokens_per_second=200, fault=fault))
    failure = await fail(model, ask())
    assert (failure.kind, len(upstream.requests)) == (kind, 1)


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply(empty=True), "empty"),
        (Reply(text="  \n "), "empty"),
        (Reply(refusal="No puedo ayudar con eso."), "refused"),
        (Reply(text=TEXT, endless=True), "truncated"),
    ],
    ids=["empty", "blank", "refusal", "endless"],
)
async def test_answers_that_are_none(
    upstream: FakeUpstream, model: Model, reply: Reply, kind: FailureKind
) -> None:
    upstream.script(reply)
    failure = await fail(model, ask())
    assert (failure.kind, len(upstream.requests)) == (kind, 1)


async def test_a_failure_that_knows_its_cost_says_so(upstream: FakeUpstream, model: Model) -> None:
    upstream.script(Reply(text=TEXT, fault=Fault(kind="max_output_tokens")))
    usage = (await fail(model, ask())).usage
    assert usage.input_tokens > 0
    assert usage.output_tokens == 7
    assert usage.cached_tokens == usage.input_tokens // 2


async def test_a_completed_event_that_says_incomplete_is_truncated(
    upstream: FakeUpstream, make_model: MakeModel
) -> None:
    upstream.script(Reply(text=TEXT, fault=Fault(kind="mislabelled")))
    assert (await fail(make_model("responses"), ask())).kind == "truncated"


async def test_done_without_a_finish_reason_is_cut(upstream: FakeUpstream, make_model: MakeModel) -> None:
    upstream.script(Reply(text=TEXT, fault=Fault(kind="mislabelled")))
    assert (await fail(make_model("chat"), ask())).kind == "cut"


@pytest.mark.parametrize("api", ["responses", "chat"])
async def test_nobody_listens(make_model: MakeModel, api: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nowhere = make_model(api, at=f"http://127.0.0.1:{taken.getsockname()[1]}/v1")
        failure = await fail(nowhere, ask())
    assert (failure.kind, failure.detail) == ("unavailable", "ClientConnectorError")


@pytest.mark.parametrize("answer", [b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 2xx what\r\n\r\n"])
async def test_a_server_that_does_not_speak_http(make_model: MakeModel, answer: bytes) -> None:
    async def reply(reader: Any, writer: Any) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(reply, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        failure = await fail(make_model(at=f"http://127.0.0.1:{port}/v1"), ask())
    assert failure.kind == "malformed"


async def test_text_that_cannot_be_encoded_is_our_fault(upstream: FakeUpstream, model: Model) -> None:
    failure = await fail(model, ask("half a pair: \ud83d"))
    assert (failure.kind, len(upstream.requests)) == ("bad_request", 0)


async def test_a_closed_model_fails_as_anything_else_does(model: Model) -> None:
    await model.close()
    assert (await fail(model, ask())).kind == "unavailable"
    with pytest.raises(ModelFailure):
        await model.open_thread(())


async def test_the_stall_deadline_is_for_silence_not_for_length(upstream: FakeUpstream, model: Model) -> None:
    upstream.script(Reply(text=TEXT * 3, tokens_per_second=20))
    assert text_of(await play(model, ask())) == TEXT * 3


async def test_the_first_text_deadline_covers_the_retries(
    upstream: FakeUpstream, make_model: MakeModel
) -> None:
    upstream.script(Reply(fault=Fault(kind="status", status=500, retry_after="0.3")))
    model = make_model(openai_first_text_seconds=0.4)
    failure = await fail(model, ask())
    assert (failure.kind, len(upstream.requests)) == ("timeout", 2)


async def test_a_slow_refusal_is_a_refusal_by_the_first_text_deadline(
    upstream: FakeUpstream, model: Model
) -> None:
    upstream.script(Reply(refusal="no " * 500, tokens_per_second=50))
    assert (await fail(model, ask())).kind == "refused"


async def test_five_failures_open_the_breaker_and_the_sixth_visitor_does_not_wait(
    upstream: FakeUpstream, model: Model
) -> None:
    upstream.script(Reply(fault=Fault(kind="error")))
    for _ in range(5):
        await fail(model, ask())
    failure = await fail(model, ask())
    assert (failure.kind, failure.detail) == ("unavailable", "breaker open")
    assert len(upstream.requests) == 5
    assert (await fail(model, ask(model="another"))).kind == "failed"


async def test_bad_requests_do_not_open_the_breaker(upstream: FakeUpstream, model: Model) -> None:
    upstream.script(Reply(fault=Fault(kind="status", status=400)))
    for _ in range(8):
        assert (await fail(model, ask())).kind == "bad_request"
    assert len(upstream.requests) == 8


async def test_tool_arguments_without_end_are_cut_off(upstream: FakeUpstream, model: Model) -> None:
    upstream.script(Reply(tool_calls=(Call(name="save_contact", arguments="9" * 20_000),)))
    assert (await fail(model, ask(tools=(SAVE,), max_output_tokens=50))).kind == "truncated"
