"""Exports for marketing: start one, watch it, take the file and its manifest, or take it back."""

from __future__ import annotations

from typing import Annotated, Any, cast
from uuid import UUID

import orjson
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import FileResponse
from fastapi.routing import APIRoute

from app.leads import export_store as store
from app.leads.export_desk import ExportDesk
from app.leads.export_types import ExportNotReady, ExportRequest
from app.staff.access import access_staff
from app.staff.types import StaffAccess

_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/x-ndjson",
}


async def export_desk(request: Request) -> ExportDesk:
    return cast("ExportDesk", request.app.state.export_desk)


DESK = Annotated[ExportDesk, Depends(export_desk)]
ME = Annotated[StaffAccess, Depends(access_staff("marketing", "admin"))]
Json = dict[str, Any]


async def start_export(body: ExportRequest, me: ME, desk: DESK) -> Json:
    """It is made in the background; ask for its state. One entry in the audit log, whatever becomes of it."""
    return await desk.start(me, body)


async def list_exports(me: ME, desk: DESK) -> Json:
    """The site's newest fifty, whoever made them."""
    return {"data": await store.listed(desk.wiring.rpc, site=me.site_id, staff=me.staff_id)}


async def get_export(export_id: UUID, me: ME, desk: DESK) -> Json:
    """`state`: running (`scanned` of `total`), done, failed, cancelled, interrupted (the server was restarted),
    removed, expired (after a day), outdated (somebody who may be in it has withdrawn or been erased)."""
    return await store.get(desk.wiring.rpc, site=me.site_id, staff=me.staff_id, export=str(export_id))


async def end_export(export_id: UUID, me: ME, desk: DESK) -> Json:
    """Cancels one that is being made; removes the file of one that is done."""
    return await desk.end(me, str(export_id))


async def get_file(export_id: UUID, me: ME, desk: DESK) -> Response:
    """The file itself. Every download is audited."""
    path, manifest = await desk.open_(me, str(export_id))
    return FileResponse(
        path,
        media_type=_MEDIA[manifest["format"]],
        filename=manifest["file"]["name"],
        headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"},
    )


async def get_manifest(export_id: UUID, me: ME, desk: DESK) -> Response:
    """Rows, filter, schema, whose consent, SHA-256, who: to be kept beside the file. Nobody's data is in it."""
    row = await store.get(desk.wiring.rpc, site=me.site_id, staff=me.staff_id, export=str(export_id))
    manifest = row["manifest"]
    if manifest is None:
        raise ExportNotReady
    return Response(
        orjson.dumps(manifest, option=orjson.OPT_INDENT_2),
        media_type="application/json",
        headers={
            "Cache-Control": "no-store",
            "Content-Disposition": f'attachment; filename="{manifest["file"]["name"]}.manifest.json"',
        },
    )


def exports_router(route_class: type[APIRoute]) -> APIRouter:
    """`/api/v1/leads/exports`. docs/rights.md publishes who may."""
    router = APIRouter(prefix="/api/v1/leads/exports", tags=["exports"], route_class=route_class)
    add = router.add_api_route
    add("", start_export, methods=["POST"], status_code=202)
    add("", list_exports, methods=["GET"])
    add("/{export_id}", get_export, methods=["GET"])
    add("/{export_id}", end_export, methods=["DELETE"])
    add("/{export_id}/file", get_file, methods=["GET"], response_class=Response)
    add("/{export_id}/manifest", get_manifest, methods=["GET"], response_class=Response)
    return router
