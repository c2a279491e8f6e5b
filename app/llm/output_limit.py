"""A bound on how much text one round may bring, for servers that ignore the limit they were asked to keep."""

from __future__ import annotations

from app.llm.port import ModelFailure

_CHARACTERS_PER_TOKEN = 16
"""Well above any language's average of 2 to 5, so that an honest answer never meets it."""


class OutputLimit:
    """Counts characters of text and of tool arguments. Raises ModelFailure("truncated") past the limit."""

    __slots__ = ("_left",)

    def __init__(self, max_output_tokens: int) -> None:
        self._left = max_output_tokens * _CHARACTERS_PER_TOKEN

    def add(self, characters: int) -> None:
        self._left -= characters
        if self._left < 0:
            raise ModelFailure("truncated", "the server ignored max_output_tokens")
