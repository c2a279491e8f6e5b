"""The project installs from wherever its user's tools look: it names no package index, and no one's own disk."""

import re

from tests.rules.tree import sources

# In pieces, or this file would break its own rule.
HOSTS = [
    ".".join(pieces)
    for pieces in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("npmmirror", "com"),
        ("deb", "debian", "org"),
        ("archive", "ubuntu", "com"),
        ("jsr", "io"),
        ("unpkg", "com"),
        ("jsdelivr", "net"),
        ("esm", "sh"),
    )
]
FOREIGN = re.compile(
    "|".join(
        [*(re.escape(host) for host in HOSTS), "/" + r"work/(main|shared)\b", "/" + r"opt/(pypi|wheels)\b"]
    )
)


def foreign(text: str) -> list[str]:
    return [match.group() for match in FOREIGN.finditer(text)]


def test_no_file_names_an_index_or_a_machine() -> None:
    found = {name: marks for name, text in sources() if (marks := foreign(text))}
    assert found == {}


def test_the_bad_samples_are_caught() -> None:
    assert foreign("--index-url https://" + HOSTS[0] + "/simple")
    assert foreign('"resolved": "https://registry.' + HOSTS[2] + '/preact"')
    assert foreign("see /" + "work/shared/notes.md")
    assert not foreign("https://www.example.com/ and docs/deploy.md")
