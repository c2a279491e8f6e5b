"""A site's signature on its visitor: only the right one, only for a short time."""

from __future__ import annotations

import time
from typing import Any

import jwt
import pytest

from app.db.rpc import Rpc
from app.sites import store
from app.sites.identity import IdentityNotConfigured, InvalidIdentity, Subject, verified_subject
from app.sites.types import Site
from tests.conftest import MakeSite

SECRET = "s" * 48


def token(secret: str = SECRET, algorithm: str = "HS256", **claims: Any) -> str:
    standard = {"sub": "u-1", "exp": int(time.time()) + 600}
    return jwt.encode({k: v for k, v in (standard | claims).items() if v is not None}, secret, algorithm)


async def vouching(rpc: Rpc, site: MakeSite) -> Site:
    made = Site.from_json(await site())
    await store.set_site_secret(rpc, slug=made.slug, purpose="identity", secret=SECRET)
    return made


async def test_a_good_token_is_its_subject(rpc: Rpc, site: MakeSite) -> None:
    made = await vouching(rpc, site)
    good = token(name=" Ana ", email="ana@example.com", phone=7)
    assert await verified_subject(rpc, made, good) == Subject("u-1", "Ana", "ana@example.com", None)


async def test_what_a_page_cut_or_quoted_is_read_all_the_same(rpc: Rpc, site: MakeSite) -> None:
    made = await vouching(rpc, site)
    odd = token(exp=str(int(time.time()) + 600), name="Ana \ud83d\n\x00Luz")
    assert await verified_subject(rpc, made, odd) == Subject("u-1", "Ana Luz")


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (token(secret="x" * 48), "signature"),
        (token(exp=int(time.time()) - 120), "expired"),
        (token(exp=int(time.time()) + 7200), "more than an hour"),
        (token(exp=str(int(time.time()) + 7200)), "more than an hour"),
        (token(exp=None), "required"),
        (token(sub=None), "required"),
        (token(sub=""), "printable"),
        (token(sub="x" * 201), "printable"),
        (token(sub="a\nb"), "printable"),
        (token(algorithm="HS384"), "HS256"),
        (jwt.encode({"sub": "u-1", "exp": 2**40}, "", "none"), "HS256"),
        ("not.a.token", "HS256"),
        ("", "HS256"),
    ],
)
async def test_every_other_token_is_refused_with_its_reason(
    rpc: Rpc, site: MakeSite, bad: str, why: str
) -> None:
    made = await vouching(rpc, site)
    with pytest.raises(InvalidIdentity, match=why):
        await verified_subject(rpc, made, bad)


async def test_a_secret_is_its_sites_alone_and_ends_with_the_next(rpc: Rpc, site: MakeSite) -> None:
    made, other = await vouching(rpc, site), Site.from_json(await site())
    with pytest.raises(IdentityNotConfigured):
        await verified_subject(rpc, other, token())
    await store.set_site_secret(rpc, slug=made.slug, purpose="identity", secret="n" * 48)
    with pytest.raises(InvalidIdentity):
        await verified_subject(rpc, made, token())


async def test_no_list_of_sites_names_a_secret(rpc: Rpc, site: MakeSite) -> None:
    await vouching(rpc, site)
    assert SECRET not in str(await rpc.call("list_sites"))


async def test_settings_are_merged_by_key(rpc: Rpc, site: MakeSite) -> None:
    made = await site(settings={"a": 1, "appearance": {"title": "x"}})
    found = await store.patch_settings(
        rpc, slug=made["slug"], settings={"appearance": {"accent": "#000"}, "a": None}
    )
    assert found.settings == {"appearance": {"accent": "#000"}}
