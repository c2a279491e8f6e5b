"""`{{variables}}` in prompt texts: a closed set, checked when a file is read, filled in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_VARIABLE = re.compile(r"\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}")
_BROKEN = re.compile(r"\{\{|\}\}")


class BadVariable(ValueError):
    """`line` counts from 1 inside the text."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def check_variables(text: str, allowed: Iterable[str]) -> None:
    """Raises BadVariable for a name outside `allowed`, and for braces that are no variable."""
    names = frozenset(allowed)
    for match in _VARIABLE.finditer(text):
        if match[1] not in names:
            known = ", ".join(sorted(names)) or "none"
            raise BadVariable(
                f"unknown variable {{{{{match[1]}}}}} (known: {known})", _line(text, match.start())
            )
    rest = _VARIABLE.sub(lambda m: " " * len(m[0]), text)
    if broken := _BROKEN.search(rest):
        raise BadVariable(f"{broken[0]!r} that is no variable", _line(text, broken.start()))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its variables replaced. A value is put in as it is: braces inside it mean nothing."""
    return _VARIABLE.sub(lambda match: values[match[1]], text)


def line_of(text: str, name: str) -> int | None:
    """The first line that names a variable, from 1."""
    return next((_line(text, m.start()) for m in _VARIABLE.finditer(text) if m[1] == name), None)


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
