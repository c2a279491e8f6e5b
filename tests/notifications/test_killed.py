"""kill -9 in the middle of sending: another worker sends it, under the same id, and in order."""

from __future__ import annotations

import json
import os
import queue
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from tests.fakes.push import Pushed
from tests.notifications.conftest import PostOffice, posting
from tests.rules.tree import ROOT


@contextmanager
def doomed(post: PostOffice, database: str) -> Iterator[None]:
    """A worker process, which is killed when the block ends."""
    worker = subprocess.Popen(
        [
            sys.executable,
            str(ROOT / "tests/notifications/doomed.py"),
            database,
            str(post.wiring.settings.data_dir),
            json.dumps(posting(post.smtp)),
        ],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
    )
    try:
        yield
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait(10)


@pytest.mark.parametrize("rpc", ["postgres"], indirect=True)
async def test_a_mail_survives_its_worker(post: PostOffice, database: str) -> None:
    seller = await post.hire()
    await post.ask_for_a_person(await post.visit())
    await post.deliver()
    post.later(minutes=4)
    with post.smtp.held() as arriving, doomed(post, database):
        assert arriving.wait(60), "the worker never came to sending"
    assert post.smtp.mails.empty()
    assert await post.deliver() == 0, "its lease has not ended"
    post.later(seconds=61)
    assert await post.deliver() == 1
    mail = post.smtp.next()
    (id_, attempts) = post.admin.execute("select id, attempts from deliveries").fetchall()[0]
    assert (mail.recipients, attempts) == ([seller.email], 2)
    assert mail.message["message-id"] == f"<{id_}@talia.example>"


def some(post: PostOffice, most: int) -> list[Pushed]:
    """At least one; fewer than `most` when all lanes wait for another attempt."""
    got = [post.push.next(60)]
    with suppress(queue.Empty):
        while len(got) < most:
            got.append(post.push.next(1))
    return got


@pytest.mark.faults
@pytest.mark.parametrize("rpc", ["postgres"], indirect=True)
async def test_nothing_is_missing_after_many_kills_and_failures(post: PostOffice, database: str) -> None:
    for number in range(4):
        await post.subscribe(await post.hire(), f"crowd-{number}")
    for _ in range(20):
        await post.ask_for_a_person(await post.visit())
    dice = random.Random(7)
    post.push.answers += [(503, {}) if dice.random() < 0.12 else (201, {}) for _ in range(1000)]
    got: list[Pushed] = []
    for _ in range(3):
        with doomed(post, database):
            got += some(post, 8)
        # Its leases end; what failed is due again.
        post.later(minutes=2)
    for _ in range(100):
        await post.deliver()
        post.later(hours=2)
        if {state for state, _ in post.states("push")} == {"sent"}:
            break
    while not post.push.pushed.empty():
        got.append(post.push.next())
    rows = post.admin.execute(
        "select id::text, lane, state from deliveries where channel = 'push' order by created_at, id"
    ).fetchall()
    assert {state for _, _, state in rows} == {"sent"}
    arrived = list(dict.fromkeys(one.payload["id"] for one in got))
    for lane in {lane for _, lane, _ in rows}:
        sent = [id_ for id_, of, _ in rows if of == lane]
        assert [id_ for id_ in arrived if id_ in sent] == sent, "all of it, in order, repetitions apart"
    assert len(got) <= len(rows) + 3 * 8, "only what a killed worker had claimed is sent twice"
