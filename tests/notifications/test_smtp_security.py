"""Mails and passwords go over encrypted lines, to the server that was meant, or not at all."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.notifications.smtp import Mailer
from app.notifications.types import Mail, NotSent
from tests.channels.conftest import quiet_settings
from tests.fakes.certificates import self_signed
from tests.fakes.smtp import FakeSmtp
from tests.notifications.conftest import posting

MAIL = Mail("ana@example.com", "Ana", "Hola", "Hola\n", "<p>Hola</p>")


def mailer(smtp: FakeSmtp, folder: Path, **changes: Any) -> Mailer:
    made = Mailer.of(quiet_settings(None, folder, **(posting(smtp) | changes)))
    assert made is not None
    return made


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    return self_signed(tmp_path, "127.0.0.1")


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
async def test_only_to_a_server_that_proves_its_name(
    tmp_path: Path, certificate: tuple[Path, Path], scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    with FakeSmtp(tls=context, at_once=scheme == "smtps") as smtp:
        to = mailer(smtp, tmp_path, smtp_url=smtp.url.replace("smtp", scheme, 1))
        with pytest.raises(NotSent) as refused:
            await to.send(MAIL, "one")
        assert refused.value.outcome == "retry"
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        await to.send(MAIL, "two")
        mail = smtp.next()
        assert mail.message["message-id"] == "<two@talia.example>"
        assert smtp.mails.empty()


async def test_what_must_be_encrypted_is_not_sent_in_the_clear(tmp_path: Path) -> None:
    with FakeSmtp() as smtp:
        with pytest.raises(NotSent) as refused:
            await mailer(smtp, tmp_path, smtp_url=smtp.url.replace("smtp", "smtp+starttls", 1)).send(
                MAIL, "one"
            )
        assert refused.value.outcome == "retry"
        assert smtp.mails.empty()


@pytest.mark.parametrize(
    ("url", "port", "tls", "starttls"),
    [
        ("smtp://mail.example.com", 587, False, None),
        ("smtp://user:secret@mail.example.com:25", 25, False, True),
        ("smtp://user:secret@127.0.0.1:2525", 2525, False, None),
        ("smtp+starttls://mail.example.com", 587, False, True),
        ("smtps://user:secret@mail.example.com", 465, True, None),
    ],
)
def test_a_password_needs_an_encrypted_line(
    tmp_path: Path, url: str, port: int, tls: bool, starttls: bool | None
) -> None:
    made = Mailer.of(quiet_settings(None, tmp_path, smtp_url=url, mail_from="chat@talia.example"))
    assert made is not None
    assert (made.port, made.tls, made.starttls) == (port, tls, starttls)


@pytest.mark.parametrize(
    "name", ["Ana\r\nBcc: x@example.com", 'Ana "la jefa" <b@example.com>', "Ñandú, ¿quién?"]
)
async def test_a_name_stays_a_name(tmp_path: Path, name: str) -> None:
    with FakeSmtp() as smtp:
        line = " ".join(name.split())
        await mailer(smtp, tmp_path).send(Mail(MAIL.to, line, line, MAIL.text, MAIL.html), "one")
        mail = smtp.next()
        assert mail.recipients == ["ana@example.com"]
        assert mail.message["bcc"] is None
        assert mail.message["to"].addresses[0].display_name == line
        assert mail.message["subject"] == line
        with pytest.raises(NotSent) as refused:
            await mailer(smtp, tmp_path).send(Mail("no address", "", "x", "x", "x"), "two")
        assert (refused.value.outcome, refused.value.failure) == ("refused", "mail.address")


async def test_a_domain_with_an_accent_is_reached_by_its_other_name(tmp_path: Path) -> None:
    with FakeSmtp() as smtp:
        await mailer(smtp, tmp_path).send(Mail("ana@españa.example", "Ana", "x", "x", "x"), "one")
        assert smtp.next().recipients == ["ana@xn--espaa-rta.example"]
        for strange in ("ñandu@example.com", "ana@" + "a" * 70 + ".example", "ana@", "@example.com"):
            with pytest.raises(NotSent) as refused:
                await mailer(smtp, tmp_path).send(Mail(strange, "Ana", "x", "x", "x"), "two")
            assert (refused.value.outcome, refused.value.failure) == ("refused", "mail.address"), strange


def test_the_doctor_hands_in_nothing_but_looks(
    tmp_path: Path, database: str, free_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with FakeSmtp(password="secret") as smtp:
        settings = {
            "TALIA_DATABASE_URL": database,
            "TALIA_DATA_DIR": str(tmp_path / "data"),
            "TALIA_PORT": str(free_port),
            "TALIA_SMTP_URL": smtp.url,
            "TALIA_MAIL_FROM": "chat@talia.example",
        }
        well = CliRunner().invoke(app, ["doctor"], env=settings)
        assert f"ok    notices   mails are handed in at {smtp.url.rsplit('@', 1)[-1]}" in well.output
        assert smtp.mails.empty()
        ill = CliRunner().invoke(
            app, ["doctor"], env=settings | {"TALIA_SMTP_URL": smtp.url.replace("secret", "other")}
        )
        assert "takes no mail (smtp.535)" in ill.output
        assert "other" not in ill.output
        assert ill.exit_code == 1
    assert not (tmp_path / "data" / "vapid_key").exists()
