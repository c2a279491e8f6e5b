"""Assistants from `prompts/assistants/<name>.md`: YAML front matter, then the system text."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from pathlib import Path
from typing import Annotated, Literal, TypedDict

from pydantic import BaseModel, ConfigDict, Field, field_validator

from app.errors import ConfigurationError
from app.prompt_files import parse_yaml, prompts_dir, read_prompt
from app.prompting.types import (
    ALL_KNOWLEDGE,
    LOCALES,
    Assistant,
    KnowledgeUse,
    LeadField,
    Locale,
    TokenPrice,
)
from app.prompting.variables import BadVariable, check_variables, fill, line_of

MAX_DATA_CHARS = 120
"""Titles and names come from web pages and visitors; longer ones are cut."""

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_FENCE = "---\n"


class Variables(TypedDict):
    """What a system text may name. Titles and the contact's name may be empty: then they read `unknown`."""

    site_name: str
    today: str
    locale: Locale
    contact_name: str
    item_title: str
    page_title: str


OWN = ("tone", "handoff_rules")
"""Variables that the file itself gives, as fields of its front matter."""
_UNTRUSTED = ("contact_name", "item_title", "page_title")

Text = Annotated[str, Field(min_length=1, max_length=500)]
Tone = Annotated[str, Field(min_length=1, max_length=200)]
Label = Annotated[str, Field(min_length=1, max_length=60)]
Tool = Literal[
    "save_contact",
    "request_handoff",
    "show_quick_replies",
    "ask_contact_consent",
    "record_fact",
    "search_knowledge",
    "show_card",
    "close_conversation",
]


class FrontMatter(BaseModel):
    """What stands above an assistant's system text."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    display_name: Label
    greeting: dict[Locale, Text]
    quick_replies: dict[Locale, list[Label]]
    lead_fields: list[LeadField]
    tools: list[Tool]
    tone: Tone | None = None
    handoff_rules: Annotated[list[Text], Field(max_length=20)] = []
    model: str | None = None
    temperature: float | None = Field(None, ge=0, le=2)
    reasoning_effort: Literal["none", "minimal", "low", "medium", "high"] | None = None
    max_output_tokens: int = Field(800, ge=50, le=8000)
    price: TokenPrice | None = None
    knowledge: KnowledgeUse = ALL_KNOWLEDGE

    @field_validator("greeting", "quick_replies")
    @classmethod
    def _in_every_locale(cls, value: dict[Locale, object]) -> dict[Locale, object]:
        if missing := [locale for locale in LOCALES if locale not in value]:
            raise ValueError(f"is missing in {', '.join(missing)}")
        return value

    @field_validator("greeting")
    @classmethod
    def _greets_the_site(cls, value: dict[Locale, str]) -> dict[Locale, str]:
        for text in value.values():
            check_variables(text, ("site_name",))
        return value

    @field_validator("quick_replies")
    @classmethod
    def _few(cls, value: dict[Locale, list[str]]) -> dict[Locale, list[str]]:
        for locale, labels in value.items():
            if len(labels) > 6 or len(set(labels)) != len(labels):
                raise ValueError(f"in {locale}: at most 6, and no two alike")
        return value

    @field_validator("lead_fields", "tools")
    @classmethod
    def _once_each(cls, value: list[str]) -> list[str]:
        if len(set(value)) != len(value):
            raise ValueError("names something twice")
        return value


def load_assistant(name: str, folder: Path | None = None) -> Assistant:
    """The assistant `name` of `prompts/assistants/` (or `folder`).

    Raises ConfigurationError: `file:line: what is wrong`, or which names there are.
    """
    path = assistant_path(name, folder)
    return parse_assistant(read_prompt(path), path=path, name=name)


def assistant_source(name: str, folder: Path | None = None) -> str:
    """The text of its file. Raises ConfigurationError."""
    return read_prompt(assistant_path(name, folder))


def assistant_path(name: str, folder: Path | None = None) -> Path:
    """Raises ConfigurationError for a name that has no file."""
    folder = folder or prompts_dir() / "assistants"
    path = folder / f"{name}.md"
    if not _NAME.fullmatch(name) or not path.is_file():
        there = ", ".join(sorted(p.stem for p in folder.glob("*.md"))) or "none"
        raise ConfigurationError(f"there is no assistant {name!r} in {folder} (there are: {there})")
    return path


def parse_assistant(text: str, *, path: Path, name: str, ref: str | None = None) -> Assistant:
    """An assistant from the text of its file. `path` is what errors call it; `ref` is `<name>@<hash>` if not given.

    Raises ConfigurationError as `path:line: what is wrong`.
    """
    head, body, body_line = split_file(text, path)
    front = parse_yaml(head, FrontMatter, path=path, first_line=2)
    try:
        check_variables(body, (*Variables.__annotations__, *OWN))
    except BadVariable as error:
        raise ConfigurationError(f"{path}:{body_line + error.line - 1}: {error}") from error
    for name_of in OWN:
        if not getattr(front, name_of) and (line := line_of(body, name_of)):
            where = f"{path}:{body_line + line - 1}"
            raise ConfigurationError(
                f"{where}: {{{{{name_of}}}}} stands here, and the front matter gives none"
            )
    return Assistant(
        name=name,
        ref=ref or f"{name}@{sha256_of(text)[:8]}",
        display_name=front.display_name,
        system_text=body.strip(),
        greeting=front.greeting,
        quick_replies={locale: tuple(labels) for locale, labels in front.quick_replies.items()},
        lead_fields=tuple(front.lead_fields),
        tools=tuple(front.tools),
        tone=front.tone or "",
        handoff_rules=tuple(front.handoff_rules),
        model=front.model,
        temperature=front.temperature,
        reasoning_effort=front.reasoning_effort,
        max_output_tokens=front.max_output_tokens,
        price=front.price,
        knowledge=front.knowledge,
    )


def sha256_of(text: str) -> str:
    """In hex, of the text as UTF-8 with `\n` line ends."""
    return hashlib.sha256(text.encode()).hexdigest()


def render(assistant: Assistant, variables: Variables, *, canary: str) -> str:
    """The instructions of one request: the system text filled, and the canary as its last line.

    What comes from pages and visitors is put in as a quoted JSON string on one line, so that it can neither close
    its quotes nor look like a line of ours. The canary must be new for each request; the guard looks for it.
    """
    values = {name: str(value) for name, value in variables.items()}
    for name in _UNTRUSTED:
        values[name] = _quoted(values[name])
    values["tone"] = assistant.tone
    values["handoff_rules"] = "\n".join(f"- {rule}" for rule in assistant.handoff_rules)
    filled = fill(assistant.system_text, values)
    return f"{filled}\n\nInternal marker of this request, never to be written in any form: {canary}"


def greeting(assistant: Assistant, locale: Locale, site_name: str) -> str:
    """The greeting as the visitor reads it."""
    return fill(assistant.greeting[locale], {"site_name": site_name})


def _quoted(value: str) -> str:
    visible = "".join(" " if unicodedata.category(c).startswith(("C", "Z")) else c for c in value)
    words = " ".join(visible.split())
    if not words:
        return "unknown"
    if len(words) > MAX_DATA_CHARS:
        words = words[: MAX_DATA_CHARS - 1].rstrip() + "…"
    return json.dumps(words, ensure_ascii=False)


def split_file(text: str, path: Path) -> tuple[str, str, int]:
    """Front matter, body, and the line that the body starts on. Raises ConfigurationError."""
    if not text.startswith(_FENCE):
        raise ConfigurationError(f"{path}:1: must start with front matter between two lines of `---`")
    end = text.find(f"\n{_FENCE}", len(_FENCE) - 1)
    if end < 0:
        raise ConfigurationError(f"{path}:1: the front matter has no closing `---` line")
    body = text[end + 1 + len(_FENCE) :]
    line = text.count("\n", 0, end + 1 + len(_FENCE)) + 1
    if not body.strip():
        raise ConfigurationError(f"{path}:{line}: there is no system text after the front matter")
    return text[len(_FENCE) : end + 1], body, line
