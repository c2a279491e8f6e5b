"""Every prompt file read as the server reads it, for `talia prompts check`: all mistakes, not only the first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from app.errors import ConfigurationError
from app.prompt_files import prompts_dir, read_prompt
from app.prompting.assistants import parse_assistant
from app.prompting.cases import load_cases
from app.prompting.consents import load_consents


def check_files(paths: Iterable[Path]) -> list[str]:
    """What is wrong with assistant files, one line for each that is."""
    problems: list[str] = []
    for path in paths:
        try:
            parse_assistant(read_prompt(path), path=path, name="checked")
        except ConfigurationError as error:
            problems.append(str(error))
    return problems


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
    for read in readers:
        try:
            read()
        except ConfigurationError as error:
            problems.append(str(error))
    return problems
