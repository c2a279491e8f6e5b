"""What staff send is no more to be trusted: texts made to keep the server busy, or to end it, are refused at once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from tests.channels.conftest import quiet_settings
from tests.rigs.databases import Databases
from tests.rigs.http_visitor import HttpVisitor
from tests.rigs.server import TaliaServer
from tests.rigs.staff import Hired, HttpStaff

LAUGHS = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9 if n else ['x'])}]" for n in range(12))
MERGES = "\n".join(f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9 if n else [])}]}}" for n in range(12))


@pytest.fixture(scope="module")
def server(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[TaliaServer, str]]:
    with (
        databases.fresh() as url,
        TaliaServer(quiet_settings(url, tmp_path_factory.mktemp("talia"), log_level="error")) as running,
    ):
        yield running, url


@pytest.fixture
async def boss(server: tuple[TaliaServer, str]) -> AsyncIterator[HttpStaff]:
    admin = Hired(*server)("admin")
    yield admin
    await admin.close()


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("x: " + "[" * 25_000, id="brackets that overflow the stack"),
        pytest.param("x: " + "- " * 25_000, id="dashes that do"),
        pytest.param(LAUGHS, id="a billion laughs"),
        pytest.param(MERGES, id="merges of merges"),
        pytest.param("x: &a [*a]", id="a list in itself"),
        pytest.param("model: 2024-99-99", id="no date"),
        pytest.param("model: 0x_", id="no number"),
        pytest.param("temperature: !!bool abc", id="no boolean"),
        pytest.param("model: " + "9" * 5000, id="a number too long"),
        pytest.param(r'model: "a\0b"', id="NUL behind an escape"),
    ],
)
async def test_front_matter_made_to_do_harm(boss: HttpStaff, line: str) -> None:
    shipped: str = (await boss.get("/prompts/0"))["content"]
    content = shipped.replace("---\n", f"---\n{line}\n", 1)
    for path, body in (("/prompts", {"content": content}), ("/playground", _played(content))):
        problem = await boss.post(path, body, status=422)
        assert problem["code"] == "prompt.invalid"
        assert problem["errors"][0]["field"].startswith("line ")


async def test_a_heading_made_of_spaces_costs_nothing(boss: HttpStaff) -> None:
    """Tried by a pattern with three places for a space, this line would take years."""
    body = "# Horario" + " " * 150_000 + "de tienda ##\nDe 9 a 18."
    saved = {"slug": "espacios", "locale": "es", "title": "Horario", "body": body}
    await boss.post("/knowledge/documents", saved)
    found = await boss.get("/knowledge/search", params={"q": "horario de tienda"})
    assert "De 9 a 18." in [p["body"] for p in found["passages"]]


async def test_versions_that_would_take_minutes_to_compare(boss: HttpStaff) -> None:
    shipped: str = (await boss.get("/prompts/0"))["content"]
    texts = (shipped + step * 8000 for step in ("a\nb\n", "b\na\na\n"))
    old, new = [(await boss.post("/prompts", {"content": text[:45_000]}))["number"] for text in texts]
    diff = await boss.get("/prompts/diff", params={"old": old, "new": new})
    assert [block["kind"] for block in diff["blocks"]] == ["replace"]
    assert diff["unified"].startswith(f"--- v{old}\n+++ v{new}\n@@ -1,")


async def test_no_answer_is_kept_by_whoever_passes_it_on(
    server: tuple[TaliaServer, str], boss: HttpStaff
) -> None:
    async with HttpVisitor(server[0].url) as visitor:
        await visitor.open()
        answers = [
            await visitor.request("GET", f"/history/{visitor.session_id}"),
            await visitor.request("POST", "/sessions", json={}),
            await boss.request("GET", "/chat/conversations"),
            await boss.request("GET", "/leads"),
        ]
    assert [answer.headers["cache-control"] for answer in answers] == ["no-store"] * 4


async def test_a_conversation_that_no_case_could_say_becomes_one(
    server: tuple[TaliaServer, str], boss: HttpStaff
) -> None:
    """Pages name items as no catalogue does, and stand-ins may be longer than the data that they stand for."""
    item = {"title": " ", "id": "", "price": 9e14, "facts": ["", "rojo"], "currency": "DOP"}
    async with HttpVisitor(server[0].url) as visitor:
        await visitor.open(item=item)
        said = (await visitor.say("a@b.co " * 550)).json()["metadata"]
    body = {"conversation": said["conversation_id"], "name": "Rara", "expect": {}}
    case = await boss.post("/evals/cases/from-conversation", body, status=201)
    assert case["item"] == {"id": "item", "title": "?", "currency": "DOP", "facts": ["rojo"]}
    assert case["messages"][0]["text"].startswith("persona1@example.com ")


def _played(content: str) -> dict[str, Any]:
    return {"sides": [{"content": content}], "messages": [{"author": "visitor", "text": "Hola"}]}
