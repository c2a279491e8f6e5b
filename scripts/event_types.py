"""Writes the TypeScript types of every event from the closed union in app/realtime/events.py.

python scripts/event_types.py widget/src/generated/events.ts            write
python scripts/event_types.py --check widget/src/generated/events.ts    exit 1 if the file is not current
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.realtime.events import event_schema  # noqa: E402 - the checkout's own, wherever this is started

HEADER = "// Generated from app/realtime/events.py by scripts/event_types.py. Do not edit.\n"
_PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}


def main(arguments: list[str]) -> int:
    check = "--check" in arguments
    paths = [Path(a) for a in arguments if a != "--check"]
    if not paths:
        print(__doc__, file=sys.stderr)
        return 2
    text = render(event_schema())
    stale = [path for path in paths if not path.exists() or path.read_text(encoding="utf-8") != text]
    if check:
        for path in stale:
            print(
                f"{path} is not what app/realtime/events.py says; run scripts/widget build", file=sys.stderr
            )
        return 1 if stale else 0
    for path in stale:
        path.write_text(text, encoding="utf-8")
    return 0


def render(schema: dict[str, Any]) -> str:
    """One interface per definition, and the union of the events."""
    parts = [HEADER]
    for name, definition in sorted(schema["$defs"].items()):
        parts.append(_interface(name, definition))
    union = " | ".join(sorted(_reference(branch) for branch in schema["oneOf"]))
    parts.append(f"export type TaliaEvent = {union};\n")
    return "\n".join(parts)


def _interface(name: str, definition: dict[str, Any]) -> str:
    if "properties" not in definition:
        return f"export type {name} = {_type(definition)};\n"
    required = set(definition.get("required", ()))
    lines = [f"export interface {name} {{"]
    for field, shape in definition["properties"].items():
        mark = "" if field in required else "?"
        lines.append(f"  {field}{mark}: {_type(shape)};")
    return "\n".join([*lines, "}", ""])


def _type(shape: dict[str, Any]) -> str:
    if "$ref" in shape:
        return _reference(shape)
    values = [shape["const"]] if "const" in shape else shape.get("enum")
    if values is not None:
        return " | ".join(json.dumps(value) for value in values)
    if "anyOf" in shape:
        return " | ".join(dict.fromkeys(_type(option) for option in shape["anyOf"]))
    kind = shape.get("type")
    if kind == "array":
        inner = _type(shape.get("items", {}))
        return f"readonly ({inner})[]" if "|" in inner else f"readonly {inner}[]"
    if kind == "object":
        more = shape.get("additionalProperties")
        return f"Record<string, {_type(more) if isinstance(more, dict) else 'unknown'}>"
    return _PLAIN.get(str(kind), "unknown")


def _reference(shape: dict[str, Any]) -> str:
    return str(shape["$ref"]).rsplit("/", 1)[1]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
