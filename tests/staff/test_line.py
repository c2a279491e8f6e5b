"""Who is let in to have a password looked at: addresses take turns, and a crowd keeps nobody else out."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from app.staff.line import MOST, OF_ACCOUNT, OF_ADDRESS, Busy, Line


class Door:
    """A line with one place, where whoever is in stays until `go` is set."""

    def __init__(self) -> None:
        self.line = Line(at_once=1)
        self.go = asyncio.Event()
        self.came_in: list[str] = []
        self.coming: list[asyncio.Task[None]] = []

    async def _come(self, address: str, account: str) -> None:
        async with self.line.turn(address, account):
            self.came_in.append(address)
            await self.go.wait()

    async def come(self, address: str, account: str = "") -> asyncio.Task[None]:
        """Afterwards they are in line, in, or sent away."""
        task = asyncio.create_task(self._come(address, account or f"{len(self.coming)}@example.com"))
        self.coming.append(task)
        await asyncio.sleep(0)
        return task

    async def close(self) -> Counter[str]:
        self.go.set()
        ends = await asyncio.gather(*self.coming, return_exceptions=True)
        return Counter("busy" if isinstance(end, Busy) else type(end).__name__ for end in ends)


@pytest.fixture
def door() -> Door:
    return Door()


async def test_a_crowd_of_one_address_does_not_make_another_wait(door: Door) -> None:
    for _ in range(40):
        await door.come("crowd")
    await door.come("honest")
    assert await door.close() == {"NoneType": OF_ADDRESS + 1, "busy": 40 - OF_ADDRESS}
    assert "honest" in door.came_in[:3]


async def test_where_it_is_full_the_most_crowded_address_gives_way(door: Door) -> None:
    for _ in range(OF_ADDRESS):
        for crowd in ("one", "two"):
            await door.come(crowd)
    assert MOST == 2 * OF_ADDRESS
    await door.come("honest")
    assert await door.close() == {"NoneType": MOST, "busy": 1}
    assert "honest" in door.came_in[:4]


async def test_many_addresses_are_still_no_more_than_fit(door: Door) -> None:
    for number in range(MOST + 5):
        await door.come(f"address-{number}")
    assert await door.close() == {"NoneType": MOST, "busy": 5}


async def test_one_account_is_tried_twice_at_a_time_from_one_place(door: Door) -> None:
    for address in ("home", "home", "home", "elsewhere"):
        await door.come(address, "same@example.com")
    assert await door.close() == {"NoneType": OF_ACCOUNT + 1, "busy": 1}


async def test_whoever_leaves_the_line_takes_nobodys_place(door: Door) -> None:
    first, second, third = [await door.come(address) for address in ("a", "b", "c")]
    second.cancel()
    door.go.set()
    await first
    await third
    assert door.came_in == ["a", "c"]
    # Called, and gone before coming in: the place is free again.
    door.go.clear()
    inside, called, after = [await door.come(address) for address in ("d", "e", "f")]
    door.go.set()
    inside.cancel()
    await asyncio.sleep(0)
    called.cancel()
    await asyncio.wait([inside, called, after])
    assert door.came_in[-1] == "f"
    async with door.line.turn("a", "a"):
        pass
