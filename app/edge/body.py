"""Bodies are small JSON: anything larger, compressed or deeper is refused before it costs anything."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import orjson
from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.edge.problems import ProblemResponse
from app.errors import AppError, PayloadTooLarge, UnsupportedMedia

MAX_BODY_BYTES = 64 * 1024
MAX_DEPTH = 16


class BodyLimit:
    """Counts what really arrives: Content-Length is only a promise."""

    def __init__(
        self, app: ASGIApp, limit: int = MAX_BODY_BYTES, larger: Mapping[str, int] | None = None
    ) -> None:
        """`larger`: the limit of single paths, in bytes."""
        self._app = app
        self._limit = limit
        self._larger = larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD", "OPTIONS"}:
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        limit = self._larger.get(scope["path"], self._limit)
        if refusal := _refusal(headers, limit):
            await ProblemResponse(refusal)(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            if message["type"] == "http.request":
                received += len(message.get("body", b""))
                if received > limit:
                    raise PayloadTooLarge(f"at most {limit} bytes")
            return message

        await self._app(scope, counted, send)


def _refusal(headers: dict[bytes, bytes], limit: int) -> AppError | None:
    if headers.get(b"content-encoding", b"identity") != b"identity":
        return UnsupportedMedia("send the body without Content-Encoding")
    length = headers.get(b"content-length", b"0")
    if length.isdigit() and int(length) > limit:
        return PayloadTooLarge(f"at most {limit} bytes")
    return None


class StrictRequest(Request):
    """Parses with orjson, and stricter: lone surrogates, NaN and keys given twice are errors, not surprises."""

    async def json(self) -> Any:
        body = await self.body()
        try:
            value = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise _malformed(f"not valid JSON: {error.msg}", error.pos) from error
        if _deeper_than(value, MAX_DEPTH):
            raise _malformed(f"nested deeper than {MAX_DEPTH} levels", 0)
        _check_keys(body)
        return value


class StrictRoute(APIRoute):
    """A route whose JSON body is read by StrictRequest."""

    def get_route_handler(self) -> Any:
        handler = super().get_route_handler()

        async def strict(request: Request) -> Response:
            if not (self._does_without(request) or _is_json(request.headers.get("content-type", ""))):
                raise UnsupportedMedia("send the body as application/json")
            try:
                response: Response = await handler(StrictRequest(request.scope, request.receive))
            except HTTPException as error:
                # FastAPI turns whatever goes wrong while a body is read into a plain 400; ours say more.
                if isinstance(error.__cause__, AppError | RequestValidationError):
                    raise error.__cause__ from None
                raise
            return response

        return strict

    def _does_without(self, request: Request) -> bool:
        """Whether the route takes no body, or none is sent where it need not be."""
        if self.body_field is None:
            return True
        sent = request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers
        return not sent and not self.body_field.field_info.is_required()


def _malformed(message: str, position: int) -> RequestValidationError:
    return RequestValidationError([{"type": "json_invalid", "loc": ("body", position), "msg": message}])


def _is_json(content_type: str) -> bool:
    return content_type.partition(";")[0].strip().lower() == "application/json"


def _check_keys(body: bytes) -> None:
    """Which of two equal keys counts is up to each reader: a proxy must not see another message than we do."""
    try:
        json.loads(body, object_pairs_hook=_once_each)
    except ValueError as error:
        raise _malformed(str(error) if isinstance(error, _KeyTwice) else "not valid JSON", 0) from error


class _KeyTwice(ValueError):
    pass


def _once_each(pairs: list[tuple[str, Any]]) -> None:
    if len({key for key, _ in pairs}) < len(pairs):
        raise _KeyTwice("an object has the same key twice")


def _deeper_than(value: Any, levels: int) -> bool:
    if isinstance(value, dict):
        return levels == 0 or any(_deeper_than(v, levels - 1) for v in value.values())
    if isinstance(value, list):
        return levels == 0 or any(_deeper_than(v, levels - 1) for v in value)
    return False
