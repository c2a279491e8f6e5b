"""The moving deadline ends a read in time, and never swallows a cancellation from outside."""

from __future__ import annotations

import asyncio

import pytest

from app.llm.deadline import ReadDeadline


def in_seconds(seconds: float) -> float:
    return asyncio.get_running_loop().time() + seconds


async def test_a_read_that_takes_too_long_ends_at_the_deadline() -> None:
    deadline = ReadDeadline()
    start = in_seconds(0)
    with pytest.raises(TimeoutError):
        await deadline.read(asyncio.Event().wait(), in_seconds(0.05))
    assert 0.04 < in_seconds(0) - start < 0.5
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0


async def test_each_read_moves_it_on() -> None:
    deadline = ReadDeadline()
    for _ in range(10):
        await deadline.read(asyncio.sleep(0.02), in_seconds(0.1))
    with pytest.raises(TimeoutError):
        await deadline.read(asyncio.Event().wait(), in_seconds(0.05))
    deadline.close()


async def test_it_can_move_to_an_earlier_moment() -> None:
    deadline = ReadDeadline()
    await deadline.read(asyncio.sleep(0), in_seconds(60))
    async with asyncio.timeout(5):
        with pytest.raises(TimeoutError):
            await deadline.read(asyncio.Event().wait(), in_seconds(0.02))
    deadline.close()


async def test_time_between_reads_does_not_count() -> None:
    deadline = ReadDeadline()
    await deadline.read(asyncio.sleep(0), in_seconds(0.02))
    await asyncio.sleep(0.05)
    assert await deadline.read(asyncio.sleep(0, "read"), in_seconds(0.05)) == "read"
    deadline.close()


async def test_a_cancellation_from_outside_stays_one() -> None:
    deadline = ReadDeadline()
    started = asyncio.Event()

    async def read() -> None:
        started.set()
        await deadline.read(asyncio.Event().wait(), in_seconds(60))

    task = asyncio.create_task(read())
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    deadline.close()


async def test_a_cancellation_in_the_very_moment_of_the_deadline_wins() -> None:
    deadline = ReadDeadline()

    async def read() -> None:
        task = asyncio.current_task()
        assert task is not None
        # Both cancellations reach the task before it runs again.
        asyncio.get_running_loop().call_at(when, task.cancel)
        await deadline.read(asyncio.Event().wait(), when)

    when = in_seconds(0.03)
    with pytest.raises(asyncio.CancelledError):
        await asyncio.create_task(read())
