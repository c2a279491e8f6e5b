"""An assistant's file as the fields of a form: read from the text, and written into it with all else left as it is.

The text is the draft, whichever way it is edited: comments, order and what a form does not know stay.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from app.errors import ConfigurationError
from app.prompt_files import Mistaken, yaml_data
from app.prompting.assistants import FrontMatter, parse_assistant, split_file
from app.prompting.types import BadPrompt

Row = dict[str, Any]

SYSTEM_TEXT = "system_text"
FIELDS = frozenset((*FrontMatter.model_fields, SYSTEM_TEXT))

_PATH = Path("draft")
_ON_LINES = frozenset(("greeting", "quick_replies", "handoff_rules"))
"""Fields whose parts stand on a line each; of the others everything stands on one."""
_NEXT_KEY = re.compile(r"^[^\s#-]", re.MULTILINE)
_TRAILING = re.compile(r"(?:^[ \t]*(?:#.*)?\n)+\Z", re.MULTILINE)
_PLAIN = re.compile(r"[A-Za-zÀ-ÿ][\wÀ-ÿ ,.'()/-]*[\wÀ-ÿ.)]")
_PLAIN_INSIDE = re.compile(r"[A-Za-z_][\w-]*")


def opened(content: str) -> Row:
    """{content, fields, errors}. `fields` are as they stand in the text, wrong ones too; None: it cannot be taken
    apart. `errors`: {line, field, message}; `field` is `greeting.es`, or empty where it is the text's."""
    fields = None
    try:
        head, body, _ = split_file(content, _PATH)
        data = yaml_data(head, path=_PATH, first_line=2)
        if isinstance(data, dict):
            fields = {name: _shown(data.get(name)) for name in FrontMatter.model_fields}
            fields[SYSTEM_TEXT] = body.strip("\n")
    except ConfigurationError:
        pass
    return {"content": content, "fields": fields, "errors": errors_in(content)}


def errors_in(content: str) -> list[Row]:
    try:
        parse_assistant(content, path=_PATH, name="draft")
    except Mistaken as error:
        return [{"line": one.line, "field": one.where, "message": one.message} for one in error.mistakes]
    except ConfigurationError as error:
        _, line, message = str(error).split(":", 2)
        return [{"line": int(line), "field": _body_at(content, int(line)), "message": message.strip()}]
    return []


def changed(content: str, changes: Mapping[str, Any]) -> str:
    """The text with other values of some fields; None takes one out. Raises BadPrompt when it cannot be taken apart."""
    try:
        head, body, _ = split_file(content, _PATH)
        data = yaml_data(head, path=_PATH, first_line=2)
    except ConfigurationError as error:
        raise BadPrompt(str(error)) from error
    if not isinstance(data, dict):
        raise BadPrompt("the front matter holds no fields")
    for name, value in changes.items():
        if name == SYSTEM_TEXT:
            body = f"{str(value or '').strip()}\n"
        elif data.get(name) != value:
            data = (
                {**data, name: value} if value is not None else {k: v for k, v in data.items() if k != name}
            )
            head = _with(head, name, value, data)
    return f"---\n{head}---\n{body}"


def _with(head: str, name: str, value: Any, data: Row) -> str:
    """`data` is what must come out: a text in some other style than ours is written anew as a whole."""
    lines = "" if value is None else _written(name, value)
    start = re.search(rf"^{name}[ \t]*:", head, re.MULTILINE)
    if start is None:
        text = head + lines
    else:
        following = _NEXT_KEY.search(head, start.end())
        end = following.start() if following else len(head)
        # Remarks above the next field are the next field's.
        if remark := _TRAILING.search(head, start.end(), end):
            end = max(remark.start(), head.index("\n", start.end()) + 1)
        text = head[: start.start()] + lines + head[end:]
    try:
        same = yaml_data(text, path=_PATH) == data
    except ConfigurationError:
        same = False
    if same:
        return text
    dumped: str = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)
    return dumped


def _written(name: str, value: Any) -> str:
    if isinstance(value, dict) and name in _ON_LINES:
        return f"{name}:\n" + "".join(
            f"  {_scalar(key, inside=True)}: {_inline(one)}\n" for key, one in value.items()
        )
    if isinstance(value, list) and value and name in _ON_LINES:
        return f"{name}:\n" + "".join(f"  - {_scalar(one)}\n" for one in value)
    return f"{name}: {_scalar(value) if isinstance(value, str) else _inline(value)}\n"


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(f"{_scalar(key, inside=True)}: {_inline(one)}" for key, one in value.items())
            + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(_inline(one) for one in value) + "]"
    return _scalar(value, inside=True)


def _scalar(value: Any, *, inside: bool = False) -> str:
    if not isinstance(value, str):
        return json.dumps(value)
    plain = _PLAIN_INSIDE if inside else _PLAIN
    if plain.fullmatch(value) and yaml.safe_load(value) == value:
        return value
    quoted: str = yaml.safe_dump(value, default_style='"', allow_unicode=True, width=10**9)
    return quoted.strip()


def _shown(value: Any) -> Any:
    """A value as JSON can hold it: YAML also knows dates, bytes, and numbers that are none."""
    if isinstance(value, dict):
        return {str(key): _shown(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_shown(one) for one in value]
    if value is None or isinstance(value, str | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    return str(value)


def _body_at(content: str, line: int) -> str:
    try:
        _, _, body_line = split_file(content, _PATH)
    except ConfigurationError:
        return ""
    return SYSTEM_TEXT if line >= body_line else ""
