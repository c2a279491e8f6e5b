"""`talia staff add`: how the operator lets somebody in, and the first admin of a fresh installation."""

# ruff: noqa: PLC0415 - what a command needs is imported inside it, as everywhere in the command line

from __future__ import annotations

import asyncio
import re
import sys
import uuid
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import SecretStr

from app.errors import ConfigurationError

if TYPE_CHECKING:
    from app.db.rpc import Rpc
    from app.settings import Settings

SHORTEST_PASSWORD = 10

app = typer.Typer(help="Accounts of sellers, marketing and admins.", no_args_is_help=True)


class RoleName(StrEnum):
    seller = "seller"
    marketing = "marketing"
    admin = "admin"


Email = Annotated[str, typer.Argument(help="The e-mail to sign in with.")]
Role = Annotated[RoleName, typer.Option(help="What the account may do in the site.")]
Name = Annotated[str | None, typer.Option(help="The name that visitors see.")]
Site = Annotated[str, typer.Option(help="The site's slug.")]
PasswordStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input, one line.")
]
SupabaseUser = Annotated[
    str | None, typer.Option(help="The id of the user in Supabase Auth who is this account.")
]


@app.callback()
def staff() -> None:
    """Accounts of sellers, marketing and admins."""


@app.command()
def add(  # noqa: PLR0917 - typer's arguments
    email: Email,
    role: Role = RoleName.seller,
    name: Name = None,
    site: Site = "default",
    password_stdin: PasswordStdin = False,
    supabase_user: SupabaseUser = None,
) -> None:
    """Add an account to a site, or change its role. Prints a link by which the person chooses a password.

    The link is good for seven days and one use.
    """
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
        raise ConfigurationError(f"{email!r} is not an e-mail address")
    password = sys.stdin.readline().rstrip("\n") if password_stdin else None
    if password is not None and len(password) < SHORTEST_PASSWORD:
        raise ConfigurationError(f"a password has at least {SHORTEST_PASSWORD} characters")
    if supabase_user is not None:
        try:
            supabase_user = str(uuid.UUID(supabase_user))
        except ValueError as error:
            raise ConfigurationError("--supabase-user: not a UUID") from error
    typer.echo(
        _add(
            password,
            site=site,
            email=email,
            role=role.value,
            name=name,
            supabase_user=supabase_user,
        )
    )


def first_admin(settings: Settings, url: str) -> tuple[str, str] | None:
    """(e-mail, password) of the admin that was made because there was no staff at all; None otherwise."""
    from app.sites.actions import DEFAULT_SLUG, ensure_default_site
    from app.staff.actions import add_first_admin
    from app.wiring import open_rpc

    async def make() -> tuple[str, str] | None:
        rpc = await open_rpc(settings.model_copy(update={"database_url": SecretStr(url)}))
        try:
            await ensure_default_site(
                rpc,
                settings.webchat_public_token,
                settings.default_site_origins,
                key_is_a_setting=settings.public_token_is_set,
            )
            return await add_first_admin(rpc, slug=DEFAULT_SLUG)
        finally:
            await rpc.close()

    return asyncio.run(make())


def _add(password: str | None, *, site: str, email: str, role: str, **account: str | None) -> str:
    from app.cli.database import on_database
    from app.sites.actions import DEFAULT_SLUG
    from app.staff import store
    from app.staff.credentials import StaffToken, hash_now

    fresh = StaffToken.mint("sl") if password is None and account["supabase_user"] is None else None

    async def add(rpc: Rpc) -> None:
        await store.add_staff(
            rpc,
            slug=site,
            email=email,
            role=role,
            password_hash=hash_now(password) if password is not None else None,
            token_hash=fresh.sha256 if fresh else None,
            **account,
        )

    async def where(rpc: Rpc, settings: Settings) -> str:
        await add(rpc)
        return settings.address

    address = on_database(where, told={"site.not_found": f"there is no site {site!r}"})
    done = f"{email} is {role} of {site}"
    if fresh is None:
        return done
    console = f"{address}/console/accept" + ("" if site == DEFAULT_SLUG else f"?site={site}")
    return f"{done}; the link to choose a password, for seven days: {console}#{fresh.token}"
