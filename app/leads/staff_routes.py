"""`/api/v1/leads`: what the conversations have come to, why, and what the staff knows better.

A lead goes under its conversation's UUID. Each route states who may; docs/rights.md publishes it. Whether this lead is
theirs to see, the SQL function decides.
"""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from typing import Annotated, Any, Protocol, cast
from uuid import UUID

import orjson
from fastapi import APIRouter, Depends, Query, Request
from fastapi.routing import APIRoute
from pydantic import AwareDatetime

from app.errors import FieldError, Invalid
from app.leads import actions
from app.leads.actions import LeadReader
from app.leads.rubrics import rubric_of
from app.leads.staff_schemas import (
    Consent,
    CorrectionBody,
    Gap,
    OutcomeBody,
    VerdictBody,
    filter_of,
    rubric_json,
)
from app.leads.types import Tier
from app.sites.actions import SiteDirectory
from app.staff.access import access_staff
from app.staff.types import StaffAccess
from app.wiring import Wiring


class Services(Protocol):
    @property
    def wiring(self) -> Wiring: ...

    @property
    def sites(self) -> SiteDirectory: ...


async def staff_services(request: Request) -> Services:
    return cast("Services", request.app.state.services)


async def lead_reader(request: Request) -> LeadReader:
    return cast("LeadReader", request.app.state.lead_reader)


ON = Annotated[Services, Depends(staff_services)]
READER = Annotated[LeadReader, Depends(lead_reader)]
ANY = Annotated[StaffAccess, Depends(access_staff("seller", "marketing", "admin"))]
ME = Annotated[StaffAccess, Depends(access_staff("seller", "admin"))]
Json = dict[str, Any]
Short = Annotated[str | None, Query(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
Cursor = Annotated[str | None, Query(max_length=200)]
Limit = Annotated[int, Query(ge=1, le=200)]
Name = Annotated[str | None, Query(max_length=40, pattern=r"^[A-Za-z_]+$")]


async def filtered(
    *,
    since: Annotated[AwareDatetime | None, Query(alias="from")] = None,
    until: Annotated[AwareDatetime | None, Query(alias="to")] = None,
    quality: Tier | None = None,
    outcome: Name = None,
    campaign: Short = None,
    item: Short = None,
    consent: Consent | None = None,
    q: Short = None,
) -> Json:
    """`from` and `to`: when the lead began. `campaign`: utm_campaign of the first or last visit. `item`: its id or a
    part of its title. `consent`: to be contacted. `q`: in name, e-mail, phone and item."""
    return filter_of(
        since=since,
        until=until,
        quality=quality,
        outcome=outcome,
        campaign=campaign,
        item=item,
        consent=consent,
        text=q,
    )


FILTER = Annotated[Json, Depends(filtered)]


async def list_leads(me: ANY, on: ON, wanted: FILTER, cursor: Cursor = None, limit: Limit = 50) -> Json:
    """Newest first. Marketing sees whom a lead is about only where the visitor has agreed to be contacted."""
    return await _page(me, on, wanted, cursor, limit)


async def counts(me: ANY, on: ON, wanted: FILTER) -> Json:
    """How many there are of each quality and outcome, captured, and in the gap queue, under the same filter."""
    return await actions.counts(on.wiring, me, filter_=wanted)


async def list_gaps(
    me: ME, on: ON, wanted: FILTER, *, reason: Gap | None = None, cursor: Cursor = None, limit: Limit = 50
) -> Json:
    """Contact data and no lead, the longest waiting first; `reason` says why it is none."""
    return await _page(me, on, {**wanted, "gap": reason or "any"}, cursor, limit)


async def get_rubric(me: ANY, on: ON) -> Json:
    """The criteria by which this site's leads are judged, and what may be said under each."""
    return rubric_json(rubric_of(await on.sites.site(me.site_id)))


async def get_lead(uuid: UUID, me: ANY, on: ON) -> Json:
    """With its facts, each with the message and the words it rests on. Every look is audited."""
    return await actions.one(on.wiring, me, str(uuid))


async def correct(uuid: UUID, body: CorrectionBody, me: ME, on: ON, reader: READER) -> Json:
    """Contact data, facts and quality as you know them. The lead comes back scored anew."""
    site = await on.sites.site(me.site_id)
    patch = body.patch(rubric_of(site), site.region)
    return await actions.correct(reader, on.wiring, me, str(uuid), patch)


async def put_verdict(uuid: UUID, body: VerdictBody, me: ME, on: ON, reader: READER) -> Json:
    """Was the tier right? The last word counts."""
    said = body.model_dump(mode="json")
    return await actions.act(reader, on.wiring, me, "judge_lead", str(uuid), **said)


async def put_outcome(uuid: UUID, body: OutcomeBody, me: ME, on: ON, reader: READER) -> Json:
    """What became of it."""
    return await actions.act(reader, on.wiring, me, "set_lead_outcome", str(uuid), outcome=body.outcome)


async def dismiss_gap(uuid: UUID, me: ME, on: ON, reader: READER) -> Json:
    """Out of the gap queue; it comes back when there is another reason."""
    return await actions.act(reader, on.wiring, me, "dismiss_lead_gap", str(uuid))


def leads_router(route_class: type[APIRoute]) -> APIRouter:
    """`/api/v1/leads`. What has a fixed name under it must be included before: a UUID is tried last."""
    router = APIRouter(prefix="/api/v1/leads", tags=["leads"], route_class=route_class)
    add = router.add_api_route
    add("", list_leads, methods=["GET"])
    add("/counts", counts, methods=["GET"])
    add("/gaps", list_gaps, methods=["GET"])
    add("/rubric", get_rubric, methods=["GET"])
    add("/{uuid}", get_lead, methods=["GET"])
    add("/{uuid}", correct, methods=["PATCH"])
    add("/{uuid}/verdict", put_verdict, methods=["PUT"])
    add("/{uuid}/outcome", put_outcome, methods=["PUT"])
    add("/{uuid}/gap/dismiss", dismiss_gap, methods=["POST"])
    return router


async def _page(me: StaffAccess, on: Services, wanted: Json, cursor: str | None, limit: int) -> Json:
    page = await actions.page(on.wiring, me, filter_=wanted, after=_cursor(cursor), limit=limit)
    return {"data": page["data"], "next_cursor": _encoded(page["next"])}


def _encoded(position: Json | None) -> str | None:
    return base64.urlsafe_b64encode(orjson.dumps(position)).decode() if position else None


def _cursor(text: str | None) -> Json | None:
    """What `_encoded` made. It comes from the client and grants nothing."""
    if text is None:
        return None
    try:
        position = orjson.loads(base64.urlsafe_b64decode(text))
        moment = datetime.fromisoformat(position["at"])
        return {"at": moment.isoformat(), "uuid": str(UUID(position["uuid"]))}
    except (binascii.Error, ValueError, TypeError, KeyError, AttributeError) as error:
        wrong = FieldError("cursor", "cursor.invalid", "is not one that a list gave")
        raise Invalid(fields=(wrong,)) from error
