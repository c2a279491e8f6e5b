"""Two texts side by side, and as one with marks: how a version differs from another. Pure."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Sequence
from typing import Any

MAX_PAIRS = 200_000
"""Of lines that are alike. Comparing walks over all of them again and again: two texts of thousands of equal lines
would take minutes."""


def compared(before: str, after: str) -> list[dict[str, Any]]:
    """`[{kind, left, right}]`: runs of lines that are `equal`, `replace`d, `delete`d or `insert`ed, each with where it
    begins (`left_line`, `right_line`, from 1)."""
    left, right = before.splitlines(), after.splitlines()
    return [
        {
            "kind": kind,
            "left_line": i1 + 1,
            "right_line": j1 + 1,
            "left": left[i1:i2],
            "right": right[j1:j2],
        }
        for kind, i1, i2, j1, j2 in _opcodes(left, right)
    ]


def unified(before: str, after: str, *, old: str, new: str) -> str:
    """As `diff -u` prints it; empty when they are alike."""
    left, right = before.splitlines(keepends=True), after.splitlines(keepends=True)
    if _comparable(left, right):
        lines = list(difflib.unified_diff(left, right, fromfile=old, tofile=new))
    else:
        lines = [f"--- {old}", f"+++ {new}", f"@@ -1,{len(left)} +1,{len(right)} @@"]
        lines += [*(f"-{line}" for line in left), *(f"+{line}" for line in right)]
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def _opcodes(left: list[str], right: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    if _comparable(left, right):
        return difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    return [("replace", 0, len(left), 0, len(right))]


def _comparable(left: list[str], right: list[str]) -> bool:
    """Whether it takes no time; else one text stands for the whole of the other."""
    seen = Counter(left)
    return sum(seen[line] for line in right) <= MAX_PAIRS
