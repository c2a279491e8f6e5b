"""Which of several addresses or numbers holds, and slips that are mended in part: "perdón, .org", "0124 at the end"."""

from __future__ import annotations

import re
from dataclasses import replace

from app.leads.finding import Found, is_email, is_phone
from app.leads.whose import speaks_of_others

_I = re.IGNORECASE
_NEGATED = re.compile(
    r"\b(?:no\s+es|ya\s+no(?:\s+es|\s+uso|\s+sirve)?|no\s+(?:usen|use|escriban|llamen)(?:\s+a[l]?|\s+el)?"
    r"|not(?:\s+at|\s+on)?|isn['’]?t|n[ãa]o\s+[ée]"
    r"|(?:viejo|anterior|antiguo|old|previous|antigo|velho|equivocado|errado|wrong)(?:\s+(?:es|era|is|was"
    r"|n[uú]mero|number|e-?mail|correo|one))*"
    r"|(?:antes|before|used\s+to\s+be|it\s+was|era)(?:\s+(?:era|it\s+was|el|o|it))*"
    r"|(?:don['’]?t|n[ãa]o|no)\s+use?)\s*:?\s*(?:el\s+|o\s+|the\s+|my\s+)?$",
    _I,
)
_CORRECTED = re.compile(
    r"\b(?:no|perd[oó]n|disculpa|corrijo|correcci[oó]n|mejor|digo|quise\s+decir|sorry|i\s+mean|actually"
    r"|rather|correction|scratch\s+that|desculpa|quer\s+dizer|na\s+verdade|melhor|errata|ali[aá]s)\b",
    _I,
)
_CORRECTS_BEFORE = re.compile(
    r"^\W{0,4}(?:perd[oó]n|sorry|disculp\w+|desculp\w+|quise\s+decir|oops|ops|typo|me\s+equivoqu[eé]|i\s+meant|errei)\b",
    _I,
)
_PREFERRED = re.compile(
    r"^[\s,(]{0,4}(?:(?:m[oó]vil|cel\w*|mobile|whats\w*|zap|casa|tel\w*)[\s,]{1,3})?"
    r"(?:mejor|better|best|preferred|preferib\w+|melhor|de\s+prefer\w+)\b",
    _I,
)
_MINE = re.compile(r"\b(?:el\s+m[ií]o|mine|o\s+meu)\W{1,3}(?:(?:es|is|[ée])\W{1,3})?$", _I)
_GIVEN_UP = re.compile(
    r"^\W{0,4}(?:(?:is|es|[ée]|was|era|que|that)\W+)?(?:(?:the|el|o|mi|my|meu)\W+)?"
    r"(?:ya\s+no|dead|no\s+longer|the\s+old|viejo|old\s+one|no\s+sirve|fuera\s+de|n[ãa]o\s+(?:uso|funciona))\b",
    _I,
)


def chosen(text: str, found: list[Found]) -> Found | None:
    """The first, unless a later one corrects it or is preferred. One that is denied does not count."""
    best: Found | None = None
    for span in found:
        after = text[span.end : span.end + 40]
        if span.value is None or _NEGATED.search(text, max(span.start - 30, 0), span.start):
            continue
        if _GIVEN_UP.match(after) and len(found) > 1:
            continue
        later = best is not None and (
            _CORRECTED.search(text, best.end, span.start)
            or _CORRECTS_BEFORE.match(after)
            or _PREFERRED.match(after)
            or _MINE.search(text, max(span.start - 25, best.end), span.start)
        )
        if best is None or later:
            best = span
    return best


_SLIP = (
    r"\b(?:no|perd[oó]n|disculpa|digo|quise\s+decir|corrijo|sorry|i\s+mean|scratch\s+that|wait|espera|actually|just|oops|ops"
    r"|errata|quer\s+dizer|ali[aá]s|desculpa|na\s+verdade|troquei|me\s+equivoqu[eé]|typo|mistake|errei)\b"
)
_DOT = r"\s?(?:\.|punto|dot|ponto)\s?"
_DOMAIN = re.compile(
    rf"{_SLIP}\W+(?:[^\W\d]+\W+){{0,4}}?(?P<domain>(?!(?:es|is|[ée]|era|it|que)\b)[\w-]{{2,30}}{_DOT}[a-z]{{2,10}}(?:{_DOT}[a-z]{{2}})?)\b(?!\s*[@\w])"
    rf"|{_SLIP}[\s,:;]{{0,3}}(?:[^\W\d]+\s+){{0,2}}?(?:punto\s|dot\s|ponto\s|\.)(?P<ending>[a-z]{{2,6}})\b",
    _I,
)
_LAST_DIGITS = re.compile(
    r"\b(?P<named>\d{2,4})\s+(?:no\s+final|al\s+final|at\s+the\s+end|no\s+fim|in\s+the\s+end)\b"
    r"|\b(?:termina|acaba|ends|ending|terminad[oa]|[uú]ltimos(?:\s+d[ií]gitos)?|last\s+(?:two|three|four)(?:\s+digits)?)"
    r"\s+(?:(?:en|em|in|is|are|s[ãa]o|son|es|[ée]|with|con|com)\s+)?(?:el\s+)?(?P<ends>\d{2,4})\b"
    rf"|{_SLIP}\W+(?:[^\W\d]+\W+){{0,2}}?(?P<bare>\d{{4}})\b(?!\W?\d)",
    _I,
)
_HINT = re.compile(
    rf"{_SLIP}|\b(?:final|end|fim|termina|acaba|ends|ending|terminad[oa]|[uú]ltimos|last)\b", _I
)
_REACH = 90
_LONGEST = 200


def mends(text: str) -> bool:
    """Whether it could correct the end of an address or number that was given before."""
    return len(text) <= _LONGEST and _HINT.search(text) is not None


def mended_email(value: str, said: str) -> str | None:
    """The address after a correction of its end in `said`, or None where there is none."""
    said = said[:_REACH]
    if not _HINT.search(said):
        return None
    match = _DOMAIN.search(said)
    if match is None:
        return None
    local, _, domain = value.partition("@")
    first, _, _ending = domain.partition(".")
    if match["ending"]:
        return is_email(f"{local}@{first}.{match['ending'].lower()}")
    new = re.sub(_DOT, ".", match["domain"].lower(), flags=_I)
    same = new.partition(".")[0] in {first, *_PROVIDERS}
    return is_email(f"{local}@{new}") if same else None


_PROVIDERS = frozenset(("gmail", "hotmail", "outlook", "yahoo", "icloud", "live", "example"))


def mended_phone(value: str, said: str) -> str | None:
    """The number (E.164) after a correction of its last digits in `said`, or None where there is none."""
    said = said[:_REACH]
    if not _HINT.search(said):
        return None
    match = _LAST_DIGITS.search(said)
    if match is None or speaks_of_others(said[: match.start()]):
        return None
    last = match["named"] or match["ends"] or match["bare"]
    new = value[: -len(last)] + last
    return is_phone(new, "") if new != value else None


def mended(found: Found | None, text: str, spans: list[Found]) -> Found | None:
    """`found` with what the rest of its own message corrects in it."""
    if found is None or found.value is None:
        return found
    following = min((s.start for s in spans if s.start >= found.end), default=len(text))
    said = text[found.end : following]
    mend = mended_email if "@" in found.value else mended_phone
    value = mend(found.value, said)
    return replace(found, value=value, suggestion=None) if value else found
