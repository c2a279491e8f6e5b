"""How a guided reply is put into words: variants in turn, the visitor's name at most once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any, Literal

from app.prompting.types import Locale
from app.prompting.variables import fill
from app.replies.guided.texts import GuidedTexts, guided_texts

Group = Literal["opening", "say", "answers", "known", "ask"]

MAX_ITEM_CHARS = 80
_MARKUP = re.compile(r"[<>\[\]{}\\`@]|://|javascript:", re.IGNORECASE)
_DECORATION = re.compile(r"[|*_#~]")


class Voice:
    """Collects the sentences of one reply. `used` counts each key over the conversation; it is changed in place."""

    def __init__(
        self,
        locale: Locale,
        *,
        assistant: str,
        site_name: str,
        item: dict[str, Any] | None,
        used: dict[str, int],
    ) -> None:
        self.texts: GuidedTexts = guided_texts()[locale]
        self.item = item_title(item)
        self.name: str | None = None
        self._used = used
        self._paragraphs: list[list[str]] = [[]]
        self._fixed = {
            "assistant": assistant,
            "site_name": site_name,
            "of_item": fill(self.texts.of_item, {"item": self.item}) if self.item else "",
        }

    def say(self, group: Group, key: str, **values: str) -> None:
        """Add the next variant of `group.key`."""
        lines: list[str] = getattr(getattr(self.texts, group), key)
        times = self._used.get(f"{group}.{key}", 0)
        self._used[f"{group}.{key}"] = times + 1
        line = lines[times % len(lines)]
        known = self._fixed | {"comma_name": ""} | values
        if "{{comma_name}}" in line and self.name:
            known["comma_name"] = f", {first_name(self.name)}"
            self.name = None
        self._paragraphs[-1].append(fill(line, known))

    def add(self, text: str) -> None:
        """A sentence that is not ours, such as the consent text."""
        self._paragraphs[-1].append(text)

    def new_paragraph(self) -> None:
        if self._paragraphs[-1]:
            self._paragraphs.append([])

    @property
    def silent(self) -> bool:
        return not any(self._paragraphs)

    def listed(self, parts: Sequence[str]) -> str:
        """`a, b and c`."""
        if len(parts) < 2:
            return "".join(parts)
        return f"{', '.join(parts[:-1])}{self.texts.and_}{parts[-1]}"

    def text(self) -> str:
        return "\n\n".join(" ".join(paragraph) for paragraph in self._paragraphs if paragraph)


def item_title(item: dict[str, Any] | None) -> str:
    """The title of the page's item as plain words. It comes from a web page: with markup in it, it is not said."""
    title = item.get("title") if item else None
    if not isinstance(title, str) or _MARKUP.search(title):
        return ""
    plain = _DECORATION.sub(" ", title)
    plain = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in plain)
    words = " ".join(plain.split())
    return words if len(words) <= MAX_ITEM_CHARS else words[: MAX_ITEM_CHARS - 1].rstrip() + "…"


def first_name(name: str) -> str:
    """`Ana` of `Ana María Pérez`; a title keeps its name: `Dr. Pérez`."""
    first, _, rest = name.partition(" ")
    return f"{first} {rest.split()[0]}" if first.endswith(".") and rest else first
