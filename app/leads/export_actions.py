"""An export from the first page to the manifest, and the desk that makes them in the background of a server."""

from __future__ import annotations

import asyncio
import errno
import random
import shutil
import uuid
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import structlog

from app.db.rpc import DatabaseUnavailable, Rpc
from app.errors import AppError
from app.leads import export_store as store
from app.leads.export_cells import iso
from app.leads.export_files import Table, open_table, sha256_of
from app.leads.export_merge import Merger
from app.leads.export_profiles import Frame, Sheet, notices, sheet_of
from app.leads.export_types import (
    SCHEMA,
    ExportElsewhere,
    ExportRequest,
    ExportsBusy,
    Plan,
    Row,
)
from app.staff.types import StaffAccess
from app.wiring import Wiring

PAGE = 500
LEASE_SECONDS = 45
"""How long after its last sign of life an export counts as interrupted."""
RENEW_SECONDS = 10.0
PATIENCE = (0.5, 1.0, 2.0, 4.0, 8.0, 8.0)
"""Waits between tries while the database is away: less than the lease in all."""
AT_ONCE = 4
SWEEP_SECONDS = 60.0

log = structlog.get_logger(__name__)
Done = TypeVar("Done")
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Job:
    """One export that this process makes. `site`: id, slug and time zone; `actor` goes into the manifest."""

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


class ExportDesk:
    """The exports of this process: made beside the conversations, kept for a day in the data folder.

    Made on a running loop, which it also uses to sweep that folder until it is closed.
    """

    def __init__(self, wiring: Wiring) -> None:
        self.wiring = wiring
        self._folder = wiring.settings.data_dir / "exports"
        self._running: dict[str, asyncio.Task[None]] = {}
        self._sweeper = asyncio.get_running_loop().create_task(self._sweep_forever())

    async def start(self, me: StaffAccess, request: ExportRequest) -> Json:
        """The export as it begins. It goes on whether or not the caller stays. Raises ExportsBusy, Conflict
        `export.too_many`."""
        if len(self._running) >= AT_ONCE:
            raise ExportsBusy(retry_after=30)
        job = await begin(
            self.wiring.rpc,
            request,
            site=me.site,
            worker=self.wiring.worker,
            actor={"type": "staff", "id": me.staff_id, "name": me.name},
            base_url=self._base_url(),
        )
        task = asyncio.get_running_loop().create_task(self._run(job))
        self._running[job.id] = task
        task.add_done_callback(lambda _: self._running.pop(job.id, None))
        return await store.get(self.wiring.rpc, site=me.site_id, staff=me.staff_id, export=job.id)

    async def end(self, me: StaffAccess, export: str) -> Json:
        """Cancel it, or take its file away."""
        row = await store.end(self.wiring.rpc, site=me.site_id, staff=me.staff_id, export=export)
        if row["state"] != "running" and export not in self._running:
            await asyncio.to_thread(self._remove, export)
        return row

    async def open_(self, me: StaffAccess, export: str) -> tuple[Path, Json]:
        """The file and its manifest, and an entry in the audit log. Raises the Conflicts of `export_store.open_`,
        ExportElsewhere."""
        row = await store.open_(self.wiring.rpc, site=me.site_id, staff=me.staff_id, export=export)
        path = self._path(export, row["request"]["format"])
        if not await asyncio.to_thread(path.exists):
            raise ExportElsewhere
        return path, row["manifest"]

    async def sweep(self) -> None:
        """Remove what is past its day, was withdrawn from, or was left behind by a process that ended."""
        found = await asyncio.to_thread(self._found)
        keep = await store.to_keep(self.wiring.rpc, sorted(found))
        for export in found - keep - self._running.keys():
            await asyncio.to_thread(self._remove, export)

    async def close(self) -> None:
        """The server stops: what is being made is given up, and says so."""
        tasks = [self._sweeper, *self._running.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _sweep_forever(self) -> None:
        while True:
            try:
                await self.sweep()
            except (AppError, OSError) as error:
                log.warning("exports_not_swept", error=type(error).__name__)
            except Exception as error:
                # The sweep must outlive any surprise: without it files would stay that people have a right to see gone.
                log.exception("exports_sweep_crashed", error=type(error).__name__)
            await asyncio.sleep(SWEEP_SECONDS * random.uniform(0.7, 1.3))  # noqa: S311 - only spreads the workers

    async def _run(self, job: Job) -> None:
        folder = self._folder / f"{job.id}.part"
        path = self._path(job.id, job.frame.plan.format)
        state, failure, manifest = "failed", None, None
        try:
            await asyncio.to_thread(_make_private, folder)
            draft = folder / path.name
            manifest = await make(self.wiring.rpc, job, draft)
            await asyncio.to_thread(draft.rename, path)
            state = "done"
        except asyncio.CancelledError:
            state = "interrupted"
        except AppError as error:
            failure = error.code
        except OSError as error:
            failure = "export.disk_full" if error.errno == errno.ENOSPC else "export.disk"
        except Exception as error:
            # Somebody waits for this export, and would wait for ever.
            log.exception("export_crashed", export=job.id, error=type(error).__name__)
            failure = "internal"
        await self._finish(job, state, failure, manifest)
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)

    async def _finish(self, job: Job, state: str, failure: str | None, manifest: Json | None) -> None:
        if failure == "export.not_running":
            await asyncio.to_thread(self._remove, job.id)
            return
        try:
            await store.finish(
                self.wiring.rpc,
                site=job.site_id,
                export=job.id,
                worker=job.worker,
                state=state,
                rows=manifest["rows"] if manifest else 0,
                manifest=manifest,
                failure=failure,
            )
        except AppError as error:
            # Its lease ends by itself, and the sweep takes the file away: nobody gets what was not audited.
            log.warning("export_not_finished", export=job.id, state=state, code=error.code)
        else:
            log.info("export_finished", export=job.id, state=state, failure=failure)

    def _base_url(self) -> str:
        settings = self.wiring.settings
        return settings.public_url or f"http://{settings.host}:{settings.port}"

    def _path(self, export: str, format_: str) -> Path:
        return self._folder / f"{export}.{format_}"

    def _found(self) -> set[str]:
        try:
            return {str(uuid.UUID(entry.name.partition(".")[0])) for entry in self._folder.iterdir()}
        except FileNotFoundError:
            return set()

    def _remove(self, export: str) -> None:
        for entry in self._folder.glob(f"{export}.*"):
            if entry.is_dir():
                shutil.rmtree(entry, ignore_errors=True)
            else:
                entry.unlink(missing_ok=True)


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


def _make_private(folder: Path) -> None:
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700)
