"""Every change is one SQL function call through `Rpc`: no statement stands in Python outside app/db."""

import ast
import re

from tests.rules.tree import sources

STATEMENT = re.compile(
    r"""^\s*(
        select\s.+\sfrom\s | select\s+[\w.]+\( | insert\s+into\s | update\s+[\w."]+\s+set\s | delete\s+from\s
        | (create|alter|drop)\s+(or\s+replace\s+)?(table|function|index|schema|role|database|type|view|extension)\s
        | truncate\s+(table\s)? | (grant|revoke)\s.+\son\s | listen\s+\w | notify\s+\w+\s*, | set\s+(local\s+)?role\s
        | begin\s*; | with\s+\w+\s+as\s*\(
    )""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)

BAD = 'async def f(conn): await conn.execute("update conversaciones set status = %s", ["archived"])'
GOOD = '''
"""Select the best from what is here: a docstring is prose."""
async def f(rpc): return await rpc.call("complete_turn", turn="1")
TEXTS = ["Update your details", "Select one", "Create the account", "Delete everything"]
'''


def statements(source: str) -> list[int]:
    """Lines on which a string begins that is SQL."""
    tree = ast.parse(source)
    docstrings = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docstrings
        and STATEMENT.match(node.value)
    ]


def test_no_sql_outside_db() -> None:
    found = [
        f"{name}:{line}"
        for below in ("app/", "scripts/")
        for name, source in sources(".py", below=below)
        if not name.startswith("app/db/")
        for line in statements(source)
    ]
    assert not found


def test_the_bad_sample_is_caught() -> None:
    assert statements(BAD) == [1]


def test_prose_is_not_taken_for_sql() -> None:
    assert statements(GOOD) == []


def test_db_itself_would_be_caught() -> None:
    assert any(statements(source) for name, source in sources(".py", below="app/db/"))
