"""`/api/v1/playground` and `/api/v1/evals`: an assistant tried out before visitors meet it. For admins."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Annotated, Any, Self, cast
from uuid import UUID

import orjson
from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from app.prompting import store
from app.prompting.cases import CaseBody, CaseItem, CaseMessage, Expect, Tags
from app.prompting.types import Locale
from app.realtime.sse import event_stream_response
from app.replies.grids import grid
from app.replies.tuning import Side, TuningDesk
from app.staff.access import access_staff, staff_desk
from app.staff.actions import StaffDesk
from app.staff.types import StaffAccess

Json = dict[str, Any]
ME = Annotated[StaffAccess, Depends(access_staff("admin"))]
STORE = Annotated[StaffDesk, Depends(staff_desk)]
Days = Annotated[int, Query(ge=1, le=92)]
Number = Annotated[int, Field(strict=True, ge=0, le=2**31 - 1)]


async def tuning_desk(request: Request) -> TuningDesk:
    return cast("TuningDesk", request.app.state.tuning)


DESK = Annotated[TuningDesk, Depends(tuning_desk)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SideBody(_Body):
    """A version by its number, or a text as it is being written; neither is what is live."""

    number: Number | None = None
    content: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=60_000)] | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if self.number is not None and self.content is not None:
            raise ValueError("give number or content, not both")
        return self


Sides = Annotated[list[SideBody], Field(min_length=1, max_length=2)]


class PlayBody(_Body):
    sides: Sides
    messages: Annotated[list[CaseMessage], Field(min_length=1, max_length=100)]
    locale: Locale = "es"
    item: CaseItem | None = None

    @model_validator(mode="after")
    def _ends_with_a_question(self) -> Self:
        if self.messages[-1].author != "visitor":
            raise ValueError("the last message must be the visitor's")
        return self


class ReplayBody(_Body):
    conversation: UUID
    sides: Sides


class FromConversationBody(_Body):
    """A conversation up to (and with) the visitor's turn of that number, counted from its beginning; all if not given.
    Of a long conversation the newest 200 messages are known."""

    conversation: UUID
    name: Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=200)]
    upto: Annotated[int, Field(strict=True, ge=1)] | None = None
    blocking: Annotated[bool, Field(strict=True)] = True
    tags: Tags = []
    expect: Expect


class RunBody(_Body):
    """`numbers`: the version under test first, what it is compared with last. `cases` None: all of them."""

    numbers: Annotated[list[Number], Field(min_length=1, max_length=4)]
    repeats: Annotated[int, Field(strict=True, ge=1, le=10)] = 1
    cases: Annotated[list[UUID], Field(min_length=1, max_length=500)] | None = None


async def about(_me: ME, desk: DESK) -> Json:
    """What answers here: {model: its name}, null where none is configured and the guided assistant answers."""
    settings = desk.stage.wiring.settings
    return {"model": str(settings.openai_model_name) if desk.stage.wiring.model is not None else None}


async def play(request: Request, body: PlayBody, me: ME, desk: DESK) -> Response:
    """The same input answered by each side. With `Accept: text/event-stream` while it is written. Nothing is stored."""
    sides = await _sides(desk, me, body.sides)
    item = body.item.model_dump(mode="json", exclude_none=True) if body.item else None
    scene = await desk.scene(me.site_id, body.locale, [(m.author, m.text) for m in body.messages], item)
    return await _told(request, desk.play(sides, scene))


async def replay(request: Request, body: ReplayBody, me: ME, desk: DESK) -> Response:
    """A real conversation, turn by turn, with nobody's data in it. The look is audited."""
    sides = await _sides(desk, me, body.sides)
    return await _told(request, desk.replay(me, str(body.conversation), sides))


async def list_cases(me: ME, on: STORE, archived: bool = False) -> Json:
    """Those that count, or those that were put away."""
    return {"data": await store.call(on.wiring.rpc, "list_eval_cases", me, archived=archived)}


async def add_case(body: CaseBody, me: ME, on: STORE) -> Json:
    return await _save(on, me, body)


async def add_from_conversation(body: FromConversationBody, me: ME, desk: DESK, on: STORE) -> Json:
    """What is personal in it is replaced by stand-ins before it is stored."""
    case = await desk.case_of(
        me,
        str(body.conversation),
        body.upto,
        name=body.name,
        blocking=body.blocking,
        tags=body.tags,
        expect=body.expect,
    )
    return await _save(on, me, case)


async def replace_case(case_id: UUID, body: CaseBody, me: ME, on: STORE) -> Json:
    """Another content is another revision: results count for the one they were made with."""
    return await _save(on, me, body, str(case_id))


async def archive_case(case_id: UUID, me: ME, on: STORE) -> Json:
    """It is run no more and keeps nobody from publishing; its results stay."""
    row: Json = await store.call(on.wiring.rpc, "delete_eval_case", me, case=str(case_id))
    return row


async def restore_case(case_id: UUID, me: ME, on: STORE) -> Json:
    row: Json = await store.call(on.wiring.rpc, "restore_eval_case", me, case=str(case_id))
    return row


async def case_history(case_id: UUID, me: ME, on: STORE) -> Json:
    """What became of a case, newest first: who did what and when, and the whole case as it was after that."""
    return {"data": await store.call(on.wiring.rpc, "eval_case_history", me, case=str(case_id))}


async def start_run(body: RunBody, me: ME, desk: DESK) -> Json:
    """Cases against versions, in the background."""
    cases = [str(case) for case in body.cases] if body.cases is not None else None
    return await desk.runs.start(me, list(dict.fromkeys(body.numbers)), body.repeats, cases)


async def list_runs(me: ME, on: STORE) -> Json:
    return {"data": await store.call(on.wiring.rpc, "list_eval_runs", me)}


async def get_run(run_id: UUID, me: ME, on: STORE) -> Json:
    """How far it is, and the table of cases and versions, what got worse first."""
    return grid(await store.call(on.wiring.rpc, "get_eval_run", me, run=str(run_id)))


async def cancel_run(run_id: UUID, me: ME, on: STORE) -> Json:
    row: Json = await store.call(on.wiring.rpc, "cancel_eval_run", me, run=str(run_id))
    return row


async def continue_run(run_id: UUID, me: ME, desk: DESK) -> Json:
    """What was stopped, broke off or lost its server, from where it was. 409 `eval.not_stopped` of any other."""
    return await desk.runs.resume(me, str(run_id))


async def list_usage(me: ME, on: STORE, days: Days = 30) -> Json:
    """Tokens by UTC day, newest first: visitors' turns, and what else they went to. `budget` is a day's; 0: none."""
    data = await store.call(on.wiring.rpc, "list_usage", me, days=days)
    return {"budget": on.wiring.settings.budget_site_day_tokens, "data": data}


async def _sides(desk: TuningDesk, me: StaffAccess, wanted: list[SideBody]) -> list[Side]:
    return [await desk.side(me, number=side.number, content=side.content) for side in wanted]


async def _save(on: StaffDesk, me: StaffAccess, case: CaseBody, case_id: str | None = None) -> Json:
    row: Json = await store.call(
        on.wiring.rpc,
        "save_eval_case",
        me,
        name=case.name,
        body=case.as_row(),
        blocking=case.blocking,
        tags=case.tags,
        case=case_id,
    )
    return row


async def _told(request: Request, events: AsyncGenerator[Json, None]) -> Response:
    if "text/event-stream" not in request.headers.get("accept", ""):
        told = [event async for event in events if event["event"] not in {"delta", "restarted"}]
        return Response(orjson.dumps({"events": told}), media_type="application/json")
    # The first event decides: what is refused is refused with its status, not in the middle of a stream.
    first = await anext(events)

    async def chunks() -> AsyncGenerator[bytes, None]:
        try:
            yield _frame(first)
            async for event in events:
                yield _frame(event)
            yield b"event: end\ndata: {}\n\n"
        finally:
            await events.aclose()

    return event_stream_response(chunks())


def _frame(event: Json) -> bytes:
    return b"event: %b\ndata: %b\n\n" % (str(event["event"]).encode(), orjson.dumps(event))


def tuning_router(route_class: type[APIRoute]) -> APIRouter:
    router = APIRouter(prefix="/api/v1", tags=["evaluation"], route_class=route_class)
    add = router.add_api_route
    add("/playground", about, methods=["GET"])
    add("/playground", play, methods=["POST"])
    add("/playground/replay", replay, methods=["POST"])
    add("/evals/cases", list_cases, methods=["GET"])
    add("/evals/cases", add_case, methods=["POST"], status_code=201)
    add("/evals/cases/from-conversation", add_from_conversation, methods=["POST"], status_code=201)
    add("/evals/cases/{case_id}", replace_case, methods=["PUT"])
    add("/evals/cases/{case_id}", archive_case, methods=["DELETE"])
    add("/evals/cases/{case_id}/restore", restore_case, methods=["POST"])
    add("/evals/cases/{case_id}/history", case_history, methods=["GET"])
    add("/evals/runs", list_runs, methods=["GET"])
    add("/evals/runs", start_run, methods=["POST"], status_code=202)
    add("/evals/runs/{run_id}", get_run, methods=["GET"])
    add("/evals/runs/{run_id}/cancel", cancel_run, methods=["POST"])
    add("/evals/runs/{run_id}/continue", continue_run, methods=["POST"], status_code=202)
    add("/usage", list_usage, methods=["GET"])
    return router
