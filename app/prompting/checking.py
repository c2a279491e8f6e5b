"""Every prompt file read as the server reads it, for `talia prompts check`: all mistakes, not only the first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from app.errors import ConfigurationError
from app.prompt_files import Mistaken, prompts_dir, read_prompt
from app.prompting.assistants import parse_assistant
from app.prompting.cases import load_cases
from app.prompting.consents import load_consents


def check_files(paths: Iterable[Path]) -> list[str]:
    """What is wrong with assistant files, one line for each mistake."""
    readers = (partial(_read, path) for path in paths)
    return [problem for read in readers for problem in _problems(read)]


def check_all(folder: Path | None = None, *, more: Iterable[Callable[[], object]] = ()) -> list[str]:
    """The same for every assistant, consent and case file below `prompts/` (or `folder`), and for whatever else `more`
    reads."""
    folder = folder or prompts_dir()
    problems = check_files(sorted((folder / "assistants").glob("*.md")))
    consents = sorted((folder / "consents").glob("*.yaml"))
    readers: list[Callable[[], object]] = [
        partial(load_consents, path.stem, path.parent) for path in consents
    ]
    readers += [partial(load_cases, folder / "evals"), *more]
    return problems + [problem for read in readers for problem in _problems(read)]


def _read(path: Path) -> object:
    return parse_assistant(read_prompt(path), path=path, name="checked")


def _problems(read: Callable[[], object]) -> list[str]:
    try:
        read()
    except Mistaken as error:
        return [f"{error.path}:{one.line}: {one.where}: {one.message}" for one in error.mistakes]
    except ConfigurationError as error:
        return [str(error)]
    return []
