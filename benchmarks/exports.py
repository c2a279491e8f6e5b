"""What an export of many leads costs: `python -m benchmarks.exports --leads 1000000 --format csv`.

Fills an embedded PostgreSQL of its own with people who all agreed, exports them in this process as a server does, and
prints time, size, and how much the process grew beyond what a small export needs.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import psycopg

from app.db.embedded import EmbeddedPostgres
from app.db.migrate import migrate
from app.db.postgres import PostgresRpc
from app.leads import export_actions, export_store
from app.leads.export_types import ExportRequest
from benchmarks.processes import rss_bytes

MEBIBYTE = 1024 * 1024
# Neither triggers nor foreign keys: the rows are right by construction.
_FILL = (
    "set session_replication_role = replica",
    """
    insert into public.contactos (site_id, nombre_completo, email, telefono, identity, consent_contact,
      consent_marketing, first_touch, last_touch, lead_captured_at)
    select s.id, 'Ana María Pérez ' || n, 'ana.perez.' || n || '@example.com',
      '+1809' || lpad((2000000 + n)::text, 7, '0'), 'claimed', true, mod(n, 2) = 0,
      '{"utm_source": "google", "utm_campaign": "otoño", "landing_page": "https://shop.example/"}',
      '{"utm_source": "mail", "utm_campaign": "invierno", "landing_page": "https://shop.example/?x=1"}', now()
    from public.sites s cross join generate_series(1, %(leads)s) n
    """,
    """
    insert into public.conversaciones (site_id, contacto_id, lead_quality, lead_score, outcome, last_message_at,
      taggable_type, taggable_info, last_seq)
    select k.site_id, k.id, 'warm', 55, 'pending', now(), 'Vehicle', '{"id": "rav4", "title": "Toyota RAV4 2024"}', 12
    from public.contactos k
    """,
    """
    insert into public.leads (conversacion_id, site_id, contacto_id, quality, score, rubric_ref)
    select c.id, c.site_id, c.contacto_id, 'warm', 55, 'default@00000000' from public.conversaciones c
    """,
    """
    insert into public.lead_facts (site_id, conversacion_id, criterion, value, seq, source)
    select c.site_id, c.id, 'need', 'una RAV4 de 2024', 3, 'form' from public.conversaciones c
    """,
    """
    insert into public.consents (site_id, contacto_id, purpose, granted, text_version, text_sha256, locale, source)
    select k.site_id, k.id, 'contact', true, '2026-11', repeat('0', 64), 'es', 'form' from public.contactos k
    """,
    # As autovacuum would have done long before there were so many.
    "vacuum (analyze)",
)


class Growth:
    """How much memory this process takes beyond its start, looked at twenty times a second."""

    def __init__(self) -> None:
        gc.collect()
        self._begin = self.most = rss_bytes(os.getpid())
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Growth:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    @property
    def mebibytes(self) -> float:
        return (self.most - self._begin) / MEBIBYTE

    def _watch(self) -> None:
        while not self._ended.wait(0.05):
            self.most = max(self.most, rss_bytes(os.getpid()))


async def export(
    rpc: PostgresRpc, site: dict[str, Any], folder: Path, request: ExportRequest
) -> dict[str, Any]:
    actor = {"type": "operator"}
    job = await export_actions.begin(
        rpc, request, site=site, worker="bench", actor=actor, base_url="https://chat.example"
    )
    path = folder / job.id
    manifest = await export_actions.make(rpc, job, path)
    await export_store.finish(
        rpc, site=site["id"], export=job.id, worker="bench", state="done", rows=manifest["rows"]
    )
    path.unlink()
    return manifest


async def measure(url: str, leads: int, folder: Path, request: ExportRequest) -> None:
    rpc = await PostgresRpc.open(url, 2)
    try:
        site = await rpc.call("ensure_site", slug="default", name="Bench", public_key="pk_bench")
        fill(url, 2_000)
        await export(rpc, site, folder, request)
        fill(url, leads)
        began = time.perf_counter()
        with Growth() as growth:
            manifest = await export(rpc, site, folder, request)
        seconds = time.perf_counter() - began
        print(
            f"{manifest['rows']:,} rows of {request.format}/{request.profile} in {seconds:.0f} s "
            f"({manifest['rows'] / seconds:,.0f}/s), {manifest['file']['bytes'] / MEBIBYTE:.0f} MiB, "
            f"{growth.mebibytes:+.1f} MiB of memory"
        )
    finally:
        await rpc.close()


def fill(url: str, leads: int) -> None:
    began = time.perf_counter()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "truncate public.contactos, public.conversaciones, public.leads, public.lead_facts, public.consents cascade"
        )
        for statement in _FILL:
            connection.execute(statement, {"leads": leads} if "%(" in statement else None)
    sys.stderr.write(f"{leads:,} leads made in {time.perf_counter() - began:.0f} s\n")


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.exports", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--leads", type=int, default=100_000)
    parser.add_argument("--format", default="csv", choices=["csv", "xlsx", "jsonl"])
    parser.add_argument("--profile", default="full")
    given = parser.parse_args()
    request = ExportRequest.model_validate({"format": given.format, "profile": given.profile})
    with tempfile.TemporaryDirectory() as folder, EmbeddedPostgres(Path(folder) / "data") as url:
        migrate(url)
        asyncio.run(measure(url, given.leads, Path(folder), request))


if __name__ == "__main__":
    main()
