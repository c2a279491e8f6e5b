"""Everything that the SDK and its transport can raise, as exactly one ModelFailure.

The details carry codes, statuses and request ids, never the server's sentence: that may repeat a visitor's.
"""

from __future__ import annotations

import aiohttp
import httpx2
import openai

from app.llm.port import FailureKind, ModelFailure

TRANSPORT_ERRORS = (openai.OpenAIError, httpx2.HTTPError, httpx2.StreamError, aiohttp.ClientError, OSError)
"""What opening or reading may raise for reasons outside this process; OSError includes TimeoutError."""

KIND_BY_CODE: dict[str, FailureKind] = {
    "insufficient_quota": "quota",
    "rate_limit_exceeded": "rate_limited",
    "conversation_locked": "thread_locked",
    "content_filter": "filtered",
    "content_policy_violation": "filtered",
    "context_length_exceeded": "bad_request",
    "invalid_prompt": "bad_request",
}
"""Codes that say more than the status or the event that carries them."""

_KIND_BY_STATUS: dict[int, FailureKind] = {
    401: "auth",
    402: "quota",
    403: "auth",
    408: "unavailable",
    409: "unavailable",
    429: "rate_limited",
}

_ORPHANED = ("No tool output found", "No tool call found")
"""OpenAI has no code for a conversation whose tool call was lost when a stream was cut, only sentences."""


def failure_of(error: BaseException, *, in_thread: bool = False) -> ModelFailure:
    """Map one error. `in_thread` says that a conversation kept at OpenAI was part of the request."""
    if isinstance(error, ModelFailure):
        return error
    if isinstance(error, openai.APIStatusError):
        return _of_status(error, in_thread=in_thread)
    if isinstance(error, openai.APIResponseValidationError):
        return ModelFailure("malformed", "the body does not fit the API")
    root = _root(error)
    return ModelFailure(_kind_of_transport(root), type(root).__name__)


def may_retry_opening(error: BaseException, *, in_thread: bool) -> bool:
    """Whether another opening can help and cannot make the server answer twice.

    A read timeout never qualifies: the generation may be running, and would be paid for again. A connection
    that broke before the headers does, because the server ends a generation whose client left; but not with
    a thread, where the lost request may already have added its items.
    """
    if isinstance(error, openai.APIStatusError):
        return _of_status(error, in_thread=in_thread).kind in ("unavailable", "rate_limited", "thread_locked")
    if not isinstance(error, openai.APIConnectionError | aiohttp.ClientError):
        return False
    kind = _kind_of_transport(_root(error))
    return kind == "unavailable" or (kind == "cut" and not in_thread)


def _of_status(error: openai.APIStatusError, *, in_thread: bool) -> ModelFailure:
    detail = " ".join(filter(None, (f"HTTP {error.status_code}", error.code, error.request_id)))
    return ModelFailure(_kind_of_status(error, in_thread=in_thread), detail)


def _kind_of_status(error: openai.APIStatusError, *, in_thread: bool) -> FailureKind:
    if in_thread and _lost_thread(error):
        return "thread_lost"
    by_code = KIND_BY_CODE.get(error.code or "")
    if by_code is not None and error.status_code < 500:
        return by_code
    if error.status_code >= 500:
        return "unavailable"
    return _KIND_BY_STATUS.get(error.status_code, "bad_request")


def _lost_thread(error: openai.APIStatusError) -> bool:
    if error.status_code == 404:
        return error.code != "model_not_found"
    return error.status_code == 400 and any(sentence in error.message for sentence in _ORPHANED)


def _root(error: BaseException) -> BaseException:
    """The first error of the chain: the SDK and the aiohttp transport both wrap, and wrap imprecisely.

    The transport calls every lost connection a ConnectTimeout, even one that broke after the request was
    sent; only aiohttp's own class tells them apart.
    """
    while isinstance(error, openai.APIConnectionError | httpx2.HTTPError) and error.__cause__ is not None:
        error = error.__cause__
    return error


def _kind_of_transport(error: BaseException) -> FailureKind:
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return "unavailable"
    if isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout | httpx2.ProxyError):
        return "unavailable"
    if isinstance(error, TimeoutError | httpx2.TimeoutException):
        return "timeout"
    if isinstance(error, aiohttp.ClientResponseError | httpx2.DecodingError):
        return "malformed"
    if isinstance(error, aiohttp.InvalidURL | httpx2.UnsupportedProtocol):
        return "bad_request"
    return "cut"
