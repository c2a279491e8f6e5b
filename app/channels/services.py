"""What the routes work with, made once at start-up and found on the application."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from fastapi import Request

from app.channels.webchat.geolocation import Geolocation
from app.knowledge.actions import SiteKnowledge
from app.prompting.directory import PromptDirectory
from app.prompting.types import Consents
from app.replies.actions import TurnRunner
from app.sites.actions import SiteDirectory
from app.wiring import Wiring


@dataclass(frozen=True, slots=True)
class Services:
    wiring: Wiring
    sites: SiteDirectory
    turns: TurnRunner
    prompts: PromptDirectory
    consents: Consents
    geolocation: Geolocation
    knowledge: SiteKnowledge


async def get_services(request: Request) -> Services:
    return cast("Services", request.app.state.services)
