"""The staff's conversations: seeds 001, 004 and 003, and what a seller does with them.

Each route states who may; docs/rights.md publishes it. Whether this conversation is theirs, the SQL function decides.
"""

from __future__ import annotations

import uuid
from contextlib import ExitStack
from typing import Annotated, Any, Literal, cast
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.routing import APIRoute
from pydantic import AwareDatetime

from app.conversations import staff_actions as actions
from app.conversations import staff_store as store
from app.conversations.cursors import decoded, encoded
from app.conversations.routing import team_of
from app.conversations.staff_actions import Services
from app.conversations.staff_schemas import (
    AgentAssignBody,
    AgentMessageBody,
    AssignBody,
    BlockBody,
    CannedBody,
    CloseBody,
    EditBody,
    LabelBody,
    NoteBody,
    Quality,
    ReactionBody,
    ReadBody,
    ReturnBody,
    SendBody,
    SnoozeBody,
    StartBody,
    State,
    TypingBody,
    UnreadBody,
    View,
    filter_of,
)
from app.conversations.staff_streams import StaffStreams, conversation_events, inbox_events
from app.realtime.cursor import Cursor
from app.realtime.sse import event_stream_response
from app.realtime.tail import Tail
from app.sites.hours import BusinessHours, schedule_of
from app.staff.access import access_staff
from app.staff.types import StaffAccess


async def staff_services(request: Request) -> Services:
    return cast("Services", request.app.state.services)


async def staff_streams(request: Request) -> StaffStreams:
    return cast("StaffStreams", request.app.state.staff_streams)


LIVE = Annotated[StaffStreams, Depends(staff_streams)]
ON = Annotated[Services, Depends(staff_services)]
ME = Annotated[StaffAccess, Depends(access_staff("seller", "admin"))]
ADMIN = Annotated[StaffAccess, Depends(access_staff("admin"))]
Json = dict[str, Any]
Position = Annotated[int | None, Query(ge=0, le=2**62)]
Short = Annotated[str | None, Query(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]


async def list_conversations(
    me: ME,
    on: ON,
    *,
    view: View = "participant",
    state: State | None = None,
    quality: Quality | None = None,
    outcome: Annotated[str | None, Query(max_length=40, pattern=r"^[A-Za-z_]+$")] = None,
    tag: Short = None,
    since: Annotated[AwareDatetime | None, Query(alias="from")] = None,
    until: Annotated[AwareDatetime | None, Query(alias="to")] = None,
    q: Short = None,
    overdue: bool | None = None,
    sort: Literal["newest", "waiting"] = "newest",
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Json:
    """Conversations that the caller takes part in, newest message first; `view` shows the inbox's other lists."""
    page = await store.conversations(
        on.wiring.rpc,
        me,
        filter_=filter_of(
            view=view,
            state=state,
            quality=quality,
            outcome=outcome,
            tag=tag,
            since=since,
            until=until,
            text=q,
            overdue=overdue,
        ),
        sort=sort,
        after=decoded(cursor, "uuid"),
        limit=limit,
    )
    return {"data": page["data"], "next_cursor": encoded(page["next"])}


async def counts(me: ME, on: ON) -> Json:
    """How many conversations each view has."""
    return await store.call(on.wiring.rpc, "staff_counts", me)


async def unread_count(me: ME, on: ON) -> Json:
    return await store.call(on.wiring.rpc, "staff_unread", me)


async def start_conversation(body: StartBody, me: ME, on: ON) -> Json:
    """Write to a contact first: their newest conversation, taken over."""
    return await actions.start_conversation(on, me, str(body.contact_uuid))


async def get_conversation(uuid: UUID, me: ME, on: ON) -> Json:
    """With what is known of the visits. Every look is audited."""
    return await store.call(on.wiring.rpc, "staff_conversation", me, conversation=str(uuid))


async def list_messages(
    uuid: UUID,
    me: ME,
    on: ON,
    *,
    after: Position = None,
    before: Position = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Json:
    """Oldest first. Without a position the newest page; `before` and `after` a `seq` go on in either direction.

    `cursor` is where the conversation's events go on from.
    """
    page = await store.messages(on.wiring.rpc, me, str(uuid), after=after, before=before, limit=limit)
    return page | {"cursor": _position(page)}


async def send_message(uuid: UUID, body: SendBody, me: ME, on: ON) -> Json:
    """A message to the visitor, from whoever has the conversation."""
    row = await actions.post_message(
        on,
        me,
        str(uuid),
        content=body.content,
        client_message_id=body.client_message_id or _fresh_id(),
        extra=body.extra(),
        seen_seq=body.seen_seq,
        force=body.force,
    )
    return {"data": row["message"], "duplicate": row["duplicate"]}


async def add_note(uuid: UUID, body: NoteBody, me: ME, on: ON) -> Json:
    """A note for colleagues: neither the visitor nor the model ever sees it."""
    row = await actions.post_message(
        on,
        me,
        str(uuid),
        content=body.content,
        client_message_id=body.client_message_id or _fresh_id(),
        extra={},
        private=True,
    )
    return {"data": row["message"], "duplicate": row["duplicate"]}


async def mark_read(uuid: UUID, me: ME, on: ON, body: ReadBody | None = None) -> Json:
    return await actions.mark_read(on, me, str(uuid), body.up_to_seq if body else None)


async def mark_unread(uuid: UUID, me: ME, on: ON, body: UnreadBody | None = None) -> Json:
    """Unread again for the caller, from a message on; without one, from the visitor's last."""
    return await actions.mark_unread(on, me, str(uuid), body.from_seq if body else None)


async def post_typing(uuid: UUID, body: TypingBody, me: ME, on: ON) -> None:
    await actions.show_typing(on, me, str(uuid), active=body.active)


async def take_over(uuid: UUID, me: ME, on: ON) -> Json:
    """Atomic: of two, one wins; the other gets 409 with the winner's name."""
    return await actions.take_over(on, me, str(uuid))


async def assign(uuid: UUID, body: AssignBody, me: ME, on: ON) -> Json:
    return await actions.assign(on, me, str(uuid), str(body.to))


async def hand_back(uuid: UUID, body: ReturnBody, me: ME, on: ON) -> Json:
    """To the assistant, with a note for it."""
    return await actions.hand_back(on, me, str(uuid), body.note)


async def close(uuid: UUID, body: CloseBody, me: ME, on: ON) -> Json:
    return await actions.close(on, me, str(uuid), body.outcome)


async def archive(uuid: UUID, me: ME, on: ON) -> Json:
    """Seed 000's name for closing without an outcome."""
    return await actions.close(on, me, str(uuid), None)


async def reopen(uuid: UUID, me: ME, on: ON) -> Json:
    return await actions.reopen(on, me, str(uuid))


async def snooze(uuid: UUID, body: SnoozeBody, me: ME, on: ON) -> Json:
    return await actions.snooze(on, me, str(uuid), body.until)


async def block(uuid: UUID, body: BlockBody, me: ME, on: ON) -> Json:
    return await actions.block(on, me, str(uuid), blocked=body.blocked)


async def label(uuid: UUID, body: LabelBody, me: ME, on: ON) -> Json:
    """Quality, outcome, tags, and what the conversation is about."""
    return await actions.label(on, me, str(uuid), body.patch())


async def edit_message(message_id: UUID, body: EditBody, me: ME, on: ON) -> Json:
    """One's own, within fifteen minutes."""
    return {"data": await actions.edit_message(on, me, str(message_id), body.content)}


async def delete_message(message_id: UUID, me: ME, on: ON) -> Json:
    """It keeps its place and says `is_deleted`."""
    return {"data": await actions.edit_message(on, me, str(message_id), None)}


async def add_reaction(message_id: UUID, body: ReactionBody, me: ME, on: ON) -> Json:
    return {"data": await actions.react(on, me, str(message_id), body.emoji, on=True)}


async def remove_reaction(message_id: UUID, body: ReactionBody, me: ME, on: ON) -> Json:
    return {"data": await actions.react(on, me, str(message_id), body.emoji, on=False)}


async def get_events(
    me: ME,
    on: ON,
    live: LIVE,
    last_event_id: Annotated[str | None, Header(max_length=200)] = None,
) -> Response:
    """Live: every conversation that the caller may see, and who of the staff is there.

    With `Last-Event-ID` the lines that changed since; without, `chat.sync` says to fetch the list.
    """
    listening = ExitStack()
    subscription = listening.enter_context(live.inbox(me))
    return event_stream_response(
        inbox_events(live, on.wiring, me, subscription, last_event_id), on_close=listening.close
    )


async def get_conversation_events(
    uuid: UUID,
    me: ME,
    on: ON,
    live: LIVE,
    last_event_id: Annotated[str | None, Header(max_length=200)] = None,
) -> Response:
    """One conversation live, notes and the running reply included; `Last-Event-ID` goes on exactly there."""
    sees = await store.call(on.wiring.rpc, "staff_sees", me, conversation=str(uuid))
    listening = ExitStack()
    subscription = listening.enter_context(on.wiring.bus.subscribe(str(uuid)))
    await subscription.ready()
    tail = Tail(_position(sees) if last_event_id is None else last_event_id, "staff")
    return event_stream_response(
        conversation_events(live, on.wiring, me, subscription, tail), on_close=listening.close
    )


async def get_hours(me: ME, on: ON) -> Json:
    """When the site's people are there, and whether that is now."""
    site = await on.sites.site(me.site_id)
    schedule = schedule_of(site)
    return {
        "hours": schedule.hours.model_dump(mode="json"),
        "time_zone": schedule.zone.key,
        "team": await team_of(on.wiring, on.sites, me.site_id),
    }


async def put_hours(body: BusinessHours, me: ADMIN, on: ON) -> Json:
    """Replaces them all; in force within seconds."""
    hours = body.model_dump(mode="json")
    await store.call(on.wiring.rpc, "set_business_hours", me, hours=hours)
    on.sites.changed()
    return {"hours": hours}


async def list_canned(me: ME, on: ON) -> Json:
    return {"data": await store.canned_replies(on.wiring.rpc, me)}


async def add_canned(body: CannedBody, me: ME, on: ON) -> Json:
    """`shared` ones are for everybody, and an admin's to write."""
    return await _save_canned(on, me, body, None)


async def change_canned(canned_id: UUID, body: CannedBody, me: ME, on: ON) -> Json:
    return await _save_canned(on, me, body, str(canned_id))


async def delete_canned(canned_id: UUID, me: ME, on: ON) -> None:
    await store.call(on.wiring.rpc, "delete_canned", me, id=str(canned_id))


async def fill_in_canned(uuid: UUID, canned_id: UUID, me: ME, on: ON) -> dict[str, str]:
    """The text with its variables filled in, in the visitor's language; sending it is another matter."""
    return await actions.fill_in(on, me, str(uuid), str(canned_id))


async def list_sessions(me: ME, on: ON) -> Json:
    """Seed 003: what the caller may see, as sessions."""
    page = await store.conversations(
        on.wiring.rpc, me, filter_={"view": "all"}, sort="newest", after=None, limit=200
    )
    return {"data": [_session(line, me) for line in page["data"]]}


async def session_messages(session_id: UUID, me: ME, on: ON) -> Json:
    return await store.messages(on.wiring.rpc, me, str(session_id), limit=500)


async def agent_message(body: AgentMessageBody, me: ME, on: ON) -> Json:
    """Seed 003: a message of the agent who has the session."""
    row = await actions.post_message(
        on,
        me,
        str(body.session_id),
        content=body.message,
        client_message_id=body.client_message_id or _fresh_id(),
        extra={},
    )
    return {"data": row["message"], "duplicate": row["duplicate"]}


async def assign_session(session_id: UUID, body: AgentAssignBody, me: ME, on: ON) -> Json:
    to = str(body.agent_id) if body.agent_id else me.staff_id
    return _session(await actions.assign(on, me, str(session_id), to), me)


def conversations_router(route_class: type[APIRoute]) -> APIRouter:
    """`/api/v1/chat`, the staff's half of it."""
    router = APIRouter(prefix="/api/v1/chat", tags=["conversations"], route_class=route_class)
    add = router.add_api_route
    one = "/conversations/{uuid}"
    add("/conversations", list_conversations, methods=["GET"])
    add("/conversations", start_conversation, methods=["POST"])
    add("/conversations/counts", counts, methods=["GET"])
    add("/unread-count", unread_count, methods=["GET"])
    add(one, get_conversation, methods=["GET"])
    add(one, label, methods=["PATCH"])
    add(f"{one}/messages", list_messages, methods=["GET"])
    add(f"{one}/messages", send_message, methods=["POST"], status_code=201)
    add(f"{one}/notes", add_note, methods=["POST"], status_code=201)
    add(f"{one}/read", mark_read, methods=["PUT"])
    add(f"{one}/unread", mark_unread, methods=["PUT"])
    add(f"{one}/typing", post_typing, methods=["POST"], status_code=204)
    for path, act in (
        ("take-over", take_over),
        ("assign", assign),
        ("return", hand_back),
        ("close", close),
        ("archive", archive),
        ("reopen", reopen),
        ("snooze", snooze),
        ("block", block),
    ):
        add(f"{one}/{path}", act, methods=["POST"])
    add("/hours", get_hours, methods=["GET"])
    add("/hours", put_hours, methods=["PUT"])
    add("/events", get_events, methods=["GET"], response_class=Response)
    add(f"{one}/events", get_conversation_events, methods=["GET"], response_class=Response)
    add(f"{one}/canned/{{canned_id}}", fill_in_canned, methods=["POST"])
    add("/messages/{message_id}", edit_message, methods=["PATCH"])
    add("/messages/{message_id}", delete_message, methods=["DELETE"])
    add("/messages/{message_id}/reactions", add_reaction, methods=["POST"])
    add("/messages/{message_id}/reactions", remove_reaction, methods=["DELETE"])
    add("/canned-replies", list_canned, methods=["GET"])
    add("/canned-replies", add_canned, methods=["POST"], status_code=201)
    add("/canned-replies/{canned_id}", change_canned, methods=["PUT"])
    add("/canned-replies/{canned_id}", delete_canned, methods=["DELETE"], status_code=204)
    add("/sessions", list_sessions, methods=["GET"])
    add("/sessions/{session_id}/messages", session_messages, methods=["GET"])
    add("/sessions/{session_id}/assign", assign_session, methods=["POST"])
    add("/messages", agent_message, methods=["POST"], status_code=201)
    return router


async def _save_canned(on: Services, me: StaffAccess, body: CannedBody, id_: str | None) -> Json:
    texts = {str(locale): text for locale, text in body.texts.items()}
    actions.check_variables(texts)
    return await store.call(
        on.wiring.rpc, "save_canned", me, shortcut=body.shortcut, texts=texts, shared=body.shared, id=id_
    )


def _position(row: Json) -> str:
    return str(Cursor(row["last_seq"], change=row["changes"]))


def _session(line: Json, me: StaffAccess) -> Json:
    contact, assignee = line["contact"], line["assignee"]
    return {
        "session_id": line["uuid"],
        "tenant_id": me.site["slug"],
        "channel": "webchat",
        "status": line["state"],
        "customer_name": contact["name"],
        "customer_email": contact["email"],
        "agent_id": assignee["uuid"] if assignee else None,
        "agent_name": assignee["name"] if assignee else None,
        "last_message": line["last_message_text"],
        "last_message_at": line["last_message_at"],
        "created_at": line["created_at"],
    }


def _fresh_id() -> str:
    return f"srv-{uuid.uuid4().hex}"
