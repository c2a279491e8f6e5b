"""Structured logs, one JSON object a line, from our code and from the libraries alike.

What may be logged is chosen by the caller: ids, codes, counts and times. Never message text, contact data or tokens.
"""

from __future__ import annotations

import logging
import sys

import structlog

QUIET = {
    # It would log the key of who is over the limit; we count that ourselves.
    "slowapi": logging.ERROR,
    # Full URLs, query included.
    "httpx": logging.WARNING,
    "httpx2": logging.WARNING,
    # Every connection it opens or loses; a database that is away is told by those who need it.
    "psycopg.pool": logging.ERROR,
    "openai": logging.WARNING,
    "uvicorn.access": logging.CRITICAL,
}


def configure_logging(form: str, level: str) -> None:
    """`form`: json or console. Standard logging is rendered the same way, on standard error."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: structlog.types.Processor
    if form == "json":
        shared.append(structlog.processors.format_exc_info)
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
    root.setLevel(threshold)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    for name, quiet in QUIET.items():
        logging.getLogger(name).setLevel(max(threshold, quiet))
