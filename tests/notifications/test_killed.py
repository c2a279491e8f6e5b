"""kill -9 in the middle of a mail: another worker sends it, under the same id."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

from tests.notifications.conftest import PostOffice, posting
from tests.rules.tree import ROOT


async def test_a_mail_survives_its_worker(post: PostOffice, database: str) -> None:
    seller = await post.hire()
    await post.ask_for_a_person(await post.visit())
    await post.deliver()
    post.later(minutes=4)
    with post.smtp.held() as arriving:
        worker = subprocess.Popen(  # noqa: ASYNC220 - nothing else runs here
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
            assert arriving.wait(60), "the worker never came to sending"
        finally:
            worker.send_signal(signal.SIGKILL)
            worker.wait(10)
    assert post.smtp.mails.empty()
    assert await post.deliver() == 0, "its lease has not ended"
    post.later(seconds=61)
    assert await post.deliver() == 1
    mail = post.smtp.next()
    (id_, attempts) = post.admin.execute("select id, attempts from deliveries").fetchall()[0]
    assert (mail.recipients, attempts) == ([seller.email], 2)
    assert mail.message["message-id"] == f"<{id_}@talia.example>"
