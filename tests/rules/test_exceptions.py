"""Nothing is swallowed: who catches everything logs it, or raises it again."""

import ast

from tests.rules.tree import sources

BROAD = {"Exception", "BaseException"}
LOGGERS = {"log", "logger", "logging"}

BAD = """
try:
    work()
except Exception:
    pass
"""
BARE = BAD.replace(" Exception", "")
MIXED = BAD.replace("Exception", "(OSError, Exception)")
SUPPRESSED = """
with contextlib.suppress(Exception):
    work()
"""
GOOD = """
try:
    work()
except Exception:
    log.exception("work failed", turn=turn)
try:
    work()
except BaseException:
    release()
    raise
try:
    work()
except ValueError:
    pass
"""


def swallowed(source: str) -> list[int]:
    """Lines where everything is caught and neither logged nor raised again."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ExceptHandler) and _is_broad(node.type) and not _is_told(node):
            found.append(node.lineno)
        if isinstance(node, ast.Call) and _name(node.func) == "suppress" and any(map(_is_broad, node.args)):
            found.append(node.lineno)
    return found


def _is_broad(caught: ast.expr | None) -> bool:
    if caught is None:
        return True
    if isinstance(caught, ast.Tuple):
        return any(map(_is_broad, caught.elts))
    return _name(caught) in BROAD


def _is_told(handler: ast.ExceptHandler) -> bool:
    for node in ast.walk(handler):
        if isinstance(node, ast.Raise):
            return True
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            if _name(owner).lstrip("_") in LOGGERS:
                return True
    return False


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def test_nothing_is_swallowed() -> None:
    found = [
        f"{name}:{line}"
        for below in ("app/", "scripts/", "benchmarks/")
        for name, source in sources(".py", below=below)
        for line in swallowed(source)
    ]
    assert not found


def test_the_bad_samples_are_caught() -> None:
    for bad in (BAD, BARE, MIXED):
        assert swallowed(bad) == [4]
    assert swallowed(SUPPRESSED) == [2]
    assert swallowed(GOOD) == []
