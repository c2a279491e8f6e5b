"""`talia leads export`: the console's export into a file of the operator's, with its manifest beside it."""

# ruff: noqa: PLC0415 - what a command needs is imported inside it, as everywhere in the command line

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import orjson
import typer
from pydantic import ValidationError

from app.errors import AppError, ConfigurationError

if TYPE_CHECKING:
    from app.db.rpc import Rpc
    from app.leads.export_types import ExportRequest
    from app.settings import Settings

Output = Annotated[
    Path | None,
    typer.Option(help="A file or a folder; otherwise this folder, under a name that says what it is."),
]
Slug = Annotated[str, typer.Option("--site", help="The site's slug.")]
Profile = Annotated[str, typer.Option(help="full, hubspot, salesforce, mailchimp or excel.")]
Format = Annotated[str, typer.Option("--format", help="csv, xlsx or jsonl.")]
Unit = Annotated[str, typer.Option(help="One row per lead or per conversation.")]
Consent = Annotated[
    str | None,
    typer.Option(help="Who agreed to what: contact, marketing, or any (conversations without people)."),
]
TimeZone = Annotated[str | None, typer.Option(help="For days; otherwise the site's.")]
Missing = Annotated[str, typer.Option(help="What stands for a name or company that an importer requires.")]
Since = Annotated[str | None, typer.Option("--from", help="First day, such as 2026-11-01.")]
Until = Annotated[str | None, typer.Option("--to", help="Last day.")]
Quality = Annotated[list[str] | None, typer.Option(help="hot, warm, cold; may be given again.")]
Outcome = Annotated[list[str] | None, typer.Option(help="Such as purchased; may be given again.")]
Campaign = Annotated[str | None, typer.Option(help="utm_campaign of the first or last visit.")]
Item = Annotated[str | None, typer.Option(help="Id or title of what the conversation is about.")]


def export(  # noqa: PLR0917 - typer's options
    output: Output = None,
    site: Slug = "default",
    profile: Profile = "full",
    format_: Format = "csv",
    unit: Unit = "lead",
    consent: Consent = None,
    time_zone: TimeZone = None,
    missing: Missing = "Unknown",
    since: Since = None,
    until: Until = None,
    quality: Quality = None,
    outcome: Outcome = None,
    campaign: Campaign = None,
    item: Item = None,
) -> None:
    """Export leads: those who agreed and did not withdraw. Prints where the file is, rows and SHA-256."""
    request = _request(
        {
            "profile": profile,
            "format": format_,
            "unit": unit,
            "consent": consent,
            "time_zone": time_zone,
            "missing": missing,
            "filter": {
                "from": since,
                "to": until,
                "quality": quality or None,
                "outcome": outcome or None,
                "campaign": campaign,
                "item": item,
            },
        }
    )
    from app.cli.database import on_database

    try:
        path, manifest = on_database(lambda rpc, settings: _export(rpc, settings, site, request, output))
    except OSError as error:
        raise ConfigurationError(f"cannot write the file: {error.strerror}") from error
    typer.echo(f"{path}\t{manifest['rows']} rows\tsha256 {manifest['file']['sha256']}")
    for reason, rows in manifest["skipped"].items():
        typer.echo(f"left out: {rows} ({reason})", err=True)
    for notice in manifest["notices"]:
        typer.echo(notice, err=True)


def _request(given: dict[str, Any]) -> ExportRequest:
    from app.leads.export_types import ExportRequest

    try:
        return ExportRequest.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        where = "".join(f"--{part} " for part in first["loc"] if isinstance(part, str) and part != "filter")
        raise ConfigurationError(
            f"{where.replace('_', '-').strip()}: {first['msg'].removeprefix('Value error, ')}".lstrip(": ")
        ) from error


async def _export(
    rpc: Rpc, settings: Settings, slug: str, request: ExportRequest, output: Path | None
) -> tuple[Path, dict[str, Any]]:
    from app.leads import export_actions, export_store

    rows: list[dict[str, Any]] = await rpc.call("list_sites")
    site = next((row for row in rows if row["slug"] == slug), None)
    if site is None:
        raise ConfigurationError(f"there is no site {slug!r}")
    worker = f"cli:{socket.gethostname()}:{os.getpid()}"
    job = await export_actions.begin(
        rpc,
        request,
        site=site,
        worker=worker,
        actor={"type": "operator"},
        base_url=settings.public_url or f"http://{settings.host}:{settings.port}",
    )
    name = export_actions.file_name(job)
    # expanduser and mkdtemp of one command's own folder: nobody else waits for this loop.
    path = (output / name if output.is_dir() else output) if output else Path(name)  # noqa: ASYNC240
    state, manifest, failure = "failed", None, None
    draft = Path(tempfile.mkdtemp(prefix=".talia-export-", dir=path.parent))
    try:
        manifest = await export_actions.make(rpc, job, draft / path.name)
        manifest["file"]["name"] = path.name
        (draft / path.name).chmod(0o600)
        (draft / path.name).replace(path)
        path.with_name(f"{path.name}.manifest.json").write_bytes(
            orjson.dumps(manifest, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        )
        state = "done"
    except asyncio.CancelledError:
        state = "interrupted"
        raise
    except AppError as error:
        failure = error.code
        raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        # The file is the operator's now: there is none for the console to hand out.
        await export_store.finish(
            rpc,
            site=site["id"],
            export=job.id,
            worker=worker,
            state=state,
            rows=manifest["rows"] if manifest else 0,
            manifest=manifest,
            failure=failure,
            keep_seconds=0,
        )
    return path, manifest
