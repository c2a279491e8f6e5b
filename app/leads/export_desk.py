"""The desk that makes exports in the background of a server, and keeps them for a day."""

from __future__ import annotations

import asyncio
import errno
import random
import shutil
import uuid
from pathlib import Path
from typing import Any

import structlog

from app.errors import AppError
from app.leads import export_store as store
from app.leads.export_actions import Job, begin, make
from app.leads.export_types import ExportElsewhere, ExportRequest, ExportsBusy
from app.staff.types import StaffAccess
from app.wiring import Wiring

AT_ONCE = 4
"""Exports that one process makes at a time."""
SWEEP_SECONDS = 60.0

log = structlog.get_logger(__name__)
Json = dict[str, Any]


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


def _make_private(folder: Path) -> None:
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700)
