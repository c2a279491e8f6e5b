"""People who left their data, at the level of the SQL functions, and what an export makes of them."""

from __future__ import annotations

import csv
import secrets
from pathlib import Path
from typing import Any

from app.db.rpc import Rpc
from app.leads import export_actions, export_store
from app.leads.export_types import ExportRequest
from tests.rigs.visitors import SqlVisitor

OPERATOR = {"type": "operator"}


def consent(purpose: str = "contact", *, granted: bool = True) -> dict[str, Any]:
    return {
        "purpose": purpose,
        "granted": granted,
        "text_version": "2026-11",
        "text_sha256": "0" * 64,
        "locale": "es",
        "source": "form",
    }


class Person(SqlVisitor):
    """`agree("marketing")` and `withdraw("contact")` write into the ledger."""

    conversation: str

    async def leave(self, *consents: dict[str, Any], **contact: str) -> None:
        await self.rpc.call(
            "save_visitor_contact",
            site=self.site_id,
            token_hash=self.token_hash,
            contact=contact or None,
            consents=list(consents),
        )

    async def agree(self, *purposes: str) -> None:
        await self.leave(*(consent(purpose) for purpose in purposes))

    async def withdraw(self, *purposes: str) -> None:
        await self.leave(*(consent(purpose, granted=False) for purpose in purposes))


async def person(rpc: Rpc, site: dict[str, Any], *purposes: str, **contact: str) -> Person:
    """Somebody who said hello and left `contact` (name, email, phone), agreeing to `purposes`."""
    someone = Person(rpc, site["id"])
    metadata = contact.pop("metadata", {})  # type: ignore[arg-type]
    said = await someone.say("Hola, me interesa", metadata=metadata)
    someone.conversation = said.conversation_id
    await someone.leave(*(consent(purpose) for purpose in purposes), **contact)
    return someone


async def exported(
    rpc: Rpc, site: dict[str, Any], folder: Path, **request: Any
) -> tuple[list[dict[str, str]], dict[str, Any]]:
    """The lines of an operator's CSV export, and its manifest."""
    wanted = ExportRequest.model_validate(request)
    job = await export_actions.begin(
        rpc, wanted, site=site, worker="test", actor=OPERATOR, base_url="https://x"
    )
    path = folder / f"{secrets.token_hex(4)}.csv"
    manifest = await export_actions.make(rpc, job, path)
    await export_store.finish(
        rpc,
        site=site["id"],
        export=job.id,
        worker="test",
        state="done",
        rows=manifest["rows"],
        manifest=manifest,
    )
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file)), manifest
