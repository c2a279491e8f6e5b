"""What every refusal has in common."""

from __future__ import annotations

from typing import Any

import httpx


def problem(response: httpx.Response, status: int, code: str | None = None) -> dict[str, Any]:
    """Assert that this is RFC 9457 problem JSON with this status (and our code); return it."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["cache-control"] == "no-store"
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    assert body["type"] == f"urn:talia:error:{body['code']}"
    assert body["title"]
    if code is not None:
        assert body["code"] == code
    return body
