"""Prompt files: where they are, and how one becomes a checked value with errors that name file and line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from yaml.constructor import ConstructorError

from app.errors import ConfigurationError

Schema = TypeVar("Schema", bound=BaseModel)

MAX_DEPTH = 20
_FAST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml, where PyYAML was built with it


class _Loader(_FAST):  # type: ignore[misc]
    """Says where a value stands that is not what its form or tag promises, such as 2024-99-99."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except (ValueError, KeyError, AttributeError) as error:
            kind = node.tag.rpartition(":")[2]
            raise ConstructorError(problem=f"this is no {kind}", problem_mark=node.start_mark) from error


@dataclass(frozen=True, slots=True)
class Mistake:
    """A value that cannot be: its line, its place (`greeting.es`), and what is wrong with it."""

    line: int
    where: str
    message: str


class Mistaken(ConfigurationError):
    """Values of a file that cannot be; as a sentence, the first of them."""

    def __init__(self, path: Path, mistakes: tuple[Mistake, ...]) -> None:
        first = mistakes[0]
        super().__init__(f"{path}:{first.line}: {first.where}: {first.message}")
        self.path = path
        self.mistakes = mistakes


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


def parse_yaml(
    text: str, schema: type[Schema], *, path: Path, first_line: int = 1, references: bool = False
) -> Schema:
    """YAML as a value of `schema`. `first_line` is where `text` starts in its file; `references` allows `*name`, in
    what staff cannot send.

    Raises ConfigurationError as `path:line: what is wrong`, also for a key that stands twice; where values are wrong,
    Mistaken with all of them.
    """
    tree, data = _readable(text, path, first_line, references=references)
    try:
        return schema.model_validate(data)
    except ValidationError as error:
        mistakes = tuple(
            Mistake(
                first_line + _line_of(tree, one["loc"]),
                ".".join(str(part) for part in one["loc"]),
                one["msg"].removeprefix("Value error, "),
            )
            for one in error.errors()
        )
        raise Mistaken(path, mistakes) from error


def yaml_data(text: str, *, path: Path, first_line: int = 1) -> Any:
    """What YAML says, whatever it is. Raises ConfigurationError as `parse_yaml` does."""
    return _readable(text, path, first_line, references=False)[1]


def _readable(text: str, path: Path, first_line: int, *, references: bool) -> tuple[yaml.Node | None, Any]:
    try:
        _refuse_bombs(text, references=references)
        tree, data = _read_yaml(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        raise ConfigurationError(f"{path}:{first_line + line}: {error.problem or 'not YAML'}") from error
    except yaml.YAMLError as error:
        raise ConfigurationError(f"{path}:{first_line}: not YAML: {error}") from error
    for line, key in _doubled_keys(tree):
        raise ConfigurationError(f"{path}:{first_line + line}: {key!r} stands here twice")
    return tree, data


def line_of(text: str, loc: tuple[Any, ...], *, first_line: int = 1) -> int:
    """The line of the part `loc` (keys and indexes) of YAML that was read without error, or of its nearest parent."""
    return first_line + _line_of(_read_yaml(text)[0], loc)


def _read_yaml(text: str) -> tuple[yaml.Node | None, Any]:
    """The nodes, which know their lines, and the data."""
    loader = _Loader(text)
    try:
        tree = loader.get_single_node()
        return tree, loader.construct_document(tree) if tree is not None else None
    finally:
        loader.dispose()


def _refuse_bombs(text: str, *, references: bool) -> None:
    """Staff send prompts too, and building nodes is recursive, in C: some thousand brackets would end the process, and
    a few lines of references to references keep it busy for good. Events cost neither."""
    depth = 0
    event: Any
    for event in yaml.parse(text, Loader=_FAST):
        problem = ""
        if isinstance(event, yaml.AliasEvent) and not references:
            problem = "must not refer to another part of the text (*name)"
        elif isinstance(event, yaml.ScalarEvent) and "\x00" in event.value:
            problem = "must not contain NUL"
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            problem = f"is nested deeper than {MAX_DEPTH} levels" if depth > MAX_DEPTH else ""
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if problem:
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)


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
