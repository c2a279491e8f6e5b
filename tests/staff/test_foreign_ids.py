"""Every route that takes an id, with the best rights here and another site's ids: 404, as for what does not exist."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.rigs.http_visitor import HttpVisitor
from tests.rigs.server import TaliaServer
from tests.rigs.staff import HttpStaff
from tests.staff.conftest import OTHER_KEY, MakeStaff
from tests.staff.test_rights import RIGHTS, WITH_ID, Right, filled, name

BODIES: dict[str, Any] = {
    "PATCH /staff/{staff_id}": {"role": "seller"},
    "POST /privacy/contacts/{contact_id}/withdrawal": {"purposes": ["contact"]},
    "PATCH /chat/conversations/{uuid}": {"tags": ["x"]},
    "POST /chat/conversations/{uuid}/messages": {"content": "hola"},
    "POST /chat/conversations/{uuid}/notes": {"content": "hola"},
    "POST /chat/conversations/{uuid}/tasks": {"text": "hola", "due_at": "2099-01-01T00:00:00Z"},
    "PUT /chat/conversations/{uuid}/summary": {"text": "hola"},
    "PATCH /chat/tasks/{task_id}": {"text": "hola"},
    "PATCH /leads/{uuid}": {"quality": "hot"},
    "PUT /leads/{uuid}/verdict": {"verdict": "right"},
    "PUT /leads/{uuid}/outcome": {"outcome": "pending"},
    "POST /chat/conversations/{uuid}/snooze": {"until": "2099-01-01T00:00:00Z"},
    "PATCH /chat/messages/{message_id}": {"content": "hola"},
    "POST /chat/messages/{message_id}/reactions": {"emoji": "👍"},
    "DELETE /chat/messages/{message_id}/reactions": {"emoji": "👍"},
    "PUT /chat/views/{view_id}": {"name": "x", "filter": {}},
    "PUT /evals/cases/{case_id}": {
        "name": "x",
        "messages": [{"author": "visitor", "text": "x"}],
        "expect": {},
    },
    "PUT /chat/canned-replies/{canned_id}": {"shortcut": "x", "texts": {"es": "x"}, "shared": True},
}


ASKED = {
    "/chat/conversations": {"view": "all"},
    "/knowledge/search": {"q": "hola"},
    "/chat/tasks": {"view": "open"},
}
"""What lists have to be asked with to show everything."""


class Foreign:
    """What there is in the other site."""

    def __init__(self, ids: dict[str, str], colleague: str) -> None:
        self.ids = ids
        self.colleague = colleague

    def body(self, right: Right) -> Any:
        if right[1].endswith("/assign"):
            return {"agent_id" if "sessions" in right[1] else "to": self.colleague}
        return BODIES.get(name(right), {})


@pytest.fixture
async def boss(make_staff: MakeStaff) -> HttpStaff:
    return make_staff("admin")


@pytest.fixture
async def foreign(server: TaliaServer, make_staff: MakeStaff, boss: HttpStaff) -> Foreign:
    stranger = make_staff("admin", site="other")
    async with HttpVisitor(server.url, key=OTHER_KEY) as visitor:
        await visitor.open()
        said = (await visitor.say("Hola")).json()["metadata"]
    canned = await stranger.post(
        "/chat/canned-replies", {"shortcut": f"c{stranger.id[-8:]}", "texts": {"es": "x"}}
    )
    conversation = said["conversation_id"]
    view = await stranger.post("/chat/views", {"name": f"v{stranger.id[-8:]}", "filter": {}})
    task = await stranger.post(
        f"/chat/conversations/{conversation}/tasks", {"text": "x", "due_at": "2099-01-01T00:00:00Z"}
    )
    line = await stranger.get(f"/chat/conversations/{conversation}")
    exports = (await stranger.get("/leads/exports"))["data"] or [await stranger.post("/leads/exports")]
    return Foreign(
        {
            "uuid": conversation,
            "contact_id": line["contact"]["uuid"],
            "export_id": exports[0]["id"],
            "session_id": conversation,
            "message_id": said["last_message_id"],
            "canned_id": canned["id"],
            "task_id": task["id"],
            "view_id": view["id"],
            "staff_id": stranger.id,
        },
        boss.id,
    )


@pytest.mark.parametrize("right", WITH_ID, ids=name)
async def test_another_sites_ids_do_not_exist_here(boss: HttpStaff, foreign: Foreign, right: Right) -> None:
    method, path, _ = right
    body = None if method == "GET" else foreign.body(right)
    theirs = await boss.request(method, filled(path, foreign.ids), json=body)
    made_up = await boss.request(method, filled(path), json=body)
    assert theirs.status_code == 404, theirs.text
    assert theirs.json() == made_up.json()


async def test_nor_do_ids_in_bodies(boss: HttpStaff, foreign: Foreign, server: TaliaServer) -> None:
    async with HttpVisitor(server.url) as visitor:
        await visitor.open()
        own = (await visitor.say("Hola")).json()["metadata"]["conversation_id"]
    for path, body in (
        ("/chat/messages", {"session_id": foreign.ids["uuid"], "message": "hola"}),
        ("/chat/conversations", {"contact_uuid": foreign.ids["uuid"]}),
        (f"/chat/conversations/{own}/assign", {"to": foreign.ids["staff_id"]}),
        (f"/chat/sessions/{own}/assign", {"agent_id": foreign.ids["staff_id"]}),
        (f"/chat/conversations/{own}/canned/{foreign.ids['canned_id']}", {}),
    ):
        answer = await boss.request("POST", path, json=body)
        assert answer.status_code == 404, (path, answer.text)


async def test_nothing_of_the_other_site_is_in_any_list(boss: HttpStaff, foreign: Foreign) -> None:
    for method, path, who in RIGHTS:
        if method == "GET" and "{" not in path and "public" not in who and not path.endswith("/events"):
            listed = json.dumps(await boss.get(path, params=ASKED.get(path, {})))
            assert not [i for i in foreign.ids.values() if i in listed], path


async def test_nor_do_another_sites_drafts_cases_runs_releases_and_invitations(
    boss: HttpStaff, foreign: Foreign, make_staff: MakeStaff
) -> None:
    stranger = make_staff("admin", site="other")
    ids = dict(foreign.ids)
    shipped = (await stranger.get("/prompts/0"))["content"]
    for _ in range(2):
        draft = await stranger.post("/prompts", {"content": shipped.replace("calm", "dry"), "base": 0})
    ids["number"] = str(draft["number"])
    body = {"name": ids["uuid"], "messages": [{"author": "visitor", "text": "Hola"}], "expect": {}}
    ids["case_id"] = (await stranger.post("/evals/cases", body))["id"]
    run = await stranger.post("/evals/runs", {"numbers": [draft["number"]], "cases": [ids["case_id"]]})
    ids["run_id"] = run["id"]
    later = {"at": "2099-01-01T00:00:00Z", "override": "nobody measures this one"}
    await stranger.post(f"/prompts/{draft['number']}/publish", later)
    ids["release_id"] = (await stranger.get("/prompts"))["scheduled"][0]["id"]
    await stranger.post("/staff/invitations", {"email": f"{ids['uuid']}@example.com", "role": "seller"})
    ids["invitation_id"] = (await stranger.get("/staff/invitations"))["data"][0]["id"]
    await stranger.post("/knowledge/items", {"id": ids["uuid"], "title": "Casa"}, method="PUT")
    ids["item_id"] = ids["uuid"]
    guide = {"slug": "theirs-alone", "locale": "es", "title": "Guía", "body": "Texto."}
    await stranger.post("/knowledge/documents", guide)
    ids["slug"] = "theirs-alone"
    new = {"number", "case_id", "run_id", "release_id", "invitation_id", "item_id", "slug"}
    for right in WITH_ID:
        method, path, _ = right
        if not any(f"{{{name}}}" in path for name in new):
            continue
        sent = None if method == "GET" else foreign.body(right)
        answer = await boss.request(method, filled(path, ids), json=sent)
        assert answer.status_code == 404, (right, answer.text)
    for path, sent in (
        ("/evals/runs", {"numbers": [0], "cases": [ids["case_id"]]}),
        ("/evals/cases/from-conversation", {"conversation": ids["uuid"], "name": "x", "expect": {}}),
        ("/playground/replay", {"conversation": ids["uuid"], "sides": [{}]}),
    ):
        answer = await boss.request("POST", path, json=sent)
        assert answer.status_code in {404, 422}, (path, answer.text)
        assert answer.json()["code"] != "validation", (path, answer.text)
    # Nothing was done to them either.
    assert [i["id"] for i in (await stranger.get("/staff/invitations"))["data"]] == [ids["invitation_id"]]
    assert ids["case_id"] in {c["id"] for c in (await stranger.get("/evals/cases"))["data"]}
    assert (await stranger.get("/prompts"))["scheduled"][0]["id"] == ids["release_id"]
    assert (await stranger.get("/knowledge/documents/theirs-alone"))["body"] == "Texto."
    for listed in ("/prompts", "/evals/cases", "/evals/runs", "/staff/invitations", "/knowledge/documents"):
        seen = json.dumps(await boss.get(listed))
        assert not [name for name in new - {"number"} if ids[name] in seen], listed
