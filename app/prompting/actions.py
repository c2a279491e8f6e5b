"""What admins do with versions: write them, compare them, publish them, go back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from app.db.rpc import Rpc
from app.errors import ConfigurationError, FieldError
from app.prompting import store
from app.prompting.assistants import parse_assistant, sha256_of
from app.prompting.directory import SHIPPED, PromptDirectory
from app.prompting.forms import errors_in
from app.prompting.types import Assistant, BadPrompt, CasesFail
from app.staff.types import StaffAccess

Row = dict[str, Any]


async def save(
    rpc: Rpc, prompts: PromptDirectory, me: StaffAccess, *, content: str, note: str, base: int | None
) -> Row:
    """A new draft; the text of one that is there already gives that one. Raises BadPrompt."""
    content = normalized(content)
    checked(content, prompts.shipped.name)
    row: Row = await store.call(
        rpc, "save_prompt", me, content=content, sha256=sha256_of(content), note=note, base=base
    )
    return row


async def listed(rpc: Rpc, prompts: PromptDirectory, me: StaffAccess) -> Row:
    row: Row = await store.call(rpc, "list_prompts", me)
    return row | {"shipped": {"number": SHIPPED, "ref": prompts.shipped.ref}}


async def text_of(rpc: Rpc, prompts: PromptDirectory, me: StaffAccess, number: int) -> str:
    """Raises NotFound `prompt.not_found`."""
    if number == SHIPPED:
        return prompts.shipped_source
    row: Row = await store.call(rpc, "get_prompt", me, number=number)
    return str(row["content"])


async def publish(
    rpc: Rpc,
    prompts: PromptDirectory,
    me: StaffAccess,
    *,
    number: int,
    percent: int,
    at: datetime | None,
    reason: str | None,
    override: str | None,
) -> Row:
    """What is in force afterwards. Raises CasesFail, NotFound, Conflict `prompt.archived`, `prompt.other_trial`."""
    done: Row = await store.call(
        rpc,
        "release_prompt",
        me,
        number=number,
        percent=percent,
        at=at.isoformat() if at else None,
        reason=reason,
        override=override,
    )
    if not done["released"]:
        raise CasesFail(
            f"{len(done['failing'])} blocking cases do not pass",
            fields=tuple(FieldError(c["case_id"], c["why"], c["name"]) for c in done["failing"]),
        )
    prompts.changed()
    state: Row = done["state"]
    return state


async def roll_back(rpc: Rpc, prompts: PromptDirectory, me: StaffAccess, reason: str | None) -> Row:
    """End a trial, or make the version before the live one live again. Raises Conflict `prompt.nothing_before`."""
    state: Row = await store.call(rpc, "rollback_prompt", me, reason=reason)
    prompts.changed()
    return state


def checked(content: str, name: str, ref: str | None = None) -> Assistant:
    """Raises BadPrompt with every mistake, its line as the field: `line 12`."""
    try:
        return parse_assistant(content, path=Path("prompt"), name=name, ref=ref)
    except ConfigurationError as error:
        told = [
            (one["line"], f"{one['field']}: {one['message']}" if one["field"] else one["message"])
            for one in errors_in(content)
        ]
        fields = tuple(FieldError(f"line {line}", "invalid", message) for line, message in told)
        raise BadPrompt(f"{fields[0].field}: {fields[0].message}", fields=fields) from error


def normalized(content: str) -> str:
    """With `\\n` line ends and one at the end: the same text gives the same version, whoever saved it."""
    lines = content.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return lines.rstrip("\n") + "\n"
