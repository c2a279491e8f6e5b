"""What a visitor may send, field by field, and what comes back. Unknown fields are refused."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    HttpUrl,
    StringConstraints,
    TypeAdapter,
    model_validator,
)

from app.conversations.emoji import Emoji

MAX_CONTENT = 4000
MAX_PROPERTIES = 4000
_HTTP_URL = TypeAdapter(HttpUrl)


def _no_control(value: str) -> str:
    if any(ord(c) < 32 and c not in "\n\r\t" for c in value):
        raise ValueError("must not contain NUL or other control characters")
    return value


def _web_address(value: str) -> str:
    try:
        _HTTP_URL.validate_python(value)
        # Browsers read what Python's parser does not, and the other way round: it has to please both.
        named = urlsplit(value).hostname
    except ValueError as error:
        raise ValueError("must be an http(s) address") from error
    if not named:
        raise ValueError("must be an http(s) address")
    return value


def _base_locale(value: object) -> object:
    """`es-DO`, `es_419` and `ES` are all `es`; a language we do not speak leaves the choice to the site."""
    if value is None:
        return None
    if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*", value):
        raise ValueError("must be a language tag such as es, en-US or pt-BR")
    base = re.split("[-_]", value)[0].lower()
    return base if base in {"es", "en", "pt"} else None


Label = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9._:-]{1,128}$")]
ClientId = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9._:-]{1,128}$")]
Locale = Annotated[Literal["es", "en", "pt"] | None, BeforeValidator(_base_locale)]
Content = Annotated[
    str,
    StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=MAX_CONTENT),
    AfterValidator(_no_control),
]
Text200 = Annotated[
    str, StringConstraints(strict=True, strip_whitespace=True, max_length=200), AfterValidator(_no_control)
]
Text500 = Annotated[
    str, StringConstraints(strict=True, strip_whitespace=True, max_length=500), AfterValidator(_no_control)
]
Url = Annotated[
    str,
    StringConstraints(strict=True, strip_whitespace=True, max_length=2000),
    AfterValidator(_no_control),
    AfterValidator(_web_address),
]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Landing(Body):
    """Where a visit began."""

    url: Url | None = None
    title: Text200 | None = None
    referrer: Url | None = None


class Page(Landing):
    """Where the visitor is. Campaign parameters are read from the landing page's `url`, or else from this one's."""

    landing: Landing | None = None


class Item(Body):
    """What the page is about: seed 000's vehicle, seed 001's taggable."""

    type: Text200 = "Item"
    id: Text200 | None = None
    title: Text200
    price: Annotated[float, Field(ge=0, le=1e15)] | None = None
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None
    image: Url | None = None
    url: Url | None = None
    facts: Annotated[list[Text200], Field(max_length=20)] = []


class OpenSession(Body):
    session_id: Label | None = None
    locale: Locale = None
    page: Page | None = None
    item: Item | None = None


class WebchatMessage(Body):
    """Seed 002's message. `client_message_id` makes a retry safe: the same id and content give the first result."""

    session_id: Label
    author: Literal["visitor", "user"] = "visitor"
    content: Content
    locale: Locale = None
    client_message_id: ClientId | None = None
    page: Page | None = None
    item: Item | None = None


class TypingBody(Body):
    active: Annotated[bool, Field(strict=True)] = True


class ReactionBody(Body):
    emoji: Emoji


class ReadBody(Body):
    up_to_seq: Annotated[int, Field(strict=True, ge=1, le=2**62)]


class ConsentBody(Body):
    """Agreement (or its withdrawal) to the text of that version, as POST /sessions shows it."""

    purpose: Literal["chat", "contact", "marketing"]
    granted: Annotated[bool, Field(strict=True)]
    text_version: Text200
    locale: Literal["es", "en", "pt"]


class ContactBody(Body):
    name: Text200 | None = None
    email: Annotated[str, StringConstraints(strict=True, strip_whitespace=True, max_length=254)] | None = None
    phone: Annotated[str, StringConstraints(strict=True, strip_whitespace=True, max_length=40)] | None = None
    consents: Annotated[list[ConsentBody], Field(max_length=3)] = []

    @model_validator(mode="after")
    def _something_is_given(self) -> Self:
        if not (self.name or self.email or self.phone):
            raise ValueError("give at least one of name, email and phone")
        return self


class HandoffBody(Body):
    summary: Text500 | None = None


class RatingBody(Body):
    rating: Annotated[int, Field(strict=True, ge=1, le=5)]
    comment: Text500 | None = None


class ClaimedUser(Body):
    """What a page says about its visitor. Unsigned, it is only that."""

    id: Text200 | None = None
    name: Text200 | None = None
    email: Annotated[str, StringConstraints(strict=True, strip_whitespace=True, max_length=254)] | None = None
    phone: Annotated[str, StringConstraints(strict=True, strip_whitespace=True, max_length=40)] | None = None


class IdentifyBody(Body):
    """`token`: HS256 JWT signed with the site's identity secret; `sub` required, `exp` at most an hour ahead."""

    user: ClaimedUser = ClaimedUser()
    token: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=4000)] | None = None
    locale: Locale = None


class Identified(BaseModel):
    """`token` is a new visitor token where the verified person's conversation is another one; it is shown once."""

    session_id: str
    conversation_id: str
    token: str | None
    identity: Literal["anonymous", "claimed", "verified"]


Scalar = (
    Annotated[str, StringConstraints(strict=True, max_length=500), AfterValidator(_no_control)]
    | bool
    | float
    | None
)


def _short_together(value: dict[str, Scalar]) -> dict[str, Scalar]:
    if sum(len(name) + len(str(given)) for name, given in value.items()) > MAX_PROPERTIES:
        raise ValueError(f"must have at most {MAX_PROPERTIES} characters together")
    return value


Scalars = Annotated[dict[Label, Scalar], Field(max_length=30), AfterValidator(_short_together)]


class TrackBody(Body):
    """An event of the visit, or attributes of the visitor (null removes one)."""

    event: Label | None = None
    properties: Scalars = {}
    attributes: Scalars | None = None

    @model_validator(mode="after")
    def _something_is_given(self) -> Self:
        if self.event is None and self.attributes is None:
            raise ValueError("give an event or attributes")
        return self


class ReplyMetadata(BaseModel):
    """Seed 002's metadata. `session_token` is there only when the request had none: keep it, it is shown once."""

    conversation_id: str
    session_id: str
    last_message_id: str
    assistant_message_id: str | None = None
    assistant_response_id: str | None = None
    handler: Literal["assistant", "queue", "seller"]
    duplicate: bool
    seq: int
    quick_replies: list[dict[str, Any]] = []
    session_token: str | None = None


class MessageReply(BaseModel):
    """`reply` is null while a seller handles the conversation."""

    reply: str | None
    metadata: ReplyMetadata


class SessionOpened(BaseModel):
    session_id: str
    token: str | None
    conversation_id: str
    expires_at: str
    locale: str
    last_seq: int
    contact: dict[str, Any] | None
    site: dict[str, Any]
