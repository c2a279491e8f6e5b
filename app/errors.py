"""Errors that carry their own meaning: a stable `code`, an HTTP status, and where it helps the field.

A feature declares its errors beside what raises them, as subclasses of the ones here.
The HTTP edge renders every `AppError` as RFC 9457 problem JSON; nothing else may reach a client.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing that is wrong with one field; `field` is a dotted path such as `item.price`."""

    field: str
    code: str
    message: str


class AppError(Exception):
    """Something the caller can be told. `retry_after` is in seconds."""

    code = "internal"
    status = 500
    title = "Something went wrong on our side."

    def __init__(
        self,
        detail: str | None = None,
        *,
        code: str | None = None,
        fields: tuple[FieldError, ...] = (),
        retry_after: float | None = None,
    ) -> None:
        super().__init__(detail or self.title)
        self.code = code or type(self).code
        self.detail = detail
        self.fields = fields
        self.retry_after = retry_after

    def problem(self) -> dict[str, Any]:
        """The RFC 9457 body: type, title, status, our `code`, and detail and errors where there are any."""
        body: dict[str, Any] = {
            "type": f"urn:talia:error:{self.code}",
            "title": self.title,
            "status": self.status,
            "code": self.code,
        }
        if self.detail:
            body["detail"] = self.detail
        if self.fields:
            body["errors"] = [{"field": f.field, "code": f.code, "message": f.message} for f in self.fields]
        return body


class Unauthorized(AppError):
    code, status, title = "unauthorized", 401, "A valid token is needed."


class Forbidden(AppError):
    code, status, title = "forbidden", 403, "You may not do this."


class NotFound(AppError):
    code, status, title = "not_found", 404, "There is no such thing here."


class Conflict(AppError):
    code, status, title = "conflict", 409, "This conflicts with what is stored."


class PayloadTooLarge(AppError):
    code, status, title = "payload.too_large", 413, "The request body is too large."


class UnsupportedMedia(AppError):
    code, status, title = "payload.unsupported", 415, "This kind of body is not accepted."


class Invalid(AppError):
    code, status, title = "validation", 422, "Some fields are not right."


class TooManyRequests(AppError):
    code, status, title = "rate_limited", 429, "Too many requests; please slow down."


class Unavailable(AppError):
    code, status, title = "unavailable", 503, "The service cannot do this right now; please retry."


class ConfigurationError(Exception):
    """A setting or its surroundings are wrong: one clear line for the operator, exit code 2."""
