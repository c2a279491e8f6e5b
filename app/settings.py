"""Every setting, and the only reader of the environment.

Each field is the variable `TALIA_<NAME>`; `.env.example` documents all of them (a test holds the two together).
"""

from __future__ import annotations

import ipaddress
from functools import cached_property
from pathlib import Path
from typing import Literal, Self

from limits import parse_many
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.errors import ConfigurationError

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class Settings(BaseSettings):
    """Values are frozen; an empty variable counts as not set, but for the rate limits, where it means off."""

    model_config = SettingsConfigDict(
        env_prefix="TALIA_", env_file=".env", extra="ignore", frozen=True
    )

    host: str = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65535)
    public_url: str | None = None
    data_dir: Path = Path(".talia")
    log_format: Literal["json", "console"] = "json"
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    database_url: SecretStr | None = None
    database_pool: int = Field(8, ge=1, le=200)
    supabase_url: str | None = None
    supabase_service_role_key: SecretStr | None = None
    redis_url: SecretStr | None = None

    openai_api_key: SecretStr | None = None
    openai_base_url: str | None = None
    openai_model: str = "gpt-5.6-luna"
    openai_api: Literal["responses", "chat"] = "responses"
    openai_threads: Literal["local", "openai"] = "local"
    openai_assistant_id: str = "talia"
    openai_first_text_seconds: float = Field(7.0, gt=0, le=60)
    openai_stall_seconds: float = Field(10.0, gt=0, le=120)

    webchat_public_token: str = "pk_demo"  # noqa: S105 - a public site key, not a secret
    webchat_allowed_origins: str = ""
    secret_key: SecretStr | None = None
    geolocation_api_url: str | None = None
    geolocation_api_token: SecretStr | None = None

    rate_limit_ip: str = "120/minute"
    rate_limit_session: str = "30/minute"
    trusted_proxies: str = ""

    budget_message_tokens: int = Field(16_000, ge=500)
    budget_session_tokens: int = Field(300_000, ge=0)
    budget_site_day_tokens: int = Field(5_000_000, ge=0)

    @model_validator(mode="before")
    @classmethod
    def _empty_is_unset(cls, values: dict[str, object]) -> dict[str, object]:
        return {k: v for k, v in values.items() if v != "" or k.startswith("rate_limit_")}

    @field_validator("rate_limit_ip", "rate_limit_session")
    @classmethod
    def _are_limits(cls, value: str) -> str:
        if value:
            parse_many(value)
        return value

    @field_validator("openai_assistant_id")
    @classmethod
    def _assistant_is_ours(cls, value: str) -> str:
        if value.startswith("asst_"):
            raise ValueError(
                f"{value!r} is an assistant of OpenAI's Assistants API, which ended on 2026-08-26. "
                "Copy its instructions into prompts/assistants/<name>.md and set TALIA_OPENAI_ASSISTANT_ID=<name>"
            )
        if value.startswith("pmpt_"):
            raise ValueError(
                f"{value!r} is a prompt object of OpenAI's dashboard; those end on 2026-11-30. "
                "Copy its text into prompts/assistants/<name>.md and set TALIA_OPENAI_ASSISTANT_ID=<name>"
            )
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, value: str) -> str:
        for part in _words(value):
            ipaddress.ip_network(part, strict=False)
        return value

    @model_validator(mode="after")
    def _one_database(self) -> Self:
        if self.database_url and self.supabase_url:
            raise ValueError("set either TALIA_DATABASE_URL or TALIA_SUPABASE_URL, not both")
        if self.supabase_url and not self.supabase_service_role_key:
            raise ValueError("TALIA_SUPABASE_URL needs TALIA_SUPABASE_SERVICE_ROLE_KEY")
        return self

    @cached_property
    def trusted_networks(self) -> tuple[Network, ...]:
        """Peers whose X-Forwarded-For may be believed."""
        return tuple(ipaddress.ip_network(part, strict=False) for part in _words(self.trusted_proxies))

    @property
    def embedded_database(self) -> bool:
        """No database is named, so the server brings its own."""
        return self.database_url is None and self.supabase_url is None


def load_settings() -> Settings:
    """Read the environment and `.env`. Raises ConfigurationError with one line that names the variable."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "TALIA_" + str(first["loc"][0]).removeprefix("TALIA_").upper() if first["loc"] else "settings"
        message = first["msg"].removeprefix("Value error, ")
        raise ConfigurationError(f"{name}: {message}") from error


def _words(value: str) -> list[str]:
    return value.replace(",", " ").split()
