"""A mail server on loopback (aiosmtpd), in a thread of its own: takes mails, or refuses them as it is told."""

from __future__ import annotations

import asyncio
import queue
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword


@dataclass(frozen=True)
class Received:
    sender: str
    recipients: list[str]
    message: EmailMessage

    def part(self, subtype: str) -> str:
        body = self.message.get_body((subtype,))
        assert body is not None
        return str(body.get_content()).replace("\r\n", "\n")

    @property
    def text(self) -> str:
        return self.part("plain")

    @property
    def html(self) -> str:
        return self.part("html")


class _OnAnyPort(Controller):
    """Asks the system for a port, and then knocks at that one."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.AbstractServer)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class FakeSmtp:
    """`with FakeSmtp() as smtp:` listens at `smtp.url`. `answers` are given to the next mails instead of taking them;
    `logins` are the credentials that were shown. With `tls` it offers STARTTLS, or (`at_once`) speaks nothing else."""

    def __init__(
        self, *, password: str | None = None, tls: ssl.SSLContext | None = None, at_once: bool = False
    ) -> None:
        self.mails: queue.Queue[Received] = queue.Queue()
        self.answers: list[str] = []
        self.logins: list[tuple[bytes, bytes]] = []
        self._password = password
        self._arriving = threading.Event()
        self._holding = False
        self._controller = _OnAnyPort(
            self,
            hostname="127.0.0.1",
            port=0,
            authenticator=self._login if password else None,
            auth_require_tls=False,
            decode_data=False,
            ssl_context=tls if at_once else None,
            tls_context=None if at_once else tls,
        )

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    @property
    def url(self) -> str:
        who = f"talia:{self._password}@" if self._password else ""
        return f"smtp://{who}127.0.0.1:{self._controller.port}"

    @contextmanager
    def held(self) -> Iterator[threading.Event]:
        """Meanwhile no mail is answered; the event is set when one arrives."""
        self._arriving.clear()
        self._holding = True
        yield self._arriving
        self._holding = False

    def next(self, seconds: float = 30) -> Received:
        return self.mails.get(timeout=seconds)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self._arriving.set()
        if self._holding:
            # Until whoever hands it in hangs up.
            await asyncio.Event().wait()
        if self.answers:
            return self.answers.pop(0)
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.mails.put(Received(str(envelope.mail_from), list(envelope.rcpt_tos), message))
        return "250 taken"

    def _login(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, shown: Any) -> AuthResult:
        assert isinstance(shown, LoginPassword)
        self.logins.append((shown.login, shown.password))
        return AuthResult(success=shown.password.decode() == self._password, handled=False)
