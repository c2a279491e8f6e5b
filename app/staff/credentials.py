"""Passwords (argon2id) and tokens. Hashing takes a tenth of a second of a core, so it is done beside the loop."""

from __future__ import annotations

import asyncio
import hashlib
import re
import secrets
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher()
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$zayau9v2h6umcXmYvTr5EQ$1SZlGb2QfrDp8gybP8NT+fBmzZW53X/6QrGJCp/ImYo"
"""A hash that no password meets, what it was made of is gone: a sign-in of nobody takes as long as one of somebody.

Made beforehand, since hashing costs a start 0.2 s; a test holds its parameters to the hasher's."""
_TOKEN = re.compile(r"(st|sl)_[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class StaffToken:
    """256 random bits: `st_` opens a session, `sl_` is a link's. Only the SHA-256 is ever stored."""

    token: str
    sha256: str

    @classmethod
    def mint(cls, kind: str = "st") -> StaffToken:
        return cls.of(f"{kind}_{secrets.token_urlsafe(32)}")

    @classmethod
    def of(cls, token: str) -> StaffToken:
        return cls(token, hashlib.sha256(token.encode()).hexdigest())

    @classmethod
    def parse(cls, token: str, kind: str = "st") -> StaffToken | None:
        """None for anything that we would not have made."""
        if not _TOKEN.fullmatch(token) or not token.startswith(kind):
            return None
        return cls.of(token)


async def hash_beside(password: str) -> str:
    """In a thread, in a `Line`'s turn."""
    return await asyncio.to_thread(_HASHER.hash, password)


async def meets(known: str | None, password: str) -> bool:
    """Whether the password is the one; for `known` None never, after the same work. In a thread, in a `Line`'s turn."""
    met = await asyncio.to_thread(_verify, known or _NOBODY, password)
    return met and known is not None


def outdated(known: str) -> bool:
    """Made with weaker parameters than today's: to be made anew while the password is at hand."""
    return _HASHER.check_needs_rehash(known)


def hash_now(password: str) -> str:
    """For the command line, where nothing else waits."""
    return _HASHER.hash(password)


def _verify(known: str, password: str) -> bool:
    try:
        return _HASHER.verify(known, password)
    except (VerificationError, InvalidHashError):
        return False
