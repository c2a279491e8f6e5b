"""An export from the first page to the manifest, wherever it is made."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from app.db.rpc import DatabaseUnavailable, Rpc
from app.errors import AppError
from app.leads import export_store as store
from app.leads.export_cells import iso
from app.leads.export_files import Table, open_table, sha256_of
from app.leads.export_merge import Merger
from app.leads.export_profiles import Frame, Sheet, notices, sheet_of
from app.leads.export_types import (
    SCHEMA,
    ExportRequest,
    Plan,
    Row,
)

PAGE = 500
LEASE_SECONDS = 45
"""How long after its last sign of life an export counts as interrupted."""
RENEW_SECONDS = 10.0
PATIENCE = (0.5, 1.0, 2.0, 4.0, 8.0, 8.0)
"""Waits between tries while the database is away: less than the lease in all."""

Done = TypeVar("Done")
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Job:
    """One export that this process makes; `actor` goes into the manifest."""

    id: str
    site_id: str
    site_slug: str
    worker: str
    frame: Frame
    actor: Json


@dataclass(slots=True)
class _Progress:
    """What has been written so far, and the line that may still grow."""

    written: int = 0
    merger: Merger = field(default_factory=Merger)
    skipped: dict[str, int] = field(default_factory=dict)


async def begin(
    rpc: Rpc, request: ExportRequest, *, site: Json, worker: str, actor: Json, base_url: str
) -> Job:
    """`site` as SQL renders it; `actor`: {type, id, name} of staff, {type} of the operator. Conflict
    `export.too_many`."""
    plan = request.settled(site["time_zone"])
    row = await store.begin(
        rpc,
        site=site["id"],
        staff=actor.get("id"),
        request=plan.as_json(),
        worker=worker,
        lease_seconds=LEASE_SECONDS,
    )
    frame = Frame(plan, site["slug"], f"{base_url}/console/messages/")
    return Job(row["id"], site["id"], site["slug"], worker, frame, actor)


async def make(rpc: Rpc, job: Job, path: Path) -> Json:
    """Write the file to `path` (in a folder of its own, for what is only needed meanwhile); its manifest.

    Holds one page at a time. Raises Conflict `export.not_running` when it was cancelled, OSError when the disk is full,
    DatabaseUnavailable when the database stays away.
    """
    sheet, plan = sheet_of(job.frame), job.frame.plan
    table = open_table(path, sheet, format_=plan.format, profile=plan.profile)
    try:
        progress = await _fill(rpc, job, table, sheet)
        await _in_thread(rpc, job, table.close)
    except BaseException:
        table.abandon()
        raise
    digest = await _in_thread(rpc, job, partial(sha256_of, path))
    size = await asyncio.to_thread(lambda: path.stat().st_size)
    return _manifest(job, sheet, progress, size, digest)


async def _fill(rpc: Rpc, job: Job, table: Table, sheet: Sheet) -> _Progress:
    progress, plan = _Progress(), job.frame.plan
    after: Json | None = None
    while True:
        page = await _patiently_read(rpc, job, after, progress.written)
        after = page["next"]
        await _in_thread(
            rpc, job, partial(_write, table, sheet, progress, page["rows"], plan, last=after is None)
        )
        if after is None:
            return progress


def file_name(job: Job) -> str:
    """It says what is in it and by which clock."""
    plan = job.frame.plan
    day = datetime.now(ZoneInfo(plan.time_zone)).date().isoformat()
    zone = plan.time_zone.replace("/", "-")
    return f"leads-{job.site_slug}-{plan.profile}-{day}-{zone}.{plan.format}"


async def _patiently_read(rpc: Rpc, job: Job, after: Json | None, written: int) -> Json:
    """A page; the database may be away for a while. A page that is read twice is the same page."""
    for wait in (*PATIENCE, None):
        try:
            return await store.page(
                rpc,
                site=job.site_id,
                export=job.id,
                worker=job.worker,
                lease_seconds=LEASE_SECONDS,
                after=after,
                written=written,
                limit=PAGE,
            )
        except DatabaseUnavailable:
            if wait is None:
                raise
            await asyncio.sleep(wait)
    raise AssertionError("the last try returns or raises")


async def _in_thread(rpc: Rpc, job: Job, work: Callable[[], Done]) -> Done:
    """Beside the loop, which answers visitors meanwhile; with signs of life if it takes long.

    A thread of its own, and not one of the loop's: those a server waits for when it stops, and zipping a large workbook
    takes a minute that it does not have.
    """
    outcome: Future[Done] = Future()
    Thread(target=_run_into, args=(outcome, work), name="export", daemon=True).start()
    running = asyncio.wrap_future(outcome)
    try:
        while not (await asyncio.wait({running}, timeout=RENEW_SECONDS))[0]:
            await store.renew(
                rpc, site=job.site_id, export=job.id, worker=job.worker, lease_seconds=LEASE_SECONDS
            )
    except AppError:
        # Cancelled, or the database is gone: the file must not be taken away from under the thread.
        await asyncio.wait({running})
        raise
    return running.result()


def _run_into(outcome: Future[Done], work: Callable[[], Done]) -> None:
    outcome.set_running_or_notify_cancel()
    try:
        outcome.set_result(work())
    except BaseException as error:
        outcome.set_exception(error)
        if not isinstance(error, Exception):
            raise


def _write(
    table: Table, sheet: Sheet, progress: _Progress, rows: list[Row], plan: Plan, *, last: bool
) -> None:
    merger = progress.merger
    lines = merger.feed(rows) if plan.unit == "lead" else rows
    if last:
        lines = [*lines, *merger.rest()]
    wanted = []
    for line in lines:
        if reason := sheet.refuse(line):
            progress.skipped[reason] = progress.skipped.get(reason, 0) + 1
        else:
            wanted.append(sheet.cells(line))
    table.write(wanted)
    progress.written += len(wanted)


def _manifest(job: Job, sheet: Sheet, progress: _Progress, size: int, digest: str) -> Json:
    plan = job.frame.plan
    return {
        "schema": SCHEMA,
        "export_id": job.id,
        "site": job.site_slug,
        "made_at": iso(datetime.now(UTC)),
        "actor": job.actor,
        **plan.as_json(),
        "rows": progress.written,
        "merged": progress.merger.merged,
        "skipped": progress.skipped,
        "columns": [column.label for column in sheet.columns],
        "notices": notices(job.frame, progress.written),
        "file": {"name": file_name(job), "bytes": size, "sha256": digest},
    }
