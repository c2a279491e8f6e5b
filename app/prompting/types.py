"""An assistant as one immutable value: text, greeting, quick replies, lead fields, model settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

from app.errors import Conflict, Invalid, NotFound

Locale = Literal["es", "en", "pt"]
LOCALES: tuple[Locale, ...] = ("es", "en", "pt")
LeadField = Literal["name", "email", "phone"]


@dataclass(frozen=True, slots=True)
class ConsentText:
    """The sentence a visitor agrees to. `sha256` is of the UTF-8 text; both go into the ledger."""

    version: str
    locale: Locale
    text: str
    sha256: str


class TokenPrice(BaseModel):
    """What a model costs, in US dollars for a million tokens."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    input: Annotated[float, Field(ge=0, le=1000)]
    output: Annotated[float, Field(ge=0, le=1000)]

    def of(self, input_tokens: int, output_tokens: int) -> float:
        return round((input_tokens * self.input + output_tokens * self.output) / 1e6, 6)


class KnowledgeUse(BaseModel):
    """What of the site's knowledge an assistant may use: its items, and which documents by their slugs; None: all."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    items: bool = True
    documents: (
        Annotated[list[Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,99}$")]], Field(max_length=200)]
        | None
    ) = None


ALL_KNOWLEDGE = KnowledgeUse()


@dataclass(frozen=True, slots=True)
class Assistant:
    """`ref` is `<name>@<first 8 hex digits of the file's SHA-256>`; every reply stores it."""

    name: str
    ref: str
    display_name: str
    system_text: str
    greeting: dict[Locale, str]
    quick_replies: dict[Locale, tuple[str, ...]]
    lead_fields: tuple[LeadField, ...]
    tools: tuple[str, ...]
    tone: str = ""
    handoff_rules: tuple[str, ...] = ()
    model: str | None = None
    temperature: float | None = None
    reasoning_effort: str | None = None
    max_output_tokens: int = 800
    price: TokenPrice | None = None
    knowledge: KnowledgeUse = ALL_KNOWLEDGE

    @property
    def own_words(self) -> str:
        """Everything of the instructions that is ours, and must not be given away."""
        return "\n".join((self.system_text, *self.handoff_rules))


ConsentPurpose = Literal["chat", "contact", "marketing"]


@dataclass(frozen=True, slots=True)
class Consents:
    """One version of every consent text: each purpose in each locale."""

    version: str
    texts: dict[tuple[ConsentPurpose, Locale], ConsentText]

    def text(self, purpose: ConsentPurpose, locale: Locale) -> ConsentText:
        return self.texts[purpose, locale]


class Prompts(Protocol):
    """Which assistant answers where: what is published, or one that is being tried out."""

    async def assistant_for(self, site_id: str, conversation_id: str) -> Assistant: ...


@dataclass(frozen=True, slots=True)
class OnePrompt:
    """The same assistant everywhere."""

    assistant: Assistant

    async def assistant_for(self, _site_id: str, _conversation_id: str) -> Assistant:
        return self.assistant


class BadPrompt(Invalid):
    code = "prompt.invalid"
    title = "The assistant cannot be used as it stands."


class PromptNotFound(NotFound):
    code = "prompt.not_found"


class CasesFail(Conflict):
    """`fields` name the blocking cases, each `failed` or `not_run`."""

    code = "prompt.cases_fail"
    title = "Blocking evaluation cases do not pass; run them, mend the prompt, or override with a reason."
