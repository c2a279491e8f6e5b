"""The SQL functions of exports. `staff` None is the operator. What they refuse comes as the AppError of its code."""

from __future__ import annotations

from typing import Any

from app.db.rpc import Rpc

Json = dict[str, Any]


async def begin(
    rpc: Rpc, *, site: str, staff: str | None, request: Json, worker: str, lease_seconds: int
) -> Json:
    """The export, running. Conflict `export.too_many`, Forbidden `staff.role`."""
    row: Json = await rpc.call(
        "begin_export", site=site, staff=staff, request=request, worker=worker, lease_seconds=lease_seconds
    )
    return row


async def page(
    rpc: Rpc,
    *,
    site: str,
    export: str,
    worker: str,
    lease_seconds: int,
    after: Json | None,
    written: int,
    limit: int,
) -> Json:
    """{rows, next, scanned}; `next` None at the end. Conflict `export.not_running` once it was cancelled."""
    row: Json = await rpc.call(
        "export_page",
        site=site,
        export=export,
        worker=worker,
        lease_seconds=lease_seconds,
        after=after,
        written=written,
        limit=limit,
    )
    return row


async def renew(rpc: Rpc, *, site: str, export: str, worker: str, lease_seconds: int) -> None:
    await rpc.call("renew_export", site=site, export=export, worker=worker, lease_seconds=lease_seconds)


async def finish(
    rpc: Rpc, *, site: str, export: str, worker: str, state: str, rows: int, **more: Any
) -> Json:
    """`state`: done, failed, interrupted. `more`: manifest, failure, keep_seconds."""
    row: Json = await rpc.call(
        "finish_export", site=site, export=export, worker=worker, state=state, rows=rows, **more
    )
    return row


async def listed(rpc: Rpc, *, site: str, staff: str) -> list[Json]:
    rows: list[Json] = await rpc.call("staff_exports", site=site, staff=staff)
    return rows


async def get(rpc: Rpc, *, site: str, staff: str, export: str) -> Json:
    """NotFound `export.not_found`."""
    row: Json = await rpc.call("staff_export", site=site, staff=staff, export=export)
    return row


async def end(rpc: Rpc, *, site: str, staff: str, export: str) -> Json:
    """Cancelled if it was running, removed if it was done; else as it is."""
    row: Json = await rpc.call("end_export", site=site, staff=staff, export=export)
    return row


async def open_(rpc: Rpc, *, site: str, staff: str, export: str) -> Json:
    """The export, and an entry in the audit log. Conflict `export.not_ready`, `export.outdated`, `export.expired` …"""
    row: Json = await rpc.call("open_export", site=site, staff=staff, export=export)
    return row


async def to_keep(rpc: Rpc, ids: list[str]) -> set[str]:
    """Of these exports, whatever their site, those whose file may stay."""
    return set(await rpc.call("exports_to_keep", ids=ids))
