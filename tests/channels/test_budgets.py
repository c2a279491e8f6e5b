"""Tokens are reserved before they are spent: no crowd gets past a budget, and over it the guided assistant answers."""

from __future__ import annotations

from tests.channels.conftest import Look, MakeVisitor, StartTalia, model_at
from tests.channels.crowd import crowd
from tests.fakes.upstream import FakeUpstream, Reply

RESERVED = 4000


async def test_two_hundred_at_once_with_a_budget_of_ten(
    start_talia: StartTalia, upstream: FakeUpstream, look: Look
) -> None:
    upstream.script(Reply(text="Le cuento.", first_token_seconds=4.0))
    server = start_talia(
        **model_at(
            upstream,
            budget_message_tokens=RESERVED,
            budget_site_day_tokens=10 * RESERVED,
            budget_session_tokens=0,
        )
    )
    answers = await crowd(server, 200)
    assert len(upstream.requests) == 10
    assert all(answer["reply"] for answer in answers)
    assert [answer["reply"] for answer in answers].count("Le cuento.") == 10
    turns = look("select source, failure, count(*)::int as n from turns group by 1, 2 order by n")
    assert turns == [
        {"source": "model", "failure": None, "n": 10},
        {"source": "guided", "failure": "budget_site_day", "n": 190},
    ]
    [usage] = look(
        "select reserved, used, (select sum(input_tokens + output_tokens) from turns) as billed from site_usage"
    )
    assert (usage["reserved"], usage["used"]) == (0, usage["billed"])


async def test_a_session_that_has_spent_its_budget_gets_the_guided_assistant(
    start_talia: StartTalia, upstream: FakeUpstream, make_visitor: MakeVisitor, look: Look
) -> None:
    upstream.script(Reply(text="Le cuento."))
    server = start_talia(
        **model_at(
            upstream,
            budget_message_tokens=RESERVED,
            budget_session_tokens=2 * RESERVED,
            budget_site_day_tokens=0,
        )
    )
    ana, eva = make_visitor(server), make_visitor(server)
    await ana.open()
    await eva.open()
    replies = [(await ana.say(f"Pregunta {n}")).json()["reply"] for n in range(8)]
    by_the_model = replies.count("Le cuento.")
    assert 1 <= by_the_model < 8
    assert replies == ["Le cuento."] * by_the_model + replies[by_the_model:], "once spent, it stays spent"
    assert all(replies)
    [session] = look("select tokens_used, tokens_reserved from webchat_sessions where tokens_used > 0")
    assert session["tokens_reserved"] == 0
    assert session["tokens_used"] + RESERVED > 2 * RESERVED
    assert (await eva.say("Hola")).json()["reply"] == "Le cuento.", "one visitor's budget is not another's"


async def test_what_a_day_has_used_is_not_given_back_by_a_new_server(
    start_talia: StartTalia, upstream: FakeUpstream, make_visitor: MakeVisitor
) -> None:
    upstream.script(Reply(text="Le cuento."))
    budget = {"budget_message_tokens": RESERVED, "budget_site_day_tokens": RESERVED}
    for expected in (True, False):
        ana = make_visitor(start_talia(**model_at(upstream, **budget)))
        assert ((await ana.say("Hola")).json()["reply"] == "Le cuento.") is expected
    assert len(upstream.requests) == 1
