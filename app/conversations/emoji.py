"""One emoji, as visitors and staff put it on messages."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

_PICTURE = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf"
    "\u2934\u2935\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
    "[\ufe0e\ufe0f]?[\U0001f3fb-\U0001f3ff]?"
)
_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"
_REGION = "\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"
_ONE = re.compile(f"{_FLAG}|{_REGION}|[0-9#*]\ufe0f?\u20e3|{_PICTURE}(?:\u200d{_PICTURE})*")
"""After Unicode's UTS #51. What is invisible by itself, or turns the text round it, is nobody's reaction."""


def _one_emoji(value: str) -> str:
    if not _ONE.fullmatch(value):
        raise ValueError("must be an emoji")
    return value


Emoji = Annotated[
    str, StringConstraints(strict=True, min_length=1, max_length=16), AfterValidator(_one_emoji)
]
