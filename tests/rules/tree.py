"""The project's own files, as the rules see them."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GENERATED = {"supabase/schema.sql", "console/src/generated/api.ts"}
NOT_OURS = {".git", ".venv", ".talia", ".talia-tools", "node_modules", "__pycache__", "dist", ".hypothesis"}
TEXT = {
    *(
        ".py",
        ".sql",
        ".md",
        ".toml",
        ".lock",
        ".yaml",
        ".yml",
        ".json",
        ".html",
        ".css",
        ".sh",
        ".txt",
        ".js",
    ),
    *(".ts", ".tsx", ".mjs", ".cfg", ".ini", ".example", ".service", ".conf", ""),
}


def paths() -> list[Path]:
    """Everything that is or will be committed, relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0:
        return sorted(Path(name) for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())
    # An unpacked archive is no repository.
    return sorted(
        path.relative_to(ROOT)
        for path in ROOT.rglob("*")
        if path.is_file() and not NOT_OURS.intersection(path.relative_to(ROOT).parts)
    )


def sources(*suffixes: str, below: str = "") -> Iterator[tuple[str, str]]:
    """(path with slashes, text) of the text files with one of `suffixes`, or of all, below a folder."""
    for path in paths():
        name = path.as_posix()
        if path.suffix in (suffixes or TEXT) and name.startswith(below):
            yield name, (ROOT / path).read_text(encoding="utf-8")
