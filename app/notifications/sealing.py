"""Two secrets that leave this process: a link's token on its way through the queue, and a visitor's way out of our
mails. Both hang on the server's key, which the database does not have."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
import uuid
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12
_MAC_BYTES = 16
_OPT_OUT = re.compile(r"mo_[A-Za-z0-9_-]{64}")


class Sealer:
    """AES-GCM under a key of its own, made from the server's secret."""

    def __init__(self, secret: bytes) -> None:
        self._cipher = AESGCM(_key(secret, "link"))

    def seal(self, token: str) -> str:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return _text(nonce + self._cipher.encrypt(nonce, token.encode(), None))

    def unseal(self, sealed: str) -> str | None:
        """None when it was sealed with another key, or tampered with."""
        try:
            raw = _bytes(sealed)
            return self._cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], None).decode()
        except (InvalidTag, ValueError):
            return None


@dataclass(frozen=True, slots=True)
class OptOut:
    """Names one contact of one site, and lets its holder do one thing: stop our mails to that person.

    Not the visitor's token, which opens the conversation: mails are forwarded, and links in them are followed by
    machines. `mo_` and 48 bytes of base64url: site, contact, HMAC-SHA256 cut to 128 bits.
    """

    site_id: str
    contact_id: str

    def token(self, secret: bytes) -> str:
        names = uuid.UUID(self.site_id).bytes + uuid.UUID(self.contact_id).bytes
        return f"mo_{_text(names + _mac(secret, names))}"

    @classmethod
    def parse(cls, token: str, secret: bytes) -> OptOut | None:
        """None for anything that we did not make."""
        if not _OPT_OUT.fullmatch(token):
            return None
        raw = _bytes(token[3:])
        names, mac = raw[:-_MAC_BYTES], raw[-_MAC_BYTES:]
        if not hmac.compare_digest(mac, _mac(secret, names)):
            return None
        return cls(str(uuid.UUID(bytes=names[:16])), str(uuid.UUID(bytes=names[16:])))


def _mac(secret: bytes, names: bytes) -> bytes:
    return hmac.new(_key(secret, "opt-out"), names, hashlib.sha256).digest()[:_MAC_BYTES]


def _key(secret: bytes, purpose: str) -> bytes:
    return hmac.new(secret, f"notifications:{purpose}".encode(), hashlib.sha256).digest()


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
