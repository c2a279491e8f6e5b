"""What a cell of a CSV may hold, so that a spreadsheet never runs what a visitor wrote.

A cell that begins like a formula gets a `'` in front. So does one that begins with `'` and then like a formula: whoever
reads the file back takes one `'` away from exactly those, and has what was stored.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime

from app.leads.export_types import Cell

# The characters that begin a formula, their full-width twins, and the control characters that importers skip.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
# Where the list separator is `;`, Excel splits a CSV with commas there, and quotation marks do not stop it.
_LATER_FORMULA = re.compile(r"(?<=[;\t\r\n])(?=[\"']*[=+\-@＝＋－＠])")
E164 = re.compile(r"\+[1-9][0-9]{6,14}")


def safe_text(text: str, *, phones: bool = False, split: bool = False) -> str:
    """`phones`: a valid E.164 number stays as it is, for importers that would not find it behind a `'`. `split`: the
    reader may take `;` and line ends for the end of a cell, whatever is around them; what follows them is safe as well.

    NUL goes: some readers end a cell there, and some leave it out and see what follows as the beginning.
    """
    text = text.replace("\0", "")
    if phones and E164.fullmatch(text):
        return text
    if split:
        text = _LATER_FORMULA.sub("'", text)
    return f"'{text}" if _FORMULA.match(text) else text


def csv_text(cell: Cell, *, phones: bool = False, split: bool = False) -> str:
    """ISO 8601 for times (UTC) and days; nothing for None. Numbers are ours and go as they are."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return safe_text(cell, phones=phones, split=split)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return iso(cell)
    return cell.isoformat() if isinstance(cell, date) else repr(cell)


def iso(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def cut(text: str, characters: int) -> str:
    """At most that many, without half of a letter with its accent at the end."""
    if len(text) <= characters:
        return text
    while characters and unicodedata.combining(text[characters]):
        characters -= 1
    return text[:characters]


def cut_bytes(text: str, most: int) -> str:
    """At most that many bytes of UTF-8, and no half character."""
    return text.encode()[:most].decode(errors="ignore")


def plain(text: str) -> str:
    """On one line, without control characters: for importers that end a record at a line's end."""
    return " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in text).split())
