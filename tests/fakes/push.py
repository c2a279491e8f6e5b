"""A push service on loopback and a browser that is subscribed to it: checks the VAPID token, decrypts the message."""

from __future__ import annotations

import base64
import json
import queue
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

import http_ece
import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass(frozen=True)
class Pushed:
    browser: str
    headers: dict[str, str]
    body: bytes
    key: ec.EllipticCurvePrivateKey
    auth: bytes
    audience: str

    @property
    def payload(self) -> dict[str, Any]:
        """What the browser's service worker would get."""
        plain = http_ece.decrypt(self.body, private_key=self.key, auth_secret=self.auth, version="aes128gcm")
        decrypted: dict[str, Any] = json.loads(plain)
        return decrypted

    def claims(self, public_key: str) -> dict[str, Any]:
        """Of the VAPID token, its signature checked against the key that the browser subscribed with."""
        scheme, _, rest = self.headers["authorization"].partition(" ")
        shown = dict(part.strip().split("=", 1) for part in rest.split(","))
        assert (scheme, shown["k"]) == ("vapid", public_key)
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw(public_key))
        claims: dict[str, Any] = jwt.decode(shown["t"], key, algorithms=["ES256"], audience=self.audience)
        return claims


class FakePush:
    """`answers` are (status, headers) for the next requests instead of 201."""

    def __init__(self) -> None:
        self.pushed: queue.Queue[Pushed] = queue.Queue()
        self.answers: list[tuple[int, dict[str, str]]] = []
        self._browsers: dict[str, tuple[ec.EllipticCurvePrivateKey, bytes]] = {}
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                status, headers = service.answers.pop(0) if service.answers else (201, {})
                self.send_response(status)
                for name, value in {"content-length": "0", **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                name = self.path.rsplit("/", 1)[-1]
                seen = {k.lower(): v for k, v in self.headers.items()}
                if status == 201:
                    service.pushed.put(Pushed(name, seen, body, *service._browsers[name], service.url))

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def browser(self, name: str, *, auth: bytes = b"0123456789abcdef") -> dict[str, Any]:
        """A new browser's PushSubscription, as `toJSON()` gives it."""
        key = ec.generate_private_key(ec.SECP256R1())
        self._browsers[name] = (key, auth)
        point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {
            "endpoint": f"{self.url}/send/{name}",
            "expirationTime": None,
            "keys": {"p256dh": text(point), "auth": text(auth)},
        }

    def next(self, seconds: float = 30) -> Pushed:
        return self.pushed.get(timeout=seconds)
