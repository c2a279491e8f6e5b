"""A fake upstream on a real socket, and the models that talk to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest

from app.llm.build import build_model
from app.llm.port import Model
from tests.fakes.upstream import FakeUpstream
from tests.llm.asking import settings_for

MakeModel = Callable[..., Model]


@pytest.fixture
async def upstream() -> AsyncIterator[FakeUpstream]:
    async with FakeUpstream() as fake:
        yield fake


@pytest.fixture
async def make_model(upstream: FakeUpstream) -> AsyncIterator[MakeModel]:
    """`make_model("chat", openai_stall_seconds=0.2)`; `at` names another server than the fake."""
    async with AsyncExitStack() as stack:

        def make(api: str = "responses", *, at: str | None = None, **values: Any) -> Model:
            model = build_model(settings_for(at or upstream.base_url, openai_api=api, **values))
            assert model is not None
            stack.push_async_callback(model.close)
            return model

        yield make


@pytest.fixture(params=["responses", "chat"])
def model(request: pytest.FixtureRequest, make_model: MakeModel) -> Model:
    """Each adapter in turn, with deadlines short enough to be met in a test."""
    return make_model(request.param, openai_first_text_seconds=1.0, openai_stall_seconds=0.3)
