"""The gate of a publication as the SQL functions keep it: which results count, and who may pass it by."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import psycopg
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

    async def begin(self, number: int, *cases: str, revision: int = 1, repeats: int = 1) -> dict[str, Any]:
        row: dict[str, Any] = await self.call(
            "begin_eval_run",
            numbers=[number],
            repeats=repeats,
            cases=[{"id": case, "revision": revision} for case in cases],
            lease_seconds=30,
        )
        return row

    async def run(self, number: int, results: dict[str, bool], revision: int = 1) -> str:
        begun = await self.begin(number, *results, revision=revision)
        for case, passed in results.items():
            await self.store(begun, case, number, passed=passed, revision=revision)
        await self.finish(begun)
        return str(begun["id"])

    async def finish(self, run: dict[str, Any]) -> bool:
        told = {"site": self.desk.me.site_id, "run": run["id"], "fence": run["fence"], "state": "done"}
        return bool((await self.desk.rpc.call("finish_eval_run", **told))["finished"])

    async def keep(self, run: dict[str, Any], seconds: int = 30) -> bool:
        told = {"site": self.desk.me.site_id, "run": run["id"], "fence": run["fence"]}
        return bool((await self.desk.rpc.call("renew_eval_run", **told, lease_seconds=seconds))["go_on"])

    async def store(
        self,
        run: dict[str, Any],
        case: str,
        number: int,
        *,
        passed: bool,
        revision: int = 1,
        repeat: int = 1,
    ) -> bool:
        row = await self.desk.rpc.call(
            "store_eval_result",
            site=self.desk.me.site_id,
            run=run["id"],
            fence=run["fence"],
            case=case,
            revision=revision,
            number=number,
            repeat=repeat,
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
    run = await bench.begin(1, case["id"])
    assert await bench.store(run, case["id"], 1, passed=True)
    assert (await bench.call("cancel_eval_run", run=run["id"]))["state"] == "cancelled"
    assert not await bench.store(run, case["id"], 1, passed=True)
    assert not await bench.keep(run)
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
    first = await replies.reserve_work(rpc, site=site, tokens=100, budget=250)
    second = await replies.reserve_work(rpc, site=site, tokens=100, budget=250)
    assert first is not None
    assert second is not None
    assert await replies.reserve_work(rpc, site=site, tokens=100, budget=250) is None
    assert await replies.reserve_work(rpc, site=site, tokens=300, budget=250) is None
    await replies.settle_work(rpc, site=site, reservation=first, purpose="playground", used=40)
    await replies.settle_work(rpc, site=site, reservation=first, purpose="playground", used=40)
    await replies.settle_work(rpc, site=site, reservation=second, purpose="evaluation", used=7)
    third = await replies.reserve_work(rpc, site=site, tokens=100, budget=0)
    assert third is not None
    await replies.settle_work(rpc, site=site, reservation=third, purpose="replay", used=0)
    day = datetime.now(UTC).date().isoformat()
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


async def test_what_a_killed_worker_had_reserved_goes_back_to_the_day(
    bench: Bench, admin: psycopg.Connection[Any]
) -> None:
    rpc, site = bench.desk.rpc, bench.desk.me.site_id

    async def today() -> tuple[int, int]:
        [day] = await bench.call("list_usage", days=1)
        return day["used"], day["reserved"]

    dead = await replies.reserve_work(rpc, site=site, tokens=100, budget=250)
    slow = await replies.reserve_work(rpc, site=site, tokens=100, budget=250)
    assert dead is not None
    assert slow is not None
    await replies.give_back_work(rpc)
    assert await today() == (0, 200), "both are under their leases"
    admin.execute(
        "update work_reservations set lease_until = now() - interval '1 second' where site_id = %s", [site]
    )
    await replies.renew_work(rpc, site=site, reservation=slow)
    await replies.give_back_work(rpc)
    assert await today() == (0, 100)
    assert await replies.reserve_work(rpc, site=site, tokens=100, budget=250) is not None
    # Only away, not dead: what it took counts, and gives back nothing that is another's by now.
    await replies.settle_work(rpc, site=site, reservation=dead, purpose="evaluation", used=30)
    assert await today() == (30, 200)


async def test_a_run_that_lost_its_server_is_known_soon_and_continued_by_one(
    bench: Bench, admin: psycopg.Connection[Any]
) -> None:
    first, second = await bench.case("first"), await bench.case("second")
    run = await bench.begin(1, first["id"], second["id"], repeats=2)
    with pytest.raises(Conflict) as refused:
        await bench.call("continue_eval_run", run=run["id"], lease_seconds=30)
    assert refused.value.code == "eval.not_stopped"
    for repeat in (1, 2):
        assert await bench.store(run, first["id"], 1, passed=True, repeat=repeat)
    assert await bench.store(run, second["id"], 1, passed=True)
    assert await bench.failing(1) == [("second", "not_run")], "one of two is not all"
    # Its lease lapses while another admin mends the case that is missing.
    admin.execute("update eval_runs set lease_until = now() - interval '1 second' where id = %s", [run["id"]])
    changed = await bench.case("second", case=second["id"], body={**BODY, "locale": "pt"})
    assert changed["revision"] == 2
    shown = await bench.call("get_eval_run", run=run["id"])
    assert (shown["state"], shown["can_continue"]) == ("interrupted", True)
    assert await bench.failing(1) == [("first", "not_run"), ("second", "not_run")]

    again = await bench.call("continue_eval_run", run=run["id"], lease_seconds=30)
    assert (again["state"], again["total"], again["done"]) == ("running", 4, 3)
    assert [(case["name"], case["revision"]) for case in again["plays"]] == [("first", 1), ("second", 1)]
    assert "locale" not in again["plays"][1], "as it was when the run began"
    assert sorted(again["played"]) == sorted([[first["id"], 1, 1], [first["id"], 1, 2], [second["id"], 1, 1]])
    # The one before was only away.
    assert not await bench.keep(run)
    assert not await bench.store(run, second["id"], 1, passed=False, repeat=2)
    assert not await bench.finish(run)
    assert await bench.store(again, second["id"], 1, passed=True, repeat=2)
    assert await bench.finish(again)
    done = await bench.call("get_eval_run", run=run["id"])
    assert (done["state"], done["can_continue"], done["passed"]) == ("done", False, 4)
    assert {(r["case"], r["edited"]) for r in done["results"]} == {("first", False), ("second", True)}
    assert await bench.failing(1) == [("second", "not_run")], "it is another case by now"


async def test_every_edit_of_a_case_is_kept_with_who_made_it(bench: Bench, make_desk: MakeDesk) -> None:
    case = await bench.case("before", tags=["price", "es"])
    run = await bench.run(1, {case["id"]: True})
    colleague = Bench(await make_desk(of=bench.desk.me.site))
    renamed = await colleague.case("after", case=case["id"])
    assert (renamed["revision"], renamed["tags"]) == (1, [])
    await colleague.case("after", case=case["id"])
    body = {**BODY, "expect": {"max_words": 9}}
    await bench.case("after", case=case["id"], body=body, blocking=False)
    await bench.call("delete_eval_case", case=case["id"])
    await bench.call("restore_eval_case", case=case["id"])
    edits = await bench.call("eval_case_history", case=case["id"])
    assert [(e["place"], e["act"], e["revision"], e["name"], e["blocking"]) for e in edits] == [
        (5, "restored", 2, "after", False),
        (4, "archived", 2, "after", False),
        (3, "edited", 2, "after", False),
        (2, "edited", 1, "after", True),
        (1, "created", 1, "before", True),
    ]
    assert (edits[0]["expect"], edits[-1]["expect"], edits[-1]["tags"]) == (
        {"max_words": 9},
        {},
        ["price", "es"],
    )
    assert edits[3]["by"] != edits[4]["by"] == edits[0]["by"]
    [result] = (await bench.call("get_eval_run", run=run))["results"]
    assert (result["case"], result["blocking"], result["revision"], result["edited"]) == (
        "before",
        True,
        1,
        True,
    )


async def test_only_so_many_runs_at_once(bench: Bench) -> None:
    case = await bench.case("only")
    for _ in range(3):
        await bench.begin(0, case["id"])
    with pytest.raises(Conflict) as refused:
        await bench.begin(0, case["id"])
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
        ("eval_case_history", {"case": case["id"]}),
        ("get_eval_run", {"run": run}),
        ("cancel_eval_run", {"run": run}),
        ("continue_eval_run", {"run": run, "lease_seconds": 30}),
        ("save_eval_case", {"name": "x", "body": BODY, "blocking": True, "case": case["id"]}),
    ):
        with pytest.raises(NotFound):
            await stranger.call(function, **args)
    clerk = Bench(await make_desk("marketing", of=bench.desk.me.site))
    for function in ("list_eval_cases", "list_eval_runs"):
        assert await stranger.call(function) == []
        with pytest.raises(Forbidden):
            await clerk.call(function)
