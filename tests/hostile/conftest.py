"""The same servers and visitors as in tests/channels, and what they write into their logs."""

from __future__ import annotations

import contextlib
import io

import pytest

from app import main
from app.logs import configure_logging
from tests.channels.conftest import (
    _logging_as_it_was,
    guided,
    look,
    make_visitor,
    redis_server,
    start_talia,
    upstream,
    with_model,
)

__all__ = [
    "_logging_as_it_was",
    "guided",
    "look",
    "make_visitor",
    "redis_server",
    "start_talia",
    "upstream",
    "with_model",
]


@pytest.fixture
def logs(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """All that the servers of the test log. pytest's own capture would be closed before they have stopped."""
    written = io.StringIO()

    def configure(form: str, level: str) -> None:
        with contextlib.redirect_stderr(written):
            configure_logging(form, level)

    monkeypatch.setattr(main, "configure_logging", configure)
    return written
