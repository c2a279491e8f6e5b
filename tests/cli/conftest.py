"""Folders for servers that run as processes of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rigs.folders import passable_folder


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    with passable_folder() as folder:
        yield folder
