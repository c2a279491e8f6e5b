"""Bodies are small, plain, flat JSON: whatever else comes is refused with a reason, and never costs a 500."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.channels.conftest import Look, MakeVisitor
from tests.hostile.refusals import problem
from tests.rigs.http_visitor import HttpVisitor
from tests.rigs.server import TaliaServer

VALID: dict[str, dict[str, Any]] = {
    "/sessions": {"locale": "es"},
    "/messages": {"session_id": "label", "content": "Hola"},
    "/typing": {"active": True},
    "/read": {"up_to_seq": 1},
    "/consent": {"purpose": "contact", "granted": False, "text_version": "x", "locale": "es"},
    "/contact": {"name": "Ana"},
    "/handoff": {"summary": "Quiero hablar"},
    "/rating": {"rating": 5},
}


@pytest.fixture
async def ana(guided: TaliaServer, make_visitor: MakeVisitor) -> HttpVisitor:
    visitor = make_visitor(guided)
    await visitor.open(session_id="label")
    return visitor


async def send(visitor: HttpVisitor, path: str, body: Any, **headers: Any) -> Any:
    plain = {"Content-Type": "application/json"}
    return await visitor.request("POST", path, content=body, headers=plain | headers)


def messages(look: Look) -> int:
    count: int = look("select count(*)::int as n from mensajes")[0]["n"]
    return count


async def test_a_large_body_is_refused_whether_it_says_so_or_not(ana: HttpVisitor, look: Look) -> None:
    large = json.dumps(
        {"session_id": "label", "content": "Hola", "page": {"title": "x" * (64 * 1024)}}
    ).encode()

    async def pieces() -> AsyncIterator[bytes]:
        for at in range(0, len(large), 1000):
            yield large[at : at + 1000]

    for path in VALID:
        problem(await send(ana, path, large), 413, "payload.too_large")
        problem(await send(ana, path, pieces()), 413, "payload.too_large")
    problem(await send(ana, "/messages", b" " * 1_000_000 + b"{}"), 413, "payload.too_large")
    assert messages(look) == 0


async def test_sixty_four_kilobytes_are_not_too_large(ana: HttpVisitor) -> None:
    body = json.dumps({"session_id": "label", "content": "Hola"}).encode()
    assert (await send(ana, "/messages", body + b" " * (64 * 1024 - len(body)))).status_code == 200


async def test_compressed_bodies_are_refused_unopened(ana: HttpVisitor, look: Look) -> None:
    bomb = b'{"session_id":"label","content":"' + b"a" * 10_000_000 + b'"}'
    for coding, body in (
        ("gzip", gzip.compress(bomb)),
        ("deflate", zlib.compress(bomb)),
        ("br", b"x"),
        ("GZIP", b"x"),
    ):
        for path in VALID:
            problem(await send(ana, path, body, **{"Content-Encoding": coding}), 415, "payload.unsupported")
    problem(await send(ana, "/messages", gzip.compress(bomb)), 422)
    assert messages(look) == 0


async def test_only_json_is_json(ana: HttpVisitor, look: Look) -> None:
    kinds = [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "nonsense",
    ]
    for path, body in VALID.items():
        for kind in kinds:
            problem(
                await send(ana, path, json.dumps(body).encode(), **{"Content-Type": kind}),
                415,
                "payload.unsupported",
            )
        bare = await ana.http.send(
            ana.http.build_request(
                "POST",
                f"/api/webchat{path}",
                headers=ana.headers | {"Authorization": f"Bearer {ana.token}"},
                content=json.dumps(body).encode(),
            )
        )
        problem(bare, 415, "payload.unsupported")
    assert messages(look) == 0
    said = await send(
        ana,
        "/messages",
        json.dumps(VALID["/messages"]).encode(),
        **{"Content-Type": "application/json; charset=utf-8"},
    )
    assert said.status_code == 200


NOT_JSON = {
    "nothing": b"",
    "white space": b" \n",
    "half": b'{"content": "Ho',
    "two values": b'{"content":"a"}{"content":"b"}',
    "trailing comma": b'{"content":"a",}',
    "comment": b'{"content":"a"/**/}',
    "single quotes": b"{'content':'a'}",
    "NaN": b'{"content":"a","rating":NaN}',
    "infinity": b'{"content":"a","rating":-Infinity}',
    "byte order mark": b'\xef\xbb\xbf{"content":"a"}',
    "UTF-16": '{"content":"a"}'.encode("utf-16"),
    "invalid UTF-8": b'{"content":"\xff\xfe"}',
    "overlong UTF-8": b'{"content":"\xc0\x80"}',
    "UTF-8 of a surrogate": b'{"content":"\xed\xa0\x80"}',
    "lone surrogate": b'{"content":"\\ud800"}',
    "reversed pair": b'{"content":"\\udc00\\ud800"}',
    "lone surrogate in a key": b'{"\\udfff":1,"content":"a"}',
    "raw control character": b'{"content":"a\x00b"}',
    "raw line break": b'{"content":"a\nb"}',
    "deep arrays": b"[" * 20_000 + b"]" * 20_000,
    "deep objects": b'{"a":' * 8_000 + b"1" + b"}" * 8_000,
    "deep, unclosed": b"[" * 60_000,
    "seventeen levels": b'{"page":' * 17 + b"1" + b"}" * 17,
    "the same key twice": b'{"content":"a","content":"b"}',
    "the same key twice, further in": b'{"page":{"title":"a","title":"b"}}',
    "the same key, escaped": b'{"content":"a","\\u0063ontent":"b"}',
}


async def test_what_is_no_clean_json_is_refused(ana: HttpVisitor, look: Look) -> None:
    for path in VALID:
        for name, body in NOT_JSON.items() if path == "/messages" else list(NOT_JSON.items())[::7]:
            refused = await send(ana, path, body)
            told = problem(refused, 422, "validation")
            assert [e["code"] for e in told["errors"]] == [
                "missing" if name == "nothing" else "json_invalid"
            ], name
    assert messages(look) == 0


async def test_what_is_json_but_no_object_is_refused(ana: HttpVisitor) -> None:
    for path in VALID:
        for body in (b"null", b"true", b"1", b"1e400", b"-0", b'"x"', b"[]", b"[{}]", b"9" * 400):
            problem(await send(ana, path, body), 422, "validation")


async def test_unknown_fields_are_refused_by_name_only(ana: HttpVisitor) -> None:
    for path, valid in VALID.items():
        for name in ("author_id", "conversation_id", "__proto__", "token", "site_id", "handler"):
            refused = await ana.request("POST", path, json=valid | {name: "valor-secreto"})
            told = problem(refused, 422, "validation")
            assert [(e["field"], e["code"]) for e in told["errors"]] == [(name, "extra_forbidden")]
            assert "valor-secreto" not in refused.text


async def test_content_is_one_to_four_thousand_visible_characters(ana: HttpVisitor, look: Look) -> None:
    for content in (
        "",
        " ",
        "\n\t ",
        "x" * 4001,
        "a\x00b",
        "\x00",
        "a\x1bb",
        "a\x07",
        None,
        5,
        ["x"],
        {"a": 1},
        True,
    ):
        told = problem(
            await ana.request("POST", "/messages", json={"session_id": "label", "content": content}), 422
        )
        assert [e["field"] for e in told["errors"]] == ["content"], repr(content)
    assert messages(look) == 0
    for content in (
        "x" * 4000,
        f"  {'ñ' * 4000}\n",
        "🚙" * 4000,
        "a\tb\nc\r\nd",
        "\u200f\u202eabc",
        "\ufeffx",
        "\U0010ffff",
    ):
        assert (await ana.say(content)).status_code == 200, repr(content[:20])
    stored = [
        row["texto"] for row in look("select texto from mensajes where author = 'visitor' order by seq")
    ]
    assert stored[:2] == ["x" * 4000, "ñ" * 4000]


async def test_only_a_visitor_speaks_here(ana: HttpVisitor) -> None:
    for author in ("assistant", "seller", "system", "admin", "", None, 1):
        problem(
            await ana.request("POST", "/messages", json=VALID["/messages"] | {"author": author}),
            422,
            "validation",
        )
    assert (await ana.say("Hola", author="user")).status_code == 200


async def test_ids_and_numbers_are_what_they_should_be(ana: HttpVisitor) -> None:
    for client_message_id in ("", " ", "a b", "x" * 129, "é", 7, True, [], "a\x00"):
        body = VALID["/messages"] | {"client_message_id": client_message_id}
        problem(await ana.request("POST", "/messages", json=body), 422, "validation")
    for up_to_seq in (0, -1, 1.5, "1", None, True, 2**63, 10**30):
        problem(await ana.request("POST", "/read", json={"up_to_seq": up_to_seq}), 422, "validation")
    for rating in (0, 6, 4.5, "5", None, True, 10**30):
        problem(await ana.request("POST", "/rating", json={"rating": rating}), 422, "validation")
    for query in (
        "after=-1",
        "after=x",
        "after=1e3",
        f"after={2**63}",
        "limit=0",
        "limit=501",
        "before=0",
        "limit=",
    ):
        problem(await ana.request("GET", f"/history/label?{query}"), 422, "validation")
    problem(await ana.request("GET", "/events?follow=everything"), 422, "validation")


async def test_languages_are_taken_as_browsers_name_them(ana: HttpVisitor) -> None:
    for locale in ("es", "ES", "es-DO", "es_419", "pt-BR", "fr", "zh-Hant-TW", "eng", "est", None):
        assert (
            await ana.request("POST", "/messages", json=VALID["/messages"] | {"locale": locale})
        ).status_code == 200
    for locale in ("", "x", "español", "es DO", "es-", "a" * 40, 5, [], "es\x00"):
        problem(
            await ana.request("POST", "/messages", json=VALID["/messages"] | {"locale": locale}),
            422,
            "validation",
        )


async def test_addresses_of_pages_are_web_addresses(ana: HttpVisitor) -> None:
    bad = [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//evil.example",
        "shop.example",
        "ftp://x.example/",
        "https://",
        "https:///x",
        "http://[::1",
        "http://user[@shop.example/",
        "http://us\u2100er@shop.example/",
        "x" * 3000,
        "https://shop.example/\x00",
        5,
        {},
        ["https://shop.example/"],
    ]
    for url in bad:
        for body in (
            {"page": {"url": url}},
            {"item": {"title": "x", "image": url}},
            {"page": {"referrer": url}},
        ):
            problem(await ana.request("POST", "/messages", json=VALID["/messages"] | body), 422, "validation")
    for url in (
        "https://shop.example/?utm_source=a&utm_source=b#x",
        "http://[::1]:8080/",
        "https://müller.example/ñ?q=%ff",
    ):
        answer = await ana.request("POST", "/messages", json=VALID["/messages"] | {"page": {"url": url}})
        assert answer.status_code == 200, answer.text


async def test_a_hundred_turns_are_all_answered(
    ana: HttpVisitor, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.replies.compose.GUIDED_PIECE_SECONDS", 0.0)
    for n in range(100):
        answer = await ana.say(f"¿Y la número {n}?")
        assert answer.status_code == 200
        assert answer.json()["reply"]
    [row] = look("select last_seq, answered_seq from conversaciones")
    assert row == {"last_seq": 200, "answered_seq": 199}
