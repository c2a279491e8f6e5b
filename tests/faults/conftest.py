"""Real processes to do harm to: `talia serve`, and the fake model behind it."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.faults.served import Model, Served
from tests.rigs.folders import passable_folder

Serve = Callable[..., Served]


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    with passable_folder() as folder:
        yield folder


@pytest.fixture
def model(tmp_path: Path) -> Iterator[Model]:
    with Model(tmp_path) as running:
        yield running


@pytest.fixture
def serve(tmp_path: Path, model: Model) -> Iterator[Serve]:
    """`serve(database_url)` makes a server (not started yet); without a URL it brings its own PostgreSQL."""
    with ExitStack() as running:
        made = 0

        def make(database_url: str | None = None) -> Served:
            nonlocal made
            made += 1
            folder = tmp_path / f"talia{made}"
            folder.mkdir()
            return running.enter_context(Served(folder, model, database_url))

        yield make


@pytest.fixture
def chance() -> random.Random:
    """`TALIA_TEST_SEED` repeats a run."""
    seed = int(os.environ.get("TALIA_TEST_SEED") or random.randrange(10**6))
    print(f"TALIA_TEST_SEED={seed}")
    return random.Random(seed)
