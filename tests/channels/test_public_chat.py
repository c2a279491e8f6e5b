"""Seed 003's public endpoints."""

from __future__ import annotations

import httpx
import pytest

from tests.rigs.server import TaliaServer

START = {
    "tenant_id": "default",
    "channel": "webchat",
    "customer_name": "Juan",
    "customer_email": "juan@example.com",
}


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
def http(guided: TaliaServer) -> httpx.Client:
    return httpx.Client(base_url=f"{guided.url}/api/v1/chat/public", timeout=30)


def test_start_say_and_read(http: httpx.Client) -> None:
    with http:
        started = http.post("/start", json=START)
        assert started.status_code == 201, started.text
        session, token = started.json()["session_id"], started.json()["token"]
        said = http.post("/message", json={"session_id": session, "message": "Hola"}, headers=bearer(token))
        assert said.status_code == 200, said.text
        assert said.json()["reply"]
        history = http.get(f"/session/{session}", headers=bearer(token)).json()
        assert [m["author"] for m in history["data"]] == ["visitor", "assistant"]
        assert history["data"][0]["sender"]["name"] == "Juan"


def test_a_session_id_opens_nothing(http: httpx.Client) -> None:
    with http:
        mine = http.post("/start", json=START).json()
        other = http.post("/start", json=START).json()
        secret = {"session_id": mine["session_id"], "message": "secreto"}
        http.post("/message", json=secret, headers=bearer(mine["token"]))
        assert http.get(f"/session/{mine['session_id']}").status_code == 401
        unknown = http.get("/session/default:s_nothing", headers=bearer(other["token"]))
        theirs = http.get(f"/session/{mine['session_id']}", headers=bearer(other["token"]))
        assert (theirs.status_code, theirs.json()) == (unknown.status_code, unknown.json())
        assert theirs.status_code == 404
        without = http.post("/message", json={**secret, "message": "Hola"})
        assert without.json()["metadata"]["conversation_id"] != mine["conversation_id"]
        assert without.json()["metadata"]["session_token"].startswith("vt_")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"tenant_id": "nobody"}, 401),
        ({}, 422),
        ({"tenant_id": "default", "customer_email": "no"}, 422),
        ({"tenant_id": "default", "role": "admin"}, 422),
    ],
)
def test_what_starts_nothing(http: httpx.Client, body: dict[str, str], status: int) -> None:
    with http:
        assert http.post("/start", json=body).status_code == status
