"""Folders for servers that run as processes of their own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def passable_folder() -> Iterator[Path]:
    """A folder that an embedded PostgreSQL may live in. Not pytest's `tmp_path`: as root the database runs as another
    OS user, and every pytest that starts on the machine closes the folder above all of theirs to others again."""
    with tempfile.TemporaryDirectory(prefix="talia-test-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)
