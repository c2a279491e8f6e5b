"""The port: taken at once and for good, or refused in one line."""

from __future__ import annotations

import errno
import resource
import socket

from app.errors import ConfigurationError

BACKLOG = 2048
OPEN_FILES = 65_536  # an open event stream is an open file


def listen(host: str, port: int) -> socket.socket:
    """Take the port now: two servers that start at the same moment cannot both get it.

    Visitors that arrive before the server is ready wait in the backlog instead of being refused.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (socket.gaierror, UnicodeError) as error:
        raise ConfigurationError(f"TALIA_HOST: {host!r} is no address to listen on") from error
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        # Not only bound: on Linux two sockets with SO_REUSEADDR may share a port until one of them listens.
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise ConfigurationError(_why_not(error, host, port)) from error
    return listener


def allow_many_files() -> int:
    """Raise the soft limit of open files as far as the system lets us; what it is then."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        return wanted
    return soft


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        another = f"TALIA_PORT={port + 1}" if port < 65535 else "TALIA_PORT=8000"
        return f"TALIA_PORT: {port} is taken on {host}; stop what listens there, or choose another: {another}"
    if error.errno == errno.EACCES:
        return f"TALIA_PORT: {port} needs more rights than this user has; choose one above 1023"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"TALIA_HOST: {host} is not an address of this machine"
    return f"cannot listen on {host}:{port}: {error.strerror}"
