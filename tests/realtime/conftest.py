"""What is logged is part of what is tested here, at every level, whatever a server in this process had set before."""

from __future__ import annotations

import pytest
import structlog


@pytest.fixture(autouse=True)
def _every_level_is_heard() -> None:
    structlog.reset_defaults()
