"""Every setting, and the only reader of the environment.

Each field is the variable `TALIA_<NAME>`; `.env.example` documents all of them (a test holds the two
together).
"""

from __future__ import annotations

import difflib
import ipaddress
import os
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from dotenv import dotenv_values
from limits import parse_many
from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.errors import ConfigurationError

DEFAULT_OPENAI_MODEL = "gpt-5.6-luna"

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_IPV6_SITE_BITS = 64

PREFIX = "TALIA_"
TEST_PREFIX = "TALIA_TEST_"  # what the tests are told; not the product's

_SCHEMES = {
    "database_url": ("postgresql", "postgres"),
    "redis_url": ("redis", "rediss", "unix"),
    "public_url": ("http", "https"),
    "supabase_url": ("http", "https"),
    "openai_base_url": ("http", "https"),
    "geolocation_api_url": ("http", "https"),
    "smtp_url": ("smtp", "smtps", "smtp+starttls"),
    "vapid_subject": ("mailto", "https"),
}


class Settings(BaseSettings):
    """Values are frozen; an empty variable counts as not set, but for the rate limits, where it means off."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True, hide_input_in_errors=True
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
    openai_model: str | None = None
    openai_api: Literal["responses", "chat"] = "responses"
    openai_threads: Literal["local", "openai"] = "local"
    openai_assistant_id: str = "talia"
    openai_first_text_seconds: float = Field(7.0, gt=0, le=60)
    openai_stall_seconds: float = Field(10.0, gt=0, le=120)
    openai_embeddings_model: str | None = Field(None, max_length=150)
    openai_embeddings_dimensions: int = Field(512, ge=0, le=4000)
    openai_embeddings_similarity: float = Field(0.3, gt=0, lt=1)

    webchat_public_token: str = "pk_demo"  # noqa: S105 - a public site key, not a secret
    webchat_allowed_origins: str = ""
    secret_key: SecretStr | None = None
    geolocation_api_url: str | None = None
    geolocation_api_token: SecretStr | None = None

    rate_limit_ip: str = "120/minute"
    rate_limit_session: str = "30/minute"
    trusted_proxies: str = ""

    smtp_url: SecretStr | None = None
    mail_from: str | None = None
    vapid_private_key: SecretStr | None = None
    vapid_subject: str | None = None
    push_services: str = (
        "fcm.googleapis.com *.push.services.mozilla.com *.push.apple.com *.notify.windows.com"
    )

    budget_message_tokens: int = Field(16_000, ge=500)
    budget_session_tokens: int = Field(300_000, ge=0)
    budget_site_day_tokens: int = Field(5_000_000, ge=0)

    @model_validator(mode="before")
    @classmethod
    def _empty_is_unset(cls, values: dict[str, object]) -> dict[str, object]:
        return {k: v for k, v in values.items() if v != "" or k.startswith("rate_limit_")}

    @field_validator("database_url", "redis_url", "smtp_url")
    @classmethod
    def _is_server_url(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        text = value.get_secret_value() if value else ""
        # libpq also takes `host=… dbname=…`.
        if text and not (info.field_name == "database_url" and re.match(r"\w+\s*=", text)):
            _check_scheme(str(info.field_name), text)
        return value

    @field_validator("public_url", "supabase_url", "openai_base_url", "geolocation_api_url")
    @classmethod
    def _is_web_address(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None:
            return None
        _check_scheme(str(info.field_name), value)
        return value.rstrip("/")

    @field_validator("vapid_subject")
    @classmethod
    def _is_contact(cls, value: str | None) -> str | None:
        if value is not None:
            _check_scheme("vapid_subject", value)
        return value

    @field_validator("data_dir")
    @classmethod
    def _home_is_meant(cls, value: Path) -> Path:
        return value.expanduser()

    @field_validator("rate_limit_ip", "rate_limit_session")
    @classmethod
    def _are_limits(cls, value: str) -> str:
        if value:
            parse_many(value)
        return value

    @field_validator("webchat_allowed_origins")
    @classmethod
    def _are_origins(cls, value: str) -> str:
        for origin in _words(value):
            if not re.fullmatch(r"https?://[^/\s?#@]+", origin):
                raise ValueError(
                    f"{origin!r} is not an origin such as https://www.example.com (no path, no slash)"
                )
        return value

    @field_validator("openai_assistant_id")
    @classmethod
    def _assistant_is_ours(cls, value: str) -> str:
        ended = {
            "asst_": "an assistant of OpenAI's Assistants API, which ended on 2026-08-26",
            "pmpt_": "a prompt object of OpenAI's dashboard; those end on 2026-11-30",
        }
        for prefix, what in ended.items():
            if value.startswith(prefix):
                raise ValueError(
                    f"{value!r} is {what}. Copy its text into prompts/assistants/<name>.md "
                    "and set TALIA_OPENAI_ASSISTANT_ID=<name>"
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

    @model_validator(mode="after")
    def _mails_have_a_sender(self) -> Self:
        if self.smtp_url and not self.mail_from:
            raise ValueError("TALIA_SMTP_URL needs TALIA_MAIL_FROM")
        return self

    @cached_property
    def trusted_networks(self) -> tuple[Network, ...]:
        """Peers whose X-Forwarded-For may be believed."""
        return tuple(ipaddress.ip_network(part, strict=False) for part in _words(self.trusted_proxies))

    @cached_property
    def push_service_hosts(self) -> tuple[str, ...]:
        """Hosts that may be pushed to; `*.` in front stands for all below one."""
        return tuple(host.lower() for host in _words(self.push_services))

    @property
    def public_token_is_set(self) -> bool:
        """Whether the operator named the default site's key; else an admin may replace the one that it has."""
        return "webchat_public_token" in self.model_fields_set

    @property
    def default_site_origins(self) -> tuple[str, ...]:
        """Origins that may use the default site's key; without any, its list is left as it is."""
        return tuple(_words(self.webchat_allowed_origins))

    @property
    def address(self) -> str:
        """Where people find this server, without a slash at the end: PUBLIC_URL, or what it listens on."""
        if self.public_url:
            return self.public_url
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)  # noqa: S104 - shown, not bound
        if ":" in host and not host.startswith("["):
            host = f"[{host}]"
        return f"http://{host}:{self.port}"

    @property
    def openai_model_name(self) -> str | None:
        """The model to ask: the one set, or OpenAI's own default; another server has no default of ours."""
        if self.openai_model is None and self.openai_base_url is None:
            return DEFAULT_OPENAI_MODEL
        return self.openai_model

    @property
    def embedded_database(self) -> bool:
        """No database is named, so the server brings its own."""
        return self.database_url is None and self.supabase_url is None


def load_settings(**overrides: object) -> Settings:
    """Read the environment and `.env`; `overrides` that are not None win.

    Raises ConfigurationError: one line that names the variable and never repeats a secret.
    """
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        message = first["msg"].removeprefix("Value error, ")
        if first["loc"]:  # else it is about several, and names them itself
            message = f"{PREFIX}{str(first['loc'][0]).removeprefix(PREFIX).upper()}: {message}"
        raise ConfigurationError(message) from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f".env is not UTF-8 text: {error.reason} at byte {error.start}") from error


def unknown_variables() -> dict[str, str | None]:
    """TALIA_ variables (environment and `.env`) that no setting reads, each with the likeliest name meant."""
    known = [PREFIX + name.upper() for name in Settings.model_fields]
    present = {*os.environ, *dotenv_values(".env", interpolate=False)}
    strange = sorted(
        name
        for name in present
        if name.upper().startswith(PREFIX) and name.upper() not in known and not name.startswith(TEST_PREFIX)
    )
    return {name: next(iter(difflib.get_close_matches(name.upper(), known, 1)), None) for name in strange}


def shares_metrics() -> bool:
    """Whether the numbers of several processes are kept together, for /metrics (prometheus-client's variable)."""
    return "PROMETHEUS_MULTIPROC_DIR" in os.environ


def hand_down(variables: Mapping[str, str]) -> None:
    """Set variables for the worker processes (and libraries) that read them from here on."""
    os.environ.update(variables)


def _check_scheme(name: str, value: str) -> None:
    # The value may hold a password, so the message never repeats it.
    expected = _SCHEMES[name]
    if urlsplit(value).scheme not in expected:
        raise ValueError(
            "must be a URL that starts with "
            + " or ".join(f"{scheme}:" if scheme == "mailto" else f"{scheme}://" for scheme in expected)
        )


def _words(value: str) -> list[str]:
    return value.replace(",", " ").split()


def client_network(ip: str) -> str:
    """One subscriber has 2^64 IPv6 addresses: count the network."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return ip
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, _IPV6_SITE_BITS), strict=False))
    return ip
