"""Two texts side by side, and as one with marks: how a version differs from another. Pure."""

from __future__ import annotations

import difflib
from typing import Any


def compared(before: str, after: str) -> list[dict[str, Any]]:
    """`[{kind, left, right}]`: runs of lines that are `equal`, `replace`d, `delete`d or `insert`ed, each with where it
    begins (`left_line`, `right_line`, from 1)."""
    left, right = before.splitlines(), after.splitlines()
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    return [
        {
            "kind": kind,
            "left_line": i1 + 1,
            "right_line": j1 + 1,
            "left": left[i1:i2],
            "right": right[j1:j2],
        }
        for kind, i1, i2, j1, j2 in matcher.get_opcodes()
    ]


def unified(before: str, after: str, *, old: str, new: str) -> str:
    """As `diff -u` prints it; empty when they are alike."""
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), fromfile=old, tofile=new
    )
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)
