"""Several processes on one port: they share it, are replaced when they die, and never outlive their parent."""

import signal
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.cli.process import Serving, is_ready, run, until
from tests.realtime.redis_server import RedisServer


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    server = RedisServer()
    server.start()
    yield server
    server.destroy()


def test_they_serve_are_replaced_and_leave_together(tmp_path: Path, redis: RedisServer) -> None:
    with Serving(tmp_path, "--workers", "2", redis_url=redis.url) as talia:
        address = talia.ready()
        first = talia.workers()
        assert len(first) == 2
        assert is_ready(address)
        assert "talia_streams_open" in httpx.get(f"{address}/metrics").text

        first[0].kill()
        until(lambda: len(talia.workers()) == 2 and first[0] not in talia.workers())
        until(lambda: is_ready(address))
        assert first[1] in talia.workers()

        assert talia.stop(signal.SIGTERM) == 0
        assert not any(worker.is_running() for worker in first)
        assert talia.database() == []
        assert talia.log.count("is ready") == 1


def test_sighup_replaces_them_all_while_the_port_goes_on_answering(
    tmp_path: Path, redis: RedisServer
) -> None:
    with Serving(tmp_path, "--workers", "2", redis_url=redis.url) as talia:
        address = talia.ready()
        old = talia.workers()
        talia.process.send_signal(signal.SIGHUP)
        while any(worker.is_running() for worker in old):
            until(lambda: is_ready(address), seconds=2)  # a worker that drains may say so, once
            assert talia.process.poll() is None
        assert len(talia.workers()) == 2
        assert talia.stop() == 0


def test_kill_9_of_the_parent_ends_the_workers_and_frees_the_port(
    tmp_path: Path, redis: RedisServer, free_port: int
) -> None:
    with Serving(tmp_path, "--workers", "2", redis_url=redis.url, port=str(free_port)) as talia:
        talia.ready()
        workers = talia.workers()
        talia.process.kill()
        talia.process.wait()
        until(lambda: not any(worker.is_running() for worker in workers))
        with Serving(tmp_path, redis_url=redis.url, port=str(free_port)) as successor:
            assert is_ready(successor.ready())
            assert successor.stop() == 0


def test_what_only_a_worker_finds_out_is_still_one_clear_line_and_exit_code_2(
    tmp_path: Path, redis: RedisServer
) -> None:
    done = run(
        tmp_path, "serve", "--workers", "2", port="0", redis_url=redis.url, openai_assistant_id="nobody"
    )
    assert done.returncode == 2
    told = {line for line in done.stderr.splitlines() if line.startswith("talia: ")}
    assert len(told) == 1
    assert "nobody" in told.pop()
    assert "Traceback" not in done.stderr
