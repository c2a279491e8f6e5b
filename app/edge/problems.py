"""Every error as RFC 9457 problem JSON with a stable code. What a client sent is never repeated to it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from slowapi.errors import RateLimitExceeded
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app import metrics
from app.errors import AppError, FieldError, Invalid, TooManyRequests

_HTTP_CODES = {404: "route.not_found", 405: "route.method_not_allowed"}


class ProblemResponse(Response):
    media_type = "application/problem+json"

    def __init__(self, error: AppError) -> None:
        headers = {"Cache-Control": "no-store"}
        if error.retry_after is not None:
            headers["Retry-After"] = str(max(1, round(error.retry_after)))
        if error.status == HTTPStatus.UNAUTHORIZED:
            headers["WWW-Authenticate"] = "Bearer"
        metrics.requests_refused.labels(error.code).inc()
        super().__init__(orjson.dumps(error.problem()), error.status, headers)


def install_problem_handlers(app: FastAPI) -> None:
    app.add_exception_handler(AppError, _app_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RateLimitExceeded, _rate_limited)


async def _app_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, AppError)
    return ProblemResponse(error)


async def _http_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = _HTTP_CODES.get(error.status_code, f"http.{error.status_code}")
    problem = AppError(code=code)
    problem.status, problem.title = error.status_code, HTTPStatus(error.status_code).phrase
    response = ProblemResponse(problem)
    response.headers.update(error.headers or {})
    return response


async def _rate_limited(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RateLimitExceeded)
    limit = error.limit.limit if error.limit else None
    refused = TooManyRequests(
        f"the limit is {limit}" if limit else None, retry_after=limit.get_expiry() if limit else 60
    )
    return ProblemResponse(refused)


async def _validation_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return ProblemResponse(Invalid(fields=tuple(_field_error(e) for e in error.errors())))


def _field_error(error: dict[str, Any]) -> FieldError:
    location = [str(part) for part in error["loc"] if part != "body"]
    return FieldError(
        field=".".join(location) or "body",
        code=str(error["type"]),
        message=str(error["msg"]).removeprefix("Value error, "),
    )
