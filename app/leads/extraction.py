"""Contact data in what a visitor writes, found by rules: it runs beside the model, which may forget, and without one.

The visitor's own data and somebody else's are kept apart; a correction beats what it corrects.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from app.leads.corrections import chosen, mended
from app.leads.facts_text import fold_text, without_forged
from app.leads.finding import Found, find_emails, find_phones, hide
from app.leads.names import find_name, lone_name, named_to_ask_for, narrowed
from app.leads.names_beside import name_beside
from app.leads.whose import by_owner, speaks_of_others, speaks_of_own, without_others


@dataclass(frozen=True, slots=True)
class Extracted:
    """What one text tells. `email` is lower-case, `phone` E.164; both are the visitor's own.

    `meant_email`: the address that `email` is probably a slip of (`ana@gmial.com`). `bad_email` and `bad_phone`: what
    was written where an address or number was given that cannot be one. `others`: contact data of somebody else.
    """

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    meant_email: str | None = None
    bad_email: str | None = None
    bad_phone: str | None = None
    others: tuple[str, ...] = ()


_BROKEN_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]*@[\w.-]*|(?<!\w)\w+\s+arroba\s+\w+", re.IGNORECASE)
_FEW_DIGITS = re.compile(r"\+?\d[\d\s.()-]{2,14}\d")


def extract(
    text: str,
    *,
    region: str,
    other_region: str = "",
    name_asked: bool = False,
    contact_asked: bool = False,
    theirs_asked: bool = False,
    known: bool = False,
) -> Extracted:
    """What this one text says. `region` (ISO 3166-1 alpha-2) makes local numbers readable, `other_region` those of a
    visitor from elsewhere.

    `name_asked`, `contact_asked`: what the visitor was asked for just before, so that a bare answer is understood;
    `theirs_asked`: they were asked for somebody else's; `known`: they have given contact data of their own before.
    """
    text = narrowed(without_forged(text))
    emails = find_emails(text)
    without = hide(text, emails)
    phones = find_phones(without, region, other_region)
    spans = sorted([*emails, *phones], key=lambda f: f.start)
    theirs = theirs_asked and not speaks_of_own(text)
    # "Best number?" - "404 555 0151, ask for Keisha": so they are called there. Who was not asked passes a message on.
    to_ask_for = named_to_ask_for(text) if contact_asked and _begins_with_data(text, spans) else None
    owned = by_owner(text if to_ask_for is None else text[: spans[0].end], spans)
    own = [] if theirs else [one.found for one in owned if one.own]
    own_emails, own_phones = [f for f in emails if f in own], [f for f in phones if f in own]
    others = [f for f in (*emails, *phones) if f not in own]
    email = mended(chosen(text, own_emails), text, spans)
    phone = mended(chosen(text, own_phones), text, spans)
    rest = hide(without, phones)
    if spans or name_asked or contact_asked:
        rest = without_others(rest, owned)
    # Beside somebody else's number stands somebody else's name.
    only_others = theirs or (bool(others) and not (email or phone))
    name = find_name(rest, asked=name_asked and not only_others)
    if name is None and (email or phone):
        locals_of = tuple(fold_text(f.value.partition("@")[0]) for f in own_emails if f.value)
        name = to_ask_for or name_beside(rest, locals_of, asked=name_asked or contact_asked)
    if name is None and not (spans or theirs):
        name = lone_name(rest, expected=contact_asked or known)
    if name is None and contact_asked and not (spans or theirs):
        name = named_to_ask_for(rest)
    found = Extracted(
        name=name,
        email=email.value if email else None,
        phone=phone.value if phone else None,
        meant_email=email.suggestion if email else None,
        others=tuple(f.value or f.raw for f in others),
    )
    return _with_failures(found, rest, own_emails, own_phones, contact_asked=contact_asked)


def _begins_with_data(text: str, spans: list[Found]) -> bool:
    """Whether nobody is spoken of before it."""
    before = text[: spans[0].start] if spans else ""
    return bool(spans) and len(before) < 30 and not speaks_of_others(before)


def _with_failures(
    found: Extracted, rest: str, emails: list[Found], phones: list[Found], *, contact_asked: bool
) -> Extracted:
    """Half an address and a number with a digit too few, where one was meant to be given."""
    bad_email = next((f.raw for f in emails if f.value is None), None)
    bad_phone = next((f.raw for f in phones if f.value is None), None)
    if contact_asked and not (found.email or found.phone or bad_email or bad_phone or found.others):
        if match := _BROKEN_EMAIL.search(rest):
            bad_email = match[0]
        elif match := _FEW_DIGITS.search(rest):
            bad_phone = match[0]
    return replace(
        found,
        bad_email=None if found.email else bad_email,
        bad_phone=None if found.phone else bad_phone,
    )
