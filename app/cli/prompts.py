"""`talia prompts check | diff | pull | push`: assistants as files, and as versions of a site."""

# ruff: noqa: PLC0415 - what a command needs is imported inside it, as everywhere in the command line

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.errors import ConfigurationError

if TYPE_CHECKING:
    from app.db.rpc import Rpc

app = typer.Typer(help="Assistants: check files, compare, fetch and hand in versions.", no_args_is_help=True)

Site = Annotated[str, typer.Option(help="The site's slug.")]
Number = Annotated[int | None, typer.Option("--version", help="A version's number; otherwise what is live.")]
File = Annotated[Path, typer.Argument(help="An assistant file.", exists=False)]


@app.callback()
def prompts() -> None:
    """Assistants: check files, compare, fetch and hand in versions."""


@app.command()
def check(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Assistant files; otherwise all prompts.")
    ] = None,
) -> None:
    """Read every file and say what is wrong, as `file:line: what`. Exit code 1 if anything is."""
    from app.leads.rubric import load_rubric
    from app.prompt_files import prompts_dir
    from app.prompting.checking import check_all, check_files
    from app.replies.guided import prepare

    rubrics = sorted((prompts_dir() / "rubrics").glob("*.yaml"))
    others: list[Callable[[], object]] = [prepare, *(partial(load_rubric, path.stem) for path in rubrics)]
    problems = check_files(files) if files else check_all(more=others)
    for problem in problems:
        typer.echo(problem, err=True)
    if problems:
        raise typer.Exit(1)
    typer.echo("no mistakes")


@app.command()
def diff(file: File, site: Site = "default", version: Number = None) -> None:
    """How a file differs from what is live (or from a version), as `diff -u`. Exit code 1 if it does."""
    from app.prompt_files import read_prompt
    from app.prompting.actions import normalized
    from app.prompting.comparing import unified

    number, stored = _stored(site, version)
    text = unified(stored, normalized(read_prompt(file)), old=f"{site} v{number}", new=str(file))
    typer.echo(text, nl=False)
    if text:
        raise typer.Exit(1)


@app.command()
def pull(file: File, site: Site = "default", version: Number = None) -> None:
    """Write what is live (or a version) into a file."""
    number, stored = _stored(site, version)
    try:
        file.write_text(stored, encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(f"{file}: cannot be written ({error.strerror})") from error
    typer.echo(f"{file}: {site} v{number}")


@app.command()
def push(
    file: File,
    site: Site = "default",
    note: Annotated[str, typer.Option(help="What changed, for the others.")] = "",
) -> None:
    """Check a file and hand it in as a new draft. Publishing is done in the console, behind the evaluation cases."""
    from app.prompt_files import read_prompt
    from app.prompting import store
    from app.prompting.actions import normalized
    from app.prompting.assistants import parse_assistant, sha256_of

    text = normalized(read_prompt(file))
    parse_assistant(text, path=file, name="draft")

    async def hand_in(rpc: Rpc) -> dict[str, Any]:
        return await store.push(rpc, slug=site, content=text, sha256=sha256_of(text), note=note)

    done = _work(hand_in)
    typer.echo(f"{site} v{done['number']}: {'draft' if done['created'] else 'is there already'}")


def _stored(site: str, version: int | None) -> tuple[int, str]:
    from app.prompting import store
    from app.prompting.assistants import assistant_source
    from app.settings import load_settings

    async def fetch(rpc: Rpc) -> dict[str, Any]:
        return await store.pull(rpc, slug=site, number=version)

    row = _work(fetch)
    content = row["content"] or assistant_source(load_settings().openai_assistant_id)
    return int(row["number"]), str(content)


def _work(job: Callable[[Rpc], Awaitable[dict[str, Any]]]) -> dict[str, Any]:
    from app.cli.database import NOWHERE, on_database

    return on_database(
        lambda rpc, _: job(rpc), told={**NOWHERE, "prompt.not_found": "there is no such version"}
    )
