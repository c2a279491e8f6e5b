"""app/settings.py is the only reader of the environment: what configures the product is in one place."""

import ast

from tests.rules.tree import sources

NAMES = {"environ", "environb", "getenv", "getenvb", "putenv"}

BAD = 'import os\nkey = os.environ["OPENAI_API_KEY"]\n'
WORSE = "from os import getenv\n"


def readers(source: str) -> list[int]:
    """Lines that touch the environment."""
    found = []
    for node in ast.walk(ast.parse(source)):
        of_os = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "os"
        if of_os and node.attr in NAMES:  # type: ignore[attr-defined]
            found.append(node.lineno)
        if isinstance(node, ast.ImportFrom) and node.module == "os":
            found += [node.lineno for alias in node.names if alias.name in NAMES]
    return found


def test_nobody_else_reads_the_environment() -> None:
    found = [
        f"{name}:{line}"
        for name, source in sources(".py", below="app/")
        if name != "app/settings.py"
        for line in readers(source)
    ]
    assert not found


def test_the_bad_samples_are_caught() -> None:
    assert readers(BAD) == [2]
    assert readers(WORSE) == [1]
    assert readers('import os\nos.path.join("a", "b")\n') == []
