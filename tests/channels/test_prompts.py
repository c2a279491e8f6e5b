"""A published assistant through the public door: taken up while running, named by each reply, and taken back."""

from __future__ import annotations

from tests.channels.conftest import Look, MakeVisitor, StartTalia, model_at
from tests.fakes.upstream import FakeUpstream, Reply
from tests.rigs.staff import Hired


async def test_a_publish_is_taken_up_without_a_restart_and_taken_back(
    start_talia: StartTalia,
    upstream: FakeUpstream,
    make_visitor: MakeVisitor,
    database_url: str,
    look: Look,
) -> None:
    server = start_talia(**model_at(upstream))
    hire = Hired(server, database_url)
    boss = hire("admin")
    shipped = (await boss.get("/prompts/0"))["content"]
    draft = await boss.post(
        "/prompts",
        {
            "content": shipped.replace("friendly and calm", "short and dry").replace("Soy TalIA", "Soy Eva"),
            "note": "seca",
            "base": 0,
        },
    )
    diff = await boss.get("/prompts/diff", params={"old": 0, "new": draft["number"]})
    assert "+tone: short and dry" in diff["unified"]
    assert [b["kind"] for b in diff["blocks"]] == ["equal", "replace", "equal", "replace", "equal"]

    ana = make_visitor(server)
    assert "Soy TalIA" in (await ana.open(locale="es"))["site"]["greeting"]["es"]
    upstream.script(Reply(text="Hola."))
    said = (await ana.say("Hola")).json()["metadata"]
    assert "friendly and calm" in upstream.requests[-1].body["instructions"]

    state = await boss.post(f"/prompts/{draft['number']}/publish", {"reason": "más seca"})
    assert (state["live"], state["canary"]) == (1, None)
    await ana.say("¿Sigues ahí?")
    assert "short and dry" in upstream.requests[-1].body["instructions"]
    eva = make_visitor(server)
    assert "Soy Eva" in (await eva.open(locale="es"))["site"]["greeting"]["es"]

    assert (await boss.post("/prompts/rollback"))["live"] == 0
    await ana.say("¿Y ahora?")
    assert "friendly and calm" in upstream.requests[-1].body["instructions"]

    seller = hire("seller")
    made = (await seller.get(f"/chat/conversations/{said['conversation_id']}/replies"))["data"]
    ref = (await boss.get("/prompts"))["shipped"]["ref"]
    assert [reply["prompt_ref"] for reply in made] == [ref, "talia@v1", ref]
    assert {reply["model"] for reply in made} == {"fake-model"}
    assert made[0]["rubric"].startswith("default@")
    acts = look("select action from audit_log where actor = %s order by created_at", boss.id)
    assert [a["action"] for a in acts if a["action"].startswith("prompt")] == [
        "prompt.saved",
        "prompt.released",
        "prompt.rolled_back",
        "prompt.released",
    ]
    for client in hire.made:
        await client.close()


async def test_what_cannot_be_read_is_refused_with_its_line(
    start_talia: StartTalia, database_url: str
) -> None:
    hire = Hired(start_talia(), database_url)
    boss = hire("admin")
    shipped = (await boss.get("/prompts/0"))["content"]
    answer = await boss.request("POST", "/prompts", json={"content": shipped.replace("{{today}}", "{{now}}")})
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "prompt.invalid")
    assert problem["errors"][0]["field"].startswith("line ")
    assert "unknown variable {{now}}" in problem["errors"][0]["message"]
    for client in hire.made:
        await client.close()
