"""Structured logs, one JSON object a line, from our code and from the libraries alike.

What may be logged is chosen by the caller: ids, codes, counts and times. Never message text, contact data or tokens.
So an exception is logged by where it happened and what it was, without its message, which may quote anything; and a
library's finer details, which quote headers and bodies, are not logged at all.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Iterator

import structlog

QUIET = {
    # It would log the key of who is over the limit; we count that ourselves.
    "slowapi": logging.ERROR,
    # Every connection it opens or loses; a database that is away is told by those who need it.
    "psycopg.pool": logging.ERROR,
    "uvicorn.access": logging.CRITICAL,
}


def configure_logging(form: str, level: str) -> None:
    """`form`: json or console. Standard logging is rendered the same way, on standard error."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _format_exception,
    ]
    renderer: structlog.types.Processor
    if form == "json":
        renderer = structlog.processors.JSONRenderer()
    else:
        renderer = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    threshold = getattr(logging, level.upper())
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(threshold, logging.WARNING))
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
        # What it says at INFO we say ourselves; a refused start has to stay one line.
        logging.getLogger(name).setLevel(max(threshold, logging.WARNING))
    for name, quiet in QUIET.items():
        logging.getLogger(name).setLevel(max(threshold, quiet))
    logging.getLogger("asyncio").addFilter(_without_values)


def where(error: BaseException) -> str:
    """The traceback without any message: frames, types, our own notes, causes first, members of groups indented."""
    return "\n\n".join(_told(link) for link in reversed(list(_chain(error))))


def _format_exception(
    _logger: object, _method: str, event: structlog.types.EventDict
) -> structlog.types.EventDict:
    given = event.pop("exc_info", None)
    if isinstance(given, tuple):
        given = given[1]
    elif given and not isinstance(given, BaseException):
        given = sys.exc_info()[1]
    if given:
        event["exception"] = where(given)
    return event


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _told(error: BaseException) -> str:
    lines = ["".join(traceback.format_tb(error.__traceback__)) + type(error).__name__]
    lines += getattr(error, "__notes__", ())
    if isinstance(error, BaseExceptionGroup):
        lines += [f"  {line}" for member in error.exceptions for line in where(member).splitlines()]
    return "\n".join(lines)


def _without_values(record: logging.LogRecord) -> bool:
    """asyncio describes a failed task by the repr of everything about it, its exception's message included."""
    record.msg, record.args = re.split(r"[<(\n]", record.getMessage())[0].rstrip(), ()
    return True
