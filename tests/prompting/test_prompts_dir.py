"""Prompts are found in a checkout and in an installed wheel, and their absence is told plainly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app import prompt_files as files
from app.errors import ConfigurationError


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Pretend that the package lives in a folder of its own, with these folders beside its modules."""

    def install(*folders: str) -> Path:
        for folder in ("app/prompting", *folders):
            (tmp_path / folder).mkdir(parents=True)
        monkeypatch.setattr(files, "__file__", str(tmp_path / "app" / "prompt_files.py"))
        files.prompts_dir.cache_clear()
        return tmp_path

    yield install  # type: ignore[misc]
    files.prompts_dir.cache_clear()


def test_a_checkout_has_them_beside_the_package(installed: Callable[..., Path]) -> None:
    root = installed("prompts")
    assert files.prompts_dir() == root / "prompts"


def test_a_wheel_has_them_inside_and_ignores_a_neighbour_of_the_same_name(
    installed: Callable[..., Path],
) -> None:
    root = installed("app/_prompts", "prompts")
    assert files.prompts_dir() == root / "app" / "_prompts"


def test_without_them_the_start_ends_with_one_line(installed: Callable[..., Path]) -> None:
    installed()
    with pytest.raises(ConfigurationError, match="no prompts: neither"):
        files.prompts_dir()
