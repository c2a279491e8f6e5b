"""A company and a web address, where a visitor names one."""

from __future__ import annotations

import re

MAX_COMPANY = 80

_WORD = r"(?-i:[A-ZÀ-Ý0-9])[\w&'’.-]*"
_NAMED = rf"{_WORD}(?: (?:(?:de|del|la|los|las|y|e|&|of|and|the|da|do|dos) )?{_WORD}){{0,4}}"
_FORM = (
    r"(?:S\.?\s?R\.?\s?L|S\.?\s?A(?:\.?\s?S)?|S\.?\s?L|E\.?I\.?R\.?L|S\.? de R\.?L|Ltda?|LLC|Inc|Corp"
    r"|GmbH|Ltd|S/A|EIRELI)"
)
_COMPANY = re.compile(
    rf"\b(?:(?:de|en|para|con|da|na|at|from|with|for)\s+(?:la\s+|a\s+|the\s+)?(?:empresa|compa[ñn][ií]a|firma|company)"
    rf"|(?:mi|nuestra|minha|nossa|my|our)\s+(?:empresa|compa[ñn][ií]a|company|firm)\s+(?:es|se\s+llama"
    rf"|is(?:\s+called)?|[ée]|se\s+chama)"
    rf"|(?:empresa|company|compa[ñn][ií]a)\s*:|(?:trabajo|trabalho|work)\s+(?:en|para|na|no|at|for)"
    rf"|represent(?:o|amos)\s+a)\s+"
    rf"(?P<name>{_NAMED})|(?P<formed>{_NAMED},? {_FORM}\b\.?)",
    re.IGNORECASE,
)
_URL = re.compile(
    r"(?<![\w@.-])(?:https?://)?((?:www\.)?(?:[a-z0-9-]{1,63}\.){1,3}(?:com|net|org|io|co|ai|app|shop"
    r"|store|info|biz|do|mx|es|ar|cl|pe|br|pt|uk|ca|us)"
    r"(?:\.[a-z]{2})?(?:/[^\s<>\"')]{0,200})?)(?![\w@])",
    re.IGNORECASE,
)


def find_company(text: str) -> tuple[int, int] | None:
    """Where a company stands in a text as it was written: "trabajo en Constructora Vega", "Vega Motors SRL"."""
    match = _COMPANY.search(text)
    if match is None:
        return None
    start, end = match.span("name") if match["name"] else match.span("formed")
    return start, start + len(text[start:end][:MAX_COMPANY].rstrip(" .,;"))


def find_website(text: str) -> tuple[int, int] | None:
    """Where the first web address stands, without its scheme."""
    match = _URL.search(text)
    if match is None:
        return None
    return match.start(1), match.start(1) + len(match[1].rstrip(".,;:!?"))
