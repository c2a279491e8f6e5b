"""Openings are repeated only where that is safe, never too often, and never before the server says so."""

from __future__ import annotations

import email.utils
import time
from typing import Any

import httpx2
import openai
import pytest

from app.llm.opening import OpeningPolicy, open_with_retries, retry_after_seconds
from app.llm.port import Model
from tests.fakes.upstream import FakeUpstream, Fault, Reply, Rule
from tests.llm.asking import ask, fail, play, text_of
from tests.llm.conftest import MakeModel


def too_many(**headers: str) -> openai.RateLimitError:
    request = httpx2.Request("POST", "http://x/v1/responses")
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return openai.RateLimitError(
        "no", response=httpx2.Response(429, headers=names, request=request), body=None
    )


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry_after": "2"}, 2.0),
        ({"retry_after": "0.25"}, 0.25),
        ({"retry_after": "9", "retry_after_ms": "120"}, 0.12),
        ({"retry_after": "soon"}, None),
        ({"retry_after": "-3"}, None),
        ({"retry_after": "nan"}, None),
        ({"retry_after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
    ],
)
def test_what_the_server_asks_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after_seconds(too_many(**headers)) == seconds


def test_a_date_to_come_is_waited_for() -> None:
    date = email.utils.formatdate(time.time() + 30, usegmt=True)
    assert retry_after_seconds(too_many(retry_after=date)) == pytest.approx(30, abs=2)


async def test_two_bad_openings_and_a_good_one_are_one_answer(upstream: FakeUpstream, model: Model) -> None:
    upstream.script(
        Rule(reply=Reply(fault=Fault(kind="status", status=500)), nth=1),
        Rule(reply=Reply(fault=Fault(kind="close_before_headers")), nth=2),
        Reply(text="Aquí estoy."),
    )
    assert text_of(await play(model, ask())) == "Aquí estoy."
    assert len(upstream.requests) == 3


async def test_retry_after_is_waited_out(upstream: FakeUpstream, model: Model) -> None:
    upstream.script(
        Rule(reply=Reply(fault=Fault(kind="status", status=429, retry_after="0.4")), nth=1), Reply(text="sí")
    )
    await play(model, ask())
    first, second = upstream.requests
    assert 0.4 <= second.opened_at - first.opened_at < 0.9


async def test_a_wait_that_does_not_fit_ends_it_at_once(
    upstream: FakeUpstream, make_model: MakeModel
) -> None:
    upstream.script(Reply(fault=Fault(kind="status", status=429, retry_after="7")))
    began = time.monotonic()
    failure = await fail(make_model(), ask())
    assert (failure.kind, len(upstream.requests)) == ("rate_limited", 1)
    assert time.monotonic() - began < 1


async def test_no_opening_begins_after_the_window() -> None:
    began = time.monotonic()
    openings: list[float] = []

    async def slow_refusal() -> Any:
        openings.append(time.monotonic() - began)
        raise too_many(retry_after="0.2")

    with pytest.raises(openai.RateLimitError):
        await open_with_retries(slow_refusal, in_thread=False, policy=OpeningPolicy(attempts=50, window=0.5))
    assert len(openings) == 3
    assert openings[-1] < 0.5


async def test_a_stream_that_began_is_never_opened_again(upstream: FakeUpstream, model: Model) -> None:
    upstream.script(Reply(text="uno dos tres cuatro", tokens_per_second=100, fault=Fault(kind="reset", at=2)))
    await fail(model, ask())
    assert len(upstream.requests) == 1
