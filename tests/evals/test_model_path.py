"""The model's path, through the real adapter and the product's own prompt and tools, to a fake model on a socket."""

import json
from typing import Any

import pytest

from app.errors import ConfigurationError
from app.leads.rubric import load_rubric
from app.settings import Settings
from evals.corpus import Case
from evals.figures import measure
from evals.model import replay_all
from tests.fakes.upstream import Asked, Call, FakeUpstream, Fault, Reply

CASE = Case.model_validate(
    {
        "id": "en-hot-sample",
        "locale": "en-US",
        "region": "US",
        "trade": "bookbinding",
        "at": "2026-03-03T10:00",
        "turns": [
            {"visitor": "fourteen ledgers of ours have to be rebound in calf leather"},
            {"assistant": "Gladly. When?"},
            {"visitor": "they must be back on the shelf by the 20th of march"},
            {"visitor": "zora@example.com"},
        ],
        "contact": {"email": "zora@example.com"},
        "facts": [{"need": "rebound in calf leather"}, {"timeline": "20th of march"}],
        "tier": "hot",
        "why": "Own e-mail, concrete, this month.",
    }
)


def fact(criterion: str, value: str, quote: str) -> Call:
    arguments = {"criterion": criterion, "value": value, "quote": quote}
    return Call(name="record_fact", arguments=json.dumps(arguments))


def notices(asked: Asked) -> Reply:
    """Notes what is there, and one thing that is not."""
    if asked.has_tool_result:
        return Reply(text="Thank you!")
    if "ledgers" in asked.last_user_text:
        return Reply(tool_calls=(fact("need", "rebinding", "rebound in calf leather"),))
    return Reply(
        tool_calls=(
            fact("timeline", "near", "by the 20th of march"),
            fact("budget", "a million", "I have a million"),
        )
    )


def settings(upstream: FakeUpstream, **changes: Any) -> Settings:
    values = {
        "openai_base_url": upstream.base_url,
        "openai_api_key": "sk-test",
        "openai_model": "fake-model",
        "openai_threads": "openai",
    }
    return Settings(_env_file=None, **(values | changes))


@pytest.mark.parametrize("api", ["responses", "chat"])
async def test_what_the_model_notices_counts_where_it_has_evidence(api: str) -> None:
    async with FakeUpstream() as upstream:
        upstream.script(notices)
        # Threads at the provider are only for the one API that has them.
        changes = {"openai_api": api} | ({"openai_threads": "local"} if api == "chat" else {})
        outcomes, effort = await replay_all([CASE], load_rubric(), settings(upstream, **changes))
        requests = upstream.requests
        assert not any("conversation" in request.body for request in requests)
    (outcome,) = outcomes
    assert outcome.tier == "hot"
    assert outcome.email == "zora@example.com"
    assert list(outcome.differences()) == []
    assert "budget" not in {found.criterion for found in outcome.facts}
    assert measure(outcomes).evidence_precision == 1.0
    assert (effort.turns, effort.answered) == (2, 2)
    assert effort.usage.output_tokens > 0
    sent = json.dumps(requests[-1].body)
    assert "2026-03-03" in sent
    assert "Gladly. When?" in sent
    assert "zora@" not in sent


async def test_a_model_that_answers_nothing_is_no_measurement() -> None:
    async with FakeUpstream() as upstream:
        upstream.script(Reply(fault=Fault(kind="status", status=401, code="invalid_api_key")))
        with pytest.raises(ConfigurationError, match="the model answered none of 2 turns"):
            await replay_all([CASE], load_rubric(), settings(upstream))


async def test_where_the_model_fails_the_rules_remain() -> None:
    def fails_once(asked: Asked) -> Reply | None:
        if "ledgers" in asked.last_user_text:
            return Reply(fault=Fault(kind="status", status=400, code="bad"))
        return notices(asked)

    async with FakeUpstream() as upstream:
        upstream.script(fails_once)
        (outcome,), effort = await replay_all([CASE], load_rubric(), settings(upstream))
    assert (effort.turns, effort.answered) == (2, 1)
    assert outcome.email == "zora@example.com"
