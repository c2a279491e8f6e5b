"""`talia outbox …` and `talia vapid`: what waits to be sent, what could not be, and the key of push messages."""

# ruff: noqa: PLC0415 - what a command needs is imported inside it, as everywhere in the command line

from __future__ import annotations

import uuid
from typing import Annotated, Any

import typer

from app.errors import ConfigurationError

app = typer.Typer(help="What waits to be sent, and what could not be.", no_args_is_help=True)

Site = Annotated[str, typer.Option("--site", help="The site's slug.")]
Letter = Annotated[str | None, typer.Argument(help="One dead letter's id; without it, all of the site.")]
New = Annotated[bool, typer.Option("--new", help="Print a fresh private key for TALIA_VAPID_PRIVATE_KEY.")]


@app.callback()
def outbox() -> None:
    """What waits to be sent, and what could not be."""


@app.command("list")
def list_outbox(site: Site = "default") -> None:
    """How much waits, and every dead letter: id, what, attempts, why. Nobody's data is in it."""
    state = _work(site)
    typer.echo(f"waiting: {state['events']} event(s), {state['deliveries']} message(s)")
    for letter in state["dead"]:
        what = "/".join(part for part in (letter["channel"], letter["kind"]) if part)
        typer.echo(
            f"{letter['id']}\t{letter['dead_at']}\t{what}\t{letter['attempts']} attempts\t{letter['failure']}"
        )


@app.command()
def replay(letter: Letter = None, site: Site = "default") -> None:
    """Try dead letters again from the start; a running server sends them within seconds."""
    if letter is not None:
        try:
            letter = str(uuid.UUID(letter))
        except ValueError as error:
            raise ConfigurationError(f"{letter!r} is not the id of a dead letter") from error
    replayed = _work(site, replay=True, letter=letter)["replayed"]
    if letter is not None and not replayed:
        raise ConfigurationError(f"there is no dead letter {letter}")
    typer.echo(f"{replayed} will be tried again")


def vapid(new: New = False) -> None:
    """Print the public key that browsers subscribe with; it is made with the first use."""
    from app.notifications.webpush import Vapid, fresh_private_key
    from app.settings import load_settings

    typer.echo(fresh_private_key() if new else Vapid(load_settings()).public_key)


def _work(site: str, *, replay: bool = False, letter: str | None = None) -> dict[str, Any]:
    from app.cli.database import on_database
    from app.notifications import store

    return on_database(
        lambda rpc, _: store.outbox_state(rpc, slug=site, replay=replay, letter=letter),
        told={"site.not_found": f"there is no site {site!r}"},
    )
