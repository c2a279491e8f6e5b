"""kill -9 of the server under traffic, again and again: every acknowledged message is answered exactly once.

`TALIA_TEST_KILLS=50` is the full run; `TALIA_TEST_SEED` repeats one.
"""

from __future__ import annotations

import asyncio
import os
import random

import pytest

from tests.faults.conftest import Serve
from tests.faults.crowd import Crowd
from tests.faults.ledger import Ledger
from tests.faults.served import Model

KILLS = int(os.environ.get("TALIA_TEST_KILLS") or 12)
VISITORS = 20

pytestmark = pytest.mark.faults


@pytest.mark.timeout(180 + 10 * KILLS)
async def test_killed_at_random_points_it_loses_nothing_and_answers_once(
    serve: Serve, model: Model, chance: random.Random
) -> None:
    # Half a second for a reply: most kills meet several of them.
    model.script(tokens_per_second=50, first_token_seconds=0.05)
    talia = serve().start()
    crowd = Crowd(talia.url, chance, VISITORS)
    for number in range(KILLS):
        if number % 6 == 5:
            # In the middle of its start, too.
            await asyncio.sleep(chance.uniform(0.2, 1.5))
        else:
            await asyncio.to_thread(talia.process.wait_line, "TalIA webchat is ready")
            await crowd.wait_ack()
            await asyncio.sleep(chance.uniform(0, 2))
        crowd.raise_problems()
        talia.process.kill()
        talia.spawn()
    await crowd.finish(120)
    ledger = Ledger(talia.database_url)
    ledger.check(crowd.journal)

    waits = crowd.journal.waits()
    attempts = [turn["attempt"] for turn in ledger.turns]
    print(
        f"{KILLS} kills, {len(crowd.journal.sent)} messages, {len(ledger.turns)} turns {dict(ledger.sources())}, "
        f"{sum(a > 1 for a in attempts)} taken over (at most {max(attempts)} attempts), "
        f"{sum(s.tries > 1 for s in crowd.journal.sent)} messages repeated, {crowd.journal.streams} streams, "
        f"waited {waits[len(waits) // 2]:.1f} s at the median and {waits[-1]:.1f} s at most"
    )
    assert any(attempt > 1 for attempt in attempts), "no kill met a running reply: this proved nothing"
    assert ledger.sources()["model"] >= VISITORS, "the model got no reply through"
