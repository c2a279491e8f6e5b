"""Access tokens of Supabase Auth, checked against the project's published keys.

They say who somebody is and nothing more: what they may do stands in `staff_sites`. Only asymmetric signatures
count, so that nothing that is secret here could ever sign one.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from typing import Any

import httpx
import jwt
import structlog

from app.errors import Unavailable
from app.staff.types import InvalidStaffToken

log = structlog.get_logger(__name__)

ALGORITHMS = ("ES256", "RS256")
AUDIENCE = "authenticated"
LEEWAY_SECONDS = 10
KEYS_SECONDS = 600.0
REFETCH_SECONDS = 30.0
"""An unknown key id asks the project again, but not more often than this: anybody can make ids up."""
TIMEOUT_SECONDS = 3.0


class KeysUnavailable(Unavailable):
    code = "staff.keys_unavailable"
    title = "The identity provider's keys cannot be fetched right now; please retry."


class SupabaseTokens:
    """`issuer` is `<project>/auth/v1`; the keys are at `/.well-known/jwks.json` below it."""

    def __init__(self, issuer: str) -> None:
        self._issuer = issuer
        self._http = httpx.AsyncClient(timeout=TIMEOUT_SECONDS, follow_redirects=False)
        self._keys: dict[str, jwt.PyJWK] = {}
        self._fetched_at = float("-inf")
        self._fetching = asyncio.Lock()

    async def close(self) -> None:
        await self._http.aclose()

    async def subject(self, token: str) -> str:
        """The user's id. Raises InvalidStaffToken, KeysUnavailable."""
        try:
            key = await self._key(str(jwt.get_unverified_header(token).get("kid") or ""))
            claims = jwt.decode(
                token,
                key,
                algorithms=list(ALGORITHMS),
                audience=AUDIENCE,
                issuer=self._issuer,
                leeway=LEEWAY_SECONDS,
                options={"require": ["exp", "sub", "aud", "iss"]},
            )
            return str(uuid.UUID(claims["sub"]))
        except (jwt.PyJWTError, ValueError, TypeError, AttributeError) as error:
            # Not the error's text: it may quote the token.
            raise InvalidStaffToken from error

    async def _key(self, key_id: str) -> jwt.PyJWK:
        age = time.monotonic() - self._fetched_at
        if age > KEYS_SECONDS or (key_id not in self._keys and age > REFETCH_SECONDS):
            await self._fetch()
        if key_id not in self._keys:
            raise InvalidStaffToken
        return self._keys[key_id]

    async def _fetch(self) -> None:
        before = self._fetched_at
        async with self._fetching:
            if self._fetched_at != before:
                return
            try:
                answer = await self._http.get(f"{self._issuer}/.well-known/jwks.json")
                answer.raise_for_status()
                self._keys = _usable(answer.json())
            except (httpx.HTTPError, ValueError) as error:
                log.warning("jwks_unavailable", error=type(error).__name__)
                if not self._keys:
                    raise KeysUnavailable(retry_after=5) from error
            self._fetched_at = time.monotonic()


def _usable(answer: Any) -> dict[str, jwt.PyJWK]:
    """The signing keys by id; those of a kind we do not accept are left out."""
    if not isinstance(answer, dict) or not isinstance(answer.get("keys"), list):
        raise ValueError("not a key set")  # noqa: TRY004 - one kind for whatever the provider gets wrong
    found: dict[str, jwt.PyJWK] = {}
    for entry in answer["keys"]:
        if not isinstance(entry, dict) or entry.get("kty") not in {"EC", "RSA"} or not entry.get("kid"):
            continue
        try:
            key = jwt.PyJWK.from_dict(entry)
        except jwt.PyJWTError:
            log.warning("jwks_key_unusable", key_id=str(entry["kid"])[:80])
            continue
        if key.algorithm_name in ALGORITHMS:
            found[str(entry["kid"])] = key
    return found
