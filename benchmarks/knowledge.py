"""What a search by meaning costs the database: `python -m benchmarks.knowledge --items 20000`.

Fills an embedded PostgreSQL of its own with items and made-up vectors, and prints how long a search takes with a vector
and without, at the median, with one connection and everything in memory.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from pathlib import Path

import psycopg

from app.db.embedded import EmbeddedPostgres
from app.db.migrate import enable_vectors, migrate
from app.db.postgres import PostgresRpc
from app.knowledge import store
from app.knowledge.actions import as_literal
from app.knowledge.store import Meaning

MODEL = "bench/512"
BATCH = 500
ROUNDS = 41
QUERY = "busco un repuesto barato"
_FILL = """
select count(private.put_item(%(site)s, jsonb_build_object('id', 'i' || n, 'title', 'Repuesto ' || n, 'price', n,
  'currency', 'DOP', 'image', null, 'url', null, 'facts', jsonb_build_array('original', 'con garantía'),
  'availability', 'available')))
from generate_series(1, %(items)s) n
"""


def made_up(chance: random.Random) -> str:
    return as_literal(tuple(chance.gauss(0, 1) for _ in range(512)))


async def fill(rpc: PostgresRpc, url: str, site: str, items: int) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_FILL, {"site": site, "items": items})
    chance = random.Random(1)
    while True:
        claimed = await store.claim_embeddings(rpc, model=MODEL, limit=BATCH, lease_seconds=60, look=True)
        if claimed is None:
            raise SystemExit("this PostgreSQL has no pgvector")
        if not claimed.texts:
            break
        done = {text.digest: made_up(chance) for text in claimed.texts}
        await store.settle_embeddings(rpc, site=site, model=MODEL, done=done, failed=[])
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("vacuum (analyze)")


async def median_ms(rpc: PostgresRpc, site: str, meaning: Meaning | None) -> float:
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        await store.search(rpc, site=site, query=QUERY, locale="es", meaning=meaning)
        took.append(time.perf_counter() - began)
    return 1000 * statistics.median(took)


async def measure(url: str, items: int) -> None:
    rpc = await PostgresRpc.open(url, 2)
    try:
        site = (await rpc.call("ensure_site", slug="default", name="Bench", public_key="pk_bench"))["id"]
        await fill(rpc, url, site, items)
        meaning = Meaning(MODEL, made_up(random.Random(2)), 0.3)
        words, both = await median_ms(rpc, site, None), await median_ms(rpc, site, meaning)
        print(f"{items:,} items: {words:.0f} ms by words, {both:.0f} ms by words and meaning")
    finally:
        await rpc.close()


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.knowledge", description=(__doc__ or "").split("\n", maxsplit=1)[0]
    )
    parser.add_argument("--items", type=int, default=20_000)
    items: int = parser.parse_args().items
    with tempfile.TemporaryDirectory(prefix="talia-bench-") as folder, EmbeddedPostgres(Path(folder)) as url:
        migrate(url)
        enable_vectors(url)
        asyncio.run(measure(url, items))


if __name__ == "__main__":
    main()
