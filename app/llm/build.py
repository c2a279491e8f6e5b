"""Builds the model that the settings name, or none; and says whether it can work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from app.errors import ConfigurationError
from app.llm.breaker import Outages
from app.llm.port import Model

if TYPE_CHECKING:
    from app.settings import Settings

OPENAI_URL = "https://api.openai.com/v1"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line for the operator."""

    level: Literal["ok", "warning", "error"]
    text: str


def build_model(settings: Settings, outages: Outages | None = None) -> Model | None:
    """The adapter that the settings choose, or None without both a key and a base URL.

    `outages` shares open breakers with other processes. None means that the guided assistant answers everything.
    Raises ConfigurationError with one line for the operator.
    """
    if not model_is_configured(settings):
        return None
    _check(settings)
    # Here and not above: the SDK alone takes most of a second, which a start without a model must not pay.
    from app.llm.openai_server import make_model  # noqa: PLC0415

    return make_model(settings, base_url_of(settings), outages)


async def check_model(settings: Settings) -> tuple[Finding, ...]:
    """Ask the server whether key, address and model name work. Never raises for what is wrong out there."""
    if not model_is_configured(settings):
        text = "no TALIA_OPENAI_API_KEY: the guided assistant answers, without a model"
        return (Finding("ok", text),)
    try:
        _check(settings)
    except ConfigurationError as error:
        return (Finding("error", str(error)),)
    from app.llm.openai_server import ask_about_model  # noqa: PLC0415 - as in build_model

    return await ask_about_model(settings, base_url_of(settings))


def model_is_configured(settings: Settings) -> bool:
    """Whether a model is meant to answer at all."""
    return settings.openai_api_key is not None or settings.openai_base_url is not None


def base_url_of(settings: Settings) -> str:
    """Always named: left out, the SDK would look into the environment on its own."""
    return settings.openai_base_url or OPENAI_URL


def check_server(settings: Settings) -> None:
    """Raises ConfigurationError when the address to ask cannot be one."""
    if not _names_a_host(base_url_of(settings)):
        raise ConfigurationError(
            "TALIA_OPENAI_BASE_URL: must be an address such as http://localhost:11434/v1"
        )
    if "@" in urlsplit(base_url_of(settings)).netloc:
        # The address is shown in logs and by `talia doctor`; a password must not be.
        raise ConfigurationError("TALIA_OPENAI_BASE_URL: the key belongs in TALIA_OPENAI_API_KEY")


def _check(settings: Settings) -> None:
    check_server(settings)
    if settings.openai_model_name is None:
        raise ConfigurationError("TALIA_OPENAI_MODEL: name the model to use at TALIA_OPENAI_BASE_URL")
    if settings.openai_threads == "openai" and settings.openai_api == "chat":
        raise ConfigurationError("TALIA_OPENAI_THREADS: openai needs TALIA_OPENAI_API=responses")


def _names_a_host(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
