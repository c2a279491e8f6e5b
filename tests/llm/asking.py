"""Helpers of these tests: settings that point at the fake, and a round played to its end."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import aclosing
from typing import Any

import pytest

from app.llm.port import Item, Model, ModelEvent, ModelFailure, ModelRequest, Said, TextDelta, ToolSpec
from app.settings import Settings

SAVE = ToolSpec(
    "save_contact",
    "Keep a contact",
    {
        "type": "object",
        "properties": {"name": {"type": "string"}},
        "required": ["name"],
        "additionalProperties": False,
    },
)


def settings_for(base_url: str | None, **values: Any) -> Settings:
    """Settings of a server at `base_url`, independent of the environment's file."""
    defaults = {"openai_base_url": base_url, "openai_model": "fake-1", "openai_api_key": None}
    return Settings(_env_file=None, **{**defaults, **values})


def ask(text: str = "Hola", **values: Any) -> ModelRequest:
    """A request whose last visitor message is `text`."""
    items: tuple[Item, ...] = (Said("user", text),)
    return ModelRequest(**{"model": "fake-1", "instructions": "Eres Talia.", "items": items, **values})


async def play(model: Model, request: ModelRequest) -> list[ModelEvent]:
    """All events of one round."""
    async with aclosing(model.stream(request)) as events:
        return [event async for event in events]


async def fail(model: Model, request: ModelRequest) -> ModelFailure:
    """The failure that one round ends in."""
    with pytest.raises(ModelFailure) as caught:
        await play(model, request)
    return caught.value


def text_of(events: Iterable[ModelEvent]) -> str:
    """What the visitor would have read."""
    return "".join(event.text for event in events if isinstance(event, TextDelta))
