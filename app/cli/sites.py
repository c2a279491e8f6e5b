"""`talia sites …`: which pages may embed a widget, how it looks, and the secret that vouches for visitors."""

# ruff: noqa: PLC0415 - what a command needs is imported inside it, as everywhere in the command line

from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer
from pydantic import ValidationError

from app.errors import ConfigurationError

if TYPE_CHECKING:
    from app.db.rpc import Rpc

app = typer.Typer(help="Sites: where the widget may be, how it looks, who vouches.", no_args_is_help=True)

LONGEST_NAME = 200

Slug = Annotated[str, typer.Option("--site", help="The site's slug.")]
Text = Annotated[str | None, typer.Option()]


@app.callback()
def sites() -> None:
    """Sites: where the widget may be, how it looks, who vouches."""


@app.command("list")
def list_sites() -> None:
    """Every site: slug, public key, allowed origins."""
    from app.sites import store

    for found in _work(store.list_sites):
        typer.echo(f"{found.slug}\t{found.public_key}\t{' '.join(sorted(found.allowed_origins)) or '-'}")


@app.command()
def add(
    slug: Annotated[str, typer.Argument(help="Lower case, digits and dashes.")],
    name: Annotated[str, typer.Option(help="The name that visitors see.")],
    origin: Annotated[list[str] | None, typer.Option(help="May embed it; give it once for each.")] = None,
) -> None:
    """Make a site, or change the name and the pages of an existing one. Prints its public key."""
    from app.sites import store

    origins = _origins(origin)
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,62}", slug):
        raise ConfigurationError(f"{slug!r} is not a slug: lower case, digits and dashes")

    name = name.strip()
    if not 1 <= len(name) <= LONGEST_NAME:
        raise ConfigurationError(f"--name: 1 to {LONGEST_NAME} characters")

    async def make(rpc: Rpc) -> str:
        known = {s.slug: s.public_key for s in await store.list_sites(rpc)}
        key = known.get(slug) or "pk_" + secrets.token_urlsafe(18)
        values: dict[str, Any] = {"allowed_origins": origins} if origins else {}
        await store.ensure_site(rpc, slug=slug, name=name, public_key=key, **values)
        return (await store.rename_site(rpc, slug=slug, name=name)).public_key

    typer.echo(_work(make))


@app.command()
def look(  # noqa: PLR0917 - typer's options
    site: Slug = "default",
    accent: Annotated[str | None, typer.Option(help="Such as #0b5cad.")] = None,
    accent_text: Annotated[str | None, typer.Option(help="Computed if not given; at least 4.5:1.")] = None,
    position: Annotated[str | None, typer.Option(help="bottom-right or bottom-left.")] = None,
    theme: Annotated[str | None, typer.Option(help="light, dark or auto.")] = None,
    title: Text = None,
    subtitle: Text = None,
    logo: Annotated[str | None, typer.Option(help="URL, on one of the site's origins.")] = None,
) -> None:
    """Set how the widget looks. What is not given goes back to the widget's own choice."""
    from app.sites import store
    from app.sites.appearance import Appearance

    given = {
        "accent": accent,
        "accent_text": accent_text,
        "position": position,
        "theme": theme,
        "title": title,
        "subtitle": subtitle,
        "logo": logo,
    }
    try:
        checked = Appearance.model_validate({name: value for name, value in given.items() if value})
    except ValidationError as error:
        first = error.errors()[0]
        where = f"--{first['loc'][0]}: ".replace("_", "-") if first["loc"] else ""
        raise ConfigurationError(where + str(first["msg"]).removeprefix("Value error, ")) from error
    appearance = checked.as_json()
    _work(lambda rpc: store.patch_settings(rpc, slug=site, settings={"appearance": appearance}))
    typer.echo(f"{site}: {appearance or 'as the widget comes'}")


@app.command()
def pictures(
    site: Slug = "default",
    origin: Annotated[
        list[str] | None, typer.Option(help="Of pictures in cards; give it once for each.")
    ] = None,
) -> None:
    """Set where pictures in cards may come from, besides the site's own pages. Without --origin: nowhere else."""
    from app.sites import store

    origins = _origins(origin)
    _work(lambda rpc: store.patch_settings(rpc, slug=site, settings={"image_origins": origins}))
    typer.echo(f"{site}: {' '.join(origins) or 'only its own pages'}")


@app.command()
def identity_secret(site: Slug = "default") -> None:
    """Make a new secret for signing visitors' identity tokens. It is shown this once; an old one ends with it."""
    from app.sites import store

    secret = secrets.token_urlsafe(48)
    _work(lambda rpc: store.set_site_secret(rpc, slug=site, purpose="identity", secret=secret))
    typer.echo(secret)


def _origins(given: list[str] | None) -> list[str]:
    for one in given or ():
        if not re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]+", one):
            raise ConfigurationError(f"{one!r} is not an origin such as https://www.example.com")
    return given or []


def _work(job: Callable[[Rpc], Awaitable[Any]]) -> Any:
    from app.cli.database import on_database

    return on_database(lambda rpc, _: job(rpc))
