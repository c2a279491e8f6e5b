"""Prompt files: where they are, and how one becomes a checked value with errors that name file and line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from app.errors import ConfigurationError

Schema = TypeVar("Schema", bound=BaseModel)


@cache
def prompts_dir() -> Path:
    """The folder of shipped prompts: inside an installed wheel `app/_prompts`, in a checkout `prompts/`.

    Raises ConfigurationError when neither is there.
    """
    package = Path(__file__).resolve().parents[0]
    # The wheel's own folder first: a `prompts` beside an installed package is somebody else's.
    for folder in (package / "_prompts", package.parent / "prompts"):
        if folder.is_dir():
            return folder
    raise ConfigurationError(
        f"no prompts: neither {package / '_prompts'} nor {package.parent / 'prompts'} exists"
    )


def read_prompt(path: Path) -> str:
    """The file as text with `\\n` line ends. Raises ConfigurationError."""
    try:
        return path.read_text(encoding="utf-8").removeprefix("\ufeff")
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path}: is not UTF-8 (byte {error.start})") from error


def parse_yaml(text: str, schema: type[Schema], *, path: Path, first_line: int = 1) -> Schema:
    """YAML as a value of `schema`. `first_line` is where `text` starts in its file.

    Raises ConfigurationError as `path:line: what is wrong`, also for a key that stands twice.
    """
    try:
        tree, data = _read_yaml(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        raise ConfigurationError(f"{path}:{first_line + line}: {error.problem or 'not YAML'}") from error
    except yaml.YAMLError as error:
        raise ConfigurationError(f"{path}:{first_line}: not YAML: {error}") from error
    for line, key in _doubled_keys(tree):
        raise ConfigurationError(f"{path}:{first_line + line}: {key!r} stands here twice")
    try:
        return schema.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        message = first["msg"].removeprefix("Value error, ")
        line = _line_of(tree, first["loc"])
        raise ConfigurationError(f"{path}:{first_line + line}: {where}: {message}") from error


def line_of(text: str, loc: tuple[Any, ...], *, first_line: int = 1) -> int:
    """The line of the part `loc` (keys and indexes) of YAML that was read without error, or of its nearest parent."""
    return first_line + _line_of(_read_yaml(text)[0], loc)


def _read_yaml(text: str) -> tuple[yaml.Node | None, Any]:
    """The nodes, which know their lines, and the data, in one parse; by libyaml where PyYAML was built with it."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        tree = loader.get_single_node()
        return tree, loader.construct_document(tree) if tree is not None else None
    finally:
        loader.dispose()


def _line_of(tree: yaml.Node | None, loc: tuple[Any, ...]) -> int:
    """The 0-based line of the deepest part of `loc` that exists: a missing key is reported at its parent."""
    line = tree.start_mark.line if tree else 0
    node = tree
    for part in loc:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == str(part)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line
        else:
            break
    return line


def _doubled_keys(node: yaml.Node | None) -> Iterator[tuple[int, str]]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield key.start_mark.line, key.value
            seen.add(key.value)
            yield from _doubled_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _doubled_keys(value)
