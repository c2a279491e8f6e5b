"""Everything a visitor may call, and nothing else: the table in `webchat_router` is the whole public surface."""

from __future__ import annotations

import asyncio
import uuid
from contextlib import ExitStack
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request, Response

from app.channels.services import Services, get_services
from app.channels.webchat.contact import checked_contact, consents_given, known_profile
from app.channels.webchat.limits import RateLimits
from app.channels.webchat.metadata import request_metadata
from app.channels.webchat.schemas import (
    ConsentBody,
    ContactBody,
    HandoffBody,
    Identified,
    IdentifyBody,
    MessageReply,
    OpenSession,
    RatingBody,
    ReactionBody,
    ReadBody,
    ReplyMetadata,
    SessionOpened,
    TrackBody,
    TypingBody,
    WebchatMessage,
)
from app.channels.webchat.session import Caller, Visitor, VisitorToken, access_caller, access_visitor
from app.channels.webchat.stream import VisitorStream
from app.conversations import actions, store
from app.conversations.routing import team_of
from app.conversations.types import ConsentGiven
from app.edge.body import StrictRoute
from app.errors import NotFound
from app.prompting.assistants import greeting
from app.prompting.types import Assistant
from app.realtime.bus import POLL_SECONDS, Resync, Subscription, SubscriptionEnded
from app.realtime.events import MessageNew, ReplyDone, ReplyFailed, WireMessage, visitor_copy
from app.realtime.sse import event_stream_response
from app.realtime.tail import Tail
from app.replies.ahead import Question
from app.replies.waiting import answer_the_button
from app.sites.appearance import appearance_of, image_origins
from app.sites.identity import verified_subject

SERVICES = Annotated[Services, Depends(get_services)]
CALLER = Annotated[Caller, Depends(access_caller)]
VISITOR = Annotated[Visitor, Depends(access_visitor)]

REPLY_SECONDS = 100.0
"""How long POST /messages waits without streaming; a turn is over well before."""
CHECK_SECONDS = 5.0


async def open_session(
    request: Request, body: OpenSession, caller: CALLER, services: SERVICES
) -> SessionOpened:
    """Open a session (201 and a new token), or refresh the one whose token is sent (its token is not repeated)."""
    fresh = VisitorToken.mint()
    opened = await store.open_session(
        services.wiring.rpc,
        site=caller.site.id,
        new_token_hash=fresh.sha256,
        token_hash=caller.token_hash,
        session_id=body.session_id,
        locale=body.locale,
        metadata=request_metadata(ip=caller.ip, user_agent=caller.user_agent, page=body.page, item=body.item),
    )
    created = opened.pop("created")
    if created:
        _locate(services, caller, opened)
    opened.pop("contact_id")
    contact = (
        await store.visitor_contact(services.wiring.rpc, site=caller.site.id, token_hash=caller.token_hash)
        if caller.token_hash
        else None
    )
    assistant = await services.prompts.assistant_for(caller.site.id, opened["conversation_id"])
    return SessionOpened(
        token=fresh.token if created else None,
        contact=contact,
        site=_site(services, caller, assistant),
        **opened,
    )


async def post_message(
    request: Request, body: WebchatMessage, caller: CALLER, services: SERVICES
) -> Response:
    """Store the message, then answer: as JSON, or with `Accept: text/event-stream` while the reply is written."""
    fresh = VisitorToken.mint()
    message = actions.VisitorMessage(
        content=body.content,
        client_message_id=body.client_message_id or f"srv-{uuid.uuid4().hex}",
        session_id=body.session_id,
        locale=body.locale,
        metadata=request_metadata(ip=caller.ip, user_agent=caller.user_agent, page=body.page, item=body.item),
    )
    services.turns.expect(
        Question(caller.site, body.content, body.session_id, body.locale, message.metadata.get("item"))
    )
    registered = await actions.post_visitor_message(
        services.wiring,
        services.turns.claim,
        site_id=caller.site.id,
        token_hash=caller.token_hash,
        new_token_hash=fresh.sha256,
        message=message,
    )
    token = fresh.token if caller.token_hash is None else None
    if registered.session_created:
        _locate(services, caller, registered.session)
    listening = ExitStack()
    subscription = listening.enter_context(services.wiring.bus.subscribe(registered.conversation_id))
    # From here on the turn runs whatever becomes of this request.
    if registered.turn is not None:
        await services.turns.start_first(registered.turn)
    elif not registered.awaiting_reply:
        services.turns.leave(registered.session["session_id"])
    visitor = Visitor(caller.site, caller.token_hash or fresh.sha256)
    if "text/event-stream" in request.headers.get("accept", ""):
        return _reply_stream(services, visitor, subscription, listening, registered, token)
    with listening:
        return await _reply_json(services, visitor, subscription, registered, message, token)


def _reply_stream(
    services: Services,
    visitor: Visitor,
    subscription: Subscription,
    listening: ExitStack,
    registered: store.Registered,
    token: str | None,
) -> Response:
    seq = registered.message["seq"]
    tail = Tail(str(seq - 1))
    first = tail.accept(MessageNew(message=WireMessage.model_validate(registered.message)))
    stream = VisitorStream(services.wiring, visitor, subscription, tail, until_seq=seq)
    behind = registered.turn is None
    headers = {"X-Session-Id": registered.session["session_id"]}
    if token is not None:
        headers["X-Session-Token"] = token
    return event_stream_response(
        stream.events(first, behind=behind), headers=headers, on_close=listening.close
    )


async def _reply_json(
    services: Services,
    visitor: Visitor,
    subscription: Subscription,
    registered: store.Registered,
    message: actions.VisitorMessage,
    token: str | None,
) -> Response:
    seq = registered.message["seq"]
    reply: dict[str, Any] | None = registered.reply
    handler = registered.handler
    response_id = reply.get("response_id") if reply else None
    if reply is None and registered.awaiting_reply:
        done = await _await_reply(services, visitor, subscription, seq, message)
        if isinstance(done, ReplyDone):
            reply = done.message.as_json()
            response_id = done.metadata.get("assistant_response_id")
            handler = done.metadata["handler"]  # type: ignore[assignment]
        elif done is not None:
            reply, handler, response_id = done.reply, done.handler, (done.reply or {}).get("response_id")
    body = MessageReply(
        reply=reply["context"]["text"] if reply else None,
        metadata=ReplyMetadata(
            conversation_id=registered.conversation_id,
            session_id=registered.session["session_id"],
            last_message_id=registered.message["message_id"],
            assistant_message_id=reply["message_id"] if reply else None,
            assistant_response_id=response_id,
            handler=handler,
            duplicate=registered.duplicate,
            seq=seq,
            quick_replies=reply["context"].get("quick_replies", []) if reply else [],
            session_token=token,
        ),
    )
    return Response(
        body.model_dump_json(), media_type="application/json", headers={"Cache-Control": "no-store"}
    )


async def _await_reply(
    services: Services,
    visitor: Visitor,
    subscription: Subscription,
    seq: int,
    message: actions.VisitorMessage,
) -> ReplyDone | store.Registered | None:
    """The reply that covers `seq`, told by the bus; or, where the bus may have missed it, by the database."""
    deadline = asyncio.get_running_loop().time() + REPLY_SECONDS
    while asyncio.get_running_loop().time() < deadline:
        try:
            event = await subscription.next(CHECK_SECONDS if services.wiring.bus.healthy else POLL_SECONDS)
        except SubscriptionEnded:
            await asyncio.sleep(CHECK_SECONDS)
            event = None
        if isinstance(event, ReplyDone) and int(str(event.metadata.get("upto_seq", 0))) >= seq:
            return event
        if event is None or isinstance(event, Resync | ReplyFailed):
            # Asked again under the same id, the database tells how the message stands.
            again = await actions.post_visitor_message(
                services.wiring,
                services.turns.claim,
                site_id=visitor.site.id,
                token_hash=visitor.token_hash,
                new_token_hash=visitor.token_hash,
                message=message,
            )
            if again.reply is not None or not again.awaiting_reply:
                return again
    return None


async def get_history(
    request: Request,
    session_id: str,
    visitor: VISITOR,
    services: SERVICES,
    after: Annotated[int, Query(ge=0, le=2**62)] = 0,
    before: Annotated[int | None, Query(ge=1, le=2**62)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> dict[str, Any]:
    """Messages oldest first, in pages both ways; the conversation; and the text of a reply that is being written.

    `cursor` is where GET /events goes on from.
    """
    if len(session_id) > 128 or "\x00" in session_id:
        raise NotFound(code="session.not_found")
    page = await store.history(
        services.wiring.rpc,
        site=visitor.site.id,
        token_hash=visitor.token_hash,
        session_id=session_id,
        after=after,
        before=before,
        limit=limit,
    )
    running = await services.wiring.bus.running(page.session["conversation_id"])
    return {
        "data": [visitor_copy(m) for m in page.messages],
        "conversation": page.conversation,
        "running_reply": (
            {"turn_id": running.turn_id, "attempt": running.attempt, "text": running.text}
            if running
            else None
        ),
        "last_seq": page.last_seq,
        "has_more": page.has_more,
        "cursor": page.cursor,
    }


async def get_events(
    request: Request,
    visitor: VISITOR,
    services: SERVICES,
    last_event_id: Annotated[str | None, Header(max_length=200)] = None,
    follow: Annotated[Literal["conversation", "reply"], Query()] = "conversation",
) -> Response:
    """Live events. With `Last-Event-ID` exactly what came after it; without, from now on.

    `follow=reply` ends with the running reply; 204 when there is nothing left to say.
    """
    page = await store.history(
        services.wiring.rpc, site=visitor.site.id, token_hash=visitor.token_hash, after=2**62, limit=1
    )
    idle = page.conversation is None or not page.conversation["awaiting_reply"]
    if follow == "reply" and idle and last_event_id in {None, str(page.last_seq), page.cursor}:
        return Response(status_code=204)
    listening = ExitStack()
    subscription = listening.enter_context(services.wiring.bus.subscribe(page.session["conversation_id"]))
    await subscription.ready()
    tail = Tail(page.cursor if last_event_id is None else last_event_id)
    stream = VisitorStream(services.wiring, visitor, subscription, tail, until_idle=follow == "reply")
    return event_stream_response(stream.events([], behind=True), on_close=listening.close)


async def post_typing(request: Request, body: TypingBody, visitor: VISITOR, services: SERVICES) -> Response:
    await actions.show_typing(
        services.wiring, site_id=visitor.site.id, token_hash=visitor.token_hash, active=body.active
    )
    return Response(status_code=204)


async def post_read(request: Request, body: ReadBody, visitor: VISITOR, services: SERVICES) -> Response:
    await actions.mark_read(
        services.wiring, site_id=visitor.site.id, token_hash=visitor.token_hash, up_to_seq=body.up_to_seq
    )
    return Response(status_code=204)


async def post_reaction(
    request: Request, message_id: UUID, body: ReactionBody, visitor: VISITOR, services: SERVICES
) -> dict[str, Any]:
    """An emoji on any message of the conversation; once more changes nothing."""
    return await _react(message_id, body, visitor, services, on=True)


async def delete_reaction(
    request: Request, message_id: UUID, body: ReactionBody, visitor: VISITOR, services: SERVICES
) -> dict[str, Any]:
    return await _react(message_id, body, visitor, services, on=False)


async def post_consent(
    request: Request, body: ConsentBody, visitor: VISITOR, services: SERVICES
) -> dict[str, Any]:
    """Agree to, or withdraw from, one purpose. The version must be the one that is in force."""
    given: tuple[ConsentGiven, ...] = consents_given(services.consents, [body])
    contact = await actions.save_contact(
        services.wiring, site_id=visitor.site.id, token_hash=visitor.token_hash, contact=None, consents=given
    )
    return {"purpose": body.purpose, "granted": body.granted, "identity": contact["identity"]}


async def post_contact(
    request: Request, body: ContactBody, visitor: VISITOR, services: SERVICES
) -> dict[str, Any]:
    """Name, e-mail, phone, and consent with them. Answers the contact as it is stored now."""
    return await actions.save_contact(
        services.wiring,
        site_id=visitor.site.id,
        token_hash=visitor.token_hash,
        contact=checked_contact(body, region=visitor.site.region),
        consents=consents_given(services.consents, body.consents),
    )


async def post_identify(
    request: Request, body: IdentifyBody, caller: CALLER, services: SERVICES
) -> Identified:
    """Say who the visitor is. Signed, it opens that person's conversation; unsigned, it opens nothing."""
    fresh = VisitorToken.mint()
    subject = (
        await verified_subject(services.wiring.rpc, caller.site, body.token)
        if body.token is not None
        else None
    )
    found = await store.identify(
        services.wiring.rpc,
        site=caller.site.id,
        new_token_hash=fresh.sha256,
        token_hash=caller.token_hash,
        subject=subject.subject if subject else None,
        # A signed token speaks for itself: what stands beside it could be anybody's.
        profile=known_profile(subject or body.user, region=caller.site.region),
        locale=body.locale,
        metadata=request_metadata(ip=caller.ip, user_agent=caller.user_agent, page=None, item=None),
    )
    return Identified(
        session_id=found["session_id"],
        conversation_id=found["conversation_id"],
        token=fresh.token if found["created"] else None,
        identity=found["identity"],
    )


async def post_track(request: Request, body: TrackBody, visitor: VISITOR, services: SERVICES) -> Response:
    """What the page tells about the visit; staff see it with the conversation."""
    await store.note_visit(
        services.wiring.rpc,
        site=visitor.site.id,
        token_hash=visitor.token_hash,
        event={"name": body.event, "properties": body.properties} if body.event else None,
        attributes=body.attributes,
    )
    return Response(status_code=204)


async def post_handoff(
    request: Request, body: HandoffBody, visitor: VISITOR, services: SERVICES
) -> dict[str, Any]:
    """Ask for a person. `team` says honestly whether one is there, and if not, when."""
    asked = await actions.request_handoff(
        services.wiring, site_id=visitor.site.id, token_hash=visitor.token_hash, summary=body.summary
    )
    team = await team_of(services.wiring, services.sites, visitor.site.id)
    if asked["requested"]:
        await answer_the_button(
            services.wiring,
            visitor.site,
            token_hash=visitor.token_hash,
            team=team,
            summary=body.summary,
        )
    return asked | {"team": team}


async def post_rating(request: Request, body: RatingBody, visitor: VISITOR, services: SERVICES) -> Response:
    await actions.rate(
        services.wiring,
        site_id=visitor.site.id,
        token_hash=visitor.token_hash,
        rating=body.rating,
        comment=body.comment,
    )
    return Response(status_code=204)


async def delete_session(request: Request, visitor: VISITOR, services: SERVICES) -> Response:
    """Erase me: everything about this visitor is removed and the token is dead."""
    await actions.erase_visitor(services.wiring, site_id=visitor.site.id, token_hash=visitor.token_hash)
    return Response(status_code=204)


def webchat_router(limits: RateLimits) -> APIRouter:
    """The visitor API, limited per address, and messages per session too."""
    router = APIRouter(prefix="/api/webchat", tags=["webchat"], route_class=StrictRoute)
    add = router.add_api_route
    add("/sessions", limits.per_ip(open_session), methods=["POST"], status_code=201)
    add(
        "/messages",
        limits.per_ip(limits.per_session(post_message)),
        methods=["POST"],
        response_model=MessageReply,
    )
    add("/history/{session_id}", limits.per_ip(get_history), methods=["GET"])
    add("/events", limits.per_ip(get_events), methods=["GET"], response_class=Response)
    add("/typing", limits.per_ip(post_typing), methods=["POST"], status_code=204)
    add("/read", limits.per_ip(post_read), methods=["POST"], status_code=204)
    add("/messages/{message_id}/reactions", limits.per_ip(post_reaction), methods=["POST"])
    add("/messages/{message_id}/reactions", limits.per_ip(delete_reaction), methods=["DELETE"])
    add("/consent", limits.per_ip(post_consent), methods=["POST"])
    add("/contact", limits.per_ip(post_contact), methods=["POST"])
    add("/identify", limits.per_ip(post_identify), methods=["POST"])
    add("/track", limits.per_ip(post_track), methods=["POST"], status_code=204)
    add("/handoff", limits.per_ip(post_handoff), methods=["POST"])
    add("/rating", limits.per_ip(post_rating), methods=["POST"], status_code=204)
    add("/session", limits.per_ip(delete_session), methods=["DELETE"], status_code=204)
    return router


async def _react(
    message_id: UUID, body: ReactionBody, visitor: Visitor, services: Services, *, on: bool
) -> dict[str, Any]:
    changed = await actions.react(
        services.wiring,
        site_id=visitor.site.id,
        token_hash=visitor.token_hash,
        message=str(message_id),
        emoji=body.emoji,
        on=on,
    )
    return {"data": visitor_copy(changed)}


def _locate(services: Services, caller: Caller, session: dict[str, Any]) -> None:
    services.geolocation.locate(
        site=caller.site.id,
        session_id=session["session_id"],
        conversation=session["conversation_id"],
        ip=caller.ip,
    )


def _site(services: Services, caller: Caller, assistant: Assistant) -> dict[str, Any]:
    """What a widget needs to greet: texts in every language, so that it can switch without asking again."""
    consents = services.consents
    return {
        "name": caller.site.name,
        "locale": caller.site.locale,
        "assistant": assistant.display_name,
        "greeting": {locale: greeting(assistant, locale, caller.site.name) for locale in assistant.greeting},
        "quick_replies": assistant.quick_replies,
        "appearance": appearance_of(caller.site).as_json(),
        "images": image_origins(caller.site),
        "consents": {
            "version": consents.version,
            "texts": {
                purpose: {locale: t.text for (p, locale), t in consents.texts.items() if p == purpose}
                for purpose in ("chat", "contact", "marketing")
            },
        },
    }
