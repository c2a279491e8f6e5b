"""The gate of a publication as the SQL functions keep it: which results count, and who may pass it by."""

from __future__ import annotations

from typing import Any

import pytest

from app.errors import Conflict, Forbidden, NotFound
from app.prompting import store
from app.prompting.types import CasesFail
from app.replies import store as replies
from tests.prompting.conftest import Desk, MakeDesk, tone

BODY: dict[str, Any] = {"messages": [{"author": "visitor", "text": "Hola"}], "expect": {}}


class Bench:
    """Cases and runs of one desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def call(self, function: str, **args: Any) -> Any:
        return await store.call(self.desk.rpc, function, self.desk.me, **args)

    async def case(self, name: str, **more: Any) -> dict[str, Any]:
        given = {"body": BODY, "blocking": True, **more}
        row: dict[str, Any] = await self.call("save_eval_case", name=name, **given)
        return row

    async def run(self, number: int, results: dict[str, bool], revision: int = 1) -> str:
        begun = await self.call("begin_eval_run", numbers=[number], repeats=1, total=len(results))
        for case, passed in results.items():
            await self.store(begun["id"], case, number, passed=passed, revision=revision)
        done = {"site": self.desk.me.site_id, "run": begun["id"], "state": "done"}
        await self.desk.rpc.call("finish_eval_run", **done)
        return str(begun["id"])

    async def store(self, run: str, case: str, number: int, *, passed: bool, revision: int = 1) -> bool:
        row = await self.desk.rpc.call(
            "store_eval_result",
            site=self.desk.me.site_id,
            run=run,
            case=case,
            revision=revision,
            number=number,
            repeat=1,
            passed=passed,
            outcome={"checks": []},
        )
        return bool(row["go_on"])

    async def failing(self, number: int) -> list[tuple[str, str]]:
        try:
            await self.desk.publish(number)
        except CasesFail as refused:
            return [(field.message, field.code) for field in refused.fields]
        return []


@pytest.fixture
async def bench(desk: Desk) -> Bench:
    await desk.save(tone("one"))
    return Bench(desk)


async def test_the_newest_run_of_each_case_as_it_stands_decides(bench: Bench) -> None:
    first, second = await bench.case("first"), await bench.case("second")
    await bench.case("no matter", blocking=False)
    assert await bench.failing(1) == [("first", "not_run"), ("second", "not_run")]
    await bench.run(1, {first["id"]: True, second["id"]: False})
    assert await bench.failing(1) == [("second", "failed")]
    await bench.run(1, {second["id"]: True})
    changed = await bench.case("first", case=first["id"], body={**BODY, "expect": {"max_words": 9}})
    assert changed["revision"] == 2
    assert await bench.failing(1) == [("first", "not_run")], "what passed was another case"
    await bench.run(1, {first["id"]: True}, revision=2)
    assert await bench.failing(1) == []
    assert await bench.desk.ref() == "talia@v1"


async def test_a_run_that_was_cancelled_goes_on_no_more_and_counts_for_nothing(bench: Bench) -> None:
    case = await bench.case("only")
    run = await bench.call("begin_eval_run", numbers=[1], repeats=1, total=2)
    assert await bench.store(run["id"], case["id"], 1, passed=True)
    assert (await bench.call("cancel_eval_run", run=run["id"]))["state"] == "cancelled"
    assert not await bench.store(run["id"], case["id"], 1, passed=True)
    assert await bench.failing(1) == [("only", "not_run")]


async def test_what_was_put_away_keeps_nobody_from_publishing_and_comes_back(bench: Bench) -> None:
    case = await bench.case("old")
    assert await bench.failing(1) == [("old", "not_run")]
    await bench.call("delete_eval_case", case=case["id"])
    assert await bench.call("list_eval_cases") == []
    [away] = await bench.call("list_eval_cases", archived=True)
    assert (away["id"], bool(away["archived_at"])) == (case["id"], True)
    with pytest.raises(NotFound):
        await bench.call("delete_eval_case", case=case["id"])
    await bench.call("restore_eval_case", case=case["id"])
    with pytest.raises(NotFound):
        await bench.call("restore_eval_case", case=case["id"])
    assert await bench.failing(1) == [("old", "not_run")]


async def test_what_is_tried_out_is_paid_from_the_sites_day_and_listed(
    bench: Bench, make_desk: MakeDesk
) -> None:
    rpc, site = bench.desk.rpc, bench.desk.me.site_id
    day = await replies.reserve_work(rpc, site=site, tokens=100, budget=250)
    assert day is not None
    assert await replies.reserve_work(rpc, site=site, tokens=100, budget=250) == day
    assert await replies.reserve_work(rpc, site=site, tokens=100, budget=250) is None
    assert await replies.reserve_work(rpc, site=site, tokens=300, budget=250) is None
    for purpose, used in (("playground", 40), ("evaluation", 7)):
        await replies.settle_work(rpc, site=site, day=day, purpose=purpose, reserved=100, used=used)
    await replies.reserve_work(rpc, site=site, tokens=100, budget=0)
    await replies.settle_work(rpc, site=site, day=day, purpose="replay", reserved=100, used=0)
    assert await bench.call("list_usage", days=5) == [
        {
            "day": day,
            "used": 47,
            "reserved": 0,
            "turns": 0,
            "work": [
                {"purpose": "playground", "pieces": 1, "tokens": 40},
                {"purpose": "evaluation", "pieces": 1, "tokens": 7},
            ],
        }
    ]
    assert await Bench(await make_desk()).call("list_usage", days=5) == []
    with pytest.raises(Forbidden):
        await Bench(await make_desk("marketing", of=bench.desk.me.site)).call("list_usage", days=5)


async def test_only_so_many_runs_at_once(bench: Bench) -> None:
    for _ in range(3):
        await bench.call("begin_eval_run", numbers=[0], repeats=1, total=1)
    with pytest.raises(Conflict) as refused:
        await bench.call("begin_eval_run", numbers=[0], repeats=1, total=1)
    assert refused.value.code == "eval.busy"


async def test_going_back_asks_for_no_case(bench: Bench) -> None:
    await bench.desk.publish(1)
    await bench.case("later")
    assert (await bench.desk.back())["live"] == 0


async def test_cases_and_runs_are_the_sites_own_and_its_admins(bench: Bench, make_desk: MakeDesk) -> None:
    case = await bench.case("mine")
    run = await bench.run(1, {case["id"]: True})
    stranger = Bench(await make_desk())
    for function, args in (
        ("delete_eval_case", {"case": case["id"]}),
        ("restore_eval_case", {"case": case["id"]}),
        ("get_eval_run", {"run": run}),
        ("cancel_eval_run", {"run": run}),
        ("save_eval_case", {"name": "x", "body": BODY, "blocking": True, "case": case["id"]}),
    ):
        with pytest.raises(NotFound):
            await stranger.call(function, **args)
    clerk = Bench(await make_desk("marketing", of=bench.desk.me.site))
    for function in ("list_eval_cases", "list_eval_runs"):
        assert await stranger.call(function) == []
        with pytest.raises(Forbidden):
            await clerk.call(function)
