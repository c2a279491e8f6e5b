"""Files stay small and have names that say what is in them."""

import re
from pathlib import PurePosixPath

from tests.rules.tree import GENERATED, paths, sources

MOST_LINES = 500
CODE = (".py", ".sql", ".ts", ".tsx", ".js", ".mjs", ".css", ".html", ".sh", "")
DRAWERS = re.compile(r"^_?(utils?|utilities|helpers?|common|misc|stuff)$", re.IGNORECASE)


def too_long(text: str) -> bool:
    return text.count("\n") > MOST_LINES


def is_drawer(path: str) -> bool:
    """Whether a name on the path says only that something is in there."""
    return any(DRAWERS.match(PurePosixPath(part).stem) for part in PurePosixPath(path).parts)


def test_no_file_is_too_long() -> None:
    assert [name for name, text in sources(*CODE) if name not in GENERATED and too_long(text)] == []


def test_no_module_is_a_drawer() -> None:
    assert [str(path) for path in paths() if path.suffix in CODE and is_drawer(path.as_posix())] == []


def test_the_bad_samples_are_caught() -> None:
    assert too_long("x\n" * 501)
    assert not too_long("x\n" * 500)
    for bad in ("app/utils.py", "app/leads/helpers/phone.py", "console/src/common.ts", "app/_util.py"):
        assert is_drawer(bad)
    for good in ("app/errors.py", "app/leads/common_phrases.py", "scripts/test"):
        assert not is_drawer(good)
