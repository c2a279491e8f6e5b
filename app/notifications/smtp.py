"""Mails over SMTP (aiosmtplib). One connection for each mail: they are few, and nothing is left to go stale."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, localtime, parseaddr
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from app.errors import ConfigurationError
from app.notifications.types import Mail, NotSent
from app.settings import Settings

if TYPE_CHECKING:
    import aiosmtplib

TIMEOUT_SECONDS = 20.0
_PORTS = {"smtp": 587, "smtp+starttls": 587, "smtps": 465}
_LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
_TRY_LATER = frozenset((421, 450, 451, 452, 454, 530, 534, 535))
"""Codes that say nothing about this mail: busy, or our own credentials, which an operator can mend."""


@dataclass(frozen=True, slots=True)
class Mailer:
    """Where mails are handed in. `starttls`: True required, None if the server offers it."""

    host: str
    port: int
    username: str | None
    password: str | None
    tls: bool
    starttls: bool | None
    sender: Address

    @classmethod
    def of(cls, settings: Settings) -> Mailer | None:
        """None when no SMTP server is set. Raises ConfigurationError."""
        if settings.smtp_url is None or settings.mail_from is None:
            return None
        parts = urlsplit(settings.smtp_url.get_secret_value())
        host = parts.hostname or "localhost"
        tls = parts.scheme == "smtps"
        # A password never goes over an open line, unless it stays in this machine.
        required = parts.scheme == "smtp+starttls" or (bool(parts.password) and host not in _LOOPBACK)
        name, address = parseaddr(settings.mail_from)
        try:
            sender = Address(name, addr_spec=address)
        except (MessageError, ValueError, IndexError) as error:
            raise ConfigurationError(
                "TALIA_MAIL_FROM: must be an address such as TalIA <chat@example.com>"
            ) from error
        return cls(
            host,
            parts.port or _PORTS[parts.scheme],
            unquote(parts.username) if parts.username else None,
            unquote(parts.password) if parts.password else None,
            tls,
            None if tls or not required else True,
            sender,
        )

    async def send(self, mail: Mail, delivery_id: str) -> None:
        """Raises NotSent. The Message-ID is made of the delivery's id: a mail that is sent twice is the same one."""
        message = self._message(mail, delivery_id)
        async with self._connection() as server:
            await server.send_message(message)

    async def try_out(self) -> None:
        """Connect and sign in, as for a mail. Raises NotSent."""
        async with self._connection():
            pass

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[aiosmtplib.SMTP]:
        """What goes wrong while it is open becomes NotSent; never with the server's words, which may name people."""
        import aiosmtplib  # noqa: PLC0415 - only servers that mail pay for it

        try:
            async with aiosmtplib.SMTP(
                hostname=self.host,
                port=self.port,
                username=self.username,
                password=self.password,
                timeout=TIMEOUT_SECONDS,
                use_tls=self.tls,
                start_tls=False if self.tls else self.starttls,
            ) as server:
                yield server
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise _refused(error.recipients[0].code if error.recipients else 550) from None
        except aiosmtplib.SMTPResponseException as error:
            raise _refused(error.code) from None
        except (aiosmtplib.SMTPException, OSError) as error:
            raise NotSent("retry", f"smtp.{type(error).__name__}") from None

    def _message(self, mail: Mail, delivery_id: str) -> EmailMessage:
        message = EmailMessage(policy=SMTP)
        try:
            local, _, domain = mail.to.rpartition("@")
            # Not every server knows letters beyond ASCII in a domain; all know what they stand for.
            message["To"] = Address(mail.name, addr_spec=f"{local}@{domain.encode('idna').decode()}")
        except (MessageError, ValueError, IndexError):
            raise NotSent("refused", "mail.address") from None
        message["From"] = self.sender
        message["Subject"] = mail.subject
        message["Date"] = format_datetime(localtime())
        message["Message-ID"] = f"<{delivery_id}@{self.sender.domain}>"
        message["Auto-Submitted"] = "auto-generated"
        for name, value in mail.headers:
            message[name] = value
        message.set_content(mail.text)
        message.add_alternative(mail.html, subtype="html")
        return message


def _refused(code: int) -> NotSent:
    return NotSent("refused" if code >= 500 and code not in _TRY_LATER else "retry", f"smtp.{code}")
