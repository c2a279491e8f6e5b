"""`talia leads …`: score history anew, see what a draft of a rubric would change, export."""

# ruff: noqa: PLC0415 - what a command needs is imported inside it, as everywhere in the command line

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import leads_export
from app.errors import ConfigurationError

if TYPE_CHECKING:
    from app.db.rpc import Rpc
    from app.leads.rescoring import Rescored

app = typer.Typer(help="Leads: score history anew, export.", no_args_is_help=True)
app.command()(leads_export.export)

TIERS = ("hot", "warm", "cold")
Slug = Annotated[str, typer.Option("--site", help="The site's slug.")]
Draft = Annotated[Path | None, typer.Option("--rubric", help="A draft to compare with; needs --diff.")]
Diff = Annotated[bool, typer.Option("--diff", help="List the tier changes, and write nothing.")]


@app.callback()
def leads() -> None:
    """Leads: score history anew, export."""


@app.command()
def rescore(site: Slug = "default", rubric: Draft = None, diff: Diff = False) -> None:
    """Score every conversation of a site anew: by the site's rubric, or (--diff) by a draft of one.

    Prints the conversations whose tier changes, and how many moved from where to where.
    """
    if rubric is not None and not diff:
        raise ConfigurationError(
            "--rubric needs --diff: a draft's scores are not stored. Put it into prompts/rubrics, name it in the "
            "site's settings, and rescore"
        )
    from app.cli.database import on_database
    from app.leads.rescoring import rescore as run
    from app.leads.rubric import read_rubric
    from app.leads.rubrics import rubric_of
    from app.sites import store as sites

    draft = read_rubric(rubric) if rubric is not None else None

    async def work(rpc: Rpc) -> None:
        found = next((s for s in await sites.list_sites(rpc) if s.slug == site), None)
        if found is None:
            raise ConfigurationError(f"there is no site {site!r}")
        used = draft or rubric_of(found)
        moves: Counter[tuple[str, str]] = Counter()
        async for one in run(rpc, found.id, used, write=not diff):
            moves[one.before or "-", one.after] += 1
            if one.moved:
                typer.echo(_line(one))
        typer.echo(_summary(moves, used.ref, written=not diff))

    on_database(lambda rpc, _: work(rpc))


def _line(one: Rescored) -> str:
    before = f"{one.before} {one.score_before}" if one.before else "-"
    return f"{one.conversation_id}\t{before}\t{one.after} {one.score_after}"


def _summary(moves: Counter[tuple[str, str]], ref: str, *, written: bool) -> str:
    total = sum(moves.values())
    moved = {move: n for move, n in moves.items() if move[0] != move[1]}
    order = ("-", *TIERS)
    listed = ", ".join(
        f"{before} to {after}: {moved[before, after]}"
        for before in order
        for after in TIERS
        if (before, after) in moved
    )
    done = "scored" if written else "compared, nothing written"
    return f"{total} {done} by {ref}; {sum(moved.values())} change tier" + (f" ({listed})" if listed else "")
