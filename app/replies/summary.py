"""A summary for the seller, made by rules from what is known: it holds what was said, and no contact data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, Literal

import structlog

from app.conversations.publishing import touch
from app.conversations.types import ClaimedTurn
from app.errors import AppError
from app.leads.rubrics import rubric_of
from app.prompting.types import LOCALES, Locale
from app.prompting.variables import fill
from app.replies import store
from app.replies.guided.voice import item_title
from app.replies.redact import Redactor
from app.replies.waiting_texts import SummaryTexts, waiting_texts
from app.sites.types import Site
from app.wiring import Wiring

log = structlog.get_logger(__name__)

MAX_QUOTE = 160
MAX_FACTS = 6
_PLACEHOLDER = re.compile(r"\[(EMAIL|PHONE)_\d+\]")


def staff_locale(site: Site) -> Locale:
    """The language that the site's people read."""
    base = site.locale[:2].lower()
    return next((locale for locale in LOCALES if locale == base), "es")


def facts_summary(turn: ClaimedTurn, site: Site, facts: Iterable[Mapping[str, Any]]) -> str:
    """One thing on a line. `facts`: the lead's, as SQL renders them (criterion, value)."""
    locale = staff_locale(site)
    texts = waiting_texts()[locale].summary
    lines = [fill(texts.item, {"value": item})] if (item := item_title(turn.item)) else []
    lines += _facts(texts, site, locale, facts)
    words, gave_contact = _words(texts, turn, site)
    lines += words
    left = [
        getattr(texts.fields, field) for field in ("name", "email", "phone") if getattr(turn.contact, field)
    ]
    if left:
        lines.append(fill(texts.contact, {"value": ", ".join(left)}))
    elif not gave_contact:
        lines.append(texts.no_contact)
    return "\n".join(lines)


async def leave_summary(
    wiring: Wiring, *, site: str, conversation: str, text: str, by: Literal["model", "facts"]
) -> None:
    """Store it for whoever takes the conversation, and tell. Without one they read the chat."""
    try:
        await store.note_summary(wiring.rpc, site=site, conversation=conversation, text=text, by=by)
    except AppError as error:
        log.warning("summary_not_stored", conversation_id=conversation, code=error.code)
    touch(wiring.bus, site, conversation)


def _facts(texts: SummaryTexts, site: Site, locale: Locale, facts: Iterable[Mapping[str, Any]]) -> list[str]:
    criteria = rubric_of(site).criteria
    lines = []
    for fact in facts:
        criterion = criteria.get(str(fact.get("criterion")))
        if criterion is None:
            continue
        named = criterion.values.get(str(fact.get("value")))
        value = named.label[locale] if named else str(fact.get("value"))
        lines.append(fill(texts.fact, {"label": criterion.label[locale], "value": value[:MAX_QUOTE]}))
    return list(dict.fromkeys(lines))[:MAX_FACTS]


def _words(texts: SummaryTexts, turn: ClaimedTurn, site: Site) -> tuple[list[str], bool]:
    """What the visitor began with, and said last, addresses and numbers only named; and whether there were any."""
    said = sorted((m for m in turn.history if m.author == "visitor" and m.text), key=lambda m: m.seq)
    if not said:
        return [], False
    redactor = Redactor(region=site.region, known=(turn.contact.email, turn.contact.phone))
    redacted = [redactor.redact(m.text) for m in said]
    gave_contact = any(_PLACEHOLDER.search(text) for text in redacted)
    shown = [_quote(_PLACEHOLDER.sub(partial(_name, texts), text)) for text in redacted]
    began = fill(texts.began, {"value": shown[0]})
    return ([began] if len(said) == 1 else [began, fill(texts.last, {"value": shown[-1]})]), gave_contact


def _name(texts: SummaryTexts, placeholder: re.Match[str]) -> str:
    return f"({texts.fields.email if placeholder[1] == 'EMAIL' else texts.fields.phone})"


def _quote(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= MAX_QUOTE else words[: MAX_QUOTE - 1].rstrip() + "…"
