"""A connection to Redis that cannot hold anybody up."""

from __future__ import annotations

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.maint_notifications import MaintNotificationsConfig

from app.errors import ConfigurationError


def open_redis(url: str, *, patience: float) -> Redis:
    """Connects when first used, within `patience` seconds, and never retries by itself.

    Commands have no timeout of their own (the driver's makes tasks on Python 3.11 that cannot be cancelled): put
    one around them. What was cut off in its handshake stays in the pool and must be dropped with
    `connection_pool.disconnect()`: it is taken for a good connection, but answers what was asked before.
    Raises ConfigurationError for what is no Redis URL, without quoting it: it may hold a password.
    """
    # What the URL says about these is overruled: they are what keeps a stopped Redis from stopping us.
    ours = {
        "decode_responses": False,
        "health_check_interval": 0,
        "protocol": 2,
        # No errors at all: for those it is told of, it reconnects even when it is not to retry, and a pub/sub
        # connection that is read and written by two tasks would be opened twice and leak.
        "retry": Retry(NoBackoff(), 0, supported_errors=()),
        "socket_connect_timeout": patience,
        "socket_timeout": None,
    }
    try:
        # Said here and not in `ours`: the pool decides at once whether it listens for a cluster's maintenance, which it
        # does by default over TCP, and then no connection of the older protocol can be made at all.
        pool = BlockingConnectionPool.from_url(
            url,
            max_connections=8,
            timeout=patience,
            maint_notifications_config=MaintNotificationsConfig(enabled=False),
        )
    except ValueError:
        raise ConfigurationError("TALIA_REDIS_URL: not a redis://, rediss:// or unix:// address") from None
    pool.connection_kwargs.update(ours)
    return Redis.from_pool(pool)
