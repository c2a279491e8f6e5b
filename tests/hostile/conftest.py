"""The same servers and visitors as in tests/channels, and how a refusal has to look."""

from tests.channels.conftest import (
    guided,
    look,
    make_visitor,
    redis_server,
    start_talia,
    upstream,
    with_model,
)

__all__ = ["guided", "look", "make_visitor", "redis_server", "start_talia", "upstream", "with_model"]
