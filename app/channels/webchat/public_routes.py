"""Seed 003's public endpoints: the visitor API under its other names.

The site stands in `tenant_id`, and afterwards in the label that `start` gives (`<tenant>:s_…`). As everywhere, the
token decides and the label opens nothing: send it as `Authorization: Bearer`, or begin a new session.
"""

from __future__ import annotations

import secrets
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import StringConstraints

from app.channels.services import Services, get_services
from app.channels.webchat.contact import checked_contact
from app.channels.webchat.limits import RateLimits
from app.channels.webchat.metadata import request_metadata
from app.channels.webchat.routes import get_history, post_message
from app.channels.webchat.schemas import (
    Body,
    ClientId,
    ContactBody,
    Content,
    Label,
    MessageReply,
    Text200,
    WebchatMessage,
)
from app.channels.webchat.session import InvalidToken, Visitor, VisitorToken, caller_of
from app.conversations import actions, store
from app.edge.body import StrictRoute
from app.errors import NotFound

SERVICES = Annotated[Services, Depends(get_services)]
Email = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, max_length=254)]


class PublicStart(Body):
    tenant_id: Label
    channel: Text200 = "webchat"
    customer_name: Text200 | None = None
    customer_email: Email | None = None


class PublicMessage(Body):
    session_id: Label
    message: Content
    client_message_id: ClientId | None = None


async def start(request: Request, body: PublicStart, services: SERVICES) -> dict[str, Any]:
    """A new session. `token` is shown once. What is typed about oneself is kept; without consent it is no lead."""
    site = await services.sites.named(body.tenant_id)
    caller = caller_of(request, services, site)
    contact = None
    if body.customer_name or body.customer_email:
        form = ContactBody(name=body.customer_name, email=body.customer_email)
        contact = checked_contact(form, region=site.region)
    fresh = VisitorToken.mint()
    opened = await store.open_session(
        services.wiring.rpc,
        site=site.id,
        new_token_hash=fresh.sha256,
        session_id=f"{site.slug}:s_{secrets.token_hex(8)}",
        metadata=request_metadata(ip=caller.ip, user_agent=caller.user_agent, page=None, item=None)
        | {"channel": body.channel},
    )
    if contact is not None:
        await actions.save_contact(
            services.wiring, site_id=site.id, token_hash=fresh.sha256, contact=contact, consents=()
        )
    return {
        "session_id": opened["session_id"],
        "token": fresh.token,
        "tenant_id": site.slug,
        "conversation_id": opened["conversation_id"],
        "expires_at": opened["expires_at"],
    }


async def message(request: Request, body: PublicMessage, services: SERVICES) -> Response:
    """Store a message and answer it, as POST /api/webchat/messages does; streamed where that is asked for."""
    site = await services.sites.named(_tenant(body.session_id))
    said = WebchatMessage(
        session_id=body.session_id, content=body.message, client_message_id=body.client_message_id
    )
    return await post_message(request, said, caller_of(request, services, site), services)


async def session(
    request: Request,
    session_id: str,
    services: SERVICES,
    after: Annotated[int, Query(ge=0, le=2**62)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> dict[str, Any]:
    """The session's messages, for whoever has its token."""
    site = await services.sites.named(_tenant(session_id))
    caller = caller_of(request, services, site)
    if caller.token_hash is None:
        raise InvalidToken
    visitor = Visitor(site, caller.token_hash)
    return await get_history(request, session_id, visitor, services, after=after, limit=limit)


def public_router(limits: RateLimits) -> APIRouter:
    router = APIRouter(prefix="/api/v1/chat/public", tags=["webchat"], route_class=StrictRoute)
    add = router.add_api_route
    add("/start", limits.per_ip(start), methods=["POST"], status_code=201)
    add("/message", limits.per_ip(limits.per_session(message)), methods=["POST"], response_model=MessageReply)
    add("/session/{session_id}", limits.per_ip(session), methods=["GET"])
    return router


def _tenant(session_id: str) -> str:
    tenant, colon, _ = session_id.partition(":")
    if not colon:
        raise NotFound(code="session.not_found")
    return tenant
