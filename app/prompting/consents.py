"""Consent texts from `prompts/consents/<name>.yaml`: one version of every purpose in every locale."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

from app.prompt_files import parse_yaml, prompts_dir, read_prompt
from app.prompting.types import LOCALES, ConsentPurpose, Consents, ConsentText, Locale

Text = Annotated[str, Field(min_length=20, max_length=1000)]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    version: Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z._-]{0,31}$")]
    chat: dict[Locale, Text]
    contact: dict[Locale, Text]
    marketing: dict[Locale, Text]

    @field_validator("chat", "contact", "marketing")
    @classmethod
    def _in_every_locale(cls, value: dict[Locale, str]) -> dict[Locale, str]:
        if missing := [locale for locale in LOCALES if locale not in value]:
            raise ValueError(f"is missing in {', '.join(missing)}")
        # What is hashed must be what is read: folded YAML may leave line ends behind.
        return {locale: " ".join(text.split()) for locale, text in value.items()}


def load_consents(name: str = "default", folder: Path | None = None) -> Consents:
    """Raises ConfigurationError with file and line. A changed text needs a new `version` in its file."""
    path = (folder or prompts_dir() / "consents") / f"{name}.yaml"
    file = parse_yaml(read_prompt(path), _File, path=path)
    purposes: dict[ConsentPurpose, dict[Locale, str]] = {
        "chat": file.chat,
        "contact": file.contact,
        "marketing": file.marketing,
    }
    return Consents(
        version=file.version,
        texts={
            (purpose, locale): ConsentText(
                file.version, locale, text, hashlib.sha256(text.encode()).hexdigest()
            )
            for purpose, texts in purposes.items()
            for locale, text in texts.items()
        },
    )
