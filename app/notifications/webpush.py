"""Web push: our VAPID key (RFC 8292), encryption for one browser (RFC 8291, by pywebpush), one POST to its service."""

from __future__ import annotations

import base64
import binascii
import time
from email.utils import parseaddr
from urllib.parse import urlsplit

import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.errors import ConfigurationError, FieldError, Invalid
from app.notifications.types import NotSent, Push
from app.settings import Settings
from app.wiring import keep_secret

TIMEOUT_SECONDS = 10.0
TTL_SECONDS = 4 * 3600
"""How long a push service keeps a message for a browser that is off: an older one is no news."""
TOKEN_SECONDS = 12 * 3600
LONGEST_RETRY_SECONDS = 3600
NOBODY = "mailto:webmaster@localhost"
_LOOPBACK = frozenset(("localhost", "127.0.0.1"))
_KEY_BYTES = 32
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class EndpointNotAllowed(Invalid):
    """We only ever talk to push services that the operator trusts: an endpoint is an address that a client chose."""

    code = "push.endpoint_not_allowed"
    title = "This push service is not on the server's list (TALIA_PUSH_SERVICES)."


class Vapid:
    """The key that browsers subscribe with: set, or made in the data directory with the first use."""

    def __init__(self, settings: Settings) -> None:
        if settings.vapid_private_key is not None:
            text = settings.vapid_private_key.get_secret_value()
        else:
            text = keep_secret(settings, "vapid_key", fresh_private_key).decode()
        self._key = _private_key(text)
        self._subject = push_contact(settings)

    @property
    def public_key(self) -> str:
        """The `applicationServerKey` of `pushManager.subscribe`: base64url of the uncompressed point."""
        return _text(self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    def authorization(self, endpoint: str) -> str:
        parts = urlsplit(endpoint)
        claims = {
            "aud": f"{parts.scheme}://{parts.netloc}",
            "exp": int(time.time()) + TOKEN_SECONDS,
            "sub": self._subject,
        }
        return f"vapid t={jwt.encode(claims, self._key, algorithm='ES256')}, k={self.public_key}"


class Pusher:
    """`allowed` are hosts, `*.` in front for all below one. Redirects are not followed."""

    def __init__(self, settings: Settings) -> None:
        self.vapid = Vapid(settings)
        self._allowed = settings.push_service_hosts
        self._http = httpx.AsyncClient(timeout=TIMEOUT_SECONDS, follow_redirects=False)

    async def close(self) -> None:
        await self._http.aclose()

    def check_endpoint(self, endpoint: str) -> None:
        """Raises EndpointNotAllowed."""
        try:
            parts = urlsplit(endpoint)
            host = (parts.hostname or "").lower()
            port = parts.port
        except ValueError:
            raise EndpointNotAllowed from None
        local = host in _LOOPBACK
        usual = parts.scheme == "https" and port in (None, 443) and not parts.username
        if not self._is_listed(host) or not (usual or (local and parts.scheme == "http")):
            raise EndpointNotAllowed

    async def send(self, push: Push) -> None:
        """Raises NotSent; its outcome is `gone` when the browser is not subscribed any more."""
        endpoint = push.subscription["endpoint"]
        try:
            self.check_endpoint(endpoint)
        except EndpointNotAllowed:
            raise NotSent("refused", EndpointNotAllowed.code) from None
        headers = {
            "Authorization": self.vapid.authorization(endpoint),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(TTL_SECONDS),
            "Urgency": "high",
            "Topic": push.topic,
        }
        try:
            answer = await self._http.post(endpoint, content=_encrypt(push), headers=headers)
        except httpx.HTTPError as error:
            raise NotSent("retry", f"push.{type(error).__name__}") from None
        if answer.status_code in (404, 410):
            raise NotSent("gone", f"push.{answer.status_code}")
        if answer.status_code in (408, 429) or answer.status_code >= 500:
            raise NotSent("retry", f"push.{answer.status_code}", _seconds(answer.headers.get("retry-after")))
        if not answer.is_success:
            raise NotSent("refused", f"push.{answer.status_code}")

    def _is_listed(self, host: str) -> bool:
        return any(
            host == one or (one.startswith("*.") and host.endswith(one[1:]) and len(host) > len(one) - 1)
            for one in self._allowed
        )


def check_keys(p256dh: str, auth: str) -> None:
    """Raises Invalid for what no message could be encrypted with."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(p256dh))
        if len(_bytes(auth)) == 16:
            return
        wrong, what = "keys.auth", "must be 16 bytes of base64url"
    except (ValueError, binascii.Error):
        wrong, what = "keys.p256dh", "must be a point of P-256, uncompressed, in base64url"
    raise Invalid(fields=(FieldError(wrong, "value.invalid", what),))


def _encrypt(push: Push) -> bytes:
    from pywebpush import WebPusher  # type: ignore[import-untyped]  # noqa: PLC0415 - half a second, and only pushing needs it

    body: bytes = WebPusher(push.subscription).encode(push.payload, "aes128gcm")["body"]
    return body


def _private_key(text: str) -> ec.EllipticCurvePrivateKey:
    try:
        key = _bytes(text.strip())
    except ValueError:
        key = b""
    number = int.from_bytes(key, "big")
    if len(key) != _KEY_BYTES or not 0 < number < _ORDER:
        raise ConfigurationError(
            "TALIA_VAPID_PRIVATE_KEY: must be 32 bytes in base64url, as `talia vapid --new` makes them"
        )
    return ec.derive_private_key(number, ec.SECP256R1())


def fresh_private_key() -> str:
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return _text(number.to_bytes(32, "big"))


def push_contact(settings: Settings) -> str:
    """Whom a push service may ask: as set, or who sends our mails, or our address, or NOBODY."""
    if settings.vapid_subject:
        return settings.vapid_subject
    if settings.mail_from:
        return f"mailto:{parseaddr(settings.mail_from)[1]}"
    if (settings.public_url or "").startswith("https://"):
        return str(settings.public_url)
    return NOBODY


def _seconds(header: str | None) -> int | None:
    if header and header.isdigit():
        return max(1, min(int(header), LONGEST_RETRY_SECONDS))
    return None


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text.replace("-", "+").replace("_", "/") + "=" * (-len(text) % 4), validate=True)
