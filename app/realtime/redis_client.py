"""A connection to Redis that cannot hold anybody up."""

from __future__ import annotations

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from app.errors import ConfigurationError


def open_redis(url: str, *, patience: float) -> Redis:
    """Connects when first used, within `patience` seconds, and never retries by itself.

    Commands have no timeout of their own: the caller sets one. Raises ConfigurationError for what is no Redis
    URL, without quoting it: it may hold a password.
    """
    # What the URL says about these is overruled: they are what keeps a stopped Redis from stopping us.
    ours = {
        "decode_responses": False,
        "health_check_interval": 0,
        "protocol": 2,
        "retry": Retry(NoBackoff(), 0),
        "socket_connect_timeout": patience,
        "socket_timeout": None,
    }
    try:
        pool = BlockingConnectionPool.from_url(url, max_connections=16, timeout=patience)
    except ValueError:
        raise ConfigurationError("TALIA_REDIS_URL: not a redis://, rediss:// or unix:// address") from None
    pool.connection_kwargs.update(ours)
    return Redis.from_pool(pool)
