"""For those who run the server: alive, ready, and the numbers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest, multiprocess
from prometheus_client import REGISTRY as PROCESS_REGISTRY

from app.channels.services import Services, get_services
from app.errors import Unavailable


class Draining(Unavailable):
    code = "server.draining"
    title = "This server is stopping; ask another one."


def health_router(*, multiprocess_metrics: bool) -> APIRouter:
    router = APIRouter(tags=["operations"])

    @router.get("/healthz")
    async def healthz() -> dict[str, str]:
        """The process answers."""
        return {"status": "ok"}

    @router.get("/readyz")
    async def readyz(services: Annotated[Services, Depends(get_services)]) -> dict[str, str]:
        """The process can do its work: the database answers, and it is not stopping."""
        if services.turns.draining:
            raise Draining
        await services.wiring.rpc.call("ping")
        return {"status": "ready", "bus": "ok" if services.wiring.bus.healthy else "degraded"}

    @router.get("/metrics", include_in_schema=False)
    async def metrics() -> Response:
        registry = PROCESS_REGISTRY
        if multiprocess_metrics:
            registry = CollectorRegistry()
            multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return router
