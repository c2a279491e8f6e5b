"""Opening a call to a model's server, again if that is safe: never once the answer may have begun."""

from __future__ import annotations

import email.utils
import math
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

import openai
import structlog
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    stop_after_attempt,
    stop_before_delay,
    wait_random_exponential,
)

from app.llm.failures import failure_of, may_retry_opening

log = structlog.get_logger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OpeningPolicy:
    """At most `attempts` openings, the last of them begun within `window` seconds of the first."""

    attempts: int = 3
    window: float = 6.0


_backoff = wait_random_exponential(multiplier=0.2, max=2)


async def open_with_retries(
    open_once: Callable[[], Awaitable[T]], *, in_thread: bool, policy: OpeningPolicy
) -> T:
    """Call `open_once` until it succeeds, may not be repeated, or the policy is spent: raises its last error.

    A Retry-After that fits in the window is honoured; one that does not ends the attempts at once.
    """
    began = time.monotonic()
    try:
        return await open_once()
    except Exception as error:
        if not may_retry_opening(error, in_thread=in_thread):
            raise
        failed: Exception | None = error

    retrying = AsyncRetrying(
        retry=retry_if_exception(lambda error: may_retry_opening(error, in_thread=in_thread)),
        stop=stop_after_attempt(policy.attempts)
        | stop_before_delay(policy.window - (time.monotonic() - began)),
        wait=_wait,
        before_sleep=_log_retry,
        reraise=True,
    )

    async def attempt() -> T:
        nonlocal failed
        if failed is not None:
            # The first opening stands outside, because nearly all succeed: a controller costs a tenth of a millisecond.
            first, failed = failed, None
            raise first
        return await open_once()

    return await retrying(attempt)


def retry_after_seconds(error: BaseException | None) -> float | None:
    """What the server asked to wait, from `retry-after-ms` or `retry-after` (seconds or an HTTP date)."""
    if not isinstance(error, openai.APIStatusError):
        return None
    headers = error.response.headers
    seconds = _number(headers.get("retry-after-ms"), scale=0.001)
    if seconds is None:
        seconds = _number(headers.get("retry-after"))
    if seconds is None:
        seconds = _until(headers.get("retry-after"))
    return seconds


def _wait(state: RetryCallState) -> float:
    asked = retry_after_seconds(state.outcome.exception() if state.outcome else None)
    return _backoff(state) if asked is None else asked


def _number(value: str | None, scale: float = 1.0) -> float | None:
    try:
        seconds = float(value or "") * scale
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None


def _until(value: str | None) -> float | None:
    try:
        moment = email.utils.parsedate_to_datetime(value or "")
    except ValueError:
        return None
    return max(0.0, moment.timestamp() - time.time())


def _log_retry(state: RetryCallState) -> None:
    error = state.outcome.exception() if state.outcome else None
    assert error is not None
    failure = failure_of(error)
    log.warning(
        "model.opening_retried",
        attempt=state.attempt_number,
        kind=failure.kind,
        detail=failure.detail,
        wait_seconds=round(state.upcoming_sleep, 3),
    )
