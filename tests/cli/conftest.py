"""Folders for servers that run as processes of their own."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """Not pytest's own: as root, a second pytest would close that to the OS user whom the database runs as."""
    with tempfile.TemporaryDirectory(prefix="talia-test-") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)
