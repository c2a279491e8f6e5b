"""Whether an answer has the shape of an example: every key of it, with the same kind of value."""

from __future__ import annotations

import re
from typing import Any

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def kind(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, str):
        return "moment" if MOMENT.match(value) else "uuid" if UUID.fullmatch(value) else "string"
    return {int: "integer", float: "number", list: "array", dict: "object", type(None): "null"}[type(value)]


def differences(
    example: Any, answer: Any, at: str = "$", *, nullable: frozenset[str] = frozenset()
) -> list[str]:
    """What the answer lacks or says otherwise. More keys than the example's are fine: the contract may be extended."""
    wanted, got = kind(example), kind(answer)
    if got == "null" and at.rsplit(".", 1)[-1] in nullable:
        return []
    if wanted == "null" or (wanted == "string" and got == "uuid"):
        return []
    if wanted != got:
        return [f"{at}: {got} instead of {wanted}"]
    if isinstance(example, dict):
        missing = [f"{at}.{key}: missing" for key in example if key not in answer]
        return missing + [
            found
            for key, value in example.items()
            if key in answer
            for found in differences(value, answer[key], f"{at}.{key}", nullable=nullable)
        ]
    if isinstance(example, list) and example:
        return [
            found
            for number, item in enumerate(answer)
            for found in differences(example[0], item, f"{at}[{number}]", nullable=nullable)
        ]
    return []
