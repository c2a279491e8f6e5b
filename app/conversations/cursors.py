"""Where a list goes on: opaque to clients, strictly read. It grants nothing."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from app.errors import FieldError, Invalid


def encoded(position: dict[str, Any] | None) -> str | None:
    """The last line's {at, <id>}; None at the end of the list."""
    return base64.urlsafe_b64encode(orjson.dumps(position)).decode() if position else None


def decoded(text: str | None, id_name: str) -> dict[str, Any] | None:
    """What `encoded` made. Raises Invalid `cursor.invalid`."""
    if text is None:
        return None
    try:
        position = orjson.loads(base64.urlsafe_b64decode(text))
        moment = datetime.fromisoformat(position["at"])
        return {"at": moment.isoformat(), id_name: str(UUID(position[id_name]))}
    except (binascii.Error, ValueError, TypeError, KeyError, AttributeError) as error:
        wrong = FieldError("cursor", "cursor.invalid", "is not one that a list gave")
        raise Invalid(fields=(wrong,)) from error
