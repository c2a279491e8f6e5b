"""The one table from what a database says to the error that the product raises, whichever transport heard it.

Our SQL raises codes, not prose: `raise sqlstate 'PT409' using message = 'conversation.taken_over'`. The three
digits are the HTTP status and choose the class; the message is the code; an optional `detail` is a sentence
for the caller; an optional `hint` on 429 and 503 is how many seconds to wait.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.db.rpc import DatabaseUnavailable
from app.errors import (
    AppError,
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    PayloadTooLarge,
    TooManyRequests,
    Unauthorized,
    Unavailable,
    UnsupportedMedia,
)

RETRY_AFTER = 1.0
"""Seconds that a caller should wait when the database had no answer."""


class DatabaseError(AppError):
    """The database refused for a reason that no caller can mend: a bug, or a wrong set-up."""

    code = "database.failed"


class NotMigrated(DatabaseError):
    """A function or table that this version needs is not there: run `talia migrate`."""

    code = "database.not_migrated"


class NotAllowed(DatabaseError):
    """The server's key or role may not do this: check the credentials and run `talia migrate`."""

    code = "database.not_allowed"


@dataclass(frozen=True, slots=True)
class Refusal:
    """What came back instead of a result.

    `state` is a SQLSTATE, a PostgREST code (`PGRST…`) or, from a gateway that has neither, the HTTP status.
    """

    state: str
    message: str = ""
    detail: str | None = None
    hint: str | None = None


_RAISED: dict[str, type[AppError]] = {
    "401": Unauthorized,
    "403": Forbidden,
    "404": NotFound,
    "409": Conflict,
    "413": PayloadTooLarge,
    "415": UnsupportedMedia,
    "422": Invalid,
    "429": TooManyRequests,
    "503": Unavailable,
}

# The longest matching prefix counts. SQLSTATE classes: PostgreSQL's documentation, appendix A. PGRST codes:
# PostgREST's "Errors" reference, whose groups are 0 connection, 1 request, 2 schema cache, 3 token.
_BY_PREFIX: dict[str, tuple[type[AppError], str]] = {
    "23505": (Conflict, "conflict.duplicate"),
    "23P01": (Conflict, "conflict.duplicate"),
    "23503": (Conflict, "conflict.reference"),
    "23": (Invalid, "value.refused"),
    "22P05": (Invalid, "text.invalid"),
    "22021": (Invalid, "text.invalid"),
    "22001": (Invalid, "text.too_long"),
    "22003": (Invalid, "number.out_of_range"),
    "22": (Invalid, "value.invalid"),
    "40": (DatabaseUnavailable, "database.busy"),
    "55P03": (DatabaseUnavailable, "database.busy"),
    "57014": (DatabaseUnavailable, "database.timeout"),
    "PGRST003": (DatabaseUnavailable, "database.busy"),
    "08": (DatabaseUnavailable, DatabaseUnavailable.code),
    "53": (DatabaseUnavailable, DatabaseUnavailable.code),
    "57": (DatabaseUnavailable, DatabaseUnavailable.code),
    "25006": (DatabaseUnavailable, DatabaseUnavailable.code),
    "25P03": (DatabaseUnavailable, DatabaseUnavailable.code),
    "26000": (DatabaseUnavailable, DatabaseUnavailable.code),
    "PGRST0": (DatabaseUnavailable, DatabaseUnavailable.code),
    "42501": (NotAllowed, NotAllowed.code),
    "28": (NotAllowed, NotAllowed.code),
    "PGRST3": (NotAllowed, NotAllowed.code),
    "42883": (NotMigrated, NotMigrated.code),
    "42P01": (NotMigrated, NotMigrated.code),
    "42703": (NotMigrated, NotMigrated.code),
    "3F000": (NotMigrated, NotMigrated.code),
    "PGRST202": (NotMigrated, NotMigrated.code),
}

# A gateway's own status, when neither PostgreSQL nor PostgREST was heard.
_BY_STATUS: dict[str, tuple[type[AppError], str]] = {
    "401": (NotAllowed, NotAllowed.code),
    "403": (NotAllowed, NotAllowed.code),
    "429": (DatabaseUnavailable, "database.busy"),
}

_CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")
_RAISED_STATE = re.compile(r"PT([45]\d\d)")


def to_error(function: str, refusal: Refusal) -> AppError:
    """The error to raise. A note names function and state for the log.

    Postgres' own message is noted only for class 42 and PostgREST codes, which speak of names in the schema:
    elsewhere it can quote a visitor's data. It never becomes `detail`, which a client sees.
    """
    state, message = refusal.state, refusal.message
    raised = _RAISED_STATE.fullmatch(state)
    if raised and raised[1] in _RAISED and _CODE.fullmatch(message):
        wait = _seconds(refusal.hint, raised[1])
        error = _RAISED[raised[1]](refusal.detail or None, code=message, retry_after=wait)
        error.add_note(f"{function}: SQLSTATE {state}")
        return error
    kind, code = _look_up(state)
    error = kind(code=code, retry_after=RETRY_AFTER if kind.status == 503 else None)
    speaks_of_schema = state.startswith(("42", "PGRST"))
    error.add_note(f"{function}: SQLSTATE {state}" + (f": {message}" if speaks_of_schema and message else ""))
    return error


def unavailable(function: str, why: str, code: str = DatabaseUnavailable.code) -> DatabaseUnavailable:
    """No answer at all. `why` names the kind of failure for the log and must hold no data."""
    error = DatabaseUnavailable(code=code, retry_after=RETRY_AFTER)
    error.add_note(f"{function}: {why}")
    return error


def first_line(error: Exception) -> str:
    """What a driver's error says, for an operator's one line."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__)


def _look_up(state: str) -> tuple[type[AppError], str]:
    unknown = (DatabaseError, DatabaseError.code)
    if len(state) == 3:
        away = (DatabaseUnavailable, DatabaseUnavailable.code)
        return _BY_STATUS.get(state, away if state.startswith("5") else unknown)
    for length in range(len(state), 1, -1):
        if found := _BY_PREFIX.get(state[:length]):
            return found
    return unknown


def _seconds(hint: str | None, status: str) -> float | None:
    if status not in ("429", "503"):
        return None
    if hint and re.fullmatch(r"\d{1,6}(\.\d{1,3})?", hint):
        return float(hint)
    return RETRY_AFTER if status == "503" else None
