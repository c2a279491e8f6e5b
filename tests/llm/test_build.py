"""What the settings make, what they refuse, and what `talia doctor` is told about the server."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from app.errors import ConfigurationError
from app.llm.build import Finding, build_model, check_model
from app.llm.chat_completions import ChatCompletionsModel
from app.llm.responses import ResponsesModel
from app.settings import DEFAULT_OPENAI_MODEL
from tests.fakes.upstream import FakeUpstream
from tests.llm.asking import ask, play, settings_for


def test_without_key_and_address_there_is_no_model_and_no_import_of_the_sdk() -> None:
    code = (
        "import sys; from app.settings import Settings; from app.llm.build import build_model; "
        "assert build_model(Settings(_env_file=None)) is None; "
        "sys.exit(sorted({'openai', 'httpx2', 'aiohttp'} & set(sys.modules)) or 0)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={"PATH": ""}, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.parametrize(
    ("values", "kind"), [({}, ResponsesModel), ({"openai_api": "chat"}, ChatCompletionsModel)]
)
async def test_the_api_setting_chooses_the_adapter(values: dict[str, str], kind: type) -> None:
    model = build_model(settings_for(None, openai_api_key="sk-test", openai_model=None, **values))
    assert type(model) is kind
    assert model is not None
    await model.close()


def test_only_openai_has_a_default_model() -> None:
    assert settings_for(None, openai_model=None).openai_model_name == DEFAULT_OPENAI_MODEL
    assert settings_for(None, openai_model="gpt-x").openai_model_name == "gpt-x"
    assert settings_for("http://h/v1", openai_model=None).openai_model_name is None


@pytest.mark.parametrize(
    ("base_url", "values", "named"),
    [
        ("http://127.0.0.1:1/v1", {"openai_model": None}, "TALIA_OPENAI_MODEL"),
        ("http:///v1", {}, "TALIA_OPENAI_BASE_URL"),
        ("http://user:secret@127.0.0.1:1/v1", {}, "TALIA_OPENAI_API_KEY"),
        ("http://localhost:http/v1", {}, "TALIA_OPENAI_BASE_URL"),
        ("http://127.0.0.1:1/v1", {"openai_api": "chat", "openai_threads": "openai"}, "TALIA_OPENAI_THREADS"),
    ],
)
async def test_what_cannot_work_is_said_before_the_start(
    base_url: str, values: dict[str, str | None], named: str
) -> None:
    settings = settings_for(base_url, **values)
    with pytest.raises(ConfigurationError, match=named) as caught:
        build_model(settings)
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)
    assert await check_model(settings) == (Finding("error", str(caught.value)),)


async def test_the_key_is_sent_and_without_one_a_server_of_ones_own_still_answers(
    upstream: FakeUpstream,
) -> None:
    for key in ("sk-secret", None):
        model = build_model(settings_for(upstream.base_url, openai_api_key=key))
        assert model is not None
        await play(model, ask())
        await model.close()
    assert [exchange.headers["authorization"] for exchange in upstream.requests] == [
        "Bearer sk-secret",
        "Bearer no-key",
    ]


async def test_doctor_without_a_model() -> None:
    (finding,) = await check_model(settings_for(None))
    assert finding.level == "ok"
    assert "guided" in finding.text


async def test_doctor_with_a_model_that_works(upstream: FakeUpstream) -> None:
    upstream.add_model("fake-1")
    (finding,) = await check_model(settings_for(upstream.base_url))
    assert finding == Finding("ok", f"model 'fake-1' at {upstream.base_url}/")


@pytest.mark.parametrize(("days", "warned"), [(-3, True), (0, True), (60, True), (61, False)])
async def test_doctor_warns_of_a_model_that_ends(upstream: FakeUpstream, days: int, *, warned: bool) -> None:
    ends = (datetime.now(UTC) + timedelta(days=days)).date()
    upstream.add_model("fake-1", f"{ends}T00:00:00Z")
    found, *rest = await check_model(settings_for(upstream.base_url))
    assert found.level == "ok"
    assert [finding.level for finding in rest] == (["warning"] if warned else [])
    assert all(str(ends) in finding.text for finding in rest)


async def test_doctor_with_a_wrong_name_a_wrong_key_and_nobody_there(upstream: FakeUpstream) -> None:
    upstream.add_model("another")
    (finding,) = await check_model(settings_for(upstream.base_url))
    assert finding.level == "error"
    assert "no model 'fake-1'" in finding.text
    upstream.api_key = "sk-right"
    (finding,) = await check_model(settings_for(upstream.base_url, openai_api_key="sk-wrong"))
    assert finding == Finding("error", f"{upstream.base_url} refuses the key (TALIA_OPENAI_API_KEY)")
    (finding,) = await check_model(settings_for("http://127.0.0.1:1/v1"))
    assert finding == Finding("error", "http://127.0.0.1:1/v1 cannot be reached")


async def test_doctor_asks_the_list_where_one_model_cannot_be_asked_for(upstream: FakeUpstream) -> None:
    upstream.add_model("fake-1")
    upstream.only_lists_models = True
    (finding,) = await check_model(settings_for(upstream.base_url))
    assert finding.level == "ok"
