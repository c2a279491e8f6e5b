"""Markdown documents, cut into the passages that are found and quoted: one heading with what stands under it."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass

MAX_PASSAGE_CHARS = 1500
MAX_PASSAGES = 500

_HEADING = re.compile(r"(#{1,6})\s+(\S.*)")
_FENCE = re.compile(r"^\s*(```|~~~)")


@dataclass(frozen=True, slots=True)
class Piece:
    heading: str
    body: str


def passages_of(body: str) -> list[dict[str, str]]:
    """`[{heading, body}]` as the database keeps them. Headings without text are carried into those below them."""
    pieces: list[Piece] = []
    trail: list[tuple[int, str]] = []
    lines: list[str] = []
    fenced = False

    def close() -> None:
        text = "\n".join(lines).strip()
        if text:
            heading = " · ".join(title for _, title in trail)[:300]
            pieces.extend(Piece(heading, part) for part in _in_parts(text))
        lines.clear()

    for line in body.replace("\r\n", "\n").split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
        match = None if fenced else _HEADING.match(line)
        if match is None:
            lines.append(line)
            continue
        close()
        level = len(match[1])
        trail = [(deep, title) for deep, title in trail if deep < level]
        trail.append((level, match[2].rstrip().rstrip("#").rstrip() or match[2].rstrip()))
    close()
    return [asdict(piece) for piece in pieces[:MAX_PASSAGES]]


def plain(markdown: str) -> str:
    """The text as it is said in a chat: without Markdown's marks, which not every client renders."""
    text = re.sub(r"!\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(\*\*|__|`)", "", text)
    text = re.sub(r"^\s*[-*+]\s+", "• ", text, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _in_parts(text: str) -> list[str]:
    """Whole paragraphs as far as they go; a longer one is cut where a sentence ends, or a word."""
    parts: list[str] = []
    current = ""
    for paragraph in re.split(r"\n\s*\n", text):
        for part in _cut(paragraph.strip()):
            if current and len(current) + len(part) + 2 > MAX_PASSAGE_CHARS:
                parts.append(current)
                current = ""
            current = f"{current}\n\n{part}" if current else part
    return [*parts, current] if current else parts


def _cut(paragraph: str) -> list[str]:
    cut: list[str] = []
    while len(paragraph) > MAX_PASSAGE_CHARS:
        window = paragraph[:MAX_PASSAGE_CHARS]
        end = max((m.end() for m in re.finditer(r"[.!?]\s", window)), default=0) or window.rfind(" ")
        end = end if end > 0 else MAX_PASSAGE_CHARS
        cut.append(paragraph[:end].strip())
        paragraph = paragraph[end:].strip()
    return [*cut, paragraph] if paragraph else cut
