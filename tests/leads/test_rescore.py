"""`talia leads rescore`: what a draft of a rubric would change, without writing, and history scored for good."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.errors import ConfigurationError
from app.prompt_files import prompts_dir
from tests.leads.conftest import Look, NewVisitor
from tests.leads.test_leads_capture import tell

Talia = Callable[..., Awaitable[str]]


@pytest.fixture
def talia(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Talia:
    # Not the checkout's own .env.
    monkeypatch.chdir(tmp_path)
    env = {"TALIA_DATABASE_URL": database, "TALIA_DATA_DIR": str(tmp_path)}

    async def run(*arguments: str) -> str:
        # A command has an event loop of its own.
        result = await asyncio.to_thread(CliRunner().invoke, app, ["leads", "rescore", *arguments], env=env)
        if isinstance(result.exception, ConfigurationError):
            raise result.exception
        assert result.exit_code == 0, result.output
        return result.stdout

    return run


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """Hot needs no near date any more."""
    text = (prompts_dir() / "rubrics" / "default.yaml").read_text(encoding="utf-8")
    path = tmp_path / "draft.yaml"
    lenient = text.replace("[reachable, need, timeline=near", "[reachable, need")
    assert lenient != text
    path.write_text(lenient, encoding="utf-8")
    return path


@pytest.fixture
def broken(draft: Path) -> Path:
    path = draft.with_name("broken.yaml")
    text = draft.read_text(encoding="utf-8").replace('version: "4"', "version: [1]")
    path.write_text(text, encoding="utf-8")
    return path


async def test_a_draft_is_compared_and_nothing_is_written(
    new_visitor: NewVisitor, talia: Talia, draft: Path, look: Look
) -> None:
    calm, keen = new_visitor(), new_visitor()
    await calm.open(locale="es")
    await keen.open(locale="es")
    cold = await tell(calm, "Hola, ¿qué es esto?")
    warm = await tell(keen, "Busco un Corolla 2023, mi número es 809-555-0199")
    everything = "select conversacion_id, quality, score, rubric_ref, version from leads order by 1"
    before = look(everything)
    said = await talia("--diff", "--rubric", str(draft))
    [line] = [one for one in said.splitlines() if warm in one]
    assert line.split("\t")[1].startswith("warm ")
    assert line.split("\t")[2].startswith("hot ")
    assert cold not in said
    assert "nothing written by draft@" in said
    assert "warm to hot: 1" in said
    assert look(everything) == before


async def test_history_is_scored_for_good(new_visitor: NewVisitor, talia: Talia, look: Look) -> None:
    visitor = new_visitor()
    await visitor.open(locale="es")
    conversation = await tell(visitor, "Busco un Corolla 2023", "Para mañana, mi número es 809-555-0198")
    look("delete from leads where conversacion_id = %s", conversation)
    look("delete from lead_facts where conversacion_id = %s", conversation)
    look("update conversaciones set handler = 'seller', lead_quality = null where id = %s", conversation)
    said = await talia()
    assert f"{conversation}\t-\thot " in said
    [lead] = look("select quality, rubric_ref from leads where conversacion_id = %s", conversation)
    assert (lead["quality"], lead["rubric_ref"].split("@")[0]) == ("hot", "default")
    assert look(
        "select criterion from lead_facts where conversacion_id = %s and criterion = 'need'", conversation
    )
    assert conversation not in await talia(), "scored again it moves nowhere"


async def test_a_draft_alone_is_refused(talia: Talia, draft: Path, broken: Path) -> None:
    with pytest.raises(ConfigurationError, match="--rubric needs --diff"):
        await talia("--rubric", str(draft))
    with pytest.raises(ConfigurationError, match="there is no site"):
        await talia("--site", "nobodys")
    with pytest.raises(ConfigurationError, match=r"broken\.yaml:\d+: "):
        await talia("--diff", "--rubric", str(broken))
