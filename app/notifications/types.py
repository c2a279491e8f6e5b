"""Deliveries as the database gives them, and how sending one can go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Channel = Literal["email", "push"]
Event = Literal["waiting", "assigned", "message"]
EVENTS: tuple[Event, ...] = ("waiting", "assigned", "message")

Outcome = Literal["sent", "retry", "refused", "gone"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One mail or push message, claimed. `content` is what sending needs, as `plan_delivery` renders it; `id` stays
    the same over all attempts, so that receivers can tell a repetition."""

    id: str
    site_id: str
    channel: Channel
    kind: Literal["inbox", "staff_link", "visitor_unread"]
    fence: int
    attempt: int
    content: dict[str, Any]

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> Delivery:
        return cls(**row)


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to one person. `headers` go beside the usual ones."""

    to: str
    name: str
    subject: str
    text: str
    html: str
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Push:
    """A push message to one browser. `subscription` is {endpoint, keys}; `topic` lets a push service replace what it
    still holds under the same one (at most 32 characters of base64url)."""

    subscription: dict[str, Any]
    payload: bytes
    topic: str


class NotSent(Exception):
    """A mail or push message did not get away. `failure` is a short code for the log and the dead letter: nobody's
    data. `retry_after` is in seconds."""

    def __init__(self, outcome: Outcome, failure: str, retry_after: int | None = None) -> None:
        super().__init__(failure)
        self.outcome = outcome
        self.failure = failure
        self.retry_after = retry_after
