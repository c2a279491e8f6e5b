"""`talia serve`: socket, database, then uvicorn with one process or several; and out again in good order."""

from __future__ import annotations

import gc
import signal
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from types import FrameType

from app.cli import staff
from app.cli.database import database
from app.cli.listening import allow_many_files, listen
from app.errors import ConfigurationError
from app.logs import configure_logging
from app.settings import Settings, hand_down, unknown_variables


def serve(settings: Settings, *, workers: int, migrate_first: bool) -> int:
    """Serve until told to stop; the exit code.

    Raises ConfigurationError, before anything is served, when that cannot work.
    """
    if workers > 1 and settings.redis_url is None:
        raise ConfigurationError(
            f"--workers {workers} needs TALIA_REDIS_URL: without Redis events do not cross processes"
        )
    # Until the app has started: what is loaded stays, and looking through it again and again is a sixth of the start.
    gc.disable()
    configure_logging(settings.log_format, settings.log_level)
    _warn_of_unknown_variables()
    allow_many_files()
    _turn_signals_into_a_way_out()
    with ExitStack() as stack:
        listener = stack.enter_context(listen(settings.host, settings.port))
        settings = settings.model_copy(update={"port": listener.getsockname()[1]})
        url = stack.enter_context(
            database(settings, migrate_first=migrate_first, meanwhile=lambda: _load(workers))
        )
        stack.callback(_ignore_signals)
        _hand_down(settings, url)
        from app.cli import uvicorn_server  # noqa: PLC0415 - loaded while the database started

        if workers == 1:
            return uvicorn_server.run_one(settings, listener, lambda: _welcome(settings, url))
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="talia-metrics-"))
        hand_down({"PROMETHEUS_MULTIPROC_DIR": folder})
        return uvicorn_server.run_many(
            settings, listener, workers, Path(folder), lambda: _welcome(settings, url)
        )


def _load(workers: int) -> None:
    from app.cli import uvicorn_server  # noqa: PLC0415 - the heavy half, while the database starts

    if workers == 1:
        uvicorn_server.load_app()


def _hand_down(settings: Settings, url: str | None) -> None:
    variables = {"TALIA_HOST": settings.host, "TALIA_PORT": str(settings.port)}
    if url:
        variables["TALIA_DATABASE_URL"] = url
    hand_down(variables)


def _welcome(settings: Settings, url: str | None) -> str:
    """The first admin's credentials, for the terminal: shown once, and in no log. Only once the server serves, so that
    a start that fails does not make what nobody gets to see."""
    made = staff.first_admin(settings, url) if url and settings.embedded_database else None
    if made is None:
        return ""
    email, password = made
    return f"\nThe first admin of this installation (shown only now):\n  e-mail    {email}\n  password  {password}\n"


def _warn_of_unknown_variables() -> None:
    for name, meant in unknown_variables().items():
        hint = f"; did you mean {meant}?" if meant else ""
        sys.stderr.write(f"talia: {name} is not a setting and changes nothing{hint}\n")


def _turn_signals_into_a_way_out() -> None:
    """In force before uvicorn takes the signals over and after it gave them back.

    uvicorn raises the signal that stopped it once more when it is done: unhandled, SIGTERM would then end the
    process on the spot and leave PostgreSQL running. A closed terminal drains like SIGTERM.
    """

    def leave(_number: int, _frame: FrameType | None) -> None:
        sys.exit(0)

    def hang_up(_number: int, _frame: FrameType | None) -> None:
        signal.raise_signal(signal.SIGTERM)

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    signal.signal(signal.SIGHUP, hang_up)


def _ignore_signals() -> None:
    """From here on we are leaving anyway; a second Ctrl-C must not leave PostgreSQL behind."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
