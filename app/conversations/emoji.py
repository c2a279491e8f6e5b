"""One emoji, as visitors and staff put it on messages."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, StringConstraints


def _one_emoji(value: str) -> str:
    if re.search(r"[\w\s<>&\"'\x00-\x1f]", value):
        raise ValueError("must be an emoji")
    return value


Emoji = Annotated[
    str, StringConstraints(strict=True, min_length=1, max_length=16), AfterValidator(_one_emoji)
]
