"""Documents hold together: links lead somewhere, and every decision says what enforces it."""

import re
from pathlib import Path

from tests.rules.tree import ROOT, sources

LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)|!\[[^\]\n]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*$", re.MULTILINE)
PARTS = ["Context", "Decision", "Consequences", "Alternatives", "Enforced by"]
PATH = re.compile(r"`([\w./-]+)`")


def broken_links(name: str, text: str) -> list[str]:
    """Relative links of a document that lead to no file, or to no heading of it."""
    found = []
    for match in LINK.finditer(FENCE.sub("", text)):
        target = match.group(1) or match.group(2)
        if re.match(r"[a-z]+:", target):
            continue
        place, _, anchor = target.partition("#")
        path = (ROOT / name).parent / place if place else ROOT / name
        if not path.exists() or (anchor and path.suffix == ".md" and anchor not in anchors(path)):
            found.append(target)
    return found


def anchors(path: Path) -> set[str]:
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in HEADING.findall(text)}


def lacks(text: str) -> list[str]:
    """What a decision record is missing."""
    begins = re.findall(r"^\*\*([A-Z][a-z ]+)\.?\*\*", text, re.MULTILINE)
    enforcers = PATH.findall(text.split("**Enforced by**", 1)[-1])
    nowhere = [f"{path}, which enforces it" for path in enforcers if not (ROOT / path).exists()]
    missing = [part for part in PARTS if part not in begins]
    return missing or nowhere or ([] if enforcers else ["a file that enforces it"])


def test_links_lead_somewhere() -> None:
    found = {name: links for name, text in sources(".md") if (links := broken_links(name, text))}
    assert found == {}


def test_every_decision_is_whole_and_enforced() -> None:
    records = {
        name: text
        for name, text in sources(".md", below="docs/decisions/")
        if not name.endswith("/README.md")
    }
    assert records
    assert {name: missing for name, text in records.items() if (missing := lacks(text))} == {}
    assert all(re.fullmatch(r"docs/decisions/\d{4}-[a-z0-9-]+\.md", name) for name in records)
    numbers = [Path(name).name[:4] for name in records]
    assert len(set(numbers)) == len(numbers)


def test_the_bad_samples_are_caught() -> None:
    assert broken_links("README.md", "see [this](docs/nowhere.md)") == ["docs/nowhere.md"]
    assert broken_links("README.md", "see [this](#no-such-heading)") == ["#no-such-heading"]
    assert broken_links("README.md", "see [this](LICENSE) and [that](https://example.com/x)") == []
    whole = "".join(f"**{part}.** Text.\n\n" for part in PARTS[:-1]) + "**Enforced by** "
    assert lacks(whole) == ["a file that enforces it"]
    assert lacks(whole + "`tests/nowhere.py`") == ["tests/nowhere.py, which enforces it"]
    assert lacks(whole + "`tests/rules/tree.py`") == []
    assert lacks(whole.replace("**Alternatives.**", "")) == ["Alternatives"]
