"""The command line: `talia serve | migrate | doctor | sites | staff | leads | knowledge | outbox | vapid`.

What a command needs is imported inside it: `talia --help` and a wrong option answer at once, and `serve` has
its database starting before the heavy half of the product is loaded.
"""

# ruff: noqa: PLC0415 - see above

from __future__ import annotations

import sys
from typing import Annotated

import typer

from app.cli import knowledge, leads, notifications, prompts, sites, staff
from app.errors import ConfigurationError

app = typer.Typer(
    help="TalIA webchat: turns site visitors into qualified leads, and hands the good ones to a person.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(sites.app, name="sites")
app.add_typer(staff.app, name="staff")
app.add_typer(leads.app, name="leads")
app.add_typer(prompts.app, name="prompts")
app.add_typer(knowledge.app, name="knowledge")
app.add_typer(notifications.app, name="outbox")
app.command()(notifications.vapid)

Host = Annotated[str | None, typer.Option(help="Address to listen on; otherwise TALIA_HOST.")]
Port = Annotated[
    int | None, typer.Option(help="Port to listen on; otherwise TALIA_PORT. 0 takes a free one.")
]
Workers = Annotated[int, typer.Option(min=1, max=64, help="Processes; more than one needs TALIA_REDIS_URL.")]
Migrate = Annotated[
    bool, typer.Option("--migrate", help="First bring the database of TALIA_DATABASE_URL up to date.")
]


@app.command()
def serve(host: Host = None, port: Port = None, workers: Workers = 1, migrate: Migrate = False) -> None:
    """Serve the webchat until Ctrl-C or SIGTERM.

    Without TALIA_DATABASE_URL and TALIA_SUPABASE_URL a PostgreSQL of its own runs in TALIA_DATA_DIR.
    """
    from app.cli import serving
    from app.settings import load_settings

    settings = load_settings(host=host, port=port)
    raise typer.Exit(serving.serve(settings, workers=workers, migrate_first=migrate))


@app.command()
def migrate() -> None:
    """Bring the database up to date. Safe to run twice, and from several machines at once."""
    from app.cli.database import migrate
    from app.settings import load_settings

    versions = migrate(load_settings())
    typer.echo(f"applied: {', '.join(versions)}" if versions else "the database is up to date")


@app.command()
def doctor() -> None:
    """Check the configuration and everything it names. Exit code 1 if something fails."""
    from app.cli.doctor import examine

    raise typer.Exit(examine())


def main() -> None:
    """The entry point. A configuration that cannot work is one line on stderr and exit code 2."""
    try:
        app()
    except ConfigurationError as error:
        refuse(error)


def refuse(error: Exception) -> None:
    """Say what is wrong in one line and leave with exit code 2."""
    sys.stderr.write(f"talia: {' '.join(str(error).split())}\n")
    sys.exit(2)
