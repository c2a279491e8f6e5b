"""What may be an argument of a database function: JSON that PostgreSQL can store, whichever the transport."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import lru_cache

from app.db.rpc import Json
from app.errors import Invalid

_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_INT64 = 2**63


def check_call(function: str, args: Mapping[str, Json]) -> None:
    """Refuse what one transport would store and the other would not.

    Names go into a statement or an address as they are. They come from our code: ValueError if they cannot.
    Invalid `text.invalid`: NUL or a lone surrogate. Invalid `number.out_of_range`: NaN, infinity, beyond
    64 bits. Anything that is not JSON (a UUID, a datetime, a model) is a mistake in our code: TypeError.
    """
    _check_name(function)
    for name, value in args.items():
        _check_name(name)
        _check(name, value)


@lru_cache(maxsize=1024)
def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name of a function or an argument")


def _check(name: str, value: Json) -> None:
    if isinstance(value, str):
        _check_text(name, value)
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError(f"{name}: the keys of an object are text, not {type(key).__name__}")
            _check_text(name, key)
            _check(name, item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _check(name, item)
    else:
        _check_scalar(name, value)


def _check_scalar(name: str, value: Json) -> None:
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, int):
        storable = -_INT64 <= value < _INT64
    elif isinstance(value, float):
        storable = math.isfinite(value)
    else:
        raise TypeError(f"{name}: {type(value).__name__} is not a JSON value")
    if not storable:
        raise Invalid(f"{name}: a number is too large or not finite.", code="number.out_of_range")


def _check_text(name: str, text: str) -> None:
    if "\0" in text:
        raise Invalid(f"{name}: text with a NUL character cannot be stored.", code="text.invalid")
    if text.isascii():
        return
    try:
        text.encode()
    except UnicodeEncodeError:
        message = f"{name}: text with half a surrogate pair cannot be stored."
        raise Invalid(message, code="text.invalid") from None
