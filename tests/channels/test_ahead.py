"""The search for a question begins while the question is stored: one search a turn, the right one, whoever answers."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Any

import pytest

from app.conversations import store as conversations
from app.knowledge import store
from tests.channels.conftest import MakeVisitor
from tests.fakes.upstream import FakeUpstream, Reply
from tests.rigs.server import TaliaServer
from tests.rigs.staff import Hired


@dataclass
class Log:
    """What the server asked its database, in order: searches (question, language, item), and messages."""

    entries: list[Any]

    def take(self) -> list[Any]:
        taken, self.entries[:] = list(self.entries), []
        return taken


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Log:
    log = Log([])
    search, register = store.search, conversations.register_message

    async def searching(rpc: Any, **args: Any) -> Any:
        log.entries.append((args["query"].split("?")[0], args["locale"], args["item"]))
        return await search(rpc, **args)

    async def registering(rpc: Any, **args: Any) -> Any:
        registered = await register(rpc, **args)
        await asyncio.sleep(0)  # what can begin meanwhile has begun
        log.entries.append("stored")
        return registered

    monkeypatch.setattr(store, "search", searching)
    monkeypatch.setattr(conversations, "register_message", registering)
    return log


async def test_it_begins_before_the_message_is_stored_and_is_not_made_again(
    guided: TaliaServer, make_visitor: MakeVisitor, asked: Log
) -> None:
    ana = make_visitor(guided)
    await ana.open(locale="es-DO")
    asked.take()
    for searched in (
        ("¿cuánto cuesta el Corolla 2023", "es", None),
        ("¿y está disponible", "es", "toyota-corolla-2023"),
        ("how much is the bmw", "en", "toyota-corolla-2023"),
        ("and the opening hours", "en", "bmw-x5-2021"),
    ):
        assert (await ana.say(f"{searched[0]}?")).status_code == 200
        assert asked.take() == [searched, "stored"]


async def test_a_guess_that_was_wrong_is_searched_for_again(
    guided: TaliaServer, make_visitor: MakeVisitor, asked: Log
) -> None:
    ana = make_visitor(guided)
    await ana.open(locale="pt-BR")
    asked.take()
    # Two letters could be anything: the session's language decides, which only the database knows yet.
    reply = (await ana.say("ok")).json()["reply"]
    searches = [entry for entry in asked.take() if entry != "stored"]
    assert [locale for _, locale, _ in searches] == ["es", "pt"]
    assert reply


async def test_what_a_seller_answers_is_searched_for_no_more(
    guided: TaliaServer, make_visitor: MakeVisitor, asked: Log, database_url: str
) -> None:
    ana, seller = make_visitor(guided), Hired(guided, database_url)(name="Rosa")
    await ana.open(locale="es")
    conversation = (await ana.say("¿cuánto cuesta el Corolla?")).json()["metadata"]["conversation_id"]
    await seller.post(f"/chat/conversations/{conversation}/take-over")
    asked.take()
    await ana.say("¿y en cuotas?")
    await ana.say("¿y la garantía?")
    assert [entry for entry in asked.take() if entry != "stored"][1:] == []
    await seller.post(f"/chat/conversations/{conversation}/return")
    await seller.close()


async def test_what_comes_while_a_reply_is_written_is_searched_for_with_its_own_words(
    with_model: TaliaServer, upstream: FakeUpstream, make_visitor: MakeVisitor, asked: Log
) -> None:
    upstream.script(Reply(text="Un momento, por favor.", first_token_seconds=0.4))
    ana = make_visitor(with_model)
    await ana.open(locale="es")
    first = asyncio.ensure_future(ana.say("¿qué camionetas tienen?"))
    until = time.monotonic() + 10
    while not upstream.requests:
        assert time.monotonic() < until
        await asyncio.sleep(0.01)
    await asyncio.gather(first, ana.say("¿y la garantía?"), ana.say("¿y el horario?"))
    told = upstream.requests[-1].body["instructions"].lower()
    assert len(upstream.requests) == 2
    assert "garantía" in told, "the knowledge of both questions is given to the model"
    assert "horario" in told
