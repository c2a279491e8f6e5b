"""Tokens of Supabase Auth against a real key set, fetched over a real socket."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import time
import uuid
from collections.abc import AsyncIterator
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from app.staff.supabase_tokens import KeysUnavailable, SupabaseTokens
from app.staff.types import InvalidStaffToken

USER = str(uuid.uuid4())


class Project:
    """Publishes its keys at /auth/v1/.well-known/jwks.json, and signs with them."""

    def __init__(self) -> None:
        self.private: dict[str, Any] = {}
        self.keys: list[dict[str, Any]] = []
        self.asked = 0
        self.broken = False
        self.issuer = ""

    def add(self, key_id: str, kind: str = "EC") -> None:
        if kind == "EC":
            key: Any = ec.generate_private_key(ec.SECP256R1())
            public = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(key.public_key()))
        else:
            key = rsa.generate_private_key(65537, 2048)
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
        self.private[key_id] = key
        self.keys.append(public | {"kid": key_id, "alg": "ES256" if kind == "EC" else "RS256"})

    def sign(self, key_id: str = "k1", algorithm: str = "ES256", **claims: Any) -> str:
        base = {
            "sub": USER,
            "aud": "authenticated",
            "iss": self.issuer,
            "exp": time.time() + 60,
            "role": "authenticated",
        }
        payload = {k: v for k, v in (base | claims).items() if v is not None}
        return jwt.encode(payload, self.private[key_id], algorithm=algorithm, headers={"kid": key_id})

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        self.asked += 1
        found = head.startswith(b"GET /auth/v1/.well-known/jwks.json ") and not self.broken
        body = json.dumps({"keys": self.keys}).encode() if found else b"oops"
        writer.write(
            b"HTTP/1.1 %d X\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            % (200 if found else 500, len(body))
        )
        writer.write(body)
        await writer.drain()
        writer.close()
        await writer.wait_closed()


@pytest.fixture
async def project() -> AsyncIterator[Project]:
    made = Project()
    made.add("k1")
    made.add("k2", "RSA")
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.issuer = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/auth/v1"
    yield made
    server.close()
    await server.wait_closed()


@pytest.fixture
async def tokens(project: Project) -> AsyncIterator[SupabaseTokens]:
    made = SupabaseTokens(project.issuer)
    yield made
    await made.close()


async def test_a_good_token_names_its_user_and_the_keys_are_kept(
    project: Project, tokens: SupabaseTokens
) -> None:
    assert await tokens.subject(project.sign()) == USER
    assert await tokens.subject(project.sign("k2", "RS256")) == USER
    assert project.asked == 1


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": time.time() - 60},
        {"exp": None},
        {"aud": "anon"},
        {"aud": None},
        {"iss": "https://elsewhere.example/auth/v1"},
        {"iss": None},
        {"sub": "admin"},
        {"sub": None},
    ],
)
async def test_expiry_audience_issuer_and_subject_are_enforced(
    project: Project, tokens: SupabaseTokens, claims: dict[str, Any]
) -> None:
    with pytest.raises(InvalidStaffToken):
        await tokens.subject(project.sign(**claims))


async def test_no_other_signature_counts(project: Project, tokens: SupabaseTokens) -> None:
    claims = {"sub": USER, "aud": "authenticated", "iss": project.issuer, "exp": time.time() + 60}
    other = ec.generate_private_key(ec.SECP256R1())
    public = (
        project.private["k1"]
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    unsigned = jwt.encode(claims, None, algorithm="none", headers={"kid": "k1"})
    hmac_with_public_key = _hs256(claims, public)
    for forged in (
        unsigned,
        hmac_with_public_key,
        jwt.encode(claims, other, algorithm="ES256", headers={"kid": "k1"}),
        jwt.encode(claims, other, algorithm="ES256"),
        project.sign()[:-4] + "AAAA",
        "a.b.c",
        "",
    ):
        with pytest.raises(InvalidStaffToken):
            await tokens.subject(forged)


def _hs256(claims: dict[str, Any], secret: bytes) -> str:
    """The old confusion: the public key as the secret of a symmetric signature. PyJWT refuses to make one."""

    def part(data: bytes) -> bytes:
        return base64.urlsafe_b64encode(data).rstrip(b"=")

    signed = part(b'{"alg":"HS256","kid":"k1"}') + b"." + part(json.dumps(claims).encode())
    return (signed + b"." + part(hmac.new(secret, signed, hashlib.sha256).digest())).decode()


async def test_made_up_key_ids_do_not_hammer_the_project(project: Project, tokens: SupabaseTokens) -> None:
    project.private["k9"] = ec.generate_private_key(ec.SECP256R1())
    for _ in range(20):
        with pytest.raises(InvalidStaffToken):
            await tokens.subject(project.sign("k9"))
    assert project.asked == 1


async def test_a_new_key_is_found_after_a_while(
    project: Project, tokens: SupabaseTokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    await tokens.subject(project.sign())
    project.add("k3")
    monkeypatch.setattr("app.staff.supabase_tokens.REFETCH_SECONDS", 0.0)
    assert await tokens.subject(project.sign("k3")) == USER


async def test_without_keys_nobody_is_let_in(project: Project, tokens: SupabaseTokens) -> None:
    project.broken = True
    with pytest.raises(KeysUnavailable):
        await tokens.subject(project.sign())
