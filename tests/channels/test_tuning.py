"""An admin's whole round: change the tone, try it, make a case of a real conversation, be refused, mend, publish."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from app.replies import evaluating, spending
from tests.channels.conftest import Look, MakeVisitor, StartTalia, model_at
from tests.fakes.upstream import Asked, Call, FakeUpstream, Fault, Reply
from tests.rigs.staff import Hired, HttpStaff

CONTENT = {"author": "visitor", "text": "¿Cuánto cuesta el Corolla 2023?"}


async def finished(boss: HttpStaff, run: dict[str, Any]) -> dict[str, Any]:
    async with asyncio.timeout(60):
        while (table := await boss.get(f"/evals/runs/{run['id']}"))["state"] == "running":  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    return dict(table)


async def test_a_round_of_tuning(
    start_talia: StartTalia, upstream: FakeUpstream, make_visitor: MakeVisitor, database_url: str, look: Look
) -> None:
    server = start_talia(**model_at(upstream))
    hire = Hired(server, database_url)
    boss = hire("admin")

    def says(asked: Asked) -> Reply:
        if any(tool.get("name") == "verdict" for tool in asked.body.get("tools", ())):
            good = "Con gusto" in json.dumps(asked.body["input"], ensure_ascii=False)
            return Reply(
                tool_calls=(Call(name="verdict", arguments=json.dumps({"passed": good, "why": "tono"})),)
            )
        return Reply(
            text="Qué quieres." if "be rude" in asked.body["instructions"] else "Con gusto te ayudo."
        )

    upstream.script(says)
    ana = make_visitor(server)
    await ana.open(locale="es")
    said = (await ana.say("Soy Gertrudis Almonte, gertrudis@correo.example")).json()["metadata"]
    await ana.say("¿Me ayudas?")
    shipped = (await boss.get("/prompts/0"))["content"]
    rude = await boss.post(
        "/prompts", {"content": shipped.replace("friendly and calm", "be rude"), "base": 0}
    )

    # Beside the live one, on the same input, and over the real conversation.
    assert await boss.get("/playground") == {"model": "fake-model"}
    both = [{"number": rude["number"]}, {}]
    played = await boss.post("/playground", {"sides": both, "messages": [CONTENT]})
    told = {e["side"]: e for e in played["events"]}
    assert (told[0]["text"], told[1]["text"]) == ("Qué quieres.", "Con gusto te ayudo.")
    assert told[0]["prompt_ref"] == "talia@v1"
    assert [i["id"] for i in told[1]["knowledge"]["items"]] == ["toyota-corolla-2023"]
    assert told[1]["tier"] in {"cold", "warm"}
    replayed = (
        await boss.post("/playground/replay", {"conversation": said["conversation_id"], "sides": both[:1]})
    )["events"]
    assert [e["event"] for e in replayed] == ["begin", "turn", "reply", "turn", "reply"]
    assert "Gertrudis" not in json.dumps(replayed)
    assert replayed[1]["asked"] == "Soy Alex Prado, persona1@example.com"
    assert (replayed[1]["original"], replayed[2]["text"]) == ("Con gusto te ayudo.", "Qué quieres.")
    assert replayed[1]["original_by"] == "assistant"
    replies = (await boss.get(f"/chat/conversations/{said['conversation_id']}/replies"))["data"]
    assert [e["original_seq"] for e in replayed if e["event"] == "turn"] == [r["seq"] for r in replies]
    assert len(look("select id from turns")) == 2, "nothing of it was stored"

    # A case of it blocks the draft.
    case = await boss.post(
        "/evals/cases/from-conversation",
        {
            "conversation": said["conversation_id"],
            "name": "Saluda con gusto",
            "upto": 1,
            "expect": {"contains": ["con gusto"], "judge": "The reply is polite."},
        },
    )
    assert case["messages"] == [{"author": "visitor", "text": "Soy Alex Prado, persona1@example.com"}]
    refused = await boss.request("POST", f"/prompts/{rude['number']}/publish", json={})
    assert (refused.status_code, refused.json()["code"]) == (409, "prompt.cases_fail")
    assert refused.json()["errors"] == [
        {"field": case["id"], "code": "not_run", "message": "Saluda con gusto"}
    ]
    run = await boss.post("/evals/runs", {"numbers": [rude["number"], 0], "repeats": 2}, status=202)
    table = await finished(boss, run)
    assert (table["state"], table["done"], table["total"], table["passed"]) == ("done", 4, 4, 2)
    [row] = table["rows"]
    assert row["verdict"] == "regression"
    assert {c["check"]: c["passed"] for c in row["versions"]["1"]["replies"][0]["checks"]} == {
        "contains": False,
        "no_invented_price": True,
        "judge": False,
    }
    refused = await boss.request("POST", f"/prompts/{rude['number']}/publish", json={"percent": 10})
    assert refused.json()["errors"][0]["code"] == "failed"

    # Mended, it goes out to a tenth, to everybody, and back.
    calm = await boss.post("/prompts", {"content": shipped.replace("friendly and calm", "calm"), "base": 1})
    await finished(boss, await boss.post("/evals/runs", {"numbers": [calm["number"]]}, status=202))
    assert (await boss.post(f"/prompts/{calm['number']}/publish", {"percent": 10}))["canary"]["percent"] == 10
    assert (await boss.post(f"/prompts/{calm['number']}/publish"))["live"] == 2
    assert (await boss.post("/prompts/rollback"))["live"] == 0

    # Who takes it upon themselves says why, and is remembered.
    await boss.post(f"/prompts/{rude['number']}/publish", {"override": "prueba de un día"})
    [audit] = look(
        "select detail from audit_log where action = 'prompt.released' order by created_at desc limit 1"
    )
    assert audit["detail"]["reason"] == "prueba de un día"
    assert audit["detail"]["overridden"][0]["name"] == "Saluda con gusto"
    assert look("select 1 from eval_cases where body::text ilike %s", "%gertrudis%") == []
    for client in hire.made:
        await client.close()


async def test_a_draft_is_heard_as_it_is_written(
    start_talia: StartTalia, upstream: FakeUpstream, database_url: str
) -> None:
    hire = Hired(start_talia(**model_at(upstream)), database_url)
    boss = hire("admin")
    upstream.script(Reply(text="Una respuesta de varias palabras.", tokens_per_second=200))
    body = {"sides": [{}], "messages": [CONTENT]}
    headers = {**boss.headers, "Accept": "text/event-stream"}
    async with boss.http.stream("POST", "/api/v1/playground", headers=headers, json=body) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = [line async for line in answer.aiter_lines()]
    events: list[dict[str, Any]] = [json.loads(line[6:]) for line in lines if line.startswith("data: ")]
    *deltas, done, end = events
    assert end == {}
    assert "".join(d["text"] for d in deltas) == done["text"] == "Una respuesta de varias palabras."
    assert done["input_tokens"] > 0
    bad = {"sides": [{"content": "x"}], "messages": [CONTENT]}
    refused = await boss.request("POST", "/playground", json=bad, headers={"Accept": "text/event-stream"})
    assert (refused.status_code, refused.json()["code"]) == (422, "prompt.invalid")
    missing = await boss.request("POST", "/playground", json={**body, "sides": [{"number": 77}]})
    assert missing.json()["code"] == "prompt.not_found"
    for client in hire.made:
        await client.close()


async def test_a_run_is_cancelled_continued_and_made_of_some_cases(
    start_talia: StartTalia, upstream: FakeUpstream, database_url: str
) -> None:
    hire = Hired(start_talia(**model_at(upstream)), database_url)
    boss = hire("admin")
    upstream.script(Reply(text="Hola.", first_token_seconds=0.2))
    case = {
        "name": "Hola",
        "messages": [{"author": "visitor", "text": "Hola"}],
        "expect": {"contains": ["hola"]},
    }
    saved = await boss.post("/evals/cases", case)
    run = await boss.post("/evals/runs", {"numbers": [0], "repeats": 10}, status=202)
    cancelled = await boss.post(f"/evals/runs/{run['id']}/cancel")
    assert cancelled["state"] == "cancelled"
    assert (await finished(boss, run))["done"] < 10
    # What was stopped goes on where it was; only once.
    upstream.script(Reply(text="Hola."))
    await boss.post(f"/evals/runs/{run['id']}/continue", status=202)
    assert (await finished(boss, run))["passed"] == 10
    refused = await boss.request("POST", f"/evals/runs/{run['id']}/continue")
    assert (refused.status_code, refused.json()["code"]) == (409, "eval.not_stopped")

    # Some of the cases, by their own ids; the table says that what was played is another case by now.
    other = await boss.post("/evals/cases", {**case, "name": "Otro", "tags": ["extra", "extra"]})
    assert other["tags"] == ["extra"]
    some = {"numbers": [0], "cases": [saved["id"]]}
    table = await finished(boss, await boss.post("/evals/runs", some, status=202))
    assert [(row["case"], row["edited"]) for row in table["rows"]] == [("Hola", False)]
    changed = await boss.post(f"/evals/cases/{saved['id']}", {**case, "locale": "pt"}, method="PUT")
    assert changed["revision"] == 2
    [row] = (await boss.get(f"/evals/runs/{table['id']}"))["rows"]
    assert (row["revision"], row["edited"]) == (1, True)
    edits = (await boss.get(f"/evals/cases/{saved['id']}/history"))["data"]
    assert [(e["act"], e["revision"], e.get("locale")) for e in edits] == [
        ("edited", 2, "pt"),
        ("created", 1, None),
    ]
    await boss.request("DELETE", f"/evals/cases/{other['id']}")
    assert (await boss.request("DELETE", f"/evals/cases/{saved['id']}")).status_code == 200
    assert (await boss.get("/evals/cases"))["data"] == []
    nothing = await boss.request("POST", "/evals/runs", json={"numbers": [0]})
    assert nothing.json()["code"] == "eval.no_cases"
    for client in hire.made:
        await client.close()


async def test_what_takes_long_is_kept_and_ends_when_it_is_cancelled(
    start_talia: StartTalia,
    upstream: FakeUpstream,
    database_url: str,
    look: Look,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(evaluating, "HEARTBEAT_SECONDS", 0.05)
    monkeypatch.setattr(spending, "KEEP_SECONDS", 0.05)
    hire = Hired(start_talia(**model_at(upstream, openai_first_text_seconds=60)), database_url)
    boss = hire("admin")
    upstream.script(Reply(fault=Fault(kind="stall_headers")))
    messages = [{"author": "visitor", "text": "Hola"}]
    await boss.post("/evals/cases", {"name": "Hola", "messages": messages, "expect": {}})
    run = await boss.post("/evals/runs", {"numbers": [0]}, status=202)

    async def until(query: str, is_so: Callable[[Any], bool]) -> Any:
        async with asyncio.timeout(20):
            while not is_so(found := look(f"select ({query}) as it")[0]["it"]):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        return found

    kept = "select lease_until from eval_runs", "select lease_until from work_reservations"
    for query in kept:
        first = await until(query, lambda at: at is not None)
        await until(query, lambda at, first=first: at > first)  # type: ignore[misc]
    await boss.post(f"/evals/runs/{run['id']}/cancel")
    # In the middle of the reply, not after it.
    await until("select reserved from site_usage", lambda tokens: tokens == 0)
    await until("select count(*) from work_reservations", lambda left: left == 0)
    for client in hire.made:
        await client.close()


async def test_the_days_budget_holds_for_whatever_is_tried_out(
    start_talia: StartTalia, upstream: FakeUpstream, make_visitor: MakeVisitor, database_url: str, look: Look
) -> None:
    server = start_talia(**model_at(upstream, budget_message_tokens=16_000, budget_site_day_tokens=1_000_000))
    hire = Hired(server, database_url)
    boss = hire("admin")
    upstream.script(Reply(text="Hola."))
    ana = make_visitor(server)
    await ana.open(locale="es")
    conversation = (await ana.say("Hola")).json()["metadata"]["conversation_id"]
    case = {
        "name": "Hola",
        "messages": [{"author": "visitor", "text": "Hola"}],
        "expect": {"judge": "Polite."},
    }
    await boss.post("/evals/cases", case)
    [turns] = look("select used, reserved from site_usage")
    played = (await boss.post("/playground", {"sides": [{}, {}], "messages": [CONTENT]}))["events"]
    told = (await boss.post("/playground/replay", {"conversation": conversation, "sides": [{}]}))["events"]
    table = await finished(boss, await boss.post("/evals/runs", {"numbers": [0]}, status=202))
    assert table["rows"][0]["versions"]["0"]["replies"][0]["checks"][-1]["not_run"] == "no_verdict"
    [today] = (usage := await boss.get("/usage"))["data"]
    assert usage["budget"] == 1_000_000
    assert (today["turns"], today["reserved"]) == (turns["used"], 0)
    spent = {work["purpose"]: (work["pieces"], work["tokens"]) for work in today["work"]}
    assert spent["playground"] == (2, sum(e["input_tokens"] + e["output_tokens"] for e in played))
    assert spent["replay"] == (1, told[-1]["input_tokens"] + told[-1]["output_tokens"])
    assert spent["evaluation"] == (1, table["totals"]["0"]["tokens"] + table["totals"]["0"]["judge_tokens"])
    assert table["totals"]["0"]["judge_tokens"] > 0

    # Half way through a run, and before anything is begun.
    look("update site_usage set used = 1000000 - 20000 returning 1")

    def spends(_asked: Asked) -> Reply:
        look("update site_usage set used = 1000000 returning 1")
        return Reply(text="Hola.")

    upstream.script(spends)
    table = await finished(boss, await boss.post("/evals/runs", {"numbers": [0], "repeats": 5}, status=202))
    assert (table["state"], table["error"]) == ("failed", "budget")
    for path, body in (
        ("/playground", {"sides": [{}], "messages": [CONTENT]}),
        ("/playground/replay", {"conversation": conversation, "sides": [{}]}),
        ("/evals/runs", {"numbers": [0]}),
    ):
        refused = await boss.request("POST", path, json=body)
        assert (refused.status_code, refused.json()["code"]) == (429, "budget.site_day")
        assert int(refused.headers["retry-after"]) <= 86_400
    assert look("select reserved from site_usage") == [{"reserved": 0}]
    for client in hire.made:
        await client.close()
