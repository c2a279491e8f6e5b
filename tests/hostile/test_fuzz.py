"""Any method, path or body: an answer that says what is wrong, never a 500 and never something half done."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.channels.conftest import quiet_settings
from tests.hostile.test_bodies import VALID
from tests.rigs.databases import Databases
from tests.rigs.http_visitor import KEY
from tests.rigs.server import TaliaServer

# The server lives in this process and may use `random` while hypothesis makes up a value: that is no strategy's doing.
pytestmark = pytest.mark.filterwarnings("ignore:Do not use the `random` module")

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=8,
)
NASTY = st.sampled_from(
    [
        "\x00",
        "\ud800",
        "\uffff",
        "'; drop table mensajes; --",
        "%00",
        "{{7*7}}",
        "../../etc/passwd",
        "\U0001f697" * 50,
        "NaN",
        "-1",
        "1e309",
        "http://[",
        "https://a@b/",
        "9" * 400,
        "\u202e",
        "es-",
        "a" * 5000,
        "null",
    ]
)
VALUES = JSON | NASTY
PRINTABLE = st.characters(min_codepoint=33, max_codepoint=255, exclude_categories=["C"])
FUZZ = settings(
    max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
METHODS = ("GET", "POST", "PUT", "DELETE", "OPTIONS", "PROPFIND")


@pytest.fixture(scope="module")
def server(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TaliaServer]:
    with (
        databases.fresh() as url,
        TaliaServer(quiet_settings(url, tmp_path_factory.mktemp("talia"), log_level="error")) as running,
    ):
        yield running


@pytest.fixture(scope="module")
def visitor(server: TaliaServer) -> Iterator[httpx.Client]:
    """A visitor with a session; JSON is sent as Python writes it, lone surrogates included."""
    with httpx.Client(base_url=server.url, headers={"X-PUBLIC-KEY": KEY}, timeout=20) as client:
        token = client.post("/api/webchat/sessions", json={"session_id": "label"}).json()["token"]
        client.headers["Authorization"] = f"Bearer {token}"
        yield client


def check(answer: httpx.Response) -> None:
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400 and answer.request.method != "HEAD":
        assert answer.headers["content-type"] == "application/problem+json"
        body = answer.json()
        assert body["status"] == answer.status_code
        assert set(body) <= {"type", "title", "status", "code", "detail", "errors"}


def post(visitor: httpx.Client, path: str, body: Any) -> httpx.Response:
    content = json.dumps(body).encode()
    return visitor.post(f"/api/webchat{path}", content=content, headers={"Content-Type": "application/json"})


@pytest.mark.parametrize("path", VALID)
def test_any_json_for_any_route(visitor: httpx.Client, path: str) -> None:
    @FUZZ
    @given(VALUES)
    def send(body: Any) -> None:
        check(post(visitor, path, body))

    send()


@pytest.mark.parametrize("path", VALID)
def test_a_valid_body_with_any_one_field_changed(visitor: httpx.Client, path: str) -> None:
    page = {"page": {"url": "https://shop.example/", "title": "x", "referrer": "https://x.example/"}}
    item = {"item": {"type": "Car", "id": "1", "title": "x", "price": 1, "currency": "DOP", "facts": ["x"]}}
    more: dict[str, Any] = {
        "/sessions": page | item | {"session_id": "label"},
        "/messages": page | item | {"client_message_id": "m", "author": "visitor", "locale": "es"},
        "/contact": {"email": "a@example.com", "phone": "809 555 1234", "consents": [VALID["/consent"]]},
        "/rating": {"comment": "x"},
    }.get(path, {})
    whole = VALID[path] | more
    places = [(name,) for name in whole]
    places += [(name, inner) for name in ("page", "item") if name in whole for inner in whole[name]]

    @FUZZ
    @given(st.sampled_from(places), VALUES)
    def send(place: tuple[str, ...], value: Any) -> None:
        body = json.loads(json.dumps(whole))
        inside = body
        for name in place[:-1]:
            inside = inside[name]
        inside[place[-1]] = value
        if path == "/messages" and place != ("client_message_id",):
            body["client_message_id"] = None
        check(post(visitor, path, body))

    send()


@FUZZ
@given(st.binary(max_size=300))
def test_any_bytes(visitor: httpx.Client, raw: bytes) -> None:
    check(visitor.post("/api/webchat/messages", content=raw, headers={"Content-Type": "application/json"}))


@FUZZ
@given(st.text(PRINTABLE, max_size=60), st.sampled_from(["path", "query", "id", "key"]))
def test_any_text_in_paths_queries_and_headers(visitor: httpx.Client, text: str, place: str) -> None:
    match place:
        case "path":
            answer = visitor.get(
                httpx.URL(str(visitor.base_url)).copy_with(raw_path=b"/api/webchat/history/" + _raw(text))
            )
        case "query":
            answer = visitor.get(
                "/api/webchat/history/label", params={"after": text, "limit": text, "before": text}
            )
        case "id":
            headers = {"Last-Event-ID": text.encode("latin-1"), "Accept": text.encode("latin-1")}
            answer = visitor.get("/api/webchat/events", params={"follow": "reply"}, headers=headers)
        case _:
            answer = visitor.get(
                "/api/webchat/history/label", headers={"X-PUBLIC-KEY": text.encode("latin-1")}
            )
    check(answer)


def _raw(text: str) -> bytes:
    return b"".join(b"%%%02x" % byte for byte in text.encode("latin-1")) or b"x"


def test_every_documented_route_refuses_what_is_not_for_it(
    server: TaliaServer, visitor: httpx.Client
) -> None:
    documented = server.app.openapi()["paths"]
    assert {path for path in documented if path.startswith("/api/webchat")} >= {
        f"/api/webchat{path}" for path in VALID
    }
    for path, operations in documented.items():
        real = path.replace("{session_id}", "label")
        for method in METHODS:
            if method.lower() in operations:
                continue
            answer = visitor.request(
                method, real, headers={"Content-Type": "application/json"}, content=b"{}"
            )
            check(answer)
            assert answer.status_code in {404, 405, 401}, (method, path)


def test_what_is_not_there_is_said_as_a_problem(visitor: httpx.Client) -> None:
    for path in (
        "/api",
        "/api/webchat",
        "/api/webchat/",
        "/api/webchat/nothing",
        "/api/webchat/messages/",
        "/healthz/",
        "/console/team/",
        "/%2e%2e/etc/passwd",
    ):
        # A name that a client made up is never the way that we send it.
        answer = visitor.get(path, follow_redirects=False, headers={"Host": "evil.example"})
        assert "location" not in answer.headers, path
        if not path.startswith("/console"):
            check(answer)
            assert answer.status_code in {404, 405}


def test_after_all_this_the_server_is_well(visitor: httpx.Client) -> None:
    assert visitor.get("/readyz").json()["status"] == "ready"
    answer = visitor.post("/api/webchat/messages", json={"session_id": "label", "content": "¿Sigues ahí?"})
    assert answer.status_code == 200
    assert answer.json()["reply"]
