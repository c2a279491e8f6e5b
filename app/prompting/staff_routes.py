"""`/api/v1/prompts`: versions of the assistant, and what is published. For admins; docs/rights.md has who may."""

from __future__ import annotations

from typing import Annotated, Any, Protocol, cast
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.routing import APIRoute
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from app.prompting import actions, store
from app.prompting.actions import normalized
from app.prompting.comparing import compared, unified
from app.prompting.directory import PromptDirectory
from app.prompting.forms import FIELDS, changed, opened
from app.staff.access import access_staff
from app.staff.types import StaffAccess
from app.wiring import Wiring

Json = dict[str, Any]


class Services(Protocol):
    @property
    def wiring(self) -> Wiring: ...

    @property
    def prompts(self) -> PromptDirectory: ...


async def prompt_services(request: Request) -> Services:
    return cast("Services", request.app.state.services)


ON = Annotated[Services, Depends(prompt_services)]
ME = Annotated[StaffAccess, Depends(access_staff("admin"))]
STAFF = Annotated[StaffAccess, Depends(access_staff("seller", "admin"))]
Number = Annotated[int, Path(ge=0, le=2**31 - 1)]
AnyNumber = Annotated[int, Query(ge=0, le=2**31 - 1)]


def _known_field(value: str) -> str:
    if value not in FIELDS:
        raise ValueError(f"is no field of an assistant (there are: {', '.join(sorted(FIELDS))})")
    return value


def _no_nul(value: str) -> str:
    if "\x00" in value:
        raise ValueError("must not contain NUL")
    return value


Note = Annotated[
    str, StringConstraints(strict=True, strip_whitespace=True, max_length=500), AfterValidator(_no_nul)
]
Reason = Annotated[
    str,
    StringConstraints(strict=True, strip_whitespace=True, min_length=3, max_length=500),
    AfterValidator(_no_nul),
]


Content = Annotated[
    str, StringConstraints(strict=True, min_length=1, max_length=60_000), AfterValidator(_no_nul)
]
_Text = Annotated[str, StringConstraints(strict=True, max_length=60_000), AfterValidator(_no_nul)]
_Simple = _Text | bool | int | Annotated[float, Field(allow_inf_nan=False)] | None
_FieldName = Annotated[str, AfterValidator(_known_field)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class DraftBody(_Body):
    """`content` is the whole assistant file: front matter, then the system text."""

    content: Content
    note: Note = ""
    base: Annotated[int, Field(strict=True, ge=0)] | None = None


class FormBody(_Body):
    """`content` as a whole file; `changes` by field, null to take one out."""

    content: Content
    changes: dict[_FieldName, _Simple | list[_Text] | dict[_Text, _Simple | list[_Text]]] = {}


class PublishBody(_Body):
    """`percent` under 100 tries it on that share of new conversations. `override` is the reason for publishing in spite
    of blocking cases that do not pass."""

    percent: Annotated[int, Field(strict=True, ge=1, le=100)] = 100
    at: AwareDatetime | None = None
    reason: Note | None = None
    override: Reason | None = None


class RollbackBody(_Body):
    reason: Note | None = None


async def list_prompts(me: ME, on: ON) -> Json:
    """Versions, newest first, what is in force (`live`, `canary`, `scheduled`), and the newest releases."""
    return await actions.listed(on.wiring.rpc, on.prompts, me)


async def save_prompt(body: DraftBody, me: ME, on: ON) -> Json:
    """A new draft. Versions never change: another text is another version."""
    return await actions.save(
        on.wiring.rpc, on.prompts, me, content=body.content, note=body.note, base=body.base
    )


async def edit_form(body: FormBody, _me: ME) -> Json:
    """A draft as the fields of a form, with the changes in it and whatever is wrong with it. Nothing is stored."""
    content = normalized(body.content)
    return opened(changed(content, body.changes) if body.changes else content)


async def get_prompt(number: Number, me: ME, on: ON) -> Json:
    """Number 0 is the assistant that the server came with."""
    if number == 0:
        return {"number": 0, "content": on.prompts.shipped_source, "state": "shipped"}
    row: Json = await store.call(on.wiring.rpc, "get_prompt", me, number=number)
    return row


async def compare(me: ME, on: ON, old: AnyNumber = 0, new: AnyNumber = 0) -> Json:
    """How a version differs from another: by runs of lines for two columns, and as one unified text."""
    before = await actions.text_of(on.wiring.rpc, on.prompts, me, old)
    after = await actions.text_of(on.wiring.rpc, on.prompts, me, new)
    return {
        "old": old,
        "new": new,
        "blocks": compared(before, after),
        "unified": unified(before, after, old=f"v{old}", new=f"v{new}"),
    }


async def archive_prompt(number: Number, me: ME, on: ON) -> Json:
    row: Json = await store.call(on.wiring.rpc, "archive_prompt", me, number=number)
    return row


async def publish_prompt(number: Number, body: PublishBody, me: ME, on: ON) -> Json:
    """For everybody, for a share, now or later. 409 `prompt.cases_fail` names the blocking cases that do not pass."""
    return await actions.publish(
        on.wiring.rpc,
        on.prompts,
        me,
        number=number,
        percent=body.percent,
        at=body.at,
        reason=body.reason,
        override=body.override,
    )


async def roll_back(body: RollbackBody, me: ME, on: ON) -> Json:
    return await actions.roll_back(on.wiring.rpc, on.prompts, me, body.reason)


async def cancel_release(release_id: UUID, me: ME, on: ON) -> Json:
    """One that has not come into force yet."""
    row: Json = await store.call(on.wiring.rpc, "cancel_release", me, release=str(release_id))
    on.prompts.changed()
    return row


async def list_replies(uuid: UUID, me: STAFF, on: ON) -> Json:
    """How each reply of a conversation was made: version, model, rubric, sources, tokens."""
    return {"data": await store.call(on.wiring.rpc, "replies_of_conversation", me, conversation=str(uuid))}


def prompts_router(route_class: type[APIRoute]) -> APIRouter:
    router = APIRouter(prefix="/api/v1", tags=["prompts"], route_class=route_class)
    add = router.add_api_route
    add("/prompts", list_prompts, methods=["GET"])
    add("/prompts", save_prompt, methods=["POST"], status_code=201)
    add("/prompts/diff", compare, methods=["GET"])
    add("/prompts/form", edit_form, methods=["POST"])
    add("/prompts/rollback", roll_back, methods=["POST"])
    add("/prompts/releases/{release_id}", cancel_release, methods=["DELETE"])
    add("/prompts/{number}", get_prompt, methods=["GET"])
    add("/prompts/{number}/archive", archive_prompt, methods=["POST"])
    add("/prompts/{number}/publish", publish_prompt, methods=["POST"])
    add("/chat/conversations/{uuid}/replies", list_replies, methods=["GET"])
    return router
