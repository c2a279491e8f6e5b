"""Versions and releases as the SQL functions keep them, on both transports."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

import psycopg
import pytest

from app.errors import Conflict, Forbidden, NotFound
from app.prompting import actions, store
from app.prompting.assistants import load_assistant
from app.prompting.directory import PromptDirectory, in_canary
from app.prompting.types import BadPrompt
from tests.prompting.conftest import SOURCE, Desk, MakeDesk, new_id, tone


async def test_versions_are_numbered_kept_and_never_double(desk: Desk) -> None:
    first = await desk.save(tone("warm"), note="más cálida", base=0)
    assert (first["number"], first["state"], first["created"]) == (1, "draft", True)
    again = await desk.save(tone("warm").replace("\n", "\r\n"))
    assert (again["number"], again["created"]) == (1, False), "line ends make no version"
    at_once = await asyncio.gather(*(desk.save(tone(f"tone {n}")) for n in range(4)))
    assert sorted(v["number"] for v in at_once) == [2, 3, 4, 5]
    assert await actions.text_of(desk.rpc, desk.prompts, desk.me, 1) == tone("warm")


async def test_a_mistake_is_refused_with_its_line(desk: Desk) -> None:
    with pytest.raises(BadPrompt) as refused:
        await desk.save(SOURCE.replace("{{today}}", "{{tomorrow}}"))
    line = next(n for n, text in enumerate(SOURCE.splitlines(), 1) if "{{today}}" in text)
    assert refused.value.fields[0].field == f"line {line}"
    assert "tomorrow" in refused.value.fields[0].message


async def test_publishing_and_going_back_are_one_call_each(desk: Desk) -> None:
    assert (await desk.ref()).startswith("talia@")
    for text in ("one", "two", "three"):
        await desk.save(tone(text))
    for number in (1, 2, 3):
        await desk.publish(number)
        assert await desk.ref() == f"talia@v{number}"
    assert await desk.states() == {3: "published", 2: "archived", 1: "archived"}
    for expected in ("talia@v2", "talia@v1", load_assistant("talia").ref):
        await desk.back()
        assert await desk.ref() == expected
    with pytest.raises(Conflict) as refused:
        await desk.back()
    assert refused.value.code == "prompt.nothing_before"
    await desk.publish(3)
    await desk.back()
    assert await desk.ref() == load_assistant("talia").ref


async def test_a_trial_takes_its_share_of_new_conversations_and_keeps_them(desk: Desk) -> None:
    old = [new_id() for _ in range(50)]
    await desk.save(tone("new"))
    await asyncio.sleep(0.002)
    state = await desk.publish(1, 30)
    await asyncio.sleep(0.002)
    assert state["canary"]["percent"] == 30
    shipped = load_assistant("talia").ref
    assert {await desk.ref(c) for c in old} == {shipped}, "what began before stays out"
    fresh = [new_id() for _ in range(400)]
    tried = {c for c in fresh if await desk.ref(c) == "talia@v1"}
    assert 70 < len(tried) < 170
    await asyncio.sleep(0.002)
    await desk.publish(1, 60)
    assert {c for c in fresh if await desk.ref(c) == "talia@v1"} == tried, "nobody changes sides"
    await desk.back()
    assert {await desk.ref(c) for c in fresh} == {shipped}
    await desk.publish(1)
    assert {await desk.ref(c) for c in (*old, *fresh)} == {"talia@v1"}


def test_a_share_is_that_share() -> None:
    stages = [{"since_ms": 0, "percent": 10}]
    share = sum(in_canary(str(uuid.uuid4()), stages) for _ in range(4000)) / 4000
    assert 0.07 < share < 0.13


async def test_one_trial_at_a_time(desk: Desk) -> None:
    await desk.save(tone("a"))
    await desk.save(tone("b"))
    await desk.publish(1, 10)
    with pytest.raises(Conflict) as refused:
        await desk.publish(2, 10)
    assert refused.value.code == "prompt.other_trial"
    with pytest.raises(Conflict) as refused:
        await store.call(desk.rpc, "archive_prompt", desk.me, number=1)
    assert refused.value.code == "prompt.in_use"


async def test_a_release_for_later_comes_into_force_by_itself(
    desk: Desk, admin: psycopg.Connection[Any]
) -> None:
    await desk.save(tone("later"))
    state = await store.call(
        desk.rpc, "release_prompt", desk.me, number=1, percent=100, at="2099-01-01T00:00:00Z"
    )
    [planned] = state["state"]["scheduled"]
    assert (await desk.ref(), await desk.states()) == (load_assistant("talia").ref, {1: "scheduled"})
    admin.execute(
        "update prompt_releases set effective_at = now() - interval '1 s' where id = %s", [planned["id"]]
    )
    desk.prompts.changed()
    assert await desk.ref() == "talia@v1"
    with pytest.raises(NotFound):
        await store.call(desk.rpc, "cancel_release", desk.me, release=planned["id"])


async def test_other_workers_learn_of_it(desk: Desk) -> None:
    other = PromptDirectory(desk.rpc, load_assistant("talia"))
    await desk.save(tone("x"))
    await desk.publish(1)
    assert (await other.assistant_for(desk.me.site_id, new_id())).ref == "talia@v1"


async def test_only_admins_and_only_their_own_site(desk: Desk, make_desk: MakeDesk) -> None:
    await desk.save(tone("x"))
    stranger = await make_desk()
    calls: list[tuple[str, dict[str, Any]]] = [
        ("get_prompt", {"number": 1}),
        ("archive_prompt", {"number": 1}),
        ("release_prompt", {"number": 1}),
    ]
    for function, args in calls:
        with pytest.raises(NotFound):
            await store.call(desk.rpc, function, stranger.me, **args)
    for role in ("seller", "marketing"):
        clerk = await make_desk(role, of=desk.me.site)
        for function, args in (*calls, ("rollback_prompt", {}), ("list_prompts", {}), ("save_prompt",
            {"content": "x", "sha256": "0" * 64})):  # fmt: skip
            with pytest.raises(Forbidden):
                await store.call(desk.rpc, function, clerk.me, **args)
